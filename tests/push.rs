//! When the stream is connected, and what its events say.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "in a test a panic is the report")]

#[path = "support/times.rs"]
mod times;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::error::Error;
use livefeed::feed::{Feed, Hub};
use livefeed::push::{Event, Push, Step};
use livefeed::time::from_millis;
use proptest::prelude::*;

use times::{HOUR, MINUTE, SECOND, millis};

const NOON: DateTime<Utc> = from_millis(43_200_000);
/// The chance that draws the middle.
const EVEN: f64 = 0.5;

fn naming(hubs: &[(&str, &str)]) -> Feed {
    let hub = |(kind, url): &(&str, &str)| Hub { kind: (*kind).to_owned(), url: (*url).to_owned() };
    Feed { hubs: hubs.iter().map(hub).collect(), ..Feed::default() }
}

/// Wanted by an element, of a feed that names no hub yet.
fn of_no_hub() -> Push {
    let mut push = Push::default();
    push.wanted = true;
    push
}

/// Wanted by an element, of a feed that names that hub.
fn wanted(hub: &str) -> Push {
    let mut push = of_no_hub();
    push.aim(&naming(&[("EventSource", hub)]));
    push
}

fn open() -> Push {
    let mut push = wanted("hub");
    push.step(true, NOON);
    push.opened(NOON);
    push
}

fn connect(address: &str) -> Step {
    Step::Connect(address.to_owned())
}

/// How long it waits after so many failures in a row.
fn wait_after(failures: u32, random: f64) -> TimeDelta {
    let mut push = open();
    for _ in 0..failures {
        push.failed(NOON, random);
    }
    push.next(true).map_or(TimeDelta::zero(), |next| next - NOON)
}

fn read(name: &str, json: &str) -> Result<Event, Error> {
    Event::read(name, json).map(|(event, _)| event)
}

/// What is wrong with the fields of an event.
fn warnings(name: &str, json: &str) -> Vec<String> {
    let read = Event::read(name, json);
    read.into_iter().flat_map(|(_, warnings)| warnings).map(|warning| warning.to_string()).collect()
}

#[test]
fn the_first_hub_of_type_event_source_is_connected_at_once() {
    let mut push = of_no_hub();
    assert!(!push.aim(&naming(&[("WebSub", "a"), ("EventSource", "b"), ("EventSource", "c")])));
    assert_eq!(push.step(true, NOON), connect("b"));
    assert!(push.is_up() && !push.is_open());
    push.opened(NOON);
    assert!(push.is_open());
    assert_eq!((push.step(true, NOON + HOUR), push.next(true)), (Step::Stay, None));
}

#[test]
fn without_a_hub_a_wish_or_leave_nothing_is_connected() {
    let mut push = of_no_hub();
    assert!(!push.aim(&naming(&[("WebSub", "a")])));
    assert_eq!((push.has_hub(), push.step(true, NOON), push.next(true)), (false, Step::Stay, None));
    let mut push = wanted("hub");
    assert_eq!((push.step(false, NOON), push.next(false)), (Step::Stay, None));
    push.wanted = false;
    assert_eq!((push.step(true, NOON), push.next(true)), (Step::Stay, None));
}

#[test]
fn what_may_be_open_no_longer_is_closed_and_connected_again_at_once_when_it_may() {
    for mut push in [open(), with_connecting()] {
        assert_eq!(push.step(false, NOON + SECOND), Step::Close);
        assert!(!push.is_up());
        assert_eq!(push.step(true, NOON + SECOND * 2), connect("hub"));
    }
}

fn with_connecting() -> Push {
    let mut push = wanted("hub");
    push.step(true, NOON);
    push
}

#[test]
fn a_hub_that_does_not_answer_in_25_seconds_is_given_up() {
    let mut push = with_connecting();
    assert_eq!(push.next(true), Some(NOON + SECOND * 25));
    assert_eq!(push.step(true, NOON + (SECOND * 25 - millis(1))), Step::Stay);
    assert_eq!(push.step(true, NOON + SECOND * 25), Step::GiveUp);
}

