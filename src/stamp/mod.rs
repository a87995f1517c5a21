//! What a time reads as, and when that next changes. The zone's offset and name, the words for months and days, and
//! the relative text itself ("5 minutes ago") come from the platform; here is what they are asked for.

mod pattern;
mod zone;

use crate::calendar::{Civil, Part};
use crate::time::{DAY, HOUR, MINUTE, SECOND, Time};

pub use pattern::{DEFAULT_PATTERN, Names, Pattern};
pub use zone::{Zone, ZoneCache};

/// A year: the mean of the Gregorian calendar, 365.2425 days.
const YEAR: i64 = 31_556_952 * SECOND;
/// A month: the twelfth part of a year, so that twelve months are never shown for something else than a year.
const MONTH: i64 = YEAR / 12;

/// Changes of text that are this close happen together, so that a page full of times does not tick all the time.
const TOGETHER: i64 = SECOND;

/// 0000-01-01T00:00:00Z and the last moment of the year 9999: RFC 3339 names no others.
const EARLIEST: i64 = -62_167_219_200_000;
const LATEST: i64 = 253_402_300_799_999;

/// The unit of a relative time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// 0 of them: "now"; more of them only in a line that is always up to date
    Second,
    /// from one minute
    Minute,
    /// from one hour
    Hour,
    /// from one day
    Day,
    /// from one month
    Month,
    /// from one year
    Year,
}

impl Unit {
    /// The name by which `Intl.RelativeTimeFormat` knows it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// How long ago something was, as a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// the unit
    pub unit: Unit,
    /// how many: negative where it is past; 0 for "now"
    pub value: i64,
    /// the first moment at which unit or value differ; none at the end of time
    pub next_change: Option<Time>,
}

/// How long before `now` something was. What lies ahead reads as now: a reader is never told "in 23 hours" about
/// something that is on the page already.
///
/// ```
/// use livefeed::stamp::{Unit, relative};
/// use livefeed::time::{MINUTE, Time};
/// let stamp = relative(Time(5 * MINUTE + 1), Time(0));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Minute, -5, Some(Time(6 * MINUTE))));
/// ```
#[must_use]
pub fn relative(now: Time, then: Time) -> Relative {
    let age = (now - then).max(0);
    // each with its length, and the age at which a greater unit takes over
    let (unit, length, end) = match age {
        ..MINUTE => (Unit::Second, MINUTE, MINUTE),
        MINUTE..HOUR => (Unit::Minute, MINUTE, HOUR),
        HOUR..DAY => (Unit::Hour, HOUR, DAY),
        DAY..MONTH => (Unit::Day, DAY, MONTH),
        MONTH..YEAR => (Unit::Month, MONTH, YEAR),
        YEAR.. => (Unit::Year, YEAR, i64::MAX),
    };
    let count = age / length;
    let next_age = (age - age % length).saturating_add(length).min(end);
    Relative { unit, value: -count, next_change: then.0.checked_add(next_age).map(Time) }
}

/// The steps in which seconds are told, of what is brought up to date while it is read.
const STEP: i64 = 5 * SECOND;

/// How far a moment is from `now`, either way, for a line that is always up to date: under a minute in steps of five
/// seconds; what is to come is rounded up.
///
/// ```
/// use livefeed::stamp::{Unit, coarse};
/// use livefeed::time::{SECOND, Time};
/// let stamp = coarse(Time(8 * SECOND), Time(0));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Second, -5, Some(Time(10 * SECOND))));
/// let stamp = coarse(Time(0), Time(18 * SECOND));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Second, 20, Some(Time(3 * SECOND))));
/// ```
#[must_use]
pub fn coarse(now: Time, then: Time) -> Relative {
    let age = now - then;
    let is_near = -MINUTE < age && age < MINUTE;
    let (unit, length, each) = if is_near { (Unit::Second, STEP, STEP / SECOND) } else { (Unit::Minute, MINUTE, 1) };
    if age >= HOUR {
        return relative(now, then);
    }
    // Rounded down, a time to come is further away.
    let steps = age.div_euclid(length);
    Relative { unit, value: -steps * each, next_change: Some(then + (steps + 1) * length) }
}

/// When to wake so that all these moments are served: with the earliest those that follow it closely, all at the
/// latest of them. None if there are none.
#[must_use]
pub fn next_tick(moments: impl Iterator<Item = Time> + Clone) -> Option<Time> {
    let earliest = moments.clone().min()?;
    moments.filter(|moment| *moment - earliest <= TOGETHER).max()
}

/// The time as the pattern writes it in that zone: `18:19 GMT 05.10.2020`.
#[must_use]
pub fn absolute(time: Time, pattern: &Pattern, zone: &Zone, names: &Names) -> String {
    pattern.write(&local(time, zone.offset_minutes), zone, names)
}

/// The hours and minutes in that zone, for key moments: `18:19`.
#[must_use]
pub fn clock(time: Time, zone: &Zone, names: &Names) -> String {
    let local = local(time, zone.offset_minutes);
    let mut text = String::new();
    names.write_number(&mut text, local.hour, 2);
    text.push(':');
    names.write_number(&mut text, local.minute, 2);
    text
}

/// The number of the day, counted from 1970-01-01, on which the time falls where clocks are that far ahead of UTC.
/// Where it differs between two entries, a new day begins between them.
#[must_use]
pub const fn day(time: Time, offset_minutes: i32) -> i64 {
    shift(time, offset_minutes).div_euclid(DAY)
}

/// The time for machines, as in `<time datetime>`: `2020-10-05T18:19:00Z`.
#[must_use]
pub fn datetime_attribute(time: Time) -> String {
    /// Each of its numbers, the digits it has, and what follows.
    static NUMBERS: [(Part, usize, char); 6] = [
        (|at| at.year, 4, '-'),
        (|at| at.month, 2, '-'),
        (|at| at.day, 2, 'T'),
        (|at| at.hour, 2, ':'),
        (|at| at.minute, 2, ':'),
        (|at| at.second, 2, 'Z'),
    ];
    let utc = local(time, 0);
    let mut text = String::new();
    for (number, digits, after) in &NUMBERS {
        text += &format!("{:0digits$}{after}", number(&utc));
    }
    text
}

/// What the clocks of a zone show; held within the years 0 to 9999.
fn local(time: Time, offset_minutes: i32) -> Civil {
    Civil::of(shift(time, offset_minutes).clamp(EARLIEST, LATEST))
}

/// The moment, moved by the offset. (A cast, since `i64::from` is not const.)
const fn shift(time: Time, offset_minutes: i32) -> i64 {
    time.0.saturating_add(offset_minutes as i64 * MINUTE)
}
