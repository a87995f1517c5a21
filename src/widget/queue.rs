//! One queue of messages for each element. They are handled one at a time: what happens in the middle of one, such as a
//! call from a host's event handler, waits its turn.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use super::message::Message;
use super::state::State;
use crate::dom::instance::work_for;

/// An element's messages, and its state.
#[derive(Default)]
pub struct Queue {
    /// never borrowed across a call
    messages: RefCell<VecDeque<Message>>,
    /// taken out while a message is handled
    state: Cell<Option<Box<State>>>,
}

impl Queue {
    /// Gives the queue its state. Messages are handled from now on.
    pub fn begin(&self, state: State) {
        self.state.set(Some(Box::new(state)));
    }

    /// Takes a message, and handles it with all that follow from it. Called from within, it only takes the message.
    pub fn send(&self, message: Message) {
        self.messages.borrow_mut().push_back(message);
        let Some(mut state) = self.state.take() else { return };
        while let Some(message) = self.next() {
            if matches!(message, Message::Stop) {
                self.messages.take();
                return;
            }
            // A host's handler may have had the core work for another feed.
            work_for(state.url());
            state.handle(message);
            state.tell_host();
        }
        self.state.set(Some(state));
    }

    fn next(&self) -> Option<Message> {
        self.messages.borrow_mut().pop_front()
    }
}

/// Sends messages to an element as long as it is there.
#[derive(Clone)]
pub struct Sender(Weak<Queue>);

impl Sender {
    /// To the element of that queue.
    pub fn new(queue: &Rc<Queue>) -> Self {
        Self(Rc::downgrade(queue))
    }

    /// Sends a message.
    pub fn send(&self, message: Message) {
        if let Some(queue) = self.0.upgrade() {
            queue.send(message);
        }
    }

    /// A callback that sends what the function makes of its argument.
    pub fn callback<T>(&self, message: impl Fn(T) -> Message + 'static) -> impl Fn(T) + 'static {
        let sender = self.clone();
        move |value| sender.send(message(value))
    }
}
