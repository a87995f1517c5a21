//! Whether a finger is on the screen, or the page still runs on from it. A scroll by script would stop it, or be lost.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget};

use super::listener::{Listener, Options};
use super::timer::Timeout;

/// How long an element has to stand where it stood, in milliseconds: some frames, even on a slow phone.
const REST: i64 = 100;
/// Never delays a scroll.
const PASSIVE: Options = Options { once: false, passive: true, capture: true };

/// Watches the fingers on the page, and how an element runs on after them.
#[must_use = "gestures are no longer watched when this is dropped"]
pub struct Gesture {
    element: Element,
    ended: Box<dyn Fn()>,
    under_way: Cell<bool>,
    began: Cell<Option<Listener>>,
    lifted: Cell<Option<[Listener; 2]>>,
    timer: Cell<Option<Timeout>>,
}

impl Gesture {
    /// `ended` is called after each gesture, when the element is at rest.
    pub fn new(element: &Element, ended: impl Fn() + 'static) -> Option<Rc<Self>> {
        let window = super::window();
        let gesture = Rc::new(Self {
            element: element.clone(),
            ended: Box::new(ended),
            under_way: Cell::default(),
            began: Cell::default(),
            lifted: Cell::default(),
            timer: Cell::default(),
        });
        let me = Rc::downgrade(&gesture);
        let began = Listener::with(&window, "touchstart", PASSIVE, move |event| {
            let target = event.composed_path().get(0);
            if let Some(gesture) = me.upgrade() {
                gesture.begin(target.unchecked_ref());
            }
        });
        gesture.began.set(Some(began));
        Some(gesture)
    }

    /// Whether one is under way.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.under_way.get()
    }

    /// A finger came down there: there it is told that it is lifted, even if the place is gone by then.
    fn begin(self: &Rc<Self>, target: &EventTarget) {
        self.under_way.set(true);
        self.timer.take();
        let lifted = ["touchend", "touchcancel"].map(|event| {
            let me = Rc::downgrade(self);
            Listener::with(target, event, PASSIVE, move |_| look(&me, f64::NAN))
        });
        self.lifted.set(Some(lifted));
    }
}

/// Looks again and again until the element stands where it stood.
fn look(gesture: &Weak<Gesture>, last: f64) {
    let Some(gesture) = gesture.upgrade() else { return };
    let top = gesture.element.get_bounding_client_rect().top();
    #[allow(clippy::float_cmp, reason = "at rest it is the very same number")]
    let rests = top == last;
    if rests {
        gesture.under_way.set(false);
        (gesture.ended)();
    } else {
        let me = Rc::downgrade(&gesture);
        gesture.timer.set(Some(Timeout::new(REST, move || look(&me, top))));
    }
}
