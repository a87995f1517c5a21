//! The pure reader: what it reads, what it forgives, and the exact sentence for what it does not.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "in a test a panic is the report, in its helpers too")]

use livefeed::error::Error;
use std::rc::Rc;

use livefeed::feed::{Author, Content, Document, Image, Kind, Known, Raw, Reader, Status, open, read_entry, read_feed};
use livefeed::time::parse;
use serde_json::json;

fn value(json: &serde_json::Value) -> String {
    json.to_string()
}

/// The feed with those items and nothing else.
fn items(items: &serde_json::Value) -> Document {
    read_feed(&value(&json!({ "version": "https://jsonfeed.org/version/1.1", "title": "Harbour day", "items": items })))
        .unwrap()
}

/// The feed whose top level has those members too, over one good entry.
fn top(members: &serde_json::Value) -> Document {
    let mut feed = json!({ "version": "https://jsonfeed.org/version/1.1", "items": [{ "id": "a", "title": "A" }] });
    for (name, member) in members.as_object().unwrap() {
        feed[name] = member.clone();
    }
    read_feed(&value(&feed)).unwrap()
}

fn sentences(document: &Document) -> Vec<String> {
    document.warnings.iter().map(|warning| format!("{}: {warning}", warning.code())).collect()
}

fn ids(document: &Document) -> Vec<&str> {
    document.entries.iter().map(|entry| entry.id.as_ref()).collect()
}

fn refusal(json: &serde_json::Value) -> String {
    let error = read_feed(&value(json)).unwrap_err();
    assert_eq!(error.code(), "not-a-feed");
    error.to_string()
}

const NOT_A_FEED: &str = "this is not a JSON Feed: expected an object with a \"version\" of \
                          \"https://jsonfeed.org/version/1.1\" and a list of \"items\", found ";

