//! A publisher that writes, edits, moves, pins and removes entries by chance, and the documents that follow from it.

use std::fmt;
use std::ops::Deref;

use livefeed::feed::{Content, Entry};
use livefeed::time::{MINUTE, Time};
use livefeed::timeline::Timeline;
use proptest::prelude::*;

use super::at;

/// What the publisher does between two documents.
#[derive(Debug, Clone)]
pub enum Act {
    /// a new entry, so many minutes before the newest one; without a date if that is none
    Write(Option<i64>),
    /// another text; the date stays
    Edit(usize),
    /// another date
    Move(usize, i64),
    Remove(usize),
    Pin(usize),
}

/// A few acts that meet in the same few minutes, since that is where order goes wrong.
pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => prop_oneof![3 => Just(Some(0)), 4 => (-2..4_i64).prop_map(Some), 1 => Just(None)].prop_map(Act::Write),
        2 => any::<usize>().prop_map(Act::Edit),
        1 => (any::<usize>(), -2..4_i64).prop_map(|(which, minutes)| Act::Move(which, minutes)),
        3 => any::<usize>().prop_map(Act::Remove),
        1 => any::<usize>().prop_map(Act::Pin),
    ];
    prop::collection::vec(act, 1..24)
}

/// The documents that such a publisher writes, one after each act: document 0 has the version 1. Each holds the newest
/// `window` unpinned entries and all pinned ones.
pub fn documents() -> impl Strategy<Value = Published> {
    (acts(), 1..6_usize).prop_map(|(acts, window)| Published(publish(&acts, window)))
}

/// Documents, shown in a failure as one line each.
#[derive(Clone)]
pub struct Published(pub Vec<Vec<Entry>>);

impl Deref for Published {
    type Target = [Vec<Entry>];
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl fmt::Debug for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, document) in self.iter().enumerate() {
            write!(f, "\n  {}:", index + 1)?;
            for entry in document {
                let minutes = entry.published.map(|time| (time - at("12:00")) / MINUTE);
                let pin = if entry.pinned { " pinned" } else { "" };
                write!(f, " [{} {minutes:?} {:?}{pin}]", entry.id, entry.content)?;
            }
        }
        Ok(())
    }
}

fn publish(acts: &[Act], window: usize) -> Vec<Vec<Entry>> {
    let mut state: Vec<Entry> = Vec::new();
    let mut documents = Vec::new();
    for (step, act) in acts.iter().enumerate() {
        let now = state.iter().filter_map(|entry| entry.published).max().unwrap_or(at("12:00"));
        match act {
            Act::Write(minutes) => {
                let published = minutes.map(|minutes| now + -minutes * MINUTE);
                let content = Content::Text(format!("Written in step {step}"));
                insert(&mut state, Entry { published, content, ..Entry::new(format!("e{step}")) });
            }
            Act::Edit(which) => {
                if let Some(entry) = pick(&mut state, *which) {
                    entry.content = Content::Text(format!("Edited in step {step}"));
                }
            }
            Act::Move(which, minutes) => {
                if !state.is_empty() {
                    let entry = state.remove(which % state.len());
                    insert(&mut state, Entry { published: Some(now + -minutes * MINUTE), ..entry });
                }
            }
            Act::Remove(which) => {
                if !state.is_empty() {
                    state.remove(which % state.len());
                }
            }
            Act::Pin(which) => {
                if let Some(entry) = pick(&mut state, *which) {
                    entry.pinned = !entry.pinned;
                }
            }
        }
        documents.push(cut(&state, window));
    }
    documents
}

fn pick(state: &mut [Entry], which: usize) -> Option<&mut Entry> {
    let count = state.len().max(1);
    state.get_mut(which % count)
}

/// Above the first entry that is not newer; an undated one on top.
fn insert(state: &mut Vec<Entry>, entry: Entry) {
    let goes_above = |other: &Entry| entry.published.is_none_or(|new| other.published.is_some_and(|old| old <= new));
    let place = state.iter().position(goes_above).unwrap_or(state.len());
    state.insert(place, entry);
}

fn cut(state: &[Entry], window: usize) -> Vec<Entry> {
    let mut left = window;
    let mut kept = Vec::new();
    for entry in state {
        if !entry.pinned {
            if left == 0 {
                continue;
            }
            left -= 1;
        }
        kept.push(entry.clone());
    }
    kept
}

/// Panics unless the timeline shows over the document's span just what the document holds: the same entries in the
/// same order, and as pinned those that it pins.
pub fn assert_shown(timeline: &Timeline, document: &[Entry]) {
    let unpinned: Vec<&Entry> = document.iter().filter(|entry| !entry.pinned).collect();
    if unpinned.is_empty() {
        return;
    }
    let entries = || timeline.order().iter().filter_map(|id| timeline.entry(id)).map(|entry| &**entry);
    let shown: Vec<&Entry> = entries().filter(|entry| !entry.pinned).take(unpinned.len()).collect();
    assert_eq!(shown, unpinned);
    let mut pinned: Vec<&Entry> = entries().filter(|entry| entry.pinned).collect();
    pinned.sort_by_key(|entry| document.iter().position(|other| other.id == entry.id));
    assert_eq!(pinned, document.iter().filter(|entry| entry.pinned).collect::<Vec<_>>());
}

/// A moment so many minutes after noon.
pub fn minute(minutes: i64) -> Time {
    at("12:00") + minutes * MINUTE
}
