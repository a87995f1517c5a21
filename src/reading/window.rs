//! The window: which entries are rows. It begins at one entry, and has a page of them, and more as the reader goes.

use std::ops::Range;
use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::{End, Reading, Rows};
use crate::config::Order;
use crate::feed::{Entry, Id, IdSet};
use crate::timeline::Timeline;

/// So many rows are built when the browser has time: any usual feed is there whole then, for find-in-page. Beyond it, rows
/// are built as the reader goes.
pub const BUILT: usize = 500;
/// How many rows one piece of idle work builds: few enough for a slice of 8 ms on a slow phone.
const IDLE_ROWS: usize = 5;
/// How many pinned entries stand on top; the others stand in the place of their date.
const ON_TOP: usize = 10;

/// Where everything stands in one order, held back or not.
struct Places<'a> {
    order: Order,
    held: &'a IdSet,
    timeline: &'a Timeline,
    /// the pinned entries on top
    top: Vec<Rc<Entry>>,
}

impl<'a> Places<'a> {
    fn id(&self, place: usize) -> Option<&'a Id> {
        let ids = self.timeline.order();
        ids.get(match self.order {
            Order::Newest => place,
            Order::Oldest => ids.len().checked_sub(place + 1)?,
        })
    }

    /// The entry there, if it may be a row there.
    fn entry(&self, place: usize) -> Option<&'a Rc<Entry>> {
        let entry = self.timeline.entry(self.id(place)?)?;
        let is_elsewhere =
            self.held.contains(&entry.id) || entry.pinned && self.top.iter().any(|top| Rc::ptr_eq(top, entry));
        (!is_elsewhere).then_some(entry)
    }

    fn of(&self, id: &str) -> Option<usize> {
        let place = self.timeline.order().iter().position(|other| **other == *id)?;
        Some(match self.order {
            Order::Newest => place,
            Order::Oldest => self.timeline.len() - 1 - place,
        })
    }

    /// The part of the list around that place in which nothing is missing, and the gaps above and below it.
    fn part(&self, place: usize) -> (Range<usize>, [Option<usize>; 2]) {
        let length = self.timeline.len();
        let (mut part, mut gaps) = (0..length, [None; 2]);
        for (number, at) in self.timeline.gaps().iter().enumerate() {
            let at = if self.order == Order::Newest { *at } else { length.saturating_sub(*at) };
            // The feed's beginning stands below everything in New first, and above everything in Old first.
            let is_above = at <= place && (at < length || self.order == Order::Oldest);
            if is_above && at >= part.start {
                (part.start, gaps[0]) = (at, Some(number));
            } else if !is_above && at <= part.end {
                (part.end, gaps[1]) = (at, Some(number));
            }
        }
        (part, gaps)
    }

    /// The place that is so many rows above that one.
    fn above(&self, mut place: usize, mut rows: usize) -> usize {
        let first = self.part(place).0.start;
        while rows > 0 && place > first {
            place -= 1;
            rows -= usize::from(self.entry(place).is_some());
        }
        place
    }
}

impl Reading {
    fn places<'a>(&'a self, timeline: &'a Timeline) -> Places<'a> {
        let shown = |id: &&Id| !self.held.contains(*id);
        let entry = |id: &Id| timeline.entry(id).cloned();
        let mut top: Vec<Rc<Entry>> = timeline.pinned().iter().filter(shown).filter_map(entry).take(ON_TOP).collect();
        if self.order == Order::Oldest {
            top.reverse();
        }
        Places { order: self.order, held: &self.held, timeline, top }
    }

    fn start_in(&self, places: &Places<'_>) -> usize {
        self.start.as_ref().and_then(|id| places.of(id)).unwrap_or_default()
    }