#[test]
fn a_document_that_is_no_feed_is_refused_with_what_was_found() {
    for (document, found) in [
        (json!(null), "null"),
        (json!(true), "true"),
        (json!(404), "404"),
        (json!("Not found"), "\"Not found\""),
        (json!([{ "id": "a" }]), "a list"),
        (json!({}), "an empty object"),
        (json!({ "error": "gone" }), "an object with error"),
        (json!({ "a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6 }), "an object with a, b, c, d, e"),
        (json!({ "title": "Harbour day", "items": null }), "an object with items, title"),
        (json!({ "items": { "a": 1 } }), "\"items\" that is an object"),
        (json!({ "items": "none" }), "\"items\" that is \"none\""),
    ] {
        assert_eq!(refusal(&document), format!("{NOT_A_FEED}{found}"));
    }
}

#[test]
fn a_missing_version_is_a_warning_and_the_feed_is_read() {
    let document = read_feed(&value(&json!({ "items": [{ "id": "a", "title": "A" }] }))).unwrap();
    assert_eq!(sentences(&document), ["bad-field: feed: `version` is not \"https://jsonfeed.org/version/1.1\": null"]);
    assert_eq!(ids(&document), ["a"]);
}

#[test]
fn the_top_level_is_read_with_its_extension() {
    let document = top(&json!({
        "title": "Harbour day", "language": "en", "expired": true, "next_url": "2.json",
        "hubs": [{ "type": "EventSource", "url": "/events" }],
        "_livefeed": {
            "status": "upcoming", "time_zone": "Europe/Paris", "updated": "2026-05-01T09:00:00Z", "total": 3,
            "poll_seconds": 0.5, "version": 12, "image": { "url": "lead.jpg", "caption": "The gate", "width": 1600 },
        },
    }));
    assert_eq!(sentences(&document), [""; 0]);
    let feed = document.feed;
    assert_eq!(feed.title.as_deref(), Some("Harbour day"));
    assert_eq!(feed.next_url.as_deref(), Some("2.json"));
    assert_eq!((feed.hubs[0].kind.as_str(), feed.hubs[0].url.as_str()), ("EventSource", "/events"));
    assert_eq!(feed.status, Status::Upcoming);
    assert!(feed.ended(), "expired says so, whatever the status");
    assert_eq!(feed.updated, parse("2026-05-01T09:00:00Z"));
    assert_eq!((feed.total, feed.version, feed.poll_seconds), (Some(3), Some(12), Some(0.5)));
    let caption = Some("The gate".to_owned());
    assert_eq!(feed.image, Some(Image { url: "lead.jpg".into(), caption, width: Some(1600), ..Image::default() }));
}

#[test]
fn a_wrong_type_at_the_top_level_is_named_and_the_default_stands() {
    let document = top(&json!({
        "title": 2026, "expired": "no", "authors": "R. Pellow", "hubs": [{ "type": "EventSource" }, "/events"],
        "_livefeed": { "status": "paused", "updated": "yesterday", "total": -1, "poll_seconds": "15", "version": 1.5 },
    }));
    assert_eq!(
        sentences(&document),
        [
            "bad-field: feed: `title` is not a string: 2026",
            "bad-field: feed: `authors` is not a list: \"R. Pellow\"",
            "bad-field: feed: `expired` is not true or false: \"no\"",
            "bad-field: feed: `hubs[0].url` is not a string: null",
            "bad-field: feed: `hubs` is not a list of objects: \"/events\"",
            "bad-field: feed: `_livefeed.status` is not one of upcoming, live, ended: \"paused\"",
            "bad-field: feed: `_livefeed.updated` is not an RFC 3339 time: \"yesterday\"",
            "bad-field: feed: `_livefeed.total` is not a whole number from 0: -1",
            "bad-field: feed: `_livefeed.poll_seconds` is not a number from 0: \"15\"",
            "bad-field: feed: `_livefeed.version` is not a whole number from 0: 1.5",
        ]
    );
    assert_eq!(document.feed.status, Status::Live);
    assert_eq!(ids(&document), ["a"]);
}

#[test]
fn an_extension_that_is_no_object_is_named_once() {
    let document = top(&json!({ "_livefeed": ["live"] }));
    assert_eq!(sentences(&document), ["bad-field: feed: `_livefeed` is not an object: a list"]);
}

#[test]
fn null_is_as_good_as_missing() {
    let document = top(&json!({ "title": null, "authors": null, "hubs": null, "_livefeed": { "image": null } }));
    assert_eq!(sentences(&document), [""; 0]);
    let document = items(&json!([{ "id": "a", "title": "A", "tags": null, "_livefeed": null }]));
    assert_eq!(sentences(&document), [""; 0]);
}

#[test]
fn an_empty_string_says_nothing_and_else_html_goes_before_text() {
    let document = items(&json!([{ "id": "a", "title": " ", "content_html": "", "content_text": "Text", "url": "" }]));
    assert_eq!(sentences(&document), [""; 0]);
    let entry = &document.entries[0];
    assert_eq!((entry.title.as_deref(), entry.url.as_deref()), (None, None));
    assert_eq!(entry.content, Content::Text("Text".to_owned()));
    let document = items(&json!([{ "id": "a", "content_text": "Text", "content_html": "<p>HTML</p>" }]));
    assert_eq!(document.entries[0].content, Content::Html("<p>HTML</p>".to_owned()));
}

#[test]
fn an_id_that_is_a_number_is_read_as_its_digits() {
    let document = items(&json!([{ "id": 7, "title": "A" }, { "id": 7.5, "title": "B" }, { "id": -1, "title": "C" }]));
    assert_eq!(sentences(&document), [""; 0]);
    assert_eq!(ids(&document), ["7", "7.5", "-1"]);
}

#[test]
fn a_number_and_its_digits_are_the_same_id() {
    let document = items(&json!([{ "id": 7, "title": "A" }, { "id": "7", "title": "B" }]));
    assert_eq!(
        sentences(&document),
        ["entry-skipped: entry 2 was skipped: entry 1 has its id \"7\" too, and is not older"]
    );
}

#[test]
fn a_bad_item_is_skipped_with_its_place_and_the_rest_stands() {
    let document = items(&json!([
        null, "The gates open.", { "language": "en" }, { "id": ["c"], "title": "C" },
        { "id": true, "title": "D" }, { "id": "good", "title": "Good" }, { "id": "bare" },
    ]));
    assert_eq!(
        sentences(&document),
        [
            "entry-skipped: entry 1 was skipped: it is null, not an object",
            "entry-skipped: entry 2 was skipped: it is \"The gates open.\", not an object",
            "entry-skipped: entry 3 was skipped: it has no id",
            "entry-skipped: entry 4 was skipped: its id is a list",
            "entry-skipped: entry 5 was skipped: its id is true",
            "entry-skipped: entry 7 was skipped: it has no title, no content, no image, no embed and no attachment",
        ]
    );
    assert_eq!(ids(&document), ["good"]);
    assert_eq!(document.unreadable.iter().map(AsRef::as_ref).collect::<Vec<_>>(), ["bare"]);
}

#[test]
fn a_huge_id_is_refused_at_the_byte() {
    let longest = "é".repeat(1_024);
    let document = items(&json!([{ "id": longest, "title": "A" }, { "id": format!("{longest}b"), "title": "B" }]));
    assert_eq!(sentences(&document), ["entry-skipped: entry 2 was skipped: its id is longer than 2048 bytes"]);
    assert_eq!(ids(&document), [longest]);
}

#[test]
fn of_two_entries_with_one_id_the_newer_version_is_kept_in_the_place_of_the_first() {
    let document = items(&json!([
        { "id": "a", "title": "Old", "date_published": "2026-05-01T09:00:00Z" },
        { "id": "b", "title": "Other" },
        { "id": "a", "title": "New", "date_modified": "2026-05-01T09:10:00Z" },
        { "id": "a", "title": "Same age", "date_modified": "2026-05-01T09:10:00Z" },
    ]));
    assert_eq!(
        sentences(&document),
        [
            "entry-skipped: entry 1 was skipped: entry 3 has its id \"a\" too, and is newer",
            "entry-skipped: entry 4 was skipped: entry 3 has its id \"a\" too, and is not older",
        ]
    );
    assert_eq!(ids(&document), ["a", "b"]);
    assert_eq!(document.entries[0].title.as_deref(), Some("New"));
}

#[test]
fn the_one_author_of_json_feed_1_0_is_read() {
    let document = items(&json!([{ "id": "a", "title": "A", "author": { "name": "R. Pellow" } }]));
    assert_eq!(sentences(&document), [""; 0]);
    let pellow = Author { name: Some("R. Pellow".to_owned()), ..Author::default() };
    assert_eq!(document.entries[0].authors, [pellow]);
}

#[test]
fn authors_go_before_the_author_and_one_who_says_nothing_is_left_out() {
    let document = items(&json!([{
        "id": "a", "title": "A", "author": { "name": "Old" }, "authors": [{ "name": "New" }, {}, { "name": "" }],
    }]));
    assert_eq!(sentences(&document), [""; 0]);
    let names: Vec<_> = document.entries[0].authors.iter().map(|author| author.name.as_deref()).collect();
    assert_eq!(names, [Some("New")]);
}

#[test]
fn wrong_types_in_an_entry_are_named_and_the_entry_stands() {
    let document = items(&json!([{
        "id": "a", "title": "A", "url": 3, "tags": ["gates", 2, null], "language": false,
        "image": { "url": "gate.jpg" },
        "attachments": [{ "mime_type": "audio/mpeg" }, { "url": "bell.mp3", "size_in_bytes": "20 KB" }],
        "_livefeed": { "kind": "big", "pinned": 1, "image": { "url": ["gate.jpg"] }, "embed": { "url": " " } },
    }]));
    assert_eq!(
        sentences(&document),
        [
            "bad-field: entry 1: `url` is not a string: 3",
            "bad-field: entry 1: `tags` is not a list of strings: 2",
            "bad-field: entry 1: `tags` is not a list of strings: null",
            "bad-field: entry 1: `language` is not a string: false",
            "bad-field: entry 1: `attachments[0].url` is not a string: null",
            "bad-field: entry 1: `attachments[1].size_in_bytes` is not a whole number from 0: \"20 KB\"",
            "bad-field: entry 1: `image` is not a string: an object",
            "bad-field: entry 1: `_livefeed.kind` is not one of key, summary, breaking: \"big\"",
            "bad-field: entry 1: `_livefeed.pinned` is not true or false: 1",
            "bad-field: entry 1: `_livefeed.image.url` is not a string: a list",
            "bad-field: entry 1: `_livefeed.embed.url` is not a string: \" \"",
        ]
    );
    let entry = &document.entries[0];
    assert_eq!(entry.tags, ["gates"]);
    assert_eq!(entry.attachments.len(), 1);
    assert_eq!((entry.kind, entry.pinned, &entry.image, &entry.embed), (None, false, &None, &None));
}

#[test]
fn dates_are_rfc_3339_with_any_offset() {
    let noon = parse("2026-05-01T12:00:00Z");
    for date in
        ["2026-05-01T12:00:00Z", "2026-05-01T12:00:00.000z", "2026-05-01t17:30:00+05:30", " 2026-05-01T12:00:00Z "]
    {
        let document = items(&json!([{ "id": "a", "title": "A", "date_published": date }]));
        assert_eq!(sentences(&document), [""; 0]);
        assert_eq!(document.entries[0].published, noon, "{date}");
    }
}

#[test]
fn an_odd_date_is_named_and_the_entry_has_none() {
    // What is odd, the date, and how it is shown: the same that the tests of whole pages take.
    let dates: Vec<(String, serde_json::Value, String)> =
        serde_json::from_str(include_str!("fixtures/odd-dates.json")).unwrap();
    assert_eq!(dates.len(), 27);
    for (what, date, found) in dates {
        let document = items(&json!([{ "id": "a", "title": "A", "date_published": date }]));
        let expected = format!("bad-field: entry 1: `date_published` is not an RFC 3339 time: {found}");
        assert_eq!(sentences(&document), [expected], "{what}");
        assert_eq!(document.entries[0].published, None, "{what}");
    }
}

#[test]
fn a_hundred_thousand_entries_are_read_and_the_next_one_says_that_no_more_are() {
    let mut list: Vec<_> = (0..100_002).map(|id| json!({ "id": id, "title": "A" })).collect();
    list[7] = json!(null);
    let document = items(&list.into());
    assert_eq!(
        sentences(&document),
        [
            "entry-skipped: entry 8 was skipped: it is null, not an object",
            "entry-skipped: entry 100001 was skipped: no more than 100000 are read, nor is what follows it",
        ]
    );
    assert_eq!(document.entries.len(), 99_999);
    assert_eq!(document.entries.last().unwrap().id.as_ref(), "99999");
}

#[test]
fn of_nothing_but_mistakes_no_more_than_a_thousand_are_told() {
    let document = items(&(0..1_100).map(|_| json!(0)).collect());
    assert_eq!(document.warnings.len(), 1_000);
}

#[test]
fn a_long_value_is_shown_by_its_beginning() {
    let document = items(&json!([{ "id": "a", "title": "A", "date_published": "ä".repeat(100) }]));
    let shown = "ä".repeat(60);
    let expected = format!("bad-field: entry 1: `date_published` is not an RFC 3339 time: \"{shown}…\"");
    assert_eq!(sentences(&document), [expected]);
}

#[test]
fn what_nests_too_deep_is_not_read_and_the_rest_stands() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(100), close.repeat(100));
    let text = format!(
        r#"{{"version": "https://jsonfeed.org/version/1.1", "_other": {}, "items": [
            {{"id": {}, "title": "A"}}, {{"id": "b", "title": "B", "tags": {}}}, {{"id": "c", "title": "C"}}]}}"#,
        nested("[", "]"),
        nested("[", "]"),
        nested("[", "]"),
    );
    let document = read_feed(&text).unwrap();
    assert_eq!(
        sentences(&document),
        [
            "entry-skipped: entry 1 was skipped: its id is a list",
            "bad-field: entry 2: `tags` is not a list of strings: a list",
        ]
    );
    assert_eq!(ids(&document), ["b", "c"]);
}

