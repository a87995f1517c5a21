//! What a publisher wants to know of a document: what a reader will see of it, and what is wrong with it. Read by the
//! very reader of the element; for `npx livefeed check`, which has its own WebAssembly. No page loads this.

use std::rc::Rc;

use serde_json::{Value as Json, json};

use crate::error::Error;
use crate::feed::{Content, Document, Entry, Feed, Kind, Status, read_feed};

/// What somebody hands over by mistake: the page that shows a feed, or a feed of another kind.
const MARKUP: &str = "it begins with <, as HTML and XML do";

/// The report, as JSON: `{"error": {code, message}}`, or what is in the feed, and a list of `warnings`.
#[must_use]
pub fn report(text: &str, name: &str) -> String {
    let text = text.trim_start_matches('\u{feff}');
    let document = read_feed(text).map_err(|error| match error {
        Error::NotJson { .. } => {
            let is_markup = text.trim_start().starts_with('<');
            let why = if is_markup {
                MARKUP.to_owned()
            } else {
                serde_json::from_str::<Json>(text).map_or_else(|error| error.to_string(), |_| String::new())
            };
            json!({ "code": "not-json", "message": format!("{name} is not JSON: {why}") })
        }
        error => problem(&error),
    });
    let report = match document {
        Ok(document) => contents(&document),
        Err(error) => json!({ "error": error }),
    };
    report.to_string()
}

fn problem(error: &Error) -> Json {
    json!({ "code": error.code(), "message": error.to_string() })
}

fn contents(document: &Document) -> Json {
    let entries: Vec<&Entry> = document.entries.iter().map(Rc::as_ref).filter(|entry| !entry.deleted).collect();
    let count = |test: &dyn Fn(&Entry) -> bool| entries.iter().filter(|entry| test(entry)).count();
    let times = || entries.iter().filter_map(|entry| entry.published);
    json!({
        "feed": header(&document.feed),
        "entries": {
            "shown": entries.len(),
            "newest": times().max().map(|time| time.timestamp_millis()),
            "oldest": times().min().map(|time| time.timestamp_millis()),
            "pinned": count(&|entry| entry.pinned),
            "key": count(&|entry| entry.kind == Some(Kind::Key)),
            "images": count(&|entry| entry.image.is_some()),
            "embeds": count(&|entry| entry.embed.is_some()),
            "attachments": count(&|entry| !entry.attachments.is_empty()),
            "undated": count(&|entry| entry.published.is_none()),
            "removed": document.entries.len() - entries.len(),
            "skipped": document.warnings.iter().filter(|warning| matches!(warning, Error::Skipped { .. })).count(),
            "longest": entries.iter().map(|entry| length(&entry.content)).max(),
            "withoutAlt": count(&|entry| entry.image.as_ref().is_some_and(|image| image.alt.is_none())),
            "withoutSize": count(&|entry| entry.image.as_ref().is_some_and(|image| image.width.is_none() || image.height.is_none())),
        },
        "warnings": document.warnings.iter().map(problem).collect::<Vec<_>>(),
    })
}

fn header(feed: &Feed) -> Json {
    let status = match feed.status {
        _ if feed.ended() => "ended",
        Status::Upcoming => "upcoming",
        Status::Live | Status::Ended => "live",
    };
    json!({
        "title": feed.title,
        "language": feed.language,
        "status": status,
        "timeZone": feed.time_zone,
        "version": feed.version,
        "updated": feed.updated.map(|time| time.timestamp_millis()),
        "pollSeconds": feed.poll_seconds,
        "standfirst": feed.summary_html.is_some(),
        "image": feed.image.is_some(),
        "total": feed.total,
        "next": feed.next_url,
    })
}

fn length(content: &Content) -> usize {
    match content {
        Content::Html(text) | Content::Text(text) => text.len(),
        Content::Nothing => 0,
    }
}

/// The report, to be called from JavaScript.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
#[must_use]
#[expect(clippy::needless_pass_by_value, reason = "wasm-bindgen hands strings over")]
pub fn check(text: String, name: String) -> String {
    report(&text, &name)
}
