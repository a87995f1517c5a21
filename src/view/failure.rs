//! The one plain line that stands where a feed could not be shown at all, below the page's own fallback.

use web_sys::{Element, ShadowRoot};

use crate::nodes::{Nodes, append, set, write};
use crate::words::Words;

/// The line, with a button that tries again. It goes when it is dropped.
#[must_use]
pub struct Failure {
    slot: Element,
}

impl Failure {
    /// Puts the line below whatever the shadow root holds. A host may put its own in its place: `slot="error"`.
    pub fn new(nodes: &Nodes, words: &Words, shadow: &ShadowRoot) -> Self {
        let slot = nodes.slot("error");
        let line = nodes.plain("p", "failure");
        set(&line, "part", "error");
        set(&line, "role", "alert");
        let text = nodes.plain("span", "");
        append(&line, [&text]);
        let _ = line.append_with_str_1(" ");
        append(&line, [&nodes.button("retry", "retry-button", "retry", &words.retry)]);
        append(&slot, [&line]);
        append(shadow, [&slot]);
        write(&text, &words.failed);
        Self { slot }
    }
}

impl Drop for Failure {
    fn drop(&mut self) {
        self.slot.remove();
    }
}
