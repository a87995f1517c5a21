//! What the reader has: every entry known, in order, with its version; and of removed ones that they are removed.
//!
//! - Ordered by `date_published`, newest first, then by the feed's own order. The other order is the exact reverse.
//! - A document covers every position from its oldest unpinned entry upward; what is missing there was retracted.
//!   A page of older entries covers only from its newest to its oldest.
//! - A document older than one already seen adds entries outside the span of the newer one, and does nothing else.
//! - A removed id returns only with a greater version. Of a removed entry nothing but id and version is kept.

mod changes;
mod placing;
mod span;
mod tombstone;
mod version;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub use changes::Changes;
pub use version::{Stated, Version};

use crate::feed::{Entry, Id, Kind};
use crate::time::Time;
use placing::{Placed, weave};
use span::Span;
use tombstone::Tombstone;

/// How many documents in a row must lack an entry before it counts as retracted, where only the order of arrival
/// tells which is newer: with one, two disagreeing caches would make it flicker.
const ABSENCES: u8 = 2;

/// The part of the feed that a document covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// the feed's own URL: from its oldest entry to the present
    Latest,
    /// a page reached by `next_url`: from its oldest entry to its newest
    Page,
}

/// The entries of one feed.
#[derive(Debug, Default)]
pub struct Timeline {
    present: HashMap<Id, Present>,
    removed: HashMap<Id, Tombstone>,
    order: Vec<Id>,
    pinned: Vec<Id>,
    key_moments: Vec<Id>,
    /// the newest document seen from each URL
    newest: HashMap<u16, Version>,
    /// what was spoken of, so that no older copy brings back what is missing there
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Present {
    entry: Rc<Entry>,
    /// Where it stands: its own date, or its neighbour's.
    date: Option<Time>,
    version: Version,
    absences: u8,
    /// Put there by the page itself: no document speaks of it, so none retracts it by silence.
    by_host: bool,
}

impl Timeline {
    /// The ids, newest first, pinned ones in the place of their date.
    #[must_use]
    pub fn order(&self) -> &[Id] {
        &self.order
    }

    /// The ids of pinned entries, newest first.
    #[must_use]
    pub fn pinned(&self) -> &[Id] {
        &self.pinned
    }

    /// The ids of key moments, newest first.
    #[must_use]
    pub fn key_moments(&self) -> &[Id] {
        &self.key_moments
    }

