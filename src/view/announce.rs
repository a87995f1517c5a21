//! What screen readers are told: one polite status line per document, shared by every feed on the page.
//!
//! It stands in the page's body, since `aria-live` inside a shadow root is unreliable with VoiceOver on iOS and an
//! unslotted child of the element is not rendered. Where `ariaNotify` exists no node is needed.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

use crate::nodes::{Nodes, append, set};

#[wasm_bindgen]
extern "C" {
    type Notifier;
    #[wasm_bindgen(method, getter, js_name = ariaNotify)]
    fn knows_aria_notify(this: &Notifier) -> JsValue;
    #[wasm_bindgen(method, js_name = ariaNotify, catch)]
    fn aria_notify(this: &Notifier, text: &str) -> Result<(), JsValue>;
}

thread_local! {
    static LINE: RefCell<Weak<Line>> = const { RefCell::new(Weak::new()) };
}

/// How the line is kept out of sight, whatever the host's styles say, and yet is read.
const UNSEEN: [(&str, &str); 7] = [
    ("position", "absolute"),
    ("width", "1px"),
    ("height", "1px"),
    ("margin", "-1px"),
    ("overflow", "hidden"),
    ("clip-path", "inset(50%)"),
    ("white-space", "nowrap"),
];

/// The page's status line; it goes with the last feed that uses it.
struct Line(Element);

impl Drop for Line {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// One feed's way to the status line.
pub struct Announcer {
    host: HtmlElement,
    line: Option<Rc<Line>>,
}

impl Announcer {
    /// Joins the page's status line, which is made where none is there yet: it must exist before its text changes.
    #[must_use]
    pub fn new(nodes: &Nodes, host: &HtmlElement) -> Self {
        let notifier: &Notifier = host.unchecked_ref();
        let line = if notifier.knows_aria_notify().is_function() { None } else { line(nodes) };
        Self { host: host.clone(), line }
    }

    /// Says one short message.
    pub fn say(&self, text: &str) {
        match &self.line {
            Some(line) => line.0.set_text_content(Some(text)),
            None => {
                let _ = self.host.unchecked_ref::<Notifier>().aria_notify(text);
            }
        }
    }
}

fn line(nodes: &Nodes) -> Option<Rc<Line>> {
    LINE.with(|shared| {
        let mut shared = shared.try_borrow_mut().ok()?;
        if let Some(line) = shared.upgrade() {
            return Some(line);
        }
        let body = nodes.document().body()?;
        let element = nodes.plain("div", "");
        set(&element, "role", "status");
        let style = element.unchecked_ref::<HtmlElement>().style();
        for (property, value) in UNSEEN {
            let _ = style.set_property_with_priority(property, value, "important");
        }
        append(&body, [&element]);
        let line = Rc::new(Line(element));
        *shared = Rc::downgrade(&line);
        Some(line)
    })
}
