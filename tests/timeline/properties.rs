//! What holds whatever is published, and in whatever order, however often and however late it arrives.

use std::collections::BTreeSet;

use livefeed::feed::{Content, Entry, Id};
use livefeed::timeline::{Changes, Extent, Stated};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::by_chance::documents;
use crate::support::Reader;
use crate::support::publisher::{assert_shown, minute};
use crate::support::snapshot::Snapshot;

/// Anything that can happen to a timeline.
#[derive(Debug, Clone)]
enum Arrival {
    Document(Index),
    Unversioned(Index),
    Page(Index),
    Event(Index, Index),
    Host(i64),
    Remove(Index, Index),
}

fn arrivals() -> impl Strategy<Value = Vec<Arrival>> {
    let arrival = prop_oneof![
        5 => any::<Index>().prop_map(Arrival::Document),
        1 => any::<Index>().prop_map(Arrival::Unversioned),
        1 => any::<Index>().prop_map(Arrival::Page),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(which, entry)| Arrival::Event(which, entry)),
        1 => (-3..3_i64).prop_map(Arrival::Host),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(which, entry)| Arrival::Remove(which, entry)),
    ];
    prop::collection::vec(arrival, 1..40)
}

/// Not so where an absence has to be seen twice.
fn is_versioned(arrival: &&Arrival) -> bool {
    !matches!(arrival, Arrival::Unversioned(_))
}

fn perform(reader: &mut Reader, arrival: &Arrival, published: &[Vec<Entry>]) -> Changes {
    let document = |which: &Index| {
        let at = which.index(published.len());
        (at as u64 + 1, which.get(published).clone())
    };
    match arrival {
        Arrival::Document(which) => {
            let (number, entries) = document(which);
            reader.take(number, entries)
        }
        Arrival::Unversioned(which) => reader.take_unversioned(document(which).1),
        Arrival::Page(which) => {
            let (number, entries) = document(which);
            reader.take_page(number, entries)
        }
        Arrival::Event(which, entry) => {
            let (number, entries) = document(which);
            if entries.is_empty() { Changes::default() } else { reader.event(number, entry.get(&entries).clone()) }
        }
        Arrival::Host(minutes) => {
            let content = Content::Text("From the page".to_owned());
            reader.host(Entry { published: Some(minute(*minutes)), content, ..Entry::new(format!("h{minutes}")) })
        }
        Arrival::Remove(which, entry) => {
            let (number, entries) = document(which);
            if entries.is_empty() { Changes::default() } else { reader.remove(number, &entry.get(&entries).id) }
        }
    }
}

