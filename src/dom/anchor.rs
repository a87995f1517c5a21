//! What the reader reads stays where it is while the list and the header change: measured before, measured again in the
//! same task, and the difference scrolled. Chromium and Firefox have moved the page themselves by the second
//! measurement, where they do (not at its very beginning); WebKit never does. So nothing is ever done twice.

use std::cell::{Cell, OnceCell};
use std::rc::{Rc, Weak};

use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::boxes::{above, edges, overflow, pixels, property, scroll_by, trees};
use super::glide::Glide;
use super::listener::{Listener, Options};
use super::observer::Resize;
use crate::sight::{A_HAIR, distance, first_below, left_over};

/// How much room the style keeps free below the feed.
const ROOM: &str = "--lf-room";

/// Keeps what is read in its place.
pub struct Anchor {
    /// the whole feed
    root: HtmlElement,
    /// sticks to the upper end of the view
    toolbar: Element,
    /// moves along with the list's beginning: above the view's upper end where that is under the toolbar
    beginning: HtmlElement,
    list: Element,
    page: Element,
    /// how it was when last looked at
    rest: Cell<Option<Rest>>,
    glide: Rc<Glide>,
    /// the height kept free below the feed
    room: Cell<i32>,
    growth: OnceCell<Resize>,
    _scrolled: Vec<Listener>,
}

/// The row that is read: how far below the feed's own beginning it stands, and how far all is scrolled.
struct Rest {
    row: Element,
    offset: f64,
    scrolled: i32,
}

/// What showed before a change.
#[must_use = "what was measured is to be kept"]
pub struct Shown {
    /// elements with their upper edges; the first that is still there afterwards is kept in its place
    places: Vec<(Element, f64)>,
    /// what scrolls, and how far it is scrolled
    scrollers: Vec<(Element, i32)>,
}

/// The view: the row that is read, the view's upper end, and the lines between which rows are seen.
struct Sight {
    first: Option<Element>,
    top: f64,
    line: f64,
    end: f64,
}

impl Shown {
    /// What showed, from the topmost on, with its upper edges.
    pub fn places(&self) -> impl Iterator<Item = &(Element, f64)> {
        self.places.iter()
    }
}

impl Anchor {
    /// Begins to keep what is read in its place when something above it grows late: a picture, an estimated height.
    #[must_use]
    pub fn new(root: &Element, toolbar: &Element, beginning: &Element, list: &Element) -> Option<Rc<Self>> {
        let page = root.owner_document()?.scrolling_element()?;
        let anchor = Rc::new_cyclic(|me: &Weak<Self>| Self {
            root: root.clone().unchecked_into(),
            toolbar: toolbar.clone(),
            beginning: beginning.clone().unchecked_into(),
            list: list.clone(),
            page,
            rest: Cell::default(),
            glide: Rc::default(),
            room: Cell::default(),
            growth: OnceCell::new(),
            // WebKit tells of it only since 2025, and needs it least.
            _scrolled: trees(root)
                .iter()
                .map(|tree| {
                    let settle = told(me, Self::settle);
                    Listener::with(tree, "scrollend", OF_ALL, move |_| settle())
                })
                .collect(),
        });
        let _ = anchor.growth.set(Resize::new(root, told(&Rc::downgrade(&anchor), Self::grown)));
        Some(anchor)
    }

    /// The row that is read: the topmost one of which more than the gap shows below the toolbar. None where the list's
    /// beginning shows.
    #[must_use]
    pub fn being_read(&self) -> Option<Element> {
        self.read_in(&self.sight(&self.scrollers()))
    }

    /// Whether the reader has come to that element, or past it.
    #[must_use]
    pub fn has_come_to(&self, element: &Element) -> bool {
        edges(element).0 <= self.view(&self.scrollers()).1
    }

