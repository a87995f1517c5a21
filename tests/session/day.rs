//! A reader's day by chance: the page is hidden and shown, the network comes and goes, the server fails, the feed
//! changes its pace, and a driver does what the effects say.

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::feed::{Document, Feed};
use livefeed::pace::{MAX_INTERVAL, MIN_INTERVAL};
use livefeed::session::{Effect, Message, Now, Session};
use proptest::prelude::*;

use crate::by_chance::documents;
use crate::spans::spans;
use crate::support::publisher::{Published, assert_shown};
use crate::support::times::{HOUR, MINUTE, SECOND, ZERO, millis, tenths};
use crate::support::{at, document};
use crate::wanted;

/// Longer than any wait: an interval, a back-off or a Retry-After, spread upward.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(2);

#[derive(Debug, Clone)]
enum Turn {
    Hidden(bool),
    Offline(bool),
    Wanted(Option<TimeDelta>, bool),
    Refresh,
    /// so much time passes
    Pass(TimeDelta),
}

/// How the server answers the next request, and after how long.
#[derive(Debug, Clone)]
enum Answer {
    Document(usize, Option<f64>),
    Unchanged,
    Failed(Option<TimeDelta>),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        2 => any::<bool>().prop_map(Turn::Hidden),
        2 => any::<bool>().prop_map(Turn::Offline),
        1 => (prop::option::of(spans(millis(1)..HOUR * 2)), any::<bool>()).prop_map(|(interval, idle)| Turn::Wanted(interval, idle)),
        1 => Just(Turn::Refresh),
        6 => (spans(ZERO..MINUTE * 20)).prop_map(Turn::Pass),
        6 => (spans(ZERO..MINUTE)).prop_map(Turn::Pass),
    ];
    prop::collection::vec(turn, 1..120)
}

fn answers() -> impl Strategy<Value = Vec<(Answer, TimeDelta)>> {
    let answer = prop_oneof![
        4 => (any::<usize>(), prop::option::of(1.0..600.0)).prop_map(|(which, pace)| Answer::Document(which, pace)),
        3 => Just(Answer::Unchanged),
        2 => prop::option::of(spans(ZERO..HOUR)).prop_map(Answer::Failed),
    ];
    prop::collection::vec((answer, spans(ZERO..SECOND * 25)), 1..20)
}

/// Does what the effects say, and watches.
struct Driver {
    session: Session,
    now: DateTime<Utc>,
    random: f64,
    timer: Option<DateTime<Utc>>,
    /// when the answer to the request under way arrives
    in_flight: Option<DateTime<Utc>>,
    answers: Vec<(Answer, TimeDelta)>,
    published: Published,
    /// the version of the newest document that was taken
    newest: Option<u64>,
    hidden: bool,
    offline: bool,
    idle: bool,
    /// somebody asked for a request
    asked_for: bool,
    requests: Vec<DateTime<Utc>>,
    /// before that moment nothing may be asked
    not_before: DateTime<Utc>,
}

impl Driver {
    fn new(answers: Vec<(Answer, TimeDelta)>, published: Published, random: f64) -> Self {
        let now = at("00:00");
        Self {
            session: Session::new(Now { time: now, random }),
            now,
            random,
            timer: None,
            in_flight: None,
            answers,
            published,
            newest: None,
            hidden: false,
            offline: false,
            idle: false,
            asked_for: false,
            requests: Vec::new(),
            not_before: now,
        }
    }

    fn say(&mut self, message: Message) {
        let now = Now { time: self.now, random: self.random };
        for effect in self.session.update(message, now) {
            match effect {
                Effect::Fetch => self.fetch(),
                Effect::Wait(time) => self.timer = time,
                _ => {}
            }
        }
    }

    fn fetch(&mut self) {
        assert_eq!(self.in_flight, None, "two requests in flight");
        let rests = self.hidden || self.offline || self.idle;
        assert!(self.asked_for || !rests, "a request while hidden, offline or unwanted");
        assert!(self.asked_for || self.now >= self.not_before, "a request too early");
        self.asked_for = false;
        let (_, takes) = self.answers[self.requests.len() % self.answers.len()];
        self.in_flight = Some(self.now + takes);
        self.requests.push(self.now);
    }