#[test]
fn every_kind_is_known() {
    for (name, kind) in [("key", Kind::Key), ("summary", Kind::Summary), ("breaking", Kind::Breaking)] {
        let document = items(&json!([{ "id": "a", "title": "A", "_livefeed": { "kind": name } }]));
        assert_eq!(document.entries[0].kind, Some(kind));
    }
}

#[test]
fn an_image_of_ours_goes_before_the_items_own() {
    let document = items(&json!([
        { "id": "a", "image": "plain.jpg" },
        { "id": "b", "image": "plain.jpg", "_livefeed": { "image": { "url": "ours.jpg", "alt": "Ours" } } },
        { "id": "c", "image": "plain.jpg", "_livefeed": { "pinned": true } },
    ]));
    let urls: Vec<_> = document.entries.iter().map(|entry| entry.image.as_ref().unwrap().url.as_str()).collect();
    assert_eq!(urls, ["plain.jpg", "ours.jpg", "plain.jpg"]);
}

#[test]
fn a_tombstone_needs_nothing_but_its_id() {
    let document = items(&json!([{ "id": "a", "_livefeed": { "deleted": true } }]));
    assert_eq!(sentences(&document), [""; 0]);
    assert!(document.entries[0].deleted);
}

#[test]
fn of_a_repeated_member_the_last_one_counts() {
    let text = r#"{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "a", "title": "A", "title": "B"}]}"#;
    let document = read_feed(text).unwrap();
    assert_eq!(document.entries[0].title.as_deref(), Some("B"));
}

