//! How a language counts, and how it says when: thin newtypes over `Intl`.

use std::cell::OnceCell;

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;

use crate::stamp::{Names, Pattern, Relative};
use crate::time::{DAY, Time};

/// 2024-01-01, a Monday
const MONDAY: Time = Time(1_704_067_200_000);
/// The middle of a month; so are those that follow it at a month's mean length.
const MID_JANUARY: Time = Time(1_704_067_200_000 + 14 * DAY);
const MONTH: i64 = 30 * DAY + DAY / 2;
/// How far from 1970 a JavaScript `Date` can be.
const END_OF_DATES: i64 = 100_000_000 * DAY;

// js-sys declares these as if they never threw, but every one does for a tag or a zone that it does not know.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Intl, js_name = getCanonicalLocales, catch)]
    fn canonical_locales(tag: &str) -> Result<Array, JsValue>;

    #[derive(Debug)]
    type PluralRules;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array) -> Result<PluralRules, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn select(this: &PluralRules, number: f64) -> Result<String, JsValue>;

    #[derive(Debug)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &NumberFormat, number: f64) -> Result<String, JsValue>;

    #[derive(Debug)]
    type RelativeTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    fn new(locales: &Array, options: &Object) -> Result<RelativeTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn format(this: &RelativeTimeFormat, value: f64, unit: &str) -> Result<String, JsValue>;

    #[derive(Debug)]
    pub(super) type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, catch)]
    pub(super) fn new(locales: &Array, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(super) fn format(this: &DateTimeFormat, millis: f64) -> Result<String, JsValue>;
    #[wasm_bindgen(method, js_name = formatToParts, catch)]
    fn format_to_parts(this: &DateTimeFormat, millis: f64) -> Result<Array, JsValue>;
    #[wasm_bindgen(method, js_name = resolvedOptions, catch)]
    pub(super) fn resolved_options(this: &DateTimeFormat) -> Result<Object, JsValue>;
}

/// A language, with what is made for it once.
#[derive(Debug)]
pub struct Locale {
    tags: Array,
    plural: OnceCell<Option<PluralRules>>,
    number: OnceCell<Option<NumberFormat>>,
}

impl Locale {
    /// The language of that BCP 47 tag; the reader's own where it is none, since a feed may say anything.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let tags = canonical_locales(tag).unwrap_or_default();
        Self { tags, plural: OnceCell::new(), number: OnceCell::new() }
    }

    /// The tag as `Intl` writes it; empty for the reader's own language.
    #[must_use]
    pub fn tag(&self) -> String {
        self.tags.get(0).as_string().unwrap_or_default()
    }

    pub(super) const fn tags(&self) -> &Array {
        &self.tags
    }

    /// Which plural a number takes: `zero`, `one`, `two`, `few`, `many` or `other`.
    #[must_use]
    pub fn plural_category(&self, number: f64) -> String {
        let rules = self.plural.get_or_init(|| PluralRules::new(&self.tags).ok());
        rules.as_ref().and_then(|rules| rules.select(number).ok()).unwrap_or_else(|| "other".into())
    }

    /// The number as the language writes it: `1,234`; nothing where the browser knows no numbers.
    #[must_use]
    pub fn number(&self, number: f64) -> String {
        let format = self.number.get_or_init(|| NumberFormat::new(&self.tags).ok());
        format.as_ref().and_then(|format| format.format(number).ok()).unwrap_or_default()
    }

    /// The day as the language writes it in full: `Monday, October 5, 2020`.
    #[must_use]
    pub fn date(&self, day: Time) -> String {
        let format = self.dates(&[("dateStyle", "full")]);
        format.and_then(|format| format.format(in_js(day)).ok()).unwrap_or_default()
    }

    /// The digits that the language has for dates, and the words too if the pattern holds any, since they are slow to
    /// ask for; English ones where the language says none.
    #[must_use]
    pub fn names(&self, pattern: &Pattern) -> Names {
        let mut names = Names::default();
        if pattern.has_words() {
            self.find_words(&mut names);
        }
        // Chinese numerals, which a tag may ask for, are the only ones that do not follow each other in Unicode.
        let digits: Vec<char> = self.number(90.0).chars().collect();
        if let [nine, zero] = digits.as_slice()
            && u32::from(*nine) == u32::from(*zero) + 9
        {
            names.zero = *zero;
        }
        names
    }

    fn find_words(&self, names: &mut Names) {
        for (style, months, weekdays) in [
            ("long", &mut names.months, &mut names.weekdays),
            ("short", &mut names.months_short, &mut names.weekdays_short),
        ] {
            // With its day, a month takes the form that it has in a date ("5 октября"); where that is a mere number
            // ("10月5日"), its own name is meant.
            let dated = self.dates(&[("month", style), ("day", "numeric")]);
            let alone = self.dates(&[("month", style)]);
            for (index, name) in (0..).zip(months) {
                let day = MID_JANUARY + index * MONTH;
                let word = part(&dated, day, "month").filter(|word| !word.chars().all(char::is_numeric));
                set(name, word.or_else(|| alone.as_ref()?.format(in_js(day)).ok()));
            }
            let format = self.dates(&[("weekday", style)]);
            for (index, name) in (0..).zip(weekdays) {
                set(name, part(&format, MONDAY + index * DAY, "weekday"));
            }
        }
        let halves = self.dates(&[("hour", "numeric"), ("hourCycle", "h12")]);
        set(&mut names.am, part(&halves, MONDAY, "dayPeriod"));
        set(&mut names.pm, part(&halves, MONDAY + DAY / 2, "dayPeriod"));
    }

    /// A format of days in UTC, by the calendar in which feeds are dated, whatever the language's own is.
    fn dates(&self, fields: &[(&str, &str)]) -> Option<DateTimeFormat> {
        let options = options(fields);
        set_option(&options, "timeZone", "UTC");
        set_option(&options, "calendar", "gregory");
        DateTimeFormat::new(&self.tags, &options).ok()
    }
}

