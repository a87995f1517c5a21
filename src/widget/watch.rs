//! What an element watches: which rows are in view, and where the ends of the list are.

use super::host::Outgoing;
use super::message::Message;
use super::queue::Sender;
use super::state::State;
use crate::config::Order;
use crate::dom::observer::{Intersection, Place, Seen};
use crate::feed::Id;
use crate::reading::{self, End};
use crate::view::View;

/// How far ahead of the reader rows are built: one and a half windows.
const NEAR: &str = "150% 0px";
/// The view is widened without end on the far side: an end that is jumped over is not missed then.
const AT: [&str; 2] = ["0px 0px 9999999px 0px", "9999999px 0px 0px 0px"];

/// The observers of one view.
pub struct Watch {
    /// of its rows
    pub rows: Intersection,
    /// whether the reader is at an end of the list
    ends: Vec<Intersection>,
    /// whether they come near one
    near: Vec<Intersection>,
}

impl Watch {
    /// Watches that view.
    pub fn new(view: &View, sender: &Sender) -> Option<Self> {
        let rows = Intersection::new(None, "0px", sender.callback(Message::RowsSeen)).ok()?;
        rows.observe(view.toolbar());
        view.observe(&rows);
        let ends = |margins: [&str; 2], message: fn(Vec<Seen>) -> Message| {
            let observers = margins.into_iter().zip(view.edges()).filter_map(|(margin, end)| {
                let observer = Intersection::new(None, margin, sender.callback(message)).ok()?;
                observer.observe(end);
                Some(observer)
            });
            observers.collect()
        };
        Some(Self { rows, ends: ends(AT, Message::EndsSeen), near: ends([NEAR, NEAR], Message::EndsNear) })
    }

    /// Asks anew at which end the reader is.
    pub fn ask_at(&self, view: &View) {
        ask_anew(&self.ends, view);
    }

    /// Asks anew which end is near: one that stays near says nothing by itself.
    pub fn ask_near(&self, view: &View) {
        ask_anew(&self.near, view);
    }
}

fn ask_anew(observers: &[Intersection], view: &View) {
    for (observer, end) in observers.iter().zip(view.edges()) {
        observer.unobserve(end);
        observer.observe(end);
    }
}

impl State {
    /// Rows came into view or left it: those in view tick, and are told to the host once.
    pub(super) fn rows_seen(&mut self, rows: &[Seen]) {
        let Some(view) = &mut self.view else { return };
        let mut seen: Vec<Id> = Vec::new();
        for row in rows {
            seen.extend(view.seen(&row.element, row.place == Place::InView));
        }
        view.look();
        // A box that scrolls may jump over the lower end, of which nobody is told then.
        let has_come_to_end = view.edges().last().is_some_and(|end| view.is_past(end));
        if self.reading.order() == Order::Oldest && has_come_to_end {
            self.read(reading::Message::Edge(true));
        }
        self.tick();
        for id in seen {
            self.read(reading::Message::Seen(&id));
            self.tell(Outgoing::Seen(id));
        }
    }

    /// An end of the list came into view or left it.
    pub(super) fn ends_seen(&mut self, ends: &[Seen]) {
        for end in ends {
            let Some(view) = &self.view else { return };
            let is_top = is_top(view, end);
            // In a box that scrolls, an end may have left the view where the window's has not begun.
            let place = if view.is_past(&end.element) { Place::Above } else { end.place };
            if let Some(at_edge) = at_edge(self.reading.order(), is_top, place) {
                self.read(reading::Message::Edge(at_edge));
            }
        }
    }

    /// An end of the rows comes near.
    pub(super) fn ends_near(&mut self, ends: &[Seen]) {
        for end in ends.iter().filter(|end| end.place == Place::InView) {
            let is_top = self.view.as_ref().is_some_and(|view| is_top(view, end));
            self.reach(if is_top { End::Above } else { End::Below }, false);
        }
    }
}

fn is_top(view: &View, end: &Seen) -> bool {
    view.edges().first() == Some(&&end.element)
}

/// Whether the reader is at the live edge: the upper end in New first, the lower one in Old first.
fn at_edge(order: Order, is_top: bool, place: Place) -> Option<bool> {
    match (order, is_top) {
        // Until the reader has gone past the upper end they are there, even if it is still below the fold.
        (Order::Newest, true) => Some(place != Place::Above),
        (Order::Oldest, false) => Some(place != Place::Below),
        _ => None,
    }
}
