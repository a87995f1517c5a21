//! An end of the list where there is more: what is being loaded, how far that is, and a button that asks for it.

use web_sys::Element;

use super::Context;
use crate::nodes::{focus, has_focus, show, write};
use crate::pages::Progress;

/// What stands at one end of the list.
pub struct End {
    button: Element,
    text: Element,
}

/// Entries that the feed has, and we don't.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// how far it is with them
    pub progress: Progress,
    /// how many entries are there, of how many
    pub counts: Option<(usize, usize)>,
}

impl End {
    /// An end that says nothing yet; the button does that.
    #[must_use]
    pub fn new(context: &Context, act: &str) -> Self {
        let nodes = &context.nodes;
        let (button, text) = (nodes.button("older", "older-button", act, ""), nodes.text("p", "count", ""));
        show(&button, false);
        show(&text, false);
        Self { button, text }
    }

    /// The nodes, from top to bottom.
    #[must_use]
    pub fn elements(&self) -> [&Element; 2] {
        [&self.button, &self.text]
    }

    /// Says what is missing, and `counts`. The button is there under that name; without one, only to try again.
    pub fn show(
        &self,
        context: &Context,
        list: &Element,
        name: Option<&str>,
        missing: Option<Missing>,
        counts: Option<(usize, usize)>,
    ) {
        let words = &context.locale.words;
        let progress = missing.map(|missing| missing.progress).unwrap_or_default();
        let (said, name) = match progress {
            Progress::Waiting => ("", name),
            Progress::Loading => (&*words.loading, name),
            Progress::Failed => (&*words.not_loaded, Some(&*words.retry)),
        };
        let counts = counts.map(|(shown, total)| context.locale.shown_of(shown, total)).unwrap_or_default();
        let between = if said.is_empty() || counts.is_empty() { "" } else { " " };
        write(&self.text, &format!("{said}{between}{counts}"));
        show(&self.text, !(said.is_empty() && counts.is_empty()));
        write(&self.button, name.unwrap_or_default());
        if name.is_none() && has_focus(&self.button) {
            // With the button the focus would fall to the page's beginning.
            focus(list, false);
        }
        show(&self.button, name.is_some());
    }
}
