//! From nothing shown to a view: what the language and the browser need besides is loaded, then everything is built.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};

use super::blank::{may_embed, read_words, view_of};
use super::host::Prepared;
use super::locale::{language, locale, zones_differ};
use super::stage::Stage;
use crate::browser::intl;
use crate::browser::timer::Painted;
use crate::browser::waiting::{Settled, breathe, when_settled};
use crate::content::sanitize::has_sanitizer;
use crate::error::Error;
use crate::feed::Feed;
use crate::reading::{BUILT, Message as Read};
use crate::timeline::Changes;
use crate::view::announce::Announcer;
use crate::view::{Failure, Nodes, Paper, View};

impl Stage {
    /// The first failure in a row is told; with nothing shown yet, to the reader too.
    pub(super) fn failed(self: &Rc<Self>, error: &Error) {
        if self.failing.replace(true) {
            return;
        }
        self.host.error(error);
        if self.is_shown() {
            return;
        }
        self.host.state("loading", false);
        self.host.state("error", true);
        self.host.plain_event("loadend");
        let lang = language(&self.host, &self.settings(), &Feed::default());
        let me = self.me.clone();
        let show = move |words: Result<JsValue, JsValue>| {
            let Some(stage) = me.upgrade() else { return };
            let Some(document) = stage.host.element.owner_document() else { return };
            if !stage.is_shown()
                && let Ok(mut failure) = stage.failure.try_borrow_mut()
            {
                let words = read_words(&words.unwrap_or_default());
                *failure = Some(Failure::new(&Nodes::new(document), &words, &stage.host.shadow));
            }
        };
        when_settled(&self.host.hooks.words(&lang), Box::new(show));
    }

    pub(super) fn recovered(&self) {
        self.failing.set(false);
    }

    /// Loads what the language and the browser need besides, then builds the view.
    pub(super) fn prepare(self: &Rc<Self>) {
        if self.preparing.replace(true) {
            return;
        }
        let me = self.me.clone();
        let lang = language(&self.host, &self.settings(), &self.feed());
        // A card's button that came after its first paint would push down what stands below.
        let prepared = self.host.hooks.prepare(&lang, self.has_embeds(), !has_sanitizer());
        let build: Settled = Box::new(move |prepared| {
            let Some(stage) = me.upgrade() else { return };
            stage.preparing.set(false);
            if let Ok(prepared) = prepared {
                stage.later(|stage| stage.at_rest(move |stage| stage.build(&lang, prepared.unchecked_ref())));
            }
        });
        // To put a long list in order was a task by itself.
        let is_long = self.session().is_some_and(|session| session.timeline().len() > BUILT);
        let build =
            if is_long { Box::new(|prepared| when_settled(&breathe(), Box::new(|_| build(prepared)))) } else { build };
        when_settled(&prepared, build);
    }

    fn has_embeds(&self) -> bool {
        self.session().is_some_and(|session| session.timeline().entries().any(may_embed))
    }

    /// Builds the view and shows everything in it.
    fn build(self: &Rc<Self>, lang: &str, prepared: &Prepared) {
        let (settings, feed, readers_zone) = (self.settings(), self.feed(), self.readers_zone.get());
        let had_focus = self.host.shadow.active_element().is_some();
        let place = self.with_view(|view| view.place()).flatten();
        if let Ok(mut failure) = self.failure.try_borrow_mut() {
            *failure = None;
        }
        let Some(view) = view_of(&self.host, &settings, &feed, &self.url, lang, prepared, readers_zone) else { return };
        self.install(view);
        let now = self.now();
        self.with_view(|view| match place {
            Some(place) => view.return_to(place, now),
            None if had_focus => view.take_focus(),
            None => {}
        });
    }

    /// Shows everything in a view that is still empty.
    fn install(self: &Rc<Self>, mut view: View) {
        let first = !self.is_shown();
        let _ = self.announcer.set(Announcer::new(&view.paper().nodes, &self.host.element));
        view.attend();
        self.watch(&view);
        if let Ok(mut kept) = self.view.try_borrow_mut() {
            *kept = Some(view);
        }
        self.header_changed();
        if first {
            self.read(Read::Changed(&Changes::default()));
            self.host.shown();
            self.want();
        } else {
            self.show_again();
        }
        self.show_freshness();
        self.complete_times();
        if let Some(target) = self.target.try_borrow_mut().ok().and_then(|mut target| target.take()) {
            self.read(Read::GoTo(&target));
        }
    }

    /// Writes what only `Intl` can say, once the view has been painted.
    fn complete_times(self: &Rc<Self>) {
        if self.with_view(|view| view.paper().locale.is_final()) != Some(false) {
            return;
        }
        let me = self.me.clone();
        self.painted.set(Some(Painted::new(move || {
            intl::painted();
            if let Some(stage) = me.upgrade() {
                stage.later(Self::write_times);
            }
        })));
    }

    /// Shows whether the event's clocks and the reader's differ, and in which of them times are shown.
    pub(super) fn show_zone(&self, view: &View) {
        let differs = zones_differ(&self.settings(), &self.feed(), self.now());
        view.show_zone(self.readers_zone.get(), differs || self.readers_zone.get());
    }

    /// A language's words and a zone, put together anew.
    pub(super) fn paper_in_zone(&self, paper: &Paper) -> Paper {
        let lang = &paper.locale.lang;
        let words = paper.locale.words.clone();
        paper.with_locale(locale(&self.host, &self.settings(), &self.feed(), lang, words, self.readers_zone.get()))
    }
}
