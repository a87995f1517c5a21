//! What the reader has: every entry known, in order, with its version; and of removed ones that they are removed.
//!
//! - Ordered by `date_published`, newest first, then by the feed's own order. The other order is the exact reverse.
//! - A document covers every position from its oldest unpinned entry upward; what is missing there was retracted.
//!   A page of older entries covers only from its newest to its oldest.
//! - A document older than one already seen adds entries outside the span of the newer one, and does nothing else.
//! - A removed id returns only with a greater version. Of a removed entry nothing but id and version is kept.

mod changes;
mod placing;
mod tombstone;
mod version;

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

pub use changes::Changes;
pub use version::{Stated, Version};

use crate::feed::{Entry, Id, Kind};
use crate::time::Time;
use placing::Placed;
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
    newest: HashMap<u16, Newest>,
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

/// The newest document seen from one URL.
#[derive(Debug)]
struct Newest {
    version: Version,
    floor: Option<Floor>,
}

/// The oldest position that a document covers.
#[derive(Debug, Clone)]
struct Floor {
    id: Id,
    date: Option<Time>,
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
        self.newest.get(&version.source).is_some_and(|newest| version.compare(&newest.version) == Ordering::Less)
    }

    /// Merges a document. `unreadable` are ids that stand in it but could not be read: nothing is concluded from them.
    pub fn merge(&mut self, entries: Vec<Entry>, unreadable: &[Id], version: Version, extent: Extent) -> Changes {
        let placed = placing::place(entries);
        if self.is_stale(&version) {
            return self.merge_stale(placed, version);
        }
        let floor = placed.iter().rev().find(|placed| placed.is_covering()).map(Floor::of);
        let ceiling = match extent {
            Extent::Latest => None,
            Extent::Page => placed.iter().find(|placed| placed.is_covering()).map(|placed| placed.date),
        };
        let listed: HashSet<Id> =
            placed.iter().map(|placed| placed.entry.id.clone()).chain(unreadable.iter().cloned()).collect();
        let mut changes = Changes::default();
        if let Some(floor) = &floor {
            self.retract(&listed, floor, ceiling, &version, &mut changes);
        }
        let mut in_order = Vec::with_capacity(placed.len());
        for Placed { entry, date } in placed {
            in_order.push(entry.id.clone());
            self.put(entry, date, version, &mut changes);
        }
        if let Some(floor) = floor {
            self.newest.insert(version.source, Newest { version, floor: Some(floor) });
        } else {
            self.newest.entry(version.source).or_insert(Newest { version, floor: None }).version = version;
        }
        self.settle(&in_order, &version, changes)
    }

    /// Puts one entry: an event's, or the host's own (`by_host`), which no document retracts by not knowing it.
    pub fn upsert(&mut self, entry: Entry, version: Version, by_host: bool) -> Changes {
        let id = entry.id.clone();
        let date = entry.published.or_else(|| match self.present.get(&id) {
            Some(present) => present.date,
            // Without a date it is the newest, and stands where that one does.
            None => self.order.first().and_then(|first| self.present.get(first)).and_then(|present| present.date),
        });
        let known = self.present.contains_key(&id);
        let mut changes = Changes::default();
        self.put(entry, date, version, &mut changes);
        if let Some(present) = self.present.get_mut(&id) {
            present.by_host |= by_host && !known;
        }
        self.settle(&[id], &version, changes)
    }

    /// Removes one entry for good; an id that is not there yet will not come with that version or an older one.
    pub fn remove(&mut self, id: &Id, version: Version) -> Changes {
        let mut changes = Changes::default();
        self.bury(id, version, None, &mut changes);
        self.settle(&[], &version, changes)
    }

    /// An older copy: it knows entries that we may not, below what the newer one covers; of the rest it knows less.
    fn merge_stale(&mut self, placed: Vec<Placed>, version: Version) -> Changes {
        let floor = self.newest.get(&version.source).and_then(|newest| newest.floor.clone());
        let mut changes = Changes::default();
        let mut in_order = Vec::new();
        for Placed { entry, date } in placed {
            let below = floor.as_ref().is_some_and(|floor| date < floor.date);
            if below && !self.present.contains_key(&entry.id) && !self.removed.contains_key(&entry.id) {
                in_order.push(entry.id.clone());
                self.put(entry, date, version, &mut changes);
            }
        }
        self.settle(&in_order, &version, changes)
    }

    /// Takes an entry as it stands in a document that is not stale, if it is newer than what is known of that id.
    fn put(&mut self, entry: Entry, date: Option<Time>, version: Version, changes: &mut Changes) {
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
            self.present.insert(id.clone(), Present { entry, date, version, absences: 0, by_host: false });
            changes.added.push(id);
            return;
        };
        let by_document = version.compare(&present.version);
        present.absences = 0;
        if by_document == Ordering::Less {
            return;
        }
        // A newer document is right whatever its dates say. Of the same one, or where only the arrival tells, the
        // entry's own dates decide.
        let by_dates = by_document == Ordering::Equal || !version.comparable(&present.version);
        if by_dates && entry.version() < present.entry.version() {
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
            if version.compare(&present.version) == Ordering::Less {
                return;
            }
            last = last.max(present.entry.version());
            self.present.remove(id);
            changes.removed.push(id.clone());
        }
        let tombstone = self.removed.entry(id.clone()).or_insert(Tombstone { version, entry: last });
        if version.compare(&tombstone.version) == Ordering::Greater {
            tombstone.version = version;
        }
        tombstone.entry = tombstone.entry.max(last);
    }

    /// Retracts what is missing from the span; takes the pin from what is missing elsewhere.
    fn retract(
        &mut self,
        listed: &HashSet<Id>,
        floor: &Floor,
        ceiling: Option<Option<Time>>,
        version: &Version,
        changes: &mut Changes,
    ) {
        // In the order as it stood: of entries with the floor's own date, those above it were covered.
        let mut above_floor = self.present.contains_key(&floor.id);
        let mut gone = Vec::new();
        for id in &self.order {
            above_floor &= *id != floor.id;
            let Some(present) = self.present.get_mut(id) else { continue };
            if listed.contains(id) || present.by_host || version.compare(&present.version) == Ordering::Less {
                continue;
            }
            let under_ceiling = ceiling.is_none_or(|ceiling| present.date < ceiling);
            let covered = under_ceiling && (present.date > floor.date || (present.date == floor.date && above_floor));
            let unpinned_elsewhere = present.entry.pinned && ceiling.is_none();
            if !(covered || unpinned_elsewhere) {
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
            self.bury(&id, *version, None, changes);
        }
    }

    /// Puts everything in order after a merge: what is newer than the document, then the document, then the rest,
    /// each group as it stood, and all of it by date.
    fn settle(&mut self, in_document: &[Id], version: &Version, mut changes: Changes) -> Changes {
        let rank: HashMap<&str, usize> = in_document.iter().enumerate().map(|(rank, id)| (id.as_ref(), rank)).collect();
        let mut newer = Vec::new();
        let mut older = Vec::new();
        let mut current: Vec<Id> = in_document.iter().filter(|id| self.present.contains_key(*id)).cloned().collect();
        for id in &self.order {
            let Some(present) = self.present.get(id) else { continue };
            if rank.contains_key(id.as_ref()) {
                continue;
            }
            if present.version.compare(version) == Ordering::Greater { &mut newer } else { &mut older }
                .push(id.clone());
        }
        newer.append(&mut current);
        newer.append(&mut older);
        newer.sort_by_key(|id| std::cmp::Reverse(self.present.get(id).and_then(|present| present.date)));
        let added: HashSet<&str> = changes.added.iter().map(AsRef::as_ref).collect();
        let before = self.order.iter().filter(|id| self.present.contains_key(*id) && !added.contains(id.as_ref()));
        let after = newer.iter().filter(|id| !added.contains(id.as_ref()));
        changes.reordered = before.ne(after);
        self.order = newer;
        self.pinned = self.listed(|entry| entry.pinned);
        self.key_moments = self.listed(|entry| entry.kind == Some(Kind::Key));
        changes
    }
}

impl Timeline {
    fn listed(&self, which: impl Fn(&Entry) -> bool) -> Vec<Id> {
        self.order.iter().filter(|id| self.entry(id).is_some_and(|entry| which(entry))).cloned().collect()
    }
}

impl Floor {
    fn of(placed: &Placed) -> Self {
        Self { id: placed.entry.id.clone(), date: placed.date }
    }
}
