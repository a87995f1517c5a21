//! What the browser sees of elements: whether they are in view, and when their height changes.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

use super::guard::Guard;
use super::instance::guarded;

/// Where an element is, as seen from the view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// the reader has gone past it
    Above,
    /// at least its edge is in view
    InView,
    /// the reader has not come to it
    Below,
}

/// An element that came into view or left it.
#[derive(Debug, Clone)]
pub struct Seen {
    /// the element
    pub element: Element,
    /// where it is now
    pub place: Place,
    /// its upper edge, from that of the viewport, in CSS pixels
    pub top: f64,
    /// its lower edge, likewise
    pub bottom: f64,
}

impl From<IntersectionObserverEntry> for Seen {
    fn from(entry: IntersectionObserverEntry) -> Self {
        let bounds = entry.bounding_client_rect();
        let (top, bottom) = (bounds.top(), bounds.bottom());
        // A frame of another origin is not told where its view is; then it begins at the frame's own edge.
        let view_top = entry.root_bounds().map_or(0.0, |view| view.top());
        let place = match entry.is_intersecting() {
            true => Place::InView,
            false if bottom <= view_top => Place::Above,
            false => Place::Below,
        };
        Self { element: entry.target(), place, top, bottom }
    }
}

/// Tells which elements come into view and leave it.
#[derive(Debug)]
#[must_use = "an observer stops when it is dropped"]
pub struct Intersection {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

impl Intersection {
    /// Observes from an element that scrolls, or from the viewport. The margin widens the view, as in CSS: `"200px 0px"`.
    ///
    /// # Errors
    /// The browser's, for a margin that is none.
    pub fn new(
        root: Option<&Element>,
        margin: &str,
        mut callback: impl FnMut(Vec<Seen>) + 'static,
    ) -> Result<Self, JsValue> {
        let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let entries = entries.iter().map(JsCast::unchecked_into::<IntersectionObserverEntry>);
            callback(entries.map(Seen::from).collect());
        });
        let options = IntersectionObserverInit::new();
        options.set_root(root);
        options.set_root_margin(margin);
        let observer = IntersectionObserver::new_with_options(&guarded(callback.as_ref().unchecked_ref()), &options)?;
        Ok(Self { observer, _callback: callback })
    }

    /// Begins with that element; its place is told at once, in the next frame.
    pub fn observe(&self, element: &Element) {
        self.observer.observe(element);
    }

    /// Leaves that element alone.
    pub fn unobserve(&self, element: &Element) {
        self.observer.unobserve(element);
    }
}

impl Drop for Intersection {
    fn drop(&mut self) {
        self.observer.disconnect();
        // What it has seen already would still be told, to a callback that is gone.
        self.observer.take_records();
    }
}

#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    fn resized(element: &Element, call: &Function) -> Function;
}

/// Calls back in the frame in which an element's height changes, and once at first.
#[derive(Debug)]
#[must_use = "an observer stops when it is dropped"]
pub struct Resize(#[expect(dead_code, reason = "a guard")] Guard);

impl Resize {
    /// Begins with that element.
    pub fn new(element: &Element, callback: impl Fn() + 'static) -> Self {
        Self(Guard::new(Box::new(move |_| callback()), &|call| resized(element, call)))
    }
}
