//! An event listener that ends with its guard.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

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
    target: EventTarget,
    event: &'static str,
    capture: bool,
    callback: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Calls back at every event of that type.
    pub fn new(target: &EventTarget, event: &'static str, callback: impl FnMut(Event) + 'static) -> Self {
        Self::with(target, event, Options::default(), callback)
    }

    /// The same, with options.
    pub fn with(
        target: &EventTarget,
        event: &'static str,
        options: Options,
        callback: impl FnMut(Event) + 'static,
    ) -> Self {
        let callback = Closure::<dyn FnMut(Event)>::new(callback);
        let init = AddEventListenerOptions::new();
        init.set_once(options.once);
        init.set_passive(options.passive);
        init.set_capture(options.capture);
        // Throws only where the target is no event target, which its type rules out.
        let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            callback.as_ref().unchecked_ref(),
            &init,
        );
        Self { target: target.clone(), event, capture: options.capture, callback }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let callback = self.callback.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback_and_bool(self.event, callback, self.capture);
    }
}
