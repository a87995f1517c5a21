//! Which date a day has, and which day a date is: chrono's calendar, in plain numbers.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};

/// What a calendar and a clock show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Civil {
    /// the year
    pub year: i64,
    /// from 1 on
    pub month: i64,
    /// from 1 on
    pub day: i64,
    /// Monday is 0
    pub weekday: i64,
    /// from 0 to 23
    pub hour: i64,
    /// from 0 on
    pub minute: i64,
    /// from 0 on
    pub second: i64,
}

/// One of its numbers.
pub type Part = fn(&Civil) -> i64;

impl Civil {
    /// What they show that many milliseconds after 1970-01-01T00:00:00; 1970 itself for what no calendar reaches.
    #[must_use]
    pub fn of(millis: i64) -> Self {
        let at = DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc();
        Self {
            year: at.year().into(),
            month: at.month().into(),
            day: at.day().into(),
            weekday: at.weekday().num_days_from_monday().into(),
            hour: at.hour().into(),
            minute: at.minute().into(),
            second: at.second().into(),
        }
    }
}

/// How many days after 1970-01-01 a date is; `None` where there is no such date.
#[must_use]
pub fn day(year: i64, month: i64, day: i64) -> Option<i64> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    Some(NaiveDate::from_ymd_opt(year, month, day)?.to_epoch_days().into())
}