#[test]
fn a_hub_that_has_sent_a_ping_is_given_up_after_a_minute_of_silence() {
    let mut push = open();
    push.heard(NOON, String::new(), true);
    assert_eq!(push.next(true), Some(NOON + MINUTE));
    push.heard(NOON + SECOND * 30, String::new(), false);
    assert_eq!(push.step(true, NOON + (SECOND * 90 - millis(1))), Step::Stay);
    assert_eq!(push.step(true, NOON + SECOND * 90), Step::GiveUp);
}

/// One that was just restarted may accept readers and never tell them anything.
#[test]
fn a_hub_that_has_sent_a_ping_is_given_up_after_a_silent_minute_also_on_a_later_connection() {
    let mut push = open();
    push.heard(NOON, String::new(), true);
    push.failed(NOON, 0.0);
    let next = NOON + SECOND * 5;
    assert_eq!(push.step(true, next), connect("hub"));
    push.opened(next);
    assert_eq!(push.step(true, next + (MINUTE - millis(1))), Step::Stay);
    assert_eq!(push.step(true, next + MINUTE), Step::GiveUp);
}

#[test]
fn another_hub_may_be_silent_again() {
    let mut push = open();
    push.heard(NOON, String::new(), true);
    assert!(push.aim(&naming(&[("EventSource", "other")])));
    assert_eq!(push.step(true, NOON), connect("other"));
    push.opened(NOON);
    assert_eq!(push.next(true), None);
}

#[test]
fn after_failures_the_wait_doubles_from_five_seconds_up_to_five_minutes() {
    let longest = |failures| wait_after(failures, 1.0).num_seconds();
    assert_eq!([1, 2, 3, 4, 5, 6, 7, 50].map(longest), [10, 20, 40, 80, 160, 300, 300, 300]);
    let shortest = |failures| wait_after(failures, 0.0).num_seconds();
    assert_eq!([1, 2, 3, 4, 5, 6, 7, 50].map(shortest), [5, 10, 20, 40, 80, 150, 150, 150]);
}

#[test]
fn a_hub_that_was_never_connected_is_tried_at_most_four_times_in_four_minutes() {
    for random in [0.0, 0.5, 1.0] {
        let mut push = wanted("hub");
        let mut tries = Vec::new();
        let mut now = NOON;
        while now < NOON + HOUR {
            assert_eq!(push.step(true, now), connect("hub"));
            tries.push(now);
            push.failed(now, random);
            now = push.next(true).expect("another try");
        }
        for (try_, fifth) in tries.iter().zip(tries.iter().skip(4)) {
            assert!(*fifth - *try_ > MINUTE * 4, "{tries:?}");
        }
        assert!(tries.len() > 10, "it is not given up for good: {tries:?}");
    }
}

#[test]
fn a_connection_that_lasted_a_minute_is_forgiven_the_failures_before_it() {
    for (lasted, wait) in [(MINUTE, SECOND * 10), (MINUTE - millis(1), SECOND * 20)] {
        let mut push = wanted("hub");
        push.failed(NOON, 1.0);
        push.opened(NOON);
        push.failed(NOON + lasted, 1.0);
        assert_eq!(push.next(true), Some(NOON + lasted + wait));
    }
}

#[test]
fn when_the_network_is_back_nothing_more_is_waited_for() {
    let mut push = wanted("hub");
    push.failed(NOON, EVEN);
    push.network_is_back();
    assert_eq!(push.step(true, NOON), connect("hub"));
}

#[test]
fn a_wait_goes_on_while_the_page_is_hidden() {
    let mut push = wanted("hub");
    push.failed(NOON, 0.0);
    assert_eq!(push.step(false, NOON), Step::Stay);
    assert_eq!(push.step(true, NOON + SECOND), Step::Stay);
    assert_eq!(push.step(true, NOON + SECOND * 5), connect("hub"));
}

#[test]
fn another_hub_is_waited_for_as_if_nothing_had_failed() {
    let mut push = open();
    for _ in 0..5 {
        push.failed(NOON, 0.5);
    }
    push.aim(&naming(&[("EventSource", "other")]));
    push.failed(NOON, 0.5);
    assert_eq!(push.next(true), Some(NOON + millis(7_500)));
}

#[test]
fn another_hub_is_connected_in_the_place_of_the_first_without_its_id() {
    let mut push = open();
    push.heard(NOON, "7".to_owned(), false);
    assert!(!push.aim(&naming(&[("EventSource", "hub")])));
    assert!(push.aim(&naming(&[("EventSource", "other")])));
    assert_eq!(push.step(true, NOON), connect("other"));
}

