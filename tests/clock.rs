//! What time it is where a reader's clock is wrong.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/spans.rs"]
mod spans;
#[path = "support/times.rs"]
mod times;

use chrono::{DateTime, Utc};
use livefeed::clock::Skew;
use livefeed::feed::{Document, Entry, Feed};
use livefeed::time::from_millis;
use proptest::prelude::*;

use spans::spans;
use times::{DAY, HOUR, MINUTE, SECOND, millis};

const NOON: DateTime<Utc> = from_millis(1_601_899_200_000);

#[test]
fn a_clock_that_nobody_contradicts_is_believed() {
    assert_eq!(Skew::default().now(NOON), NOON);
}

#[test]
fn a_server_corrects_a_clock_that_is_ahead() {
    let mut skew = Skew::default();
    skew.observe_server(NOON, NOON + HOUR);
    assert_eq!(skew.now(NOON + HOUR + MINUTE), NOON + MINUTE);
}

#[test]
fn a_server_corrects_a_clock_that_is_behind() {
    let mut skew = Skew::default();
    skew.observe_server(NOON, NOON + -HOUR * 23);
    assert_eq!(skew.now(NOON + -HOUR * 23), NOON);
}

#[test]
fn a_server_overrules_an_entry_dated_ahead() {
    let mut skew = Skew::default();
    skew.observe_at_least(NOON + DAY, NOON);
    assert_eq!(skew.now(NOON), NOON + DAY);
    skew.observe_server(NOON, NOON);
    skew.observe_at_least(NOON + DAY, NOON);
    assert_eq!(skew.now(NOON), NOON);
}

/// A document that says when it was published, or not, with entries of those times.
fn document(updated: Option<DateTime<Utc>>, entries: &[DateTime<Utc>]) -> Document {
    let entry = |time: &DateTime<Utc>| Entry { published: Some(*time), ..Entry::new("e") };
    let feed = Feed { updated, ..Feed::default() };
    Document { feed, entries: entries.iter().map(|times| entry(times).into()).collect(), ..Document::default() }
}

#[test]
fn a_document_tells_a_clock_that_is_a_day_behind() {
    for document in [document(Some(NOON), &[NOON + -HOUR]), document(None, &[NOON, NOON + -HOUR])] {
        let mut skew = Skew::default();
        skew.observe_document(&document, NOON + -DAY);
        assert_eq!(skew.now(NOON + -DAY + MINUTE), NOON + MINUTE);
    }
}

#[test]
fn an_entry_that_was_edited_tells_that_it_is_at_least_as_late_as_that() {
    let mut skew = Skew::default();
    let mut document = document(None, &[NOON + -HOUR]);
    document.entries = vec![Entry { modified: Some(NOON), published: Some(NOON + -HOUR), ..Entry::new("e") }.into()];
    skew.observe_document(&document, NOON + -DAY);
    assert_eq!(skew.now(NOON + -DAY), NOON);
}

#[test]
fn an_entry_that_is_a_plan_does_not_move_the_time() {
    let years = DAY * 365 * 4;
    for document in [
        document(Some(NOON), &[NOON + HOUR, NOON + years]),
        document(None, &[NOON, NOON + years]),
        document(None, &[NOON + HOUR * 27]),
    ] {
        let mut skew = Skew::default();
        skew.observe_document(&document, NOON);
        assert_eq!(skew.now(NOON), NOON);
    }
}

#[test]
fn the_documents_own_time_is_believed_however_far_ahead_it_is() {
    let mut skew = Skew::default();
    skew.observe_document(&document(Some(NOON + DAY * 30), &[]), NOON);
    assert_eq!(skew.now(NOON), NOON + DAY * 30);
}

#[test]
fn an_older_date_from_a_cache_does_not_turn_time_back() {
    let mut skew = Skew::default();
    skew.observe_server(NOON, NOON);
    skew.observe_server(NOON, NOON + MINUTE);
    assert_eq!(skew.now(NOON + MINUTE), NOON + MINUTE);
}

#[test]
fn less_than_two_seconds_are_no_skew() {
    for ahead in [-SECOND * 2 + millis(1), -SECOND, SECOND, SECOND * 2 - millis(1)] {
        let mut skew = Skew::default();
        skew.observe_server(NOON + ahead, NOON);
        assert_eq!(skew.now(NOON), NOON, "{ahead}");
    }
    let mut skew = Skew::default();
    skew.observe_server(NOON + SECOND * 2, NOON);
    assert_eq!(skew.now(NOON), NOON + SECOND * 2);
}

#[test]
fn an_old_feed_does_not_turn_time_back() {
    let mut skew = Skew::default();
    skew.observe_at_least(NOON + -DAY, NOON);
    assert_eq!(skew.now(NOON), NOON);
}

proptest! {
    #[test]
    fn now_is_at_least_everything_known_and_the_way_back_is_exact(
        times in prop::collection::vec(spans(-DAY..DAY), 1..8), local in spans(-DAY..DAY),
    ) {
        let local = NOON + local;
        let mut skew = Skew::default();
        for time in &times {
            skew.observe_at_least(NOON + *time, local);
        }
        for time in &times {
            // what is within the tolerance reads as now all the same
            prop_assert!(skew.now(local) + SECOND * 2 > NOON + *time);
        }
        prop_assert_eq!(skew.local(skew.now(local)), local);
    }
}
