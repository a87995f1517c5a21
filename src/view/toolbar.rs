//! The toolbar: the order switch, the zone switch, pause, and the line that says how fresh the list is.

use chrono::{DateTime, Utc};
use web_sys::Element;

use super::Context;
use crate::config::Order;
use crate::freshness::{Line, Piece};
use crate::nodes::{append, focus, has_focus, set, set_or_remove, show, write};
use crate::words::fill;

/// What stands between the pieces of the line.
const BETWEEN: &str = " · ";

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
    line: Line,
    in_view: bool,
}

impl Toolbar {
    /// Builds the toolbar.
    #[must_use]
    pub fn new(context: &Context) -> Self {
        let nodes = &context.nodes;
        let words = &context.locale.words;
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
        append(&element, [&order, &zone, &pause, &status]);
        Self { element, newest, oldest, zone, pause, status, status_text, retry, line: Line::default(), in_view: false }
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
        if !differs && has_focus(&self.zone) {
            // With the button the focus would fall to the page's beginning.
            focus(&self.newest, false);
        }
        show(&self.zone, differs);
    }

    /// Shows whether updates are held back. Where nothing updates there is nothing to pause.
    pub fn show_pause(&self, context: &Context, paused: bool, updates: bool) {
        let words = &context.locale.words;
        write(&self.pause, if paused { &words.resume } else { &words.pause });
        set_or_remove(&self.pause, "data-paused", paused.then_some(""));
        show(&self.pause, updates || paused);
    }

    /// Says how fresh the list is, from the next tick on; offers to try again.
    pub fn show_status(&mut self, line: Line, retry: bool) {
        if !retry && has_focus(&self.retry) {
            // With the button the focus would fall to the page's beginning.
            focus(&self.newest, false);
        }
        show(&self.retry, retry);
        show(&self.status, line != Line::default());
        self.line = line;
    }

    /// Marks whether it is in view.
    pub fn seen(&mut self, element: &Element, in_view: bool) {
        if *element == self.element {
            self.in_view = in_view;
        }
    }

    /// Writes the line; the moment at which it changes by itself, unless nobody sees it.
    pub fn tick(&self, context: &Context, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let locale = &context.locale;
        let words = &locale.words;
        let mut text = String::new();
        let mut change = None;
        for piece in self.line {
            let Some(piece) = piece else { continue };
            let mut recent = |time: DateTime<Utc>| {
                let (text, next) = locale.recent(time, now);
                change = next;
                text
            };
            let (form, time) = match piece {
                Piece::Live => (&words.live, String::new()),
                Piece::Upcoming => (&words.upcoming, String::new()),
                Piece::Ended => (&words.ended, String::new()),
                Piece::Paused => (&words.paused, String::new()),
                Piece::Offline => (&words.offline, String::new()),
                Piece::Failed => (&words.failed, String::new()),
                Piece::New(count) => (&locale.new_updates(count), String::new()),
                Piece::Since(time) => (&words.stale, locale.clock(time)),
                // Never a time to come for what is past, nor the other way round, whatever a clock says.
                Piece::Checked(time) => (&words.checked, recent(time.min(now))),
                Piece::Again(time) => (&words.again, recent(time.max(now))),
            };
            if !text.is_empty() {
                text += BETWEEN;
            }
            text += &fill(form, "time", &time);
        }
        write(&self.status_text, &text);
        change.filter(|_| self.in_view)
    }
}

fn press(button: &Element, pressed: bool) {
    let pressed = if pressed { "true" } else { "false" };
    if button.get_attribute("aria-pressed").as_deref() != Some(pressed) {
        set(button, "aria-pressed", pressed);
    }
}
