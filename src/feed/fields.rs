//! The members of one JSON object, read by type. Null is as good as missing; a wrong type is a warning with its place.

use chrono::{DateTime, Utc};

use super::Author;
use super::raw::{Kind, Members, Raw};
use crate::error::Error;
use crate::time;

/// Above this a double no longer tells one whole number from the next (`Number.MAX_SAFE_INTEGER`).
pub(super) const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// An object being read, its place in the document, and the list to which warnings go.
pub(super) struct Fields<'a> {
    pub of: Members<'a>,
    pub place: &'a str,
    pub path: String,
    pub warnings: &'a mut Vec<Error>,
}

impl<'a> Fields<'a> {
    pub fn new(of: Members<'a>, place: &'a str, warnings: &'a mut Vec<Error>) -> Self {
        Self { of, place, path: String::new(), warnings }
    }

    pub fn warn(&mut self, key: &str, expected: &'static str, found: Raw<'_>) {
        self.warnings.push(Error::Field {
            place: self.place.to_owned(),
            field: format!("{}{key}", self.path),
            expected,
            found: found.shown(),
        });
    }

    /// A string; an empty one says nothing.
    pub fn text(&mut self, key: &str) -> Option<String> {
        let value = self.of.get(key);
        match value.kind() {
            Kind::Text(text) => Some(text.into_owned()).filter(|text| !text.trim().is_empty()),
            Kind::Null => None,
            _ => {
                self.warn(key, "a string", value);
                None
            }
        }
    }

    /// A string without which the object says nothing.
    pub fn required(&mut self, key: &str) -> Option<String> {
        let value = self.of.get(key);
        match value.kind() {
            Kind::Text(text) if !text.trim().is_empty() => Some(text.into_owned()),
            _ => {
                self.warn(key, "a string", value);
                None
            }
        }
    }

    /// The strings in the member, which is a list.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for item in self.list(key, "a list of strings") {
            match item.kind() {
                Kind::Text(text) => texts.push(text.into_owned()),
                _ => self.warn(key, "a list of strings", item),
            }
        }
        texts
    }

    /// `true` or `false`, which is also what a missing one means.
    pub fn flag(&mut self, key: &str) -> bool {
        let value = self.of.get(key);
        match value.kind() {
            Kind::Bool(flag) => return flag,
            Kind::Null => {}
            _ => self.warn(key, "true or false", value),
        }
        false
    }

    pub fn time(&mut self, key: &str) -> Option<DateTime<Utc>> {
        let value = self.of.get(key);
        let time = match value.kind() {
            Kind::Null => return None,
            Kind::Text(text) => time::parse(&text),
            _ => None,
        };
        if time.is_none() {
            self.warn(key, "an RFC 3339 time", value);
        }
        time
    }

    pub fn number(&mut self, key: &str) -> Option<f64> {
        let value = self.of.get(key);
        match value.kind() {
            Kind::Number(number) if number >= 0.0 && number.is_finite() => return Some(number),
            Kind::Null => {}
            _ => self.warn(key, "a number from 0", value),
        }
        None
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked: whole, not negative, exact")]
    pub fn count(&mut self, key: &str) -> Option<u64> {
        let value = self.of.get(key);
        match value.kind() {
            Kind::Number(number) if (0.0..=MAX_SAFE).contains(&number) && number.fract() == 0.0 => {
                return Some(number as u64);
            }
            Kind::Null => {}
            _ => self.warn(key, "a whole number from 0", value),
        }
        None
    }

    /// One of these names, and what it stands for.
    pub fn choice<T: Copy + Default>(&mut self, key: &str, expected: &'static str, choices: &[(&str, T)]) -> T {
        let value = self.of.get(key);
        let kind = value.kind();
        let known = choices.iter().find(|(name, _)| matches!(&kind, Kind::Text(text) if text == name));
        if known.is_none() && kind != Kind::Null {
            self.warn(key, expected, value);
        }
        known.map(|(_, choice)| *choice).unwrap_or_default()
    }

    /// The member, which is an object.
    pub fn object(&mut self, key: &str) -> Option<Fields<'_>> {
        let value = self.of.get(key);
        if value.is_object() {
            return Some(self.within(value, key));
        }
        if !value.is_null() {
            self.warn(key, "an object", value);
        }
        None
    }

    /// Has `read` look at each object in the member, which is a list.
    pub fn objects<T>(&mut self, key: &str, read: impl Fn(&mut Fields<'_>) -> Option<T>) -> Vec<T> {
        let mut objects = Vec::new();
        for (index, item) in self.list(key, "a list").into_iter().enumerate() {
            if item.is_object() {
                objects.extend(read(&mut self.within(item, &format!("{key}[{index}]"))));
            } else {
                self.warn(key, "a list of objects", item);
            }
        }
        objects
    }

    fn within<'b>(&'b mut self, of: Raw<'b>, key: &str) -> Fields<'b> {
        Fields { of: of.members(), place: self.place, path: format!("{}{key}.", self.path), warnings: self.warnings }
    }

    /// The items of the member; none, and a warning, where it is no list.
    fn list(&mut self, key: &str, expected: &'static str) -> Vec<Raw<'a>> {
        let value = self.of.get(key);
        value.items().unwrap_or_else(|| {
            if !value.is_null() {
                self.warn(key, expected, value);
            }
            Vec::new()
        })
    }

    /// `authors`, or the one `author` of JSON Feed 1.0.
    pub fn authors(&mut self) -> Vec<Author> {
        let read = |at: &mut Fields<'_>| {
            let author = Author { name: at.text("name"), url: at.text("url"), avatar: at.text("avatar") };
            Some(author).filter(|author| *author != Author::default())
        };
        if !self.of.get("authors").is_null() {
            return self.objects("authors", read);
        }
        self.object("author").and_then(|mut author| read(&mut author)).into_iter().collect()
    }
}
