//! Spans of time, drawn by proptest.

use std::ops::Range;

use chrono::TimeDelta;
use proptest::prelude::*;

/// Any span of whole milliseconds from the first up to the last.
pub fn spans(range: Range<TimeDelta>) -> impl Strategy<Value = TimeDelta> + Clone {
    (range.start.num_milliseconds()..range.end.num_milliseconds()).prop_map(TimeDelta::milliseconds)
}
