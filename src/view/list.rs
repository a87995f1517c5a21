//! The list: rows by id. A row that did not change is not touched, and as few as possible are moved.

use std::collections::HashMap;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use super::Paper;
use super::entry::Row;
use super::nodes::{append, set};
use crate::browser::observer::Intersection;
use crate::feed::Id;
use crate::moves::staying;
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
}

/// What stands in the list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Entry(Id),
    /// the host's own block after the n-th entry
    Host(usize),
}

/// The list's nodes.
pub struct List {
    element: Element,
    rows: HashMap<Id, Row>,
    host_rows: HashMap<usize, Element>,
    shown: Vec<Key>,
    built: u32,
}

impl List {
    /// Builds the list, still empty.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let element = paper.nodes.part("ol", "list");
        // WebKit takes the list's meaning away together with its markers.
        set(&element, "role", "list");
        Self { element, rows: HashMap::new(), host_rows: HashMap::new(), shown: Vec::new(), built: 0 }
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// The row of that entry.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows.get(id)
    }

    /// Shows just these rows. `host_blocks` are the numbers of entries after which the host has a block of its own.
    pub fn show(&mut self, paper: &Paper, rows: &Rows, host_blocks: &[usize], seen: &Intersection, now: Time) {
        let mut next = Vec::with_capacity(rows.entries.len() + host_blocks.len());
        for (index, entry) in rows.entries.iter().enumerate() {
            next.push(Key::Entry(entry.id.clone()));
            if host_blocks.contains(&(index + 1)) {
                next.push(Key::Host(index + 1));
            }
        }
        let places: HashMap<&Key, usize> = self.shown.iter().enumerate().map(|(place, key)| (key, place)).collect();
        let before: Vec<Option<usize>> = next.iter().map(|key| places.get(key).copied()).collect();
        self.drop_missing(&next, seen);
        for entry in &rows.entries {
            match self.rows.get_mut(&entry.id) {
                Some(row) if Rc::ptr_eq(row.entry(), entry) => {}
                Some(row) => row.patch(paper, entry.clone(), now),
                None => {
                    self.built += 1;
                    let row = Row::new(paper, entry.clone(), self.built, now);
                    if rows.fresh.contains(&entry.id) {
                        set(row.element(), "class", "item is-new");
                    }
                    seen.observe(row.element());
                    self.rows.insert(entry.id.clone(), row);
                }
            }
        }
        for key in &next {
            if let Key::Host(number) = key
                && !self.host_rows.contains_key(number)
            {
                let row = paper.nodes.part("li", "host-row");
                append(&row, [&paper.nodes.slot(&format!("after-{number}"))]);
                self.host_rows.insert(*number, row);
            }
        }
        self.place(&next, &staying(&before));
        self.shown = next;
    }

    /// The entry in whose row that element stands.
    #[must_use]
    pub fn id_of(&self, element: &Element) -> Option<String> {
        let item = element.closest(".item").ok().flatten()?;
        self.rows.iter().find(|(_, row)| *row.element() == item).map(|(id, _)| id.to_string())
    }

    /// Marks whether a row is in view: those alone tick. Its id, if it is for the first time.
    pub fn seen(&mut self, element: &Element, in_view: bool) -> Option<Id> {
        let (id, row) = self.rows.iter_mut().find(|(_, row)| row.element() == element)?;
        row.in_view = in_view;
        let first = in_view && !row.was_seen;
        row.was_seen |= in_view;
        first.then(|| id.clone())
    }

    /// Brings the relative times in view up to date; the moment at which the first of them changes next.
    pub fn tick(&self, paper: &Paper, now: Time) -> Option<Time> {
        self.rows.values().filter(|row| row.in_view).filter_map(|row| row.tick(paper, now)).min()
    }

    /// Writes every time anew, in another zone or format.
    pub fn rewrite(&self, paper: &Paper, now: Time) {
        self.rows.values().for_each(|row| row.rewrite(paper, now));
    }

    fn drop_missing(&mut self, next: &[Key], seen: &Intersection) {
        let kept: std::collections::HashSet<&Key> = next.iter().collect();
        for key in self.shown.iter().filter(|key| !kept.contains(key)) {
            match key {
                Key::Entry(id) => {
                    if let Some(row) = self.rows.remove(id) {
                        seen.unobserve(row.element());
                        row.element().remove();
                    }
                }
                Key::Host(number) => {
                    if let Some(row) = self.host_rows.remove(number) {
                        row.remove();
                    }
                }
            }
        }
    }

    /// Puts every node in its place, from the last one to the first; those that may stay are not touched.
    fn place(&self, next: &[Key], stays: &[bool]) {
        let mut below: Option<&Element> = None;
        for (key, stays) in next.iter().zip(stays).rev() {
            let element = match key {
                Key::Entry(id) => self.rows.get(id).map(Row::element),
                Key::Host(number) => self.host_rows.get(number),
            };
            let Some(element) = element else { continue };
            if !stays {
                insert(&self.element, element, below);
            }
            below = Some(element);
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
