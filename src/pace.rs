//! When to ask again: the interval, jitter, back-off, and the times at which nothing is asked at all.
//!
//! - The interval is the greater of the element's and the feed's, from 5 seconds to an hour; the feed's 0 stops asking.
//! - Each wait is spread by ±10 %, so that readers who came together don't ask together.
//! - After a failure the wait doubles, spread over its upper half, up to five minutes; neither the interval nor
//!   `Retry-After` is undercut.
//! - Hidden, offline or paused: no request. On return one at once, if it is due. Never two in flight.
//! - A reader who saves data asks half as often. While a stream is open, or the coverage is over, a request in
//!   five minutes is enough.
//! - What somebody asks for themselves is sent all the same: once, or not at all if a request is under way.

use chrono::{DateTime, TimeDelta, Utc};

use crate::time::saturating_add;

/// The interval where neither the element nor the feed names one.
pub const DEFAULT_INTERVAL: TimeDelta = TimeDelta::seconds(15);
/// The shortest interval, whoever asks for less.
pub const MIN_INTERVAL: TimeDelta = TimeDelta::seconds(5);
/// The longest interval.
pub const MAX_INTERVAL: TimeDelta = TimeDelta::hours(1);
/// Coverage that ended is still corrected now and then, and a stream may have lost a message without a sign.
const QUIET_INTERVAL: TimeDelta = TimeDelta::minutes(5);
/// The longest wait after failures.
const MAX_BACK_OFF: TimeDelta = TimeDelta::minutes(5);
/// The longest that a server may send everyone away.
pub const MAX_RETRY_AFTER: TimeDelta = TimeDelta::minutes(30);
/// How far a wait is spread to either side: ±10 %.
const JITTER: f64 = 0.1;
/// After so many failures the doubling has long reached its cap.
const MAX_DOUBLINGS: u32 = 10;

/// When one feed is asked for.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    /// the shortest of the elements' intervals
    pub wanted: Option<TimeDelta>,
    /// the feed's own least interval, in seconds
    pub hint: Option<f64>,
    /// the coverage is over
    pub ended: bool,
    /// the page can't be seen
    pub hidden: bool,
    /// there is no network
    pub offline: bool,
    /// nobody wants updates: every element is paused or not live
    pub idle: bool,
    /// the reader wants to save data
    pub saving: bool,
    /// a stream is open
    pub streaming: bool,
    in_flight: bool,
    gone: bool,
    failures: u32,
    rest: Option<Rest>,
    /// somebody asked for a request themselves
    asked_for: bool,
    /// something new is known to be there from that time on
    news: Option<DateTime<Utc>>,
}

/// Since when it rests. The wait is worked out when it is needed, so that it follows every change of the interval.
#[derive(Debug, Clone, Copy)]
enum Rest {
    /// no longer
    Over(DateTime<Utc>),
    Answered {
        at: DateTime<Utc>,
        random: f64,
    },
    Failed {
        at: DateTime<Utc>,
        random: f64,
        retry_after: TimeDelta,
    },
}

impl Pace {
    /// The interval before jitter; `None` when the feed asks not to be requested.
    #[must_use]
    pub fn interval(&self) -> Option<TimeDelta> {
        if self.gone || self.hint == Some(0.0) {
            return None;
        }
        let hint = self.hint.map(|seconds| scaled(TimeDelta::seconds(1), seconds));
        let wanted = self.wanted.or(if hint.is_some() { None } else { Some(DEFAULT_INTERVAL) });
        let interval = wanted.max(hint).unwrap_or(DEFAULT_INTERVAL).clamp(MIN_INTERVAL, MAX_INTERVAL);
        let interval = if self.saving { (interval * 2).min(MAX_INTERVAL) } else { interval };
        Some(if self.ended || self.streaming { interval.max(QUIET_INTERVAL) } else { interval })
    }

    /// Whether a stream may be open: it rests when requests do, and when there is nothing more to wait for.
    #[must_use]
    pub fn lets_stream(&self) -> bool {
        !(self.rests() || self.ended)
    }

    fn rests(&self) -> bool {
        self.hidden || self.offline || self.idle || self.interval().is_none()
    }

    /// When to send the next request: the caller does so at that time, at once when it has passed.
    #[must_use]
    pub fn next(&self) -> Option<DateTime<Utc>> {
        if self.in_flight || self.rests() && !self.asked_for {
            return None;
        }
        let interval = self.interval().unwrap_or(DEFAULT_INTERVAL);
        let due = match self.rest? {
            Rest::Over(time) => time,
            Rest::Answered { at, random } => saturating_add(at, jittered(interval, random)),
            // Whatever is new there: a server that fails is not pressed.
            Rest::Failed { at, random, retry_after } => {
                return Some(saturating_add(at, self.back_off(interval, retry_after, random)));
            }
        };
        Some(self.news.map_or(due, |news| due.min(news)))
    }

