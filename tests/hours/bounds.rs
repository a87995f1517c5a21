//! Between which moments a request may be sent, told anew from the promises alone: from nothing that `Pace` knows.

use chrono::{DateTime, TimeDelta, Utc};

use crate::support::times::{HOUR, SECOND, ZERO, part, tenths};
const DEFAULT_INTERVAL: TimeDelta = TimeDelta::seconds(15);
const QUIET_INTERVAL: TimeDelta = TimeDelta::minutes(5);
const LONGEST_BACK_OFF: TimeDelta = TimeDelta::minutes(5);
const LONGEST_RETRY_AFTER: TimeDelta = TimeDelta::minutes(30);
/// Times are whole milliseconds.
const ROUNDING: TimeDelta = TimeDelta::milliseconds(1);

/// What the bounds follow from.
pub struct Bounds {
    /// what the elements want
    pub wanted: Option<TimeDelta>,
    /// what the newest document says, in seconds
    pub poll_seconds: Option<f64>,
    pub ended: bool,
    /// the reader wants to save data
    pub saving: bool,
    pub gone: bool,
    /// since when it rests
    since: DateTime<Utc>,
    failures: u32,
    retry_after: TimeDelta,
    /// nothing has to be waited for
    free: bool,
    /// the stream is open: asking is but a precaution
    pub streaming: bool,
    /// between which moments asking takes over from a stream that broke
    taking_over: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// between which moments is asked for what is said to be new
    news: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl Bounds {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self {
            wanted: None,
            poll_seconds: None,
            ended: false,
            saving: false,
            gone: false,
            since: now,
            failures: 0,
            retry_after: ZERO,
            free: true,
            streaming: false,
            taking_over: None,
            news: None,
        }
    }

    pub fn answered(&mut self, now: DateTime<Utc>) {
        (self.since, self.failures, self.retry_after, self.free, self.gone) = (now, 0, ZERO, false, false);
        self.taking_over = None;
    }

    pub fn failed(&mut self, now: DateTime<Utc>, retry_after: Option<TimeDelta>) {
        (self.since, self.failures, self.free) = (now, self.failures + 1, false);
        self.taking_over = None;
        self.retry_after = retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER);
    }

    /// The network is back: if it was what failed, it may be asked at once.
    pub fn network_is_back(&mut self, now: DateTime<Utc>) {
        if self.failures > 0 && self.retry_after.is_zero() && !self.free {
            (self.since, self.free) = (now, true);
        }
    }

    /// A request was sent.
    pub fn asked(&mut self) {
        self.news = None;
    }

    /// The stream was connected: what it missed before is asked for at once.
    pub fn stream_opened(&mut self, now: DateTime<Utc>) {
        self.streaming = true;
        self.news = Some((now, now));
    }

    /// The stream broke, for everyone: the first request comes within an interval, by chance.
    pub fn stream_broke(&mut self, now: DateTime<Utc>) {
        self.streaming = false;
        if let (0, false, Some(interval)) = (self.failures, self.free, self.interval()) {
            self.taking_over = Some((now, now + interval));
        }
    }

    /// The hub said that there is something new: everyone asks within a second.
    pub fn hinted(&mut self, now: DateTime<Utc>) {
        self.news = Some((now, now + SECOND));
    }

    /// No request on its own before the first moment, and one by the second; none at all where nothing is asked.
    pub fn next(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let interval = self.interval()?;
        if self.free {
            return Some((self.since, self.since));
        }
        let (mut least, mut most) = (tenths(interval, 9), tenths(interval, 11));
        if self.failures > 0 {
            let doubled = (interval * (1 << self.failures.min(20))).min(LONGEST_BACK_OFF);
            least = least.max(tenths(doubled, 5));
            most = most.max(doubled);
        }
        if self.retry_after > ZERO {
            least = least.max(self.retry_after);
            most = most.max(self.retry_after + interval.max(tenths(self.retry_after, 1)));
        }
        let wait = (self.since + (least - ROUNDING), self.since + (most + ROUNDING));
        if self.failures > 0 {
            return Some(wait);
        }
        let wait = self.taking_over.unwrap_or(wait);
        Some(self.news.map_or(wait, |news| (wait.0.min(news.0), wait.1.min(news.1))))
    }

    /// How long is waited after an answer; not at all where the feed wants no requests.
    pub fn interval(&self) -> Option<TimeDelta> {
        if self.gone || self.poll_seconds == Some(0.0) {
            return None;
        }
        let feeds = self.poll_seconds.map(|seconds| part(SECOND, seconds));
        let interval = self.wanted.max(feeds).unwrap_or(DEFAULT_INTERVAL).clamp(SECOND * 5, HOUR);
        let interval = if self.saving { (interval * 2).min(HOUR) } else { interval };
        Some(if self.ended || self.streaming { interval.max(QUIET_INTERVAL) } else { interval })
    }
}
