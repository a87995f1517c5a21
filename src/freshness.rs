//! How fresh what is shown is, and the one line that says so: one or two pieces, which the view writes in the reader's
//! language.

use chrono::{DateTime, Utc};

use crate::feed::{Feed, Status};

/// How fresh what is shown is. Its times are the reader's clock's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// when the server last said what it has
    pub checked: Option<DateTime<Utc>>,
    /// the last request came to nothing
    pub failed: bool,
    /// when it will be asked again after that
    pub again: Option<DateTime<Utc>>,
    /// the device has no network
    pub offline: bool,
    /// a stream is open: what is new comes by itself
    pub streaming: bool,
}

/// How one element takes part in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Part {
    /// it asks for what is new
    pub updates: bool,
    /// it holds updates back
    pub paused: bool,
    /// so many new entries are held back
    pub pending: usize,
}

/// One piece of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// "Live"
    Live,
    /// "Coming up"
    Upcoming,
    /// "Coverage ended"
    Ended,
    /// "Paused"
    Paused,
    /// "You are offline"
    Offline,
    /// "The updates could not be loaded."
    Failed,
    /// "Not updated since 18:02"
    Since(DateTime<Utc>),
    /// "Trying again in 20 sec."
    Again(DateTime<Utc>),
    /// "Checked 10 sec. ago"
    Checked(DateTime<Utc>),
    /// "3 new updates"
    New(usize),
}

/// What the line says.
pub type Line = [Option<Piece>; 2];

/// What the line says, most important first.
#[must_use]
pub fn line(fresh: &Freshness, feed: &Feed, part: Part) -> Line {
    let new = (part.pending > 0).then_some(Piece::New(part.pending));
    if part.paused {
        [Some(Piece::Paused), new]
    } else if fresh.offline {
        [Some(Piece::Offline), fresh.checked.map(Piece::Since)]
    } else if fresh.failed {
        [Some(fresh.checked.map_or(Piece::Failed, Piece::Since)), fresh.again.map(Piece::Again)]
    } else {
        let lead = match feed.status {
            _ if feed.ended() => Some(Piece::Ended),
            Status::Upcoming => Some(Piece::Upcoming),
            _ => part.updates.then_some(Piece::Live),
        };
        // What is over is not followed any more; what comes by itself is not checked.
        let followed = !(feed.ended() || fresh.streaming);
        [lead, new.or(fresh.checked.filter(|_| followed).map(Piece::Checked))]
    }
}