    /// Whether a request is under way.
    #[must_use]
    pub fn in_flight(&self) -> bool {
        self.in_flight
    }

    /// How many requests in a row have failed.
    #[must_use]
    pub fn failures(&self) -> u32 {
        self.failures
    }

    /// Makes a request due now.
    pub fn hurry(&mut self, now: DateTime<Utc>) {
        self.rest = Some(Rest::Over(now));
    }

    /// The network is back. If it was what failed, there is nothing more to wait for.
    pub fn network_is_back(&mut self, now: DateTime<Utc>) {
        if matches!(self.rest, Some(Rest::Failed { retry_after, .. }) if retry_after.is_zero()) {
            self.rest = Some(Rest::Over(now));
        }
    }

    /// Somebody asks for it: a request is due now, even where none would be sent otherwise.
    pub fn ask(&mut self, now: DateTime<Utc>) {
        self.asked_for = true;
        self.rest = Some(Rest::Over(now));
    }

    /// Something new is there: a request is due at that time. One that is under way may have come too early for it.
    pub fn news(&mut self, at: DateTime<Utc>) {
        self.news = Some(at);
    }

    /// The stream has broken, for all readers in the same moment: the first request comes within an interval.
    pub fn take_over(&mut self, now: DateTime<Utc>, random: f64) {
        if let (Some(Rest::Answered { .. }), Some(interval)) = (self.rest, self.interval()) {
            self.rest = Some(Rest::Over(within(interval, now, random)));
        }
    }

    /// A request was sent.
    pub fn asked(&mut self) {
        self.news = None;
        self.in_flight = true;
    }

    /// It was answered. `random` is from 0 up to 1.
    pub fn answered(&mut self, now: DateTime<Utc>, random: f64) {
        self.in_flight = false;
        self.gone = false;
        self.asked_for = false;
        self.failures = 0;
        self.rest = Some(Rest::Answered { at: now, random });
    }

    /// It failed; `retry_after` is what the server asked for. `random` is from 0 up to 1.
    pub fn failed(&mut self, now: DateTime<Utc>, retry_after: Option<TimeDelta>, random: f64) {
        self.in_flight = false;
        self.asked_for = false;
        self.failures = self.failures.saturating_add(1);
        let retry_after = retry_after.unwrap_or_default().clamp(TimeDelta::zero(), MAX_RETRY_AFTER);
        self.rest = Some(Rest::Failed { at: now, random, retry_after });
    }

    /// The feed is gone for good (HTTP 410).
    pub fn end(&mut self) {
        self.in_flight = false;
        self.asked_for = false;
        self.gone = true;
    }

    fn back_off(&self, interval: TimeDelta, retry_after: TimeDelta, random: f64) -> TimeDelta {
        let wait = doubled(interval, self.failures, random).max(jittered(interval, random));
        // Spread upward from what the server asked for: all may have been told the same moment. Over an interval at
        // least, so that they don't come back faster than they come on any other day.
        let spread_by = spread(interval, 0.0, 1.0, random).max(spread(retry_after, 0.0, JITTER, random));
        if retry_after > wait { retry_after + spread_by } else { wait }
    }
}

/// The wait after so many failures in a row: doubled with each, spread over its upper half.
#[must_use]
pub fn doubled(span: TimeDelta, failures: u32, random: f64) -> TimeDelta {
    let doubled =
        span.checked_mul(1 << failures.min(MAX_DOUBLINGS)).map_or(MAX_BACK_OFF, |span| span.min(MAX_BACK_OFF));
    spread(doubled, 0.5, 1.0, random)
}

fn jittered(span: TimeDelta, random: f64) -> TimeDelta {
    spread(span, 1.0 - JITTER, 1.0 + JITTER, random)
}

/// A moment within that span from `now`, chosen by `random`.
#[must_use]
pub fn within(span: TimeDelta, now: DateTime<Utc>, random: f64) -> DateTime<Utc> {
    saturating_add(now, spread(span, 0.0, 1.0, random))
}

/// A part of the span between `least` and `most`, chosen by `random`.
fn spread(span: TimeDelta, least: f64, most: f64, random: f64) -> TimeDelta {
    scaled(span, least + (most - least) * random)
}

/// The span times that, in whole milliseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "`as` saturates")]
fn scaled(span: TimeDelta, by: f64) -> TimeDelta {
    let millis = (span.num_milliseconds() as f64 * by) as i64;
    TimeDelta::try_milliseconds(millis).unwrap_or(TimeDelta::MIN)
}