/// Says how long ago something was: "5 minutes ago", "now".
#[derive(Debug)]
pub struct RelativeFormat {
    /// with numbers always: a day is "1 day ago", since "yesterday" may be the day before that
    counted: Option<RelativeTimeFormat>,
    /// "now" instead of "in 0 seconds"
    now: Option<RelativeTimeFormat>,
    /// for a line that has little room: "10 sec. ago"
    short: Option<RelativeTimeFormat>,
}

impl RelativeFormat {
    /// In that language.
    #[must_use]
    pub fn new(locale: &Locale) -> Self {
        let format = |name, value| RelativeTimeFormat::new(&locale.tags, &options(&[(name, value)])).ok();
        Self { counted: format("numeric", "always"), now: format("numeric", "auto"), short: format("style", "short") }
    }

    /// The text.
    #[must_use]
    pub fn format(&self, stamp: Relative) -> String {
        self.write(&self.counted, stamp)
    }

    /// The text, shortened where the language has a shorter one.
    #[must_use]
    pub fn short(&self, stamp: Relative) -> String {
        self.write(&self.short, stamp)
    }

    fn write(&self, counted: &Option<RelativeTimeFormat>, stamp: Relative) -> String {
        let format = if stamp.value == 0 { &self.now } else { counted };
        #[allow(clippy::cast_precision_loss, reason = "years at most, far below 2^53")]
        let value = stamp.value as f64;
        format.as_ref().and_then(|format| format.format(value, stamp.unit.name()).ok()).unwrap_or_default()
    }
}

/// The part of that type, in what the format makes of the time.
pub(super) fn part(format: &Option<DateTimeFormat>, time: Time, kind: &str) -> Option<String> {
    let get = |part: &JsValue, key: &str| Reflect::get(part, &key.into()).ok()?.as_string();
    let parts = format.as_ref()?.format_to_parts(in_js(time)).ok()?;
    let part = parts.iter().find(|part| get(part, "type").as_deref() == Some(kind))?;
    get(&part, "value")
}

/// The time as a JavaScript number, held within what a `Date` can be.
pub(super) fn in_js(time: Time) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "a Date's end lies below 2^53")]
    let millis = time.0.clamp(-END_OF_DATES, END_OF_DATES) as f64;
    millis
}

pub(super) fn options(fields: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in fields {
        set_option(&options, name, value);
    }
    options
}

pub(super) fn set_option(options: &Object, name: &str, value: &str) {
    // Fails for frozen objects only, and this one is ours.
    let _ = Reflect::set(options, &name.into(), &value.into());
}

fn set(name: &mut String, found: Option<String>) {
    if let Some(found) = found {
        *name = found;
    }
}
