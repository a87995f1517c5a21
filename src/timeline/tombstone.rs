//! What is kept of a removed entry: nothing but the version that would let it return.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::Version;

#[derive(Debug)]
pub(super) struct Tombstone {
    /// the last document or event that spoke of it
    pub version: Version,
    /// the entry's own last version
    pub entry: Option<DateTime<Utc>>,
    /// nobody said so: it was missing
    pub silent: bool,
}

impl Tombstone {
    /// Somebody said that it is gone.
    pub const fn said(version: Version, entry: Option<DateTime<Utc>>) -> Self {
        Self { version, entry, silent: false }
    }

    /// Adds what was known before.
    pub fn add(&mut self, other: &Self) {
        if self.version.compare(&other.version).is_le() {
            self.version = other.version;
        }
        self.entry = self.entry.max(other.entry);
    }

    /// Whether an entry of that version is newer than the removal.
    pub fn lets_return(&self, version: &Version, entry: Option<DateTime<Utc>>) -> bool {
        match version.compare(&self.version) {
            Ordering::Less => false,
            Ordering::Greater if version.comparable(&self.version) => true,
            // Only a later arrival: an old copy may arrive late, so the entry itself must be known to be newer.
            Ordering::Equal | Ordering::Greater => self.entry.is_some() && entry > self.entry,
        }
    }
}
