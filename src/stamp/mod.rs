//! What a time reads as, and when that next changes. The zone's offset and name, the words for months and days, and
//! the relative text itself ("5 minutes ago") come from the platform; here is what they are asked for.

mod pattern;
mod zone;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, SecondsFormat, TimeDelta, Timelike, Utc};

use crate::time::{from_millis, saturating_add};

pub use pattern::{DEFAULT_PATTERN, Names, Pattern};
pub use zone::{Zone, ZoneCache};

const MINUTE: TimeDelta = TimeDelta::minutes(1);
const HOUR: TimeDelta = TimeDelta::hours(1);
/// A year: the mean of the Gregorian calendar, 365.2425 days.
const YEAR: TimeDelta = TimeDelta::seconds(31_556_952);
/// A month: the twelfth part of a year, so that twelve months are never shown for something else than a year.
const MONTH: TimeDelta = TimeDelta::seconds(31_556_952 / 12);

/// Changes of text that are this close happen together, so that a page full of times does not tick all the time.
const TOGETHER: TimeDelta = TimeDelta::seconds(1);

/// 0000-01-01T00:00:00Z and the last moment of the year 9999: RFC 3339 names no others.
const EARLIEST: DateTime<Utc> = from_millis(-62_167_219_200_000);
const LATEST: DateTime<Utc> = from_millis(253_402_300_799_999);

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

/// The units from a minute on, each with its length, which is also the age from which it is used.
const UNITS: [(Unit, TimeDelta); 5] = [
    (Unit::Minute, MINUTE),
    (Unit::Hour, HOUR),
    (Unit::Day, TimeDelta::days(1)),
    (Unit::Month, MONTH),
    (Unit::Year, YEAR),
];

/// How long ago something was, as a reader is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relative {
    /// the unit
    pub unit: Unit,
    /// how many: negative where it is past; 0 for "now"
    pub value: i64,
    /// the first moment at which unit or value differ; `None` where chrono holds no such moment
    pub next_change: Option<DateTime<Utc>>,
}

impl Relative {
    /// How English says it, in full, just as `Intl` would.
    ///
    /// ```
    /// use chrono::{DateTime, TimeDelta};
    /// use livefeed::stamp::relative;
    /// let then = DateTime::UNIX_EPOCH;
    /// assert_eq!(relative(then + TimeDelta::minutes(5), then).in_english(), "5 minutes ago");
    /// ```
    #[must_use]
    pub fn in_english(&self) -> String {
        let plural = if self.value.abs() == 1 { "" } else { "s" };
        let (count, unit) = (self.value.abs(), self.unit.name());
        match self.value {
            0 => "now".to_owned(),
            ..0 => format!("{count} {unit}{plural} ago"),
            _ => format!("in {count} {unit}{plural}"),
        }
    }
}

/// How long before `now` something was. What lies ahead reads as now: a reader is never told "in 23 hours" about
/// something that is on the page already.
///
/// ```
/// use livefeed::stamp::{Unit, relative};
/// use livefeed::time::from_millis;
/// let stamp = relative(from_millis(300_001), from_millis(0));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Minute, -5, Some(from_millis(360_000))));
/// ```
#[must_use]
pub fn relative(now: DateTime<Utc>, then: DateTime<Utc>) -> Relative {
    let age = (now - then).max(TimeDelta::zero());
    let (unit, length) = UNITS.into_iter().rfind(|(_, length)| *length <= age).unwrap_or((Unit::Second, MINUTE));
    let (_, end) = UNITS.into_iter().find(|(_, length)| *length > age).unwrap_or((unit, TimeDelta::MAX));
    let count = age.num_milliseconds() / length.num_milliseconds();
    let next_age = times(length, count + 1).min(end);
    Relative { unit, value: -count, next_change: then.checked_add_signed(next_age) }
}

/// So many spans.
fn times(span: TimeDelta, number: i64) -> TimeDelta {
    TimeDelta::try_milliseconds(span.num_milliseconds().saturating_mul(number)).unwrap_or(TimeDelta::MIN)
}

/// The steps in which seconds are told, in a line that is always up to date.
const STEP: TimeDelta = TimeDelta::seconds(5);

/// How far a moment is from `now`, either way, for a line that is always up to date: under a minute in steps of five
/// seconds; what is to come is rounded up.
///
/// ```
/// use livefeed::stamp::{Unit, coarse};
/// use livefeed::time::from_millis;
/// let stamp = coarse(from_millis(8_000), from_millis(0));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Second, -5, Some(from_millis(10_000))));
/// let stamp = coarse(from_millis(0), from_millis(18_000));
/// assert_eq!((stamp.unit, stamp.value, stamp.next_change), (Unit::Second, 20, Some(from_millis(3_000))));
/// ```
#[must_use]
pub fn coarse(now: DateTime<Utc>, then: DateTime<Utc>) -> Relative {
    let age = now - then;
    if age >= HOUR {
        return relative(now, then);
    }
    let (unit, length, each) =
        if age.abs() < MINUTE { (Unit::Second, STEP, STEP.num_seconds()) } else { (Unit::Minute, MINUTE, 1) };
    // Rounded down, a time to come is further away.
    let steps = age.num_milliseconds().div_euclid(length.num_milliseconds());
    let next_change = saturating_add(then, times(length, steps + 1));
    Relative { unit, value: -steps * each, next_change: Some(next_change) }
}

/// When to wake so that all these moments are served: with the earliest those that follow it closely, all at the
/// latest of them. `None` if there are none.
#[must_use]
pub fn next_tick(moments: impl Iterator<Item = DateTime<Utc>> + Clone) -> Option<DateTime<Utc>> {
    let earliest = moments.clone().min()?;
    moments.filter(|moment| *moment - earliest <= TOGETHER).max()
}

/// The time as the pattern writes it in that zone: `18:19 GMT 05.10.2020`.
#[must_use]
pub fn absolute(time: DateTime<Utc>, pattern: &Pattern, zone: &Zone, names: &Names) -> String {
    pattern.write(&local(time, zone.offset), zone, names)
}

/// The hours and minutes in that zone, for key moments: `18:19`.
#[must_use]
pub fn clock(time: DateTime<Utc>, zone: &Zone, names: &Names) -> String {
    let local = local(time, zone.offset);
    let mut text = String::new();
    names.write_number(&mut text, local.hour(), 2);
    text.push(':');
    names.write_number(&mut text, local.minute(), 2);
    text
}

/// The date in a zone of that offset. Where it differs between two entries, a new day begins between them.
#[must_use]
pub fn day(time: DateTime<Utc>, offset: FixedOffset) -> NaiveDate {
    shifted(time, offset).date()
}

/// The time for machines, as in `<time datetime>`: `2020-10-05T18:19:00Z`.
#[must_use]
pub fn datetime_attribute(time: DateTime<Utc>) -> String {
    time.clamp(EARLIEST, LATEST).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// Date and time of day in a zone of that offset, within the years 0 to 9999.
fn local(time: DateTime<Utc>, offset: FixedOffset) -> NaiveDateTime {
    shifted(time, offset).clamp(EARLIEST.naive_utc(), LATEST.naive_utc())
}

/// The same without that limit. At the end of what chrono holds, the offset is left out: `naive_local` would panic.
fn shifted(time: DateTime<Utc>, offset: FixedOffset) -> NaiveDateTime {
    let utc = time.naive_utc();
    utc.checked_add_offset(offset).unwrap_or(utc)
}
