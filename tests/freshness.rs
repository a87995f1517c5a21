//! What the line says of how fresh a feed is.
#![cfg(not(target_arch = "wasm32"))]

use chrono::{DateTime, Utc};
use livefeed::feed::{Feed, Status};
use livefeed::freshness::{Freshness, Line, Part, Piece, line};
use livefeed::time::from_millis;

const CHECKED: DateTime<Utc> = from_millis(1);
const AGAIN: DateTime<Utc> = from_millis(2);

/// A feed that was asked for and answered.
const FRESH: Freshness =
    Freshness { checked: Some(CHECKED), failed: false, again: None, offline: false, streaming: false };
const FAILING: Freshness = Freshness { failed: true, again: Some(AGAIN), ..FRESH };
const READING: Part = Part { updates: true, paused: false, pending: 0 };

fn of(status: Status) -> Feed {
    Feed { status, ..Feed::default() }
}

fn pieces(line: Line) -> Vec<Piece> {
    line.into_iter().flatten().collect()
}

fn says(fresh: Freshness, status: Status, part: Part) -> Vec<Piece> {
    pieces(line(&fresh, &of(status), part))
}

#[test]
fn while_all_is_well_it_says_that_it_is_live_and_when_that_was_checked() {
    assert_eq!(says(FRESH, Status::Live, READING), [Piece::Live, Piece::Checked(CHECKED)]);
    assert_eq!(says(FRESH, Status::Upcoming, READING), [Piece::Upcoming, Piece::Checked(CHECKED)]);
    assert_eq!(says(Freshness::default(), Status::Live, READING), [Piece::Live]);
}

#[test]
fn what_comes_by_itself_needs_no_check() {
    assert_eq!(says(Freshness { streaming: true, ..FRESH }, Status::Live, READING), [Piece::Live]);
}

#[test]
fn what_is_held_back_is_counted() {
    let part = Part { pending: 3, ..READING };
    assert_eq!(says(FRESH, Status::Live, part), [Piece::Live, Piece::New(3)]);
    assert_eq!(says(FRESH, Status::Live, Part { paused: true, ..part }), [Piece::Paused, Piece::New(3)]);
    assert_eq!(says(FRESH, Status::Live, Part { paused: true, ..READING }), [Piece::Paused]);
}

#[test]
fn an_element_that_does_not_ask_is_not_live() {
    assert_eq!(says(FRESH, Status::Live, Part { updates: false, ..READING }), [Piece::Checked(CHECKED)]);
}

#[test]
fn coverage_that_is_over_is_over() {
    assert_eq!(says(FRESH, Status::Ended, READING), [Piece::Ended]);
    assert_eq!(pieces(line(&FRESH, &Feed { expired: true, ..Feed::default() }, READING)), [Piece::Ended]);
}

#[test]
fn after_a_failure_it_says_since_when_it_is_old_and_when_it_tries_again() {
    for status in [Status::Live, Status::Upcoming, Status::Ended] {
        assert_eq!(says(FAILING, status, READING), [Piece::Since(CHECKED), Piece::Again(AGAIN)]);
    }
    assert_eq!(says(Freshness { again: None, ..FAILING }, Status::Live, READING), [Piece::Since(CHECKED)]);
    assert_eq!(
        says(Freshness { checked: None, ..FAILING }, Status::Live, READING),
        [Piece::Failed, Piece::Again(AGAIN)]
    );
}

#[test]
fn without_a_network_that_goes_first_and_before_it_only_the_readers_own_pause() {
    let offline = Freshness { offline: true, ..FAILING };
    assert_eq!(says(offline, Status::Live, READING), [Piece::Offline, Piece::Since(CHECKED)]);
    assert_eq!(says(Freshness { checked: None, ..offline }, Status::Live, READING), [Piece::Offline]);
    assert_eq!(says(offline, Status::Live, Part { paused: true, ..READING }), [Piece::Paused]);
}
