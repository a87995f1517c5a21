//! What stands at the other end: a publisher's day, nodes that keep copies of different age, and all that fails.

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::feed::{Document, Entry, Feed, Hub, Status};
use livefeed::push::Event;
use livefeed::session::Message;
use proptest::prelude::*;

use crate::by_chance::act;
use crate::chance::Chance;
use crate::hub::{Manners, manners};
use crate::spans::spans;
use crate::support::publisher::{Act, Desk, Outcome};
use crate::support::times::{HOUR, MINUTE, SECOND, ZERO, millis, part};
use crate::support::{at, document};

/// As long as the browser floor waits for an answer.
const TIME_OUT: TimeDelta = TimeDelta::seconds(25);

/// By what a document says how old it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Dated {
    Number,
    Updated,
    LastModified,
}

/// One published state.
#[derive(Clone)]
pub struct Publication {
    pub at: DateTime<Utc>,
    pub feed: Feed,
    /// what the document holds
    pub entries: Vec<Entry>,
    /// what the hub says of it
    pub event: Option<Event>,
}

/// A publisher's step.
#[derive(Debug, Clone)]
enum Step {
    Act(Act),
    Pace(Option<f64>),
    Status(Status),
}

/// What becomes of a request.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// with `Retry-After`
    Refused(Option<TimeDelta>),
    Unreachable,
    Silent,
    Broken,
    Gone,
}

/// An answer: what of the feed it holds, or why it holds nothing; and how long it takes.
pub struct Answer {
    pub result: Result<usize, Fault>,
    pub takes: TimeDelta,
}

/// All of it.
pub struct Network {
    pub publications: Vec<Publication>,
    pub dated: Dated,
    /// how long each node keeps its copy, and the moment from which that counts
    nodes: Vec<(TimeDelta, TimeDelta)>,
    /// from when to when what fails
    outages: Vec<(TimeDelta, TimeDelta, Fault)>,
    /// how many of the requests fail at any time
    flaky: f64,
    faults: Vec<Fault>,
    pub hub: Manners,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "{:?}, nodes {:?}, flaky {} {:?}", self.dated, self.nodes, self.flaky, self.faults)?;
        writeln!(f, "  outages {:?}, {:?}", self.outages, self.hub)?;
        for Publication { at: time, feed, entries, .. } in &self.publications {
            write!(f, "  {} s, every {:?} {:?}:", (*time - at("00:00")).num_seconds(), feed.poll_seconds, feed.status)?;
            for entry in entries {
                let minutes = entry.published.map(|time| (time - at("12:00")).num_minutes());
                let pin = if entry.pinned { " pinned" } else { "" };
                write!(f, " [{} {minutes:?} {:?}{pin}]", entry.id, entry.content)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}

fn faults() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => prop::option::of(prop_oneof![spans(ZERO..MINUTE), spans(ZERO..HOUR)]).prop_map(Fault::Refused),
        3 => Just(Fault::Unreachable),
        3 => Just(Fault::Silent),
        3 => Just(Fault::Broken),
    ]
}

fn steps() -> impl Strategy<Value = Vec<(TimeDelta, Step)>> {
    let step = prop_oneof![
        20 => act().prop_map(Step::Act),
        2 => prop_oneof![1 => Just(None), 4 => (1.0..60.0).prop_map(Some)].prop_map(Step::Pace),
        1 => prop_oneof![3 => Just(Status::Live), 1 => Just(Status::Upcoming), 1 => Just(Status::Ended)]
            .prop_map(Step::Status),
    ];
    // Not within one second, which is all that a Last-Modified can tell apart.
    let pause = prop_oneof![spans(SECOND..SECOND * 20), spans(SECOND..MINUTE * 10), spans(SECOND..MINUTE * 30)];
    prop::collection::vec((pause, step), 1..160)
}

/// A network for so long.
pub fn networks(lasts: TimeDelta) -> impl Strategy<Value = Network> {
    let outage = (spans(ZERO..lasts), prop_oneof![spans(SECOND..MINUTE * 5), spans(SECOND..HOUR)], faults());
    // A copy may be an hour old, and rarely the feed is said to be gone, or asks to be left alone.
    let last = prop_oneof![8 => Just(None), 1 => (spans(ZERO..lasts)).prop_map(Some)];
    let node = (spans(SECOND..HOUR), spans(ZERO..HOUR));
    (
        (steps(), 1..12_usize, prop_oneof![Just(Dated::Number), Just(Dated::Updated), Just(Dated::LastModified)]),
        prop::collection::vec(node, 1..4),
        prop::collection::vec(outage, 0..8),
        (prop_oneof![Just(0.0), 0.0..0.3], prop::collection::vec(faults(), 1..6)),
        (last.clone(), last),
        manners(),
    )
        .prop_map(|((steps, window, dated), nodes, mut outages, (flaky, faults), (gone, stopped), hub)| {
            outages.extend(gone.map(|from| (from, from + MINUTE, Fault::Gone)));
            let publications = publish(&steps, window, dated, stopped);
            Network { publications, dated, nodes, outages, flaky, faults, hub }
        })
}

