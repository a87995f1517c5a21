//! One example for each rule on order, documents, spans and tombstones.

use livefeed::feed::{Content, Kind};
use livefeed::timeline::{Changes, Extent, Stated, Timeline, Version};

use crate::support::{Reader, at, deleted, edited, entry, ids, list, pinned, told};

#[test]
fn entries_stand_newest_first_by_their_date() {
    let mut reader = Reader::default();
    assert_eq!(told(&reader.take(1, list("B 12:16, C 12:15, A 12:17"))), "+A +B +C");
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn entries_of_the_same_minute_stand_as_in_the_feed() {
    let mut reader = Reader::default();
    reader.take(1, list("B 12:17, A 12:17, C 12:16"));
    assert_eq!(reader.shows(), "B A C");
}

#[test]
fn the_feed_may_change_the_order_within_a_minute() {
    let mut reader = Reader::default();
    reader.take(1, list("B 12:17, A 12:17"));
    assert_eq!(told(&reader.take(2, list("A 12:17, B 12:17"))), "reordered");
    assert_eq!(reader.shows(), "A B");
}

#[test]
fn a_feed_written_oldest_first_is_turned_around() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:15, B 12:17, C 12:17, D 12:18"));
    assert_eq!(reader.shows(), "D C B A");
}

#[test]
fn a_feed_written_oldest_first_with_a_pin_on_top_is_turned_around_too() {
    let mut reader = Reader::default();
    let mut entries = list("P 12:19, A 12:15, B 12:17");
    entries[0] = pinned(entries[0].clone());
    reader.take(1, entries);
    assert_eq!(reader.shows(), "P B A");
}

#[test]
fn an_undated_entry_stands_above_its_neighbour_below() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, U, B 12:15"));
    assert_eq!(reader.shows(), "A U B");
    reader.take(2, list("N 12:18, A 12:17, U, M 12:16, B 12:15"));
    assert_eq!(reader.shows(), "N A U M B");
}

#[test]
fn an_undated_entry_at_the_end_stands_below_its_neighbour_above() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:15, U"));
    assert_eq!(reader.shows(), "A B U");
}

#[test]
fn a_feed_without_any_date_stands_as_it_is_written() {
    let mut reader = Reader::default();
    reader.take(1, list("A, B, C"));
    assert_eq!(told(&reader.take(2, list("N, A, C"))), "+N -B");
    assert_eq!(reader.shows(), "N A C");
}

#[test]
fn an_edit_changes_its_entry_and_nothing_else() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17, C 12:17"));
    let entries = vec![entry("A", "12:17"), edited(entry("B", "12:17"), "Corrected"), entry("C", "12:17")];
    assert_eq!(told(&reader.take(2, entries)), "~B");
    assert_eq!(reader.shows(), "A B C");
    assert_eq!(reader.text("B"), Content::Text("Corrected".to_owned()));
}

#[test]
fn an_edit_that_changes_the_date_moves_its_entry() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, list("C 12:18, A 12:17, B 12:16"))), "~C reordered");
    assert_eq!(reader.shows(), "C A B");
}

#[test]
fn in_a_newer_document_another_text_is_an_edit_whatever_its_dates_say() {
    let mut reader = Reader::default();
    let mut first = entry("A", "12:17");
    first.modified = Some(at("12:30"));
    reader.take(1, vec![first]);
    assert_eq!(told(&reader.take(2, vec![edited(entry("A", "12:17"), "Back to what it was")])), "~A");
}

#[test]
fn a_late_entry_takes_the_place_of_its_date() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, C 12:15"));
    assert_eq!(told(&reader.take(2, list("A 12:17, B 12:16, C 12:15"))), "+B");
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn an_entry_missing_from_the_span_of_a_newer_document_was_retracted() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, list("A 12:17, C 12:15"))), "-B");
}

#[test]
fn the_newest_entry_can_be_retracted() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17, C 12:15"));
    assert_eq!(told(&reader.take(2, list("B 12:17, C 12:15"))), "-A");
}

#[test]
fn an_entry_that_left_the_tail_stays() {
    let mut reader = Reader::default();
    reader.take(1, list("B 12:16, C 12:15, D 12:15"));
    assert_eq!(told(&reader.take(2, list("A 12:17, B 12:16, C 12:15"))), "+A");
    assert_eq!(reader.shows(), "A B C D");
}

#[test]
fn what_left_the_tail_stays_below_a_new_entry_of_its_minute() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17"));
    assert_eq!(told(&reader.take(2, list("N 12:17"))), "+N");
    assert_eq!(reader.shows(), "N A B");
}

