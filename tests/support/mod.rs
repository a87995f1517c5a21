//! What the tests of the pure floor share: short words for entries, versions and documents, a publisher, and
//! what a timeline shows.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "in a test a panic is the report")]

pub mod publisher;
pub mod snapshot;
pub mod times;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use livefeed::feed::{Content, Document, Entry, Id};
use livefeed::time::parse;
use livefeed::timeline::{Changes, Extent, Stated, Timeline, Version};

/// That time of the day on which everything here happens.
pub fn at(clock: &str) -> DateTime<Utc> {
    parse(&format!("2020-10-05T{clock}:00Z")).expect("a clock time")
}

/// An entry with a text, published at that time; an empty one stands for none.
pub fn entry(id: &str, clock: &str) -> Entry {
    let published = if clock.is_empty() { None } else { Some(at(clock)) };
    Entry { content: Content::Text(format!("Text of {id}")), published, ..Entry::new(id) }
}

pub fn edited(entry: Entry, text: &str) -> Entry {
    Entry { content: Content::Text(text.to_owned()), ..entry }
}

pub fn pinned(entry: Entry) -> Entry {
    Entry { pinned: true, ..entry }
}

pub fn deleted(entry: Entry) -> Entry {
    Entry { deleted: true, ..entry }
}

/// Entries of one letter each: `list("A 12:17, B 12:16")`; one without a time is undated.
pub fn list(text: &str) -> Vec<Entry> {
    let parts = text.split(", ").filter(|part| !part.is_empty());
    parts.map(|part| part.split_once(' ').map_or_else(|| entry(part, ""), |(id, clock)| entry(id, clock))).collect()
}

pub fn document(entries: Vec<Entry>) -> Document {
    Document { entries: entries.into_iter().map(Rc::new).collect(), ..Document::default() }
}

pub fn ids(ids: &[Id]) -> Vec<&str> {
    ids.iter().map(AsRef::as_ref).collect()
}

/// Changes in one line: `+A ~B -C, reordered`.
pub fn told(changes: &Changes) -> String {
    let lists = [('+', &changes.added), ('~', &changes.changed), ('-', &changes.removed)];
    let mut words: Vec<String> =
        lists.iter().flat_map(|(sign, ids)| ids.iter().map(move |id| format!("{sign}{id}"))).collect();
    if changes.reordered {
        words.push("reordered".to_owned());
    }
    words.join(" ")
}

/// A timeline and the count of what arrived at it.
#[derive(Default)]
pub struct Reader {
    pub timeline: Timeline,
    arrivals: u64,
}

impl Reader {
    pub fn version(&mut self, stated: Stated) -> Version {
        self.arrivals += 1;
        Version { stated, source: 0, arrival: self.arrivals }
    }

    /// Takes a document of that number and says what it changed.
    pub fn take(&mut self, number: u64, entries: Vec<Entry>) -> Changes {
        self.take_stated(Stated::Number(number), entries)
    }

    /// Takes a document of which only the arrival is known.
    pub fn take_unversioned(&mut self, entries: Vec<Entry>) -> Changes {
        self.take_stated(Stated::Nothing, entries)
    }

    pub fn take_stated(&mut self, stated: Stated, entries: Vec<Entry>) -> Changes {
        let version = self.version(stated);
        self.timeline.merge(entries, &[], version, Extent::Latest)
    }

    /// Takes a page of older entries from a URL of its own.
    pub fn take_page(&mut self, number: u64, entries: Vec<Entry>) -> Changes {
        let version = Version { source: 1, ..self.version(Stated::Number(number)) };
        self.timeline.merge(entries, &[], version, Extent::Page(usize::MAX))
    }

    /// Takes an entry from the stream.
    pub fn event(&mut self, number: u64, entry: Entry) -> Changes {
        let version = self.version(Stated::Number(number));
        self.timeline.upsert(entry, version, false)
    }

    /// Takes an entry from the page itself.
    pub fn host(&mut self, entry: Entry) -> Changes {
        let version = self.version(Stated::Nothing);
        self.timeline.upsert(entry, version, true)
    }

    /// Removes an entry as an event does.
    pub fn remove(&mut self, number: u64, id: &str) -> Changes {
        let version = self.version(Stated::Number(number));
        self.timeline.remove(&id.into(), version)
    }

    /// The ids in order, with blanks between.
    pub fn shows(&self) -> String {
        ids(self.timeline.order()).join(" ")
    }

    pub fn text(&self, id: &str) -> Content {
        self.timeline.entry(id).map_or(Content::Nothing, |entry| entry.content.clone())
    }
}
