//! The host's side of one element: its events, its states, its console, and what the JavaScript class lends us.

use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, ShadowRoot};

use crate::browser::{dispatch, object};
use crate::content::Players;
use crate::error::Error;
use crate::feed::{Feed, Id, Status};

#[wasm_bindgen]
extern "C" {
    /// What the JavaScript class lends to the core: everything that is loaded on demand.
    #[derive(Clone)]
    pub type Hooks;
    /// What other services are called, and their players.
    #[wasm_bindgen(method, getter)]
    pub fn players(this: &Hooks) -> Players;
    /// Converts another format: a promise of JSON Feed as text; nothing where no module is meant.
    #[wasm_bindgen(method)]
    pub fn convert(this: &Hooks, name: Option<&str>, text: &str, url: &str) -> Option<Promise>;
    /// Holds a row where the reader was brought to it, until they go on.
    #[wasm_bindgen(method)]
    pub fn hold(this: &Hooks, row: &Element);
    /// Promises the words of a language; nothing where there are none.
    #[wasm_bindgen(method)]
    pub fn words(this: &Hooks, lang: &str) -> JsValue;
    /// Promises all that a view needs besides; with the players, where there is something to play, and with the purifier,
    /// where the browser has no sanitizer.
    #[wasm_bindgen(method)]
    pub fn prepare(this: &Hooks, lang: &str, players: bool, purifier: bool) -> JsValue;

    /// What [`Hooks::prepare`] gives.
    pub type Prepared;
    /// The words of the language; nothing where there are none.
    #[wasm_bindgen(method, getter)]
    pub fn words(this: &Prepared) -> JsValue;
    /// `purify` of www/purifier.js; nothing where it is not needed, or could not be loaded.
    #[wasm_bindgen(method, getter)]
    pub fn purify(this: &Prepared) -> Option<Function>;

    /// `ElementInternals.states`, a set.
    #[derive(Clone)]
    pub type States;
    #[wasm_bindgen(method, catch)]
    fn add(this: &States, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &States, name: &str) -> Result<JsValue, JsValue>;
}

/// The element, its shadow root, its states.
pub struct Host {
    /// the element
    pub element: HtmlElement,
    /// its shadow root
    pub shadow: ShadowRoot,
    /// what is loaded on demand
    pub hooks: Hooks,
    states: States,
}

impl Host {
    /// Takes what the JavaScript class hands over.
    #[must_use]
    pub fn new(element: HtmlElement, shadow: ShadowRoot, states: States, hooks: Hooks) -> Self {
        Self { element, shadow, hooks, states }
    }

    /// Switches a state that styles can select: `live-feed:state(live)`.
    pub fn state(&self, name: &str, on: bool) {
        let _ = if on { self.states.add(name) } else { self.states.delete(name) };
    }

    /// Says that the feed is shown.
    pub fn shown(&self) {
        self.state("loading", false);
        self.state("error", false);
        self.plain_event("load");
        self.plain_event("loadend");
    }

    /// The state of the coverage.
    pub fn status(&self, feed: &Feed) {
        let status = if feed.ended() { Status::Ended } else { feed.status };
        self.state("upcoming", status == Status::Upcoming);
        self.state("live", status == Status::Live);
        self.state("ended", status == Status::Ended);
    }

    /// Dispatches an event like an image's: it does not bubble.
    pub fn plain_event(&self, name: &str) {
        self.dispatch(name, &JsValue::NULL, false, false);
    }

    /// Dispatches an event of ours with its detail: it bubbles, out of shadow trees too. False where it was cancelled.
    pub fn event(&self, name: &str, detail: &[(&str, JsValue)], cancelable: bool) -> bool {
        self.dispatch(name, &object(detail), true, cancelable)
    }

    /// Tells the developer: an `error` event, and one line in the console.
    pub fn error(&self, error: &Error) {
        let message = error.to_string();
        web_sys::console::error_2(&JsValue::from_str(&("<live-feed> ".to_owned() + &message)), &self.element);
        let detail = object(&[("code", error.code().into()), ("message", message.into())]);
        self.dispatch("error", &detail, false, false);
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
    #[must_use]
    pub fn blocks(&self) -> Vec<usize> {
        let children = self.element.children();
        let slots = (0..children.length()).filter_map(|index| children.item(index)?.get_attribute("slot"));
        slots.filter_map(|slot| slot.strip_prefix("after-")?.parse().ok()).collect()
    }

    fn dispatch(&self, name: &str, detail: &JsValue, bubbles: bool, cancelable: bool) -> bool {
        dispatch(&self.element, name, detail, bubbles, cancelable)
    }
}

/// A list of ids for an event's detail.
#[must_use]
pub fn ids(ids: &[Id]) -> JsValue {
    ids.iter().map(|id| JsValue::from_str(id)).collect::<Array>().into()
}

fn problems(count: usize) -> String {
    if count == 1 { "1 problem".to_owned() } else { format!("{count} problems") }
}
