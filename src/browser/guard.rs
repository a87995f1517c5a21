//! What the browser does until it is told to stop.

use std::cell::Cell;

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use super::instance::{Ending, guarded};

/// Ends, when it is dropped, what the browser does, and frees the callback. It may be dropped from within that.
#[derive(Debug)]
pub(super) struct Guard {
    _ending: Ending,
    /// `Fn`: a host's handler may cause in the middle of it what calls it again.
    _callback: Closure<dyn Fn(JsValue)>,
}

impl Guard {
    /// Begins it: `begin` is given the callback, and gives back what ends it.
    pub fn new(callback: Box<dyn Fn(JsValue)>, begin: &dyn Fn(&Function) -> Function) -> Self {
        let callback = Closure::wrap(callback);
        let ending = Ending::new(begin(&guarded(callback.as_ref().unchecked_ref())));
        Self { _ending: ending, _callback: callback }
    }

    /// Begins what calls back once.
    pub fn once(callback: impl FnOnce() + 'static, begin: &dyn Fn(&Function) -> Function) -> Self {
        let callback = Cell::new(Some(callback));
        let call = move |_| {
            if let Some(callback) = callback.take() {
                callback();
            }
        };
        Self::new(Box::new(call), begin)
    }
}
