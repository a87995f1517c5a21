//! Short words for spans of time.
#![allow(dead_code, reason = "each test file uses a part of it")]

use chrono::TimeDelta;

pub const ZERO: TimeDelta = TimeDelta::zero();
pub const SECOND: TimeDelta = TimeDelta::seconds(1);
pub const MINUTE: TimeDelta = TimeDelta::minutes(1);
pub const HOUR: TimeDelta = TimeDelta::hours(1);
pub const DAY: TimeDelta = TimeDelta::days(1);

pub fn millis(millis: i64) -> TimeDelta {
    TimeDelta::milliseconds(millis)
}

/// So many tenths of a span, rounded down to whole milliseconds.
pub fn tenths(span: TimeDelta, tenths: i64) -> TimeDelta {
    millis(span.num_milliseconds() * tenths / 10)
}

/// That part of a span, rounded down to whole milliseconds.
pub fn part(span: TimeDelta, part: f64) -> TimeDelta {
    millis((span.num_milliseconds() as f64 * part) as i64)
}
