#![cfg(not(target_arch = "wasm32"))]
//! The calendar, held against chrono's.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use livefeed::calendar::{Civil, day};
use livefeed::time::{DAY, SECOND};

/// 0000-01-01 and the end of 9999, the years that RFC 3339 has, as days after 1970-01-01.
const DAYS: std::ops::Range<i64> = -719_528..2_932_897;

/// The days of 400 years, after which the calendar is the same again.
const ERA: i64 = 146_097;

/// 1970-01-01, as chrono counts days.
const EPOCH: i64 = 719_163;

#[test]
fn every_day_of_eight_centuries_and_some_of_each_year_have_the_date_that_chrono_gives_them() {
    for days in (-ERA..ERA).chain(DAYS.step_by(61)) {
        let date = NaiveDate::from_num_days_from_ce_opt((days + EPOCH).try_into().unwrap()).unwrap();
        let civil = Civil::of(days * DAY);
        let theirs = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
        assert_eq!((civil.year, civil.month, civil.day), theirs);
        assert_eq!(civil.weekday, i64::from(date.weekday().num_days_from_monday()), "{date}");
        assert_eq!(day(civil.year, civil.month, civil.day), Some(days), "{date}");
    }
}

#[test]
fn every_second_of_a_day_shows_the_clock_that_chrono_gives_it() {
    for day in [-1, 0, 1] {
        for second in 0..86_400 {
            let civil = Civil::of(day * DAY + i64::from(second) * SECOND + 999);
            let theirs = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap();
            let theirs = (i64::from(theirs.hour()), i64::from(theirs.minute()), i64::from(theirs.second()));
            assert_eq!((civil.hour, civil.minute, civil.second), theirs);
        }
    }
}

#[test]
fn a_date_that_is_in_no_calendar_is_no_day() {
    for (year, month, date) in
        [(2021, 2, 29), (1900, 2, 29), (2020, 4, 31), (2020, 13, 1), (2020, 0, 1), (2020, 1, 0), (2020, 1, 32)]
    {
        assert_eq!(day(year, month, date), None, "{year}-{month}-{date}");
    }
    assert_eq!(day(2000, 2, 29), Some(11_016));
}
