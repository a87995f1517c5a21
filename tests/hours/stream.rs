//! Between which moments a stream may be connected and given up, told anew from the promises alone.

use chrono::{DateTime, TimeDelta, Utc};

use crate::support::times::MINUTE;
/// How long a hub may take to answer.
const PATIENCE: TimeDelta = TimeDelta::seconds(25);
/// How long a hub that has sent a ping may be silent.
const SILENCE: TimeDelta = MINUTE;
/// A connection that lasted so long was a good one.
const STEADY: TimeDelta = MINUTE;
/// What the waits are doubled from, and up to.
const RETRY: TimeDelta = TimeDelta::seconds(5);
const LONGEST: TimeDelta = TimeDelta::minutes(5);
/// Times are whole milliseconds.
const ROUNDING: TimeDelta = TimeDelta::milliseconds(1);

#[derive(Clone, Copy)]
enum State {
    /// not to be connected before the first moment, and to be by the second
    Down(DateTime<Utc>, DateTime<Utc>),
    Connecting(DateTime<Utc>),
    Open {
        since: DateTime<Utc>,
        heard: DateTime<Utc>,
        pings: bool,
    },
}

pub struct Stream {
    state: State,
    failures: u32,
}

impl Stream {
    pub fn new(now: DateTime<Utc>) -> Self {
        Self { state: State::Down(now, now), failures: 0 }
    }

    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    pub fn connecting(&mut self, now: DateTime<Utc>) {
        let State::Down(first, _) = self.state else { panic!("two streams at once") };
        assert!(now >= first, "a stream {} ms too early", (first - now).num_milliseconds());
        self.state = State::Connecting(now);
    }

    pub fn opened(&mut self, now: DateTime<Utc>) {
        self.state = State::Open { since: now, heard: now, pings: false };
    }

    pub fn heard(&mut self, now: DateTime<Utc>, ping: bool) {
        if let State::Open { heard, pings, .. } = &mut self.state {
            *heard = now;
            *pings |= ping;
        }
    }

    pub fn broke(&mut self, now: DateTime<Utc>) {
        if matches!(self.state, State::Open { since, .. } if now - since >= STEADY) {
            self.failures = 0;
        }
        self.failures += 1;
        let wait = (RETRY * (1 << self.failures.min(20))).min(LONGEST);
        self.state = State::Down(now + (wait / 2 - ROUNDING), now + wait);
    }

    /// It was closed because it had to be: it may be connected again as soon as it may be.
    pub fn closed(&mut self, now: DateTime<Utc>) {
        self.state = State::Down(now, now);
    }

    pub fn network_is_back(&mut self, now: DateTime<Utc>) {
        if let State::Down(..) = self.state {
            self.state = State::Down(now, now);
        }
    }

    /// Whether nothing comes any more.
    pub fn is_dead(&self, now: DateTime<Utc>) -> bool {
        match self.state {
            State::Down(..) => false,
            State::Connecting(since) => now - since >= PATIENCE,
            State::Open { heard, pings, .. } => pings && now - heard >= SILENCE,
        }
    }

    /// Panics where it should have been connected, or given up.
    pub fn check(&self, now: DateTime<Utc>) {
        assert!(!self.is_dead(now), "a dead stream is kept");
        if let State::Down(_, last) = self.state {
            assert!(now <= last, "no stream for {} ms too long", (now - last).num_milliseconds());
        }
    }
}
