//! The browser, in thin newtypes. What the browser must be told to stop is a guard: it stops when it is dropped.

pub mod intl;
pub mod listener;
pub mod observer;
pub mod storage;
pub mod ticker;
pub mod timer;
pub mod zone;

use crate::time::Time;

/// What the reader's clock shows, right or wrong.
#[must_use]
pub fn local_time() -> Time {
    #[allow(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    Time(js_sys::Date::now() as i64)
}
