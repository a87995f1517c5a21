//! The browser, in thin newtypes. What the browser must be told to stop is a guard: it stops when it is dropped.

pub mod anchor;
pub mod boxes;
pub mod gesture;
pub mod glide;
mod guard;
pub mod instance;
pub mod intl;
pub mod listener;
pub mod observer;
pub mod storage;
pub mod ticker;
pub mod timer;
pub mod zone;

use chrono::{DateTime, Utc};
pub use gloo_utils::{document, window};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit, EventTarget};

use crate::time::from_millis;

/// What the reader's clock shows, right or wrong.
#[must_use]
pub fn local_time() -> DateTime<Utc> {
    #[allow(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    from_millis(js_sys::Date::now() as i64)
}

/// The time as a JavaScript number; a `Date` can be whatever chrono holds.
fn in_js(time: DateTime<Utc>) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a Date's end lies below 2^53")]
    let millis = time.timestamp_millis() as f64;
    millis
}

/// Whether the reader has asked for less data; known in Chromium alone.
#[must_use]
pub fn saves_data() -> bool {
    let connection = member(&window().navigator(), "connection");
    member(&connection, "saveData").is_truthy()
}

/// The language that the reader's browser speaks.
#[must_use]
pub fn readers_language() -> Option<String> {
    window().navigator().language()
}

/// Whether the page can't be seen.
#[must_use]
pub fn is_hidden() -> bool {
    document().hidden()
}

/// Dispatches an event; whether nobody has cancelled it. What bubbles does so out of shadow trees, too.
pub fn dispatch(target: &EventTarget, name: &str, detail: &JsValue, bubbles: bool, cancelable: bool) -> bool {
    let init = CustomEventInit::new();
    init.set_detail(detail);
    init.set_bubbles(bubbles);
    init.set_composed(bubbles);
    init.set_cancelable(cancelable);
    let event = CustomEvent::new_with_event_init_dict(name, &init);
    event.and_then(|event| target.dispatch_event(&event)).unwrap_or(true)
}

/// Whether an object has that member, for what not every browser has.
#[must_use]
pub fn has(object: &JsValue, name: &str) -> bool {
    !member(object, name).is_undefined()
}

/// A member of an object; `undefined` where there is no such, or no object.
#[must_use]
pub fn member(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or_default()
}

/// An object with these members.
#[must_use]
pub fn object(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
