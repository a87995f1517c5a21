//! A moment, in milliseconds since 1970, and how one is read from a feed.

use std::ops::{Add, Sub};

use chrono::DateTime;

/// One second, in the unit of [`Time`].
pub const SECOND: i64 = 1_000;
/// One minute, in the unit of [`Time`].
pub const MINUTE: i64 = 60 * SECOND;
/// One hour, in the unit of [`Time`].
pub const HOUR: i64 = 60 * MINUTE;
/// One day, in the unit of [`Time`].
pub const DAY: i64 = 24 * HOUR;

/// A moment: whole milliseconds since 1970-01-01T00:00:00Z, as in `Date.now()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

impl Time {
    /// Reads an RFC 3339 time; white space around it is forgiven.
    ///
    /// ```
    /// use livefeed::time::Time;
    /// assert_eq!(Time::parse("2020-10-05T18:19:00Z"), Some(Time(1_601_921_940_000)));
    /// assert_eq!(Time::parse("yesterday"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let time = DateTime::parse_from_rfc3339(text.trim()).ok()?;
        Some(Self(time.timestamp_millis()))
    }
}

/// Later by that many milliseconds; never past the end of time.
impl Add<i64> for Time {
    type Output = Self;
    fn add(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }
}

/// The milliseconds from one moment to another.
impl Sub for Time {
    type Output = i64;
    fn sub(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}
