//! What follows from messages, performed: rows are shown, events dispatched, choices remembered.

use std::rc::Rc;

use web_sys::Event;

use super::host::ids;
use super::locale::{event_zone, language};
use super::memory::{remember_order, remember_seen};
use super::stage::Stage;
use crate::browser::observer::{Place, Seen};
use crate::browser::timer::Frame;
use crate::config::Order;
use crate::feed::{Entry, Id};
use crate::freshness::{Part, line};
use crate::reading::{Effect, End, MOMENTS, Message as Read, Rows};
use crate::session::Message;
use crate::view::{Act, Paper, View};

impl Stage {
    /// Hands a message to the reading, and performs what follows.
    pub fn read(self: &Rc<Self>, message: Read<'_>) {
        let mut effects = Vec::new();
        if let (Some(session), Ok(mut reading)) = (self.session(), self.reading.try_borrow_mut()) {
            effects = reading.update(message, session.timeline());
        }
        for effect in effects {
            self.perform(effect);
        }
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Show(rows) => self.show(&rows),
            Effect::Pending(count) => {
                self.with_view(|view| view.show_pending(count));
                self.show_freshness();
            }
            Effect::Announce(count) => {
                let text = self.with_view(|view| view.paper().locale.new_updates(count));
                if let (Some(text), Some(announcer)) = (text, self.announcer.get()) {
                    announcer.say(&text);
                }
            }
            Effect::Ordered(order) => self.ordered(order),
            Effect::Paused(paused) => {
                self.host.state("paused", paused);
                self.want();
                self.show_freshness();
            }
            Effect::Report(changes) => {
                let pending = u32::try_from(self.pending()).unwrap_or(u32::MAX);
                let detail = [
                    ("added", ids(&changes.added)),
                    ("changed", ids(&changes.changed)),
                    ("removed", ids(&changes.removed)),
                    ("pending", pending.into()),
                ];
                self.host.event("live-feed-update", &detail, false);
            }
            Effect::ScrollTo(id) => {
                if let Some(row) = self.with_view(|view| view.scroll_to(&id)).flatten() {
                    self.host.hooks.hold(&row);
                }
            }
            Effect::Remember(time) => remember_seen(&self.url, &self.settings(), time),
        }
    }

    fn show(self: &Rc<Self>, rows: &Rows) {
        let order = self.order();
        let moments = self.moments(order);
        let blocks = self.host.blocks();
        let now = self.now();
        if let (Ok(mut view), Ok(seen)) = (self.view.try_borrow_mut(), self.seen.try_borrow())
            && let (Some(view), Some(seen)) = (view.as_mut(), seen.as_ref())
        {
            view.set_missing(self.missing(rows));
            view.show_rows(rows, order, &blocks, moments, seen, now);
        }
        self.look_ahead(rows);
        self.host.state("empty", rows.entries.is_empty());
        self.tick();
    }

    fn pending(&self) -> usize {
        self.reading.try_borrow().map(|reading| reading.pending()).unwrap_or_default()
    }

    /// Shows the same rows, in a view or with times that were made anew.
    pub(super) fn show_again(self: &Rc<Self>) {
        let Some((rows, pending)) = self
            .reading
            .try_borrow()
            .ok()
            .map(|reading| (Rows { fresh: Vec::new(), ..reading.rows().clone() }, reading.pending()))
        else {
            return;
        };
        self.show(&rows);
        self.with_view(|view| view.show_pending(pending));
    }

    /// The one order rules button, list and attribute; the live edge is at the other end now.
    fn ordered(self: &Rc<Self>, order: Order) {
        self.look_at(&self.edges);
        let _ = self.host.element.set_attribute("order", order.name());
        self.host.event("live-feed-order", &[("order", order.name().into())], false);
    }

    fn moments(&self, order: Order) -> Vec<Rc<Entry>> {
        let Some(session) = self.session() else { return Vec::new() };
        let timeline = session.timeline();
        let moments = timeline.key_moments().iter().filter_map(|id| timeline.entry(id).cloned());
        let mut moments: Vec<Rc<Entry>> = moments.take(MOMENTS).collect();
        if order == Order::Oldest {
            moments.reverse();
        }
        moments
    }

    /// Shows the header, and the state of the coverage.
    pub(super) fn header_changed(self: &Rc<Self>) {
        let settings = self.settings();
        let feed = self.feed();
        let other = self.with_view(|view| {
            let lang = language(&self.host, &settings, &feed);
            view.show_feed(&feed, settings.summary);
            self.show_zone(view);
            let shown = &view.paper().locale;
            (lang != shown.lang, event_zone(&settings, &feed) != shown.event_zone)
        });
        match other {
            Some((true, _)) => self.prepare(),
            Some((_, true)) => self.write_times(),
            _ => {}
        }
        self.host.status(&feed);
        self.show_freshness();
        self.tick();
        let me = Rc::downgrade(self);
        let frame = Frame::new(move || {
            if let Some(stage) = me.upgrade() {
                stage.with_view(|view| view.measure());
            }
        });
        if let Ok(mut kept) = self.frame.try_borrow_mut() {
            *kept = Some(frame);
        }
    }

    /// Says how fresh the list is.
    pub(super) fn show_freshness(self: &Rc<Self>) {
        let Some(mut fresh) = self.session().map(|session| session.freshness()) else { return };
        let (failed, offline) = (fresh.failed, fresh.offline);
        if !failed {
            self.recovered();
        }
        self.host.state("offline", offline);
        self.host.state("stale", self.is_shown() && failed);
        let Some(member) = self.member() else { return };
        for time in [&mut fresh.checked, &mut fresh.again] {
            *time = time.map(|local| member.at(local));
        }
        let feed = self.feed();
        let mut part = Part { updates: self.settings().updates(&feed), ..Part::default() };
        if let Ok(reading) = self.reading.try_borrow() {
            part.paused = reading.is_paused();
            part.pending = reading.pending();
        }
        self.with_view(|view| {
            view.show_pause(part.paused, part.updates && !feed.ended());
            view.show_status(line(&fresh, &feed, part), failed || offline);
        });
        self.tick();
    }

    /// Brings relative times up to date, and asks to be woken when the next one in view changes.
    pub(super) fn tick(self: &Rc<Self>) {
        let now = self.now();
        let next = self.with_view(|view| view.tick(now)).flatten();
        let at = self.member().and_then(|member| Some(member.local(next?)));
        if let Some(ticker) = self.ticker.get() {
            ticker.wake_at(at);
        }
    }

    /// Rows came into view or left it: those in view tick, and are told to the host once.
    pub(super) fn rows_seen(self: &Rc<Self>, rows: &[Seen]) {
        let mut seen: Vec<Id> = Vec::new();
        self.with_view(|view| {
            for row in rows {
                seen.extend(view.seen(&row.element, row.place == Place::InView));
            }
            view.look();
        });
        // A box that scrolls may jump over the lower end, of which nobody is told then.
        let has_come_to = |view: &mut View| view.edges().last().is_some_and(|end| view.is_past(end));
        if self.order() == Order::Oldest && self.with_view(has_come_to) == Some(true) {
            self.read(Read::Edge(true));
        }
        self.tick();
        for id in seen {
            self.read(Read::Seen(&id));
            self.host.event("live-feed-entry", &[("id", (&*id).into()), ("action", "seen".into())], false);
        }
    }

    /// An end of the list came into view or left it.
    pub(super) fn ends_seen(self: &Rc<Self>, ends: &[Seen]) {
        let order = self.order();
        for end in ends {
            let is_top = self.with_view(|view| view.edges().first() == Some(&&end.element)).unwrap_or_default();
            // In a box that scrolls, an end may have left the view where the window's has not begun.
            let is_past = self.with_view(|view| view.is_past(&end.element)) == Some(true);
            let place = if is_past { Place::Above } else { end.place };
            if let Some(at_edge) = Self::at_edge(order, is_top, place) {
                self.read(Read::Edge(at_edge));
            }
        }
    }

    /// What a click asks for is done, unless it is the browser's own business.
    pub(super) fn clicked(self: &Rc<Self>, event: &Event) {
        let Some(act) = self.with_view(|view| view.act(event)).flatten().or_else(|| View::retry(event)) else { return };
        if matches!(act, Act::Moment(_) | Act::Skip) {
            event.prevent_default();
        }
        self.later(move |stage| stage.act(act));
    }

    fn act(self: &Rc<Self>, act: Act) {
        match act {
            Act::Order(order) => {
                // Only the reader's own choice is remembered: the page's stands in its attribute.
                remember_order(&self.url, &self.settings(), order);
                self.turn(order);
            }
            Act::Pause => {
                let paused = self.reading.try_borrow().is_ok_and(|reading| reading.is_paused());
                self.read(Read::Pause(!paused));
            }
            Act::Pending => self.read(Read::ShowPending),
            Act::More => self.reach(End::Below, true),
            Act::Above => self.reach(End::Above, true),
            Act::Moment(id) => self.read(Read::GoTo(&id)),
            Act::Retry => self.send(Message::Refresh),
            Act::Summary => {
                self.with_view(View::toggle_summary);
            }
            Act::Skip => self.with_view(|view| view.skip()).unwrap_or_default(),
            Act::Zone => {
                self.readers_zone.set(!self.readers_zone.get());
                self.write_times();
            }
        }
    }

    /// Writes every time anew, in another zone or another form. All else that is shown stays.
    pub(super) fn write_times(self: &Rc<Self>) {
        if !self.is_shown() {
            return;
        }
        let now = self.now();
        self.with_view(|view| {
            let paper: Paper = self.paper_in_zone(view.paper());
            view.set_locale(Rc::new(paper), now);
            self.show_zone(view);
        });
        // Days begin at other moments there.
        self.show_again();
        self.show_freshness();
    }

    /// Turns the list round, around the entry that is read.
    pub(super) fn turn(self: &Rc<Self>, order: Order) {
        let read = self.with_view(|view| view.being_read()).flatten();
        self.read(Read::Order(order, read.as_deref()));
    }

    pub(super) fn order(&self) -> Order {
        self.reading.try_borrow().map(|reading| reading.order()).unwrap_or_default()
    }

    /// Does something with the view, if there is one and nobody else is at it.
    pub(super) fn with_view<T>(&self, act: impl FnOnce(&mut View) -> T) -> Option<T> {
        self.view.try_borrow_mut().ok()?.as_mut().map(act)
    }
}
