//! What is remembered between visits, where that is allowed.

use super::window;

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
        self.area()?.get_item(&(PREFIX.to_owned() + key)).ok()?
    }

    /// Remembers a text.
    pub fn set(self, key: &str, text: &str) {
        if let Some(area) = self.area() {
            let _ = area.set_item(&(PREFIX.to_owned() + key), text);
        }
    }

    /// Forgets it.
    pub fn remove(self, key: &str) {
        if let Some(area) = self.area() {
            let _ = area.remove_item(&(PREFIX.to_owned() + key));
        }
    }

    /// Merely to look for the storage throws where it is blocked.
    fn area(self) -> Option<web_sys::Storage> {
        (self == Self::Local).then(|| window().local_storage().ok().flatten())?
    }
}
