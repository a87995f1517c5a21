//! What a merge changed.

use crate::feed::{Id, IdSet};

/// What a merge changed, each list in the order of the timeline, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// ids that were not there
    pub added: Vec<Id>,
    /// ids whose entry is another now
    pub changed: Vec<Id>,
    /// ids that are gone
    pub removed: Vec<Id>,
    /// whether entries that stayed stand in another order now
    pub reordered: bool,
}

impl Changes {
    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what followed: together they tell of the way from the first state to the last.
    pub fn then(&mut self, next: Self) {
        for id in next.removed {
            take(&mut self.changed, &id);
            // Who never heard of it need not hear that it is gone.
            if !take(&mut self.added, &id) {
                self.removed.push(id);
            }
        }
        for id in next.added {
            let list = if take(&mut self.removed, &id) { &mut self.changed } else { &mut self.added };
            list.push(id);
        }
        for id in next.changed {
            if !self.added.contains(&id) && !self.changed.contains(&id) {
                self.changed.push(id);
            }
        }
        self.reordered |= next.reordered;
    }

    /// Puts the lists in the order of the timeline again, after several were added up.
    pub fn sort(&mut self, order: &[Id]) {
        for list in [&mut self.added, &mut self.changed] {
            if list.len() > 1 {
                let set: IdSet = list.iter().cloned().collect();
                *list = order.iter().filter(|id| set.contains(*id)).cloned().collect();
            }
        }
    }
}

/// Takes an id out of a list; whether it was in there.
fn take(list: &mut Vec<Id>, id: &Id) -> bool {
    let before = list.len();
    list.retain(|other| other != id);
    list.len() < before
}
