//! What is remembered between visits, where that is allowed.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    fn recall(key: &str) -> Option<String>;
    fn remember(key: &str, text: Option<&str>);
}

/// What every key begins with, since the host's page shares the same storage.
const PREFIX: &str = "live-feed:";

/// Where short texts are remembered. Where the browser refuses (blocked, full, a sandboxed frame), nothing is, and
/// nobody is told: the feed works all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Storage {
    /// in the browser, for this site
    #[default]
    Local,
    /// nowhere, where consent is missing
    None,
}

impl Storage {
    /// What was remembered under that key.
    #[must_use]
    pub fn get(self, key: &str) -> Option<String> {
        if self == Self::Local { recall(&(PREFIX.to_owned() + key)) } else { None }
    }

    /// Remembers a text.
    pub fn set(self, key: &str, text: &str) {
        self.put(key, Some(text));
    }

    /// Forgets it.
    pub fn remove(self, key: &str) {
        self.put(key, None);
    }

    fn put(self, key: &str, text: Option<&str>) {
        if self == Self::Local {
            remember(&(PREFIX.to_owned() + key), text);
        }
    }
}
