//! A moment, in milliseconds since 1970, and how one is read from a feed.

use std::ops::{Add, Sub};

use crate::calendar;

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
        let mut scan = Scan(text.trim_ascii().as_bytes());
        let year = scan.number(4)?;
        let mut numbers = [0; 5];
        for (mark, number) in MARKS.iter().zip(&mut numbers) {
            scan.one(mark)?;
            *number = scan.number(2)?;
        }
        let [month, day, hours, minutes, seconds] = numbers;
        let millis = if scan.one(b".").is_some() { scan.fraction()? } else { 0 };
        let ahead = scan.offset()?;
        if !scan.0.is_empty() {
            return None;
        }
        let clock = hours * HOUR + minutes * MINUTE + seconds * SECOND;
        let is_clock = hours * HOUR < DAY && minutes * MINUTE < HOUR && seconds <= LEAP;
        is_clock.then_some(Self(calendar::day(year, month, day)? * DAY + clock + millis - ahead))
    }
}

/// What stands before the month, the day, the hour, the minute and the second: one of these characters.
const MARKS: [&[u8]; 5] = [b"-", b"-", b"Tt ", b":", b":"];

/// A leap second's number in its minute: it lies a second after the one before it.
const LEAP: i64 = 60;

/// What is left to be read of a time.
struct Scan<'a>(&'a [u8]);

impl Scan<'_> {
    /// The next character, if it is one of these.
    fn one(&mut self, of: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first().filter(|(first, _)| of.contains(first))?;
        self.0 = rest;
        Some(*first)
    }

    /// A number of just so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let mut number = 0;
        for _ in 0..digits {
            number = number * 10 + i64::from(self.one(b"0123456789")? - b'0');
        }
        Some(number)
    }

    /// The digits behind a second, of which the first three are milliseconds.
    fn fraction(&mut self) -> Option<i64> {
        let mut unit = SECOND / 10;
        let mut millis = unit * self.number(1)?;
        while let Some(digit) = self.number(1) {
            unit /= 10;
            millis += unit * digit;
        }
        Some(millis)
    }

    /// How far clocks are ahead of UTC, in milliseconds: `Z`, `+05:30`.
    fn offset(&mut self) -> Option<i64> {
        let sign = self.one(b"Zz+-")?;
        if sign.eq_ignore_ascii_case(&b'Z') {
            return Some(0);
        }
        let hours = self.number(2)? * HOUR;
        self.one(b":")?;
        let minutes = self.number(2)? * MINUTE;
        let ahead = hours + minutes;
        let is_offset = ahead < DAY && minutes < HOUR;
        is_offset.then_some(if sign == b'-' { -ahead } else { ahead })
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
