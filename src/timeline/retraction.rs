//! What goes: by a word, or because the documents that would hold it don't.

use std::mem;
use std::rc::Rc;

use super::placing::{Placed, marked};
use super::span::Span;
use super::tombstone::Tombstone;
use super::{Changes, Extent, Moves, Timeline, Version};

/// How many documents in a row must lack an entry before it counts as retracted, where only the order of arrival
/// tells which is newer: with one, two disagreeing caches would make it flicker.
const ABSENCES: u8 = 2;

impl Timeline {
    /// The document of that version arrived once more, as the newest of its URL: what it lacks is missing twice.
    pub fn confirm(&mut self, version: Version) -> Changes {
        let mut moves = Moves::default();
        if self.newest.contains(&version) {
            for (number, covered) in mem::take(&mut self.doubted) {
                // Not what has been heard of in between.
                if self.known.present(number).is_some_and(|present| present.absences > 0) {
                    self.drop_missing(number, covered, version, &mut moves);
                }
            }
        }
        self.settle(self.placed.clone(), Vec::new(), &moves)
    }

    /// Lets return what was only missing, not removed: where the arrival alone tells which document is newer, two old
    /// copies in a row may have hidden it. A document that begins with an entry never heard of, newer than all that is
    /// there, is no old copy.
    pub(super) fn bring_back(&mut self, placed: &[Placed], version: &Version) {
        let date_of = |number: &usize| self.known.present(*number).and_then(|present| present.date);
        let newest = self.placed.first().and_then(date_of);
        let Some(first) = placed.iter().find(|placed| placed.is_covering()) else { return };
        let is_known =
            self.known.at(first.number).is_none_or(|known| known.present.is_some() || known.removed.is_some());
        if is_known || first.date <= newest {
            return;
        }
        for placed in placed {
            if let Some(known) = self.known.at(placed.number)
                && let Some(tombstone) = &known.removed
                && tombstone.silent
                && !version.comparable(&tombstone.version)
            {
                known.removed = None;
            }
        }
    }

    /// Removes an entry and remembers its version; or only the version.
    pub(super) fn bury(&mut self, number: usize, mut tombstone: Tombstone, moves: &mut Moves) {
        let Some(known) = self.known.at(number) else { return };
        if let Some(present) = &known.present {
            if tombstone.version.compare(&present.version).is_lt() {
                return;
            }
            tombstone.entry = tombstone.entry.max(present.entry.version());
            known.present = None;
            moves.removed.push(number);
        }
        if let Some(other) = &known.removed {
            tombstone.add(other);
        }
        known.removed = Some(tombstone);
    }

    /// Removes what is missing from a span; what is missing elsewhere loses its pin.
    fn drop_missing(&mut self, number: usize, covered: bool, version: Version, moves: &mut Moves) {
        if covered {
            self.bury(number, Tombstone { silent: true, ..Tombstone::said(version, None) }, moves);
        } else if let Some(present) = self.known.present_mut(number) {
            Rc::make_mut(&mut present.entry).pinned = false;
            moves.changed.push(number);
        }
    }

    /// Retracts what is missing from the span; takes the pin from what is missing elsewhere. Returns what stands
    /// outside with the very date at which the span begins, and with that at which it ends.
    pub(super) fn retract(
        &mut self,
        listed: &[bool],
        span: &Span,
        extent: Extent,
        moves: &mut Moves,
    ) -> (Vec<usize>, Vec<usize>) {
        let version = span.version;
        let above = match extent {
            Extent::Latest => 0,
            Extent::Page(above) => self.placed.iter().position(|number| *number == span.newest).unwrap_or(above),
        };
        // In the order as it stood: of entries with the floor's own date, those above it were covered.
        let mut above_floor = self.known.present(span.floor).is_some();
        let (mut missing, mut head, mut tail) = (Vec::new(), Vec::new(), Vec::new());
        for (at, number) in self.placed.clone().into_iter().enumerate() {
            above_floor &= number != span.floor;
            let Some(present) = self.known.present_mut(number).filter(|_| !marked(listed, number)) else { continue };
            let covered = span.covers(present.date, above_floor);
            if !covered && at < above && span.begins_at(present.date) {
                head.push(number);
            } else if !covered && span.ends_at(present.date) {
                tail.push(number);
            }
            let unpinned_elsewhere = present.entry.pinned && span.is_open();
            let is_news = present.by_host || version.compare(&present.version).is_lt();
            if is_news || !(covered || unpinned_elsewhere) {
                continue;
            }
            present.absences = present.absences.saturating_add(1);
            if version.comparable(&present.version) || present.absences >= ABSENCES {
                missing.push((number, covered));
            } else if span.is_open() {
                self.doubted.push((number, covered));
            }
        }
        for (number, covered) in missing {
            self.drop_missing(number, covered, version, moves);
        }
        (head, tail)
    }
}
