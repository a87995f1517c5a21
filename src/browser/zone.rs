//! What clocks show in a time zone, as `Intl` knows it by way of `www/intl.js`.

use std::cell::RefCell;

use chrono::{DateTime, FixedOffset, Utc};
use wasm_bindgen::prelude::*;

use super::intl::{Language, Locale, in_js};
use crate::stamp::{Zone, ZoneCache};

#[wasm_bindgen(module = "/www/intl.js")]
extern "C" {
    #[derive(Debug)]
    #[wasm_bindgen(js_name = Zone)]
    type Clocks;
    #[wasm_bindgen(constructor, js_class = "Zone", catch)]
    fn new(iana: Option<&str>, language: &Language) -> Result<Clocks, JsValue>;
    #[wasm_bindgen(method)]
    fn offset(this: &Clocks, time: f64) -> i32;
    #[wasm_bindgen(method)]
    fn name(this: &Clocks, time: f64) -> String;

    /// The IANA name of the reader's own zone.
    #[wasm_bindgen(js_name = readerZone)]
    pub fn reader_zone() -> String;
}

/// A time zone, named in some language.
///
/// The default one stands in where the browser knows no zones at all: no offset, and no name.
#[derive(Debug, Default)]
pub struct ZoneInfo {
    clocks: Option<Clocks>,
    cache: RefCell<ZoneCache>,
}

impl ZoneInfo {
    /// The zone of that IANA name; the reader's own if it is `None`.
    ///
    /// # Errors
    /// The browser's, where it knows no such zone.
    pub fn new(iana: Option<&str>, locale: &Locale) -> Result<Self, JsValue> {
        Ok(Self { clocks: Some(Clocks::new(iana, &locale.0)?), cache: RefCell::default() })
    }

    /// How far its clocks are ahead at that time, and what that is called. `Intl` is asked about days, not about every
    /// time.
    #[must_use]
    pub fn zone(&self, time: DateTime<Utc>) -> Zone {
        self.cache.borrow_mut().zone(time, &|time| match &self.clocks {
            Some(clocks) => Zone { offset: of_minutes(clocks.offset(in_js(time))), name: clocks.name(in_js(time)) },
            None => Zone { name: String::new(), ..Zone::default() },
        })
    }
}

/// The offset of so many minutes; none where it would be a day or more.
fn of_minutes(minutes: i32) -> FixedOffset {
    const SECONDS: i32 = 60;
    FixedOffset::east_opt(minutes.saturating_mul(SECONDS)).unwrap_or_else(|| Zone::default().offset)
}
