//! The positions that a document speaks of: what is missing there was retracted.

use chrono::{DateTime, Utc};

use super::placing::Placed;
use super::{Extent, Version};

#[derive(Debug)]
pub(super) struct Span {
    pub version: Version,
    /// the number of its newest entry
    pub newest: usize,
    /// the number of its oldest entry
    pub floor: usize,
    date: Option<DateTime<Utc>>,
    /// the date of its newest entry, where it doesn't reach to the present
    ceiling: Option<Option<DateTime<Utc>>>,
}

impl Span {
    /// From the oldest entry upward. None where there is no entry: an empty list says nothing.
    pub fn of(placed: &[Placed], version: Version, extent: Extent) -> Option<Self> {
        let mut covering = placed.iter().filter(|placed| placed.is_covering());
        let newest = covering.next()?;
        let oldest = covering.next_back().unwrap_or(newest);
        let ceiling = match extent {
            Extent::Latest => None,
            Extent::Page(_) => Some(newest.date),
        };
        let (newest, floor) = (newest.number, oldest.number);
        Some(Self { version, newest, floor, date: oldest.date, ceiling })
    }

    /// Whether an entry stands in it. Of those with the floor's own date, `above_floor` decides.
    pub fn covers(&self, date: Option<DateTime<Utc>>, above_floor: bool) -> bool {
        let under_ceiling = self.ceiling.is_none_or(|ceiling| date < ceiling);
        under_ceiling && (date > self.date || self.ends_at(date) && above_floor)
    }

    /// Whether it ends among the entries of that date.
    pub fn ends_at(&self, date: Option<DateTime<Utc>>) -> bool {
        date == self.date
    }

    /// Whether it begins among the entries of that date.
    pub fn begins_at(&self, date: Option<DateTime<Utc>>) -> bool {
        self.ceiling == Some(date)
    }

    /// Whether it has no upper end.
    pub fn is_open(&self) -> bool {
        self.ceiling.is_none()
    }

    /// Whether it says all that the other one does, and is no older.
    pub fn replaces(&self, other: &Self) -> bool {
        let reaches_up = match (self.ceiling, other.ceiling) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(ceiling), Some(other)) => ceiling >= other,
        };
        let reaches_down = self.date < other.date || self.date == other.date && self.floor == other.floor;
        reaches_up && reaches_down && self.version.compare(&other.version).is_ge()
    }
}
