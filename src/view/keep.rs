//! What is read keeps its place while the tree changes.

use super::View;
use crate::config::Summary;
use crate::feed::Id;
use crate::nodes::show;

impl View {
    /// Changes something, and keeps what is read in its place; with `beginning` the list's beginning, if it shows. What
    /// else shows glides to its new place, if `glide`.
    pub(super) fn keep(&mut self, beginning: bool, glide: bool, change: impl FnOnce(&mut Self)) {
        let anchor = self.anchor.clone();
        let shown = anchor.as_ref().map(|anchor| anchor.before(beginning));
        change(self);
        if let (Some(anchor), Some(shown)) = (anchor, shown) {
            anchor.after(&shown, glide);
        }
    }

    /// Opens or closes the standfirst. What stands below gives way, if the reader sees it open.
    pub fn toggle_summary(&mut self) {
        let open = if self.header.is_open() { Summary::Collapsed } else { Summary::Open };
        if self.anchor.as_ref().is_some_and(|anchor| anchor.being_read().is_some()) {
            self.set_summary(open);
        } else {
            self.header.set_open(&self.paper, open == Summary::Open);
        }
    }

    /// Shows the header as the page wants it.
    pub fn set_summary(&mut self, summary: Summary) {
        self.keep(false, true, |view| {
            show(view.header.element(), summary != Summary::None);
            view.header.set_open(&view.paper, summary == Summary::Open);
            view.header.measure();
        });
    }

    /// The entry that is read; none where the list's beginning shows.
    #[must_use]
    pub fn being_read(&self) -> Option<Id> {
        self.list.entry_in(&self.anchor.as_ref()?.being_read()?).cloned()
    }

    /// Takes note of what the reader has come to.
    pub fn look(&self) {
        if let Some(anchor) = &self.anchor {
            anchor.settle();
        }
    }
}
