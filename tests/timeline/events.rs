//! Single entries: an event's, and the host's own.

use livefeed::feed::Content;
use livefeed::timeline::Changes;

use crate::support::{Reader, at, deleted, edited, entry, list, pinned, told};

#[test]
fn a_streamed_entry_is_not_retracted_by_an_older_copy_fetched_after_it() {
    let mut reader = Reader::default();
    reader.take(1, list("B 12:16, C 12:15"));
    assert_eq!(told(&reader.event(3, entry("A", "12:17"))), "+A");
    assert_eq!(reader.take(2, list("B 12:16, C 12:15")), Changes::default());
    assert_eq!(told(&reader.take(4, list("B 12:16, C 12:15"))), "-A");
}

#[test]
fn a_streamed_edit_is_not_undone_by_an_older_copy_fetched_after_it() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    assert_eq!(told(&reader.event(3, edited(entry("A", "12:17"), "Corrected"))), "~A");
    assert_eq!(reader.take(2, list("A 12:17")), Changes::default());
    assert_eq!(reader.text("A"), Content::Text("Corrected".to_owned()));
}

#[test]
fn a_streamed_pin_is_not_taken_by_an_older_copy_fetched_after_it() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16"));
    assert_eq!(told(&reader.event(3, pinned(entry("B", "12:16")))), "~B");
    assert_eq!(reader.take(2, list("A 12:17")), Changes::default());
    assert_eq!(told(&reader.take(4, list("A 12:17"))), "~B");
}

#[test]
fn a_streamed_entry_with_another_date_takes_the_place_of_that() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.event(2, entry("C", "12:18"))), "~C reordered");
    assert_eq!(reader.shows(), "C A B");
}

#[test]
fn a_streamed_edit_moves_nothing_within_its_minute() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17, C 12:17"));
    assert_eq!(told(&reader.event(2, edited(entry("B", "12:17"), "Corrected"))), "~B");
    assert_eq!(reader.shows(), "A B C");
}

#[test]
fn a_new_streamed_entry_stands_on_top_of_its_minute() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:18, B 12:17, C 12:17"));
    assert_eq!(told(&reader.event(2, entry("N", "12:17"))), "+N");
    assert_eq!(reader.shows(), "A N B C");
}

#[test]
fn a_streamed_entry_without_a_date_is_the_newest_and_keeps_its_place_when_edited() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:18, B 12:17"));
    assert_eq!(told(&reader.event(2, entry("N", ""))), "+N");
    reader.event(3, entry("M", "12:19"));
    assert_eq!(told(&reader.event(4, edited(entry("N", ""), "Corrected"))), "~N");
    assert_eq!(reader.shows(), "M N A B");
}

#[test]
fn a_streamed_entry_without_a_date_has_the_place_that_the_next_document_gives_it() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:18, B 12:17"));
    reader.event(3, entry("N", ""));
    assert_eq!(reader.take(2, list("A 12:18, B 12:17")), Changes::default());
    assert_eq!(reader.shows(), "N A B");
    assert_eq!(told(&reader.take(4, list("M 12:19, A 12:18, N, B 12:17"))), "+M reordered");
    assert_eq!(reader.shows(), "M A N B");
}

#[test]
fn the_first_entry_of_all_may_be_streamed_without_a_date() {
    let mut reader = Reader::default();
    reader.take(1, list(""));
    reader.event(2, entry("N", ""));
    reader.event(3, entry("M", ""));
    reader.event(4, entry("A", "12:17"));
    assert_eq!(reader.shows(), "A M N");
    assert_eq!(reader.take(5, list("A 12:17, M, N")), Changes::default());
    assert_eq!(told(&reader.take(6, list("A 12:17, N, B 12:16"))), "+B -M");
}

#[test]
fn a_replayed_event_brings_nothing_back_that_a_newer_document_had_dropped() {
    let mut reader = Reader::default();
    reader.take(5, list("A 12:17, C 12:15"));
    assert_eq!(reader.event(3, entry("B", "12:16")), Changes::default());
    assert_eq!(told(&reader.event(3, entry("D", "12:14"))), "+D");
}

#[test]
fn a_remove_event_keeps_older_copies_out() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16"));
    assert_eq!(told(&reader.remove(3, "A")), "-A");
    assert_eq!(reader.take(2, list("A 12:17, B 12:16")), Changes::default());
    assert_eq!(reader.take(3, list("A 12:17, B 12:16")), Changes::default());
    assert_eq!(told(&reader.take(4, list("A 12:17, B 12:16"))), "+A");
}

#[test]
fn an_older_remove_event_removes_nothing() {
    let mut reader = Reader::default();
    reader.take(4, list("A 12:17"));
    assert_eq!(reader.remove(3, "A"), Changes::default());
    assert_eq!(reader.shows(), "A");
}

#[test]
fn an_id_that_was_removed_before_it_came_does_not_come_with_an_older_copy() {
    let mut reader = Reader::default();
    assert_eq!(reader.remove(3, "A"), Changes::default());
    assert_eq!(told(&reader.take(2, list("A 12:17, B 12:16"))), "+B");
}

#[test]
fn an_id_that_was_removed_before_it_came_stays_away_where_no_version_can_be_compared() {
    let mut reader = Reader::default();
    reader.remove(3, "A");
    assert_eq!(told(&reader.take_unversioned(list("A 12:17, B 12:16"))), "+B");
}

#[test]
fn a_streamed_tombstone_is_a_removal() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16"));
    assert_eq!(told(&reader.event(2, deleted(entry("A", "12:17")))), "-A");
    assert_eq!(reader.event(1, entry("A", "12:17")), Changes::default());
}

#[test]
fn no_document_retracts_the_hosts_own_entry_by_silence() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:17, C 12:15"));
    assert_eq!(told(&reader.host(entry("H", "12:17"))), "+H");
    for number in 2..5 {
        assert_eq!(reader.take(number, list("A 12:17, B 12:17, C 12:15")), Changes::default());
        assert_eq!(reader.shows(), "H A B C");
    }
}

#[test]
fn the_hosts_entry_becomes_the_publishers_once_a_document_holds_it() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17"));
    reader.host(entry("H", "12:18"));
    assert_eq!(reader.take(2, list("H 12:18, A 12:17")), Changes::default());
    assert_eq!(told(&reader.take(3, list("A 12:17"))), "-H");
}

#[test]
fn the_host_edits_an_entry_whatever_its_dates_say() {
    let mut reader = Reader::default();
    let mut modified = entry("A", "12:17");
    modified.modified = Some(at("12:30"));
    reader.take(1, vec![modified, entry("B", "12:16")]);
    assert_eq!(told(&reader.host(edited(entry("A", ""), "From the page"))), "~A");
    assert_eq!(reader.text("A"), Content::Text("From the page".to_owned()));
    assert_eq!(reader.shows(), "A B");
}

#[test]
fn the_host_may_put_back_what_it_removed() {
    let mut reader = Reader::default();
    reader.host(entry("H", "12:18"));
    assert_eq!(told(&reader.remove(1, "H")), "-H");
    assert_eq!(told(&reader.host(entry("H", "12:18"))), "+H");
}
