//! The members of one JSON object, read by type. Null is as good as missing; a wrong type is a warning with its place.
//!
//! What is read is put in its place at once: to be handed back and moved there, it would be twice the code for every page
//! to load.

use super::value::MAX_SAFE;
use super::{Author, Value};
use crate::error::Error;
use crate::time::Time;
use crate::writing;

/// An object being read, its place in the document, and the list to which warnings go.
pub(super) struct Fields<'a> {
    pub of: &'a Value,
    pub place: &'a str,
    pub path: String,
    pub warnings: &'a mut Vec<Error>,
}

impl<'a> Fields<'a> {
    pub fn warn(&mut self, key: &str, expected: &'static str, found: &Value) {
        self.warnings.push(Error::Field {
            place: self.place.to_owned(),
            field: self.path.clone() + key,
            expected,
            found: found.shown(),
        });
    }

    /// A string; an empty one says nothing.
    pub fn text(&mut self, key: &str, to: &mut Option<String>) {
        match self.of.get(key) {
            Value::Text(text) if !text.trim().is_empty() => *to = Some(text.clone()),
            Value::Null | Value::Text(_) => {}
            other => self.warn(key, "a string", other),
        }
    }

    /// A string without which the object says nothing.
    pub fn required(&mut self, key: &str) -> Option<String> {
        match self.of.get(key) {
            Value::Text(text) if !text.trim().is_empty() => Some(text.clone()),
            other => {
                self.warn(key, "a string", other);
                None
            }
        }
    }

    /// The strings in the member, which is a list.
    pub fn texts(&mut self, key: &str, to: &mut Vec<String>) {
        for item in self.list(key, "a list of strings") {
            match item {
                Value::Text(text) => to.push(text.clone()),
                other => self.warn(key, "a list of strings", other),
            }
        }
    }

    pub fn flag(&mut self, key: &str, to: &mut bool) {
        match self.of.get(key) {
            Value::Bool(flag) => *to = *flag,
            Value::Null => {}
            other => self.warn(key, "true or false", other),
        }
    }

    pub fn time(&mut self, key: &str, to: &mut Option<Time>) {
        let value = self.of.get(key);
        if let Value::Text(text) = value {
            *to = Time::parse(text);
        }
        if to.is_none() && !matches!(value, Value::Null) {
            self.warn(key, "an RFC 3339 time", value);
        }
    }

    pub fn number(&mut self, key: &str, to: &mut Option<f64>) {
        match self.of.get(key) {
            Value::Number(number) if *number >= 0.0 && number.is_finite() => *to = Some(*number),
            Value::Null => {}
            other => self.warn(key, "a number from 0", other),
        }
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked: whole, not negative, exact")]
    pub fn count(&mut self, key: &str, to: &mut Option<u64>) {
        match self.of.get(key) {
            Value::Number(number) if (0.0..=MAX_SAFE).contains(number) && number.fract() == 0.0 => {
                *to = Some(*number as u64);
            }
            Value::Null => {}
            other => self.warn(key, "a whole number from 0", other),
        }
    }

    pub fn choice<T: Copy>(&mut self, key: &str, expected: &'static str, choices: &[(&str, T)], to: &mut T) {
        let value = self.of.get(key);
        let known = choices.iter().find(|(name, _)| matches!(value, Value::Text(text) if text == name));
        match known {
            Some((_, choice)) => *to = *choice,
            None if matches!(value, Value::Null) => {}
            None => self.warn(key, expected, value),
        }
    }

    /// The member, which is an object.
    pub fn object(&mut self, key: &str) -> Option<Fields<'_>> {
        let value = self.of.get(key);
        match value {
            Value::Null => None,
            Value::Object(_) => Some(self.within(value, key)),
            _ => {
                self.warn(key, "an object", value);
                None
            }
        }
    }

    /// Has `read` look at each object in the member, which is a list.
    pub fn objects(&mut self, key: &str, read: &mut dyn FnMut(&mut Fields<'_>)) {
        for (index, item) in self.list(key, "a list").iter().enumerate() {
            if matches!(item, Value::Object(_)) {
                let key = key.to_owned() + "[" + &writing::number(index as u64) + "]";
                read(&mut self.within(item, &key));
            } else {
                self.warn(key, "a list of objects", item);
            }
        }
    }

    fn within<'b>(&'b mut self, of: &'b Value, key: &str) -> Fields<'b> {
        Fields { of, place: self.place, path: self.path.clone() + key + ".", warnings: self.warnings }
    }

    /// The items of the member; none, and a warning, where it is no list.
    fn list(&mut self, key: &str, expected: &'static str) -> &'a [Value] {
        let value = self.of.get(key);
        match value {
            Value::List(items) => return items,
            Value::Null => {}
            _ => self.warn(key, expected, value),
        }
        &[]
    }

    /// `authors`, or the one `author` of JSON Feed 1.0.
    pub fn authors(&mut self, to: &mut Vec<Author>) {
        let mut read = |at: &mut Fields<'_>| {
            let mut author = Author::default();
            at.text("name", &mut author.name);
            at.text("url", &mut author.url);
            at.text("avatar", &mut author.avatar);
            if author != Author::default() {
                to.push(author);
            }
        };
        if !matches!(self.of.get("authors"), Value::Null) {
            self.objects("authors", &mut read);
        } else if let Some(mut author) = self.object("author") {
            read(&mut author);
        }
    }
}
