//! Which of two documents is the newer one.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

/// What a document says of its own age, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stated {
    /// `_livefeed.version`
    Number(u64),
    /// `_livefeed.updated`
    Updated(DateTime<Utc>),
    /// the `Last-Modified` header
    Modified(DateTime<Utc>),
    /// nothing: only the order of arrival tells
    #[default]
    Nothing,
}

/// The version of a document or an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// what it says itself
    pub stated: Stated,
    /// the URL it came from, as a number of the caller's: times are compared within one URL only
    pub source: u32,
    /// its place in the order of arrival
    pub arrival: u64,
}

impl Version {
    /// Whether the two can be compared by what they say themselves.
    #[must_use]
    pub fn comparable(&self, other: &Self) -> bool {
        match (self.stated, other.stated) {
            // A number is the whole feed's, whatever URL it came by.
            (Stated::Number(_), Stated::Number(_)) => true,
            (Stated::Updated(_), Stated::Updated(_)) | (Stated::Modified(_), Stated::Modified(_)) => {
                self.source == other.source
            }
            _ => false,
        }
    }

    /// Older, same or newer.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Ordering {
        let by_arrival = self.arrival.cmp(&other.arrival);
        if !self.comparable(other) {
            return by_arrival;
        }
        match (self.stated, other.stated) {
            (Stated::Number(a), Stated::Number(b)) => a.cmp(&b),
            (Stated::Updated(a) | Stated::Modified(a), Stated::Updated(b) | Stated::Modified(b)) => a.cmp(&b),
            _ => by_arrival,
        }
    }
}
