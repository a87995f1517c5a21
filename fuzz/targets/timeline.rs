//! A timeline, whatever is published and however it says its age, in whatever order, however often and however late it
//! arrives.
#![no_main]

#[path = "../../tests/support/mod.rs"]
mod support;

use std::collections::BTreeSet;

use arbitrary::Arbitrary;
use chrono::{DateTime, Utc};
use libfuzzer_sys::fuzz_target;
use livefeed::feed::{Content, Entry, Id, Kind};
use livefeed::time::from_millis;
use livefeed::timeline::{Changes, Extent, Stated, Timeline, Version};
use support::publisher::{Act, Published, assert_shown, minute};
use support::snapshot::Snapshot;

/// Newer than all that came before.
const LAST: u64 = 1_000;
/// So few ids, texts and minutes that much meets.
const IDS: u8 = 12;
const TEXTS: u8 = 3;
const MINUTES: i64 = 6;
/// The most unpinned entries in a document.
const WINDOW: u8 = 6;
/// A story as long as this has been told.
const LENGTH: usize = 48;

#[derive(Arbitrary, Debug)]
struct Story {
    /// what the publisher does; the documents that follow have the versions from 1 on
    deeds: Vec<Deed>,
    window: u8,
    arrivals: Vec<Arrival>,
}

#[derive(Arbitrary, Debug)]
enum Deed {
    Write(Option<u8>),
    Edit(u8),
    Move(u8, u8),
    Remove(u8),
    Return(u8),
    Pin(u8),
}

/// What arrives, and how it says its age.
#[derive(Arbitrary, Debug)]
enum Arrival {
    Document(u8),
    Page(u8),
    Event(u8, u8),
    Gone(u8, u8),
    /// the last document of the feed's own, unchanged
    Again,
    /// documents, events and removals that no publisher of sense would send, of any age
    WildDocument(Vec<Wild>, Vec<u8>, Age),
    WildPage(Vec<Wild>, Age),
    WildEvent(Wild, Age),
    WildRemoval(u8, Age),
    Host(Wild),
}

#[derive(Arbitrary, Debug)]
enum Age {
    Number(u8),
    Updated(u8),
    Modified(u8),
    Unknown,
}

#[derive(Arbitrary, Debug)]
struct Wild {
    id: u8,
    text: u8,
    published: Option<u8>,
    modified: Option<u8>,
    pinned: bool,
    deleted: bool,
    key: bool,
}

impl Deed {
    fn act(&self) -> Act {
        match *self {
            Self::Write(minutes) => Act::Write(minutes.map(minutes_of)),
            Self::Edit(which) => Act::Edit(which.into()),
            Self::Move(which, minutes) => Act::Move(which.into(), minutes_of(minutes)),
            Self::Remove(which) => Act::Remove(which.into()),
            Self::Return(which) => Act::Return(which.into()),
            Self::Pin(which) => Act::Pin(which.into()),
        }
    }
}

/// A few minutes to either side.
fn minutes_of(byte: u8) -> i64 {
    i64::from(byte) % MINUTES - 2
}

impl Wild {
    fn entry(&self) -> Entry {
        let at = |minutes: Option<u8>| minutes.map(|minutes| minute(minutes_of(minutes)));
        Entry {
            content: Content::Text(format!("Text {}", self.text % TEXTS)),
            published: at(self.published),
            modified: at(self.modified),
            pinned: self.pinned,
            deleted: self.deleted,
            kind: self.key.then_some(Kind::Key),
            ..Entry::new(wild_id(self.id))
        }
    }
}

/// Some of them are the publisher's.
fn wild_id(byte: u8) -> Id {
    format!("e{}", byte % IDS).into()
}

/// As the reader of documents has it: each id once.
fn entries(wild: &[Wild]) -> Vec<Entry> {
    let mut seen = BTreeSet::new();
    wild.iter().map(Wild::entry).filter(|entry| seen.insert(entry.id.clone())).collect()
}

#[derive(Default)]
struct Page {
    timeline: Timeline,
    arrivals: u64,
    /// nothing has come but documents, pages and events of the publisher's, each with its number
    is_plain: bool,
    /// whatever has come said its age by a number
    is_numbered: bool,
    /// the newest of the feed's own documents
    newest: Option<usize>,
    last: Option<Version>,
}

impl Page {
    fn version(&mut self, stated: Stated, source: u32) -> Version {
        self.arrivals += 1;
        Version { stated, source, arrival: self.arrivals }
    }

    fn aged(&mut self, age: &Age, source: u32) -> Version {
        let stated = match *age {
            Age::Number(number) => Stated::Number(number.into()),
            Age::Updated(minutes) => Stated::Updated(from_millis(minutes.into())),
            Age::Modified(minutes) => Stated::Modified(from_millis(minutes.into())),
            Age::Unknown => Stated::Nothing,
        };
        self.is_numbered &= matches!(age, Age::Number(_));
        self.version(stated, source)
    }