#[test]
fn an_entry_on_its_own_is_read_or_refused_with_the_reason() {
    let (entry, warnings) =
        read_entry(Raw::parse(&value(&json!({ "id": "a", "title": "A", "tags": 3 }))).unwrap(), "the entry").unwrap();
    assert_eq!((entry.id.as_ref(), entry.title.as_deref()), ("a", Some("A")));
    assert_eq!(
        warnings.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["the entry: `tags` is not a list of strings: 3"]
    );
    let error = read_entry(Raw::parse(&value(&json!({ "title": "A" }))).unwrap(), "the entry").unwrap_err();
    assert_eq!(error, Error::Skipped { place: "the entry".to_owned(), why: "it has no id".to_owned() });
    assert_eq!(error.to_string(), "the entry was skipped: it has no id");
}

#[test]
fn an_item_without_an_id_takes_its_url_then_its_external_url_then_a_hash_of_its_date_and_content() {
    let advice = "is used; give each entry an id that never changes";
    let document = items(&json!([
        { "url": "https://e.org/1", "external_url": "https://o.org/", "title": "A" },
        { "id": " ", "external_url": "https://o.org/", "title": "B" },
        { "title": "C", "date_published": "2026-05-01T09:00:00Z" },
        { "title": "C", "date_published": "2026-05-01T09:01:00Z" },
    ]));
    assert_eq!(
        sentences(&document),
        [
            format!("no-id: entry 1 has no id: its url {advice}"),
            format!("no-id: entry 2 has no id: its external_url {advice}"),
            format!("no-id: entry 3 has no id: a hash of its date and content {advice}"),
            format!("no-id: entry 4 has no id: a hash of its date and content {advice}"),
        ]
    );
    assert_eq!(ids(&document)[..2], ["https://e.org/1", "https://o.org/"]);
    assert_eq!(ids(&document).len(), 4, "entries of two dates are two");
    // Ids are in addresses that readers keep: they must not depend on when and where a feed is read.
    assert_eq!(ids(&document)[2], "a9ed951ed63585ea");
}

