//! One element: the one type that JavaScript sees. It turns calls and browser events into messages, and has a [`Stage`]
//! perform what follows.

mod ahead;
mod blank;
mod host;
mod listen;
mod locale;
mod memory;
mod perform;
mod prepare;
mod stage;
mod watch;

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

use crate::config::Config;
use crate::error::Error;
use crate::feed::{Raw, read_entry, seed};
use crate::reading::Message as Read;
use crate::session::Message;
use host::{Hooks, Host, States};
use stage::Stage;

/// The core of one `<live-feed>`. Every method can be called at any time, from inside its events too.
///
/// It holds the element by WebAssembly's table of JavaScript objects, in which the garbage collector takes every entry for
/// used, and the element holds it. So whoever built it calls its `free()`: that ends everything that was begun, and lets
/// go of the element. What is shown stays.
#[wasm_bindgen]
pub struct Widget {
    host: Rc<Host>,
    config: Rc<RefCell<Rc<Config>>>,
    stage: RefCell<Option<Rc<Stage>>>,
}

#[wasm_bindgen]
impl Widget {
    /// The core of that element. `states` is its `ElementInternals.states`, `hooks` loads what is loaded on demand.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(element: HtmlElement, shadow: ShadowRoot, states: States, hooks: Hooks) -> Self {
        seed(js_sys::Math::random());
        let host = Rc::new(Host::new(element, shadow, states, hooks));
        Self { host, config: Rc::default(), stage: RefCell::default() }
    }

    /// Takes an attribute's new value. `src` and `format` count from the next [`Widget::start`].
    pub fn set(&self, name: &str, value: Option<String>) {
        let Ok(mut config) = self.config.try_borrow_mut() else { return };
        let result = Rc::make_mut(&mut config).set(name, value.as_deref());
        drop(config);
        if let Err(warning) = result {
            self.host.warn(&[warning]);
        }
        if let Some(stage) = self.stage() {
            stage.configured(name);
        }
    }

    /// Shows the feed of that absolute URL (empty: only what is handed over), and keeps it up to date. `first` is the
    /// request that was already sent, `inline` the document that stands inside the element.
    pub fn start(&self, url: &str, first: Option<Promise>, inline: Option<String>) {
        let stage = Stage::new(self.host.clone(), self.config.clone(), url, first);
        if let Ok(mut kept) = self.stage.try_borrow_mut() {
            *kept = Some(stage.clone());
        }
        stage.begin(inline);
    }

    /// Asks for the feed now; `done` is called when the answer was shown, or the request has failed.
    pub fn refresh(&self, done: Function) {
        match self.stage().as_ref().and_then(|stage| stage.member()) {
            Some(member) => member.refresh(done),
            None => call(&done, &JsValue::UNDEFINED),
        }
    }

    /// Holds updates back.
    pub fn pause(&self) {
        self.read(Read::Pause(true));
    }

    /// Lets updates come again, those held back first.
    pub fn resume(&self) {
        self.read(Read::Pause(false));
    }

    /// Shows what is held back.
    #[wasm_bindgen(js_name = showPending)]
    pub fn show_pending(&self) {
        self.read(Read::ShowPending);
    }

    /// Brings the reader to that entry; whether there is one.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&self, id: &str) -> bool {
        self.stage().is_some_and(|stage| stage.go_to(id))
    }

    /// Looks for an entry on older pages too; `done` is called when it is there, or will not be found. An empty id ends that.
    pub fn seek(&self, id: &str, done: Function) {
        match self.stage().as_ref().and_then(|stage| stage.member()) {
            Some(member) => member.seek(id, done),
            None => call(&done, &JsValue::UNDEFINED),
        }
    }

    /// Adds an entry, or takes another version of one. It is given as JSON.
    ///
    /// Gives an error, with the reason, where the entry can't be shown.
    pub fn upsert(&self, entry: &str) -> Option<js_sys::Error> {
        match read_entry(Raw::parse(entry).unwrap_or(Raw::NULL), "the entry") {
            Ok((entry, warnings)) => {
                self.send(Message::Upsert(Box::new(entry)));
                self.send(Message::Malformed(warnings));
                None
            }
            Err(Error::Skipped { why, .. }) => Some(thrown(&Error::Argument { method: "upsert", why })),
            Err(error) => Some(thrown(&error)),
        }
    }

    /// Removes an entry for good.
    pub fn remove(&self, id: &str) {
        self.send(Message::Remove(id.into()));
    }

    /// Shows a whole document, given as JSON. `done` is called with an error where it is no feed.
    #[wasm_bindgen(js_name = setFeed)]
    pub fn set_feed(&self, feed: String, done: Function) {
        let tell = move |error: Option<Error>| {
            call(&done, &error.as_ref().map(thrown).map_or(JsValue::UNDEFINED, JsValue::from))
        };
        match self.stage() {
            Some(stage) => stage.give(feed, "the feed", Box::new(tell)),
            None => tell(None),
        }
    }

    fn stage(&self) -> Option<Rc<Stage>> {
        self.stage.try_borrow().ok()?.clone()
    }

    fn send(&self, message: Message) {
        if let Some(stage) = self.stage() {
            stage.send(message);
        }
    }

    fn read(&self, message: Read<'static>) {
        if let Some(stage) = self.stage() {
            stage.later(move |stage| stage.read(message));
        }
    }
}

/// A host's promise is kept or broken by what we call.
fn call(done: &Function, with: &JsValue) {
    let _ = done.call1(&JsValue::UNDEFINED, with);
}

/// The error as a host's script meets it.
fn thrown(error: &Error) -> js_sys::Error {
    js_sys::Error::new(&error.to_string())
}
