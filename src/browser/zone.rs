//! What clocks show in a time zone, as `Intl` knows it.

use std::cell::{OnceCell, RefCell};

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::intl::{DateTimeFormat, Locale, options, part, set_option};
use crate::stamp::{Zone, ZoneCache};
use crate::time::Time;

/// Where English is spoken, and clocks have names of their own. English as such names those of the United States
/// alone; London's summer is "BST" in Britain only, and "GMT+1" elsewhere.
const ENGLISH: [&str; 7] = ["en-GB", "en-US", "en-AU", "en-NZ", "en-IN", "en-ZA", "en-CA"];

/// A time zone, named in some language.
///
/// The default one stands in where the browser knows no zones at all: no offset, and no name.
#[derive(Debug, Default)]
pub struct ZoneInfo {
    offsets: Option<DateTimeFormat>,
    names: Option<DateTimeFormat>,
    iana: Option<String>,
    english: bool,
    /// the zone's names elsewhere, asked where the language itself has none
    elsewhere: [OnceCell<Option<DateTimeFormat>>; ENGLISH.len()],
    cache: RefCell<ZoneCache>,
}

impl ZoneInfo {
    /// The zone of that IANA name; the reader's own if it is `None`.
    ///
    /// # Errors
    /// The browser's, where it knows no such zone.
    pub fn new(iana: Option<&str>, locale: &Locale) -> Result<Self, JsValue> {
        let names = format(iana, locale.tags(), "short")?;
        let english = spoken(&names).is_some_and(|tag| tag == "en" || tag.starts_with("en-"));
        Ok(Self {
            offsets: Some(format(iana, &Array::of1(&"en-US".into()), "longOffset")?),
            names: Some(names),
            iana: iana.map(String::from),
            english,
            elsewhere: [const { OnceCell::new() }; ENGLISH.len()],
            cache: RefCell::default(),
        })
    }

    /// How far its clocks are ahead at that time, and what that is called. `Intl` is asked about days, not about every
    /// time.
    #[must_use]
    pub fn zone(&self, time: Time) -> Zone {
        self.cache.borrow_mut().zone(time, |time| Zone { offset_minutes: self.offset(time), name: self.name(time) })
    }

    fn offset(&self, time: Time) -> i32 {
        part(&self.offsets, time, "timeZoneName").as_deref().and_then(minutes).unwrap_or_default()
    }

    fn name(&self, time: Time) -> String {
        let name = |format| part(format, time, "timeZoneName");
        let own = name(&self.names).unwrap_or_default();
        let best = if self.english && is_offset(&own) {
            self.elsewhere().filter_map(name).find(|name| !is_offset(name)).unwrap_or(own)
        } else {
            own
        };
        // The same clocks, by the name that readers know.
        if best == "UTC" { "GMT".into() } else { best }
    }

    /// Each is made when it is first asked, which for most zones none is.
    fn elsewhere(&self) -> impl Iterator<Item = &Option<DateTimeFormat>> {
        let there = |tag| format(self.iana.as_deref(), &Array::of1(&JsValue::from_str(tag)), "short").ok();
        self.elsewhere.iter().zip(ENGLISH).map(move |(made, tag)| made.get_or_init(|| there(tag)))
    }
}

/// The IANA name of the reader's own zone.
#[must_use]
pub fn reader_zone() -> String {
    let resolved = DateTimeFormat::new(&Array::new(), &options(&[])).and_then(|format| format.resolved_options());
    let zone = resolved.and_then(|resolved| Reflect::get(&resolved, &"timeZone".into()));
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_else(|| "UTC".into())
}

fn format(iana: Option<&str>, tags: &Array, style: &str) -> Result<DateTimeFormat, JsValue> {
    let options = options(&[("timeZoneName", style)]);
    if let Some(iana) = iana {
        set_option(&options, "timeZone", iana);
    }
    DateTimeFormat::new(tags, &options)
}

/// The language that the format speaks.
fn spoken(format: &DateTimeFormat) -> Option<String> {
    Reflect::get(&format.resolved_options().ok()?.into(), &"locale".into()).ok()?.as_string()
}

/// Whether a zone's name is no more than its offset: "GMT+1", "UTC−3".
fn is_offset(name: &str) -> bool {
    name.contains(char::is_numeric)
}

/// Reads "GMT+05:30" and "GMT".
fn minutes(offset: &str) -> Option<i32> {
    /// In an hour.
    const MINUTES: i32 = 60;
    let offset = offset.strip_prefix("GMT")?;
    let Some(digits) = offset.strip_prefix(['+', '-', '−']) else {
        return Some(0);
    };
    let mut numbers = digits.split(':').map(|number| number.parse::<i32>().unwrap_or_default());
    let ahead = numbers.next()? * MINUTES + numbers.next().unwrap_or_default();
    Some(if offset.starts_with('+') { ahead } else { -ahead })
}
