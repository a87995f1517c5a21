//! What is known before and after a merge, to hold against it what it says of itself.

use std::collections::BTreeMap;

use livefeed::feed::{Entry, Id};
use livefeed::timeline::{Changes, Timeline};

/// What a timeline shows at a moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Snapshot {
    pub order: Vec<Id>,
    pub entries: BTreeMap<Id, Entry>,
}

impl Snapshot {
    pub fn of(timeline: &Timeline) -> Self {
        let order = timeline.order().to_vec();
        let entry = |id: &Id| timeline.entry(id).map(|entry| (id.clone(), Entry::clone(entry)));
        Self { entries: order.iter().filter_map(entry).collect(), order }
    }

    pub fn difference(&self, after: &Self) -> Changes {
        let only = |these: &Self, those: &Self| -> Vec<Id> {
            these.order.iter().filter(|id| !those.entries.contains_key(*id)).cloned().collect()
        };
        let common = |these: &Self, those: &Self| -> Vec<Id> {
            these.order.iter().filter(|id| those.entries.contains_key(*id)).cloned().collect()
        };
        let stayed = common(after, self);
        Changes {
            added: only(after, self),
            changed: stayed.iter().filter(|id| self.entries.get(*id) != after.entries.get(*id)).cloned().collect(),
            removed: only(self, after),
            reordered: common(self, after) != stayed,
        }
    }
}
