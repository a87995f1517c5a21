//! What is read keeps its place while the tree changes.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::context::Context;
use super::entry::{Past, Row};
use super::{View, show_times};
use crate::config::Summary;
use crate::dom::anchor::Shown;
use crate::dom::boxes::edges;
use crate::feed::Id;
use crate::nodes::{focus, focused, show};

/// Where the reader is in a view, to be found again in one that takes its place.
pub struct Place {
    shown: Shown,
    kept: Kept,
    /// where its upper edge stands
    top: f64,
    focus: Option<Focus>,
    is_open: bool,
    past: Vec<(Id, Past)>,
}

/// What is to stay where it is.
enum Kept {
    /// the row that is read
    Row(Id),
    /// the list's beginning, with some of the header above the view
    Beginning,
    /// what stands below the list
    End,
    /// the feed as a whole
    Feed,
}

/// What has the focus.
enum Focus {
    /// an entry, or something in it
    Row(Id),
    /// a button or a link, by what it does
    Act([Option<String>; 2]),
}

impl View {
    /// Where the reader is.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let shown = self.anchor.as_ref()?.before(true);
        let feed = edges(&self.root).0;
        let kept = |(element, top): &(Element, f64)| {
            let kept = match self.list.entry_in(element) {
                Some(id) => Kept::Row(id.clone()),
                None if *element == self.bottom => Kept::End,
                None if *element != self.top => return None,
                None if feed < 0.0 => Kept::Beginning,
                None => return Some((Kept::Feed, feed)),
            };
            Some((kept, *top))
        };
        let (kept, top) = shown.places().find_map(kept).unwrap_or((Kept::Feed, feed));
        let focus = focused(&self.root).map(|element| match self.list.entry_in(&element) {
            Some(id) => Focus::Row(id.clone()),
            None => Focus::Act(act(&element)),
        });
        Some(Place { shown, kept, top, focus, is_open: self.header.is_open(), past: self.list.past() })
    }

    /// Brings the reader back to where they were.
    pub fn return_to(&mut self, place: Place, now: DateTime<Utc>) {
        self.list.take_over(&self.context, place.past, now);
        self.header.set_open(&self.context, place.is_open);
        // Or its button would come with the next frame, and push down what is put right here.
        self.header.measure();
        let kept = match &place.kept {
            Kept::Row(id) => self.list.row(id).map(Row::element),
            Kept::Beginning => Some(&self.top),
            Kept::End => Some(&self.bottom),
            Kept::Feed => Some(&self.root),
        };
        if let (Some(anchor), Some(kept)) = (&self.anchor, kept) {
            anchor.bring_back(place.shown, kept, place.top);
        }
        let there = match place.focus {
            None => return,
            Some(Focus::Row(id)) => self.list.row(&id).and_then(|row| row.element().first_element_child()),
            Some(Focus::Act(wanted)) => self.root.query_selector_all("[data-act]").ok().and_then(|acting| {
                let mut acting = (0..acting.length()).filter_map(|index| acting.item(index)?.dyn_into().ok());
                acting.find(|element| act(element) == wanted)
            }),
        };
        focus(there.as_ref().unwrap_or(self.list.element()), false);
    }

    /// Writes every time anew, in another zone or format.
    pub fn set_locale(&mut self, context: Rc<Context>, now: DateTime<Utc>) {
        self.keep(false, false, |view| {
            view.list.rewrite(&context, now);
            view.header.rewrite_moments(&context);
            show_times(&view.root, &context.locale);
            view.context = context;
        });
        // Another day may begin between the same rows.
        self.days_moved = true;
    }

    /// Writes what only `Intl` can say, in the room that was kept for it.
    pub fn complete(&mut self, context: Rc<Context>, now: DateTime<Utc>) {
        if self.context.locale.times_are_final() {
            self.list.rewrite_days(&context);
        } else {
            self.list.rewrite(&context, now);
            self.header.rewrite_moments(&context);
        }
        show_times(&self.root, &context.locale);
        self.context = context;
    }

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
            self.header.set_open(&self.context, open == Summary::Open);
        }
    }

    /// Shows the header as the page wants it.
    pub fn set_summary(&mut self, summary: Summary) {
        self.keep(false, true, |view| {
            show(view.header.element(), summary != Summary::None);
            view.header.set_open(&view.context, summary == Summary::Open);
            view.header.measure();
        });
    }

    /// The entry that is read; none where the list's beginning shows.
    #[must_use]
    pub fn being_read(&self) -> Option<Id> {
        self.list.entry_in(&self.anchor.as_ref()?.being_read()?).cloned()
    }

    /// Whether the reader is past the list's upper end, or has come to its lower one.
    #[must_use]
    pub fn is_past(&self, end: &Element) -> bool {
        match &self.anchor {
            Some(anchor) if *end == self.bottom => anchor.has_come_to(end),
            _ => self.being_read().is_some(),
        }
    }

    /// Takes note of what the reader has come to.
    pub fn look(&self) {
        if let Some(anchor) = &self.anchor {
            anchor.settle();
        }
    }
}

/// What a button or a link of ours does.
fn act(element: &Element) -> [Option<String>; 2] {
    ["data-act", "data-id"].map(|name| element.get_attribute(name))
}
