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
pub mod waiting;
pub mod zone;

use chrono::{DateTime, Utc};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use crate::time::from_millis;

/// What the reader's clock shows, right or wrong.
#[must_use]
pub fn local_time() -> DateTime<Utc> {
    #[allow(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    from_millis(js_sys::Date::now() as i64)
}

#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    /// The page's window.
    #[wasm_bindgen(js_name = theWindow)]
    pub fn window() -> Window;
    /// Whether the reader has asked for less data; known in Chromium alone.
    #[wasm_bindgen(js_name = savesData)]
    pub fn saves_data() -> bool;
    /// The language that the reader's browser speaks.
    #[wasm_bindgen(js_name = readersLanguage)]
    pub fn readers_language() -> Option<String>;
    /// Whether the page can't be seen.
    #[wasm_bindgen(js_name = isHidden)]
    pub fn is_hidden() -> bool;
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
