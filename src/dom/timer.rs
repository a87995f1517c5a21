//! Something to be done later, unless its guard is dropped before. Not gloo's timers: after a trap, what the failed
//! instance has begun is ended by the page (see `Ending` in `instance.rs`), and theirs would go on and throw there.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use wasm_bindgen::JsValue;
use web_sys::{IdleRequestOptions, Window};

use super::guard::Callback;
use super::instance::Ending;
use super::window;

/// How long work for idle time waits on a page that never is idle, in milliseconds: not noticed as missing, and long
/// enough to let a gesture end.
const IDLE_AT_LATEST: u32 = 500;
/// How long to wait for a paint, in milliseconds: a page that is hidden, or a frame out of view, has none.
const PAINT_AT_LATEST: i64 = 1_000;

/// Calls back once, after that many milliseconds.
#[derive(Debug)]
#[must_use = "a timeout is cancelled when it is dropped"]
pub struct Timeout {
    _ending: Option<Ending>,
    _callback: Callback,
}

impl Timeout {
    /// Starts the timer. The browser cannot wait for more than 24.8 days, so it calls back then at the latest.
    pub fn new(millis: i64, callback: impl FnOnce() + 'static) -> Self {
        let millis = i32::try_from(millis.max(0)).unwrap_or(i32::MAX);
        let (window, callback) = (window(), Callback::once(callback));
        let id = window.set_timeout_with_callback_and_timeout_and_arguments_0(callback.function(), millis);
        Self { _ending: ending(&window, "clearTimeout", id), _callback: callback }
    }
}

/// Calls back once, before the next frame is painted.
#[derive(Debug)]
#[must_use = "a frame is cancelled when it is dropped"]
pub struct Frame {
    _ending: Option<Ending>,
    _callback: Callback,
}

impl Frame {
    /// Asks for the next frame. A hidden page has none until it is shown.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        let (window, callback) = (window(), Callback::once(callback));
        let id = window.request_animation_frame(callback.function());
        Self { _ending: ending(&window, "cancelAnimationFrame", id), _callback: callback }
    }
}

/// Calls back once, when the page has nothing better to do, and soon in any case.
#[derive(Debug)]
#[must_use = "idle work is cancelled when it is dropped"]
pub struct Idle {
    _ending: Option<Ending>,
    _callback: Callback,
}

impl Idle {
    /// Asks for idle time; in WebKit, which has none to give, for the next task.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        let window = window();
        if !super::has(&window, "requestIdleCallback") {
            let Timeout { _ending, _callback } = Timeout::new(0, callback);
            return Self { _ending, _callback };
        }
        let callback = Callback::once(callback);
        let options = IdleRequestOptions::new();
        options.set_timeout(IDLE_AT_LATEST);
        let id = window.request_idle_callback_with_options(callback.function(), &options);
        Self { _ending: ending(&window, "cancelIdleCallback", id), _callback: callback }
    }
}

/// What takes back what has that number; nothing where the browser refused.
fn ending(window: &Window, method: &str, id: Result<impl Into<JsValue>, JsValue>) -> Option<Ending> {
    Some(Ending::new(window, method, &[id.ok()?.into()]))
}

/// Calls back once, when what is in the page now has been painted; within a second where nothing is.
#[must_use = "it is not called back when this is dropped"]
pub struct Painted(#[expect(dead_code, reason = "a guard")] Rc<Paint>);

struct Paint {
    call: Cell<Option<Box<dyn FnOnce()>>>,
    frame: Cell<Option<Frame>>,
    /// the task after that
    task: Cell<Option<Timeout>>,
    latest: Cell<Option<Timeout>>,
}

impl Painted {
    /// Waits for the paint that follows the current task.
    pub fn new(callback: impl FnOnce() + 'static) -> Self {
        let paint = Rc::new(Paint {
            call: Cell::new(Some(Box::new(callback))),
            frame: Cell::default(),
            task: Cell::default(),
            latest: Cell::default(),
        });
        let me = Rc::downgrade(&paint);
        paint.latest.set(Some(Timeout::new(PAINT_AT_LATEST, move || done(&me))));
        let me = Rc::downgrade(&paint);
        paint.frame.set(Some(Frame::new(move || {
            if let Some(paint) = me.upgrade() {
                // This frame is painted after this call: in the next one it surely was.
                let next = Frame::new(move || done_soon(&me));
                paint.frame.set(Some(next));
            }
        })));
        Self(paint)
    }
}

/// In the task after this frame, which need not wait for it either.
fn done_soon(paint: &Weak<Paint>) {
    if let Some(shown) = paint.upgrade() {
        let paint = paint.clone();
        shown.task.set(Some(Timeout::new(0, move || done(&paint))));
    }
}

fn done(paint: &Weak<Paint>) {
    if let Some(paint) = paint.upgrade()
        && let Some(call) = paint.call.take()
    {
        paint.frame.take();
        paint.task.take();
        paint.latest.take();
        call();
    }
}
