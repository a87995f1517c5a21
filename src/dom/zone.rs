//! What clocks show in a time zone. An offset is asked of `Temporal` or `Date`, which answer sooner than `Intl`; only the
//! zone's name, and in browsers without `Temporal` the offset of a named zone, is `Intl`'s.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, FixedOffset, Offset, Utc};
use js_sys::Date;
use wasm_bindgen::prelude::*;

use super::in_js;
use super::intl::{DateTimeFormat, Locale};
use super::object;
use crate::stamp::{Zone, ZoneCache};

#[wasm_bindgen]
extern "C" {
    type Instant;
    #[wasm_bindgen(static_method_of = Instant, js_namespace = Temporal, js_name = fromEpochMilliseconds, catch)]
    fn at(millis: f64) -> Result<Instant, JsValue>;
    #[wasm_bindgen(method, js_name = toZonedDateTimeISO, catch)]
    fn in_zone(this: &Instant, zone: &str) -> Result<ZonedDateTime, JsValue>;

    type ZonedDateTime;
    #[wasm_bindgen(method, getter, js_name = offsetNanoseconds, catch)]
    fn offset_nanoseconds(this: &ZonedDateTime) -> Result<f64, JsValue>;
}

/// A second, as `Temporal` counts.
const NANOSECONDS: f64 = 1e9;
/// A minute, as `Date` counts.
const SECONDS: f64 = 60.0;
/// The names of the zone whose clocks are never ahead of UTC. It reads as "GMT", by which readers know it.
const UTC: [&str; 6] = ["UTC", "GMT", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Zulu"];

/// Where English is spoken, and clocks have names of their own. English as such names those of the United States alone;
/// London's summer is "BST" in Britain only, and "GMT+1" elsewhere.
const ENGLISH: [&str; 7] = ["en-GB", "en-US", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-CA"];

/// How many zones are kept for the feeds to come: more than any page has.
const KEPT: usize = 16;

thread_local! {
    static ZONES: RefCell<Vec<Rc<Clocks>>> = const { RefCell::new(Vec::new()) };
}

/// The IANA name of the reader's own zone.
#[must_use]
pub fn reader_zone() -> String {
    let format = DateTimeFormat::new(&js_sys::Array::new(), &JsValue::UNDEFINED).ok();
    format.and_then(|format| format.resolved("timeZone")).unwrap_or_else(|| "UTC".to_owned())
}

/// A time zone, named in some language. One that is made anew is the same as before, for all feeds of the page.
///
/// The default one stands in where the browser knows no zones at all: no offset, and no name.
#[derive(Default)]
pub struct ZoneInfo {
    clocks: Option<Rc<Clocks>>,
}

/// Whose clocks.
#[derive(PartialEq)]
enum Place {
    Utc,
    Reader,
    Named(String),
}

struct Clocks {
    place: Place,
    locale: Locale,
    /// without names
    offsets: RefCell<ZoneCache>,
    zones: RefCell<ZoneCache>,
    /// tells offsets, where there is no `Temporal`
    offset: OnceCell<Option<DateTimeFormat>>,
    name: OnceCell<Option<DateTimeFormat>>,
    /// tells its names elsewhere, where the language itself has none; each is made when it is first asked, which for most
    /// zones none is
    elsewhere: [OnceCell<Option<DateTimeFormat>>; ENGLISH.len()],
}

impl ZoneInfo {
    /// The zone of that IANA name; the reader's own if it is `None`.
    ///
    /// # Errors
    /// The browser's, where it knows no such zone.
    pub fn new(iana: Option<&str>, locale: &Locale) -> Result<Self, JsValue> {
        let place = match iana {
            None => Place::Reader,
            Some(name) if UTC.iter().any(|utc| utc.eq_ignore_ascii_case(name)) => Place::Utc,
            Some(name) => Place::Named(name.to_owned()),
        };
        let kept = ZONES.with_borrow(|kept| {
            let same = |clocks: &&Rc<Clocks>| clocks.place == place && clocks.locale.given() == locale.given();
            kept.iter().find(same).cloned()
        });
        if let Some(clocks) = kept {
            return Ok(Self { clocks: Some(clocks) });
        }
        let clocks = Clocks {
            place,
            locale: locale.clone(),
            offsets: RefCell::default(),
            zones: RefCell::default(),
            offset: OnceCell::new(),
            name: OnceCell::new(),
            elsewhere: Default::default(),
        };
        clocks.check()?;
        let clocks = Rc::new(clocks);
        ZONES.with_borrow_mut(|kept| {
            if kept.len() >= KEPT {
                kept.remove(0);
            }
            kept.push(clocks.clone());
        });
        Ok(Self { clocks: Some(clocks) })
    }

    /// Whether its clocks show UTC, so that its name needs no `Intl`.
    #[must_use]
    pub fn is_utc(&self) -> bool {
        self.clocks.as_ref().is_some_and(|clocks| clocks.place == Place::Utc)
    }

    /// How far its clocks are ahead of UTC at that time.
    #[must_use]
    pub fn offset(&self, time: DateTime<Utc>) -> FixedOffset {
        let Some(clocks) = &self.clocks else { return Utc.fix() };
        let ask = |time| Zone { offset: clocks.offset(in_js(time)), name: String::new() };
        clocks.offsets.borrow_mut().zone(time, &ask).offset
    }

    /// How far its clocks are ahead at that time, and what that is called. The browser is asked about days, not about
    /// every time.
    #[must_use]
    pub fn zone(&self, time: DateTime<Utc>) -> Zone {
        let Some(clocks) = &self.clocks else { return Zone { offset: Utc.fix(), name: String::new() } };
        let ask = |time| {
            let time = in_js(time);
            Zone { offset: clocks.offset(time), name: clocks.name(time) }
        };
        clocks.zones.borrow_mut().zone(time, &ask)
    }
}

impl Clocks {
    /// Whether the browser knows the zone.
    fn check(&self) -> Result<(), JsValue> {
        let Place::Named(name) = &self.place else { return Ok(()) };
        // `Temporal` takes whole times for a zone, too.
        let is_name = name.starts_with(|first: char| first.is_ascii_alphabetic());
        match Instant::at(0.0) {
            Ok(instant) if is_name => instant.in_zone(name).map(|_| ()),
            _ => self.format(&self.locale, "short").map(|format| {
                let _ = self.name.set(Some(format));
            }),
        }
    }

    fn format(&self, locale: &Locale, time_zone_name: &str) -> Result<DateTimeFormat, JsValue> {
        let mut options = vec![("timeZoneName", time_zone_name.into())];
        if let Place::Named(name) = &self.place {
            options.push(("timeZone", name.into()));
        }
        DateTimeFormat::new(locale.tags(), &object(&options))
    }

    /// How far its clocks are ahead of UTC at that time.
    fn offset(&self, time: f64) -> FixedOffset {
        let seconds = match &self.place {
            Place::Utc => 0.0,
            Place::Reader => -Date::new(&time.into()).get_timezone_offset() * SECONDS,
            Place::Named(name) => match Instant::at(time).and_then(|instant| instant.in_zone(name)) {
                Ok(zoned) => zoned.offset_nanoseconds().unwrap_or_default() / NANOSECONDS,
                Err(_) => {
                    let english = || self.format(&Locale::new("en-US"), "longOffset").ok();
                    let format = self.offset.get_or_init(english).as_ref();
                    format.map(|format| minutes(&format.part(time, "timeZoneName"))).unwrap_or_default() * SECONDS
                }
            },
        };
        #[allow(clippy::cast_possible_truncation, reason = "a day at most")]
        let seconds = seconds as i32;
        FixedOffset::east_opt(seconds).unwrap_or_else(|| Utc.fix())
    }

    /// What that is called.
    fn name(&self, time: f64) -> String {
        if self.place == Place::Utc {
            return "GMT".to_owned();
        }
        let names = self.name.get_or_init(|| self.format(&self.locale, "short").ok());
        let Some(names) = names else { return String::new() };
        let own = names.part(time, "timeZoneName");
        // The same clocks, by the name that readers know.
        if own == "UTC" { "GMT".to_owned() } else { self.at_home(names, &own, time).unwrap_or(own) }
    }

    /// Its name where it is at home, if English itself says no more than an offset.
    fn at_home(&self, names: &DateTimeFormat, own: &str, time: f64) -> Option<String> {
        let is_offset = |name: &str| name.contains(char::is_numeric);
        if !is_offset(own) || names.resolved("locale")?.split('-').next() != Some("en") {
            return None;
        }
        ENGLISH.iter().zip(&self.elsewhere).find_map(|(tag, format)| {
            let format = format.get_or_init(|| self.format(&Locale::new(tag), "short").ok());
            Some(format.as_ref()?.part(time, "timeZoneName")).filter(|name| !is_offset(name))
        })
    }
}

/// The minutes in "GMT+05:30"; none in "GMT".
fn minutes(offset: &str) -> f64 {
    let Some(sign) = offset.find(['+', '-', '−']) else { return 0.0 };
    let mut numbers = offset.get(sign..).unwrap_or_default().split(|char: char| !char.is_ascii_digit());
    let mut number = || numbers.find(|digits| !digits.is_empty()).and_then(|digits| digits.parse::<u8>().ok());
    let (hours, minutes) = (number().unwrap_or_default(), number().unwrap_or_default());
    let ahead = f64::from(hours) * 60.0 + f64::from(minutes);
    if offset.contains('+') { ahead } else { -ahead }
}
