//! A document, read item by item: so that a long one can be read in slices, and that an item whose text is the one that it
//! had in the last document is not read again.

use std::collections::hash_map::{Entry as Slot, HashMap};
use std::hash::BuildHasher;
use std::mem;
use std::rc::Rc;

use serde_json::value::RawValue;

use super::ids::SeededState;
use super::json_feed::{read_item, read_top};
use super::raw::{Raw, Top, quoted};
use super::{Document, Entry, Feed, IdMap};
use crate::error::Error;

/// How many items of a document are read: a hundred times a usual feed, and no more than a page can put in order at once.
pub const MAX_ITEMS: usize = 100_000;

/// How many warnings of a document are kept. One of nothing but mistakes would fill the memory with them.
const MAX_WARNINGS: usize = 1_000;

/// How much of a body that is no JSON an error shows, in characters.
const BEGINNING: usize = 40;

/// The entries of the last document by the hash of their text, for the next one.
#[derive(Debug, Default)]
pub struct Known(HashMap<u64, Rc<Entry>, SeededState>);

/// Parses a document's text into its top level and the texts of its items. `place` is its URL, or what an error calls it.
///
/// # Errors
/// [`Error::NotJson`], or [`Error::NotAFeed`], which say what was found instead.
pub fn open<'a>(place: &str, text: &'a str) -> Result<Top<'a>, Error> {
    if let Ok(top) = serde_json::from_str::<Top<'a>>(text)
        && top.items.is_some()
    {
        return Ok(top);
    }
    match Raw::parse(text) {
        Ok(value) => Err(Error::NotAFeed { found: what_it_is(value) }),
        Err(_) => {
            let beginning: String = text.chars().take(BEGINNING).collect();
            let beginning = beginning.trim_start_matches('\u{feff}').trim();
            let found = if beginning.is_empty() { "nothing".to_owned() } else { quoted(beginning) };
            Err(Error::NotJson { url: place.to_owned(), found })
        }
    }
}

fn what_it_is(value: Raw<'_>) -> String {
    if !value.is_object() {
        return value.shown();
    }
    let members = value.members();
    let items = members.get("items");
    if !items.is_null() {
        return format!("\"items\" that is {}", items.shown());
    }
    match members.names().take(5).collect::<Vec<_>>() {
        names if names.is_empty() => "an empty object".to_owned(),
        names => format!("an object with {}", names.join(", ")),
    }
}

/// Reads a document piece by piece: the top level, each item, the end.
#[derive(Debug, Default)]
pub struct Reader {
    document: Document,
    /// where each entry stands in the document
    at: IdMap<usize>,
    /// of each entry, which item it is
    places: Vec<usize>,
    index: usize,
    known: Known,
    next: Known,
}

impl Reader {
    /// Reads the top level. `known` is what [`Reader::finish`] gave for the last document.
    #[must_use]
    pub fn new(top: &Top<'_>, known: Known) -> Self {
        let next = Known(HashMap::with_hasher(known.0.hasher().clone()));
        let mut reader = Self { next, known, ..Self::default() };
        reader.document.feed = read_top(top.members.clone(), &mut reader.document.warnings);
        reader
    }

    /// Reads the next item; `false` where no more are read. A bad one is skipped with a warning.
    pub fn item(&mut self, item: &RawValue) -> bool {
        self.index += 1;
        if self.index > MAX_ITEMS {
            let why = format!("no more than {MAX_ITEMS} are read, nor is what follows it");
            self.document.warnings.truncate(MAX_WARNINGS - 1);
            self.skip(self.index, why);
            return false;
        }
        let hash = self.known.0.hasher().hash_one(item.get());
        if let Some(entry) = self.known.0.get(&hash) {
            let entry = Rc::clone(entry);
            self.next.0.insert(hash, Rc::clone(&entry));
            self.keep(entry);
            return true;
        }
        let warnings = self.document.warnings.len();
        match read_item(item.into(), false, &place(self.index), &mut self.document.warnings) {
            Ok(entry) => {
                let entry = Rc::new(entry);
                // One with a warning is read each time: the warning names its place, which may be another one.
                if self.document.warnings.len() == warnings {
                    self.next.0.insert(hash, Rc::clone(&entry));
                }
                self.keep(entry);
            }
            Err((id, why)) => {
                self.document.unreadable.extend(id);
                self.skip(self.index, why);
            }
        }
        self.document.warnings.truncate(MAX_WARNINGS);
        true
    }

    /// The document, when every item has been read; with what is known for the next one.
    #[must_use]
    pub fn finish(self) -> (Document, Known) {
        (self.document, self.next)
    }

    /// One id, one entry: of several the one with the greatest version, else the first.
    fn keep(&mut self, entry: Rc<Entry>) {
        match self.at.entry(entry.id.clone()) {
            Slot::Occupied(first) => {
                let first = *first.get();
                self.keep_newer(entry, first);
            }
            Slot::Vacant(slot) => {
                slot.insert(self.document.entries.len());
                self.document.entries.push(entry);
                self.places.push(self.index);
            }
        }
    }

    fn keep_newer(&mut self, entry: Rc<Entry>, first: usize) {
        let (Some(kept), Some(at)) = (self.document.entries.get_mut(first), self.places.get_mut(first)) else {
            return;
        };
        let mut dropped = self.index;
        let mut how = "not older";
        if entry.version() > kept.version() {
            *kept = entry;
            mem::swap(at, &mut dropped);
            how = "newer";
        }
        let why = format!("{} has its id \"{}\" too, and is {how}", place(*at), kept.id);
        self.skip(dropped, why);
    }

    fn skip(&mut self, index: usize, why: String) {
        self.document.warnings.push(Error::Skipped { place: place(index), why });
    }
}

/// Where an item stands, for messages.
fn place(index: usize) -> String {
    format!("entry {index}")
}

/// Reads a whole document.
///
/// ```
/// let text = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Launch day", "items": [{"id": 1, "title": "Fuelling"}]}"#;
/// let document = livefeed::feed::read_feed(text).unwrap();
/// assert_eq!(document.entries[0].id.as_ref(), "1");
/// ```
///
/// # Errors
/// [`Error::NotJson`], or [`Error::NotAFeed`], which say what was found instead.
pub fn read_feed(text: &str) -> Result<Document, Error> {
    let top = open("the feed", text)?;
    let mut reader = Reader::new(&top, Known::default());
    let _ = top.items.iter().flatten().all(|item| reader.item(item));
    Ok(reader.finish().0)
}

/// Reads the top level alone; with what is wrong with it.
///
/// # Errors
/// [`Error::Skipped`], where it is no object.
pub fn read_header(value: Raw<'_>, place: &str) -> Result<(Feed, Vec<Error>), Error> {
    if !value.is_object() {
        let why = format!("it is {}, not an object", value.shown());
        return Err(Error::Skipped { place: place.to_owned(), why });
    }
    let mut warnings = Vec::new();
    let feed = read_top(value.members(), &mut warnings);
    Ok((feed, warnings))
}

/// Reads one item on its own, an event's or a host's; with what is wrong with its fields.
///
/// # Errors
/// [`Error::Skipped`], with the reason.
pub fn read_entry(item: Raw<'_>, place: &str) -> Result<(Entry, Vec<Error>), Error> {
    let mut warnings = Vec::new();
    match read_item(item, true, place, &mut warnings) {
        Ok(entry) => Ok((entry, warnings)),
        Err((_, why)) => Err(Error::Skipped { place: place.to_owned(), why }),
    }
}
