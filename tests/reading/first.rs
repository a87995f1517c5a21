//! The first look at a document is what the timeline and the reading make of it: nothing moves when they take over.

use livefeed::config::Order;
use livefeed::feed::{Document, Feed, Kind};
use livefeed::reading::{First, MOMENTS, Message as Read, Reading, first};
use livefeed::session::{Message, Now, Session};
use livefeed::time::Time;
use livefeed::timeline::Changes;
use proptest::prelude::*;

use crate::by_chance::documents;
use crate::support::{at, deleted, document, entry, ids, list, pinned};

const NOON: Now = Now { time: Time(1_601_899_200_000), random: 0.5 };

/// What is shown once all has taken over.
fn whole(document: Document, order: Order, page_size: usize, left: Option<Time>) -> First {
    let mut session = Session::new(NOON);
    session.update(Message::Document(document, None), NOON);
    let mut reading = Reading::new(order, page_size, left);
    reading.update(Read::Changed(&Changes::default()), session.timeline());
    let timeline = session.timeline();
    let mut moments: Vec<_> =
        timeline.key_moments().iter().filter_map(|id| timeline.entry(id).cloned()).take(MOMENTS).collect();
    if order == Order::Oldest {
        moments.reverse();
    }
    First { rows: reading.rows().clone(), moments }
}

fn rows(first: &First) -> Vec<&str> {
    first.rows.entries.iter().map(|entry| &*entry.id).collect()
}

#[test]
fn the_first_look_has_a_page_of_rows_with_the_pinned_ones_on_top() {
    let entries = [list("D 12:20, C 12:19, B 12:18"), vec![pinned(entry("A", "12:17"))], list("Z 12:16")].concat();
    let look = first(&document(entries), Order::Newest, 3, None).expect("a look");
    assert_eq!(rows(&look), ["A", "D", "C", "B"]);
    assert_eq!((look.rows.more, look.rows.total), (true, 5));
}

#[test]
fn of_a_feed_in_pages_old_first_begins_elsewhere() {
    let feed = Feed { next_url: Some("2.json".to_owned()), ..Feed::default() };
    let paged = Document { feed, ..document(list("B 12:18, A 12:17")) };
    assert_eq!(first(&paged, Order::Oldest, 50, None), None);
    let look = first(&paged, Order::Newest, 50, None).expect("a look");
    assert_eq!((rows(&look), look.rows.gaps), (vec!["B", "A"], [None, Some(0)]));
}

#[test]
fn the_line_parts_what_is_new_from_what_was_read() {
    let look = first(&document(list("B 12:18, A 12:17")), Order::Newest, 50, Some(at("12:17"))).expect("a look");
    assert_eq!(look.rows.line.as_deref(), Some("A"));
    assert_eq!(ids(&look.rows.fresh), Vec::<&str>::new());
}

#[test]
fn what_was_taken_back_is_no_row() {
    let entries = vec![entry("B", "12:18"), deleted(entry("A", "12:17"))];
    assert_eq!(rows(&first(&document(entries), Order::Newest, 50, None).expect("a look")), ["B"]);
}

proptest! {
    #[test]
    fn nothing_moves_when_the_rest_takes_over(
        published in documents(),
        which in any::<prop::sample::Index>(),
        oldest in any::<bool>(),
        page_size in 1..6_usize,
        left in prop::option::of(0..20_i64),
        has_pages in any::<bool>(),
        marks in any::<u32>(),
    ) {
        let mut entries = which.get(&published).clone();
        for (number, entry) in entries.iter_mut().enumerate() {
            let of = |bit: usize| marks >> ((number * 3 + bit) % 32) & 1 == 1;
            entry.deleted |= of(0) && of(1);
            entry.kind = of(2).then_some(Kind::Key);
        }
        let feed = Feed { next_url: has_pages.then(|| "2.json".to_owned()), ..Feed::default() };
        let document = Document { feed, ..document(entries) };
        let order = if oldest { Order::Oldest } else { Order::Newest };
        let left = left.map(|minutes| at("12:00") + minutes * livefeed::time::MINUTE);
        if let Some(look) = first(&document, order, page_size, left) {
            prop_assert_eq!(look, whole(document, order, page_size, left));
        } else {
            prop_assert!(oldest && has_pages);
        }
    }
}
