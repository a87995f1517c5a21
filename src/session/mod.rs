//! One feed, per URL: what arrives becomes messages, what is to be done becomes effects. It holds the header, the
//! timeline and the pace, and knows neither the network nor the page.

mod message;

use std::mem;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};

pub use message::{Effect, Message, Now, Wish};

use crate::error::Error;
use crate::feed::{Document, Feed};
use crate::freshness::Freshness;
use crate::pace::{Pace, within};
use crate::pages::{Pages, Progress};
use crate::push::{Event, Push, Step};
use crate::timeline::{Changes, Extent, Stated, Timeline, Version};

/// The URL of the feed itself, among the numbers of [`Version::source`]; those of its older pages are made of their
/// addresses.
const MAIN: u32 = 0;
/// A `hint` reaches every reader in the same moment; within this time they ask.
const HINT_SPREAD: TimeDelta = TimeDelta::seconds(1);

/// One feed.
#[derive(Debug, Default)]
pub struct Session {
    feed: Rc<Feed>,
    timeline: Timeline,
    pace: Pace,
    push: Push,
    pages: Pages,
    freshness: Freshness,
    /// the version of the header
    header: Option<Version>,
    /// the version of the last answer, which an unchanged one says again
    answer: Option<Version>,
    arrivals: u64,
    loaded: bool,
    waiting: Option<DateTime<Utc>>,
}

impl Session {
    /// A feed that will be asked for at once.
    #[must_use]
    pub fn new(now: Now) -> Self {
        let mut session = Self::default();
        session.pace.hurry(now.time);
        session
    }

    /// The header of the newest document.
    #[must_use]
    pub fn feed(&self) -> &Rc<Feed> {
        &self.feed
    }

    /// The entries.
    #[must_use]
    pub fn timeline(&self) -> &Timeline {
        &self.timeline
    }

    /// How fresh they are.
    #[must_use]
    pub fn freshness(&self) -> Freshness {
        self.freshness
    }

    /// How far it is with that gap of the timeline.
    #[must_use]
    pub fn progress(&self, gap: usize) -> Progress {
        self.pages.progress(gap)
    }

    /// Whether any document was taken yet.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Takes a message; what follows from it is for the caller to do, in that order.
    pub fn update(&mut self, message: Message, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        let before = self.freshness;
        match message {
            Message::Document(document, modified) => {
                self.answer = Some(self.take(document, modified, None, &mut effects));
                self.answered(now);
            }
            Message::Unchanged => {
                if let Some(version) = self.answer {
                    push_list(self.timeline.confirm(version), &mut effects);
                }
                self.answered(now);
            }
            Message::Page(url, document, modified) => {
                self.take(document, modified, Some(&url), &mut effects);
            }
            Message::NoPage(retry_after) => self.pages.failed(now.time, retry_after, now.random),
            Message::Near { gap, insist, beginning } => {
                self.pages.want(gap, insist, beginning && self.feed.oldest_url.is_some());
            }
            Message::Seek(id) => self.pages.seek(id),
            Message::Failed(retry_after) => {
                self.pace.failed(now.time, retry_after, now.random);
                self.freshness.failed = true;
            }
            Message::Gone => {
                self.pace.end();
                self.freshness.failed = true;
            }
            Message::Wake => self.waiting = None,
            Message::Refresh => self.pace.ask(now.time),
            Message::Hidden(hidden) => self.pace.hidden = hidden,
            Message::Offline(offline) => {
                if self.pace.offline && !offline {
                    self.pace.network_is_back(now.time);
                    self.push.network_is_back();
                    self.pages.network_is_back();
                }
                self.pace.offline = offline;
                self.freshness.offline = offline;
            }
            Message::Wanted(wish) => {
                self.pace.wanted = wish.interval;
                self.pace.idle = wish.idle;
                self.pace.saving = wish.saving;
                self.push.wanted = wish.stream;
            }
            Message::Opened if self.push.is_up() => {
                self.push.opened(now.time);
                // What was published since the last answer is known to the document alone.
                self.pace.news(now.time);
            }
            Message::Closed if self.push.is_up() => self.lose(now, &mut effects),
            Message::Opened | Message::Closed => {}
            Message::Pushed(events, last_id) => self.hear(events, last_id, now, &mut effects),
            Message::Malformed(errors) => push_warnings(errors, &mut effects),
            Message::Given(document) => {
                self.take(document, None, None, &mut effects);
            }
            Message::Upsert(entry) => {
                self.loaded = true;
                let version = self.version(Stated::Nothing);
                push_list(self.timeline.upsert(*entry, version, true), &mut effects);
            }
            Message::Remove(id) => {
                let version = self.version(Stated::Nothing);
                push_list(self.timeline.remove(&id, version), &mut effects);
            }
        }
        self.schedule(now, before, &mut effects);
        effects
    }

