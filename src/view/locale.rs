//! The language and the zone in which one feed is shown, and how times and numbers read in them.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::browser::intl;
use crate::browser::zone::ZoneInfo;
use crate::config::TimeFormat;
use crate::stamp::{self, Names, Pattern, Relative};
use crate::words::{Words, fill};

/// A language with its words, a zone with its name, and a pattern.
pub struct Locale {
    /// a BCP 47 tag
    pub lang: String,
    /// `ltr` or `rtl`; `None` leaves it to the page
    pub dir: Option<String>,
    /// the words
    pub words: Words,
    /// which forms of a time are shown
    pub format: TimeFormat,
    /// the IANA name of the event's zone, where one is named, whichever zone times are shown in
    pub event_zone: Option<String>,
    pattern: Pattern,
    zone: ZoneInfo,
    intl: intl::Locale,
    names: Names,
}

impl Locale {
    /// Puts a language and a zone together. `intl` is the language as the browser knows it.
    #[must_use]
    pub fn new(
        lang: String,
        dir: Option<String>,
        words: Words,
        format: TimeFormat,
        pattern: Pattern,
        zone: ZoneInfo,
        intl: intl::Locale,
    ) -> Self {
        let names = intl.names(&pattern);
        Self { lang, dir, words, format, event_zone: None, pattern, zone, intl, names }
    }

    /// How far back it is, and the moment at which that text changes: "5 minutes ago".
    #[must_use]
    pub fn relative(&self, time: DateTime<Utc>, now: DateTime<Utc>) -> (String, Option<DateTime<Utc>>) {
        let relative: Relative = stamp::relative(now, time);
        let next = relative.next_change;
        (self.intl.relative(relative), next)
    }

    /// How far away it is, either way, in steps of five seconds: "10 sec. ago"; and when that text changes.
    #[must_use]
    pub fn recent(&self, time: DateTime<Utc>, now: DateTime<Utc>) -> (String, Option<DateTime<Utc>>) {
        let recent = stamp::coarse(now, time);
        (self.intl.short(recent), recent.next_change)
    }

    /// "18:19 GMT 05.10.2020"
    #[must_use]
    pub fn absolute(&self, time: DateTime<Utc>) -> String {
        stamp::absolute(time, &self.pattern, &self.zone.zone(time), &self.names)
    }

    /// "18:19"
    #[must_use]
    pub fn clock(&self, time: DateTime<Utc>) -> String {
        stamp::clock(time, &self.zone.zone(time), &self.names)
    }

    /// The date in the zone then.
    #[must_use]
    pub fn day(&self, time: DateTime<Utc>) -> NaiveDate {
        stamp::day(time, self.zone.zone(time).offset)
    }

    /// "Monday, October 5, 2020"
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        self.intl.date(day.and_time(NaiveTime::MIN).and_utc())
    }

    /// "500 of 10,000"
    #[must_use]
    pub fn shown_of(&self, shown: usize, total: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "counts of entries")]
        let number = |count: usize| self.intl.number(count as f64);
        fill(&fill(&self.words.shown_of, "shown", &number(shown)), "total", &number(total))
    }

    /// "3 new updates"
    #[must_use]
    pub fn new_updates(&self, count: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a count of entries")]
        let number = count as f64;
        self.words.new_updates.text(&self.intl.plural_category(number), &self.intl.number(number))
    }
}
