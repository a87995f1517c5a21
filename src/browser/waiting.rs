//! Waiting for promises, without the machinery of futures.

use wasm_bindgen::prelude::*;

use super::instance::guarded;

#[wasm_bindgen(module = "/www/waiting.js")]
extern "C" {
    fn settled(promise: &JsValue, call: &JsValue);

    /// A promise that is kept when the browser has done what waits.
    pub fn breathe() -> JsValue;
}

/// What is told what became of a promise: kept (`Ok`) or broken (`Err`).
pub type Settled = Box<dyn FnOnce(Result<JsValue, JsValue>)>;

/// Calls back once the promise is settled; soon, where it is none at all.
pub fn when_settled(promise: &JsValue, callback: Settled) {
    let call = move |value: JsValue, kept: bool| callback(if kept { Ok(value) } else { Err(value) });
    settled(promise, &guarded(Closure::once_into_js(call).unchecked_ref()));
}