    /// The one of these elements that is nearest to what the reader reads.
    #[must_use]
    pub fn nearest(&self, elements: impl Iterator<Item = Element>) -> Option<Element> {
        let view = self.view(&self.scrollers());
        let distance = |element: &Element| distance(edges(element), view);
        elements.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Measures what shows. The row that is read will be kept; with `beginning` the list's beginning, if it shows.
    pub fn before(&self, beginning: bool) -> Shown {
        self.settle();
        let scrollers = self.scrollers();
        let Sight { first, top, line, end } = self.sight(&scrollers);
        let mut places = Vec::new();
        let begins = edges(&self.beginning).0;
        if beginning && begins >= top - A_HAIR && self.list.has_child_nodes() {
            places.push((self.beginning.clone().into(), begins));
        }
        // What stands a view further down may come into view.
        let end = end + (end - line);
        let mut next = first;
        while let Some(element) = next {
            let place = edges(&element).0;
            if place > end {
                break;
            }
            // After the last row, what stands below the list.
            next = element
                .next_element_sibling()
                .or_else(|| self.list.next_element_sibling().filter(|_| self.list.contains(Some(&element))));
            places.push((element, place));
        }
        // One change may follow upon another: what is on its way glides on from where it is seen.
        self.glide.arrive();
        if let Some((kept, place)) = places.first_mut() {
            *place = edges(kept).0;
        }
        let scrollers = scrollers.into_iter().map(|scroller| (scroller.clone(), scroller.scroll_top())).collect();
        Shown { places, scrollers }
    }

    /// Brings what was read back to its place. What else showed glides to its new place, if `glide`.
    pub fn after(&self, shown: &Shown, glide: bool) {
        let still_there = || shown.places.iter().filter(|(element, _)| element.is_connected());
        self.make_room(0);
        if let Some((kept, place)) = still_there().next() {
            let off = || edges(kept).0 - place;
            let scroll = || shown.scrollers.iter().for_each(|(scroller, _)| scroll_by(scroller, off()));
            scroll();
            // The page may end too early for it to stand that high.
            #[allow(clippy::cast_possible_truncation, reason = "a length on the screen")]
            let missing = off().ceil() as i32;
            if missing > 0 {
                self.make_room(missing);
                scroll();
            }
        }
        self.look();
        if glide {
            let moved = still_there().map(|(element, place)| (element, place - edges(element).0));
            self.glide.begin(moved.filter(|(_, by)| by.abs() > A_HAIR));
        }
    }

    /// All was built anew since that was `shown`, and may have been too short meanwhile for what scrolls. An element is
    /// brought to where another one's upper edge stood.
    pub fn bring_back(&self, mut shown: Shown, element: &Element, top: f64) {
        for (scroller, scrolled) in &shown.scrollers {
            scroll_by(scroller, f64::from(scrolled - scroller.scroll_top()));
        }
        shown.places = vec![(element.clone(), top)];
        self.after(&shown, false);
    }

    /// Takes note of how all is now.
    fn look(&self) {
        let scrollers = self.scrollers();
        let scrolled = scrollers.first().map(Element::scroll_top).unwrap_or_default();
        let rest = self.read_in(&self.sight(&scrollers)).map(|row| Rest { offset: self.offset(&row), row, scrolled });
        self.rest.set(rest);
        // Room that the reader has left behind is given back.
        if let Some(scroller) = scrollers.first().filter(|_| self.room.get() > 0) {
            let below = scroller.scroll_height() - scroller.client_height() - scroller.scroll_top();
            self.make_room((self.room.get() - below).max(0));
        }
    }

    /// The reader may have come to another row, and something above may have grown by itself. Chromium and Firefox see to
    /// that in their own way: not at the beginning of what scrolls, and for them a row that the toolbar covers shows. What
    /// they leave is done here. Where the reader has scrolled since, it can't be told from that, and is left to them;
    /// WebKit leaves all.
    pub fn settle(&self) {
        if let Some(Rest { row, offset, scrolled }) = self.rest.take().filter(|rest| rest.row.is_connected())
            && let Some(scroller) = self.scrollers().first()
        {
            let grown = self.offset(&row) - offset;
            let anchors = Reflect::has(&self.root.style(), &"overflowAnchor".into()).unwrap_or(true);
            let done = if anchors { f64::from(scroller.scroll_top() - scrolled) } else { 0.0 };
            scroll_by(scroller, left_over(grown, done));
        }
        self.look();
    }

    /// The mark of the list's beginning stands above the toolbar, for the list goes under that. Where it does not stick, the
    /// mark leaves the view with the list itself.
    fn grown(&self) {
        let sticks = property(&self.toolbar, "position") != "static";
        let height = pixels(self.toolbar.client_height());
        let by = if sticks { String::new() } else { "calc(1.5em + ".to_owned() + &height + ")" };
        let _ = self.beginning.style().set_property("inset-block-start", &by);
        self.settle();
    }

    fn offset(&self, row: &Element) -> f64 {
        edges(row).0 - edges(&self.root).0
    }

    fn make_room(&self, pixels: i32) {
        if self.room.replace(pixels) != pixels {
            let _ = self.root.style().set_property(ROOM, &self::pixels(pixels));
        }
    }

    fn read_in(&self, sight: &Sight) -> Option<Element> {
        let begins = edges(&self.beginning).0;
        sight.first.clone().filter(|row| begins < sight.top - A_HAIR && self.list.contains(Some(row)))
    }

    fn sight(&self, scrollers: &[Element]) -> Sight {
        let (top, end) = self.view(scrollers);
        let line = top.max(edges(&self.toolbar).1);
        let rows = self.list.children();
        let bottom = |row: &Element| edges(row).1;
        let at = first_below(line, rows.length(), |row| rows.item(row).as_ref().map_or(end, bottom));
        let mut first = rows.item(at);
        let text = first.as_ref().and_then(Element::first_element_child);
        // A slot has no box.
        if text.is_some_and(|text| text.client_height() > 0 && bottom(&text) < line + A_HAIR) {
            first = rows.item(at + 1);
        }
        // Past the list, what stands below it is read.
        let past = || self.list.next_element_sibling().filter(|_| rows.length() > 0);
        let first = first.or_else(past).filter(|row| edges(row).0 < end);
        Sight { first, top, line, end }
    }

    /// The upper and the lower end of what scrolls, as far as it shows.
    fn view(&self, scrollers: &[Element]) -> (f64, f64) {
        let window = f64::from(self.page.client_height());
        match scrollers.first() {
            Some(inner) if *inner != self.page => {
                let (top, bottom) = edges(inner);
                (top.max(0.0), bottom.min(window))
            }
            _ => (0.0, window),
        }
    }

    /// Everything that scrolls the feed, from the inside: boxes, then the page.
    fn scrollers(&self) -> Vec<Element> {
        let mut found = Vec::new();
        let mut at = above(&self.root);
        while let Some(element) = at.filter(|element| *element != self.page) {
            at = above(&element);
            // What a page says of its body's overflow, it says of the window.
            let is_pages = element.local_name() == "body" && overflow(&self.page) == "visible";
            if !is_pages
                && matches!(&*overflow(&element), "auto" | "scroll")
                && element.scroll_height() > element.client_height()
            {
                found.push(element);
            }
        }
        found.push(self.page.clone());
        found
    }
}

/// In whatever scrolls in a tree.
const OF_ALL: Options = Options { once: false, passive: true, capture: true };

fn told(anchor: &Weak<Anchor>, act: fn(&Anchor)) -> impl Fn() + use<> {
    let anchor = anchor.clone();
    move || {
        if let Some(anchor) = anchor.upgrade() {
            act(&anchor);
        }
    }
}
