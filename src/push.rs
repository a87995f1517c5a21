//! The stream: when to connect to a feed's hub, when to give a connection up, and what its events say.
//!
//! - It is closed while nobody may ask either: hidden, offline, paused, ended, or where the feed stops everything.
//! - A connection that breaks is made anew after a wait that doubles, spread over its upper half; one that lasted is
//!   forgiven what came before it. For a hub that was never connected the wait quadruples.
//! - A hub that has once sent a `ping` is given up when it falls silent, also if it never says anything on a later
//!   connection; one that sends none may be as quiet as it likes.
//! - The last id goes along in the address, since a new connection sends none by itself.

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::Error;
use crate::feed::{Entry, Feed, Id, Json, Raw, quoted, read_entry, read_header, read_id};
use crate::pace::{MIN_INTERVAL, doubled};
use crate::time::saturating_add;

/// How long the hub may take to answer: as long as a request.
const PATIENCE: TimeDelta = TimeDelta::seconds(25);
/// How long a hub that sends pings may be silent; hubs send one every 15 to 30 seconds.
const SILENCE: TimeDelta = TimeDelta::minutes(1);
/// A connection that lasted so long was a good one: the next wait is the first again.
const STEADY: TimeDelta = TimeDelta::minutes(1);
/// What the waits are doubled from: the first is 5 to 10 seconds.
const RETRY: TimeDelta = MIN_INTERVAL;
/// The parameter that carries the last id, as Mercure names it.
const LAST_ID: &str = "lastEventID=";

/// What a hub says.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// `entry`: an entry is new, or another one; with the feed's version
    Entry(Box<Entry>, Option<u64>),
    /// `remove`: an entry is gone
    Remove(Id, Option<u64>),
    /// `feed`: the header is another one
    Feed(Box<Feed>),
    /// `hint`: there is something new to be asked for
    Hint,
    /// `ping`: nothing but that the hub is there
    Ping,
}

impl Event {
    /// Reads an event's data, with what is wrong with its fields. What a `hint` or a `ping` says is not read.
    ///
    /// # Errors
    /// [`Error::NotJson`], or [`Error::Skipped`] with the event's name and the reason.
    pub fn read(name: &str, text: &str) -> Result<(Self, Vec<Error>), Error> {
        match name {
            "hint" => return Ok((Self::Hint, Vec::new())),
            "ping" => return Ok((Self::Ping, Vec::new())),
            _ => {}
        }
        let place = Self::place(name);
        let not_json = |_| Error::NotJson { url: place.clone(), found: quoted(text) };
        let data = Raw::parse(text).map_err(not_json)?;
        let members = data.members();
        let version = match members.get("_livefeed").members().get("version").kind() {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
            Json::Number(number) => Some(number as u64),
            _ => None,
        };
        match name {
            "feed" => {
                let (feed, warnings) = read_header(data, &place)?;
                Ok((Self::Feed(Box::new(feed)), warnings))
            }
            "remove" => {
                // An id alone will do.
                let id = read_id(if data.is_object() { members.get("id") } else { data });
                let id = id.map_err(|why| Error::Skipped { place, why })?;
                Ok((Self::Remove(id, version), Vec::new()))
            }
            _ => {
                let (entry, warnings) = read_entry(data, &place)?;
                Ok((Self::Entry(Box::new(entry), version), warnings))
            }
        }
    }

    /// Where something is wrong, as an error names it.
    #[must_use]
    pub fn place(name: &str) -> String {
        let mut place = "the event \"".to_owned();
        place += name;
        place.push('"');
        place
    }
}

/// What is to be done about the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// nothing
    Stay,
    /// connect to that address
    Connect(String),
    /// close it
    Close,
    /// it is of no use any more: as if it had broken
    GiveUp,
}

/// The connection to one feed's hub.
#[derive(Debug, Clone, Default)]
pub struct Push {
    /// some element wants it
    pub wanted: bool,
    hub: Option<String>,
    /// the hub sends pings: one that was just restarted may accept readers and never tell them anything
    pings: bool,
    state: State,
    /// it was connected once: one that never was may be no hub at all
    has_opened: bool,
    failures: u32,
    last_id: String,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// until then
    Down(DateTime<Utc>),
    Connecting {
        since: DateTime<Utc>,
    },
    Open {
        since: DateTime<Utc>,
        heard: DateTime<Utc>,
    },
}

