//! How a language counts, and how it says when: `Intl`, with each of its objects made when it is first needed, and once
//! for all feeds of the page. What `Intl` does not know reads as nothing.
//!
//! A page's first `Intl` object takes a slow phone tens of milliseconds, whichever it is. So none is made before the
//! first paint where that can be avoided: see [`may_be_used`].

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use js_sys::Array;
use wasm_bindgen::prelude::*;

use super::{in_js, is_hidden, member, object};
use crate::stamp::{Names, Pattern, Relative};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = getCanonicalLocales, catch)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;

    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(tags: &Array) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn select(this: &PluralRules, number: f64) -> Result<String, JsValue>;

    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(tags: &Array) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, number: f64) -> Result<String, JsValue>;

    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(tags: &Array, options: &JsValue) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> Result<String, JsValue>;

    pub(super) type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    pub(super) fn new(tags: &Array, options: &JsValue) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &DateTimeFormat, time: f64) -> Result<String, JsValue>;
    #[wasm_bindgen(method, js_name = formatToParts, catch)]
    fn format_to_parts(this: &DateTimeFormat, time: f64) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, js_name = resolvedOptions, catch)]
    fn resolved_options(this: &DateTimeFormat) -> Result<JsValue, JsValue>;
}

impl DateTimeFormat {
    /// The part of that type, in what the format makes of the time; empty where there is none.
    pub(super) fn part(&self, time: f64, name: &str) -> String {
        let parts = self.format_to_parts(time).unwrap_or_default();
        let part = parts.iter().find(|part| member(part, "type") == *name);
        part.and_then(|part| member(&part, "value").as_string()).unwrap_or_default()
    }

    /// One of its settings, as the browser understood it.
    pub(super) fn resolved(&self, name: &str) -> Option<String> {
        member(&self.resolved_options().ok()?, name).as_string()
    }
}

/// How many languages are kept for the feeds to come: more than any page has.
const KEPT: usize = 16;

thread_local! {
    static PAINTED: Cell<bool> = const { Cell::new(false) };
    static LANGUAGES: RefCell<Vec<(String, Rc<Language>)>> = const { RefCell::new(Vec::new()) };
}

/// Whether `Intl` may be used: after the first paint with a feed, or where none is to be waited for.
#[must_use]
pub fn may_be_used() -> bool {
    PAINTED.get() || is_hidden()
}

/// Says that there was a paint: from now on `Intl` may be used.
pub fn painted() {
    PAINTED.set(true);
}

/// A language, with what is made for it when it is first needed.
#[derive(Default)]
struct Language {
    tag: String,
    tags: OnceCell<Array>,
    plural: OnceCell<Option<PluralRules>>,
    number: OnceCell<Option<NumberFormat>>,
    now: OnceCell<Option<RelativeTimeFormat>>,
    long: OnceCell<Option<RelativeTimeFormat>>,
    short: OnceCell<Option<RelativeTimeFormat>>,
    date: OnceCell<Option<DateTimeFormat>>,
    words: OnceCell<Vec<String>>,
}

/// A language. A clone is the same one, and so is what is made anew with the same tag.
#[derive(Clone)]
pub struct Locale(Rc<Language>);

