//! What a merge changed.

use crate::feed::Id;

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
}