    fn take(&mut self, arrival: &Arrival, published: &Published) -> Changes {
        let at = |which: u8| usize::from(which) % published.len().max(1);
        let document = |which: u8| published.get(at(which)).cloned().unwrap_or_default();
        let number = |which: u8| Stated::Number(at(which) as u64 + 1);
        let some = |which: u8, entry: u8| {
            let document = document(which);
            document.get(usize::from(entry) % document.len().max(1)).cloned()
        };
        self.is_plain &= matches!(
            arrival,
            Arrival::Document(_) | Arrival::Page(_) | Arrival::Event(..) | Arrival::Gone(..) | Arrival::Again
        );
        match arrival {
            Arrival::Document(which) => self.document(at(*which), document(*which)),
            Arrival::Page(which) => {
                let version = self.version(number(*which), 1);
                self.timeline.merge(document(*which), &[], version, Extent::Page(usize::MAX))
            }
            Arrival::Event(which, entry) => {
                let version = self.version(number(*which), 0);
                some(*which, *entry).map(|entry| self.timeline.upsert(entry, version, false)).unwrap_or_default()
            }
            Arrival::Gone(which, entry) => {
                let version = self.version(number(*which), 0);
                some(*which, *entry).map(|entry| self.timeline.remove(&entry.id, version)).unwrap_or_default()
            }
            Arrival::Again => {
                let changes = self.last.map(|version| self.timeline.confirm(version)).unwrap_or_default();
                assert!(!self.is_numbered || changes.is_empty(), "{changes:?}");
                changes
            }
            Arrival::WildDocument(wild, unreadable, age) => {
                let version = self.aged(age, 0);
                self.last = Some(version);
                let mut unreadable: Vec<Id> = unreadable.iter().map(|byte| wild_id(*byte)).collect();
                let entries = entries(wild);
                unreadable.retain(|id| entries.iter().all(|entry| entry.id != *id));
                self.timeline.merge(entries, &unreadable, version, Extent::Latest)
            }
            Arrival::WildPage(wild, age) => {
                let version = self.aged(age, 1);
                self.timeline.merge(entries(wild), &[], version, Extent::Page(usize::MAX))
            }
            Arrival::WildEvent(wild, age) => {
                let version = self.aged(age, 0);
                self.timeline.upsert(wild.entry(), version, false)
            }
            Arrival::WildRemoval(id, age) => {
                let version = self.aged(age, 0);
                self.timeline.remove(&wild_id(*id), version)
            }
            Arrival::Host(wild) => {
                self.is_numbered = false;
                let version = self.version(Stated::Nothing, 0);
                self.timeline.upsert(Entry { deleted: false, ..wild.entry() }, version, true)
            }
        }
    }

    /// A document of the publisher's, in the order in which it was written.
    fn document(&mut self, at: usize, entries: Vec<Entry>) -> Changes {
        let version = self.version(Stated::Number(at as u64 + 1), 0);
        self.last = Some(version);
        let is_older = self.newest.is_some_and(|newest| at < newest);
        let changes = self.timeline.merge(entries, &[], version, Extent::Latest);
        if self.is_plain && is_older {
            assert!(changes.changed.is_empty() && changes.removed.is_empty() && !changes.reordered, "{changes:?}");
        }
        self.newest = self.newest.max(Some(at));
        changes
    }
}

fuzz_target!(|story: Story| {
    let acts: Vec<Act> = story.deeds.iter().take(LENGTH).map(Deed::act).collect();
    let published = Published::by(&acts, usize::from(story.window % WINDOW) + 1);
    let mut page = Page { is_plain: true, is_numbered: true, ..Page::default() };
    for arrival in story.arrivals.iter().take(LENGTH) {
        let before = Snapshot::of(&page.timeline);
        let changes = page.take(arrival, &published);
        let after = Snapshot::of(&page.timeline);
        assert_eq!(changes, before.difference(&after), "{arrival:?}");
        assert_in_order(&page.timeline);
    }
    let Some(last) = published.last() else { return };
    let mut merge = || {
        let version = page.version(Stated::Number(LAST), 0);
        page.timeline.merge(last.clone(), &[], version, Extent::Latest)
    };
    merge();
    // Where versions can't be compared, an entry is missed twice before it goes.
    let again = merge();
    assert_eq!(merge(), Changes::default(), "the same again changes nothing");
    if page.is_numbered {
        assert_eq!(again, Changes::default(), "the same again changes nothing");
    }
    if page.is_plain {
        assert_shown(&page.timeline, last);
    }
});

/// Each id once, newest first; the lists beside it hold just what belongs in there.
fn assert_in_order(timeline: &Timeline) {
    let shown = Snapshot::of(timeline);
    assert_eq!(shown.order.iter().collect::<BTreeSet<_>>().len(), timeline.len());
    assert_eq!(shown.entries.len(), timeline.len());
    let entries = || shown.order.iter().map(|id| &shown.entries[id]);
    let dates: Vec<DateTime<Utc>> = entries().filter_map(|entry| entry.published).collect();
    assert!(dates.is_sorted_by(|newer, older| newer >= older), "{dates:?}");
    let ids = |which: &dyn Fn(&Entry) -> bool| -> Vec<Id> {
        entries().filter(|entry| which(entry)).map(|entry| entry.id.clone()).collect()
    };
    assert_eq!(timeline.pinned(), ids(&|entry| entry.pinned));
    assert_eq!(timeline.key_moments(), ids(&|entry| entry.kind == Some(Kind::Key)));
    assert!(entries().all(|entry| !entry.deleted));
}