impl Locale {
    /// The language of that BCP 47 tag; the reader's own where it is none, since a feed may say anything.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        LANGUAGES.with_borrow_mut(|kept| {
            if let Some((_, language)) = kept.iter().find(|(known, _)| known == tag) {
                return Self(language.clone());
            }
            let language = Rc::new(Language { tag: tag.to_owned(), ..Language::default() });
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push((tag.to_owned(), language.clone()));
            Self(language)
        })
    }

    /// The tag as `Intl` takes it, alone in a list; no tag for the reader's own language.
    pub(super) fn tags(&self) -> &Array {
        self.0.tags.get_or_init(|| canonical_locales(&self.0.tag).unwrap_or_default())
    }

    /// The tag as it was given.
    pub(super) fn given(&self) -> &str {
        &self.0.tag
    }

    /// The tag as `Intl` writes it; empty for the reader's own language.
    #[must_use]
    pub fn tag(&self) -> String {
        self.tags().get(0).as_string().unwrap_or_default()
    }

    /// Which plural a number takes: `zero`, `one`, `two`, `few`, `many` or `other`.
    #[must_use]
    pub fn plural_category(&self, number: f64) -> String {
        let rules = self.0.plural.get_or_init(|| PluralRules::new(self.tags()).ok());
        let category = rules.as_ref().and_then(|rules| rules.select(number).ok());
        category.unwrap_or_else(|| "other".to_owned())
    }

    /// The number as the language writes it: `1,234`; nothing where the browser knows no numbers.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let format = self.0.number.get_or_init(|| NumberFormat::new(self.tags()).ok());
        format.as_ref().and_then(|format| format.format(number).ok()).unwrap_or_default()
    }

    /// Says how long ago something was: "5 minutes ago", "now".
    #[must_use]
    pub fn relative(&self, stamp: Relative) -> String {
        self.ago(stamp, &self.0.long, "long")
    }

    /// The same, shortened where the language has something shorter, for a line that has little room: "10 sec. ago".
    #[must_use]
    pub fn short(&self, stamp: Relative) -> String {
        self.ago(stamp, &self.0.short, "short")
    }

    fn ago(&self, stamp: Relative, counted: &OnceCell<Option<RelativeTimeFormat>>, style: &str) -> String {
        let make = |numeric: &str| {
            let options = object(&[("numeric", numeric.into()), ("style", style.into())]);
            RelativeTimeFormat::new(self.tags(), &options).ok()
        };
        // With numbers always, since "yesterday" may be the day before that; but "now", not "in 0 seconds".
        let format = match stamp.value {
            0 => self.0.now.get_or_init(|| make("auto")),
            _ => counted.get_or_init(|| make("always")),
        };
        #[allow(clippy::cast_precision_loss, reason = "years at most, far below 2^53")]
        let value = stamp.value as f64;
        format.as_ref().and_then(|format| format.format(value, stamp.unit.name()).ok()).unwrap_or_default()
    }

    /// The day as the language writes it in full: `Monday, October 5, 2020`.
    #[must_use]
    pub fn date(&self, day: DateTime<Utc>) -> String {
        let format = self.0.date.get_or_init(|| self.days(&[("dateStyle", "full")]));
        format.as_ref().and_then(|format| format.format(in_js(day)).ok()).unwrap_or_default()
    }

    /// The digits that the language has for dates, and the words too if the pattern holds any, since they are slow to
    /// ask for; English ones where the language says none.
    #[must_use]
    pub fn names(&self, pattern: &Pattern) -> Names {
        let mut names = Names::default();
        if pattern.has_words() {
            let words = self.0.words.get_or_init(|| self.words());
            for (name, word) in names.words.iter_mut().zip(words) {
                if !word.is_empty() {
                    name.clone_from(word);
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

    /// Twelve months and seven weekdays from Monday on, long, then short; the halves of the day.
    fn words(&self) -> Vec<String> {
        let part = |format: &Option<DateTimeFormat>, days: i64, name: &str| {
            format.as_ref().map(|format| format.part(of_2024(days), name)).unwrap_or_default()
        };
        let mut words = Vec::new();
        for style in ["long", "short"] {
            // With its day, a month takes the form that it has in a date ("5 октября"); where that is a mere number
            // ("10月5日"), its own name is meant.
            let dated = self.days(&[("month", style), ("day", "numeric")]);
            let alone = self.days(&[("month", style)]);
            for days in MIDDLES {
                let word = part(&dated, days, "month");
                let is_word = word.chars().any(|char| !char.is_numeric());
                let own = || alone.as_ref()?.format(of_2024(days)).ok();
                words.push(if is_word { word } else { own().unwrap_or_default() });
            }
            let weekdays = self.days(&[("weekday", style)]);
            // 2024 began with a Monday.
            words.extend((0..7).map(|day| part(&weekdays, day, "weekday")));
        }
        let halves = self.days(&[("hour", "numeric"), ("hourCycle", "h12")]);
        for hour in [0.0, 12.0] {
            let half = halves.as_ref().map(|format| format.part(of_2024(0) + hour * HOUR, "dayPeriod"));
            words.push(half.unwrap_or_default());
        }
        words
    }

    /// A format of days in UTC, by the calendar in which feeds are dated, whatever the language's own is.
    fn days(&self, fields: &[(&str, &str)]) -> Option<DateTimeFormat> {
        let fixed = [("timeZone", "UTC"), ("calendar", "gregory")];
        let fields: Vec<_> = fields.iter().chain(&fixed).map(|(name, value)| (*name, (*value).into())).collect();
        DateTimeFormat::new(self.tags(), &object(&fields)).ok()
    }
}

/// A day in the middle of each month of 2024, counted from its first one.
const MIDDLES: [i64; 12] = [14, 45, 74, 105, 135, 166, 196, 227, 258, 288, 319, 349];
/// 2024-01-01T00:00:00Z, in JavaScript's milliseconds.
const START_OF_2024: f64 = 1_704_067_200_000.0;
const HOUR: f64 = 3_600_000.0;

/// A day of 2024 as a JavaScript number.
fn of_2024(days: i64) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "days of a year")]
    let days = days as f64;
    START_OF_2024 + days * 24.0 * HOUR
}
