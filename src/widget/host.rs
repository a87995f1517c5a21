//! The host's side of one element: its events, its states, its console.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{HtmlElement, ShadowRoot};

use super::hooks::{Hooks, Internals, States};
use crate::config::Order;
use crate::dom::{dispatch, object};
use crate::error::Error;
use crate::feed::{Feed, Id, Status};
use crate::timeline::Changes;

/// What the host is told. Its handlers may call back, so it is told when the message is handled from which it follows.
pub enum Outgoing {
    /// an event like an image's: it does not bubble
    Plain(&'static str),
    /// the list changed; with how many entries are held back
    Update(Changes, usize),
    /// the order is another one
    Order(Order),
    /// that entry was seen
    Seen(Id),
    /// the feed could not be shown, or not be brought up to date
    Error(Error),
    /// for the developer: what was skipped
    Warnings(Vec<Error>),
}

/// The element, its shadow root, its states.
pub struct Host {
    /// the element
    pub element: HtmlElement,
    /// its shadow root
    pub shadow: ShadowRoot,
    /// what is loaded on demand
    pub hooks: Hooks,
    internals: Internals,
    states: States,
}

impl Host {
    /// Takes what the JavaScript class hands over.
    pub fn new(element: HtmlElement, shadow: ShadowRoot, internals: Internals, hooks: Hooks) -> Self {
        let states = internals.states();
        Self { element, shadow, hooks, internals, states }
    }

    /// Switches a state that styles can select: `live-feed:state(live)`.
    pub fn state(&self, name: &str, on: bool) {
        let _ = if on { self.states.add(name) } else { self.states.delete(name) };
    }

    /// Makes the element a landmark, a region named by the feed's title. One without a name would be none.
    pub fn name(&self, feed: &Feed) {
        let title = feed.title.as_deref();
        self.internals.set_role(title.map(|_| "region"));
        self.internals.set_aria_label(title);
    }

    /// The state of the coverage.
    pub fn status(&self, feed: &Feed) {
        let status = if feed.ended() { Status::Ended } else { feed.status };
        self.state("upcoming", status == Status::Upcoming);
        self.state("live", status == Status::Live);
        self.state("ended", status == Status::Ended);
    }

    /// Tells the host.
    pub fn tell(&self, outgoing: Outgoing) {
        match outgoing {
            Outgoing::Plain(name) => {
                dispatch(&self.element, name, &JsValue::NULL, false, false);
            }
            Outgoing::Update(changes, pending) => {
                let detail = [
                    ("added", ids(&changes.added)),
                    ("changed", ids(&changes.changed)),
                    ("removed", ids(&changes.removed)),
                    ("pending", u32::try_from(pending).unwrap_or(u32::MAX).into()),
                ];
                self.event("live-feed-update", &detail);
            }
            Outgoing::Order(order) => self.event("live-feed-order", &[("order", order.name().into())]),
            Outgoing::Seen(id) => self.event("live-feed-entry", &[("id", (&*id).into()), ("action", "seen".into())]),
            Outgoing::Error(error) => self.error(&error),
            Outgoing::Warnings(warnings) => self.warn(&warnings),
        }
    }

    /// Dispatches an event of ours with its detail: it bubbles, out of shadow trees too.
    fn event(&self, name: &str, detail: &[(&str, JsValue)]) {
        dispatch(&self.element, name, &object(detail), true, false);
    }

    /// Dispatches an `error` event, and writes one line to the console.
    fn error(&self, error: &Error) {
        let message = error.to_string();
        web_sys::console::error_2(&JsValue::from_str(&("<live-feed> ".to_owned() + &message)), &self.element);
        let detail = object(&[("code", error.code().into()), ("message", message.into())]);
        dispatch(&self.element, "error", &detail, false, false);
    }

    /// Tells the developer what was skipped, in one line.
    pub fn warn(&self, warnings: &[Error]) {
        /// How many warnings are written out; a feed with more has one cause for most of them.
        const SHOWN: usize = 10;
        let mut lines: Vec<String> = warnings.iter().take(SHOWN).map(|warning| format!("- {warning}")).collect();
        if warnings.len() > SHOWN {
            lines.push(format!("- and {} more", warnings.len() - SHOWN));
        }
        let text = "<live-feed> ".to_owned() + &problems(warnings.len()) + ":\n" + &lines.join("\n");
        web_sys::console::warn_2(&JsValue::from_str(&text), &self.element);
    }

    /// The numbers N of the host's own blocks, which are children with `slot="after-N"`.
    pub fn blocks(&self) -> Vec<usize> {
        let children = self.element.children();
        let slots = (0..children.length()).filter_map(|index| children.item(index)?.get_attribute("slot"));
        slots.filter_map(|slot| slot.strip_prefix("after-")?.parse().ok()).collect()
    }
}

fn ids(ids: &[Id]) -> JsValue {
    ids.iter().map(|id| JsValue::from_str(id)).collect::<Array>().into()
}

fn problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}
