//! Something to be done later, unless its guard is dropped before.

use js_sys::Function;
use wasm_bindgen::prelude::*;

use super::guard::Guard;

#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    fn timeout(call: &Function, millis: i32) -> Function;
    fn frame(call: &Function) -> Function;
    fn idle(call: &Function, latest: i32) -> Function;
}

/// How long work for idle time waits on a page that never is idle, in milliseconds: not noticed as missing, and long
/// enough to let a gesture end.
const IDLE_AT_LATEST: i32 = 500;

/// Calls back once, after that many milliseconds.
#[derive(Debug)]
#[must_use = "a timeout is cancelled when it is dropped"]
pub struct Timeout(#[expect(dead_code, reason = "a guard")] Guard);

impl Timeout {
    /// Starts the timer. The browser cannot wait for more than 24.8 days, so it calls back then at the latest.
    pub fn new(millis: i64, callback: impl FnOnce() + 'static) -> Self {
        let millis = i32::try_from(millis.max(0)).unwrap_or(i32::MAX);
        Self(Guard::once(callback, &|call| timeout(call, millis)))
    }
}

/// Calls back once, before the next frame is painted.
#[derive(Debug)]
#[must_use = "a frame is cancelled when it is dropped"]
pub struct Frame(#[expect(dead_code, reason = "a guard")] Guard);

impl Frame {
    /// Asks for the next frame. A hidden page has none until it is shown.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        Self(Guard::once(callback, &frame))
    }
}

/// Calls back once, when the page has nothing better to do, and soon in any case.
#[derive(Debug)]
#[must_use = "idle work is cancelled when it is dropped"]
pub struct Idle(#[expect(dead_code, reason = "a guard")] Guard);

impl Idle {
    /// Asks for idle time; in WebKit, which has none to give, for the next task.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        Self(Guard::once(callback, &|call| idle(call, IDLE_AT_LATEST)))
    }
}
