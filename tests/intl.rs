//! What `Intl` says, by way of our newtypes.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what the tests share is as much a test as they are")]

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::dom::intl::Locale;
use livefeed::dom::zone::{ZoneInfo, reader_zone};
use livefeed::stamp::{Names, Pattern, Zone, absolute, relative};
use livefeed::time::parse;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn time(text: &str) -> DateTime<Utc> {
    parse(text).unwrap()
}

/// How a time of that age reads in the language. (Some engines keep its words on one line, some do not.)
fn ago(tag: &str, age: TimeDelta) -> String {
    Locale::new(tag).relative(relative(DateTime::UNIX_EPOCH + age, DateTime::UNIX_EPOCH)).replace('\u{a0}', " ")
}

fn minutes(zone: &Zone) -> i32 {
    zone.offset.local_minus_utc() / 60
}

/// The zone's name and offset at noon of that day.
fn zone(iana: &str, tag: &str, day: &str) -> (String, i32) {
    let zone = ZoneInfo::new(Some(iana), &Locale::new(tag)).unwrap().zone(time(&format!("{day}T12:00:00Z")));
    let minutes = minutes(&zone);
    (zone.name, minutes)
}

const SUMMER: &str = "2020-07-05";
const WINTER: &str = "2020-12-05";

#[wasm_bindgen_test]
fn relative_times_are_counted_but_for_now() {
    let (minutes, days) = (TimeDelta::minutes, TimeDelta::days);
    let ages = [minutes(0), minutes(1), minutes(5), TimeDelta::hours(1), days(1), days(40), days(400)];
    let english = ["now", "1 minute ago", "5 minutes ago", "1 hour ago", "1 day ago", "1 month ago", "1 year ago"];
    assert_eq!(ages.map(|age| ago("en", age)), english);
    assert_eq!(ages.map(|age| ago("de", age))[..3], ["jetzt", "vor 1 Minute", "vor 5 Minuten"]);
    assert_eq!(ages.map(|age| ago("fr", age))[..3], ["maintenant", "il y a 1 minute", "il y a 5 minutes"]);
    assert_eq!(ago("ar-EG", minutes(0)), "الآن");
    assert_eq!(ago("ar-EG", minutes(5)), "قبل ٥ دقائق");
}

#[wasm_bindgen_test]
fn london_has_its_own_name_for_summer_in_any_english() {
    for tag in ["en", "en-GB", "en-US"] {
        assert_eq!(zone("Europe/London", tag, SUMMER), ("BST".into(), 60), "{tag}");
        assert_eq!(zone("Europe/London", tag, WINTER), ("GMT".into(), 0), "{tag}");
    }
}

#[wasm_bindgen_test]
fn zones_go_by_the_name_they_have_at_home() {
    let names = [
        ("America/New_York", "EDT", -240),
        ("America/Los_Angeles", "PDT", -420),
        ("Europe/Berlin", "CEST", 120),
        ("Europe/Athens", "EEST", 180),
        ("Australia/Sydney", "AEST", 600),
        ("Pacific/Auckland", "NZST", 720),
        ("Asia/Kolkata", "IST", 330),
        ("Africa/Johannesburg", "SAST", 120),
        ("America/Halifax", "ADT", -180),
        ("Asia/Tokyo", "GMT+9", 540),
        ("Asia/Yangon", "GMT+6:30", 390),
    ];
    for (iana, name, offset) in names {
        assert_eq!(zone(iana, "en-GB", SUMMER), (name.into(), offset), "{iana}");
        assert_eq!(zone(iana, "en", SUMMER), (name.into(), offset), "{iana}");
    }
}

#[wasm_bindgen_test]
fn utc_reads_as_gmt() {
    for iana in ["UTC", "Etc/UTC", "Etc/GMT", "GMT", "utc"] {
        for tag in ["en", "en-GB", "de", "fr"] {
            assert_eq!(zone(iana, tag, SUMMER), ("GMT".into(), 0), "{iana} in {tag}");
        }
    }
}

