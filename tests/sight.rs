//! What of a list is before the reader's eyes.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "in a test a panic is the report")]

use livefeed::sight::{distance, first_below, left_over};
use proptest::prelude::*;

fn first(line: f64, bottoms: &[f64]) -> u32 {
    let count = u32::try_from(bottoms.len()).unwrap();
    first_below(line, count, |row| bottoms[usize::try_from(row).unwrap()])
}

#[test]
fn the_first_row_that_ends_below_the_line_is_read() {
    assert_eq!(first(0.0, &[-300.0, -10.0, 140.0, 290.0]), 2);
}

#[test]
fn a_row_that_ends_at_the_line_does_not_show() {
    assert_eq!(first(50.0, &[50.0, 200.0]), 1);
    assert_eq!(first(50.0, &[50.4, 200.0]), 1);
}

#[test]
fn past_the_list_no_row_shows() {
    assert_eq!(first(50.0, &[-200.0, -100.0]), 2);
    assert_eq!(first(50.0, &[]), 0);
}

#[test]
fn few_rows_are_measured_of_a_long_list() {
    let measured = std::cell::Cell::new(0);
    let bottom = |row| {
        measured.set(measured.get() + 1);
        f64::from(row) - 6000.0
    };
    assert_eq!(first_below(0.0, 10_000, bottom), 6001);
    assert!(measured.get() <= 14, "{}", measured.get());
}

#[test]
fn the_nearest_is_the_one_closest_to_the_middle_of_the_view() {
    let view = (0.0, 800.0);
    assert!(distance((350.0, 450.0), view) < distance((100.0, 200.0), view));
    assert!(distance((700.0, 900.0), view) < distance((-900.0, -700.0), view));
}

#[test]
fn what_the_browser_has_done_is_not_done_again() {
    assert_eq!(left_over(240.0, 240.0), 0.0);
    assert_eq!(left_over(240.4, 240.0), 0.0);
    assert_eq!(left_over(-120.0, -120.0), 0.0);
}

#[test]
fn what_the_browser_has_left_is_done() {
    assert_eq!(left_over(240.0, 0.0), 240.0);
    assert_eq!(left_over(240.0, 100.0), 140.0);
    assert_eq!(left_over(-120.0, 0.0), -120.0);
}

#[test]
fn where_the_reader_has_scrolled_it_is_left_to_the_browser() {
    assert_eq!(left_over(240.0, 600.0), 0.0);
    assert_eq!(left_over(240.0, -600.0), 0.0);
    assert_eq!(left_over(0.0, -600.0), 0.0);
}

proptest! {
    #[test]
    fn the_reader_is_never_moved_further_than_the_page_grew(grown in -2000.0..2000.0_f64, done in -5000.0..5000.0_f64) {
        prop_assert!(left_over(grown, done).abs() <= grown.abs());
    }
}