    /// Takes a document, or a page of older entries from that address: they are news only where they were missed.
    fn take(
        &mut self,
        document: Document,
        modified: Option<DateTime<Utc>>,
        page: Option<&str>,
        effects: &mut Vec<Effect>,
    ) -> Version {
        let Document { feed, mut entries, unreadable, mut warnings } = document;
        let version = Version { source: page.map_or(MAIN, number_of), ..self.version(stated(&feed, modified)) };
        let next = feed.next_url.clone();
        let is_stale = self.timeline.is_stale(&version);
        let mut first = false;
        if page.is_none() {
            first = !mem::replace(&mut self.loaded, true);
            self.show_header(feed, version, first, effects);
        }
        let extent = if page.is_some() { Extent::Page(self.pages.follows(&self.timeline)) } else { Extent::Latest };
        if page.is_some() && self.pages.is_astray(&entries, &self.timeline) {
            entries.clear();
        }
        let changes = self.timeline.merge(entries, &unreadable, version, extent);
        let mut is_news = !changes.is_empty();
        if page.is_some() {
            let (is_missed, nowhere) = self.pages.arrived(next, &changes, &self.timeline);
            is_news &= is_missed;
            if let Some(found) = nowhere {
                let (place, field) = ("feed".to_owned(), "next_url".to_owned());
                warnings.push(Error::Field { place, field, expected: "a page of older entries", found });
            }
        } else if !is_stale {
            self.pages.latest(next, &changes, &self.timeline);
        }
        if first || is_news {
            effects.push(Effect::List(changes));
        }
        push_warnings(warnings, effects);
        version
    }

    /// Takes a header, unless it is older than the one that is shown.
    fn show_header(&mut self, feed: Feed, version: Version, first: bool, effects: &mut Vec<Effect>) {
        if self.header.is_some_and(|shown| version.compare(&shown).is_lt()) {
            return;
        }
        self.header = Some(version);
        if first || feed != *self.feed {
            self.pace.hint = feed.poll_seconds;
            self.pace.ended = feed.ended();
            if self.push.aim(&feed) {
                effects.push(Effect::Disconnect);
            }
            self.feed = Rc::new(feed);
            effects.push(Effect::Header);
        }
    }

    /// Takes what the stream brought, as one change.
    fn hear(&mut self, events: Vec<Event>, last_id: String, now: Now, effects: &mut Vec<Effect>) {
        self.push.heard(now.time, last_id, events.iter().any(|event| matches!(event, Event::Ping)));
        // An answer that is owed is not made up for by an event.
        if !self.freshness.failed {
            self.freshness.checked = Some(now.time);
        }
        let mut changes = Changes::default();
        for event in events {
            match event {
                Event::Entry(entry, number) => {
                    let version = self.event_version(number);
                    changes.then(self.timeline.upsert(*entry, version, false));
                }
                Event::Remove(id, number) => {
                    let version = self.event_version(number);
                    changes.then(self.timeline.remove(&id, version));
                }
                Event::Feed(feed) => {
                    let version = self.event_version(feed.version);
                    self.show_header(*feed, version, false, effects);
                }
                Event::Hint => self.pace.news(within(HINT_SPREAD, now.time, now.random)),
                Event::Ping => {}
            }
        }
        changes.sort(self.timeline.order());
        push_list(changes, effects);
        // While an answer is owed, the stream may have left something out.
        if !(self.freshness.failed || self.pace.in_flight()) {
            self.pages.caught_up(&self.timeline);
        }
    }

