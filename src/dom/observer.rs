//! What the browser sees of elements: whether they are in view, and when their height changes.

use std::cell::Cell;
use std::fmt;
use std::rc::{Rc, Weak};

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, ResizeObserver};

use super::guard::Callback;
use super::instance::Ending;
use super::timer::Frame;

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
    _ending: Ending,
    _callback: Callback,
}

impl Intersection {
    /// Observes from an element that scrolls, or from the viewport. The margin widens the view, as in CSS: `"200px 0px"`.
    ///
    /// # Errors
    /// The browser's, for a margin that is none.
    pub fn new(root: Option<&Element>, margin: &str, callback: impl Fn(Vec<Seen>) + 'static) -> Result<Self, JsValue> {
        let callback = Callback::new(move |entries| {
            let entries: Array = entries.unchecked_into();
            let entries = entries.iter().map(JsCast::unchecked_into::<IntersectionObserverEntry>);
            callback(entries.map(Seen::from).collect());
        });
        let options = IntersectionObserverInit::new();
        options.set_root(root);
        options.set_root_margin(margin);
        let observer = IntersectionObserver::new_with_options(callback.function(), &options)?;
        let ending = Ending::new(&observer, "disconnect", &[]);
        Ok(Self { observer, _ending: ending, _callback: callback })
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
        // What it has seen already would still be told, to a callback that is gone.
        self.observer.take_records();
    }
}

/// Calls back in the frame in which an element's height changes, and once at first.
#[derive(Debug)]
#[must_use = "an observer stops when it is dropped"]
pub struct Resize(#[expect(dead_code, reason = "a guard")] Rc<Watch>);

struct Watch {
    element: Element,
    observer: Option<ResizeObserver>,
    _ending: Option<Ending>,
    height: Cell<i32>,
    /// after which it looks again
    frame: Cell<Option<Frame>>,
    changed: Box<dyn Fn()>,
    _callback: Callback,
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch").field("height", &self.height).finish_non_exhaustive()
    }
}

impl Resize {
    /// Begins with that element.
    pub fn new(element: &Element, callback: impl Fn() + 'static) -> Self {
        let watch = Rc::new_cyclic(|me: &Weak<Watch>| {
            let me = me.clone();
            let told = Callback::new(move |_| {
                if let Some(watch) = me.upgrade() {
                    watch.resized();
                }
            });
            let observer = ResizeObserver::new(told.function()).ok();
            Watch {
                element: element.clone(),
                _ending: observer.as_ref().map(|observer| Ending::new(observer, "disconnect", &[])),
                observer,
                height: Cell::new(-1),
                frame: Cell::default(),
                changed: Box::new(callback),
                _callback: told,
            }
        });
        watch.observe();
        Self(watch)
    }
}

impl Watch {
    fn observe(&self) {
        if let Some(observer) = &self.observer {
            observer.observe(&self.element);
        }
    }

    /// Looks away until the next frame: what changes by the call itself would be told to the page as an error,
    /// "ResizeObserver loop".
    fn resized(self: &Rc<Self>) {
        if self.element.client_height() == self.height.get() {
            return;
        }
        (self.changed)();
        self.height.set(self.element.client_height());
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
        let me = Rc::downgrade(self);
        self.frame.set(Some(Frame::new(move || {
            if let Some(watch) = me.upgrade() {
                watch.observe();
            }
        })));
    }
}
