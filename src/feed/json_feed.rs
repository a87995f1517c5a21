//! JSON Feed 1.1 with `_livefeed`, read field by field. What can't be used is named and left out; the rest stands.

use std::mem;
use std::rc::Rc;

use super::fields::Fields;
use super::value::digits;
use super::{Attachment, Content, Document, Embed, Entry, Feed, Hub, Id, Image, Kind, Numbers, Status, Value};
use crate::error::Error;

/// What every version of the format has in its name.
const VERSION: &[u8] = b"jsonfeed.org/version/1";

/// How long an id may be, in bytes: ids are held for every entry, also of removed ones.
const MAX_ID: usize = 2_048;

/// How many items of a document are read: a hundred times a usual feed, and no more than a page can put in order at once.
pub const MAX_ITEMS: u32 = 100_000;

/// How many warnings of a document are kept. One of nothing but mistakes would fill the memory with them.
const MAX_WARNINGS: usize = 1_000;

/// Reads a document piece by piece, so that long ones can be cut into slices: the top level, each item, the end.
///
/// ```
/// use livefeed::feed::{Reader, Value};
/// let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Launch day", "items": [{"id": 1, "title": "Fuelling"}]}"#;
/// let value: Value = serde_json::from_str(text).unwrap();
/// let document = livefeed::feed::read_feed(&value).unwrap();
/// assert_eq!(document.entries[0].id.as_ref(), "1");
/// ```
#[derive(Debug, Default)]
pub struct Reader {
    document: Document,
    at: Numbers,
    /// Of each entry, which item it is.
    places: Vec<u32>,
    index: u32,
}

impl Reader {
    /// Reads the top level; `items` may be missing from the value, the caller has checked it.
    #[must_use]
    pub fn new(top: &Value) -> Self {
        let mut warnings = Vec::new();
        let mut at = Fields { of: top, place: "feed", path: "", warnings: &mut warnings };
        let feed = read_top(&mut at);
        Self { document: Document { feed, warnings, ..Document::default() }, ..Self::default() }
    }

    /// Reads the next item. A bad one is skipped with a warning.
    pub fn item(&mut self, value: &Value) {
        if self.index > MAX_ITEMS {
            return;
        }
        self.index += 1;
        if self.index > MAX_ITEMS {
            self.document.warnings.truncate(MAX_WARNINGS - 1);
            self.skipped(self.index, format!("no more than {MAX_ITEMS} are read, nor is what follows it"));
            return;
        }
        let (entry, warnings) = read_item(value, &place(self.index));
        self.document.warnings.extend(warnings);
        match entry {
            Ok(entry) => self.keep(entry),
            Err((id, why)) => {
                self.document.unreadable.extend(id);
                self.skipped(self.index, why);
            }
        }
        self.document.warnings.truncate(MAX_WARNINGS);
    }

    /// The document, when every item has been read.
    #[must_use]
    pub fn finish(self) -> Document {
        self.document
    }

    /// One id, one entry: of several the one with the greatest version, else the first.
    fn keep(&mut self, entry: Entry) {
        let Some(first) = self.at.get(&entry.id) else {
            self.at.insert(&entry.id, self.document.entries.len());
            self.document.entries.push(Rc::new(entry));
            self.places.push(self.index);
            return;
        };
        let (Some(kept), Some(at)) = (self.document.entries.get_mut(first), self.places.get_mut(first)) else {
            return;
        };
        let mut dropped = self.index;
        let mut how = "not older";
        if entry.version() > kept.version() {
            *kept = Rc::new(entry);
            mem::swap(at, &mut dropped);
            how = "newer";
        }
        let why = format!("{} has its id \"{}\" too, and is {how}", place(*at), kept.id);
        self.skipped(dropped, why);
    }

    fn skipped(&mut self, index: u32, why: String) {
        self.document.warnings.push(Error::Skipped { place: place(index), why });
    }
}

/// What an item is called in warnings.
fn place(index: u32) -> String {
    format!("entry {index}")
}

/// Reads a whole document.
///
/// # Errors
/// [`Error::NotAFeed`], which says what was found instead.
pub fn read_feed(value: &Value) -> Result<Document, Error> {
    let Value::List(items) = value.get("items") else {
        return Err(not_a_feed(value));
    };
    let mut reader = Reader::new(value);
    items.iter().for_each(|item| reader.item(item));
    Ok(reader.finish())
}

/// Reads one item on its own, an event's or a host's; with what is wrong with its fields.
///
/// # Errors
/// [`Error::Skipped`], with the reason.
pub fn read_entry(value: &Value, place: &str) -> Result<(Entry, Vec<Error>), Error> {
    let (entry, warnings) = read_item(value, place);
    match entry {
        Ok(entry) => Ok((entry, warnings)),
        Err((_, why)) => Err(Error::Skipped { place: place.to_owned(), why }),
    }
}

/// The error for a document that is no feed.
#[must_use]
pub fn not_a_feed(value: &Value) -> Error {
    Error::NotAFeed { found: what_it_is(value) }
}

fn what_it_is(value: &Value) -> String {
    match value {
        Value::Object(members) => match value.get("items") {
            Value::Null => {
                let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).take(5).collect();
                if names.is_empty() {
                    "an empty object".to_owned()
                } else {
                    format!("an object with {}", names.join(", "))
                }
            }
            items => format!("\"items\" that is {items}"),
        },
        other => other.to_string(),
    }
}

