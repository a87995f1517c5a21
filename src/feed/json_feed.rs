//! JSON Feed 1.1 with `_livefeed`, read field by field. What can't be used is named and left out; the rest stands.

use std::mem;
use std::rc::Rc;

use super::fields::Fields;
use super::value::digits;
use super::{Attachment, Content, Document, Embed, Entry, Feed, Hub, Id, Image, Kind, Numbers, Status, Value};
use crate::error::Error;
use crate::writing::{join, number};

/// What every version of the format has in its name.
const VERSION: &[u8] = b"jsonfeed.org/version/1";

/// How long an id may be, in bytes: ids are held for every entry, also of removed ones.
const MAX_ID: usize = 2_048;

/// How many items of a document are read: a hundred times a usual feed, and no more than a page can put in order at once.
pub const MAX_ITEMS: u32 = 100_000;

const STATUSES: &[(&str, Status)] = &[("upcoming", Status::Upcoming), ("live", Status::Live), ("ended", Status::Ended)];

const KINDS: &[(&str, Option<Kind>)] =
    &[("key", Some(Kind::Key)), ("summary", Some(Kind::Summary)), ("breaking", Some(Kind::Breaking))];

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
        let mut reader = Self::default();
        let Document { feed, warnings, .. } = &mut reader.document;
        read_top(&mut Fields { of: top, place: "feed", path: String::new(), warnings }, feed);
        reader
    }

    /// Reads the next item. A bad one is skipped with a warning.
    pub fn item(&mut self, value: &Value) {
        if self.index > MAX_ITEMS {
            return;
        }
        self.index += 1;
        if self.index > MAX_ITEMS {
            let why = "no more than ".to_owned() + &number(MAX_ITEMS.into()) + " are read, nor is what follows it";
            self.document.warnings.truncate(MAX_WARNINGS - 1);
            self.skipped(self.index, why);
            return;
        }
        match read_item(value, &place(self.index), &mut self.document.warnings) {
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
        let next = self.document.entries.len();
        let first = self.at.insert(&entry.id, next);
        if first < next {
            self.keep_newer(entry, first);
            return;
        }
        self.document.entries.push(Rc::new(entry));
        self.places.push(self.index);
    }

    fn keep_newer(&mut self, entry: Entry, first: usize) {
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
        let why = place(*at) + " has its id \"" + &kept.id + "\" too, and is " + how;
        self.skipped(dropped, why);
    }

    fn skipped(&mut self, index: u32, why: String) {
        self.document.warnings.push(Error::Skipped { place: place(index), why });
    }
}

/// Where an item stands, for messages.
fn place(index: u32) -> String {
    "entry ".to_owned() + &number(index.into())
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
    let mut warnings = Vec::new();
    match read_item(value, place, &mut warnings) {
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
                    "an object with ".to_owned() + &join(&names, ", ")
                }
            }
            items => "\"items\" that is ".to_owned() + &items.shown(),
        },
        other => other.shown(),
    }
}

fn read_top(at: &mut Fields<'_>, feed: &mut Feed) {
    let version = at.of.get("version");
    if !matches!(version, Value::Text(text) if text.as_bytes().windows(VERSION.len()).any(|part| part == VERSION)) {
        at.warn("version", "\"https://jsonfeed.org/version/1.1\"", version);
    }
    at.text("title", &mut feed.title);
    at.text("description", &mut feed.description);
    at.text("home_page_url", &mut feed.home_page_url);
    at.text("language", &mut feed.language);
    at.text("icon", &mut feed.icon);
    at.text("next_url", &mut feed.next_url);
    at.authors(&mut feed.authors);
    at.flag("expired", &mut feed.expired);
    at.objects("hubs", &mut |hub| feed.hubs.extend(read_hub(hub)));
    let Some(mut own) = at.object("_livefeed") else { return };
    own.choice("status", "one of upcoming, live, ended", STATUSES, &mut feed.status);
    own.text("summary_html", &mut feed.summary_html);
    own.text("time_zone", &mut feed.time_zone);
    own.text("oldest_url", &mut feed.oldest_url);
    own.text("discussion_url", &mut feed.discussion_url);
    feed.image = own.object("image").and_then(read_image);
    own.time("updated", &mut feed.updated);
    own.count("total", &mut feed.total);
    own.number("poll_seconds", &mut feed.poll_seconds);
    own.count("version", &mut feed.version);
}