    /// The stream broke: asking takes over.
    fn lose(&mut self, now: Now, effects: &mut Vec<Effect>) {
        if self.push.is_open() {
            self.pace.streaming = false;
            self.pace.take_over(now.time, now.random);
        }
        self.push.failed(now.time, now.random);
        effects.push(Effect::Disconnect);
    }

    fn answered(&mut self, now: Now) {
        self.pace.answered(now.time, now.random);
        self.freshness.checked = Some(now.time);
        self.freshness.failed = false;
    }

    fn event_version(&mut self, number: Option<u64>) -> Version {
        self.version(number.map_or(Stated::Nothing, Stated::Number))
    }

    fn version(&mut self, stated: Stated) -> Version {
        self.arrivals += 1;
        Version { stated, source: MAIN, arrival: self.arrivals }
    }

    /// Connects and asks now, or says when to.
    fn schedule(&mut self, now: Now, before: Freshness, effects: &mut Vec<Effect>) {
        let may = self.pace.lets_stream();
        match self.push.step(may, now.time) {
            Step::Stay => {}
            Step::Connect(address) => effects.push(Effect::Connect(address)),
            Step::Close => effects.push(Effect::Disconnect),
            Step::GiveUp => self.lose(now, effects),
        }
        self.pace.streaming = self.push.is_open();
        if self.pace.next().is_some_and(|next| next <= now.time) {
            self.pace.asked();
            effects.push(Effect::Fetch);
        }
        let updates = !self.pace.idle;
        let reads = !(self.pace.hidden || self.pace.offline);
        if self.pages.is_searched(self.loaded || self.freshness.failed, &self.timeline) {
            effects.push(Effect::Searched);
        }
        if reads && let Some(url) = self.pages.ask(updates, self.feed.oldest_url.as_ref(), now.time) {
            effects.push(Effect::Page(url));
        }
        if self.pages.changed() {
            effects.push(Effect::Gaps);
        }
        self.timeline.set_gaps(self.pages.places(&self.timeline));
        let page = self.pages.again().filter(|_| reads);
        let again = self.pace.next();
        self.freshness.streaming = self.push.is_open();
        self.freshness.again = again.filter(|_| self.freshness.failed);
        if self.freshness != before {
            effects.push(Effect::Freshness);
        }
        let waiting = earlier(earlier(again, page), self.push.next(may));
        if waiting != self.waiting {
            self.waiting = waiting;
            effects.push(Effect::Wait(waiting));
        }
    }
}

/// The number of a page's address.
fn number_of(url: &str) -> u32 {
    /// Small, and prime: addresses that differ in one digit get different numbers.
    const SPREAD: u32 = 31;
    url.bytes().fold(MAIN + 1, |number, byte| number.wrapping_mul(SPREAD).wrapping_add(u32::from(byte)))
}

fn earlier(one: Option<DateTime<Utc>>, other: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// What a document says of its own age.
fn stated(feed: &Feed, modified: Option<DateTime<Utc>>) -> Stated {
    match (feed.version, feed.updated, modified) {
        (Some(number), _, _) => Stated::Number(number),
        (None, Some(updated), _) => Stated::Updated(updated),
        (None, None, Some(modified)) => Stated::Modified(modified),
        (None, None, None) => Stated::Nothing,
    }
}

fn push_list(changes: Changes, effects: &mut Vec<Effect>) {
    if !changes.is_empty() {
        effects.push(Effect::List(changes));
    }
}

fn push_warnings(warnings: Vec<Error>, effects: &mut Vec<Effect>) {
    if !warnings.is_empty() {
        effects.push(Effect::Warn(warnings));
    }
}
