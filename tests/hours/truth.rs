//! What is to be shown, told anew from the promises alone: the newest document that arrived, and on top of it what the
//! stream has said since.

use std::collections::BTreeMap;

use livefeed::feed::{Entry, Id, Status};
use livefeed::push::Event;
use livefeed::session::Session;

use crate::network::Publication;
use crate::support::publisher::assert_shown;

/// What has arrived; publications by their place in the order of publishing.
#[derive(Default)]
pub struct Truth {
    /// the newest document
    pub document: Option<usize>,
    /// the newest header, by document or event
    header: Option<usize>,
    /// of each id what was last said after the newest document: the entry, or that it is gone
    heard: BTreeMap<Id, (usize, Option<Entry>)>,
}

impl Truth {
    /// A document arrived; whether it is a newer one.
    pub fn take(&mut self, copy: usize) {
        self.header = self.header.max(Some(copy));
        if self.document < Some(copy) {
            self.document = Some(copy);
            self.heard.retain(|_, (number, _)| *number > copy);
        }
    }

    /// An event arrived.
    pub fn hear(&mut self, event: &Event) {
        let (id, version, entry) = match event {
            Event::Entry(entry, version) => (entry.id.clone(), version, Some(Entry::clone(entry))),
            Event::Remove(id, version) => (id.clone(), version, None),
            Event::Feed(feed) => {
                self.header = self.header.max(feed.version.map(number));
                return;
            }
            Event::Hint | Event::Ping => return,
        };
        let number = version.map(number).expect("events have versions");
        let last = self.heard.get(&id).map(|(number, _)| *number).max(self.document);
        if last < Some(number) {
            self.heard.insert(id, (number, entry));
        }
    }

    /// What the feed says of itself.
    pub fn header<'a>(&self, publications: &'a [Publication]) -> Option<&'a Publication> {
        publications.get(self.header?)
    }

    /// Whether the coverage is over.
    pub fn ended(&self, publications: &[Publication]) -> bool {
        self.header(publications).is_some_and(|header| header.feed.status == Status::Ended)
    }

    /// Panics unless just that is shown.
    pub fn check(&self, session: &Session, publications: &[Publication]) {
        let Some(document) = self.document.map(|document| &publications[document]) else { return };
        assert_eq!(Some(&**session.feed()), self.header(publications).map(|header| &header.feed));
        let timeline = session.timeline();
        if self.heard.is_empty() {
            assert_shown(timeline, &document.entries);
            return;
        }
        let said = |id: &Id| self.heard.get(id).map(|(_, entry)| entry.as_ref());
        for entry in &document.entries {
            let expected = said(&entry.id).unwrap_or(Some(entry));
            assert_eq!(timeline.entry(&entry.id).map(|entry| &**entry), expected);
        }
        for (id, (_, entry)) in &self.heard {
            assert_eq!(timeline.entry(id).map(|entry| &**entry), entry.as_ref(), "{id}");
        }
        let dates = timeline.order().iter().filter_map(|id| timeline.entry(id)?.published);
        assert!(dates.is_sorted_by(|above, below| above >= below), "not by date");
    }
}

fn number(version: u64) -> usize {
    usize::try_from(version).expect("small numbers") - 1
}
