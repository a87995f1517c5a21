//! A page in front of the network: does what the session's effects say, and holds it to its promises at each step.

use livefeed::feed::Status;
use livefeed::session::{Effect, Message, Now, Session, Wish};
use livefeed::time::Time;

use crate::bounds::Bounds;
use crate::chance::Chance;
use crate::network::{Answer, Fault, Network};
use crate::support::at;
use crate::support::publisher::assert_shown;

/// What the reader does, or happens to them.
#[derive(Debug, Clone)]
pub enum Turn {
    Hidden(bool),
    Offline(bool),
    Wanted(Wish),
    Refresh,
}

pub struct Page {
    pub network: Network,
    /// the newest publication that arrived
    pub accepted: Option<usize>,
    session: Session,
    chance: Chance,
    pub now: Time,
    timer: Option<Time>,
    in_flight: Option<(Time, Answer)>,
    /// the copy that arrived last: the same once more is not told to the session
    text: Option<usize>,
    bounds: Bounds,
    hidden: bool,
    offline: bool,
    idle: bool,
    asked_for: bool,
    checked: Option<Time>,
    failed: bool,
}

impl Page {
    pub fn open(network: Network, seed: u64) -> Self {
        let now = at("00:00");
        let mut chance = Chance(seed);
        let mut page = Self {
            network,
            accepted: None,
            session: Session::new(Now { time: now, random: chance.next() }),
            chance,
            now,
            timer: None,
            in_flight: None,
            text: None,
            bounds: Bounds::new(now),
            hidden: false,
            offline: false,
            idle: false,
            asked_for: false,
            checked: None,
            failed: false,
        };
        page.turn(&Turn::Wanted(Wish::default()));
        assert!(page.in_flight.is_some(), "the feed is not asked for at once");
        page
    }

    /// For how long it has been open.
    pub fn age(&self) -> i64 {
        self.now - at("00:00")
    }

    /// Lets the time pass in which timers fire and answers arrive.
    pub fn pass(&mut self, millis: i64) {
        let end = self.now + millis;
        loop {
            let answered = self.in_flight.as_ref().map(|(time, _)| *time);
            let Some(next) = self.timer.into_iter().chain(answered).min().filter(|next| *next <= end) else { break };
            self.now = self.now.max(next);
            if answered == Some(next) {
                self.answer();
            } else {
                self.timer = None;
                self.say(Message::Wake);
            }
        }
        self.now = end;
        self.check();
    }

    pub fn turn(&mut self, turn: &Turn) {
        match turn {
            Turn::Hidden(hidden) => {
                self.hidden = *hidden;
                self.say(Message::Hidden(*hidden));
            }
            Turn::Offline(offline) => {
                if self.offline && !offline {
                    self.bounds.network_is_back(self.now);
                }
                self.offline = *offline;
                self.say(Message::Offline(*offline));
            }
            Turn::Wanted(wish) => {
                self.idle = wish.idle;
                (self.bounds.wanted, self.bounds.saving) = (wish.interval, wish.saving);
                self.say(Message::Wanted(*wish));
            }
            Turn::Refresh => {
                self.asked_for = self.in_flight.is_none();
                self.say(Message::Refresh);
                assert!(self.in_flight.is_some(), "the reader asks, and nobody is asked");
            }
        }
    }

    fn say(&mut self, message: Message) {
        let now = Now { time: self.now, random: self.chance.next() };
        for effect in self.session.update(message, now) {
            match effect {
                Effect::Fetch => self.fetch(),
                Effect::Wait(time) => self.timer = time,
                _ => {}
            }
        }
        self.check();
    }

    fn fetch(&mut self) {
        assert!(self.in_flight.is_none(), "two requests in flight");
        if !std::mem::take(&mut self.asked_for) {
            assert!(!self.rests(), "a request while hidden, offline or paused");
            let (first, _) = self.bounds.next().expect("a request to a feed that wants none");
            assert!(self.now >= first, "a request {} ms too early", first - self.now);
        }
        let answer = self.network.answer(self.now, &mut self.chance);
        self.in_flight = Some((self.now + answer.takes, answer));
    }

    fn answer(&mut self) {
        let Some((_, Answer { result, .. })) = self.in_flight.take() else { return };
        // What is under way when the network goes is lost.
        let result = if self.offline { Err(Fault::Unreachable) } else { result };
        self.failed = result.is_err();
        let message = match result {
            Ok(copy) => {
                self.checked = Some(self.now);
                self.bounds.answered(self.now);
                if self.text == Some(copy) { Message::Unchanged } else { self.take(copy) }
            }
            Err(fault) => {
                match fault {
                    Fault::Gone => self.bounds.gone = true,
                    Fault::Refused(retry_after) => self.bounds.failed(self.now, retry_after),
                    _ => self.bounds.failed(self.now, None),
                }
                fault.message()
            }
        };
        self.say(message);
    }

    fn take(&mut self, copy: usize) -> Message {
        self.text = Some(copy);
        if self.accepted.is_none_or(|accepted| accepted < copy) {
            self.accepted = Some(copy);
            let feed = &self.network.publications[copy].feed;
            self.bounds.poll_seconds = feed.poll_seconds;
            self.bounds.ended = feed.status == Status::Ended;
        }
        self.network.document(copy)
    }

    fn rests(&self) -> bool {
        self.hidden || self.offline || self.idle
    }

    /// What holds at any moment.
    fn check(&self) {
        if self.in_flight.is_none()
            && !self.rests()
            && let Some((_, last)) = self.bounds.next()
        {
            assert!(self.now <= last, "no request for {} ms too long", self.now - last);
        }
        let freshness = self.session.freshness();
        assert_eq!((freshness.checked, freshness.offline), (self.checked, self.offline));
        assert_eq!(freshness.failed, self.failed);
        if let Some(accepted) = self.accepted {
            let newest = &self.network.publications[accepted];
            assert_eq!(**self.session.feed(), newest.feed);
            assert_shown(self.session.timeline(), &newest.entries);
        }
    }
}
