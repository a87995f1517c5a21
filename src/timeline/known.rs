//! What is known of each id that was ever spoken of. Each has a number, so that lists and sets of them are plain vectors.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::Version;
use super::placing::{marked, newest_first};
use super::tombstone::Tombstone;
use crate::feed::{Entry, Id, IdMap};

/// All ids, by their numbers.
#[derive(Debug, Default)]
pub(super) struct Known {
    numbers: IdMap<usize>,
    list: Vec<One>,
}

/// What is known of one id.
#[derive(Debug)]
pub(super) struct One {
    pub id: Id,
    pub present: Option<Present>,
    pub removed: Option<Tombstone>,
}

/// An entry that is there.
#[derive(Debug)]
pub(super) struct Present {
    pub entry: Rc<Entry>,
    /// Where it stands: its own date, or its neighbour's.
    pub date: Option<DateTime<Utc>>,
    pub version: Version,
    pub absences: u8,
    /// Put there by the page itself: no document speaks of it, so none retracts it by silence.
    pub by_host: bool,
}

impl Known {
    /// The number of that id, the next one if it is new.
    pub fn number(&mut self, id: &Id) -> usize {
        let next = self.list.len();
        let number = *self.numbers.entry(id.clone()).or_insert(next);
        if number == next {
            self.list.push(One { id: id.clone(), present: None, removed: None });
        }
        number
    }

    /// Reserves room for that many more ids, so that a long document does not make the list and the map grow in steps.
    pub fn expect(&mut self, ids: usize) {
        self.numbers.reserve(ids);
        self.list.reserve(ids);
    }

    /// The number of that id, if it is known.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }

    /// What is known of that number.
    pub fn at(&mut self, number: usize) -> Option<&mut One> {
        self.list.get_mut(number)
    }

    /// The entry of that number, if it is there.
    pub fn present(&self, number: usize) -> Option<&Present> {
        self.list.get(number)?.present.as_ref()
    }

    /// The same, to be changed.
    pub fn present_mut(&mut self, number: usize) -> Option<&mut Present> {
        self.list.get_mut(number)?.present.as_mut()
    }

    /// A set of numbers: a mark for each.
    pub fn marks(&self, numbers: &[usize]) -> Vec<bool> {
        let mut marks = vec![false; self.list.len()];
        for number in numbers {
            if let Some(mark) = marks.get_mut(*number) {
                *mark = true;
            }
        }
        marks
    }

    /// What is there, by date; the rest left out.
    pub fn sorted(&self, mut numbers: Vec<usize>) -> Vec<usize> {
        numbers.retain(|number| self.present(*number).is_some());
        newest_first(&mut numbers, &|number| self.present(number).and_then(|present| present.date));
        numbers
    }

    /// The ids of some numbers, in the order of a list that holds them.
    pub fn ids(&self, order: &[usize], numbers: &[usize]) -> Vec<Id> {
        let wanted = self.marks(numbers);
        let known = order.iter().filter(|number| marked(&wanted, **number)).filter_map(|number| self.list.get(*number));
        known.map(|known| known.id.clone()).collect()
    }
}
