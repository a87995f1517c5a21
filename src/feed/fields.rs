//! The members of one JSON object, read by type. Null is as good as missing; a wrong type is a warning with its place.

use super::value::MAX_SAFE;
use super::{Author, Value};
use crate::error::Error;
use crate::time::Time;

/// An object being read, its place in the document, and the list to which warnings go.
pub(super) struct Fields<'a> {
    pub of: &'a Value,
    pub place: &'a str,
    pub path: &'a str,
    pub warnings: &'a mut Vec<Error>,
}

impl Fields<'_> {
    pub fn warn(&mut self, key: &str, expected: &'static str, found: &Value) {
        self.warnings.push(Error::Field {
            place: self.place.to_owned(),
            field: format!("{}{key}", self.path),
            expected,
            found: found.to_string(),
        });
    }

    /// What `read` makes of the member; nothing where it is missing or null, a warning where it makes nothing of it.
    pub fn field<T>(&mut self, key: &str, expected: &'static str, read: impl FnOnce(&Value) -> Option<T>) -> Option<T> {
        let value = self.of.get(key);
        if *value == Value::Null {
            return None;
        }
        let found = read(value);
        if found.is_none() {
            self.warn(key, expected, value);
        }
        found
    }

    /// A string; an empty one says nothing.
    pub fn text(&mut self, key: &str) -> Option<String> {
        self.field(key, "a string", |value| match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        })
        .filter(|text| !text.trim().is_empty())
    }

    /// Strings, each into its place: in a loop, since one call for each would be much code for every page to load.
    pub fn fill(&mut self, places: &mut [(&str, &mut Option<String>)]) {
        for (key, place) in places {
            **place = self.text(key);
        }
    }

    /// A string without which the object says nothing.
    pub fn required(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        // A wrong type has been named already.
        if text.is_none() && matches!(self.of.get(key), Value::Null | Value::Text(_)) {
            self.warn(key, "a string", self.of.get(key));
        }
        text
    }

    /// The strings in the member, which is a list.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        let value = self.of.get(key);
        let items = match value {
            Value::Null => return Vec::new(),
            Value::List(items) => items,
            _ => {
                self.warn(key, "a list of strings", value);
                return Vec::new();
            }
        };
        let mut texts = Vec::new();
        for item in items {
            match item {
                Value::Text(text) => texts.push(text.clone()),
                other => self.warn(key, "a list of strings", other),
            }
        }
        texts
    }

    pub fn flag(&mut self, key: &str) -> bool {
        self.field(key, "true or false", |value| match value {
            Value::Bool(flag) => Some(*flag),
            _ => None,
        })
        .unwrap_or_default()
    }

    pub fn time(&mut self, key: &str) -> Option<Time> {
        self.field(key, "an RFC 3339 time", |value| match value {
            Value::Text(text) => Time::parse(text),
            _ => None,
        })
    }

    pub fn number(&mut self, key: &str) -> Option<f64> {
        self.field(key, "a number from 0", |value| match value {
            Value::Number(number) if *number >= 0.0 && number.is_finite() => Some(*number),
            _ => None,
        })
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked: whole, not negative, exact")]
    pub fn count(&mut self, key: &str) -> Option<u64> {
        self.field(key, "a whole number from 0", |value| match value {
            Value::Number(number) if (0.0..=MAX_SAFE).contains(number) && number.fract() == 0.0 => Some(*number as u64),
            _ => None,
        })
    }

    pub fn choice<T: Copy>(&mut self, key: &str, expected: &'static str, choices: &[(&str, T)]) -> Option<T> {
        self.field(key, expected, |value| match value {
            Value::Text(text) => choices.iter().find(|(name, _)| name == text).map(|&(_, choice)| choice),
            _ => None,
        })
    }

    /// What `read` makes of the member, which is an object.
    pub fn object<T>(&mut self, key: &str, read: impl FnOnce(&mut Fields<'_>) -> T) -> Option<T> {
        let value = self.of.get(key);
        match value {
            Value::Null => None,
            Value::Object(_) => {
                let path = format!("{}{key}.", self.path);
                Some(read(&mut Fields { of: value, place: self.place, path: &path, warnings: self.warnings }))
            }
            _ => {
                self.warn(key, "an object", value);
                None
            }
        }
    }

    /// What `read` makes of each object in the member, which is a list.
    pub fn objects<T>(&mut self, key: &str, mut read: impl FnMut(&mut Fields<'_>) -> Option<T>) -> Vec<T> {
        let value = self.of.get(key);
        let items = match value {
            Value::Null => return Vec::new(),
            Value::List(items) => items,
            _ => {
                self.warn(key, "a list", value);
                return Vec::new();
            }
        };
        let mut objects = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if matches!(item, Value::Object(_)) {
                let path = format!("{}{key}[{index}].", self.path);
                objects.extend(read(&mut Fields { of: item, place: self.place, path: &path, warnings: self.warnings }));
            } else {
                self.warn(key, "a list of objects", item);
            }
        }
        objects
    }

    /// `authors`, or the one `author` of JSON Feed 1.0.
    pub fn authors(&mut self) -> Vec<Author> {
        let read = |at: &mut Fields<'_>| {
            let author = Author { name: at.text("name"), url: at.text("url"), avatar: at.text("avatar") };
            (author != Author::default()).then_some(author)
        };
        if *self.of.get("authors") == Value::Null {
            return self.object("author", read).flatten().into_iter().collect();
        }
        self.objects("authors", read)
    }
}
