//! The toolbar: the order switch, the zone switch, pause, and the line that says how fresh the list is.

use web_sys::Element;

use super::Paper;
use crate::config::Order;
use crate::nodes::{append, set, set_or_remove, show, write};

/// The toolbar's nodes.
pub struct Toolbar {
    element: Element,
    newest: Element,
    oldest: Element,
    zone: Element,
    pause: Element,
    status: Element,
    status_text: Element,
    retry: Element,
}

impl Toolbar {
    /// Builds the toolbar.
    #[must_use]
    pub fn new(paper: &Paper) -> Self {
        let nodes = &paper.nodes;
        let words = &paper.locale.words;
        let element = nodes.part("div", "toolbar");
        let order = nodes.part("div", "order");
        set(&order, "role", "group");
        set(&order, "aria-label", &words.order);
        let newest = nodes.button("", "order-button", Order::Newest.name(), &words.new_first);
        let oldest = nodes.button("", "order-button", Order::Oldest.name(), &words.old_first);
        append(&order, [&newest, &oldest]);
        let zone = nodes.button("zone", "zone-button", "zone", &words.your_time);
        let pause = nodes.button("pause", "pause-button", "pause", &words.pause);
        let status = nodes.part("p", "status");
        let status_text = nodes.plain("span", "status-text");
        let retry = nodes.button("retry", "retry-button", "retry", &words.retry);
        append(&status, [&status_text]);
        let _ = status.append_with_str_1(" ");
        append(&status, [&retry]);
        show(&status, false);
        append(&element, [&order, &zone, &pause, &status]);
        Self { element, newest, oldest, zone, pause, status, status_text, retry }
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Shows the order: the same value that rules the list.
    pub fn show_order(&self, order: Order) {
        press(&self.newest, order == Order::Newest);
        press(&self.oldest, order == Order::Oldest);
    }

    /// Shows whose zone times are in; the switch is there only where the two differ.
    pub fn show_zone(&self, is_readers: bool, differs: bool) {
        press(&self.zone, is_readers);
        show(&self.zone, differs);
    }

    /// Shows whether updates are held back. Where nothing updates there is nothing to pause.
    pub fn show_pause(&self, paper: &Paper, paused: bool, updates: bool) {
        let words = &paper.locale.words;
        write(&self.pause, if paused { &words.resume } else { &words.pause });
        set_or_remove(&self.pause, "data-paused", paused.then_some(""));
        show(&self.pause, updates || paused);
    }

    /// Says how fresh the list is, nothing while all is well; offers to try again.
    pub fn show_status(&self, text: Option<&str>, retry: bool) {
        show(&self.retry, retry);
        write(&self.status_text, text.unwrap_or_default());
        show(&self.status, text.is_some());
    }
}

fn press(button: &Element, pressed: bool) {
    let pressed = if pressed { "true" } else { "false" };
    if button.get_attribute("aria-pressed").as_deref() != Some(pressed) {
        set(button, "aria-pressed", pressed);
    }
}
