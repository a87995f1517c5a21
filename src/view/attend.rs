//! What a view does while the page is open, besides showing.

use super::View;
use crate::dom::anchor::Anchor;
use crate::dom::observer::Intersection;

impl View {
    /// Begins to keep what is read in its place.
    pub fn attend(&mut self) {
        self.anchor = Anchor::new(&self.root, self.toolbar.element(), &self.top, self.list.element());
    }

    /// Has every row observed.
    pub fn observe(&self, seen: &Intersection) {
        self.list.observe(seen);
    }
}
