//! The stream of server-sent events, behind a guard: what comes is handed on at once, and what follows before the next
//! frame together, in that frame.

use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{EventSource, MessageEvent};

use crate::dom::instance::Ending;
use crate::dom::listener::Listener;
use crate::dom::timer::Frame;
use crate::error::Error;
use crate::push::Event;
use crate::session::Message;

/// What is listened for: the connection's own events, then the hub's.
const NAMES: [&str; 7] = ["open", "error", "entry", "remove", "feed", "hint", "ping"];

/// How a stream hands on what it brings.
pub type Send = dyn Fn(Message);

/// A connection. It is closed when this is dropped; events that still wait are handed on then.
#[must_use]
pub struct Stream {
    ending: Option<Ending>,
    inbox: Rc<Inbox>,
    listeners: Vec<Listener>,
}

/// The events that wait.
struct Inbox {
    send: Box<Send>,
    events: RefCell<Vec<Event>>,
    last_id: RefCell<String>,
    /// until it comes, events wait: each merge costs a layout, and a burst is a thousand
    frame: RefCell<Option<Frame>>,
}

impl Stream {
    /// Connects. Nothing where the browser can't.
    pub fn new(url: &str, send: Box<Send>) -> Option<Self> {
        let source = EventSource::new(url).ok()?;
        let inbox =
            Rc::new(Inbox { send, events: RefCell::default(), last_id: RefCell::default(), frame: RefCell::default() });
        // After an error the browser would try again by itself, but after some it gives up for good, and a new one alone
        // can be given the last id and the wait that we want.
        let listeners = NAMES.iter().map(|name| {
            let inbox = Rc::downgrade(&inbox);
            Listener::new(&source, name, move |event| {
                if let Some(inbox) = inbox.upgrade() {
                    inbox.take(name, &event);
                }
            })
        });
        let listeners = listeners.collect();
        Some(Self { ending: Some(Ending::new(&source, "close", &[])), inbox, listeners })
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.ending.take();
        self.listeners.clear();
        self.inbox.flush();
    }
}

impl Inbox {
    fn take(self: &Rc<Self>, name: &str, event: &web_sys::Event) {
        match name {
            "open" => (self.send)(Message::Opened),
            "error" => (self.send)(Message::Closed),
            name => match read(name, event.unchecked_ref()) {
                Ok((read, warnings)) => {
                    self.keep(read, event.unchecked_ref());
                    (self.send)(Message::Malformed(warnings));
                }
                Err(error) => (self.send)(Message::Malformed(vec![error])),
            },
        }
    }

    fn keep(self: &Rc<Self>, event: Event, message: &MessageEvent) {
        let waits = matches!(event, Event::Entry(..) | Event::Remove(..) | Event::Feed(_));
        if let (Ok(mut events), Ok(mut last_id)) = (self.events.try_borrow_mut(), self.last_id.try_borrow_mut()) {
            events.push(event);
            *last_id = message.last_event_id();
        }
        if !waits {
            // A hub's pulse is felt where no frames are painted, too: in a frame of another site out of view, for example.
            self.flush();
        } else if self.frame.try_borrow().is_ok_and(|frame| frame.is_none()) {
            self.turn();
        }
    }

    /// Hands on what waits, if anything does; what comes from now on waits for the next frame.
    fn turn(self: &Rc<Self>) {
        if self.flush()
            && let Ok(mut frame) = self.frame.try_borrow_mut()
        {
            let inbox = Rc::downgrade(self);
            *frame = Some(Frame::new(move || {
                if let Some(inbox) = inbox.upgrade() {
                    inbox.turn();
                }
            }));
        }
    }

    /// Hands on what waits; whether there was anything.
    fn flush(&self) -> bool {
        self.frame.take();
        let events = self.events.try_borrow_mut().map(|mut events| mem::take(&mut *events)).unwrap_or_default();
        let any = !events.is_empty();
        if any {
            (self.send)(Message::Pushed(events, self.last_id.take()));
        }
        any
    }
}

fn read(name: &str, message: &MessageEvent) -> Result<(Event, Vec<Error>), Error> {
    Event::read(name, &message.data().as_string().unwrap_or_default())
}