    pub(super) fn rows_of(&self, timeline: &Timeline, mut fresh: Vec<Id>) -> Rows {
        let places = self.places(timeline);
        let mut place = self.start_in(&places);
        let (part, mut gaps) = places.part(place);
        let above = (part.start..place).any(|place| places.entry(place).is_some());
        let mut entries = places.top.clone();
        let last = entries.len().saturating_add(self.limit);
        let mut more = false;
        while !more && place < part.end {
            if let Some(entry) = places.entry(place) {
                more = entries.len() == last;
                if !more {
                    entries.push(entry.clone());
                }
            }
            place += 1;
        }
        let listed = entries.get(places.top.len()..).unwrap_or_default();
        let line = self.left.and_then(|left| line(listed, left));
        let shown = entries.iter().map(|entry| entry.id.clone()).collect::<IdSet>();
        fresh.retain(|id| shown.contains(id));
        let total = timeline.len().saturating_sub(self.held.len());
        gaps[0] = gaps[0].filter(|_| !above);
        gaps[1] = gaps[1].filter(|_| !more);
        Rows { entries, fresh, above, more, gaps, total, line }
    }

    /// Where the window's first entry is gone, it begins at the first that is left.
    pub(super) fn begin_at_what_is_left(&mut self, timeline: &Timeline) {
        if self.start.as_ref().is_some_and(|id| timeline.entry(id).is_none()) {
            let mut shown = self.rows.entries.iter().filter(|entry| !entry.pinned).map(|entry| &entry.id);
            self.start = shown.find(|id| timeline.entry(id).is_some()).cloned();
        }
    }

    /// What is shown stays where others come to stand above it: where entries are missing in between, or in any case.
    pub(super) fn stay(&mut self, in_any_case: bool, timeline: &Timeline) {
        let first = self.rows.entries.iter().find(|entry| !entry.pinned);
        if let Some(first) = first.filter(|_| self.start.is_none()) {
            let places = self.places(timeline);
            let place = places.of(&first.id).unwrap_or_default();
            if in_any_case && place > 0 || places.part(place).1[0].is_some() {
                self.start = Some(first.id.clone());
            }
        }
    }

    /// More rows at that end.
    pub(super) fn grow(&mut self, end: End, rows: usize, timeline: &Timeline) {
        if end == End::Above {
            let places = self.places(timeline);
            let place = places.above(self.start_in(&places), rows);
            self.start = if place > 0 { places.id(place).cloned() } else { None };
        }
        self.limit = self.limit.saturating_add(rows);
    }

    /// Whether rows can be built while the browser has time.
    #[must_use]
    pub fn wants_idle_time(&self) -> bool {
        (self.rows.above || self.rows.more) && self.rows.entries.len() < BUILT && !self.paused
    }

    pub(super) fn grow_in_idle_time(&mut self, timeline: &Timeline) {
        let end = if self.rows.more { End::Below } else { End::Above };
        self.grow(end, IDLE_ROWS, timeline);
    }

    /// New rows at the upper end push none off at the lower; at the lower end they are seen if all before them are. At
    /// the live edge of a feed that ran for hours, those far below are let go.
    pub(super) fn make_room(&mut self, added: usize) {
        if self.order == Order::Newest || !self.rows.more {
            let most = if self.order == Order::Newest { self.limit.max(BUILT) } else { usize::MAX };
            // A burst is not built at once: what it pushes off comes back when there is time.
            self.limit = self.limit.saturating_add(added.min(self.page_size)).min(most);
        }
    }

    /// Opens the window around that entry, if it is not in it; whether it did.
    pub(super) fn reach(&mut self, id: &Id, timeline: &Timeline) -> bool {
        let is_row = self.rows_of(timeline, Vec::new()).entries.iter().any(|entry| entry.id == *id);
        if !is_row {
            self.open_around(Some(id), timeline);
        }
        !is_row
    }

    /// A page around that entry; without one, at the list's beginning.
    pub(super) fn open_around(&mut self, id: Option<&str>, timeline: &Timeline) {
        let places = self.places(timeline);
        let place = id.and_then(|id| places.of(id)).unwrap_or_default();
        // Half of it above, and at least one row below the entry itself.
        let place = places.above(place, self.page_size / 2);
        self.start = if place > 0 { places.id(place).cloned() } else { None };
        self.limit = self.page_size;
    }
}

/// The first row that differs from the one above it in being newer than that or not.
fn line(rows: &[Rc<Entry>], left: DateTime<Utc>) -> Option<Id> {
    let is_new = |entry: &Entry| entry.published > Some(left);
    let pair = rows.windows(2).find(|pair| matches!(pair, [above, below] if is_new(above) != is_new(below)))?;
    pair.last().map(|entry| entry.id.clone())
}
