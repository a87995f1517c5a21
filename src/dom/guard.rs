//! A Rust function as the browser may have it.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::instance::guarded;

/// Keeps a callback alive for as long as the browser may call it. It may be dropped from within the call.
#[derive(Debug)]
pub(super) struct Callback {
    function: Function,
    /// `Fn`: a host's handler may cause in the middle of it what calls it again.
    _closure: Closure<dyn Fn(JsValue)>,
}

impl Callback {
    /// Makes a function that may be called any number of times, with one argument.
    pub fn new(callback: impl Fn(JsValue) + 'static) -> Self {
        let closure = Closure::<dyn Fn(JsValue)>::new(callback);
        Self { function: guarded(closure.as_ref().unchecked_ref()), _closure: closure }
    }

    /// Makes a function that does something when it is first called.
    pub fn once(callback: impl FnOnce() + 'static) -> Self {
        let callback = Cell::new(Some(callback));
        Self::new(move |_| {
            if let Some(callback) = callback.take() {
                callback();
            }
        })
    }

    /// The function for the browser.
    pub fn function(&self) -> &Function {
        &self.function
    }
}
