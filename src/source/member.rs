//! An element's place at its source.

use std::cell::Ref;
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;

use super::read::Convert;
use super::shared::{Source, Subscriber, Tell};
use crate::dom::{is_hidden, local_time};
use crate::feed::Document;
use crate::session::{Message, Session};

/// An element's place at its source; it ends when this is dropped, and with the last one the source does.
#[must_use]
pub struct Member {
    source: Rc<Source>,
    number: u32,
}

impl Member {
    /// Joins the source of that URL. `first` is its first request, where that was sent already. An element without a
    /// URL has a source of its own, which asks nobody.
    pub fn join(
        url: &str,
        format: Option<String>,
        first: Option<Promise>,
        convert: Rc<Convert>,
        tell: Rc<Tell>,
    ) -> Self {
        let source = Source::of(url, format, first, convert);
        let number = source.next_number.get();
        source.next_number.set(number.wrapping_add(1));
        if let Ok(mut members) = source.members.try_borrow_mut() {
            members.push(Subscriber { number, tell, interval: None, idle: true, stream: false });
        }
        Self { source, number }
    }

    /// The session, to be looked at; nothing while it is at work.
    #[must_use]
    pub fn session(&self) -> Option<Ref<'_, Session>> {
        self.source.session.try_borrow().ok()
    }

    /// Takes a message.
    pub fn send(&self, message: Message) {
        self.source.send(message);
    }

    /// Takes a document that the host hands over, or that stands inside the element.
    pub fn give(&self, mut document: Document) {
        self.source.learn(&mut document, None);
        self.source.send(Message::Given(document));
    }

    /// Says how often this element wants to know, and whether by a stream; `idle` while it wants nothing at all.
    pub fn want(&self, interval: Option<TimeDelta>, idle: bool, stream: bool) {
        if let Ok(mut members) = self.source.members.try_borrow_mut()
            && let Some(subscriber) = members.iter_mut().find(|subscriber| subscriber.number == self.number)
        {
            subscriber.interval = interval;
            subscriber.idle = idle;
            subscriber.stream = stream;
        }
        self.source.send(Message::Hidden(is_hidden()));
        if let Some(wanted) = self.source.wanted() {
            self.source.send(wanted);
        }
    }

    /// Asks now; `done` is called when the answer was shown, or has failed.
    pub fn refresh(&self, done: Function) {
        if self.source.url.is_empty() {
            let _ = done.call0(&JsValue::UNDEFINED);
            return;
        }
        if let Ok(mut asking) = self.source.asking.try_borrow_mut() {
            asking.push(done);
        }
        self.source.send(Message::Refresh);
    }

    /// Looks for an entry; `done` is called when it is there, or will not be found.
    pub fn seek(&self, id: &str, done: Function) {
        if let Ok(mut seeking) = self.source.seeking.try_borrow_mut() {
            seeking.push(done);
        }
        self.source.send(Message::Seek(id.into()));
    }

    /// What time it really is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.at(local_time())
    }

    /// What time it really is when the reader's clock shows that.
    #[must_use]
    pub fn at(&self, local: DateTime<Utc>) -> DateTime<Utc> {
        self.source.skew.get().now(local)
    }

    /// What the reader's clock shows when it is that time.
    #[must_use]
    pub fn local(&self, time: DateTime<Utc>) -> DateTime<Utc> {
        self.source.skew.get().local(time)
    }

    /// Turns another format into ours.
    #[must_use]
    pub fn converter(&self) -> Rc<Convert> {
        self.source.convert.clone()
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        if let Ok(mut members) = self.source.members.try_borrow_mut() {
            members.retain(|subscriber| subscriber.number != self.number);
        }
        if let Some(wanted) = self.source.wanted() {
            self.source.send(wanted);
        }
    }
}
