//! Where the entries of one document stand: newest first, an undated one beside its neighbour.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use crate::feed::{Entry, Id};

/// An entry and the date by which it is ordered.
pub(super) struct Placed {
    pub entry: Rc<Entry>,
    pub date: Option<DateTime<Utc>>,
    /// the number of its id
    pub number: usize,
}

impl Placed {
    /// Whether the document's span reaches to it. A pinned entry stands on top whatever its date, and a tombstone may
    /// be kept long after its neighbours left the document: neither says that all in between is there.
    pub fn is_covering(&self) -> bool {
        !self.entry.pinned && !self.entry.deleted
    }
}

/// A document's entries in order, newest first.
#[must_use]
pub fn in_order(entries: Vec<Rc<Entry>>) -> Vec<Rc<Entry>> {
    place(entries, &mut |_| 0).into_iter().map(|placed| placed.entry).collect()
}

/// Puts a document's entries in order, newest first; those of one date as they stand in the feed.
pub(super) fn place(mut entries: Vec<Rc<Entry>>, number: &mut dyn FnMut(&Id) -> usize) -> Vec<Placed> {
    if is_oldest_first(&entries) {
        entries.reverse();
    }
    // An undated entry takes the date of the next one below, which stays when new ones come on top; else of the one above.
    let mut dates: Vec<Option<DateTime<Utc>>> = Vec::with_capacity(entries.len());
    let mut below = None;
    for entry in entries.iter().rev() {
        if !entry.pinned {
            below = entry.published.or(below);
        }
        dates.push(entry.published.or(below));
    }
    dates.reverse();
    let mut above = None;
    for date in &mut dates {
        *date = date.or(above);
        above = *date;
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    newest_first(&mut order, &|at| dates.get(at).copied().flatten());
    let mut placed = Vec::with_capacity(entries.len());
    for at in order {
        if let (Some(entry), Some(date)) = (entries.get(at), dates.get(at)) {
            placed.push(Placed { number: number(&entry.id), entry: entry.clone(), date: *date });
        }
    }
    placed
}

/// Sorts by date; those of one date stay in their order. The one sort of everything that has a date.
pub(super) fn newest_first(list: &mut [usize], date: &dyn Fn(usize) -> Option<DateTime<Utc>>) {
    let key = |number: &usize| std::cmp::Reverse(date(*number));
    // Nearly every list is in order already, which a sort made for size would not see.
    if !list.is_sorted_by_key(key) {
        list.sort_by_key(key);
    }
}

/// Whether a number is in a set.
pub(super) fn marked(marks: &[bool], number: usize) -> bool {
    marks.get(number) == Some(&true)
}

/// Adds to a list what it lacks of another one, each before its next neighbour there, or at the end. `leads` marks what
/// stands in the first list.
pub(super) fn weave(leading: &[usize], others: &[usize], leads: &[bool]) -> Vec<usize> {
    // Of each that both lists hold, the part of the other list that comes before it.
    let mut runs = vec![0..0; leads.len()];
    let mut from = 0;
    for (at, number) in others.iter().enumerate() {
        if marked(leads, *number)
            && let Some(run) = runs.get_mut(*number)
        {
            *run = from..at;
            from = at + 1;
        }
    }
    let run = |run| others.get(run).unwrap_or_default();
    let mut woven = Vec::with_capacity(leading.len() + others.len());
    for number in leading {
        woven.extend_from_slice(run(runs.get(*number).cloned().unwrap_or_default()));
        woven.push(*number);
    }
    woven.extend_from_slice(run(from..others.len()));
    woven
}

/// Whether the feed lists its oldest entry first: more neighbours rise than fall.
fn is_oldest_first(entries: &[Rc<Entry>]) -> bool {
    let dates: Vec<DateTime<Utc>> =
        entries.iter().filter(|entry| !entry.pinned).filter_map(|entry| entry.published).collect();
    let (mut rising, mut falling) = (0_usize, 0_usize);
    for pair in dates.windows(2) {
        if let [first, second] = pair {
            rising += usize::from(first < second);
            falling += usize::from(first > second);
        }
    }
    rising > falling
}
