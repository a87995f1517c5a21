//! Whatever a server answers: a document, an event of a stream, an entry of the host's own. Nothing ends it, nothing
//! is lost without a word, and what is left keeps what a feed promises.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use livefeed::check::report;
use livefeed::error::Error;
use livefeed::feed::{Content, Document, Entry, Raw, open, read_entry, read_feed};
use livefeed::markup::scan::{Scanned, scan};
use livefeed::push::Event;
use livefeed::session::{Message, Now, Session};
use livefeed::time::from_millis;

/// What a hub may send.
const EVENTS: [&str; 6] = ["entry", "remove", "feed", "hint", "ping", "no such event"];
/// The longest id that is kept, in bytes.
const MAX_ID: usize = 2_048;
const NOON: Now = Now { time: from_millis(1_601_899_200_000), random: 0.5 };

fuzz_target!(|body: &[u8]| {
    let Ok(text) = std::str::from_utf8(body) else { return };
    assert!(serde_json::from_str::<serde_json::Value>(&report(text, "feed.json")).is_ok(), "a report is JSON");
    for name in EVENTS {
        hear(name, text);
    }
    let Ok(value) = Raw::parse(text) else { return };
    match read_entry(value, "the entry") {
        Ok((entry, warnings)) => {
            assert_sound(&entry);
            warnings.iter().for_each(|warning| assert_told(warning, "the entry"));
        }
        Err(error) => assert_told(&error, "the entry"),
    }
    match read_feed(text) {
        Ok(document) => assert_kept(text, document),
        Err(error) => assert!(value.members().get("items").items().is_none(), "{error}"),
    }
});

fn hear(name: &str, text: &str) {
    match Event::read(name, text) {
        Ok((Event::Entry(entry, _), warnings)) => {
            assert_sound(&entry);
            warnings.iter().for_each(|warning| assert_told(warning, "the event \""));
        }
        Ok((Event::Remove(id, _), warnings)) => assert!(!id.trim().is_empty() && warnings.is_empty()),
        Ok((Event::Feed(_), warnings)) => warnings.iter().for_each(|warning| assert_told(warning, "feed")),
        Ok((Event::Hint | Event::Ping, warnings)) => assert_eq!(warnings, []),
        Err(error) => assert_told(&error, "the event \""),
    }
}

/// Every item is an entry, or was skipped with a reason; and a reader is shown all that are entries.
fn assert_kept(text: &str, document: Document) {
    let items = open("the feed", text).ok().and_then(|top| top.items).expect("a feed has items");
    let skipped = document.warnings.iter().filter(|warning| matches!(warning, Error::Skipped { .. })).count();
    assert_eq!(items.len(), document.entries.len() + skipped, "an item is lost");
    for warning in &document.warnings {
        assert_told(warning, if warning.to_string().starts_with("feed") { "feed" } else { "entry " });
    }
    document.entries.iter().for_each(|entry| assert_sound(entry));
    let ids: BTreeSet<_> = document.entries.iter().map(|entry| entry.id.clone()).collect();
    assert_eq!(ids.len(), document.entries.len(), "an id stands there twice");
    assert!(document.feed.poll_seconds.is_none_or(|seconds| seconds.is_finite() && seconds >= 0.0));

    let shown: BTreeSet<_> =
        document.entries.iter().filter(|entry| !entry.deleted).map(|entry| entry.id.clone()).collect();
    let mut session = Session::new(NOON);
    session.update(Message::Document(document.clone(), None), NOON);
    assert_eq!(session.timeline().order().iter().cloned().collect::<BTreeSet<_>>(), shown);
    let order = session.timeline().order().to_vec();
    session.update(Message::Document(document, None), NOON);
    assert_eq!(session.timeline().order(), order, "the same again changes nothing");
}

fn assert_sound(entry: &Entry) {
    assert!(!entry.id.trim().is_empty() && entry.id.len() <= MAX_ID);
    assert!(entry.deleted || entry.has_something_to_show());
    if let Content::Html(html) = &entry.content
        && let Scanned::Html(safe) = scan(html)
    {
        assert_eq!(scan(&safe), Scanned::Html(safe.clone()), "what was let through is let through again");
    }
}

/// An error is a sentence with its place.
fn assert_told(error: &Error, place: &str) {
    let told = error.to_string();
    assert!(told.starts_with(place), "{told}");
    assert!(!error.code().is_empty());
}