#[test]
fn an_empty_list_after_a_full_one_clears_nothing() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    assert_eq!(reader.take(2, Vec::new()), Changes::default());
    assert_eq!(reader.shows(), "A");
    assert_eq!(told(&reader.take(3, list("B 12:18"))), "+B");
}

#[test]
fn an_old_pinned_entry_stretches_no_span() {
    let mut reader = Reader::default();
    reader.take(1, list("C 12:15, D 12:14"));
    assert_eq!(told(&reader.take(2, vec![entry("A", "12:17"), pinned(entry("P", "04:30"))])), "+A +P");
    assert_eq!(reader.shows(), "A C D P");
    assert_eq!(ids(reader.timeline.pinned()), ["P"]);
}

#[test]
fn an_old_pinned_entry_that_is_missing_loses_its_pin_and_stays() {
    let mut reader = Reader::default();
    reader.take(1, vec![entry("A", "12:17"), pinned(entry("P", "04:30"))]);
    assert_eq!(told(&reader.take(2, list("B 12:18, A 12:17"))), "+B ~P");
    assert_eq!(reader.shows(), "B A P");
    assert!(reader.timeline.pinned().is_empty());
}

#[test]
fn a_pinned_entry_missing_from_the_span_was_retracted() {
    let mut reader = Reader::default();
    reader.take(1, vec![pinned(entry("P", "12:18")), entry("A", "12:17")]);
    assert_eq!(told(&reader.take(2, list("A 12:17"))), "-P");
}

#[test]
fn a_tombstone_removes_its_entry_and_stretches_no_span() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15, D 12:14"));
    assert_eq!(told(&reader.take(2, vec![entry("A", "12:17"), deleted(entry("D", "12:14"))])), "-D");
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn removals_are_told_newest_first_however_they_were_said() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, vec![deleted(entry("A", "12:17")), entry("C", "12:15")])), "-A -B");
}

#[test]
fn a_document_of_nothing_but_tombstones_removes_just_those() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, vec![deleted(entry("B", ""))])), "-B");
}

#[test]
fn an_entry_that_cannot_be_read_stays_as_and_where_it_is() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17, C 12:17"));
    let version = reader.version(Stated::Number(2));
    let changes = reader.timeline.merge(list("A 12:17, C 12:17"), &["B".into()], version, Extent::Latest);
    assert_eq!(changes, Changes::default());
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn an_older_document_adds_below_the_span_and_does_nothing_else() {
    let mut reader = Reader::default();
    reader.take(5, list("A 12:17, C 12:15"));
    let older = vec![
        entry("N", "12:18"),
        edited(entry("A", "12:17"), "Old text"),
        entry("B", "12:16"),
        entry("C", "12:15"),
        entry("D", "12:15"),
        entry("E", "12:14"),
    ];
    assert_eq!(told(&reader.take(4, older)), "+D +E");
    assert_eq!(reader.shows(), "A C D E");
    assert_eq!(reader.text("A"), Content::Text("Text of A".to_owned()));
}

#[test]
fn an_older_document_brings_nothing_back_that_any_newer_one_had_dropped() {
    let mut reader = Reader::default();
    reader.take(2, list("A 12:17, C 12:15"));
    reader.take(3, list("N 12:18, A 12:17"));
    assert_eq!(told(&reader.take(1, list("A 12:17, B 12:16, C 12:15, D 12:14"))), "+D");
    assert_eq!(reader.shows(), "N A C D");
}

#[test]
fn what_an_older_document_could_not_bring_once_it_cannot_bring_later() {
    let mut reader = Reader::default();
    let older = || list("X 12:17, A 12:17");
    reader.take(2, list("A 12:18, B 12:17"));
    assert_eq!(reader.take(1, older()), Changes::default());
    reader.take(3, list("B 12:17"));
    assert_eq!(reader.take(1, older()), Changes::default());
    assert_eq!(reader.shows(), "B");
}

#[test]
fn times_decide_where_there_is_no_number() {
    for stated in [Stated::Updated, Stated::Modified] {
        let mut reader = Reader::default();
        reader.take_stated(stated(at("12:20")), list("A 12:17, C 12:15"));
        assert_eq!(reader.take_stated(stated(at("12:19")), list("A 12:17, B 12:16, C 12:15")), Changes::default());
        assert_eq!(told(&reader.take_stated(stated(at("12:21")), list("A 12:17, B 12:16, C 12:15"))), "+B");
    }
}

#[test]
fn two_disagreeing_caches_without_versions_make_nothing_flicker() {
    let mut reader = Reader::default();
    let full = || list("A 12:17, B 12:17, C 12:17, D 12:15");
    let lacking = || list("A 12:17, C 12:17, D 12:15");
    assert_eq!(told(&reader.take_unversioned(full())), "+A +B +C +D");
    for _ in 0..5 {
        assert_eq!(reader.take_unversioned(lacking()), Changes::default());
        assert_eq!(reader.take_unversioned(full()), Changes::default());
        assert_eq!(reader.shows(), "A B C D");
    }
}