/// An entry that can't be shown: its id, where it has one, and why.
type Bad = (Option<Id>, String);

/// An entry, or the id of the one that can't be shown and why; what is wrong with its fields goes to the warnings.
fn read_item(of: &Value, place: &str, warnings: &mut Vec<Error>) -> Result<Entry, Bad> {
    let Some(id) = read_id(of.get("id")) else { return Err((None, no_id(of))) };
    let mut entry = Entry::new(id);
    read_item_fields(&mut Fields { of, place, path: String::new(), warnings }, &mut entry);
    if entry.deleted || entry.has_something_to_show() {
        Ok(entry)
    } else {
        Err((Some(entry.id), "it has no title, no content, no image, no embed and no attachment".to_owned()))
    }
}

fn read_id(value: &Value) -> Option<Id> {
    match value {
        Value::Text(id) if id.len() <= MAX_ID && !id.trim().is_empty() => Some(id.as_str().into()),
        Value::Number(id) => digits(*id).map(Id::from),
        _ => None,
    }
}

/// Why that item has no id that could be used.
fn no_id(item: &Value) -> String {
    if !matches!(item, Value::Object(_)) {
        return "it is ".to_owned() + &item.shown() + ", not an object";
    }
    match item.get("id") {
        Value::Text(id) if id.len() > MAX_ID => "its id is longer than ".to_owned() + &number(MAX_ID as u64) + " bytes",
        Value::Number(_) => "its id is a number with too many digits".to_owned(),
        Value::Null | Value::Text(_) => "it has no id".to_owned(),
        other => "its id is ".to_owned() + &other.shown(),
    }
}

fn read_item_fields(at: &mut Fields<'_>, entry: &mut Entry) {
    let (mut html, mut text, mut picture) = (None, None, None);
    at.text("url", &mut entry.url);
    at.text("title", &mut entry.title);
    at.text("content_html", &mut html);
    at.text("content_text", &mut text);
    entry.content = match (html, text) {
        (Some(html), _) => Content::Html(html),
        (None, Some(text)) => Content::Text(text),
        (None, None) => Content::Nothing,
    };
    at.time("date_published", &mut entry.published);
    at.time("date_modified", &mut entry.modified);
    at.authors(&mut entry.authors);
    at.texts("tags", &mut entry.tags);
    at.text("language", &mut entry.language);
    at.objects("attachments", &mut |at| entry.attachments.extend(read_attachment(at)));
    at.text("image", &mut picture);
    entry.image = picture.map(|url| Image { url, ..Image::default() });
    let Some(mut own) = at.object("_livefeed") else { return };
    own.choice("kind", "one of key, summary, breaking", KINDS, &mut entry.kind);
    own.flag("pinned", &mut entry.pinned);
    own.flag("deleted", &mut entry.deleted);
    entry.image = own.object("image").and_then(read_image).or_else(|| entry.image.take());
    entry.embed = own.object("embed").and_then(read_embed);
}

fn read_hub(at: &mut Fields<'_>) -> Option<Hub> {
    Some(Hub { kind: at.required("type")?, url: at.required("url")? })
}

fn read_image(mut at: Fields<'_>) -> Option<Image> {
    let mut image = Image { url: at.required("url")?, ..Image::default() };
    at.text("alt", &mut image.alt);
    at.text("caption", &mut image.caption);
    at.text("credit", &mut image.credit);
    for (key, to) in [("width", &mut image.width), ("height", &mut image.height)] {
        let mut pixels = None;
        at.count(key, &mut pixels);
        *to = pixels.and_then(|pixels| u32::try_from(pixels).ok());
    }
    Some(image)
}

fn read_embed(mut at: Fields<'_>) -> Option<Embed> {
    let mut embed = Embed { url: at.required("url")?, ..Embed::default() };
    at.text("title", &mut embed.title);
    at.text("image", &mut embed.image);
    at.text("provider", &mut embed.provider);
    Some(embed)
}

fn read_attachment(at: &mut Fields<'_>) -> Option<Attachment> {
    let mut attachment = Attachment { url: at.required("url")?, ..Attachment::default() };
    at.text("mime_type", &mut attachment.mime_type);
    at.text("title", &mut attachment.title);
    at.count("size_in_bytes", &mut attachment.size_in_bytes);
    at.number("duration_in_seconds", &mut attachment.duration_in_seconds);
    Some(attachment)
}