    /// The entry of that id.
    #[must_use]
    pub fn entry(&self, id: &str) -> Option<&Rc<Entry>> {
        self.present.get(id).map(|present| &present.entry)
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// Whether a document of that version is older than one already seen from its URL.
    #[must_use]
    pub fn is_stale(&self, version: &Version) -> bool {
        self.newest.get(&version.source).is_some_and(|newest| version.compare(newest).is_lt())
    }

    /// Merges a document. `unreadable` are ids that stand in it but could not be read: nothing is concluded from them.
    pub fn merge(&mut self, entries: Vec<Entry>, unreadable: &[Id], version: Version, extent: Extent) -> Changes {
        let placed = self.without_gone(placing::place(entries), &version);
        let span = Span::of(&placed, version, extent);
        let stale = self.is_stale(&version);
        let mut in_document: Vec<Id> = placed.iter().map(|placed| placed.entry.id.clone()).collect();
        let mut changes = Changes::default();
        let mut others = vec![self.order.clone()];
        if !stale {
            self.newest.insert(version.source, version);
            if let Some(span) = &span {
                let listed: HashSet<Id> = in_document.iter().chain(unreadable).cloned().collect();
                let (head, tail) = self.retract(&listed, span, &mut changes);
                // What ends among the entries of one date leaves the others of that date outside.
                let below: HashSet<Id> = in_document.iter().skip_while(|id| **id != span.floor).cloned().collect();
                let tail_and_below = self.order.iter().filter(|id| tail.contains(*id) || below.contains(*id)).cloned();
                others = vec![
                    self.order.iter().filter(|id| !tail.contains(*id)).cloned().collect(),
                    tail_and_below.collect(),
                ];
                in_document.splice(0..0, head);
            }
        }
        for placed in placed {
            // Of what is known, an older copy knows less.
            if !stale || !self.present.contains_key(&placed.entry.id) {
                self.put(placed, version, false, &mut changes);
            }
        }
        if let Some(span) = span {
            self.spans.retain(|other| !span.replaces(other));
            self.spans.push(span);
        }
        if stale {
            self.settle(self.order.clone(), vec![in_document], changes)
        } else {
            self.settle(in_document, others, changes)
        }
    }

    /// Puts one entry: an event's, or the host's own (`by_host`), which is taken as it is.
    pub fn upsert(&mut self, entry: Entry, version: Version, by_host: bool) -> Changes {
        let id = entry.id.clone();
        let before = self.present.get(&id).map(|present| present.date);
        // Without a date it stays where it is, or is the newest and stands where that one does.
        let newest = || self.order.first().and_then(|first| self.present.get(first)).and_then(|present| present.date);
        let date = entry.published.or_else(|| before.unwrap_or_else(newest));
        if by_host {
            self.removed.remove(&id);
        }
        let mut changes = Changes::default();
        for placed in self.without_gone(vec![Placed { entry, date }], &version) {
            self.put(placed, version, by_host, &mut changes);
        }
        self.settle(vec![id], vec![self.order.clone()], changes)
    }

    /// Removes one entry for good; an id that is not there yet will not come with that version or an older one.
    pub fn remove(&mut self, id: &Id, version: Version) -> Changes {
        let mut changes = Changes::default();
        self.bury(id, version, None, &mut changes);
        self.settle(self.order.clone(), Vec::new(), changes)
    }

    /// Buries what we don't know and what a newer document, which speaks of its place, doesn't know either. Of the
    /// pinned ones a newer document speaks wherever they stand.
    fn without_gone(&mut self, mut placed: Vec<Placed>, version: &Version) -> Vec<Placed> {
        let mut gone = Vec::new();
        for span in self.spans.iter().filter(|span| version.compare(&span.version).is_lt()) {
            let mut left = self.reach_into(span, &placed);
            placed.retain_mut(|Placed { entry, date }| {
                let above_floor = left > 0;
                left = left.saturating_sub(1);
                let known = self.present.contains_key(&entry.id);
                entry.pinned &= known || !span.is_open();
                let stays = known || !span.covers(*date, above_floor);
                if !stays {
                    gone.push((entry.id.clone(), span.version, entry.version()));
                }
                stays
            });
        }
        for (id, version, entry) in gone {
            self.bury(&id, version, entry, &mut Changes::default());
        }
        placed
    }

    /// How many entries of a list stand above something that we know to be in the span, among the entries of the date
    /// at which it ends. All of them where its end is not known any more.
    fn reach_into(&self, span: &Span, placed: &[Placed]) -> usize {
        if !placed.iter().any(|placed| span.ends_at(placed.date)) {
            return 0;
        }
        let Some(end) = self.order.iter().position(|id| *id == span.floor) else { return placed.len() };
        let inside: HashSet<&Id> = self.order.iter().take(end + 1).collect();
        placed.iter().rposition(|placed| inside.contains(&placed.entry.id)).unwrap_or_default()
    }

    /// Takes an entry, if it is newer than what is known of that id.
    fn put(&mut self, placed: Placed, version: Version, by_host: bool, changes: &mut Changes) {
        let Placed { entry, date } = placed;
        let id = entry.id.clone();
        if entry.deleted {
            self.bury(&id, version, entry.version(), changes);
            return;
        }
        if let Some(tombstone) = self.removed.get(&id) {
            if !tombstone.lets_return(&version, entry.version()) {
                return;
            }
            self.removed.remove(&id);
        }
        let Some(present) = self.present.get_mut(&id) else {
            let entry = Rc::new(entry);
            self.present.insert(id.clone(), Present { entry, date, version, absences: 0, by_host });
            changes.added.push(id);
            return;
        };
        let by_document = version.compare(&present.version);
        present.absences = 0;
        present.by_host &= by_host;
        if by_document.is_lt() {
            return;
        }
        // A newer document is right whatever its dates say, and so is the host. Of the same document, or where only the
        // arrival tells, the entry's own dates decide, if it has any.
        let by_dates = !by_host && (by_document.is_eq() || !version.comparable(&present.version));
        if by_dates && entry.version().is_some() && entry.version() < present.entry.version() {
            return;
        }
        present.version = version;
        present.date = date;
        if *present.entry != entry {
            present.entry = Rc::new(entry);
            changes.changed.push(id);
        }
    }

    /// Removes an entry and remembers its version; or only the version.
    fn bury(&mut self, id: &Id, version: Version, entry: Option<Time>, changes: &mut Changes) {
        let mut last = entry;
        if let Some(present) = self.present.get(id) {
            if version.compare(&present.version).is_lt() {
                return;
            }
            last = last.max(present.entry.version());
            self.present.remove(id);
            changes.removed.push(id.clone());
        }
        let tombstone = self.removed.entry(id.clone()).or_insert(Tombstone { version, entry: last });
        if version.compare(&tombstone.version).is_gt() {
            tombstone.version = version;
        }
        tombstone.entry = tombstone.entry.max(last);
    }

    /// Retracts what is missing from the span; takes the pin from what is missing elsewhere. Returns what stands
    /// outside with the very date at which the span begins, and with that at which it ends.
    fn retract(&mut self, listed: &HashSet<Id>, span: &Span, changes: &mut Changes) -> (Vec<Id>, HashSet<Id>) {
        let version = span.version;
        // In the order as it stood: of entries with the floor's own date, those above it were covered.
        let mut above_floor = self.present.contains_key(&span.floor);
        let mut above_ceiling = true;
        let (mut gone, mut head, mut tail) = (Vec::new(), Vec::new(), HashSet::new());
        for id in &self.order {
            above_floor &= *id != span.floor;
            above_ceiling &= *id != span.newest;
            let Some(present) = self.present.get_mut(id) else { continue };
            if listed.contains(id) {
                continue;
            }
            let covered = span.covers(present.date, above_floor);
            if !covered && above_ceiling && span.begins_at(present.date) {
                head.push(id.clone());
            } else if !covered && span.ends_at(present.date) {
                tail.insert(id.clone());
            }
            let unpinned_elsewhere = present.entry.pinned && span.is_open();
            let is_news = present.by_host || version.compare(&present.version).is_lt();
            if is_news || !(covered || unpinned_elsewhere) {
                continue;
            }
            present.absences = present.absences.saturating_add(1);
            if !version.comparable(&present.version) && present.absences < ABSENCES {
                continue;
            }
            if covered {
                gone.push(id.clone());
            } else {
                Rc::make_mut(&mut present.entry).pinned = false;
                changes.changed.push(id.clone());
            }
        }
        for id in gone {
            self.bury(&id, version, None, changes);
        }
        (head, tail)
    }

    /// Puts everything in order after a change: by date, and within a date as `order` has it; what is not in there
    /// keeps its place among its neighbours in `others`.
    fn settle(&mut self, mut order: Vec<Id>, others: Vec<Vec<Id>>, mut changes: Changes) -> Changes {
        self.sort(&mut order);
        for mut other in others {
            self.sort(&mut other);
            order = weave(order, other);
            self.sort(&mut order);
        }
        let added: HashSet<&Id> = changes.added.iter().collect();
        let before = self.order.iter().filter(|id| self.present.contains_key(*id) && !added.contains(id));
        changes.reordered = before.ne(order.iter().filter(|id| !added.contains(id)));
        changes.removed = sorted_as(&self.order, changes.removed);
        changes.added = sorted_as(&order, changes.added);
        changes.changed = sorted_as(&order, changes.changed);
        self.order = order;
        self.pinned = self.listed(|entry| entry.pinned);
        self.key_moments = self.listed(|entry| entry.kind == Some(Kind::Key));
        changes
    }

    /// Sorts what is there by date, and leaves out the rest.
    fn sort(&self, ids: &mut Vec<Id>) {
        ids.retain(|id| self.present.contains_key(id));
        ids.sort_by_cached_key(|id| Reverse(self.present.get(id).and_then(|present| present.date)));
    }

    fn listed(&self, which: impl Fn(&Entry) -> bool) -> Vec<Id> {
        self.order.iter().filter(|id| self.entry(id).is_some_and(|entry| which(entry))).cloned().collect()
    }
}

/// The ids in the order of a list that holds them.
fn sorted_as(order: &[Id], ids: Vec<Id>) -> Vec<Id> {
    let ids: HashSet<Id> = ids.into_iter().collect();
    order.iter().filter(|id| ids.contains(*id)).cloned().collect()
}
