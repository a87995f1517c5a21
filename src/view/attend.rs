//! From the first look to a view that is kept up to date.

use super::View;
use crate::browser::anchor::Anchor;
use crate::browser::observer::Intersection;
use crate::config::Order;
use crate::nodes::set_or_remove;
use crate::reading::First;
use crate::time::Time;

impl View {
    /// Shows the first rows that there are.
    pub fn begin(&mut self, look: First, order: Order, host_blocks: &[usize], now: Time) {
        let First { rows, moments } = look;
        self.order = order;
        let paper = self.paper.clone();
        self.list.begin(&paper, &rows, host_blocks, now);
        self.show_around(&rows, order, moments);
    }

    /// Begins to keep what is read in its place.
    pub fn attend(&mut self) {
        self.anchor = Anchor::new(&self.root, self.toolbar.element(), &self.top, self.list.element());
    }

    /// Says to assistive technology, and to who styles it, that the buttons can't do anything yet.
    pub fn be_busy(&self, busy: bool) {
        set_or_remove(self.toolbar.element(), "aria-busy", busy.then_some("true"));
    }

    /// Has every row observed.
    pub fn observe(&self, seen: &Intersection) {
        self.list.observe(seen);
    }
}