proptest! {
    #[test]
    fn over_its_span_the_newest_document_is_what_is_shown(
        published in documents(),
        deliveries in prop::collection::vec(any::<Index>(), 1..40),
    ) {
        let mut reader = Reader::default();
        let mut newest = 0;
        for delivery in deliveries {
            let number = delivery.index(published.len());
            reader.take(number as u64 + 1, published[number].clone());
            newest = newest.max(number);
            assert_shown(&reader.timeline, &published[newest]);
        }
    }

    #[test]
    fn repeating_older_documents_changes_nothing(
        published in documents(),
        deliveries in prop::collection::vec(any::<Index>(), 1..20),
        again in prop::collection::vec(any::<Index>(), 1..20),
    ) {
        let mut reader = Reader::default();
        for delivery in &deliveries {
            let number = delivery.index(published.len());
            reader.take(number as u64 + 1, published[number].clone());
        }
        for again in again {
            let number = again.get(&deliveries).index(published.len());
            prop_assert_eq!(reader.take(number as u64 + 1, published[number].clone()), Changes::default());
        }
    }

    #[test]
    fn a_delayed_document_only_adds_and_only_below_the_span(published in documents(), late in any::<Index>()) {
        let late = late.index(published.len());
        let mut reader = Reader::default();
        for (number, entries) in published.iter().enumerate().filter(|(number, _)| *number != late) {
            reader.take(number as u64 + 1, entries.clone());
        }
        let newest = if late + 1 == published.len() { late.saturating_sub(1) } else { published.len() - 1 };
        if newest <= late {
            return Ok(());
        }
        let before = reader.timeline.order().to_vec();
        let changes = reader.take(late as u64 + 1, published[late].clone());
        prop_assert_eq!((&changes.changed, &changes.removed, changes.reordered), (&vec![], &vec![], false));
        let span = published[newest].iter().filter(|entry| !entry.pinned).count();
        prop_assert_eq!(&reader.timeline.order()[..span], &before[..span]);
    }

    #[test]
    fn an_edit_that_leaves_the_date_alone_moves_nothing(
        published in documents(),
        arrivals in arrivals(),
        which in any::<Index>(),
        by_event in any::<bool>(),
    ) {
        let mut reader = Reader::default();
        for arrival in arrivals.iter().filter(is_versioned) {
            perform(&mut reader, arrival, &published);
        }
        let mut newest = published[published.len() - 1].clone();
        if newest.is_empty() {
            return Ok(());
        }
        let number = published.len() as u64 + 1;
        reader.take(number, newest.clone());
        let before = reader.timeline.order().to_vec();
        let at = which.index(newest.len());
        newest[at].content = Content::Text("Corrected".to_owned());
        let id = newest[at].id.clone();
        let changes =
            if by_event { reader.event(number + 1, newest[at].clone()) } else { reader.take(number + 1, newest) };
        prop_assert_eq!(changes, Changes { changed: vec![id], ..Changes::default() });
        prop_assert_eq!(reader.timeline.order(), before);
        let ids: Vec<_> = reader.timeline.entries().map(|entry| entry.id.clone()).collect();
        prop_assert_eq!(reader.timeline.order(), ids);
    }

    #[test]
    fn a_removed_id_returns_with_no_version_up_to_that_of_its_removal(
        published in documents(),
        arrivals in arrivals(),
        which in any::<Index>(),
        later in arrivals(),
    ) {
        let mut reader = Reader::default();
        for arrival in &arrivals {
            perform(&mut reader, arrival, &published);
        }
        if reader.timeline.is_empty() {
            return Ok(());
        }
        let id = which.get(reader.timeline.order()).clone();
        reader.remove(published.len() as u64 + 1, &id);
        // The host may put back its own, and where no version can be compared, an entry may be newer by its own date.
        for arrival in later.iter().filter(|arrival| !matches!(arrival, Arrival::Host(_) | Arrival::Unversioned(_))) {
            perform(&mut reader, arrival, &published);
            prop_assert!(reader.timeline.entry(&id).is_none(), "{} is back after {:?}", id, arrival);
        }
    }

    #[test]
    fn whatever_arrives_the_changes_say_exactly_what_changed(published in documents(), arrivals in arrivals()) {
        let mut reader = Reader::default();
        for arrival in arrivals {
            let before = Snapshot::of(&reader.timeline);
            let changes = perform(&mut reader, &arrival, &published);
            let after = Snapshot::of(&reader.timeline);
            prop_assert_eq!(changes, before.difference(&after), "{:?}", arrival);
            let once: BTreeSet<&Id> = after.order.iter().collect();
            prop_assert_eq!(once.len(), after.order.len(), "an id stands there twice");
            prop_assert_eq!(reader.timeline.len(), after.entries.len());
        }
    }

    #[test]
    fn merging_twice_is_merging_once(published in documents(), arrivals in arrivals(), which in any::<Index>()) {
        let mut reader = Reader::default();
        for arrival in arrivals.iter().filter(is_versioned) {
            perform(&mut reader, arrival, &published);
        }
        let entries = which.get(&published.0).clone();
        let version = reader.version(Stated::Number(100));
        reader.timeline.merge(entries.clone(), &[], version, Extent::Latest);
        let version = reader.version(Stated::Number(100));
        prop_assert_eq!(reader.timeline.merge(entries, &[], version, Extent::Latest), Changes::default());
    }

    #[test]
    fn two_disagreeing_caches_settle_after_they_were_heard_once(published in documents(), other in any::<Index>()) {
        // Without versions, dates or edits nothing tells which cache is right about order or text: they differ in
        // what they hold.
        let full: Vec<Entry> =
            published[published.len() - 1].iter().filter(|entry| entry.published.is_some())
                .map(|entry| Entry { pinned: false, ..entry.clone() }).collect();
        if full.len() < 2 {
            return Ok(());
        }
        let mut lacking = full.clone();
        lacking.remove(other.index(full.len()));
        let mut reader = Reader::default();
        reader.take_unversioned(full.clone());
        let order = reader.timeline.order().to_vec();
        for _ in 0..4 {
            prop_assert_eq!(reader.take_unversioned(lacking.clone()), Changes::default());
            prop_assert_eq!(reader.take_unversioned(full.clone()), Changes::default());
            prop_assert_eq!(reader.timeline.order(), &order[..]);
        }
    }
}
