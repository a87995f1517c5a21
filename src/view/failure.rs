//! The one plain line that stands where a feed could not be shown at all, below the page's own fallback. What an earlier
//! feed has left goes with it: nobody would hear its buttons.

use web_sys::{Element, ShadowRoot};

use crate::nodes::{Nodes, append, set, write};
use crate::words::Words;

/// The line, with a button that tries again. It goes when it is dropped.
#[must_use]
pub struct Failure {
    slot: Element,
}

impl Failure {
    /// Puts the fallback and the line in the place of whatever the shadow root holds. A host may put its own in its place: `slot="error"`.
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
        shadow.set_text_content(None);
        append(shadow, [&nodes.plain("slot", ""), &slot]);
        write(&text, &words.failed);
        Self { slot }
    }
}

impl Drop for Failure {
    fn drop(&mut self) {
        self.slot.remove();
    }
}
