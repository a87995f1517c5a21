//! JSON Feed 1.1 with `_livefeed`, read field by field. What can't be used is named and left out; the rest stands.

use super::fields::{Fields, MAX_SAFE};
use super::raw::{Kind as Json, Members, Raw};
use super::{Attachment, Content, Embed, Entry, Feed, Hub, Id, Image, Kind, Status};
use crate::error::Error;

/// What every version of the format has in its name.
const VERSION: &[u8] = b"jsonfeed.org/version/1";

/// How long an id may be, in bytes: ids are held for every entry, also of removed ones.
const MAX_ID: usize = 2_048;

const STATUSES: &[(&str, Status)] = &[("upcoming", Status::Upcoming), ("live", Status::Live), ("ended", Status::Ended)];

const KINDS: &[(&str, Option<Kind>)] =
    &[("key", Some(Kind::Key)), ("summary", Some(Kind::Summary)), ("breaking", Some(Kind::Breaking))];

/// Reads the top level, without its items.
pub(super) fn read_top(members: Members<'_>, warnings: &mut Vec<Error>) -> Feed {
    let mut at = Fields::new(members, "feed", warnings);
    let version = at.of.get("version");
    if !matches!(version.kind(), Json::Text(text) if text.as_bytes().windows(VERSION.len()).any(|part| part == VERSION))
    {
        at.warn("version", "\"https://jsonfeed.org/version/1.1\"", version);
    }
    let mut feed = Feed {
        title: at.text("title"),
        description: at.text("description"),
        home_page_url: at.text("home_page_url"),
        language: at.text("language"),
        icon: at.text("icon"),
        next_url: at.text("next_url"),
        authors: at.authors(),
        expired: at.flag("expired"),
        hubs: at.objects("hubs", read_hub),
        ..Feed::default()
    };
    let Some(mut own) = at.object("_livefeed") else { return feed };
    feed.status = own.choice("status", "one of upcoming, live, ended", STATUSES);
    feed.summary_html = own.text("summary_html");
    feed.time_zone = own.text("time_zone");
    feed.oldest_url = own.text("oldest_url");
    feed.discussion_url = own.text("discussion_url");
    feed.image = own.object("image").and_then(read_image);
    feed.updated = own.time("updated");
    feed.total = own.count("total");
    feed.poll_seconds = own.number("poll_seconds");
    feed.version = own.count("version");
    feed
}

/// An entry that can't be shown: its id, where it has one, and why.
pub(super) type Bad = (Option<Id>, String);

/// Reads an item of a document, which may do without an id, or (`needs_id`) an entry that stands alone. What is wrong with
/// its fields goes to the warnings.
pub(super) fn read_item(item: Raw<'_>, needs_id: bool, place: &str, warnings: &mut Vec<Error>) -> Result<Entry, Bad> {
    if !item.is_object() {
        return Err((None, format!("it is {}, not an object", item.shown())));
    }
    let mut at = Fields::new(item.members(), place, warnings);
    let stated = stated_id(at.of.get("id")).map_err(|why| (None, why))?;
    let mut entry = read_fields(&mut at);
    match stated {
        Some(id) => entry.id = id,
        None => {
            let made = if needs_id { None } else { make_id(&entry) };
            let (id, from) = made.ok_or_else(|| (None, NO_ID.to_owned()))?;
            at.warnings.push(Error::NoId { place: place.to_owned(), from });
            entry.id = id;
        }
    }
    if entry.deleted || entry.has_something_to_show() {
        Ok(entry)
    } else {
        Err((Some(entry.id), NOTHING_TO_SHOW.to_owned()))
    }
}

const NO_ID: &str = "it has no id";
const NOTHING_TO_SHOW: &str = "it has no title, no content, no image, no embed and no attachment";

/// Reads an id that stands alone.
///
/// # Errors
/// Why it is none, as the rest of a sentence.
pub fn read_id(value: Raw<'_>) -> Result<Id, String> {
    stated_id(value)?.ok_or_else(|| NO_ID.to_owned())
}

