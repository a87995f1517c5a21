//! A publisher that writes, edits, moves, pins and removes entries, and the documents that follow from it.

use std::fmt;
use std::ops::Deref;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::feed::{Content, Entry, Id};
use livefeed::timeline::Timeline;

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
    /// what was removed is put back, under its old id
    Return(usize),
    Pin(usize),
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
                let minutes = entry.published.map(|time| (time - at("12:00")).num_minutes());
                let pin = if entry.pinned { " pinned" } else { "" };
                write!(f, " [{} {minutes:?} {:?}{pin}]", entry.id, entry.content)?;
            }
        }
        Ok(())
    }
}

impl Published {
    /// What a publisher writes, one document after each act: document 0 has the version 1. Each holds the newest `window`
    /// unpinned entries and all pinned ones.
    pub fn by(acts: &[Act], window: usize) -> Self {
        let mut desk = Desk::default();
        let published = acts.iter().map(|act| {
            desk.perform(act);
            desk.document(window)
        });
        Self(published.collect())
    }
}

/// What has been written and not removed, newest first.
#[derive(Default)]
pub struct Desk {
    entries: Vec<Entry>,
    removed: Vec<Entry>,
    step: usize,
}

/// What an act came to.
pub enum Outcome {
    /// nothing: there was no entry for it
    Nothing,
    /// an entry that is new, or another than before
    Put(Box<Entry>),
    Removed(Id),
}

impl Desk {
    pub fn perform(&mut self, act: &Act) -> Outcome {
        let step = self.step;
        self.step += 1;
        let now = self.entries.iter().filter_map(|entry| entry.published).max().unwrap_or(at("12:00"));
        match act {
            Act::Write(minutes) => {
                let published = minutes.map(|minutes| now + TimeDelta::minutes(-minutes));
                let content = Content::Text(format!("Written in step {step}"));
                self.insert(Entry { published, content, ..Entry::new(format!("e{step}")) })
            }
            Act::Edit(which) => self.change(*which, |entry| {
                entry.content = Content::Text(format!("Edited in step {step}"));
            }),
            Act::Move(which, minutes) => match take(&mut self.entries, *which) {
                Some(entry) => self.insert(Entry { published: Some(now + TimeDelta::minutes(-minutes)), ..entry }),
                None => Outcome::Nothing,
            },
            Act::Remove(which) => match take(&mut self.entries, *which) {
                Some(entry) => {
                    self.removed.push(entry.clone());
                    Outcome::Removed(entry.id)
                }
                None => Outcome::Nothing,
            },
            Act::Return(which) => match take(&mut self.removed, *which) {
                Some(entry) => self.insert(entry),
                None => Outcome::Nothing,
            },
            Act::Pin(which) => self.change(*which, |entry| entry.pinned = !entry.pinned),
        }
    }

    /// The newest so many unpinned entries, and all pinned ones.
    pub fn document(&self, window: usize) -> Vec<Entry> {
        let mut left = window;
        let is_in = |entry: &&Entry| {
            let fits = entry.pinned || left > 0;
            left = left.saturating_sub(usize::from(!entry.pinned));
            fits
        };
        self.entries.iter().filter(is_in).cloned().collect()
    }

    fn change(&mut self, which: usize, change: impl FnOnce(&mut Entry)) -> Outcome {
        let count = self.entries.len().max(1);
        let Some(entry) = self.entries.get_mut(which % count) else { return Outcome::Nothing };
        change(entry);
        Outcome::Put(Box::new(entry.clone()))
    }

    /// Above the first entry that is not newer; an undated one on top.
    fn insert(&mut self, entry: Entry) -> Outcome {
        let goes_above =
            |other: &Entry| entry.published.is_none_or(|new| other.published.is_some_and(|old| old <= new));
        let place = self.entries.iter().position(goes_above).unwrap_or(self.entries.len());
        self.entries.insert(place, entry.clone());
        Outcome::Put(Box::new(entry))
    }
}

fn take(entries: &mut Vec<Entry>, which: usize) -> Option<Entry> {
    if entries.is_empty() { None } else { Some(entries.remove(which % entries.len())) }
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
pub fn minute(minutes: i64) -> DateTime<Utc> {
    at("12:00") + TimeDelta::minutes(minutes)
}