#[test]
fn a_summary_is_shown_where_there_is_no_content_and_a_banner_where_there_is_no_image() {
    let document = items(&json!([
        { "id": "a", "summary": "In short", "banner_image": "wide.jpg", "external_url": "https://o.org/" },
        { "id": "b", "summary": "In short", "content_text": "At length", "banner_image": "wide.jpg", "image": "a.jpg" },
    ]));
    assert_eq!(sentences(&document), [""; 0]);
    let [a, b] = &document.entries[..] else { panic!("two entries") };
    assert_eq!(a.content, Content::Text("In short".to_owned()));
    assert_eq!(a.image.as_ref().map(|image| image.url.as_str()), Some("wide.jpg"));
    assert_eq!(a.external_url.as_deref(), Some("https://o.org/"));
    assert_eq!(b.content, Content::Text("At length".to_owned()));
    assert_eq!(b.image.as_ref().map(|image| image.url.as_str()), Some("a.jpg"));
}

#[test]
fn half_a_character_or_a_number_out_of_range_costs_no_more_than_itself() {
    let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "A\ud800\ud83d\ude00", "items": [
        {"id": "a\udc00", "title": "\\ud800 \ud800x", "_livefeed": {"image": {"url": "a.png", "width": 1e999}}}, {"id": "b", "title": "B"}
    ]}"#;
    let document = read_feed(text).unwrap();
    assert_eq!(document.feed.title.as_deref(), Some("A\u{fffd}😀"));
    assert_eq!(ids(&document), ["a\u{fffd}", "b"]);
    assert_eq!(document.entries[0].title.as_deref(), Some("\\ud800 \u{fffd}x"));
    assert_eq!(
        sentences(&document),
        ["bad-field: entry 1: `_livefeed.image.width` is not a whole number from 0: 1e999"]
    );
}

#[test]
fn an_item_whose_text_is_the_same_is_the_entry_that_is_known() {
    let text = |second: &str| {
        let items = json!([{ "id": "a", "title": "A" }, { "id": "b", "title": second }, { "title": "C" }]);
        json!({ "version": "https://jsonfeed.org/version/1.1", "items": items }).to_string()
    };
    let read = |text: &str, known: Known| {
        let top = open("the feed", text).unwrap();
        let mut reader = Reader::new(&top, known);
        assert!(top.items.iter().flatten().all(|item| reader.item(item)));
        reader.finish()
    };
    let (first, known) = read(&text("B"), Known::default());
    let (second, known) = read(&text("edited"), known);
    assert!(Rc::ptr_eq(&first.entries[0], &second.entries[0]), "what did not change is not read again");
    assert_eq!(second.entries[1].title.as_deref(), Some("edited"));
    // What a warning is about is told each time.
    assert_eq!(sentences(&second), sentences(&first));
    let (third, _) = read(&text("B"), known);
    assert_eq!(third.entries, first.entries);
}