    fn answer(&mut self) {
        self.in_flight = None;
        let (answer, _) = self.answers[(self.requests.len() - 1) % self.answers.len()].clone();
        let message = match answer {
            Answer::Document(which, poll_seconds) => {
                let which = which % self.published.len();
                let feed = Feed { poll_seconds, version: Some(which as u64), ..Feed::default() };
                Message::Document(Document { feed, ..document(self.published[which].clone()) }, None)
            }
            Answer::Unchanged => Message::Unchanged,
            Answer::Failed(retry_after) => Message::Failed(retry_after),
        };
        self.not_before = self.now + tenths(MIN_INTERVAL, 9);
        if let Message::Failed(Some(retry_after)) = &message {
            self.not_before = self.not_before.max(self.now + (*retry_after).min(MINUTE * 30));
        }
        self.asked_for = false;
        if let Message::Document(document, _) = &message {
            self.newest = self.newest.max(document.feed.version);
        }
        self.say(message);
        if let Some(newest) = self.newest {
            assert_shown(self.session.timeline(), &self.published[newest as usize]);
        }
    }

    /// Lets the time pass in which timers fire and answers arrive.
    fn pass(&mut self, span: TimeDelta) {
        let end = self.now + span;
        while let Some(next) = self.timer.into_iter().chain(self.in_flight).min().filter(|next| *next <= end) {
            self.now = self.now.max(next);
            if self.in_flight == Some(next) {
                self.answer();
            } else {
                self.timer = None;
                self.say(Message::Wake);
            }
        }
        self.now = end;
    }

    fn turn(&mut self, turn: &Turn) {
        match turn {
            Turn::Hidden(hidden) => {
                self.hidden = *hidden;
                self.say(Message::Hidden(*hidden));
            }
            Turn::Offline(offline) => {
                // Once the network is back, a failure of before needs no further wait, but a Retry-After does.
                if self.offline && !offline && self.session.freshness().failed {
                    self.not_before = self.not_before.min(self.now.max(self.told_to_wait()));
                }
                self.offline = *offline;
                self.say(Message::Offline(*offline));
            }
            Turn::Wanted(interval, idle) => {
                self.idle = *idle;
                self.say(wanted(*interval, *idle));
            }
            Turn::Refresh => {
                self.asked_for = true;
                self.say(Message::Refresh);
            }
            Turn::Pass(span) => self.pass(*span),
        }
    }

    /// Until when the last answer asked us to stay away.
    fn told_to_wait(&self) -> DateTime<Utc> {
        let last = self.requests.len().checked_sub(1).map(|last| &self.answers[last % self.answers.len()]);
        match (last, self.requests.last()) {
            (Some((Answer::Failed(Some(retry_after)), takes)), Some(sent)) => {
                *sent + *takes + (*retry_after).min(MINUTE * 30)
            }
            _ => DateTime::UNIX_EPOCH,
        }
    }
}

proptest! {
    #[test]
    fn through_a_day_of_faults_the_requests_keep_their_bounds_and_never_cease(
        turns in turns(),
        answers in answers(),
        published in documents(),
        random in 0.0..1.0,
    ) {
        let mut driver = Driver::new(answers, published, random);
        driver.say(wanted(None, false));
        prop_assert_eq!(driver.requests.len(), 1);
        for turn in &turns {
            driver.turn(turn);
            prop_assert!(driver.session.freshness().offline == driver.offline);
        }
        // Whatever came before: as soon as the page is seen and online, updates come again within the longest wait.
        for turn in [Turn::Hidden(false), Turn::Offline(false), Turn::Wanted(None, false)] {
            driver.turn(&turn);
        }
        let before = driver.requests.len();
        driver.pass(LONGEST_WAIT);
        prop_assert!(driver.requests.len() > before, "the feed is not asked for any more");
        for pair in driver.requests.windows(2) {
            prop_assert!(pair[0] <= pair[1]);
        }
    }

    #[test]
    fn while_all_is_well_each_wait_is_within_ten_percent_of_the_interval(
        interval in spans(millis(1)..HOUR * 2),
        random in 0.0..1.0,
        takes in spans(ZERO..SECOND * 25),
        published in documents(),
    ) {
        let mut driver = Driver::new(vec![(Answer::Unchanged, takes)], published, random);
        driver.say(wanted(Some(interval), false));
        driver.pass(HOUR * 24);
        let interval = interval.clamp(MIN_INTERVAL, MAX_INTERVAL);
        prop_assert!(driver.requests.len() as i64 >= (HOUR * 24).num_milliseconds() / (tenths(interval, 11) + takes).num_milliseconds());
        for pair in driver.requests.windows(2) {
            let wait = pair[1] - pair[0] - takes;
            prop_assert!((tenths(interval, 9)..=tenths(interval, 11)).contains(&wait), "{} of {}", wait, interval);
        }
    }
}