#[test]
fn without_versions_an_entry_goes_when_two_documents_in_a_row_lack_it_and_stays_away() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(reader.take_unversioned(list("A 12:17, C 12:15")), Changes::default());
    assert_eq!(told(&reader.take_unversioned(list("A 12:17, C 12:15"))), "-B");
    assert_eq!(reader.take_unversioned(list("A 12:17, B 12:16, C 12:15")), Changes::default());
}

#[test]
fn without_versions_an_older_text_does_not_come_back() {
    let mut reader = Reader::default();
    let mut newer = edited(entry("A", "12:17"), "Corrected");
    newer.modified = Some(at("12:20"));
    reader.take_unversioned(list("A 12:17"));
    assert_eq!(told(&reader.take_unversioned(vec![newer])), "~A");
    assert_eq!(reader.take_unversioned(list("A 12:17")), Changes::default());
}

#[test]
fn a_removed_entry_returns_only_with_a_newer_document() {
    let mut reader = Reader::default();
    let full = || list("A 12:17, B 12:16, C 12:15");
    reader.take(1, full());
    reader.take(2, list("A 12:17, C 12:15"));
    assert_eq!(reader.take(1, full()), Changes::default());
    assert_eq!(reader.take(2, full()), Changes::default());
    assert_eq!(told(&reader.take(3, full())), "+B");
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn nothing_of_a_removed_entry_is_left_to_be_read() {
    let mut timeline = Timeline::default();
    let version = |number| Version { stated: Stated::Number(number), source: 0, arrival: number };
    let secret = edited(entry("B", "12:16"), "Unfounded claim");
    timeline.merge(vec![entry("A", "12:17"), secret, entry("C", "12:15")], &[], version(1), Extent::Latest);
    timeline.merge(list("A 12:17, C 12:15"), &[], version(2), Extent::Latest);
    assert!(timeline.entry("B").is_none());
    assert!(!format!("{timeline:?}").contains("Unfounded"));
}

#[test]
fn a_page_of_older_entries_retracts_only_within_itself() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16"));
    assert_eq!(told(&reader.take_page(1, list("C 12:15, D 12:14, E 12:13"))), "+C +D +E");
    assert_eq!(told(&reader.take_page(2, list("C 12:15, E 12:13"))), "-D");
    assert_eq!(reader.shows(), "A B C E");
}

#[test]
fn a_page_stands_below_so_many_of_its_first_minute_as_it_follows_upon() {
    for (above, shown) in [(0, "C D A B E"), (1, "A C D B E"), (3, "A B E C D")] {
        let mut reader = Reader::default();
        reader.take(1, list("A 12:16, B 12:16, E 12:16"));
        let version = Version { source: 1, ..reader.version(Stated::Number(1)) };
        reader.timeline.merge(list("C 12:16, D 12:16"), &[], version, Extent::Page(above));
        assert_eq!(reader.shows(), shown);
    }
}

#[test]
fn a_page_that_holds_what_is_known_says_itself_where_it_stands() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:16, B 12:16, E 12:16"));
    let version = Version { source: 1, ..reader.version(Stated::Number(1)) };
    reader.timeline.merge(list("B 12:16, C 12:16"), &[], version, Extent::Page(3));
    assert_eq!(reader.shows(), "A B C E");
}

#[test]
fn an_older_page_adds_nothing_to_the_span_of_the_newest_document() {
    let mut reader = Reader::default();
    reader.take(5, list("A 12:17, B 12:16"));
    assert_eq!(told(&reader.take_page(3, list("X 12:17, D 12:16, C 12:15"))), "+D +C");
    assert_eq!(reader.shows(), "A B D C");
}

#[test]
fn key_moments_are_listed_newest_first() {
    let mut reader = Reader::default();
    let mut entries = list("A 12:17, B 12:16, C 12:15");
    entries[0].kind = Some(Kind::Key);
    entries[1].kind = Some(Kind::Summary);
    entries[2].kind = Some(Kind::Key);
    reader.take(1, entries);
    assert_eq!(ids(reader.timeline.key_moments()), ["A", "C"]);
}

#[test]
fn a_burst_of_a_thousand_entries_loses_none() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    let burst: Vec<_> = (0..1_000).map(|number| entry(&format!("n{number}"), "12:18")).collect();
    assert_eq!(reader.take(2, burst.into_iter().chain(list("A 12:17")).collect()).added.len(), 1_000);
    assert_eq!(reader.timeline.len(), 1_001);
}