#[test]
fn the_last_id_goes_along_in_the_address_and_every_other_parameter_stays() {
    for (hub, address) in [
        ("hub", "hub?lastEventID=7%2f%c3%bc%20%26-._~"),
        ("https://a.example/hub?topic=a%20b&x", "https://a.example/hub?topic=a%20b&x&lastEventID=7%2f%c3%bc%20%26-._~"),
    ] {
        let mut push = wanted(hub);
        assert_eq!(push.step(true, NOON), connect(hub));
        push.opened(NOON);
        push.heard(NOON, "7/ü &-._~".to_owned(), false);
        push.heard(NOON, String::new(), true);
        push.failed(NOON, EVEN);
        assert_eq!(push.step(true, NOON + MINUTE), connect(address));
    }
}

#[test]
fn an_entry_is_an_item_of_the_feed_with_the_feeds_version() {
    let event = read("entry", r#"{"id": "a", "title": "A", "_livefeed": {"kind": "key", "version": 7}}"#);
    assert!(matches!(event, Ok(Event::Entry(entry, Some(7))) if &*entry.id == "a" && entry.kind.is_some()));
    assert!(matches!(read("entry", r#"{"id": "a", "title": "A"}"#), Ok(Event::Entry(_, None))));
    assert!(matches!(read("entry", r#"{"id": "a", "_livefeed": {"deleted": true}}"#), Ok(Event::Entry(..))));
}

#[test]
fn a_removal_names_an_id_in_an_object_or_alone() {
    assert_eq!(read("remove", r#"{"id": "a", "_livefeed": {"version": 7}}"#), Ok(Event::Remove("a".into(), Some(7))));
    assert_eq!(read("remove", r#"{"id": 12}"#), Ok(Event::Remove("12".into(), None)));
    assert_eq!(read("remove", r#""a""#), Ok(Event::Remove("a".into(), None)));
}

#[test]
fn a_header_is_a_feed_without_items() {
    let version = r#""version": "https://jsonfeed.org/version/1.1""#;
    let json = format!(r#"{{{version}, "title": "T", "language": 3}}"#);
    assert!(matches!(read("feed", &json), Ok(Event::Feed(feed)) if feed.title.as_deref() == Some("T")));
    assert_eq!(warnings("feed", &json), ["feed: `language` is not a string: 3"]);
}

#[test]
fn what_is_wrong_with_the_fields_of_a_streamed_entry_is_told_like_a_documents() {
    let json = r#"{"id": "a", "title": "A", "date_published": "yesterday", "_livefeed": {"kind": "odd"}}"#;
    assert_eq!(
        warnings("entry", json),
        [
            "the event \"entry\": `date_published` is not an RFC 3339 time: \"yesterday\"",
            "the event \"entry\": `_livefeed.kind` is not one of key, summary, breaking: \"odd\"",
        ]
    );
    assert_eq!(warnings("remove", r#"{"id": "a"}"#), [""; 0]);
}

#[test]
fn a_hint_and_a_ping_say_nothing_else() {
    assert_eq!((read("hint", "1"), read("ping", "{}")), (Ok(Event::Hint), Ok(Event::Ping)));
}

#[test]
fn what_can_not_be_read_is_named_with_its_event_and_the_reason() {
    let why = |name, json| read(name, json).map_err(|error| error.to_string());
    assert_eq!(why("entry", "{}"), Err("the event \"entry\" was skipped: it has no id".to_owned()));
    assert_eq!(why("remove", "{}"), Err("the event \"remove\" was skipped: it has no id".to_owned()));
    assert_eq!(why("feed", "3"), Err("the event \"feed\" was skipped: it is 3, not an object".to_owned()));
}

proptest! {
    #[test]
    fn a_wait_is_spread_over_its_upper_half(failures in 1..20_u32, random in 0.0..1.0) {
        let doubled = (SECOND * 5 * (1 << failures)).min(MINUTE * 5);
        let wait = wait_after(failures, random);
        prop_assert!((doubled / 2..=doubled).contains(&wait), "{wait} of {doubled}");
    }
}
