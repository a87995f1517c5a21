//! This instance of the WebAssembly. An error that leaves it (a trap, the end of the stack, a function of the page that
//! throws) leaves its state half changed, so no later call may enter it. Every way in goes through `www/load.js`, which
//! notices that, and starts a fresh instance.

use std::cell::RefCell;

use js_sys::Function;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The page's side of an instance: see `start` in `www/load.js`.
    pub type Page;
    /// Says for which feed the instance works from now on, by its URL: which one failed, should it fail.
    #[wasm_bindgen(method, js_name = workFor)]
    fn work_for(this: &Page, url: &str);
    /// A function that calls the callback, and does nothing once the instance has failed.
    #[wasm_bindgen(method)]
    fn guard(this: &Page, callback: &Function) -> Function;
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Begins to use an instance. Called by `www/load.js`, once for each.
#[wasm_bindgen]
pub fn attach(page: Page) {
    PAGE.set(Some(page));
}

/// Says for which feed the instance works from now on.
pub fn work_for(url: &str) {
    with(|page| page.work_for(url));
}

/// The callback as the browser may have it. Without a page, as in tests of one module, that is itself.
#[must_use]
pub fn guarded(callback: &Function) -> Function {
    with(|page| page.guard(callback)).unwrap_or_else(|| callback.clone())
}

fn with<T>(act: impl FnOnce(&Page) -> T) -> Option<T> {
    PAGE.with(|page| page.try_borrow().ok()?.as_ref().map(act))
}
