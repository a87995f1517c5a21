//! Where the entries of one document stand: newest first, an undated one beside its neighbour.

use std::collections::{HashMap, HashSet};

use crate::feed::{Entry, Id};
use crate::time::Time;

/// An entry and the date by which it is ordered.
pub(super) struct Placed {
    pub entry: Entry,
    pub date: Option<Time>,
}

impl Placed {
    /// Whether the document's span reaches to it. A pinned entry stands on top whatever its date, and a tombstone may
    /// be kept long after its neighbours left the document: neither says that all in between is there.
    pub fn is_covering(&self) -> bool {
        !self.entry.pinned && !self.entry.deleted
    }
}

/// Puts a document's entries in order, newest first; those of one date as they stand in the feed.
pub(super) fn place(mut entries: Vec<Entry>) -> Vec<Placed> {
    if is_oldest_first(&entries) {
        entries.reverse();
    }
    // An undated entry takes the date of the next one below, which stays when new ones come on top; else of the one above.
    let mut dates: Vec<Option<Time>> = Vec::with_capacity(entries.len());
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
    let mut placed: Vec<Placed> = entries.into_iter().zip(dates).map(|(entry, date)| Placed { entry, date }).collect();
    placed.sort_by_key(|placed| std::cmp::Reverse(placed.date));
    placed
}

/// Adds to a list what it lacks of another one, each before its next neighbour there, or at the end.
pub(super) fn weave(leading: Vec<Id>, others: Vec<Id>) -> Vec<Id> {
    let known: HashSet<&Id> = leading.iter().collect();
    let mut before: HashMap<Id, Vec<Id>> = HashMap::new();
    let mut run = Vec::new();
    for id in others {
        if !known.contains(&id) {
            run.push(id);
        } else if !run.is_empty() {
            before.insert(id, std::mem::take(&mut run));
        }
    }
    let mut woven = Vec::with_capacity(leading.len() + before.len() + run.len());
    for id in leading {
        woven.extend(before.remove(&id).unwrap_or_default());
        woven.push(id);
    }
    woven.extend(run);
    woven
}

/// Whether the feed lists its oldest entry first: more neighbours rise than fall.
fn is_oldest_first(entries: &[Entry]) -> bool {
    let dates: Vec<Time> = entries.iter().filter(|entry| !entry.pinned).filter_map(|entry| entry.published).collect();
    let (mut rising, mut falling) = (0_usize, 0_usize);
    for pair in dates.windows(2) {
        if let [first, second] = pair {
            rising += usize::from(first < second);
            falling += usize::from(first > second);
        }
    }
    rising > falling
}
