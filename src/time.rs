//! Moments (`DateTime<Utc>`) and spans of time (`TimeDelta`): reading moments, and arithmetic that cannot panic.
//!
//! A feed or a wrong clock can name a moment at the end of what chrono holds, where chrono's own `+` panics.

use chrono::{DateTime, TimeDelta, Utc};

/// Parses an RFC 3339 time, to the millisecond. White space around it is ignored.
///
/// ```
/// use livefeed::time::{from_millis, parse};
/// assert_eq!(parse("2020-10-05T18:19:00Z"), Some(from_millis(1_601_921_940_000)));
/// assert_eq!(parse("yesterday"), None);
/// ```
#[must_use]
pub fn parse(text: &str) -> Option<DateTime<Utc>> {
    // chrono also takes U+2212 for a minus sign.
    let text = Some(text.trim_ascii()).filter(|text| text.is_ascii())?;
    let time = DateTime::parse_from_rfc3339(text).ok()?;
    // Whole milliseconds, as in JavaScript; a leap second becomes the second after it.
    DateTime::from_timestamp_millis(time.timestamp_millis())
}

/// The moment that is that many milliseconds after 1970, as in `Date.now()`; the first or last one that chrono holds
/// where it is out of range.
#[must_use]
pub const fn from_millis(millis: i64) -> DateTime<Utc> {
    match DateTime::from_timestamp_millis(millis) {
        Some(time) => time,
        None if millis < 0 => DateTime::<Utc>::MIN_UTC,
        None => DateTime::<Utc>::MAX_UTC,
    }
}

/// Adds a span to a moment; the result is the first or last moment that chrono holds where it is out of range.
#[must_use]
pub fn saturating_add(time: DateTime<Utc>, span: TimeDelta) -> DateTime<Utc> {
    let end = if span < TimeDelta::zero() { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    time.checked_add_signed(span).unwrap_or(end)
}
