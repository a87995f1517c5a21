//! The list: rows by id. A row that did not change is not touched, and as few as possible are moved.

use std::collections::HashMap;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use super::Paper;
use super::entry::Row;
use crate::browser::anchor::Anchor;
use crate::browser::observer::Intersection;
use crate::feed::Id;
use crate::moves::staying;
use crate::nodes::{append, focus, focused, has_focus, refocus, set};
use crate::reading::Rows;
use crate::time::Time;

#[wasm_bindgen]
extern "C" {
    type Parent;
    /// Moves a connected node without taking it out, so that frames and focus survive (Chromium 133, Firefox 144).
    #[wasm_bindgen(method, js_name = moveBefore, catch)]
    fn move_before(this: &Parent, node: &Node, before: Option<&Node>) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter, js_name = moveBefore)]
    fn knows_move_before(this: &Parent) -> JsValue;
    type Media;
    /// Not so in a frame, of which nobody knows.
    #[wasm_bindgen(method, getter)]
    fn paused(this: &Media) -> bool;
}

/// What stands in the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Entry(Id),
    /// the host's own block after the n-th entry
    Host(usize),
    /// the first row of another day than the one above it, by the days since 1970
    Day(i64),
    /// between what is new since the reader left and what is not
    Line,
}

/// The node of a key, and where it stands.
struct Item {
    element: Element,
    /// what it shows; nothing in a row that is no entry's
    row: Option<Row>,
    place: Option<usize>,
    /// Whether it is among those that are shown next.
    kept: bool,
}

/// The list's nodes.
pub struct List {
    element: Element,
    items: HashMap<Key, Item>,
    built: u32,
}

