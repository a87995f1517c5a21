//! The first look: the feed is asked for, read and drawn by the half of the core that is loaded first, while the other
//! half is still on its way. Nothing here listens, waits for a time or keeps anything up to date; [`super::stage::Stage`]
//! takes over what stands here as it is. Whatever is out of the ordinary is left to it, too.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{JsString, Promise};
use wasm_bindgen::{JsCast, JsValue};

use super::blank::{may_embed, view_of};
use super::host::{Host, Prepared};
use super::locale::{language, zones_differ};
use super::memory::remembered;
use crate::browser::local_time;
use crate::browser::timer::Frame;
use crate::browser::waiting::when_settled;
use crate::clock::Skew;
use crate::config::{Config, Order};
use crate::feed::Document;
use crate::freshness::{Freshness, Part, line};
use crate::pages::Progress;
use crate::reading::{First, first};
use crate::source::{self, Answer, Asking, Begun};
use crate::time::Time;
use crate::view::{Missing, View};

/// What one element shows before the whole core is there.
pub struct Look {
    host: Rc<Host>,
    settings: Rc<Config>,
    url: String,
    order: Order,
    left: Option<Time>,
    skew: Cell<Skew>,
    asked: RefCell<Option<(Asking, JsValue)>>,
    /// the document, and the answer that it came with, unless it stands inside the element
    read: RefCell<Option<(Document, Option<Answer>)>>,
    /// what came too late to be drawn: half a core can't take it down
    unused: RefCell<Option<First>>,
    view: RefCell<Option<View>>,
    frame: RefCell<Option<Frame>>,
    over: Cell<bool>,
}

/// What a look leaves to the stage.
#[derive(Default)]
pub struct Left {
    /// the request, and what it brought
    pub begun: Begun,
    /// the document inside the element, read
    pub given: Option<Document>,
    /// what is shown
    pub view: Option<View>,
}

impl Look {
    /// Asks for the feed of that URL, or takes the document inside the element.
    pub fn begin(
        host: Rc<Host>,
        settings: Rc<Config>,
        url: &str,
        first: Option<Promise>,
        inline: Option<&JsString>,
    ) -> Rc<Self> {
        let (order, left) = remembered(url, &settings);
        let look = Rc::new(Self {
            host,
            settings,
            url: url.to_owned(),
            order,
            left,
            skew: Cell::default(),
            asked: RefCell::default(),
            read: RefCell::default(),
            unused: RefCell::default(),
            view: RefCell::default(),
            frame: RefCell::default(),
            over: Cell::default(),
        });
        if !url.is_empty() {
            look.host.plain_event("loadstart");
        }
        if let Some(text) = inline {
            if let Some(json) = source::body(None, text) {
                look.read(&json, None);
            }
        } else if !url.is_empty() {
            let (asking, reply) = source::ask(url, first);
            let me = look.clone();
            when_settled(&reply, Box::new(move |reply| me.answered(reply)));
            if let Ok(mut asked) = look.asked.try_borrow_mut() {
                *asked = Some((asking, reply));
            }
        }
        look
    }

    /// Nothing more is drawn: the element has left, or the whole core goes on.
    pub fn end(&self) {
        self.over.set(true);
    }

    /// Hands over what is there.
    pub fn leave(&self) -> Left {
        self.end();
        let (read, given) = match self.read.take() {
            Some((document, Some(answer))) => (Some((document, answer)), None),
            Some((document, None)) => (None, Some(document)),
            None => (None, None),
        };
        Left { begun: Begun { asked: self.asked.take(), read }, given, view: self.view.take() }
    }

    fn answered(self: &Rc<Self>, reply: Result<JsValue, JsValue>) {
        let Ok(reply) = reply else { return };
        let Some(answer) = source::arrived(reply.unchecked_ref()) else { return };
        let Some(json) = source::body(self.settings.format.as_deref(), &answer.text) else { return };
        self.read(&json, Some(answer));
    }

    fn read(self: &Rc<Self>, json: &JsValue, answer: Option<Answer>) {
        let hooks = self.host.hooks.clone();
        let convert = move |name: Option<&str>, json: &JsValue, url: &str| hooks.convert(name, json, url);
        let me = self.clone();
        let done = move |document| {
            if let Ok(document) = document {
                me.found(document, answer);
            }
        };
        source::document(json, self.settings.format.as_deref(), &convert, &self.url, Box::new(done));
    }

    fn found(self: &Rc<Self>, document: Document, answer: Option<Answer>) {
        let mut skew = Skew::default();
        if let Some(date) = answer.as_ref().and_then(|answer| answer.date) {
            skew.observe_server(date, local_time());
        }
        skew.observe_document(&document, local_time());
        self.skew.set(skew);
        let lang = language(&self.host, &self.settings, &document.feed);
        let look = first(&document, self.order, self.settings.page_size, self.left);
        let embeds = document.entries.iter().any(may_embed);
        if let Ok(mut read) = self.read.try_borrow_mut() {
            *read = Some((document, answer));
        }
        let Some(look) = look else { return };
        let prepared = self.host.hooks.prepare(&lang, embeds);
        let me = self.clone();
        let draw = move |prepared: Result<JsValue, JsValue>| {
            if let Ok(prepared) = prepared {
                me.draw(look, &lang, prepared.unchecked_ref());
            }
        };
        when_settled(&prepared, Box::new(draw));
    }

    fn draw(self: &Rc<Self>, look: First, lang: &str, prepared: &Prepared) {
        if self.over.get() {
            if let Ok(mut unused) = self.unused.try_borrow_mut() {
                *unused = Some(look);
            }
            return;
        }
        if let Some(view) = self.drawn(look, lang, prepared) {
            let me = Rc::downgrade(self);
            let measure = Frame::new(move || {
                if let Some(look) = me.upgrade()
                    && let Ok(view) = look.view.try_borrow()
                    && let Some(view) = view.as_ref()
                {
                    view.measure();
                }
            });
            if let (Ok(mut kept), Ok(mut frame)) = (self.view.try_borrow_mut(), self.frame.try_borrow_mut()) {
                *kept = Some(view);
                *frame = Some(measure);
            }
            self.host.shown();
        }
    }

    fn drawn(&self, look: First, lang: &str, prepared: &Prepared) -> Option<View> {
        let read = self.read.try_borrow().ok()?;
        let (Document { feed, .. }, answer) = read.as_ref()?;
        let mut view = view_of(&self.host, &self.settings, feed, &self.url, lang, prepared, false)?;
        let rows = &look.rows;
        let now = self.skew.get().now(local_time());
        view.show_feed(feed, self.settings.summary);
        view.show_zone(false, zones_differ(&self.settings, feed, now));
        let missing = |_| Missing { progress: Progress::default(), counts: feed.counts(rows.total) };
        view.set_missing([None, rows.gaps[1].map(missing)]);
        let is_empty = rows.entries.is_empty();
        view.begin(look, self.order, &self.host.blocks(), now);
        let updates = self.settings.updates(feed);
        view.show_pause(false, updates && !feed.ended());
        let fresh = Freshness { checked: answer.as_ref().map(|_| now), ..Freshness::default() };
        view.show_status(line(&fresh, feed, Part { updates, ..Part::default() }), false);
        view.tick(now);
        view.be_busy(true);
        self.host.status(feed);
        self.host.state("empty", is_empty);
        Some(view)
    }
}
