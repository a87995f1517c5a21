//! What `npx livefeed check` is told of a document.
#![cfg(not(target_arch = "wasm32"))]

use livefeed::check::report;
use serde_json::{Value, json};

fn of(text: &str) -> Value {
    serde_json::from_str(&report(text, "feed.json")).unwrap_or_default()
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    assert_eq!(
        of("{\"version\": \"x\",\n  \"items\": [}"),
        json!({ "error": { "code": "not-json", "message": "feed.json is not JSON: expected value at line 2 column 13" } })
    );
}

#[test]
fn a_page_or_xml_is_told_as_what_it_is() {
    for text in ["<!doctype html>", "\u{feff}\n<?xml version=\"1.0\"?><rss/>"] {
        let message = "feed.json is not JSON: it begins with <, as HTML and XML do";
        assert_eq!(of(text), json!({ "error": { "code": "not-json", "message": message } }));
    }
}

#[test]
fn what_is_no_feed_is_told_in_the_words_of_the_element() {
    let message = "this is not a JSON Feed: expected an object with a \"version\" of \"https://jsonfeed.org/version/1.1\" \
                   and a list of \"items\", found an object with title";
    assert_eq!(of("{\"title\": \"A\"}"), json!({ "error": { "code": "not-a-feed", "message": message } }));
}

#[test]
fn a_feed_is_counted_as_a_reader_sees_it() {
    let text = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": "A",
        "language": "en",
        "expired": true,
        "_livefeed": { "version": 3, "time_zone": "Europe/London", "summary_html": "<p>S</p>" },
        "items": [
            { "id": "1", "content_text": "abc", "date_published": "1970-01-01T00:00:02Z", "_livefeed": { "pinned": true } },
            { "id": "2", "title": "B", "date_published": "1970-01-01T00:00:01Z", "_livefeed": { "kind": "key" } },
            { "id": "3", "image": "a.png" },
            { "id": "4", "_livefeed": { "deleted": true } },
            { "title": "without an id" },
            { "id": "6" }
        ]
    });
    let report = of(&text.to_string());
    assert_eq!(report["feed"]["status"], "ended");
    assert_eq!(report["feed"]["timeZone"], "Europe/London");
    assert_eq!(report["feed"]["standfirst"], true);
    assert_eq!(
        report["entries"],
        json!({
            "shown": 4, "newest": 2000, "oldest": 1000, "pinned": 1, "key": 1, "images": 1, "embeds": 0,
            "attachments": 0, "undated": 2, "removed": 1, "skipped": 1, "longest": 3, "withoutAlt": 1, "withoutSize": 1
        })
    );
    assert_eq!(
        report["warnings"],
        json!([
            {
                "code": "no-id",
                "message": "entry 5 has no id: a hash of its date and content is used; give each entry an id that never changes"
            },
            {
                "code": "entry-skipped",
                "message": "entry 6 was skipped: it has no title, no content, no image, no embed and no attachment"
            }
        ])
    );
}
