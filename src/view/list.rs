//! The list: rows by id. A row that did not change is not touched, and as few as possible are moved.

use std::mem;
use std::rc::Rc;

use chrono::{DateTime, NaiveDate, Utc};
use wasm_bindgen::prelude::*;
use web_sys::{Element, Node};

use super::Context;
use super::entry::{Past, Row};
use crate::dom::anchor::Anchor;
use crate::dom::observer::Intersection;
use crate::feed::{Entry, Id, IdMap};
use crate::moves::staying;
use crate::nodes::{append, focus, focused, has_focus, refocus, set, write};
use crate::reading::Rows;

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

/// A node of the list.
struct Item {
    element: Element,
    what: What,
}

/// What a node of the list shows.
enum What {
    Entry(Box<Row>),
    Block(Block),
}

/// What stands between entries.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    /// the host's own after the n-th entry
    Host(usize),
    /// the beginning of another day, counted from 1970
    Day(NaiveDate),
    /// what is between what is new since the reader left and what is not
    Line,
}

/// The list's nodes, in their order.
pub struct List {
    element: Element,
    items: Vec<Item>,
    /// after which of the entries the host has a block
    blocks: Vec<usize>,
    built: u32,
}

impl List {
    /// Builds the list, still empty.
    #[must_use]
    pub fn new(context: &Context) -> Self {
        let element = context.nodes.part("ol", "list");
        // WebKit takes the list's meaning away together with its markers.
        set(&element, "role", "list");
        Self { element, items: Vec::new(), blocks: Vec::new(), built: 0 }
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Has every row observed.
    pub fn observe(&self, seen: &Intersection) {
        self.rows().for_each(|row| seen.observe(row.element()));
    }

    /// The row of that entry.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row> {
        self.rows().find(|row| *row.entry().id == *id)
    }

    /// Whether there are rows, and these are the same with some below them at most.
    #[must_use]
    pub fn is_start_of(&self, entries: &[Rc<Entry>], host_blocks: &[usize]) -> bool {
        let mut entries = entries.iter();
        let is_same = |row: &Row| entries.next().is_some_and(|entry| Rc::ptr_eq(entry, row.entry()));
        !self.items.is_empty() && self.blocks == host_blocks && self.rows().all(is_same)
    }

    /// Shows just these rows. `host_blocks` are the numbers of entries after which the host has a block of its own.
    pub fn show(
        &mut self,
        context: &Context,
        rows: &Rows,
        host_blocks: &[usize],
        anchor: Option<&Anchor>,
        seen: &Intersection,
        now: DateTime<Utc>,
    ) {
        let mut old = Old::new(mem::take(&mut self.items));
        let before = self.fill(context, rows, host_blocks, &mut old, now);
        for (item, before) in self.items.iter().zip(&before) {
            if before.is_none() && matches!(item.what, What::Entry(_)) {
                seen.observe(&item.element);
            }
        }
        self.drop_rest(old, seen);
        let mut stays = staying(&before, None);
        if before.iter().zip(&stays).any(|(before, stays)| before.is_some() && !stays) {
            let steady = self.steady(anchor);
            stays = staying(&before, self.items.iter().position(|item| Some(&item.element) == steady.as_ref()));
        }
        let active = focused(&self.element);
        self.place(&stays);
        if let Some(active) = active.filter(|_| !has_focus(&self.element)) {
            refocus(&active, false);
        }
    }

    /// Has these rows, and what stands between them, of what there is and what is built. Where each stood before.
    fn fill(
        &mut self,
        context: &Context,
        rows: &Rows,
        host_blocks: &[usize],
        old: &mut Old,
        now: DateTime<Utc>,
    ) -> Vec<Option<usize>> {
        let mut next = Vec::with_capacity(rows.entries.len());
        let mut before = Vec::with_capacity(rows.entries.len());
        let mut keep = |(place, item): (Option<usize>, Item)| {
            before.push(place);
            next.push(item);
        };
        let mut day_above = None;
        for (entry, number) in rows.entries.iter().zip(1..) {
            if let Some(time) = entry.published.filter(|_| !entry.pinned) {
                let day = context.locale.day(time);
                if day_above.replace(day).is_some_and(|above| above != day) {
                    keep(old.block(context, Block::Day(day)));
                }
            }
            if rows.line.as_ref() == Some(&entry.id) {
                keep(old.block(context, Block::Line));
            }
            if let Some((place, mut item)) = old.row(&entry.id) {
                if let What::Entry(row) = &mut item.what
                    && !Rc::ptr_eq(row.entry(), entry)
                {
                    row.patch(context, entry.clone(), now);
                }
                keep((place, item));
            } else {
                self.built += 1;
                let row = Row::new(context, entry.clone(), self.built, now);
                let element = row.element().clone();
                if rows.fresh.contains(&entry.id) {
                    set(&element, "class", "item is-new");
                }
                keep((None, Item { element, what: What::Entry(Box::new(row)) }));
            }
            if host_blocks.contains(&number) {
                keep(old.block(context, Block::Host(number)));
            }
        }
        self.items = next;
        self.blocks = host_blocks.to_vec();
        before
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
        let item = self.items.iter_mut().find(|item| item.element == *element)?;
        let What::Entry(row) = &mut item.what else { return None };
        row.in_view = in_view;
        let first = in_view && !row.was_seen;
        row.was_seen |= in_view;
        first.then(|| row.entry().id.clone())
    }