fn read_top(at: &mut Fields<'_>) -> Feed {
    let version = at.of.get("version");
    if !matches!(version, Value::Text(text) if text.as_bytes().windows(VERSION.len()).any(|part| part == VERSION)) {
        at.warn("version", "\"https://jsonfeed.org/version/1.1\"", version);
    }
    let mut feed = Feed::default();
    at.fill(&mut [
        ("title", &mut feed.title),
        ("description", &mut feed.description),
        ("home_page_url", &mut feed.home_page_url),
        ("language", &mut feed.language),
        ("icon", &mut feed.icon),
        ("next_url", &mut feed.next_url),
    ]);
    feed.authors = at.authors();
    feed.expired = at.flag("expired");
    feed.hubs = at.objects("hubs", |hub| Some(Hub { kind: hub.required("type")?, url: hub.required("url")? }));
    at.object("_livefeed", |own| {
        feed.status = own
            .choice(
                "status",
                "one of upcoming, live, ended",
                &[("upcoming", Status::Upcoming), ("live", Status::Live), ("ended", Status::Ended)],
            )
            .unwrap_or_default();
        own.fill(&mut [
            ("summary_html", &mut feed.summary_html),
            ("time_zone", &mut feed.time_zone),
            ("oldest_url", &mut feed.oldest_url),
            ("discussion_url", &mut feed.discussion_url),
        ]);
        feed.image = own.object("image", read_image).flatten();
        feed.updated = own.time("updated");
        feed.total = own.count("total");
        feed.poll_seconds = own.number("poll_seconds");
        feed.version = own.count("version");
    });
    feed
}

/// An entry that can't be shown: its id, where it has one, and why.
type Bad = (Option<Id>, String);

/// An entry, or the id of the one that can't be shown and why; and what is wrong with its fields.
fn read_item(value: &Value, place: &str) -> (Result<Entry, Bad>, Vec<Error>) {
    let mut warnings = Vec::new();
    let mut at = Fields { of: value, place, path: "", warnings: &mut warnings };
    let entry = read_item_fields(&mut at);
    (entry, warnings)
}

fn read_item_fields(at: &mut Fields<'_>) -> Result<Entry, Bad> {
    if !matches!(at.of, Value::Object(_)) {
        return Err((None, format!("it is {}, not an object", at.of)));
    }
    let id: Id = match at.of.get("id") {
        Value::Text(id) if id.len() > MAX_ID => {
            return Err((None, format!("its id is longer than {MAX_ID} bytes")));
        }
        Value::Text(id) if !id.trim().is_empty() => id.as_str().into(),
        Value::Number(number) => match digits(*number) {
            Some(id) => id.into(),
            None => return Err((None, "its id is a number with too many digits".to_owned())),
        },
        Value::Null | Value::Text(_) => return Err((None, "it has no id".to_owned())),
        other => return Err((None, format!("its id is {other}"))),
    };
    let mut entry = Entry::new(id);
    let (mut html, mut text) = (None, None);
    at.fill(&mut [
        ("url", &mut entry.url),
        ("title", &mut entry.title),
        ("content_html", &mut html),
        ("content_text", &mut text),
    ]);
    entry.content = match (html, text) {
        (Some(html), _) => Content::Html(html),
        (None, Some(text)) => Content::Text(text),
        (None, None) => Content::Nothing,
    };
    entry.published = at.time("date_published");
    entry.modified = at.time("date_modified");
    entry.authors = at.authors();
    entry.tags = at.texts("tags");
    entry.language = at.text("language");
    entry.attachments = at.objects("attachments", read_attachment);
    entry.image = at.text("image").map(|url| Image { url, ..Image::default() });
    at.object("_livefeed", |own| {
        entry.kind = own.choice(
            "kind",
            "one of key, summary, breaking",
            &[("key", Kind::Key), ("summary", Kind::Summary), ("breaking", Kind::Breaking)],
        );
        entry.pinned = own.flag("pinned");
        entry.deleted = own.flag("deleted");
        entry.image = own.object("image", read_image).flatten().or_else(|| entry.image.take());
        entry.embed = own.object("embed", read_embed).flatten();
    });
    if entry.deleted || entry.has_something_to_show() {
        Ok(entry)
    } else {
        Err((Some(entry.id), "it has no title, no content, no image, no embed and no attachment".to_owned()))
    }
}

fn read_image(at: &mut Fields<'_>) -> Option<Image> {
    Some(Image {
        url: at.required("url")?,
        alt: at.text("alt"),
        caption: at.text("caption"),
        credit: at.text("credit"),
        width: at.count("width").and_then(|pixels| u32::try_from(pixels).ok()),
        height: at.count("height").and_then(|pixels| u32::try_from(pixels).ok()),
    })
}

fn read_embed(at: &mut Fields<'_>) -> Option<Embed> {
    Some(Embed {
        url: at.required("url")?,
        title: at.text("title"),
        image: at.text("image"),
        provider: at.text("provider"),
    })
}

fn read_attachment(at: &mut Fields<'_>) -> Option<Attachment> {
    Some(Attachment {
        url: at.required("url")?,
        mime_type: at.text("mime_type"),
        title: at.text("title"),
        size_in_bytes: at.count("size_in_bytes"),
        duration_in_seconds: at.number("duration_in_seconds"),
    })
}