fn publish(steps: &[(TimeDelta, Step)], window: usize, dated: Dated, stopped: Option<TimeDelta>) -> Vec<Publication> {
    let mut desk = Desk::default();
    let mut time = at("00:00");
    let hub = Hub { kind: "EventSource".to_owned(), url: "/hub".to_owned() };
    let mut feed = Feed { hubs: vec![hub], ..Feed::default() };
    let mut publications: Vec<Publication> = Vec::new();
    let mut publish = |time: DateTime<Utc>, feed: &Feed, desk: &Desk, outcome: Option<Outcome>| {
        let number = publications.len();
        let version = (dated == Dated::Number).then_some(number as u64 + 1);
        let updated = (dated == Dated::Updated).then_some(time);
        let feed = Feed { title: Some(format!("Publication {number}")), version, updated, ..feed.clone() };
        // Without a number nobody could tell how old an event is.
        let event = match outcome {
            _ if version.is_none() => Some(Event::Hint),
            Some(Outcome::Put(entry)) => Some(Event::Entry(entry, version)),
            Some(Outcome::Removed(id)) => Some(Event::Remove(id, version)),
            Some(Outcome::Nothing) => None,
            None => Some(Event::Feed(Box::new(feed.clone()))),
        };
        publications.push(Publication { at: time, feed, entries: desk.document(window), event });
    };
    publish(time, &feed, &desk, None);
    for (pause, step) in steps {
        time += *pause;
        let mut outcome = None;
        match step {
            // An event has no neighbours whose place an entry without a date could take.
            Step::Act(Act::Write(None)) if dated == Dated::Number => outcome = Some(desk.perform(&Act::Write(Some(0)))),
            Step::Act(act) => outcome = Some(desk.perform(act)),
            Step::Pace(seconds) => feed.poll_seconds = *seconds,
            Step::Status(status) => feed.status = *status,
        }
        if stopped.is_some_and(|from| time > at("00:00") + from) {
            feed.poll_seconds = Some(0.0);
        }
        publish(time, &feed, &desk, outcome);
    }
    publications
}

impl Network {
    /// Answers a request that was sent at that time, by whichever node it reaches.
    pub fn answer(&self, now: DateTime<Utc>, chance: &mut Chance) -> Answer {
        let age = now - at("00:00");
        let takes = part(SECOND, chance.next() * 3.0);
        let outage = self.outages.iter().find(|(from, lasts, _)| (*from..*from + *lasts).contains(&age));
        let fault = match outage {
            Some((_, _, fault)) => Some(fault),
            None if chance.next() < self.flaky => Some(&self.faults[chance.below(self.faults.len())]),
            None => None,
        };
        if let Some(fault) = fault {
            let takes = if *fault == Fault::Silent { TIME_OUT } else { takes };
            return Answer { result: Err(fault.clone()), takes };
        }
        let (keeps, since) = self.nodes[chance.below(self.nodes.len())];
        let copied = now - millis((age + since).num_milliseconds().rem_euclid(keeps.num_milliseconds()));
        Answer { result: Ok(self.newest(copied)), takes }
    }

    /// The newest publication of which no node keeps an older copy.
    pub fn known_everywhere(&self, now: DateTime<Utc>) -> usize {
        let oldest = self.nodes.iter().map(|(keeps, _)| *keeps).max().unwrap_or_default();
        self.newest(now - oldest)
    }

    fn newest(&self, now: DateTime<Utc>) -> usize {
        self.publications.iter().rposition(|publication| publication.at <= now).unwrap_or_default()
    }

    /// From now on nothing fails.
    pub fn recover(&mut self) {
        self.outages.clear();
        self.flaky = 0.0;
    }

    /// What the session is told of a copy.
    pub fn document(&self, copy: usize) -> Message {
        let Publication { at, feed, entries, .. } = &self.publications[copy];
        let modified = (self.dated == Dated::LastModified).then_some(*at);
        Message::Document(Document { feed: feed.clone(), ..document(entries.clone()) }, modified)
    }
}

impl Fault {
    /// What the session is told of it.
    pub fn message(&self) -> Message {
        match self {
            Self::Refused(retry_after) => Message::Failed(*retry_after),
            Self::Unreachable | Self::Silent | Self::Broken => Message::Failed(None),
            Self::Gone => Message::Gone,
        }
    }
}