impl List {
    /// Builds the list, still empty.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let element = paper.nodes.part("ol", "list");
        // WebKit takes the list's meaning away together with its markers.
        set(&element, "role", "list");
        Self { element, items: HashMap::new(), built: 0 }
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// The row of that entry.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.items.get(&Key::Entry(id.into()))?.row.as_ref()
    }

    /// Shows just these rows. `host_blocks` are the numbers of entries after which the host has a block of its own.
    pub fn show(
        &mut self,
        paper: &Paper,
        rows: &Rows,
        host_blocks: &[usize],
        anchor: Option<&Anchor>,
        seen: &Intersection,
        now: Time,
    ) {
        let mut next = Vec::new();
        let mut before = Vec::new();
        let mut day_above = None;
        for (entry, number) in rows.entries.iter().zip(1..) {
            if let Some(time) = entry.published.filter(|_| !entry.pinned) {
                let day = paper.locale.day(time);
                if day_above.replace(day).is_some_and(|above| above != day) {
                    self.put(paper, Key::Day(day), &mut before, &mut next);
                }
            }
            if rows.line.as_ref() == Some(&entry.id) {
                self.put(paper, Key::Line, &mut before, &mut next);
            }
            let key = Key::Entry(entry.id.clone());
            if let Some(row) = self.items.get_mut(&key).and_then(|item| item.row.as_mut()) {
                if !Rc::ptr_eq(row.entry(), entry) {
                    row.patch(paper, entry.clone(), now);
                }
            } else {
                self.built += 1;
                let row = Row::new(paper, entry.clone(), self.built, now);
                if rows.fresh.contains(&entry.id) {
                    set(row.element(), "class", "item is-new");
                }
                seen.observe(row.element());
                self.add(key.clone(), row.element().clone(), Some(row));
            }
            self.put(paper, key, &mut before, &mut next);
            if host_blocks.contains(&number) {
                self.put(paper, Key::Host(number), &mut before, &mut next);
            }
        }
        self.drop_missing(seen);
        let mut stays = staying(&before, None);
        if before.iter().zip(&stays).any(|(before, stays)| before.is_some() && !stays) {
            let steady = self.steady(anchor);
            let element = |key: &Key| self.items.get(key).map(|item| &item.element);
            stays = staying(&before, next.iter().position(|key| element(key) == steady.as_ref()));
        }
        let active = focused(&self.element);
        self.place(&next, &stays);
        if let Some(active) = active.filter(|_| !has_focus(&self.element)) {
            refocus(&active, false);
        }
    }

    /// The row around which the others move: the one that plays, of several the nearest to the reader, where a node can't
    /// be moved without being taken out; else the one with the focus; else the one that is read.
    fn steady(&self, anchor: Option<&Anchor>) -> Option<Element> {
        let list = &self.element;
        let mut playing = None;
        if let Ok(frames) = list.query_selector_all("iframe, audio, video")
            && !list.unchecked_ref::<Parent>().knows_move_before().is_function()
        {
            let frames = (0..frames.length()).filter_map(|index| frames.item(index));
            let playing_now = frames.filter(|frame| !frame.unchecked_ref::<Media>().paused());
            playing = anchor.and_then(|anchor| anchor.nearest(playing_now.map(JsCast::unchecked_into)));
        }
        let row = playing.or_else(|| focused(list)).and_then(|element| element.closest(".item").ok()?);
        row.or_else(|| anchor?.being_read())
    }

    /// The entry in whose row that element stands.
    #[must_use]
    pub fn entry_in(&self, element: &Element) -> Option<&Id> {
        let item = element.closest(".item").ok().flatten()?;
        self.rows().find(|row| *row.element() == item).map(|row| &row.entry().id)
    }

    /// Marks whether a row is in view: those alone tick. Its id, if it is for the first time.
    pub fn seen(&mut self, element: &Element, in_view: bool) -> Option<Id> {
        let row = self.items.values_mut().filter_map(|item| item.row.as_mut()).find(|row| row.element() == element)?;
        row.in_view = in_view;
        let first = in_view && !row.was_seen;
        row.was_seen |= in_view;
        first.then(|| row.entry().id.clone())
    }

    /// Brings the relative times in view up to date; the moment at which the first of them changes next.
    pub fn tick(&self, paper: &Paper, now: Time) -> Option<Time> {
        self.rows().filter(|row| row.in_view).filter_map(|row| row.tick(paper, now)).min()
    }

    /// Writes every time anew, in another zone or format.
    pub fn rewrite(&self, paper: &Paper, now: Time) {
        self.rows().for_each(|row| row.rewrite(paper, now));
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.items.values().filter_map(|item| item.row.as_ref())
    }

    /// Puts a row behind those that are there so far; one that is no entry's is built where it is missing.
    fn put(&mut self, paper: &Paper, key: Key, before: &mut Vec<Option<usize>>, next: &mut Vec<Key>) {
        if !self.items.contains_key(&key) {
            let nodes = &paper.nodes;
            let (class, text) = match &key {
                Key::Host(_) => ("host-row", String::new()),
                Key::Day(day) => ("day", paper.locale.date(*day)),
                Key::Line | Key::Entry(_) => ("line", paper.locale.words.line.clone()),
            };
            let row = nodes.text("li", class, &text);
            if let Key::Host(number) = key {
                append(&row, [&nodes.slot(&format!("after-{number}"))]);
            }
            self.add(key.clone(), row, None);
        }
        before.push(self.keep(&key));
        next.push(key);
    }

    fn add(&mut self, key: Key, element: Element, row: Option<Row>) {
        self.items.insert(key, Item { element, row, place: None, kept: true });
    }

    /// Marks that an item goes on being shown; where it stood.
    fn keep(&mut self, key: &Key) -> Option<usize> {
        let item = self.items.get_mut(key)?;
        item.kept = true;
        item.place
    }

    fn drop_missing(&mut self, seen: &Intersection) {
        let list = &self.element;
        self.items.retain(|_, item| {
            let kept = std::mem::take(&mut item.kept);
            if !kept {
                if item.row.is_some() {
                    seen.unobserve(&item.element);
                }
                if has_focus(&item.element) {
                    // With the row the focus would fall to the page's beginning.
                    focus(list, false);
                }
                item.element.remove();
            }
            kept
        });
    }

    /// Puts every node in its place, from the last one to the first; those that may stay are not touched.
    fn place(&mut self, next: &[Key], stays: &[bool]) {
        let mut below: Option<Element> = None;
        for (place, (key, stays)) in next.iter().zip(stays).enumerate().rev() {
            let Some(item) = self.items.get_mut(key) else { continue };
            item.place = Some(place);
            if !stays {
                insert(&self.element, &item.element, below.as_ref());
            }
            below = Some(item.element.clone());
        }
    }
}

/// Inserts a node, or moves it in the gentlest way that the browser knows.
fn insert(parent: &Element, node: &Element, before: Option<&Element>) {
    let before = before.map(AsRef::as_ref);
    let mover: &Parent = parent.unchecked_ref();
    let moved = node.parent_node().is_some()
        && mover.knows_move_before().is_function()
        && mover.move_before(node, before).is_ok();
    if !moved {
        let _ = parent.insert_before(node, before);
    }
}