    /// Brings the relative times in view up to date; the moment at which the first of them changes next.
    pub fn tick(&self, context: &Context, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.rows().filter(|row| row.in_view).filter_map(|row| row.tick(context, now)).min()
    }

    /// Writes every time and day anew, in another zone or format.
    pub fn rewrite(&self, context: &Context, now: DateTime<Utc>) {
        self.rows().for_each(|row| row.rewrite(context, now));
        self.rewrite_days(context);
    }

    /// Writes every day anew.
    pub fn rewrite_days(&self, context: &Context) {
        for item in &self.items {
            if let What::Block(Block::Day(day)) = item.what {
                write(&item.element, &context.locale.date(day));
            }
        }
    }

    /// What rows know that stands in no feed.
    #[must_use]
    pub fn past(&self) -> Vec<(Id, Past)> {
        self.rows().map(|row| (row.entry().id.clone(), row.past())).collect()
    }

    /// Rows that were built anew know what those before them knew.
    pub fn take_over(&mut self, context: &Context, past: Vec<(Id, Past)>, now: DateTime<Utc>) {
        let past: IdMap<Past> = past.into_iter().collect();
        for item in &mut self.items {
            if let What::Entry(row) = &mut item.what
                && let Some(past) = past.get(&row.entry().id)
            {
                row.take_over(context, *past, now);
            }
        }
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.items.iter().filter_map(|item| match &item.what {
            What::Entry(row) => Some(&**row),
            What::Block(_) => None,
        })
    }

    fn drop_rest(&self, old: Old, seen: &Intersection) {
        for Item { element, what } in old.items.into_iter().flatten() {
            if matches!(what, What::Entry(_)) {
                seen.unobserve(&element);
            }
            if has_focus(&element) {
                // With the row the focus would fall to the page's beginning.
                focus(&self.element, false);
            }
            element.remove();
        }
    }

    /// Puts every node in its place, from the last one to the first; those that may stay are not touched.
    fn place(&self, stays: &[bool]) {
        let mut below = None;
        for (item, stays) in self.items.iter().zip(stays).rev() {
            if !stays {
                insert(&self.element, &item.element, below);
            }
            below = Some(&item.element);
        }
    }
}

impl Block {
    fn build(self, context: &Context) -> Element {
        let nodes = &context.nodes;
        match self {
            Self::Host(number) => {
                let row = nodes.part("li", "host-row");
                append(&row, [&nodes.slot(&format!("after-{number}"))]);
                row
            }
            Self::Day(day) => nodes.text("li", "day", &context.locale.date(day)),
            Self::Line => nodes.text("li", "line", &context.locale.words.line),
        }
    }
}

/// What stood in the list, of which nothing is left but what is not taken over.
#[derive(Default)]
struct Old {
    items: Vec<Option<Item>>,
    rows: IdMap<usize>,
}

impl Old {
    fn new(items: Vec<Item>) -> Self {
        let mut rows = IdMap::default();
        for (place, item) in items.iter().enumerate() {
            if let What::Entry(row) = &item.what {
                rows.insert(row.entry().id.clone(), place);
            }
        }
        Self { items: items.into_iter().map(Some).collect(), rows }
    }

    /// The row of that entry, and where it stood.
    fn row(&mut self, id: &str) -> Option<(Option<usize>, Item)> {
        self.take(*self.rows.get(id)?)
    }

    /// That block, and where it stood; one that did not is built.
    fn block(&mut self, context: &Context, block: Block) -> (Option<usize>, Item) {
        let is_it = |item: &Option<Item>| matches!(item, Some(Item { what: What::Block(of), .. }) if *of == block);
        let there = self.items.iter().position(is_it).and_then(|place| self.take(place));
        there.unwrap_or_else(|| (None, Item { element: block.build(context), what: What::Block(block) }))
    }

    fn take(&mut self, place: usize) -> Option<(Option<usize>, Item)> {
        Some((Some(place), self.items.get_mut(place)?.take()?))
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
