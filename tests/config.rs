//! The attributes as typed values.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/times.rs"]
mod times;

use livefeed::config::{Config, Live, Order, Summary, TimeFormat, ZoneChoice};

use times::{SECOND, millis};

/// A value that each attribute knows and that is not its default.
const KNOWN: &[(&str, &str)] = &[
    ("src", "feed.json"),
    ("format", "live-blog-posting"),
    ("order", "oldest"),
    ("live", "poll"),
    ("interval", "30"),
    ("page-size", "20"),
    ("lang", "ar"),
    ("dir", "rtl"),
    ("time-zone", "reader"),
    ("time-format", "relative"),
    ("time-pattern", "HH:mm"),
    ("summary", "open"),
    ("loading", "lazy"),
    ("image-proxy", "https://img.example/{url}"),
    ("frames", "https://a.example https://b.example"),
    ("storage", "none"),
    ("json-ld", ""),
];

fn set(name: &str, value: &str) -> Config {
    let mut config = Config::default();
    assert_eq!(config.set(name, Some(value)), Ok(()));
    config
}

#[test]
fn every_observed_attribute_is_understood() {
    let names: Vec<&str> = KNOWN.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, Config::ATTRIBUTES);
    for (name, value) in KNOWN {
        assert_ne!(set(name, value), Config::default(), "{name}=\"{value}\" changes nothing");
    }
}

#[test]
fn removing_an_attribute_brings_its_default_back() {
    for (name, value) in KNOWN {
        let mut config = set(name, value);
        assert_eq!(config.set(name, None), Ok(()));
        assert_eq!(config, Config::default(), "{name}");
    }
}

#[test]
fn an_empty_attribute_is_as_good_as_none() {
    for name in Config::ATTRIBUTES.iter().filter(|name| **name != "json-ld") {
        assert_eq!(set(name, " \n"), Config::default(), "{name}");
    }
}

#[test]
fn a_value_that_is_not_known_gives_the_default_and_a_warning_that_says_what_is() {
    let bad = [
        ("order", "random", "order=\"random\" is not known: expected newest, oldest"),
        ("live", "yes", "live=\"yes\" is not known: expected auto, poll, stream, off"),
        ("interval", "soon", "interval=\"soon\" is not known: expected a number of seconds from 5 to 3600"),
        ("interval", "0", "interval=\"0\" is not known: expected a number of seconds from 5 to 3600"),
        ("interval", "-5", "interval=\"-5\" is not known: expected a number of seconds from 5 to 3600"),
        ("interval", "1e999", "interval=\"1e999\" is not known: expected a number of seconds from 5 to 3600"),
        ("interval", "NaN", "interval=\"NaN\" is not known: expected a number of seconds from 5 to 3600"),
        ("page-size", "0", "page-size=\"0\" is not known: expected a whole number from 1"),
        ("page-size", "12.5", "page-size=\"12.5\" is not known: expected a whole number from 1"),
        ("time-format", "long", "time-format=\"long\" is not known: expected both, relative, absolute"),
        ("summary", "closed", "summary=\"closed\" is not known: expected collapsed, open, none"),
        ("loading", "late", "loading=\"late\" is not known: expected eager, lazy"),
        (
            "image-proxy",
            "https://img.example/",
            "image-proxy=\"https://img.example/\" is not known: expected a URL that holds {url}",
        ),
        ("storage", "session", "storage=\"session\" is not known: expected local, none"),
    ];
    for (name, value, warning) in bad {
        let known = KNOWN.iter().find(|(other, _)| *other == name).map_or("", |(_, value)| value);
        let mut config = set(name, known);
        let error = config.set(name, Some(value)).expect_err("a warning");
        assert_eq!((error.to_string().as_str(), error.code()), (warning, "bad-attribute"));
        assert_eq!(config, Config::default(), "{name}");
    }
}

#[test]
fn names_are_known_in_any_case_and_with_blanks_around() {
    assert_eq!(set("order", " Oldest ").order, Order::Oldest);
    assert_eq!(set("format", "AUTO").format, None);
    assert_eq!(set("time-zone", "Feed").time_zone, ZoneChoice::Feed);
    assert_eq!(set("time-zone", "Reader").time_zone, ZoneChoice::Reader);
}

#[test]
fn each_name_has_its_value() {
    assert_eq!(
        ["auto", "poll", "stream", "off"].map(|name| set("live", name).live),
        [Live::Auto, Live::Poll, Live::Stream, Live::Off]
    );
    assert_eq!(
        ["both", "relative", "absolute"].map(|name| set("time-format", name).time_format),
        [TimeFormat::Both, TimeFormat::Relative, TimeFormat::Absolute]
    );
    assert_eq!(
        ["collapsed", "open", "none"].map(|name| set("summary", name).summary),
        [Summary::Collapsed, Summary::Open, Summary::None]
    );
    assert_eq!(["eager", "lazy"].map(|name| set("loading", name).lazy), [false, true]);
    assert_eq!(["local", "none"].map(|name| set("storage", name).storage), [true, false]);
}

#[test]
fn numbers_and_texts_are_read() {
    assert_eq!(set("interval", "7.5").interval, Some(SECOND * 7 + millis(500)));
    assert_eq!(set("page-size", "20").page_size, 20);
    assert_eq!(set("time-zone", "Europe/Prague").time_zone, ZoneChoice::Named("Europe/Prague".to_owned()));
    assert_eq!(
        set("frames", " https://a.example https://b.example ").frames.as_deref(),
        Some("https://a.example https://b.example")
    );
    assert_eq!(set("src", " feed.json ").src.as_deref(), Some("feed.json"));
    assert!(set("json-ld", "").json_ld);
}

#[test]
fn an_interval_is_read_to_the_millisecond_from_digits_and_a_point_alone() {
    for (text, expected) in [("5.", 5_000), (".5", 500), ("7.0019", 7_001), ("007", 7_000)] {
        assert_eq!(set("interval", text).interval, Some(millis(expected)), "{text}");
    }
    for text in ["1.2.3", ".", "+5", "5s", "0.0009", "99999999999999999999"] {
        assert!(Config::default().set("interval", Some(text)).is_err(), "{text}");
    }
}

#[test]
fn an_attribute_of_somebody_else_changes_nothing() {
    assert_eq!(set("class", "wide"), Config::default());
}

#[test]
fn an_order_is_read_back_from_its_name() {
    for order in [Order::Newest, Order::Oldest] {
        assert_eq!(Order::parse(order.name()), Some(order));
    }
    assert_eq!(Order::parse("random"), None);
}
