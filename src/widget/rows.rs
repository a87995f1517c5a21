//! The rows: what the reading decides is shown, announced, remembered, and told to the host.

use std::rc::Rc;

use super::host::Outgoing;
use super::memory::{remember_order, remember_seen};
use super::message::Message;
use super::state::State;
use crate::config::Order;
use crate::feed::Entry;
use crate::reading::{self, Effect, End, MOMENTS, Rows};
use crate::session;
use crate::view::Act;

impl State {
    /// Hands a message to the reading, and performs what follows.
    pub(super) fn read(&mut self, message: reading::Message<'_>) {
        let effects = match self.member.session() {
            Some(session) => self.reading.update(message, session.timeline()),
            None => return,
        };
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Show(rows) => self.show(&rows),
            Effect::Pending(count) => {
                if let Some(view) = &self.view {
                    view.show_pending(count);
                }
                self.show_freshness();
            }
            Effect::Announce(count) => {
                if let (Some(view), Some(announcer)) = (&self.view, &self.guards.announcer) {
                    announcer.say(&view.context().locale.new_updates(count));
                }
            }
            Effect::Ordered(order) => {
                // The live edge is at the other end now.
                if let (Some(watch), Some(view)) = (&self.watch, &self.view) {
                    watch.ask_at(view);
                }
                // Not later: what a handler sets meanwhile comes after it.
                let _ = self.host.element.set_attribute("order", order.name());
                self.tell(Outgoing::Order(order));
            }
            Effect::Paused(paused) => {
                self.host.state("paused", paused);
                self.want();
                self.show_freshness();
            }
            Effect::Report(changes) => self.tell(Outgoing::Update(changes, self.reading.pending())),
            Effect::ScrollTo(id) => {
                if let Some(row) = self.view.as_ref().and_then(|view| view.scroll_to(&id)) {
                    self.host.hooks.hold(&row);
                }
            }
            Effect::Remember(time) => remember_seen(&self.url, &self.settings, time),
        }
    }

    fn show(&mut self, rows: &Rows) {
        let order = self.reading.order();
        let (moments, missing) = (self.moments(order), self.missing(rows));
        let (blocks, now) = (self.host.blocks(), self.now());
        if let (Some(view), Some(watch)) = (&mut self.view, &self.watch) {
            view.set_missing(missing);
            view.show_rows(rows, order, &blocks, moments, &watch.rows, now);
        }
        self.look_ahead(rows);
        self.host.state("empty", rows.entries.is_empty());
        self.tick();
    }

    /// Shows the same rows, in a view or with times that were made anew.
    pub(super) fn show_again(&mut self) {
        let rows = Rows { fresh: Vec::new(), ..self.reading.rows().clone() };
        self.show(&rows);
        if let Some(view) = &self.view {
            view.show_pending(self.reading.pending());
        }
    }

    fn moments(&self, order: Order) -> Vec<Rc<Entry>> {
        let Some(session) = self.member.session() else { return Vec::new() };
        let timeline = session.timeline();
        let moments = timeline.key_moments().iter().filter_map(|id| timeline.entry(id).cloned());
        let mut moments: Vec<Rc<Entry>> = moments.take(MOMENTS).collect();
        if order == Order::Oldest {
            moments.reverse();
        }
        moments
    }

    /// Does what a click asks for.
    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Order(order) => {
                // Only the reader's own choice is remembered: the page's stands in its attribute.
                remember_order(&self.url, &self.settings, order);
                self.turn(order);
            }
            Act::Pause => self.read(reading::Message::Pause(!self.reading.is_paused())),
            Act::Pending => self.read(reading::Message::ShowPending),
            Act::More => self.reach(End::Below, true),
            Act::Above => self.reach(End::Above, true),
            Act::Moment(id) => self.handle(Message::GoTo(id)),
            Act::Retry => self.member.send(session::Message::Refresh),
            Act::Summary => {
                if let Some(view) = &mut self.view {
                    view.toggle_summary();
                }
            }
            Act::Skip => {
                if let Some(view) = &self.view {
                    view.skip();
                }
            }
            Act::Zone => {
                self.readers_zone = !self.readers_zone;
                self.write_times();
            }
        }
    }

    /// Turns the list round, around the entry that is read.
    pub(super) fn turn(&mut self, order: Order) {
        let read = self.view.as_ref().and_then(|view| view.being_read());
        self.read(reading::Message::Order(order, read.as_deref()));
    }
}
