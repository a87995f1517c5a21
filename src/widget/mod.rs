//! One element: the one type that JavaScript sees. Calls and browser events become messages of one [`Queue`], which a
//! [`State`] handles one at a time.

mod ahead;
mod build;
mod guards;
mod header;
mod hooks;
mod host;
mod locale;
mod memory;
mod message;
mod queue;
mod rows;
mod state;
mod watch;

use std::rc::Rc;

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, ShadowRoot};

use crate::error::Error;
use crate::feed::{Raw, read_entry, seed};
use crate::session;
use crate::source::{Member, News};
use hooks::{Hooks, Internals};
use host::Host;
use message::Message;
use queue::{Queue, Sender};
use state::{State, settings_of};

/// The core of one `<live-feed>`. Every method can be called at any time, from inside its events too.
///
/// It holds the element by WebAssembly's table of JavaScript objects, in which the garbage collector takes every entry for
/// used, and the element holds it. So whoever built it calls its `free()`: that ends everything that was begun, and lets
/// go of the element. What is shown stays.
#[wasm_bindgen]
pub struct Widget {
    queue: Rc<Queue>,
    member: Rc<Member>,
}

#[wasm_bindgen]
impl Widget {
    /// The core of that element, with the attributes that it has now. `internals` are its `ElementInternals`, `hooks`
    /// loads what is loaded on demand. Its feed has that absolute URL (empty: only what is handed over); `first` is the
    /// request that was already sent for it.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(
        element: HtmlElement,
        shadow: ShadowRoot,
        internals: Internals,
        hooks: Hooks,
        url: String,
        first: Option<Promise>,
    ) -> Self {
        seed(js_sys::Math::random());
        let convert = hooks.clone();
        let convert = move |name: Option<&str>, text: &str, url: &str| convert.convert(name, text, url);
        let host = Host::new(element, shadow, internals, hooks);
        let (settings, warnings) = settings_of(&host);
        let queue = Rc::<Queue>::default();
        let sender = Sender::new(&queue);
        let news = sender.clone();
        let tell = move |told: &Rc<News>| news.send(Message::News(told.clone()));
        let member = Member::join(&url, settings.format.clone(), first, Rc::new(convert), Rc::new(tell));
        let member = Rc::new(member);
        queue.begin(State::new(host, settings, warnings, url, member.clone(), sender));
        Self { queue, member }
    }

    /// Takes an attribute's new value. `src` and `format` count from the next core on.
    #[wasm_bindgen(js_name = attributeChanged)]
    pub fn attribute_changed(&self, name: String) {
        self.queue.send(Message::Attribute(name));
    }

    /// Shows the feed, and keeps it up to date. `inline` is the document that stands inside the element.
    pub fn start(&self, inline: Option<String>) {
        self.queue.send(Message::Start(inline));
    }

    /// Asks for the feed now; `done` is called when the answer was shown, or the request has failed.
    pub fn refresh(&self, done: Function) {
        self.member.refresh(done);
    }

    /// Holds updates back.
    pub fn pause(&self) {
        self.queue.send(Message::Pause(true));
    }

    /// Lets updates come again, those held back first.
    pub fn resume(&self) {
        self.queue.send(Message::Pause(false));
    }

    /// Shows what is held back.
    #[wasm_bindgen(js_name = showPending)]
    pub fn show_pending(&self) {
        self.queue.send(Message::ShowPending);
    }

    /// Brings the reader to that entry; whether there is one.
    #[wasm_bindgen(js_name = goTo)]
    pub fn go_to(&self, id: String) -> bool {
        let is_there = self.member.session().is_some_and(|session| session.timeline().entry(&id).is_some());
        self.queue.send(Message::GoTo(id));
        is_there
    }

    /// Looks for an entry on older pages too; `done` is called when it is there, or will not be found. An empty id ends that.
    pub fn seek(&self, id: &str, done: Function) {
        self.member.seek(id, done);
    }

    /// Adds an entry, or takes another version of one. It is given as JSON.
    ///
    /// Gives an error, with the reason, where the entry can't be shown.
    pub fn upsert(&self, entry: &str) -> Option<js_sys::Error> {
        match read_entry(Raw::parse(entry).unwrap_or(Raw::NULL), "the entry") {
            Ok((entry, warnings)) => {
                self.member.send(session::Message::Upsert(Box::new(entry)));
                self.member.send(session::Message::Malformed(warnings));
                None
            }
            Err(Error::Skipped { why, .. }) => Some(thrown(&Error::Argument { method: "upsert", why })),
            Err(error) => Some(thrown(&error)),
        }
    }

    /// Removes an entry for good.
    pub fn remove(&self, id: &str) {
        self.member.send(session::Message::Remove(id.into()));
    }

    /// Shows a whole document, given as JSON. `done` is called with an error where it is no feed.
    #[wasm_bindgen(js_name = setFeed)]
    pub fn set_feed(&self, feed: String, done: Function) {
        self.queue.send(Message::SetFeed(feed, done));
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.queue.send(Message::Stop);
    }
}

/// Calls what resolves a host's promise, or rejects it with an error.
fn resolve(done: &Function, error: Option<Error>) {
    let error = error.as_ref().map(thrown).map_or(JsValue::UNDEFINED, JsValue::from);
    let _ = done.call1(&JsValue::UNDEFINED, &error);
}

/// The error as a host's script meets it.
fn thrown(error: &Error) -> js_sys::Error {
    js_sys::Error::new(&error.to_string())
}
