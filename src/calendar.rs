//! Which date a day has, and which day a date is: the Gregorian calendar, also for the years before there was one.
//!
//! Years begin in March here, so that the leap day is the last of one. Then the length of the months follows one line, and
//! that of the years one rule of 400 years.

use crate::time::{DAY, HOUR, MINUTE, SECOND};

/// The days of 400 years, after which the calendar is the same again.
const ERA: i64 = 146_097;
/// The days from the year 0, which begins in March here, to 1970-01-01.
const EPOCH: i64 = 719_468;
/// The days of the months from March to July, and again from August to December: 153 in five.
const FIVE_MONTHS: i64 = 153;

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

/// One of these numbers.
pub type Part = fn(&Civil) -> i64;

impl Civil {
    /// What they show that many milliseconds after 1970-01-01T00:00:00.
    #[must_use]
    pub const fn of(millis: i64) -> Self {
        let (days, clock) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
        let (era, day) = ((days + EPOCH).div_euclid(ERA), (days + EPOCH).rem_euclid(ERA));
        // Each fourth year has a day more, but not each hundredth, but the last of the era has one.
        let year = (day - day / 1_460 + day / 36_524 - day / (ERA - 1)) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / FIVE_MONTHS;
        let ahead = month / 10;
        Self {
            year: era * 400 + year + ahead,
            month: month + 3 - 12 * ahead,
            day: day - (FIVE_MONTHS * month + 2) / 5 + 1,
            // 1970 began with a Thursday.
            weekday: (days + 3).rem_euclid(7),
            hour: clock / HOUR,
            minute: clock % HOUR / MINUTE,
            second: clock % MINUTE / SECOND,
        }
    }
}

/// How many days after 1970-01-01 a date is; `None` where there is no such date.
#[must_use]
pub fn day(year: i64, month: i64, day: i64) -> Option<i64> {
    let months = year * 12 + month - 3;
    let (years, months) = (months.div_euclid(12), months.rem_euclid(12));
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    let days = 365 * years + leap_days + (FIVE_MONTHS * months + 2) / 5 + day - 1 - EPOCH;
    // After the last of a month comes another date than the one that was asked for.
    let found = Civil::of(days * DAY);
    ((found.year, found.month, found.day) == (year, month, day)).then_some(days)
}