#[wasm_bindgen_test]
fn other_languages_keep_their_own_names() {
    assert_eq!(zone("Europe/Berlin", "de", SUMMER), ("MESZ".into(), 120));
    assert_eq!(zone("Europe/Berlin", "de", WINTER), ("MEZ".into(), 60));
    assert_eq!(zone("America/St_Johns", "fr", WINTER).1, -210);
}

#[wasm_bindgen_test]
fn a_zone_changes_at_the_very_second() {
    let zone = ZoneInfo::new(Some("Europe/London"), &Locale::new("en")).unwrap();
    let change = time("2020-10-25T01:00:00Z");
    let at = |time| absolute(time, &Pattern::default(), &zone.zone(time), &Names::default());
    assert_eq!(at(change - TimeDelta::milliseconds(1)), "01:59 BST 25.10.2020");
    assert_eq!(at(change), "01:00 GMT 25.10.2020");
}

#[wasm_bindgen_test]
fn half_hours_count() {
    // Lord Howe Island puts its clocks forward by thirty minutes, at 15:30 UTC.
    let zone = ZoneInfo::new(Some("Australia/Lord_Howe"), &Locale::new("en")).unwrap();
    let change = time("2020-10-03T15:30:00Z");
    assert_eq!(
        [zone.zone(change - TimeDelta::milliseconds(1)), zone.zone(change)].map(|zone| minutes(&zone)),
        [630, 660]
    );
}

#[wasm_bindgen_test]
fn a_zone_that_is_none_is_an_error() {
    for iana in ["Europe/Atlantis", "", "BST+5", "\u{0}"] {
        assert!(ZoneInfo::new(Some(iana), &Locale::new("en")).is_err(), "{iana}");
    }
}

#[wasm_bindgen_test]
fn without_a_name_the_zone_is_the_readers() {
    let locale = Locale::new("en");
    let (own, named) = (ZoneInfo::new(None, &locale).unwrap(), ZoneInfo::new(Some(&reader_zone()), &locale).unwrap());
    for day in [SUMMER, WINTER] {
        let noon = time(&format!("{day}T12:00:00Z"));
        assert_eq!(own.zone(noon), named.zone(noon));
    }
}

#[wasm_bindgen_test]
fn times_beyond_what_a_date_can_be_are_no_trap() {
    let zone = ZoneInfo::new(Some("Europe/London"), &Locale::new("en")).unwrap();
    let _ = [zone.zone(DateTime::<Utc>::MAX_UTC), zone.zone(DateTime::<Utc>::MIN_UTC)];
}

#[wasm_bindgen_test]
fn a_language_that_is_none_is_the_readers_own() {
    for tag in ["", "no_such-tag!", "english please", "x", "de_DE", "\u{0}"] {
        let locale = Locale::new(tag);
        assert_eq!(locale.tag(), "", "{tag}");
        assert_eq!(locale.number(0.0).chars().count(), 1);
        assert_ne!(locale.relative(relative(DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH)), "");
        assert!(ZoneInfo::new(Some("Europe/London"), &locale).is_ok());
        assert_eq!(locale.names(&Pattern::default()).zero.to_string(), locale.number(0.0));
    }
    assert_eq!(Locale::new("EN-gb").tag(), "en-GB");
}

#[wasm_bindgen_test]
fn plurals_are_those_of_the_language() {
    let categories = |tag: &str, numbers: [f64; 4]| numbers.map(|number| Locale::new(tag).plural_category(number));
    assert_eq!(categories("en", [0.0, 1.0, 2.0, 5.0]), ["other", "one", "other", "other"]);
    assert_eq!(categories("fr", [0.0, 1.0, 2.0, 5.0]), ["one", "one", "other", "other"]);
    assert_eq!(categories("ru", [1.0, 2.0, 5.0, 21.0]), ["one", "few", "many", "one"]);
    assert_eq!(categories("ar", [0.0, 1.0, 2.0, 3.0]), ["zero", "one", "two", "few"]);
}

