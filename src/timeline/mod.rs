//! What the reader has: every entry known, in order, with its version; and of removed ones that they are removed.
//!
//! - Ordered by `date_published`, newest first, then by the feed's own order. The other order is the exact reverse.
//! - A document covers every position from its oldest unpinned entry upward; what is missing there was retracted.
//!   A page of older entries covers only from its newest to its oldest.
//! - A document older than one already seen adds entries outside the span of the newer one, and does nothing else.
//! - A removed id returns only with a greater version. Of a removed entry nothing but id and version is kept.
//! - Where nothing but the order of arrival tells which document is newer, an entry goes when two in a row lack it, or one
//!   that comes twice; and what went so returns with a document that begins with an entry never heard of, newer than all.

mod changes;
mod known;
mod order;
mod placing;
mod retraction;
mod span;
mod tombstone;
mod version;

use std::rc::Rc;

pub use changes::Changes;
pub use placing::in_order;
pub use version::{Stated, Version};

use crate::feed::{Entry, Id};
use known::{Known, Present};
use placing::{Placed, marked};
use span::Span;
use tombstone::Tombstone;

/// The part of the feed that a document covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// the feed's own URL: from its oldest entry to the present
    Latest,
    /// a page reached by `next_url`: from its oldest entry to its newest. Of those of its newest one's date, so many
    /// entries of the timeline stand above it, where it holds none of them
    Page(usize),
}

/// The entries of one feed. Inside it each id has a number, so that lists and sets of them are plain vectors.
#[derive(Debug, Default)]
pub struct Timeline {
    known: Known,
    /// the numbers of those present, newest first
    placed: Vec<usize>,
    order: Vec<Id>,
    pinned: Vec<Id>,
    key_moments: Vec<Id>,
    /// the newest document seen from each URL
    newest: Vec<Version>,
    /// what was spoken of, so that no older copy brings back what is missing there
    spans: Vec<Span>,
    /// the numbers of the newest and the oldest entry that the last document covers
    extent: Option<(usize, usize)>,
    gaps: Vec<usize>,
    /// what the newest document lacks and a second one has to; with whether its place is in the span
    doubted: Vec<(usize, bool)>,
}

/// What a merge has changed so far, as numbers.
#[derive(Default)]
struct Moves {
    added: Vec<usize>,
    changed: Vec<usize>,
    removed: Vec<usize>,
}

impl Moves {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl Timeline {
    /// The ids, newest first, pinned ones in the place of their date.
    #[must_use]
    pub fn order(&self) -> &[Id] {
        &self.order
    }

    /// The entries in that order, without a look-up for each.
    pub fn entries(&self) -> impl Iterator<Item = &Rc<Entry>> {
        self.placed.iter().filter_map(|number| Some(&self.known.present(*number)?.entry))
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
        Some(&self.known.present(self.known.find(id)?)?.entry)
    }

    /// The newest entry that the document merged last covers.
    #[must_use]
    pub fn ceiling(&self) -> Option<&Id> {
        Some(&self.known.present(self.extent?.0)?.entry.id)
    }

    /// The oldest one.
    #[must_use]
    pub fn floor(&self) -> Option<&Id> {
        Some(&self.known.present(self.extent?.1)?.entry.id)
    }

    /// After how many entries others are missing that the feed has, for each such gap, newest first.
    #[must_use]
    pub fn gaps(&self) -> &[usize] {
        &self.gaps
    }

    /// Says where entries are missing; it holds until the next change.
    pub fn set_gaps(&mut self, gaps: Vec<usize>) {
        self.gaps = gaps;
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
        let newest = self.newest.iter().find(|newest| newest.source == version.source);
        newest.is_some_and(|newest| version.compare(newest).is_lt())
    }

    /// Merges a document. `unreadable` are ids that stand in it but could not be read: nothing is concluded from them.
    pub fn merge(
        &mut self,
        entries: Vec<impl Into<Rc<Entry>>>,
        unreadable: &[Id],
        version: Version,
        extent: Extent,
    ) -> Changes {
        self.known.expect(entries.len().saturating_sub(self.placed.len()));
        let entries = entries.into_iter().map(Into::into).collect();
        let placed = placing::place(entries, &mut |id| self.known.number(id));
        let placed = self.without_gone(placed, &version);
        let span = Span::of(&placed, version, extent);
        self.extent = span.as_ref().map(|span| (span.newest, span.floor));
        let stale = self.is_stale(&version);
        let mut in_document: Vec<usize> = placed.iter().map(|placed| placed.number).collect();
        let mut moves = Moves::default();
        let mut others = vec![self.placed.clone()];
        if !stale {
            self.bring_back(&placed, &version);
            self.newest.retain(|newest| newest.source != version.source);
            self.newest.push(version);
            if extent == Extent::Latest {
                self.doubted.clear();
            }
            if let Some(span) = &span {
                let mut listed = in_document.clone();
                listed.extend(unreadable.iter().map(|id| self.known.number(id)));
                let (mut head, tail) = self.retract(&self.known.marks(&listed), span, extent, &mut moves);
                // What ends among the entries of one date leaves the others of that date outside.
                let floor = in_document.iter().position(|number| *number == span.floor).unwrap_or_default();
                let (tail, below) =
                    (self.known.marks(&tail), self.known.marks(in_document.get(floor..).unwrap_or_default()));
                others = vec![
                    self.those_placed(&|number| !marked(&tail, number)),
                    self.those_placed(&|number| marked(&tail, number) || marked(&below, number)),
                ];
                head.append(&mut in_document);
                in_document = head;
            }
        }
        for placed in placed {
            // Of what is known, an older copy knows less.
            if !stale || self.known.present(placed.number).is_none() {
                self.put(placed, version, false, &mut moves);
            }
        }
        if let Some(span) = span {
            self.spans.retain(|other| !span.replaces(other));
            self.spans.push(span);
        }
        if stale {
            self.settle(self.placed.clone(), vec![in_document], &moves)
        } else {
            self.settle(in_document, others, &moves)
        }
    }