/// The id that an item states; nothing where it states none.
fn stated_id(value: Raw<'_>) -> Result<Option<Id>, String> {
    match value.kind() {
        Json::Text(id) if id.len() > MAX_ID => Err(format!("its id is longer than {MAX_ID} bytes")),
        Json::Text(id) => Ok(Some(Id::from(&*id)).filter(|id| !id.trim().is_empty())),
        // As JavaScript writes it: 7.0 and 7 are the same id.
        Json::Number(id) if id.abs() <= MAX_SAFE => Ok(Some(id.to_string().into())),
        Json::Number(_) => Err("its id is a number with too many digits".to_owned()),
        Json::Null => Ok(None),
        _ => Err(format!("its id is {}", value.shown())),
    }
}

/// An id for an item that states none: its address, else a hash of its date and content. With what it is made from.
fn make_id(entry: &Entry) -> Option<(Id, &'static str)> {
    let address = |url: Option<String>| url.filter(|url| url.len() <= MAX_ID).map(Id::from);
    if let Some(id) = address(entry.url.clone()) {
        return Some((id, "its url"));
    }
    if let Some(id) = address(entry.external_url.clone()) {
        return Some((id, "its external_url"));
    }
    if !entry.has_something_to_show() {
        return None;
    }
    let content = match &entry.content {
        Content::Html(text) | Content::Text(text) => Some(text),
        Content::Nothing => None,
    };
    let date = entry.published.map(|time| time.timestamp_millis().to_string());
    let image = entry.image.as_ref().map(|image| &image.url);
    let embed = entry.embed.as_ref().map(|embed| &embed.url);
    let attachment = entry.attachments.first().map(|attachment| &attachment.url);
    let texts = [date.as_ref(), entry.title.as_ref(), content, image, embed, attachment];
    let hash = fnv(texts.map(|text| text.map_or("", String::as_str)).join("\0").as_bytes());
    Some((format!("{hash:016x}").into(), "a hash of its date and content"))
}

/// FNV-1a, 64 bits: the same on every machine and in every version, since ids stand in addresses that readers keep.
fn fnv(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

fn read_fields(at: &mut Fields<'_>) -> Entry {
    let mut entry = Entry {
        url: at.text("url"),
        title: at.text("title"),
        content: match (at.text("content_html"), at.text("content_text")) {
            (Some(html), _) => Content::Html(html),
            (None, Some(text)) => Content::Text(text),
            (None, None) => at.text("summary").map_or(Content::Nothing, Content::Text),
        },
        published: at.time("date_published"),
        modified: at.time("date_modified"),
        authors: at.authors(),
        tags: at.texts("tags"),
        language: at.text("language"),
        attachments: at.objects("attachments", read_attachment),
        external_url: at.text("external_url"),
        image: at.text("image").or_else(|| at.text("banner_image")).map(|url| Image { url, ..Image::default() }),
        ..Entry::new("")
    };
    let Some(mut own) = at.object("_livefeed") else { return entry };
    entry.kind = own.choice("kind", "one of key, summary, breaking", KINDS);
    entry.pinned = own.flag("pinned");
    entry.deleted = own.flag("deleted");
    entry.image = own.object("image").and_then(read_image).or_else(|| entry.image.take());
    entry.embed = own.object("embed").and_then(read_embed);
    entry
}

fn read_hub(at: &mut Fields<'_>) -> Option<Hub> {
    Some(Hub { kind: at.required("type")?, url: at.required("url")? })
}

fn read_image(mut at: Fields<'_>) -> Option<Image> {
    Some(Image {
        url: at.required("url")?,
        alt: at.text("alt"),
        caption: at.text("caption"),
        credit: at.text("credit"),
        width: at.count("width").and_then(|pixels| u32::try_from(pixels).ok()),
        height: at.count("height").and_then(|pixels| u32::try_from(pixels).ok()),
    })
}

fn read_embed(mut at: Fields<'_>) -> Option<Embed> {
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
