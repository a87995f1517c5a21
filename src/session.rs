//! One feed, per URL: what arrives becomes messages, what is to be done becomes effects. It holds the header, the
//! timeline and the pace, and knows neither the network nor the page.

use std::mem;
use std::rc::Rc;

use crate::error::Error;
use crate::feed::{Document, Entry, Feed, Id};
use crate::pace::Pace;
use crate::time::Time;
use crate::timeline::{Changes, Extent, Stated, Timeline, Version};

/// The URL of the feed itself, among the numbers of [`Version::source`]; its older pages come after it.
const MAIN: u16 = 0;

/// When something happens, and the chance that goes with it: handed in, so that a test can choose both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Now {
    /// the reader's clock
    pub time: Time,
    /// from 0 up to 1
    pub random: f64,
}

/// What can happen to a feed.
#[derive(Debug, Clone)]
pub enum Message {
    /// A document arrived, as the answer to a request; with its `Last-Modified`.
    Document(Document, Option<Time>),
    /// The answer was the same text as the last one.
    Unchanged,
    /// The request came to nothing; with the server's `Retry-After` in milliseconds.
    Failed(Error, Option<i64>),
    /// The server said that the feed is gone for good.
    Gone(Error),
    /// The time came for which [`Effect::Wait`] asked.
    Wake,
    /// The reader or the host wants to know now.
    Refresh,
    /// The page was hidden or shown.
    Hidden(bool),
    /// The network went away or came back.
    Offline(bool),
    /// What the elements together want: the shortest interval in milliseconds; nothing while all of them rest.
    Wanted {
        /// the shortest interval, in milliseconds
        interval: Option<i64>,
        /// every element is paused or not live
        idle: bool,
    },
    /// The host's own document, or the one inside the element.
    Given(Document),
    /// The host's own entry.
    Upsert(Box<Entry>),
    /// The host removes an entry.
    Remove(Id),
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a request now.
    Fetch,
    /// Say [`Message::Wake`] at that time; `None` = not at all. Replaces what was asked for before.
    Wait(Option<Time>),
    /// The header is another one.
    Header,
    /// The list changed.
    List(Changes),
    /// How fresh the list is changed: [`Session::freshness`].
    Freshness,
    /// For the developer: what was skipped or replaced by a default in a new document.
    Warn(Vec<Error>),
}

/// How fresh what is shown is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Freshness {
    /// when the server last said what it has
    pub checked: Option<Time>,
    /// why it did not the last time
    pub error: Option<Error>,
    /// the device has no network
    pub offline: bool,
}

/// One feed.
#[derive(Debug, Default)]
pub struct Session {
    feed: Rc<Feed>,
    timeline: Timeline,
    pace: Pace,
    freshness: Freshness,
    arrivals: u64,
    loaded: bool,
    waiting: Option<Time>,
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
    pub fn freshness(&self) -> &Freshness {
        &self.freshness
    }

    /// Whether any document was taken yet.
    #[must_use]
    pub fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// Takes a message; what follows from it is for the caller to do, in that order.
    pub fn update(&mut self, message: Message, now: Now) -> Vec<Effect> {
        let mut effects = Vec::new();
        match message {
            Message::Document(document, modified) => {
                self.take(document, modified, &mut effects);
                self.answered(now, &mut effects);
            }
            Message::Unchanged => self.answered(now, &mut effects),
            Message::Failed(error, retry_after) => {
                self.pace.failed(now.time, retry_after, now.random);
                self.freshness.error = Some(error);
                effects.push(Effect::Freshness);
            }
            Message::Gone(error) => {
                self.pace.end();
                self.freshness.error = Some(error);
                effects.push(Effect::Freshness);
            }
            Message::Wake => self.waiting = None,
            Message::Refresh => self.pace.ask(now.time),
            Message::Hidden(hidden) => self.pace.hidden = hidden,
            Message::Offline(offline) => {
                if self.pace.offline && !offline {
                    self.pace.network_is_back(now.time);
                }
                self.pace.offline = offline;
                if mem::replace(&mut self.freshness.offline, offline) != offline {
                    effects.push(Effect::Freshness);
                }
            }
            Message::Wanted { interval, idle } => {
                self.pace.wanted = interval;
                self.pace.idle = idle;
            }
            Message::Given(document) => self.take(document, None, &mut effects),
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
        self.schedule(now, &mut effects);
        effects
    }

    fn take(&mut self, document: Document, modified: Option<Time>, effects: &mut Vec<Effect>) {
        let Document { feed, entries, unreadable, warnings } = document;
        let stated = match (feed.version, feed.updated, modified) {
            (Some(number), _, _) => Stated::Number(number),
            (None, Some(updated), _) => Stated::Updated(updated),
            (None, None, Some(modified)) => Stated::Modified(modified),
            (None, None, None) => Stated::Nothing,
        };
        let version = self.version(stated);
        let first = !mem::replace(&mut self.loaded, true);
        if !self.timeline.is_stale(&version) && (first || feed != *self.feed) {
            self.pace.hint = feed.poll_seconds;
            self.pace.ended = feed.ended();
            self.feed = Rc::new(feed);
            effects.push(Effect::Header);
        }
        let changes = self.timeline.merge(entries, &unreadable, version, Extent::Latest);
        if first || !changes.is_empty() {
            effects.push(Effect::List(changes));
        }
        if !warnings.is_empty() {
            effects.push(Effect::Warn(warnings));
        }
    }

    fn answered(&mut self, now: Now, effects: &mut Vec<Effect>) {
        self.pace.answered(now.time, now.random);
        self.freshness.checked = Some(now.time);
        self.freshness.error = None;
        effects.push(Effect::Freshness);
    }

    fn version(&mut self, stated: Stated) -> Version {
        self.arrivals += 1;
        Version { stated, source: MAIN, arrival: self.arrivals }
    }

    /// Asks now, or says when to ask.
    fn schedule(&mut self, now: Now, effects: &mut Vec<Effect>) {
        let next = self.pace.next();
        if next.is_some_and(|next| next <= now.time) {
            self.pace.asked();
            effects.push(Effect::Fetch);
        }
        let waiting = self.pace.next();
        if waiting != self.waiting {
            self.waiting = waiting;
            effects.push(Effect::Wait(waiting));
        }
    }
}

fn push_list(changes: Changes, effects: &mut Vec<Effect>) {
    if !changes.is_empty() {
        effects.push(Effect::List(changes));
    }
}
