//! What time it really is, where a reader's clock is wrong.

use chrono::{DateTime, TimeDelta, Utc};

use crate::feed::Document;
use crate::time::saturating_add;

/// What a clock may be wrong by: the `Date` header counts whole seconds, and takes its time to arrive.
const TOLERANCE: TimeDelta = TimeDelta::seconds(2);

/// How far ahead of the clock an entry's time may lie and still tell of a wrong clock. One that is set to the wrong day
/// or the wrong zone is behind by a day at most, and some of its own error; what lies further ahead is a plan, such as an
/// entry that is published before the event it tells of.
const LEAD: TimeDelta = TimeDelta::hours(26);

/// How far a reader's clock is off. Every `local` time is what that clock shows, as in `Date.now()`.
///
/// A server's `Date` decides, where it can be read, whether the clock is behind or ahead. Without it the clock can only
/// be known to be behind: nothing is published before it happens, so now is at least when the feed was published. A feed
/// that does not say when that was, is as old as its newest entry, as long as that does not lie too far ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Skew {
    /// how far the server was ahead of the clock
    server: Option<TimeDelta>,
    /// how far the feed's newest time was ahead of the clock
    newest: TimeDelta,
}

impl Skew {
    /// A server said that it is `date`. The latest `Date` counts, since a cache or a slow network can only make it
    /// older than it was; its `Age`, where readable, is in it already.
    pub fn observe_server(&mut self, date: DateTime<Utc>, local: DateTime<Utc>) {
        let ahead = date - local;
        self.server = Some(self.server.map_or(ahead, |known| known.max(ahead)));
    }

    /// A document arrived. Its own time goes before its entries', among which there may be plans.
    pub fn observe_document(&mut self, document: &Document, local: DateTime<Utc>) {
        if let Some(updated) = document.feed.updated {
            self.observe_at_least(updated, local);
            return;
        }
        for entry in &document.entries {
            for time in [entry.published, entry.modified] {
                if let Some(time) = time
                    && time - local <= LEAD
                {
                    self.observe_at_least(time, local);
                }
            }
        }
    }

    /// The feed was published at `time`, or something happened.
    pub fn observe_at_least(&mut self, time: DateTime<Utc>, local: DateTime<Utc>) {
        self.newest = self.newest.max(time - local);
    }

    /// What time it is when the reader's clock shows `local`.
    #[must_use]
    pub fn now(&self, local: DateTime<Utc>) -> DateTime<Utc> {
        saturating_add(local, self.ahead())
    }

    /// What the reader's clock shows when it is `time`: to set a timer by.
    #[must_use]
    pub fn local(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        saturating_add(time, -self.ahead())
    }

    fn ahead(&self) -> TimeDelta {
        let ahead = self.server.unwrap_or(self.newest);
        if ahead.abs() < TOLERANCE { TimeDelta::zero() } else { ahead }
    }
}
