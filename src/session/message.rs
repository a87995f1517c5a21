//! What a session is told, and what it wants done.

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::Error;
use crate::feed::{Document, Entry, Id};
use crate::push::Event;
use crate::timeline::Changes;

/// When something happens, and the chance that goes with it: handed in, so that a test can choose both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Now {
    /// the reader's clock
    pub time: DateTime<Utc>,
    /// from 0 up to 1
    pub random: f64,
}

/// What can happen to a feed.
#[derive(Debug, Clone)]
pub enum Message {
    /// A document arrived, as the answer to a request; with its `Last-Modified`.
    Document(Document, Option<DateTime<Utc>>),
    /// The page of older entries arrived that was asked for: its address, itself, and its `Last-Modified`.
    Page(String, Document, Option<DateTime<Utc>>),
    /// It could not be had; with the server's `Retry-After`.
    NoPage(Option<TimeDelta>),
    /// A reader comes near that gap; they `insist` where they ask for it themselves, and look for the feed's `beginning`
    /// where they come from there.
    Near {
        /// its number, newest first
        gap: usize,
        /// they ask for it themselves
        insist: bool,
        /// the oldest entry stands first
        beginning: bool,
    },
    /// Somebody looks for that entry, on older pages too; an empty id ends the search.
    Seek(Id),
    /// The answer was the same text as the last one.
    Unchanged,
    /// The request failed; with the server's `Retry-After`.
    Failed(Option<TimeDelta>),
    /// The server said that the feed is gone for good.
    Gone,
    /// The time came for which [`Effect::Wait`] asked.
    Wake,
    /// The reader or the host wants to know now.
    Refresh,
    /// The page was hidden or shown.
    Hidden(bool),
    /// The network went away or came back.
    Offline(bool),
    /// What the elements together want.
    Wanted(Wish),
    /// The stream is connected.
    Opened,
    /// The stream broke, or could not be connected.
    Closed,
    /// Events of the stream, in their order, with the last one's id; an empty one is none.
    Pushed(Vec<Event>, String),
    /// An event could not be read; or what was wrong with the fields of one, or of the host's own entry.
    Malformed(Vec<Error>),
    /// The host's own document, or the one inside the element.
    Given(Document),
    /// The host's own entry.
    Upsert(Box<Entry>),
    /// The host removes an entry.
    Remove(Id),
}

/// What the elements of one feed want together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wish {
    /// the shortest interval
    pub interval: Option<TimeDelta>,
    /// every element is paused or not live
    pub idle: bool,
    /// a stream, where the feed names a hub
    pub stream: bool,
    /// the reader wants to save data
    pub saving: bool,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Send a request now.
    Fetch,
    /// Ask for that page of older entries.
    Page(String),
    /// The search has ended: the entry is there, or will not be found.
    Searched,
    /// Other entries are missing now, or it is another way with those that are: [`Session::progress`].
    Gaps,
    /// Say [`Message::Wake`] at that time; `None` = not at all. Replaces what was asked for before.
    Wait(Option<DateTime<Utc>>),
    /// Connect the stream to that address, which is relative to the feed's.
    Connect(String),
    /// Close the stream; what it has already brought still counts.
    Disconnect,
    /// The header is another one.
    Header,
    /// The list changed.
    List(Changes),
    /// How fresh the list is changed: [`Session::freshness`].
    Freshness,
    /// For the developer: what was skipped or replaced by a default.
    Warn(Vec<Error>),
}
