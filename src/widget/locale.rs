//! Which language and which zone an element is shown in.

use chrono::{DateTime, Utc};

use super::host::Host;
use crate::config::{Config, ZoneChoice};
use crate::dom::zone::ZoneInfo;
use crate::dom::{intl, readers_language};
use crate::error::Error;
use crate::feed::Feed;
use crate::stamp::{DEFAULT_PATTERN, Pattern};
use crate::view::Locale;
use crate::words::{Words, is_right_to_left};

/// The language: the element's own, else the feed's, else the page's, else the reader's.
pub fn language(host: &Host, config: &Config, feed: &Feed) -> String {
    let own = config.lang.clone().or_else(|| feed.language.clone());
    let page = || host.element.closest("[lang]").ok().flatten()?.get_attribute("lang").filter(|lang| !lang.is_empty());
    own.or_else(page).or_else(readers_language).unwrap_or_else(|| "en".to_owned())
}

/// Everything that a language and a zone decide. What can't be used is warned of, and its default is.
pub fn locale(host: &Host, config: &Config, feed: &Feed, lang: &str, words: Words, readers_zone: bool) -> Locale {
    let intl = intl::Locale::new(lang);
    let wanted = if readers_zone { None } else { event_zone(config, feed) };
    let zone = ZoneInfo::new(wanted.as_deref(), &intl).or_else(|_| {
        let value = wanted.clone().unwrap_or_default();
        let expected = "an IANA time zone, such as Europe/London".to_owned();
        host.warn(&[Error::Attribute { name: "time-zone", value, expected }]);
        ZoneInfo::new(None, &intl)
    });
    let pattern = config.time_pattern.as_deref().unwrap_or(DEFAULT_PATTERN);
    let pattern = Pattern::parse(pattern).or_else(|expected| {
        host.warn(&[Error::Attribute { name: "time-pattern", value: pattern.to_owned(), expected }]);
        Pattern::parse(DEFAULT_PATTERN)
    });
    let mut locale = Locale::new(
        lang.to_owned(),
        config.dir.clone().or_else(|| Some(if is_right_to_left(lang) { "rtl" } else { "ltr" }.to_owned())),
        words,
        config.time_format,
        pattern.unwrap_or_default(),
        zone.unwrap_or_default(),
        intl,
    );
    locale.event_zone = event_zone(config, feed);
    locale
}

/// Whether the event's clocks and the reader's show different times now.
pub fn zones_differ(config: &Config, feed: &Feed, now: DateTime<Utc>) -> bool {
    let intl = intl::Locale::new("en");
    let offset = |name: Option<&str>| ZoneInfo::new(name, &intl).ok().map(|zone| zone.offset(now));
    match event_zone(config, feed) {
        Some(name) => offset(Some(&name)).is_some_and(|event| Some(event) != offset(None)),
        None => false,
    }
}

/// The event's zone; the reader's own (`None`) where the element or the feed names no other.
pub fn event_zone(config: &Config, feed: &Feed) -> Option<String> {
    match &config.time_zone {
        ZoneChoice::Feed => feed.time_zone.clone(),
        ZoneChoice::Reader => None,
        ZoneChoice::Named(name) => Some(name.clone()),
    }
}
