//! Between which moments a request may be sent, told anew from the promises alone: from nothing that `Pace` knows.

use livefeed::time::{HOUR, MINUTE, SECOND, Time};

const DEFAULT_INTERVAL: i64 = 15 * SECOND;
const QUIET_INTERVAL: i64 = 5 * MINUTE;
const LONGEST_BACK_OFF: i64 = 5 * MINUTE;
const LONGEST_RETRY_AFTER: i64 = 30 * MINUTE;
/// Times are whole milliseconds.
const ROUNDING: i64 = 1;

/// What the bounds follow from.
pub struct Bounds {
    /// what the elements want, in milliseconds
    pub wanted: Option<i64>,
    /// what the newest document says, in seconds
    pub poll_seconds: Option<f64>,
    pub ended: bool,
    /// the reader wants to save data
    pub saving: bool,
    pub gone: bool,
    /// since when it rests
    since: Time,
    failures: u32,
    retry_after: i64,
    /// nothing has to be waited for
    free: bool,
    /// the stream is open: asking is but a precaution
    pub streaming: bool,
    /// between which moments asking takes over from a stream that broke
    taking_over: Option<(Time, Time)>,
    /// between which moments is asked for what is said to be new
    news: Option<(Time, Time)>,
}

impl Bounds {
    pub fn new(now: Time) -> Self {
        Self {
            wanted: None,
            poll_seconds: None,
            ended: false,
            saving: false,
            gone: false,
            since: now,
            failures: 0,
            retry_after: 0,
            free: true,
            streaming: false,
            taking_over: None,
            news: None,
        }
    }

    pub fn answered(&mut self, now: Time) {
        (self.since, self.failures, self.retry_after, self.free, self.gone) = (now, 0, 0, false, false);
        self.taking_over = None;
    }

    pub fn failed(&mut self, now: Time, retry_after: Option<i64>) {
        (self.since, self.failures, self.free) = (now, self.failures + 1, false);
        self.taking_over = None;
        self.retry_after = retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER);
    }

    /// The network is back: if it was what failed, it may be asked at once.
    pub fn network_is_back(&mut self, now: Time) {
        if self.failures > 0 && self.retry_after == 0 && !self.free {
            (self.since, self.free) = (now, true);
        }
    }

    /// A request was sent.
    pub fn asked(&mut self) {
        self.news = None;
    }

    /// The stream was connected: what it missed before is asked for at once.
    pub fn stream_opened(&mut self, now: Time) {
        self.streaming = true;
        self.news = Some((now, now));
    }

    /// The stream broke, for everyone: the first request comes within an interval, by chance.
    pub fn stream_broke(&mut self, now: Time) {
        self.streaming = false;
        if let (0, false, Some(interval)) = (self.failures, self.free, self.interval()) {
            self.taking_over = Some((now, now + interval));
        }
    }

    /// The hub said that there is something new: everyone asks within a second.
    pub fn hinted(&mut self, now: Time) {
        self.news = Some((now, now + SECOND));
    }

    /// No request on its own before the first moment, and one by the second; none at all where nothing is asked.
    pub fn next(&self) -> Option<(Time, Time)> {
        let interval = self.interval()?;
        if self.free {
            return Some((self.since, self.since));
        }
        let (mut least, mut most) = (interval * 9 / 10, interval * 11 / 10);
        if self.failures > 0 {
            let doubled = interval.saturating_mul(1 << self.failures.min(20)).min(LONGEST_BACK_OFF);
            least = least.max(doubled / 2);
            most = most.max(doubled);
        }
        if self.retry_after > 0 {
            least = least.max(self.retry_after);
            most = most.max(self.retry_after + interval.max(self.retry_after / 10));
        }
        let wait = (self.since + (least - ROUNDING), self.since + (most + ROUNDING));
        if self.failures > 0 {
            return Some(wait);
        }
        let wait = self.taking_over.unwrap_or(wait);
        Some(self.news.map_or(wait, |news| (wait.0.min(news.0), wait.1.min(news.1))))
    }

    /// How long is waited after an answer; not at all where the feed wants no requests.
    pub fn interval(&self) -> Option<i64> {
        if self.gone || self.poll_seconds == Some(0.0) {
            return None;
        }
        let feeds = self.poll_seconds.map(|seconds| (seconds * SECOND as f64) as i64);
        let interval = self.wanted.max(feeds).unwrap_or(DEFAULT_INTERVAL).clamp(5 * SECOND, HOUR);
        let interval = if self.saving { (2 * interval).min(HOUR) } else { interval };
        Some(if self.ended || self.streaming { interval.max(QUIET_INTERVAL) } else { interval })
    }
}
