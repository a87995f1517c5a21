//! Dates as plain numbers, at both ends of the years that RFC 3339 has.
#![cfg(not(target_arch = "wasm32"))]

use livefeed::calendar::{Civil, day};
use livefeed::time::{DAY, HOUR, MINUTE, SECOND};

#[test]
fn a_day_has_the_date_that_it_is() {
    for (year, month, date, days, weekday) in [
        (0, 1, 1, -719_528, 5),
        (1969, 12, 31, -1, 2),
        (1970, 1, 1, 0, 3),
        (2000, 2, 29, 11_016, 1),
        (2020, 10, 5, 18_540, 0),
        (9999, 12, 31, 2_932_896, 4),
    ] {
        assert_eq!(day(year, month, date), Some(days), "{year}-{month}-{date}");
        let civil = Civil::of(days * DAY);
        assert_eq!((civil.year, civil.month, civil.day, civil.weekday), (year, month, date, weekday));
    }
}

#[test]
fn a_moment_before_1970_shows_the_clock_of_its_day() {
    let civil = Civil::of(-DAY + 18 * HOUR + 19 * MINUTE + 20 * SECOND + 999);
    assert_eq!((civil.day, civil.hour, civil.minute, civil.second), (31, 18, 19, 20));
}

#[test]
fn a_date_that_is_in_no_calendar_is_no_day() {
    for (year, month, date) in
        [(2021, 2, 29), (1900, 2, 29), (2020, 4, 31), (2020, 13, 1), (2020, 0, 1), (2020, 1, 0), (2020, 1, 32)]
    {
        assert_eq!(day(year, month, date), None, "{year}-{month}-{date}");
    }
}
