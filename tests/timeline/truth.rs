//! What a reader may rely on, whichever copy of the feed an answer brings and in whatever order they come.

use livefeed::feed::{Content, Entry};
use livefeed::time::from_millis;
use livefeed::timeline::{Changes, Extent, Stated, Version};

use crate::support::{Reader, at, edited, entry, list, told};

/// The ways in which a document says how old it is.
const DATED: [fn(u64) -> Stated; 3] = [
    Stated::Number,
    |number| Stated::Updated(from_millis(number.cast_signed())),
    |number| Stated::Modified(from_millis(number.cast_signed())),
];

#[test]
fn two_nodes_that_disagree_make_nothing_flicker_and_bring_nothing_back() {
    for stated in DATED {
        let mut reader = Reader::default();
        let older = || list("A 12:17, B 12:16, C 12:15");
        // One is new, one was edited, one was removed, one was given another date.
        let newer = || vec![entry("N", "12:18"), entry("C", "12:18"), edited(entry("A", "12:17"), "Corrected")];
        reader.take_stated(stated(1), older());
        assert_eq!(told(&reader.take_stated(stated(2), newer())), "+N ~C ~A reordered");
        assert_eq!(told(&reader.take_stated(stated(3), [newer(), list("B 12:16, D 12:14")].concat())), "+D");
        assert_eq!(told(&reader.take_stated(stated(4), [newer(), list("D 12:14")].concat())), "-B");
        for _ in 0..4 {
            for (number, entries) in [(1, older()), (2, newer()), (4, [newer(), list("D 12:14")].concat())] {
                assert_eq!(reader.take_stated(stated(number), entries), Changes::default());
            }
        }
        assert_eq!(reader.shows(), "N C A D");
        assert_eq!(reader.text("A"), Content::Text("Corrected".to_owned()));
    }
}

#[test]
fn the_newest_entry_removed_goes_however_the_document_says_its_age() {
    for stated in DATED {
        let mut reader = Reader::default();
        reader.take_stated(stated(1), list("A 12:17, B 12:16"));
        assert_eq!(told(&reader.take_stated(stated(2), list("B 12:16"))), "-A");
        assert_eq!(reader.take_stated(stated(1), list("A 12:17, B 12:16")), Changes::default());
    }
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16"));
    reader.take_unversioned(list("B 12:16"));
    assert_eq!(told(&reader.take_unversioned(list("B 12:16"))), "-A");
}

#[test]
fn of_one_version_the_entry_with_the_later_date_of_its_own_stands() {
    let modified = |text, clock| Entry { modified: Some(at(clock)), ..edited(entry("A", "12:17"), text) };
    let mut reader = Reader::default();
    reader.take(1, vec![modified("Second", "12:20")]);
    assert_eq!(reader.take(1, vec![modified("First", "12:19")]), Changes::default());
    assert_eq!(told(&reader.take(1, vec![modified("Third", "12:21")])), "~A");
    assert_eq!(reader.text("A"), Content::Text("Third".to_owned()));
}

#[test]
fn times_of_two_addresses_are_not_compared_but_numbers_are() {
    let of_page = |stated, arrival| Version { stated, source: 1, arrival };
    let page = || vec![edited(entry("B", "12:16"), "Corrected"), entry("C", "12:15")];
    let mut reader = Reader::default();
    reader.take_stated(Stated::Updated(at("12:30")), list("A 12:17, B 12:16"));
    // By the clock of its own server it is older; it came later, and no more is known.
    let changes =
        reader.timeline.merge(page(), &[], of_page(Stated::Updated(at("12:20")), 2), Extent::Page(usize::MAX));
    assert_eq!(told(&changes), "+C ~B");

    let mut reader = Reader::default();
    reader.take(3, list("A 12:17, B 12:16"));
    let changes = reader.timeline.merge(page(), &[], of_page(Stated::Number(2), 2), Extent::Page(usize::MAX));
    assert_eq!(told(&changes), "+C");
}

#[test]
fn a_page_of_older_entries_says_nothing_of_what_stands_above_and_below_it() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16"));
    reader.take_page(1, list("C 12:15, D 12:14, E 12:13, F 12:12"));
    assert_eq!(told(&reader.take_page(2, list("D 12:14, F 12:12"))), "-E");
    assert_eq!(told(&reader.take_page(3, list("D 12:14"))), "");
    assert_eq!(reader.shows(), "A B C D F");
}

#[test]
fn a_burst_of_a_thousand_streamed_entries_loses_none_whatever_order_they_come_in() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    // A number without a common divisor with a thousand: each comes once, and never after its neighbour.
    for number in (0..1_000_u64).map(|step| step * 617 % 1_000) {
        reader.event(number + 2, entry(&format!("n{number}"), "12:18"));
    }
    assert_eq!(reader.timeline.len(), 1_001);
    let document = (0..1_000).map(|number| entry(&format!("n{number}"), "12:18")).chain(list("A 12:17"));
    let changes = reader.take(1_002, document.collect());
    assert_eq!((changes.added.len(), changes.changed.len(), changes.removed.len()), (0, 0, 0));
}

#[test]
fn an_event_that_comes_again_changes_nothing() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    assert_eq!(told(&reader.event(2, entry("N", "12:18"))), "+N");
    assert_eq!(reader.event(2, entry("N", "12:18")), Changes::default());
    assert_eq!(told(&reader.remove(3, "A")), "-A");
    assert_eq!(reader.remove(3, "A"), Changes::default());
    assert_eq!(reader.shows(), "N");
}

#[test]
fn two_entries_that_trade_their_dates_trade_their_places() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, list("C 12:17, B 12:16, A 12:15"))), "~C ~A reordered");
    assert_eq!(reader.shows(), "C B A");
}

#[test]
fn an_event_that_is_older_than_the_document_stands_below_its_span_even_within_the_minute_at_which_that_ends() {
    for number in [4, 5] {
        let mut reader = Reader::default();
        reader.take(5, list("A 12:18, B 12:17, C 12:17"));
        assert_eq!(told(&reader.event(number, entry("D", "12:17"))), "+D");
        assert_eq!(reader.shows(), "A B C D");
    }
}
