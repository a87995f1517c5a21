//! Putting the entries in order after a change.

use super::known::Present;
use super::placing::{marked, weave};
use super::{Changes, Moves, Timeline};
use crate::feed::{Entry, Id, Kind};

impl Timeline {
    /// Puts everything in order after a change: by date, and within a date as `order` has it; what is not in there
    /// keeps its place among its neighbours in `others`.
    pub(super) fn settle(&mut self, order: Vec<usize>, others: Vec<Vec<usize>>, moves: &Moves) -> Changes {
        let mut order = self.known.sorted(order);
        for other in others {
            let there = self.known.marks(&order);
            // Nearly every document holds all that is there.
            if !other.iter().all(|number| marked(&there, *number)) {
                order = self.known.sorted(weave(&order, &self.known.sorted(other), &there));
            }
        }
        let is_same = order == self.placed;
        if moves.is_empty() && is_same {
            return Changes::default();
        }
        let mut changes = Changes { removed: self.known.ids(&self.placed, &moves.removed), ..Changes::default() };
        // In the same order stands nothing that was added.
        if !is_same {
            let added = self.known.marks(&moves.added);
            let stayed = |number: &usize| self.known.present(*number).is_some() && !marked(&added, *number);
            changes.reordered =
                self.placed.iter().filter(|number| stayed(number)).ne(order.iter().filter(|number| stayed(number)));
            self.placed = order;
            self.order.clear();
            self.order.reserve(self.placed.len());
            // Both in one go: of a long list, what was looked at before has left the processor's cache.
            for number in &self.placed {
                let Some(Present { entry, .. }) = self.known.present(*number) else { continue };
                self.order.push(entry.id.clone());
                if marked(&added, *number) {
                    changes.added.push(entry.id.clone());
                }
            }
        }
        self.list_marked();
        changes.changed = self.known.ids(&self.placed, &moves.changed);
        changes
    }

    /// Puts one entry in its place after a change of it alone. All others stand in order already, so that an event costs
    /// no more in a long feed than in a short one.
    pub(super) fn settle_one(&mut self, number: usize, is_late: bool, moves: &Moves) -> Changes {
        if moves.is_empty() {
            return Changes::default();
        }
        let Some(id) = self.known.at(number).map(|known| known.id.clone()) else { return Changes::default() };
        let was = self.placed.iter().position(|other| *other == number);
        if let Some(at) = was {
            self.placed.remove(at);
            self.order.remove(at);
        }
        let mut marked = self.pinned.contains(&id) || self.key_moments.contains(&id);
        let mut reordered = false;
        if let Some(Present { date, entry, .. }) = self.known.present(number) {
            marked |= entry.pinned || entry.kind == Some(Kind::Key);
            // Among those of its date a new one comes first, a late one last, and one that was there stays where it was.
            let date_of = |other: &usize| self.known.present(*other).and_then(|present| present.date);
            let first = self.placed.partition_point(|other| date_of(other) > *date);
            let last = self.placed.partition_point(|other| date_of(other) >= *date);
            let at = was.unwrap_or(if is_late { last } else { first }).clamp(first, last);
            reordered = was.is_some_and(|was| was != at);
            self.placed.insert(at, number);
            self.order.insert(at, id.clone());
        }
        if marked {
            self.list_marked();
        }
        let ids = |numbers: &[usize]| if numbers.is_empty() { Vec::new() } else { vec![id.clone()] };
        Changes { added: ids(&moves.added), changed: ids(&moves.changed), removed: ids(&moves.removed), reordered }
    }

    fn list_marked(&mut self) {
        self.pinned = self.listed(&|entry| entry.pinned);
        self.key_moments = self.listed(&|entry| entry.kind == Some(Kind::Key));
    }

    fn listed(&self, which: &dyn Fn(&Entry) -> bool) -> Vec<Id> {
        let entries = self.placed.iter().filter_map(|number| Some(&self.known.present(*number)?.entry));
        entries.filter(|entry| which(entry)).map(|entry| entry.id.clone()).collect()
    }
}
