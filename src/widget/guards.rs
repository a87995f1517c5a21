//! What an element listens to: clicks, fingers, the clock. All of it ends with the element.

use std::rc::Rc;

use chrono::TimeDelta;

use super::host::Host;
use super::message::Message;
use super::queue::Sender;
use crate::dom::gesture::Gesture;
use crate::dom::listener::Listener;
use crate::dom::ticker::{self, Ticker};
use crate::dom::timer::{Frame, Idle, Painted, Timeout};
use crate::view::announce::Announcer;
use crate::view::{Act, View};

/// How long an element without a `src` waits for a feed before it says what is missing: a page has fetched its own by then.
pub const PATIENCE: TimeDelta = TimeDelta::seconds(15);

/// What is released with the element.
pub struct Guards {
    _clicks: Listener,
    gesture: Option<Rc<Gesture>>,
    pub ticker: ticker::Member,
    pub announcer: Option<Announcer>,
    pub idle: Option<Idle>,
    pub frame: Option<Frame>,
    /// what `Intl` says is written after the first paint
    pub painted: Option<Painted>,
    pub patience: Option<Timeout>,
}

impl Guards {
    /// Begins to listen.
    pub fn new(host: &Host, sender: &Sender) -> Self {
        let (clicks, over) = (sender.clone(), sender.clone());
        Self {
            // One listener for every click in the tree.
            _clicks: Listener::new(&host.shadow, "click", move |event| {
                let Some(act) = View::act(&event) else { return };
                // What a click asks for is done, unless it is the browser's own business.
                if matches!(act, Act::Moment(_) | Act::Skip) {
                    event.prevent_default();
                }
                clicks.send(Message::Act(act));
            }),
            gesture: Gesture::new(&host.element, move || over.send(Message::GestureOver)),
            ticker: Ticker::join(sender.callback(|_| Message::Tick)),
            announcer: None,
            idle: None,
            frame: None,
            painted: None,
            patience: None,
        }
    }

    /// Whether a finger is on the screen, or the page still runs on from it.
    pub fn is_in_gesture(&self) -> bool {
        self.gesture.as_ref().is_some_and(|gesture| gesture.is_under_way())
    }
}
