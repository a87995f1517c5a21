//! The other end of the stream: a hub that tells what is published, and refuses, loses, repeats, breaks and falls silent.

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::push::Event;
use livefeed::session::Message;
use proptest::prelude::*;

use crate::chance::Chance;
use crate::network::Publication;
use crate::spans::spans;
use crate::support::times::{MINUTE, SECOND, part};

/// How often a hub says that it is there.
const HEARTBEAT: TimeDelta = TimeDelta::seconds(20);

/// How a hub behaves.
#[derive(Debug, Clone)]
pub struct Manners {
    /// how long a connection lasts at most
    pub lasts: TimeDelta,
    /// the part of connections that are refused
    pub refuses: f64,
    /// the part of connections that are forgotten: open, and without a word
    pub forgets: f64,
    /// the part of events that get lost
    pub loses: f64,
    /// the part of events that come twice
    pub repeats: f64,
    /// what was missed comes after all
    pub replays: bool,
}

pub fn manners() -> impl Strategy<Value = Manners> {
    let lasts = prop_oneof![spans(SECOND..MINUTE), spans(MINUTE..MINUTE * 60)];
    let part = || prop_oneof![2 => Just(0.0), 1 => 0.0..0.5];
    (lasts, part(), part(), part(), part(), any::<bool>()).prop_map(
        |(lasts, refuses, forgets, loses, repeats, replays)| Manners {
            lasts,
            refuses,
            forgets,
            loses,
            repeats,
            replays,
        },
    )
}

/// One page's connection to it.
pub struct Line {
    manners: Manners,
    state: State,
    /// what was published before that was told, or missed for good
    told: usize,
}

enum State {
    Down,
    Connecting {
        until: DateTime<Utc>,
        opens: bool,
    },
    Open {
        breaks: DateTime<Utc>,
        ping: DateTime<Utc>,
    },
    /// nothing comes any more, not even an end
    Forgotten,
}

impl Line {
    pub fn new(manners: Manners) -> Self {
        Self { manners, state: State::Down, told: 0 }
    }

    pub fn is_down(&self) -> bool {
        matches!(self.state, State::Down)
    }

    pub fn connect(&mut self, now: DateTime<Utc>, chance: &mut Chance) {
        assert!(self.is_down(), "two streams at once");
        let opens = chance.next() >= self.manners.refuses;
        self.state = State::Connecting { until: now + part(SECOND, chance.next()), opens };
    }

    pub fn close(&mut self) {
        self.state = State::Down;
    }

    /// When something happens next.
    pub fn next(&self, publications: &[Publication]) -> Option<DateTime<Utc>> {
        match self.state {
            State::Down | State::Forgotten => None,
            State::Connecting { until, .. } => Some(until),
            State::Open { breaks, ping } => {
                let event = publications.get(self.told).map(|publication| publication.at);
                Some(breaks.min(ping).min(event.unwrap_or(breaks)))
            }
        }
    }

    /// What happens now.
    pub fn step(&mut self, publications: &[Publication], now: DateTime<Utc>, chance: &mut Chance) -> Option<Message> {
        let published = publications.partition_point(|publication| publication.at <= now);
        match self.state {
            State::Down | State::Forgotten => None,
            State::Connecting { opens: false, .. } => {
                self.close();
                Some(Message::Closed)
            }
            State::Connecting { .. } => {
                let breaks = now + part(self.manners.lasts, chance.next());
                self.state = State::Open { breaks, ping: now + HEARTBEAT };
                if !self.manners.replays {
                    self.told = published;
                }
                Some(Message::Opened)
            }
            State::Open { breaks, .. } if breaks <= now => {
                self.close();
                Some(Message::Closed)
            }
            State::Open { breaks, ping } if ping <= now => {
                self.state = State::Open { breaks, ping: now + HEARTBEAT };
                if chance.next() < self.manners.forgets {
                    self.state = State::Forgotten;
                }
                Some(Message::Pushed(vec![Event::Ping], String::new()))
            }
            State::Open { .. } => {
                let mut events = Vec::new();
                for event in publications[self.told.min(published)..published].iter().map(|it| &it.event) {
                    let times = usize::from(chance.next() >= self.manners.loses)
                        * (1 + usize::from(chance.next() < self.manners.repeats));
                    events.extend(event.iter().cycle().take(if event.is_some() { times } else { 0 }).cloned());
                }
                self.told = published;
                Some(Message::Pushed(events, published.to_string()))
            }
        }
    }
}
