//! The first look: the rows of a document of which nothing else is known yet, as the timeline and the reading would have
//! them. They are drawn while the rest of the core is still being loaded.

use std::rc::Rc;

use super::Rows;
use super::window::{ON_TOP, line};
use crate::config::Order;
use crate::feed::{Document, Entry, Kind};
use crate::time::Time;
use crate::timeline::in_order;

/// What is shown of a document before there is a timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct First {
    /// the rows
    pub rows: Rows,
    /// the key moments, in the order of the rows
    pub moments: Vec<Rc<Entry>>,
}

/// The first look at a document, in that order. `left` is as in [`super::Reading::new`]. Nothing where only a timeline can
/// tell: Old first of a feed of several pages begins with another page.
#[must_use]
pub fn first(document: &Document, order: Order, page_size: usize, left: Option<Time>) -> Option<First> {
    let has_pages = document.feed.next_url.is_some();
    if has_pages && order == Order::Oldest {
        return None;
    }
    let mut all = in_order(document.entries.clone());
    all.retain(|entry| !entry.deleted);
    let total = all.len();
    let mut moments: Vec<Rc<Entry>> =
        all.iter().filter(|entry| entry.kind == Some(Kind::Key)).take(super::MOMENTS).cloned().collect();
    let mut entries: Vec<Rc<Entry>> = all.iter().filter(|entry| entry.pinned).take(ON_TOP).cloned().collect();
    if order == Order::Oldest {
        all.reverse();
        entries.reverse();
        moments.reverse();
    }
    // Where a feed goes on in another page, its own part ends with its last unpinned entry.
    let end = all.iter().rposition(|entry| has_pages && !entry.pinned).map(|last| last + 1);
    all.truncate(end.unwrap_or(all.len()));
    all.retain(|entry| !entries.iter().any(|top| Rc::ptr_eq(top, entry)));
    let more = all.len() > page_size;
    all.truncate(page_size);
    let line = left.and_then(|left| line(&all, left));
    entries.append(&mut all);
    let below = end.filter(|_| !more).map(|_| 0);
    Some(First { rows: Rows { entries, more, gaps: [None, below], total, line, ..Rows::default() }, moments })
}