    /// Puts one entry: an event's, or the host's own (`by_host`), which is taken as it is. Without a date, and with no
    /// neighbours, it is the newest; from the next document on it stands where that has it.
    pub fn upsert(&mut self, entry: Entry, version: Version, by_host: bool) -> Changes {
        let number = self.known.number(&entry.id);
        // Where that one stands which was the newest; and what is there stays where it is.
        let beside = self.known.present(number).or_else(|| self.known.present(*self.placed.first()?));
        let date = entry.published.or_else(|| beside?.date);
        if by_host && let Some(known) = self.known.at(number) {
            known.removed = None;
        }
        let mut moves = Moves::default();
        for placed in self.without_gone(vec![Placed { entry: Rc::new(entry), date, number }], &version) {
            self.put(placed, version, by_host, &mut moves);
        }
        // What a document knew of and had no room for stands below all that it holds.
        let is_late = self.spans.iter().any(|span| version.compare(&span.version).is_le());
        self.settle_one(number, is_late, &moves)
    }

    /// Removes one entry for good; an id that is not there yet will not come with that version or an older one.
    pub fn remove(&mut self, id: &Id, version: Version) -> Changes {
        let mut moves = Moves::default();
        let number = self.known.number(id);
        self.bury(number, Tombstone::said(version, None), &mut moves);
        self.settle_one(number, false, &moves)
    }

    fn those_placed(&self, which: &dyn Fn(usize) -> bool) -> Vec<usize> {
        self.placed.iter().copied().filter(|number| which(*number)).collect()
    }

    /// Buries what we don't know and what a newer document, which speaks of its place, doesn't know either. Of the
    /// pinned ones a newer document speaks wherever they stand.
    fn without_gone(&mut self, mut placed: Vec<Placed>, version: &Version) -> Vec<Placed> {
        let mut gone = Vec::new();
        for span in self.spans.iter().filter(|span| version.compare(&span.version).is_lt()) {
            let mut left = self.reach_into(span, &placed);
            placed.retain_mut(|Placed { entry, date, number }| {
                let above_floor = left > 0;
                left = left.saturating_sub(1);
                let known = self.known.present(*number).is_some();
                if entry.pinned && !known && span.is_open() {
                    Rc::make_mut(entry).pinned = false;
                }
                let stays = known || !span.covers(*date, above_floor);
                if !stays {
                    gone.push((*number, Tombstone::said(span.version, entry.version())));
                }
                stays
            });
        }
        for (number, tombstone) in gone {
            self.bury(number, tombstone, &mut Moves::default());
        }
        placed
    }

    /// How many entries of a list stand above something that we know to be in the span, among the entries of the date
    /// at which it ends. All of them where its end is not known any more.
    fn reach_into(&self, span: &Span, placed: &[Placed]) -> usize {
        if !placed.iter().any(|placed| span.ends_at(placed.date)) {
            return 0;
        }
        let Some(end) = self.placed.iter().position(|number| *number == span.floor) else { return placed.len() };
        let inside = self.known.marks(self.placed.get(..=end).unwrap_or_default());
        placed.iter().rposition(|placed| marked(&inside, placed.number)).unwrap_or_default()
    }

    /// Takes an entry, if it is newer than what is known of that id.
    fn put(&mut self, placed: Placed, version: Version, by_host: bool, moves: &mut Moves) {
        let Placed { entry, date, number } = placed;
        if entry.deleted {
            self.bury(number, Tombstone::said(version, entry.version()), moves);
            return;
        }
        let Some(known) = self.known.at(number) else { return };
        if let Some(tombstone) = &known.removed {
            if !tombstone.lets_return(&version, entry.version()) {
                return;
            }
            known.removed = None;
        }
        let Some(present) = &mut known.present else {
            known.present = Some(Present { entry, date, version, absences: 0, by_host });
            moves.added.push(number);
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
        // Of what was known before, the text was not read again: then it is the very same.
        if !Rc::ptr_eq(&present.entry, &entry) && present.entry != entry {
            present.entry = entry;
            moves.changed.push(number);
        }
    }
}