impl Default for State {
    fn default() -> Self {
        Self::Down(DateTime::UNIX_EPOCH)
    }
}

impl Push {
    /// Whether the hub is connected.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Open { .. })
    }

    /// Whether the hub is connected, or is being connected to.
    #[must_use]
    pub fn is_up(&self) -> bool {
        !matches!(self.state, State::Down(_))
    }

    /// Whether the feed names a hub.
    #[must_use]
    pub fn has_hub(&self) -> bool {
        self.hub.is_some()
    }

    /// The hub that the feed names: the first of type `EventSource`. Whether the connection to another one, whose ids mean
    /// nothing to it, is to be closed.
    pub fn aim(&mut self, feed: &Feed) -> bool {
        let hub = feed.hubs.iter().find(|hub| hub.kind == "EventSource").map(|hub| hub.url.clone());
        if hub == self.hub {
            return false;
        }
        self.hub = hub;
        self.pings = false;
        self.has_opened = false;
        self.failures = 0;
        self.last_id.clear();
        self.close()
    }

    /// When the next [`Push::step`] is due. `may`: nothing forbids a stream.
    #[must_use]
    pub fn next(&self, may: bool) -> Option<DateTime<Utc>> {
        match self.state {
            State::Down(until) => (may && self.wanted && self.has_hub()).then_some(until),
            State::Connecting { since } => Some(saturating_add(since, PATIENCE)),
            State::Open { heard, .. } => self.pings.then(|| saturating_add(heard, SILENCE)),
        }
    }

    /// What to do now.
    pub fn step(&mut self, may: bool, now: DateTime<Utc>) -> Step {
        if !(may && self.wanted) {
            return if self.close() { Step::Close } else { Step::Stay };
        }
        if self.next(may).is_none_or(|next| next > now) {
            return Step::Stay;
        }
        match (self.is_up(), self.address()) {
            (false, Some(address)) => {
                self.state = State::Connecting { since: now };
                Step::Connect(address)
            }
            _ => Step::GiveUp,
        }
    }

    /// The connection stands.
    pub fn opened(&mut self, now: DateTime<Utc>) {
        self.has_opened = true;
        self.state = State::Open { since: now, heard: now };
    }

    /// Something was heard; with the last id, if there is one.
    pub fn heard(&mut self, now: DateTime<Utc>, last_id: String, ping: bool) {
        if !last_id.is_empty() {
            self.last_id = last_id;
        }
        self.pings |= ping;
        if let State::Open { heard, .. } = &mut self.state {
            *heard = now;
        }
    }

    /// The connection broke, or came to nothing. After a hub that has never been connected the wait quadruples: such an
    /// address (204, 404, a page) is tried at most four times in four minutes.
    pub fn failed(&mut self, now: DateTime<Utc>, random: f64) {
        if matches!(self.state, State::Open { since, .. } if now - since >= STEADY) {
            self.failures = 0;
        }
        self.failures = self.failures.saturating_add(1);
        let doublings = if self.has_opened { self.failures } else { self.failures.saturating_mul(2).saturating_sub(1) };
        self.state = State::Down(saturating_add(now, doubled(RETRY, doublings, random)));
    }

    /// The network is back: if it was what failed, there is nothing more to wait for.
    pub fn network_is_back(&mut self) {
        if !self.is_up() {
            self.state = State::default();
        }
    }

    /// Closes it; whether there was something to close.
    fn close(&mut self) -> bool {
        let was_up = self.is_up();
        if was_up {
            self.state = State::default();
        }
        was_up
    }

    /// The hub's address, with the last id.
    fn address(&self) -> Option<String> {
        let mut address = self.hub.clone()?;
        if !self.last_id.is_empty() {
            address.push(if address.bytes().any(|byte| byte == b'?') { '&' } else { '?' });
            address += LAST_ID;
            encode(&self.last_id, &mut address);
        }
        Some(address)
    }
}

/// Writes a parameter's value: all but letters, digits and `-._~` is escaped.
fn encode(value: &str, into: &mut String) {
    /// Its digits are hexadecimal.
    const BASE: u32 = 16;
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
            continue;
        }
        into.push('%');
        for digit in [u32::from(byte) / BASE, u32::from(byte) % BASE] {
            into.push(char::from_digit(digit, BASE).unwrap_or_default());
        }
    }
}
