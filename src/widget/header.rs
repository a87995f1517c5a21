//! The header, the line that says how fresh the list is, and the times.

use std::rc::Rc;

use super::locale::{event_zone, language, locale, zones_differ};
use super::message::Message;
use super::state::State;
use crate::dom::timer::Frame;
use crate::freshness::{Part, line};
use crate::reading::BUILT;
use crate::view::Context;

impl State {
    /// Shows the header, and the state of the coverage.
    pub(super) fn header_changed(&mut self) {
        let feed = self.feed();
        if self.view.as_mut().is_some_and(|view| view.show_feed(&feed, self.settings.summary)) {
            let sender = self.sender.clone();
            self.guards.frame = Some(Frame::new(move || sender.send(Message::Frame)));
        }
        self.show_zone();
        if let Some(view) = &self.view {
            let shown = &view.context().locale;
            let other_zone = event_zone(&self.settings, &feed) != shown.event_zone;
            if language(&self.host, &self.settings, &feed) != shown.lang {
                self.prepare();
            } else if other_zone {
                self.write_times();
            }
        }
        self.host.status(&feed);
        self.host.name(&feed);
        self.show_freshness();
        self.tick();
    }

    /// Shows whether the event's clocks and the reader's differ, and in which of them times are shown.
    fn show_zone(&self) {
        if let Some(view) = &self.view {
            let differs = zones_differ(&self.settings, &self.feed(), self.now());
            view.show_zone(self.readers_zone, differs || self.readers_zone);
        }
    }

    /// Says how fresh the list is.
    pub(super) fn show_freshness(&mut self) {
        let Some(mut fresh) = self.member.session().map(|session| session.freshness()) else { return };
        let (failed, offline) = (fresh.failed, fresh.offline);
        if !failed {
            self.failing = false;
        }
        self.host.state("offline", offline);
        self.host.state("stale", self.is_shown() && failed);
        for time in [&mut fresh.checked, &mut fresh.again] {
            *time = time.map(|local| self.member.at(local));
        }
        let feed = self.feed();
        let part = Part {
            updates: self.settings.updates(&feed),
            paused: self.reading.is_paused(),
            pending: self.reading.pending(),
        };
        if let Some(view) = &mut self.view {
            view.show_pause(part.paused, part.updates && !feed.ended());
            view.show_status(line(&fresh, &feed, part), failed || offline);
        }
        self.tick();
    }

    /// Brings relative times up to date, and asks to be woken when the next one in view changes.
    pub(super) fn tick(&self) {
        let next = self.view.as_ref().and_then(|view| view.tick(self.now()));
        self.guards.ticker.wake_at(next.map(|time| self.member.local(time)));
    }

    /// Writes every time anew, in another zone or another form. All else that is shown stays.
    pub(super) fn write_times(&mut self) {
        let (Some(context), now) = (self.context_in_zone(), self.now()) else { return };
        if let Some(view) = &mut self.view {
            view.set_locale(context, now);
        }
        self.show_zone();
        // Days begin at other moments there.
        self.show_again();
        self.show_freshness();
    }

    /// Writes what only `Intl` can say, and could not before the first paint.
    pub(super) fn write_rest(&mut self) {
        let (Some(context), now) = (self.context_in_zone(), self.now()) else { return };
        if let Some(view) = &mut self.view {
            view.complete(context, now);
        }
        let rows = self.reading.rows();
        if rows.total > BUILT || rows.gaps != [None; 2] || self.reading.pending() > 0 {
            // Numbers are shown beside the list.
            self.show_again();
        }
        self.tick();
    }

    /// The view's material, in the zone and the form in which times are to be shown now.
    fn context_in_zone(&self) -> Option<Rc<Context>> {
        let context = self.view.as_ref()?.context();
        let (lang, words) = (&context.locale.lang, context.locale.words.clone());
        let locale = locale(&self.host, &self.settings, &self.feed(), lang, words, self.readers_zone);
        Some(Rc::new(context.with_locale(locale)))
    }
}
