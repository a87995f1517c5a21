//! What the JavaScript class lends to the core.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::content::Players;
use crate::words::Words;

#[wasm_bindgen]
extern "C" {
    /// Everything that is loaded on demand.
    #[derive(Clone)]
    pub type Hooks;
    /// What other services are called, and their players.
    #[wasm_bindgen(method, getter)]
    pub fn players(this: &Hooks) -> Players;
    /// Converts another format: a promise of JSON Feed as text; nothing where no module is meant.
    #[wasm_bindgen(method)]
    pub fn convert(this: &Hooks, name: Option<&str>, text: &str, url: &str) -> Option<Promise>;
    /// Holds a row where the reader was brought to it, until they go on.
    #[wasm_bindgen(method)]
    pub fn hold(this: &Hooks, row: &Element);
    /// Promises the words of a language; nothing where there are none.
    #[wasm_bindgen(method)]
    pub fn words(this: &Hooks, lang: &str) -> JsValue;
    /// Promises all that a view needs besides; with the players, where there is something to play, and with the purifier,
    /// where the browser has no sanitizer.
    #[wasm_bindgen(method)]
    pub fn prepare(this: &Hooks, lang: &str, players: bool, purifier: bool) -> JsValue;

    /// What [`Hooks::prepare`] gives.
    pub type Prepared;
    /// The words of the language; nothing where there are none.
    #[wasm_bindgen(method, getter)]
    pub fn words(this: &Prepared) -> JsValue;
    /// `purify` of www/purifier.js; nothing where it is not needed, or could not be loaded.
    #[wasm_bindgen(method, getter)]
    pub fn purify(this: &Prepared) -> Option<Function>;

    /// The element's `ElementInternals`.
    #[derive(Clone)]
    pub type Internals;
    /// The states that styles can select, a set.
    #[wasm_bindgen(method, getter)]
    pub fn states(this: &Internals) -> States;
    /// The role, unless the page gives the element one. `null` for none.
    #[wasm_bindgen(method, setter)]
    pub fn set_role(this: &Internals, role: Option<&str>);
    /// The name, unless the page gives the element one. `null` for none.
    #[wasm_bindgen(method, setter, js_name = ariaLabel)]
    pub fn set_aria_label(this: &Internals, name: Option<&str>);

    /// `ElementInternals.states`, a set.
    pub type States;
    #[wasm_bindgen(method, catch)]
    pub fn add(this: &States, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub fn delete(this: &States, name: &str) -> Result<JsValue, JsValue>;
}

/// The words of a language, as they were loaded; English where there are none.
pub fn read_words(json: &JsValue) -> Words {
    serde_wasm_bindgen::from_value(json.clone()).unwrap_or_default()
}
