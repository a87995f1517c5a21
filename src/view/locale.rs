//! The language and the zone in which one feed is shown, and how times and numbers read in them.
//!
//! Before the first paint `Intl` is not asked, since that takes long. What stands in the page by then is English; where
//! that is not what is to be read, the style hides it, and it keeps the room. After the paint all is written anew.

use std::cell::OnceCell;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use crate::config::TimeFormat;
use crate::dom::intl;
use crate::dom::zone::ZoneInfo;
use crate::stamp::{self, Names, Pattern, Relative, Zone};
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
    names: OnceCell<Names>,
    /// whether `Intl` may be asked
    is_final: bool,
}

/// "Monday, October 5, 2020"
const FULL_DATE: &str = "EEEE, MMMM d, yyyy";

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
        let (names, is_final) = (OnceCell::new(), intl::may_be_used());
        Self { lang, dir, words, format, event_zone: None, pattern, zone, intl, names, is_final }
    }

    /// Whether everything reads as it should; otherwise it is to be written anew, by another locale, after a paint.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.is_final
    }

    /// Whether entries' times read as they should; before the first paint they do in English, where the zone has no name
    /// that `Intl` alone knows.
    #[must_use]
    pub fn times_are_final(&self) -> bool {
        let needs_name = self.pattern.has_zone_name() && !self.zone.is_utc();
        let needs_intl = self.format != TimeFormat::Relative && (needs_name || self.pattern.has_words());
        self.is_final || is_plain_english(&self.lang) && !needs_intl
    }

    /// How far back it is, and the moment at which that text changes: "5 minutes ago".
    #[must_use]
    pub fn relative(&self, time: DateTime<Utc>, now: DateTime<Utc>) -> (String, Option<DateTime<Utc>>) {
        let relative: Relative = stamp::relative(now, time);
        let next = relative.next_change;
        (if self.is_final { self.intl.relative(relative) } else { relative.in_english() }, next)
    }

    /// How far away it is, either way, in steps of five seconds: "10 sec. ago"; and when that text changes.
    #[must_use]
    pub fn recent(&self, time: DateTime<Utc>, now: DateTime<Utc>) -> (String, Option<DateTime<Utc>>) {
        let recent = stamp::coarse(now, time);
        (if self.is_final { self.intl.short(recent) } else { recent.in_english() }, recent.next_change)
    }

    /// "18:19 GMT 05.10.2020"
    #[must_use]
    pub fn absolute(&self, time: DateTime<Utc>) -> String {
        let without_name = || Zone { offset: self.zone.offset(time), ..Zone::default() };
        let zone = if self.is_final { self.zone.zone(time) } else { without_name() };
        stamp::absolute(time, &self.pattern, &zone, self.names())
    }

    /// "18:19"
    #[must_use]
    pub fn clock(&self, time: DateTime<Utc>) -> String {
        stamp::clock(time, &Zone { offset: self.zone.offset(time), ..Zone::default() }, self.names())
    }

    /// The date in the zone then.
    #[must_use]
    pub fn day(&self, time: DateTime<Utc>) -> NaiveDate {
        stamp::day(time, self.zone.offset(time))
    }

    /// "Monday, October 5, 2020"
    #[must_use]
    pub fn date(&self, day: NaiveDate) -> String {
        let day = day.and_time(NaiveTime::MIN).and_utc();
        match Pattern::parse(FULL_DATE) {
            Ok(pattern) if !self.is_final => stamp::absolute(day, &pattern, &Zone::default(), &Names::default()),
            _ => self.intl.date(day),
        }
    }

    fn names(&self) -> &Names {
        let names = || if self.is_final { self.intl.names(&self.pattern) } else { Names::default() };
        self.names.get_or_init(names)
    }

    fn number(&self, count: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "counts of entries")]
        let number = |count: usize| self.intl.number(count as f64);
        if self.is_final { number(count) } else { count.to_string() }
    }

    /// "500 of 10,000"
    #[must_use]
    pub fn shown_of(&self, shown: usize, total: usize) -> String {
        fill(&fill(&self.words.shown_of, "shown", &self.number(shown)), "total", &self.number(total))
    }

    /// "3 new updates"
    #[must_use]
    pub fn new_updates(&self, count: usize) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a count of entries")]
        let category = || self.intl.plural_category(count as f64);
        let category = if self.is_final { category() } else { "other".to_owned() };
        self.words.new_updates.text(&category, &self.number(count))
    }
}

/// English, of one country at most: other subtags may ask for other digits.
fn is_plain_english(lang: &str) -> bool {
    let (language, country) = lang.split_once('-').unwrap_or((lang, "US"));
    let is_country = country.len() == "US".len() && country.bytes().all(|byte| byte.is_ascii_alphabetic());
    language.eq_ignore_ascii_case("en") && is_country
}
