//! A page in front of the network: does what the session's effects say, and holds it to its promises at each step.

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::push::Event;
use livefeed::session::{Effect, Message, Now, Session, Wish};

use crate::bounds::Bounds;
use crate::chance::Chance;
use crate::hub::Line;
use crate::network::{Answer, Fault, Network};
use crate::stream::Stream;
use crate::support::at;
use crate::truth::Truth;

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
    pub truth: Truth,
    session: Session,
    chance: Chance,
    pub now: DateTime<Utc>,
    timer: Option<DateTime<Utc>>,
    in_flight: Option<(DateTime<Utc>, Answer)>,
    /// the copy that arrived last: the same once more is not told to the session
    text: Option<usize>,
    bounds: Bounds,
    line: Line,
    stream: Stream,
    wants_stream: bool,
    hidden: bool,
    offline: bool,
    idle: bool,
    asked_for: bool,
    checked: Option<DateTime<Utc>>,
    failed: bool,
}

impl Page {
    pub fn open(network: Network, seed: u64) -> Self {
        let now = at("00:00");
        let mut chance = Chance(seed);
        let mut page = Self {
            line: Line::new(network.hub.clone()),
            stream: Stream::new(now),
            truth: Truth::default(),
            network,
            session: Session::new(Now { time: now, random: chance.next() }),
            chance,
            now,
            timer: None,
            in_flight: None,
            text: None,
            bounds: Bounds::new(now),
            wants_stream: false,
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
    pub fn age(&self) -> TimeDelta {
        self.now - at("00:00")
    }

    /// Lets the time pass in which timers fire and answers arrive.
    pub fn pass(&mut self, span: TimeDelta) {
        let end = self.now + span;
        loop {
            let answered = self.in_flight.as_ref().map(|(time, _)| *time);
            let line = self.line.next(&self.network.publications);
            let next = [self.timer, answered, line].into_iter().flatten().min();
            let Some(next) = next.filter(|next| *next <= end) else { break };
            self.now = self.now.max(next);
            if answered == Some(next) {
                self.answer();
            } else if line == Some(next) {
                self.hear();
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
                    self.stream.network_is_back(self.now);
                }
                self.offline = *offline;
                self.say(Message::Offline(*offline));
            }
            Turn::Wanted(wish) => {
                (self.idle, self.wants_stream) = (wish.idle, wish.stream);
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
                Effect::Connect(_) => {
                    assert!(self.may_stream(), "a stream while hidden, offline, paused or over");
                    self.stream.connecting(self.now);
                    self.line.connect(self.now, &mut self.chance);
                }
                Effect::Disconnect => self.disconnect(),
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
            assert!(self.now >= first, "a request {} ms too early", (first - self.now).num_milliseconds());
        }
        self.bounds.asked();
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
        self.truth.take(copy);
        self.read_header();
        self.network.document(copy)
    }

    fn read_header(&mut self) {
        self.bounds.ended = self.truth.ended(&self.network.publications);
        let header = self.truth.header(&self.network.publications);
        self.bounds.poll_seconds = header.and_then(|header| header.feed.poll_seconds);
    }

    /// Something comes by the line.
    fn hear(&mut self) {
        let Some(message) = self.line.step(&self.network.publications, self.now, &mut self.chance) else { return };
        match &message {
            Message::Opened => {
                self.stream.opened(self.now);
                self.bounds.stream_opened(self.now);
            }
            Message::Closed => self.broke(),
            Message::Pushed(events, _) => {
                self.stream.heard(self.now, events.contains(&Event::Ping));
                if !self.failed {
                    self.checked = Some(self.now);
                }
                for event in events {
                    self.truth.hear(event);
                    if *event == Event::Hint {
                        self.bounds.hinted(self.now);
                    }
                }
                self.read_header();
            }
            _ => {}
        }
        self.say(message);
    }

    fn broke(&mut self) {
        if self.stream.is_open() {
            self.bounds.stream_broke(self.now);
        }
        self.stream.broke(self.now);
    }

    /// The session closes the stream: because it has to, or because nothing comes any more.
    fn disconnect(&mut self) {
        if !self.line.is_down() && self.may_stream() {
            assert!(self.stream.is_dead(self.now), "a good stream is given up");
            self.broke();
        } else if !self.line.is_down() {
            self.stream.closed(self.now);
            self.bounds.streaming = false;
        }
        self.line.close();
    }

    fn may_stream(&self) -> bool {
        self.wants_stream && !self.rests() && !self.bounds.ended && self.bounds.interval().is_some()
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
            assert!(self.now <= last, "no request for {} ms too long", (self.now - last).num_milliseconds());
        }
        if !self.may_stream() {
            assert!(self.line.is_down(), "a stream while hidden, offline, paused or over");
        } else if self.truth.document.is_some() {
            self.stream.check(self.now);
        }
        let freshness = self.session.freshness();
        assert_eq!((freshness.checked, freshness.offline), (self.checked, self.offline));
        assert_eq!((freshness.failed, freshness.streaming), (self.failed, self.stream.is_open()));
        self.truth.check(&self.session, &self.network.publications);
    }
}