#[wasm_bindgen_test]
fn numbers_are_those_of_the_language() {
    let numbers = ["en", "de", "ar-EG"].map(|tag| Locale::new(tag).number(1_234.0));
    assert_eq!(numbers, ["1,234", "1.234", "١٬٢٣٤"]);
}

#[wasm_bindgen_test]
fn english_names_are_the_default_ones() {
    // British English shortens September to "Sept".
    assert_eq!(Locale::new("en-US").names(&Pattern::parse("MMMM").unwrap()), Names::default());
}

#[wasm_bindgen_test]
fn names_are_those_of_the_language() {
    let long = Pattern::parse("EEEE d MMMM yyyy h:mm a").unwrap();
    let short = Pattern::parse("EEE dd. MMM").unwrap();
    let evening = time("2020-10-05T18:19:00Z");
    let written = |tag: &str, pattern: &Pattern| {
        absolute(evening, pattern, &livefeed::stamp::Zone::default(), &Locale::new(tag).names(pattern))
    };
    assert_eq!(written("de", &long), "Montag 5 Oktober 2020 6:19 PM");
    assert_eq!(written("fr", &long), "lundi 5 octobre 2020 6:19 PM");
    assert_eq!(written("ru", &long), "понедельник 5 октября 2020 6:19 PM");
    assert_eq!(written("ar-EG", &long), "الاثنين ٥ أكتوبر ٢٠٢٠ ٦:١٩ م");
    assert_eq!(written("de", &short), "Mo 05. Okt.");
    assert_eq!(Locale::new("ja").names(&long).words[9], "10月");
    // Dated by the Gregorian calendar, also where the language's own is another.
    assert_eq!(Locale::new("fa-IR").names(&long).words[9], "اکتبر");
    assert_eq!(Locale::new("th").names(&long).words[0], "มกราคม");
    // The default pattern holds digits alone, so nothing else is asked for.
    assert_eq!(Locale::new("ar-EG").names(&Pattern::default()), Names { zero: '٠', ..Names::default() });
    // Chinese numerals do not follow each other in Unicode.
    assert_eq!(Locale::new("zh-u-nu-hanidec").names(&long).zero, '0');
}

#[wasm_bindgen_test]
fn a_day_is_written_in_full_by_the_calendar_in_which_feeds_are_dated() {
    let day = time("2020-10-05T00:00:00Z");
    let dates = ["en", "de", "fa"].map(|tag| Locale::new(tag).date(day));
    assert_eq!(dates, ["Monday, October 5, 2020", "Montag, 5. Oktober 2020", "دوشنبه ۵ اکتبر ۲۰۲۰"]);
}

#[wasm_bindgen_test]
fn english_reads_the_same_without_intl() {
    for tag in ["en", "en-GB", "en-US", "en-AU", "en-CA", "en-IE", "en-IN", "en-NZ", "en-ZA"] {
        for minutes in [0, 1, 5, 60, 180, 1_440, 2_880, 57_600, 144_000, 576_000, 1_296_000] {
            let age = TimeDelta::minutes(minutes);
            let english = relative(DateTime::UNIX_EPOCH + age, DateTime::UNIX_EPOCH).in_english();
            assert_eq!(ago(tag, age), english, "{tag}");
        }
    }
}

/// What a script gives while some of the page's globals are something else.
fn with<T>(replace: &str, restore: &str, act: impl FnOnce() -> T) -> T {
    js_sys::eval(replace).unwrap();
    let result = act();
    js_sys::eval(restore).unwrap();
    result
}

