//! Something to be done later, unless its guard is dropped before.

use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdleRequestOptions, Window};

/// How long work for idle time waits on a page that never is idle, in milliseconds: not noticed as missing, and long
/// enough to let a gesture end.
const IDLE_AT_LATEST: u32 = 500;

/// Calls back once, after that many milliseconds.
#[derive(Debug)]
#[must_use = "a timeout is cancelled when it is dropped"]
pub struct Timeout {
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Starts the timer. The browser cannot wait for more than 24.8 days, so it calls back then at the latest.
    pub fn new(millis: i64, callback: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(callback);
        let millis = i32::try_from(millis.max(0)).unwrap_or(i32::MAX);
        let id = web_sys::window().and_then(|window| {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(function(&callback), millis).ok()
        });
        Self { id, _callback: callback }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (web_sys::window(), self.id) {
            window.clear_timeout_with_handle(id);
        }
    }
}

/// Calls back once, before the next frame is painted.
#[derive(Debug)]
#[must_use = "a frame is cancelled when it is dropped"]
pub struct Frame {
    id: Option<i32>,
    _callback: Closure<dyn FnMut()>,
}

impl Frame {
    /// Asks for the next frame. A hidden page has none until it is shown.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(callback);
        let id = web_sys::window().and_then(|window| window.request_animation_frame(function(&callback)).ok());
        Self { id, _callback: callback }
    }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let (Some(window), Some(id)) = (web_sys::window(), self.id) {
            // Throws only where the page has no frames at all.
            let _ = window.cancel_animation_frame(id);
        }
    }
}

/// Calls back once, when the page has nothing better to do, and soon in any case.
#[derive(Debug)]
#[must_use = "idle work is cancelled when it is dropped"]
pub struct Idle(Waiting);

#[derive(Debug)]
enum Waiting {
    Idle { id: u32, _callback: Closure<dyn FnMut()> },
    Timeout { _timeout: Timeout },
}

impl Idle {
    /// Asks for idle time; in WebKit, which has none to give, for the next task.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        let Some(window) = web_sys::window().filter(has_idle_time) else {
            return Self(Waiting::Timeout { _timeout: Timeout::new(0, callback) });
        };
        let callback = Closure::once(callback);
        let options = IdleRequestOptions::new();
        options.set_timeout(IDLE_AT_LATEST);
        let id = window.request_idle_callback_with_options(function(&callback), &options).unwrap_or_default();
        Self(Waiting::Idle { id, _callback: callback })
    }
}

impl Drop for Idle {
    fn drop(&mut self) {
        if let (Waiting::Idle { id, .. }, Some(window)) = (&self.0, web_sys::window()) {
            window.cancel_idle_callback(*id);
        }
    }
}

fn has_idle_time(window: &Window) -> bool {
    js_sys::Reflect::has(window, &JsValue::from_str("requestIdleCallback")).unwrap_or(false)
}

fn function(callback: &Closure<dyn FnMut()>) -> &Function {
    callback.as_ref().unchecked_ref()
}
