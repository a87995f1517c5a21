//! An event listener that ends with its guard. Not gloo-events': its callbacks are `FnMut`, and a host's handler may
//! dispatch in the middle of an event the very event that it hears.

use wasm_bindgen::JsCast;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

use super::guard::Callback;
use super::instance::Ending;

/// How to listen; by default every time, in the bubbling phase, with the right to prevent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// only the first time
    pub once: bool,
    /// never prevents the default, so that scrolling need not wait
    pub passive: bool,
    /// on the way down, which also hears events that do not bubble
    pub capture: bool,
}

/// Listens until dropped. It may be dropped from within its own callback.
#[derive(Debug)]
#[must_use = "a listener is removed when it is dropped"]
pub struct Listener {
    _ending: Ending,
    _callback: Callback,
}

impl Listener {
    /// Calls back at every event of that type.
    pub fn new(target: &EventTarget, event: &str, callback: impl Fn(Event) + 'static) -> Self {
        Self::with(target, event, Options::default(), callback)
    }

    /// The same, with options.
    pub fn with(target: &EventTarget, event: &str, options: Options, callback: impl Fn(Event) + 'static) -> Self {
        let Options { once, passive, capture } = options;
        let callback = Callback::new(move |event| callback(event.unchecked_into()));
        let options = AddEventListenerOptions::new();
        options.set_once(once);
        options.set_passive(passive);
        options.set_capture(capture);
        let function = callback.function();
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(event, function, &options);
        let ending = Ending::new(target, "removeEventListener", &[event.into(), function.into(), capture.into()]);
        Self { _ending: ending, _callback: callback }
    }
}
