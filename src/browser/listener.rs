//! An event listener that ends with its guard.

use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::{Event, EventTarget};

use super::guard::Guard;

#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    fn listen(target: &EventTarget, event: &str, call: &Function, once: bool, passive: bool, capture: bool)
    -> Function;
}

/// How to listen; by default every time, in the bubbling phase, with the right to prevent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// only the first time
    pub once: bool,
    /// never prevents the default, so that scrolling need not wait
    pub passive: bool,
    /// on the way down, which also hears events that do not bubble
    pub capture: bool,
}

/// Listens until dropped. It may be dropped from within its own callback.
#[derive(Debug)]
#[must_use = "a listener is removed when it is dropped"]
pub struct Listener(#[expect(dead_code, reason = "a guard")] Guard);

impl Listener {
    /// Calls back at every event of that type.
    pub fn new(target: &EventTarget, event: &str, callback: impl Fn(Event) + 'static) -> Self {
        Self::with(target, event, Options::default(), callback)
    }

    /// The same, with options.
    pub fn with(target: &EventTarget, event: &str, options: Options, callback: impl Fn(Event) + 'static) -> Self {
        let Options { once, passive, capture } = options;
        let call = move |event: JsValue| callback(event.unchecked_into());
        Self(Guard::new(Box::new(call), &|call| listen(target, event, call, once, passive, capture)))
    }
}
