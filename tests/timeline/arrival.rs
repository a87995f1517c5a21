//! Where nothing but the order of arrival tells which document is newer.

use livefeed::feed::Entry;
use livefeed::timeline::{Changes, Extent, Stated, Version};

use crate::support::{Reader, at, entry, list, pinned, told};

/// Takes a document, and the same again, unchanged.
fn twice(reader: &mut Reader, text: &str) -> (String, String) {
    let version = reader.version(Stated::Nothing);
    let first = reader.timeline.merge(list(text), &[], version, Extent::Latest);
    (told(&first), told(&reader.timeline.confirm(version)))
}

#[test]
fn the_same_document_again_is_the_second_that_lacks_an_entry() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(twice(&mut reader, "A 12:17, C 12:15"), (String::new(), "-B".to_owned()));
    let version = reader.version(Stated::Nothing);
    assert_eq!(reader.timeline.confirm(version), Changes::default());
}

#[test]
fn an_empty_document_that_comes_again_clears_nothing() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16"));
    reader.take_unversioned(list("B 12:16"));
    assert_eq!(twice(&mut reader, ""), (String::new(), String::new()));
    assert_eq!(reader.shows(), "A B");
}

#[test]
fn the_same_document_again_takes_an_old_pin() {
    let mut reader = Reader::default();
    reader.take_unversioned(vec![entry("A", "12:17"), pinned(entry("P", "04:30"))]);
    assert_eq!(twice(&mut reader, "A 12:17"), (String::new(), "~P".to_owned()));
    assert_eq!(reader.shows(), "A P");
}

#[test]
fn what_an_event_has_told_of_in_between_is_not_missing() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16, C 12:15"));
    let version = reader.version(Stated::Nothing);
    reader.timeline.merge(list("A 12:17, C 12:15"), &[], version, Extent::Latest);
    reader.event(1, entry("B", "12:16"));
    reader.event(2, entry("N", "12:18"));
    assert_eq!(reader.timeline.confirm(version), Changes::default());
    assert_eq!(reader.shows(), "N A B C");
}

#[test]
fn a_pin_that_an_event_has_told_of_in_between_is_not_missing() {
    let mut reader = Reader::default();
    reader.take_unversioned(vec![entry("A", "12:17"), pinned(entry("P", "04:30"))]);
    let version = reader.version(Stated::Nothing);
    reader.timeline.merge(list("A 12:17"), &[], version, Extent::Latest);
    reader.event(1, pinned(entry("P", "04:30")));
    assert_eq!(reader.timeline.confirm(version), Changes::default());
}

#[test]
fn a_page_of_older_entries_makes_nobody_doubt_twice() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17"));
    reader.take_page(1, list("C 12:15, D 12:14, E 12:13"));
    let version = reader.version(Stated::Nothing);
    reader.timeline.merge(list("A 12:17"), &[], version, Extent::Latest);
    let page = Version { source: 1, ..reader.version(Stated::Nothing) };
    reader.timeline.merge(list("C 12:15, E 12:13"), &[], page, Extent::Page(usize::MAX));
    assert_eq!(reader.timeline.confirm(version), Changes::default());
    assert_eq!(reader.shows(), "A C D E");
}

#[test]
fn what_two_old_copies_in_a_row_have_hidden_returns_with_the_next_new_entry() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:16"));
    reader.take_unversioned(list("N 12:17, A 12:16"));
    assert_eq!(twice(&mut reader, "A 12:16"), (String::new(), "-N".to_owned()));
    assert_eq!(told(&reader.take_unversioned(list("N 12:17, A 12:16"))), "");
    assert_eq!(told(&reader.take_unversioned(list("M 12:18, N 12:17, A 12:16"))), "+M +N");
}

#[test]
fn what_was_retracted_returns_with_no_old_copy() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, R 12:16"));
    reader.take_unversioned(list("B 12:18, A 12:17, C 12:15"));
    assert_eq!(twice(&mut reader, "B 12:18, A 12:17, C 12:15").1, "");
    for old in ["A 12:17, R 12:16", "R 12:16, Z 12:10", "X 12:17, R 12:16", "U, R 12:16"] {
        assert!(!told(&reader.take_unversioned(list(old))).contains('R'), "{old}");
    }
}

#[test]
fn what_somebody_removed_returns_with_no_new_entry() {
    let mut reader = Reader::default();
    reader.take_unversioned(list("A 12:17, B 12:16"));
    reader.remove(1, "B");
    assert_eq!(told(&reader.take_unversioned(list("N 12:18, A 12:17, B 12:16"))), "+N");
}

#[test]
fn what_is_missing_from_a_numbered_document_returns_with_no_other_one_of_that_number() {
    let mut reader = Reader::default();
    reader.take(1, list("A 12:17, B 12:16, C 12:15"));
    assert_eq!(told(&reader.take(2, list("A 12:17, C 12:15"))), "-B");
    assert_eq!(told(&reader.take(2, list("N 12:18, A 12:17, B 12:16, C 12:15"))), "+N");
}

#[test]
fn what_was_removed_twice_returns_with_no_older_date_of_its_own() {
    let modified = |clock| Entry { modified: Some(at(clock)), ..entry("A", "12:17") };
    let mut reader = Reader::default();
    reader.take_unversioned(vec![modified("12:30"), entry("B", "12:16")]);
    reader.remove(1, "A");
    reader.remove(2, "A");
    assert_eq!(told(&reader.take_unversioned(vec![modified("12:20"), entry("B", "12:16")])), "");
    assert_eq!(told(&reader.take_unversioned(vec![modified("12:40"), entry("B", "12:16")])), "+A");
}