/// The offsets in New York's summer and winter, and across the very second of a change in London. Each language is asked
/// once a page, so every test takes one of its own.
fn offsets(tag: &str) -> [i32; 4] {
    let zone = |iana| ZoneInfo::new(Some(iana), &Locale::new(tag)).unwrap();
    let change = time("2020-10-25T01:00:00Z");
    let (new_york, london) = (zone("America/New_York"), zone("Europe/London"));
    let at = |zone: &ZoneInfo, time| zone.offset(time).local_minus_utc() / 60;
    let noon = |day: &str| at(&new_york, time(&format!("{day}T12:00:00Z")));
    [noon(SUMMER), noon(WINTER), at(&london, change - TimeDelta::milliseconds(1)), at(&london, change)]
}

const OFFSETS: [i32; 4] = [-240, -300, 60, 0];

#[wasm_bindgen_test]
fn offsets_need_no_intl_where_there_is_temporal() {
    if js_sys::eval("'Temporal' in globalThis").unwrap().is_truthy() {
        let restore = "globalThis.Intl = keptIntl";
        let found = with("globalThis.keptIntl = Intl; delete globalThis.Intl", restore, || offsets("sv-SE"));
        assert_eq!(found, OFFSETS);
    }
}

#[wasm_bindgen_test]
fn offsets_are_the_same_without_temporal() {
    let hide = "globalThis.keptTemporal = globalThis.Temporal; delete globalThis.Temporal";
    let restore = "if (keptTemporal) globalThis.Temporal = keptTemporal";
    assert_eq!(with(hide, restore, || offsets("sv-FI")), OFFSETS);
    let atlantis = || ZoneInfo::new(Some("Europe/Atlantis"), &Locale::new("sv-FI")).is_err();
    assert!(with(hide, restore, atlantis));
}

#[wasm_bindgen_test]
fn utc_and_the_readers_own_offset_need_neither() {
    let hide = "globalThis.kept = [Intl, globalThis.Temporal]; delete globalThis.Intl; delete globalThis.Temporal";
    let restore = "[globalThis.Intl, globalThis.Temporal] = kept; if (!kept[1]) delete globalThis.Temporal";
    let noon = time("2020-07-05T12:00:00Z");
    let found = with(hide, restore, || {
        let locale = Locale::new("sv-AX");
        let zone = |iana| ZoneInfo::new(iana, &locale).unwrap();
        (zone(Some("UTC")).zone(noon), zone(None).offset(noon))
    });
    let named = ZoneInfo::new(Some(&reader_zone()), &Locale::new("sv-AX")).unwrap();
    assert_eq!(found, (Zone::default(), named.offset(noon)));
}

#[wasm_bindgen_test]
fn what_a_language_needs_is_made_once_for_all_feeds() {
    let count = "globalThis.made = []; globalThis.kept = {};
        for (const name of ['DateTimeFormat', 'NumberFormat', 'PluralRules', 'RelativeTimeFormat']) {
          kept[name] = Intl[name];
          Intl[name] = new Proxy(Intl[name], { construct(of, given) { made.push(name); return new of(...given); } });
        }";
    let start = DateTime::UNIX_EPOCH;
    let made = with(count, "Object.assign(Intl, kept)", || {
        for _ in 0..2 {
            let locale = Locale::new("nb-NO");
            let said = locale.relative(relative(start + TimeDelta::hours(1), start));
            let zone = ZoneInfo::new(Some("Europe/Oslo"), &locale).unwrap().zone(start);
            let counted = locale.plural_category(1.0);
            let (date, names) = (locale.date(start), locale.names(&Pattern::default()));
            assert_eq!((&*said, &*counted, names.zero), ("for 1 time siden", "one", '0'));
            assert_eq!((&*date, minutes(&zone)), ("torsdag 1. januar 1970", 60));
        }
        js_sys::eval("made.sort().join()").unwrap().as_string().unwrap()
    });
    let offset = if js_sys::eval("'Temporal' in globalThis").unwrap().is_truthy() { "" } else { "DateTimeFormat," };
    assert_eq!(made, format!("{offset}DateTimeFormat,DateTimeFormat,NumberFormat,PluralRules,RelativeTimeFormat"));
}
