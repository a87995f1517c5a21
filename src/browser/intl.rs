//! How a language counts, and how it says when: thin newtypes over `www/intl.js`.

use chrono::{DateTime, Utc};
use wasm_bindgen::prelude::*;

use crate::stamp::{Names, Pattern, Relative};

#[wasm_bindgen(module = "/www/intl.js")]
extern "C" {
    #[derive(Debug)]
    pub(super) type Language;
    #[wasm_bindgen(constructor)]
    fn new(tag: &str) -> Language;
    #[wasm_bindgen(method)]
    fn tag(this: &Language) -> String;
    #[wasm_bindgen(method)]
    fn plural(this: &Language, number: f64) -> String;
    #[wasm_bindgen(method)]
    fn number(this: &Language, number: f64) -> String;
    #[wasm_bindgen(method)]
    fn relative(this: &Language, value: f64, unit: &str, style: &str) -> String;
    #[wasm_bindgen(method)]
    fn date(this: &Language, time: f64) -> String;
    #[wasm_bindgen(method)]
    fn words(this: &Language) -> String;
}

/// A language, with what is made for it once.
#[derive(Debug)]
pub struct Locale(pub(super) Language);

impl Locale {
    /// The language of that BCP 47 tag; the reader's own where it is none, since a feed may say anything.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self(Language::new(tag))
    }

    /// The tag as `Intl` writes it; empty for the reader's own language.
    #[must_use]
    pub fn tag(&self) -> String {
        self.0.tag()
    }

    /// Which plural a number takes: `zero`, `one`, `two`, `few`, `many` or `other`.
    #[must_use]
    pub fn plural_category(&self, number: f64) -> String {
        self.0.plural(number)
    }

    /// The number as the language writes it: `1,234`; nothing where the browser knows no numbers.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        self.0.number(number)
    }

    /// Says how long ago something was: "5 minutes ago", "now".
    #[must_use]
    pub fn relative(&self, stamp: Relative) -> String {
        self.ago(stamp, "long")
    }

    /// The same, shortened where the language has something shorter, for a line that has little room: "10 sec. ago".
    #[must_use]
    pub fn short(&self, stamp: Relative) -> String {
        self.ago(stamp, "short")
    }

    fn ago(&self, stamp: Relative, style: &str) -> String {
        #[allow(clippy::cast_precision_loss, reason = "years at most, far below 2^53")]
        let value = stamp.value as f64;
        self.0.relative(value, stamp.unit.name(), style)
    }

    /// The day as the language writes it in full: `Monday, October 5, 2020`.
    #[must_use]
    pub fn date(&self, day: DateTime<Utc>) -> String {
        self.0.date(in_js(day))
    }

    /// The digits that the language has for dates, and the words too if the pattern holds any, since they are slow to
    /// ask for; English ones where the language says none.
    #[must_use]
    pub fn names(&self, pattern: &Pattern) -> Names {
        let mut names = Names::default();
        if pattern.has_words() {
            for (name, word) in names.words.iter_mut().zip(self.0.words().split('\n')) {
                if !word.is_empty() {
                    word.clone_into(name);
                }
            }
        }
        // Chinese numerals, which a tag may ask for, are the only ones that do not follow each other in Unicode.
        let number = self.number(90.0);
        let mut digits = number.chars();
        if let (Some(nine), Some(zero), None) = (digits.next(), digits.next(), digits.next())
            && u32::from(nine) == u32::from(zero) + 9
        {
            names.zero = zero;
        }
        names
    }
}

/// The time as a JavaScript number; a `Date` can be whatever chrono holds.
pub(super) fn in_js(time: DateTime<Utc>) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a Date's end lies below 2^53")]
    let millis = time.timestamp_millis() as f64;
    millis
}
