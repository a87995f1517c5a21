//! From nothing shown to a view: what the language and the browser need besides is loaded, then everything is built.

use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast, JsValue};

use super::hooks::{Prepared, read_words};
use super::host::Outgoing;
use super::locale::{language, locale};
use super::message::Message;
use super::state::State;
use super::watch::Watch;
use crate::content::Sanitizer;
use crate::content::sanitize::has_sanitizer;
use crate::dom::instance::{settled, spawn};
use crate::dom::intl;
use crate::dom::timer::Painted;
use crate::error::Error;
use crate::feed::{Content, Entry, Feed, Known};
use crate::reading::{self, BUILT};
use crate::source;
use crate::timeline::Changes;
use crate::view::announce::Announcer;
use crate::view::{Context, Failure, Nodes, View};

impl State {
    /// Takes a document that the host hands over; `done` is told why not, where it can't be read. `place` is what an error
    /// calls it.
    pub(super) fn give(&self, text: String, place: &'static str, done: impl FnOnce(Option<Error>) + 'static) {
        let (member, convert) = (Rc::downgrade(&self.member), self.member.converter());
        let (url, format) = (self.url.clone(), self.settings.format.clone());
        spawn(async move {
            let read = source::document(text, &url, place, format.as_deref(), &*convert, Known::default()).await;
            let read = read.map(|(document, _)| {
                if let Some(member) = member.upgrade() {
                    member.give(document);
                }
            });
            done(read.err());
        });
    }

    /// Tells the first failure in a row; with nothing shown yet, to the reader too.
    pub(super) fn failed(&mut self, error: &Error) {
        if std::mem::replace(&mut self.failing, true) {
            return;
        }
        self.tell(Outgoing::Error(error.clone()));
        if self.is_shown() {
            return;
        }
        self.host.state("loading", false);
        self.host.state("error", true);
        self.tell(Outgoing::Plain("loadend"));
        let words = self.host.hooks.words(&language(&self.host, &self.settings, &Feed::default()));
        let sender = self.sender.clone();
        spawn(async move {
            sender.send(Message::FailureWords(settled(&words).await.unwrap_or_default()));
        });
    }

    /// Tells the reader that the feed could not be loaded, unless it was meanwhile.
    pub(super) fn show_failure(&mut self, words: &JsValue) {
        if let Some(document) = self.host.element.owner_document().filter(|_| !self.is_shown()) {
            self.failure = Some(Failure::new(&Nodes::new(document), &read_words(words), &self.host.shadow));
        }
    }

    /// Loads what the language and the browser need besides; then the view is built.
    pub(super) fn prepare(&mut self) {
        if std::mem::replace(&mut self.preparing, true) {
            return;
        }
        let lang = language(&self.host, &self.settings, &self.feed());
        // A card's button that came after its first paint would push down what stands below.
        let prepared = self.host.hooks.prepare(&lang, self.has_embeds(), !has_sanitizer());
        // To put a long list in order was a task by itself.
        let is_long = self.member.session().is_some_and(|session| session.timeline().len() > BUILT);
        let sender = self.sender.clone();
        spawn(async move {
            let prepared = settled(&prepared).await.unwrap_or_default();
            if is_long {
                TimeoutFuture::new(0).await;
            }
            sender.send(Message::Prepared(lang, prepared.unchecked_into()));
        });
    }

    fn has_embeds(&self) -> bool {
        self.member.session().is_some_and(|session| session.timeline().entries().any(may_embed))
    }

    /// Builds the view and shows everything in it.
    pub(super) fn build(&mut self, lang: &str, prepared: &Prepared) {
        self.preparing = false;
        let had_focus = self.host.shadow.active_element().is_some();
        let place = self.view.as_ref().and_then(|view| view.place());
        let first = !self.is_shown();
        self.failure = None;
        let Some(mut view) = self.empty_view(lang, prepared) else { return };
        self.guards.announcer.get_or_insert_with(|| Announcer::new(&view.context().nodes, &self.host.element));
        view.attend();
        self.watch = Watch::new(&view, &self.sender);
        self.view = Some(view);
        self.header_changed();
        if first {
            self.read(reading::Message::Changed(&Changes::default()));
            self.host.state("loading", false);
            self.host.state("error", false);
            self.tell(Outgoing::Plain("load"));
            self.tell(Outgoing::Plain("loadend"));
            self.want();
        } else {
            self.show_again();
        }
        self.show_freshness();
        self.complete_times();
        if let Some(target) = self.target.take() {
            self.read(reading::Message::GoTo(&target));
        }
        let now = self.now();
        match (&mut self.view, place) {
            (Some(view), Some(place)) => view.return_to(place, now),
            (Some(view), None) if had_focus => view.take_focus(),
            _ => {}
        }
    }

    /// Has what only `Intl` can say written once the view has been painted.
    fn complete_times(&mut self) {
        if self.view.as_ref().is_none_or(|view| view.context().locale.is_final()) {
            return;
        }
        let sender = self.sender.clone();
        self.guards.painted = Some(Painted::new(move || {
            intl::painted();
            sender.send(Message::Painted);
        }));
    }

    /// An empty view, in the place of whatever the shadow root holds.
    fn empty_view(&self, lang: &str, prepared: &Prepared) -> Option<View> {
        let element = &self.host.element;
        let words = read_words(&prepared.words());
        let base = if self.url.is_empty() { element.base_uri().ok().flatten() } else { Some(self.url.clone()) };
        let context = Context {
            nodes: Nodes::new(element.owner_document()?),
            locale: locale(&self.host, &self.settings, &self.feed(), lang, words, self.readers_zone),
            base: base.unwrap_or_default(),
            image_proxy: self.settings.image_proxy.clone(),
            sanitizer: Sanitizer::new(prepared.purify()),
            players: self.host.hooks.players(),
        };
        Some(View::new(Rc::new(context), &self.host.shadow, self.settings.summary))
    }
}

/// Whether there may be something to play in that entry: attachments may be embeds, and so may be quotations and frames.
fn may_embed(entry: &Rc<Entry>) -> bool {
    let quotes = |html: &str| html.split('<').any(|tag| tag.starts_with("blockquote") || tag.starts_with("iframe"));
    entry.has_media() || matches!(&entry.content, Content::Html(html) if quotes(html))
}
