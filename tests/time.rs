//! How a moment is read, and what its date and its clock are, at both ends of what can be told.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "what the tests share is as much a test as they are")]

#[path = "support/times.rs"]
mod times;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::stamp::{Names, Pattern, Zone, absolute, day};
use livefeed::time::{from_millis, parse, saturating_add};

use times::{DAY, HOUR, MINUTE, SECOND, millis};

const FIRST: DateTime<Utc> = DateTime::<Utc>::MIN_UTC;
const LAST: DateTime<Utc> = DateTime::<Utc>::MAX_UTC;

/// The time in UTC as that pattern writes it.
fn written(time: DateTime<Utc>, pattern: &str) -> String {
    absolute(time, &Pattern::parse(pattern).unwrap(), &Zone::default(), &Names::default())
}

#[test]
fn a_day_has_the_date_that_it_is() {
    for (date, days, weekday) in [
        ("0000-01-01", -719_528, "Saturday"),
        ("1969-12-31", -1, "Wednesday"),
        ("1970-01-01", 0, "Thursday"),
        ("2000-02-29", 11_016, "Tuesday"),
        ("2020-10-05", 18_540, "Monday"),
        ("9999-12-31", 2_932_896, "Friday"),
    ] {
        let time = parse(&format!("{date}T00:00:00Z")).unwrap();
        assert_eq!(time, DateTime::UNIX_EPOCH + DAY * days, "{date}");
        assert_eq!(day(time, Zone::default().offset).to_epoch_days(), days, "{date}");
        assert_eq!(written(time, "yyyy-MM-dd EEEE"), format!("{date} {weekday}"));
    }
}

#[test]
fn a_moment_before_1970_shows_the_clock_of_its_day() {
    let time = DateTime::UNIX_EPOCH - DAY + HOUR * 18 + MINUTE * 19 + SECOND * 20 + millis(999);
    assert_eq!(written(time, "dd HH:mm:ss"), "31 18:19:20");
}

#[test]
fn a_date_that_is_in_no_calendar_is_not_read() {
    for date in ["2021-02-29", "1900-02-29", "2020-04-31", "2020-13-01", "2020-00-01", "2020-01-00", "2020-01-32"] {
        assert_eq!(parse(&format!("{date}T00:00:00Z")), None, "{date}");
    }
}

#[test]
fn a_time_is_read_to_the_millisecond_however_many_digits_it_has() {
    for (digits, expected) in [("5", 500), ("05", 50), ("123", 123), ("9999", 999), ("123456789012345", 123)] {
        assert_eq!(parse(&format!("1970-01-01T00:00:00.{digits}Z")), Some(from_millis(expected)), "{digits}");
    }
    assert_eq!(parse("1969-12-31T23:59:59.9999Z"), Some(from_millis(-1)));
}

#[test]
fn a_leap_second_is_the_second_after_it() {
    assert_eq!(parse("2016-12-31T23:59:60Z"), parse("2017-01-01T00:00:00Z"));
    assert_eq!(parse("2016-12-31T23:59:60.25Z"), parse("2017-01-01T00:00:00.25Z"));
    assert_eq!(parse("2016-12-31T23:59:61Z"), None);
}

#[test]
fn case_a_space_for_the_t_and_white_space_around_do_not_matter() {
    let noon = parse("2026-05-01T12:00:00Z");
    for text in ["2026-05-01t12:00:00z", "2026-05-01 12:00:00Z", "\t2026-05-01T17:30:00+05:30\n"] {
        assert_eq!(parse(text), noon, "{text}");
    }
    assert_eq!(parse("2026-05-01  12:00:00Z"), None);
}

#[test]
fn offsets_go_up_to_a_minute_less_than_a_day() {
    assert_eq!(parse("0000-01-01T00:00:00+23:59"), parse("0000-01-01T00:00:00Z").map(|time| time - MINUTE * 1_439));
    assert_eq!(parse("9999-12-31T23:59:59-23:59"), parse("9999-12-31T23:59:59Z").map(|time| time + MINUTE * 1_439));
    assert_eq!(parse("2026-05-01T12:00:00+24:00"), None);
    assert_eq!(parse("2026-05-01T12:00:00+01:60"), None);
}

#[test]
fn no_number_and_no_sum_is_beyond_the_first_and_the_last_moment() {
    assert_eq!((from_millis(i64::MIN), from_millis(i64::MAX)), (FIRST, LAST));
    assert_eq!(saturating_add(FIRST, -millis(1)), FIRST);
    assert_eq!(saturating_add(LAST, TimeDelta::MAX), LAST);
    assert_eq!(saturating_add(LAST, TimeDelta::MIN), FIRST);
    assert_eq!(saturating_add(from_millis(1), millis(2)), from_millis(3));
}
