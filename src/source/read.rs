//! From a body to a document: `JSON.parse`, then item by item, in slices, so that a long feed holds nothing up.

use js_sys::{Array, JsString, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

use crate::browser::local_time;
use crate::browser::waiting::{breathe, when_settled};
use crate::error::Error;
use crate::feed::{Document, Entry, MAX_DEPTH, MAX_ITEMS, Reader, Value, not_a_feed, read_entry};

#[wasm_bindgen]
extern "C" {
    /// js-sys takes a `&str`, which would copy the body into the module and out again.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;
}

/// The format that is JSON, and nothing else.
const JSON_FEED: &str = "json-feed";
/// How long one slice of reading may take, in milliseconds: half a frame.
const SLICE: i64 = 8;
/// How many items are read between two looks at the clock.
const ITEMS: u32 = 20;
/// How much of a body that is no JSON an error shows, in characters.
const SHOWN: u32 = 40;
/// How many values one item may hold, or the top level besides its items: far more than any has, and few enough for one
/// slice.
const VALUES: usize = 5_000;

/// Turns other formats into JSON Feed: the host module's `convert(name, json, url)`, which answers with a promise.
pub type Convert = dyn Fn(Option<&str>, &JsValue, &str) -> Option<Promise>;

/// Parses a body.
///
/// # Errors
/// [`Error::NotJson`], with its beginning.
pub fn parse(url: &str, format: Option<&str>, text: &JsString) -> Result<JsValue, Error> {
    body(format, text).ok_or_else(|| {
        let found = String::from(text.substring(0, SHOWN));
        let found = found.trim_start_matches('\u{feff}').trim();
        let found = if found.is_empty() { "nothing".to_owned() } else { Value::Text(found.to_owned()).shown() };
        Error::NotJson { url: url.to_owned(), found }
    })
}

/// A body of that format, parsed; formats of XML take their text.
pub fn body(format: Option<&str>, text: &JsString) -> Option<JsValue> {
    let is_text = format.is_some_and(|name| name != JSON_FEED);
    parse_json(text).ok().or_else(|| is_text.then(|| text.clone().into()))
}

/// What a document became: [`Error::NotAFeed`] or the format module's error, where it can't be read.
pub type Done = Box<dyn FnOnce(Result<Document, Error>)>;

/// Reads a parsed document of that URL, and hands it on.
pub fn document(json: &JsValue, format: Option<&str>, convert: &Convert, url: &str, done: Done) {
    let Some(promise) = conversion(json, format, convert, url) else { return read(json, done) };
    let name = format.unwrap_or("auto").to_owned();
    when_settled(
        &promise,
        Box::new(move |json| match json {
            Ok(json) => read(&json, done),
            Err(error) => done(Err(unconverted(name, &error))),
        }),
    );
}

fn read(json: &JsValue, done: Done) {
    match Slices::new(json) {
        Ok(slices) => slices.go_on(done),
        Err(error) => done(Err(error)),
    }
}

/// The promise of another format's module, where one is meant.
fn conversion(json: &JsValue, format: Option<&str>, convert: &Convert, url: &str) -> Option<Promise> {
    if format.is_some() || items(json).is_none() { convert(format, json, url) } else { None }
}

fn unconverted(name: String, error: &JsValue) -> Error {
    let why = error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()));
    Error::Format { name, why }
}

/// A document that is being read.
struct Slices {
    reader: Reader,
    items: Array,
    read: u32,
}

impl Slices {
    fn new(json: &JsValue) -> Result<Self, Error> {
        let top = plain(json);
        let items = items(json).ok_or_else(|| not_a_feed(&top))?;
        Ok(Self { reader: Reader::new(&top), items, read: 0 })
    }

    /// Reads to the end, and lets the browser do what waits after each slice; also after the last of several, since so
    /// long a document is much work for the session, too.
    fn go_on(mut self, done: Done) {
        let before = self.read;
        if self.next() {
            when_settled(&breathe(), Box::new(move |_| self.go_on(done)));
            return;
        }
        let document = self.reader.finish();
        if before > 0 {
            when_settled(&breathe(), Box::new(move |_| done(Ok(document))));
        } else {
            done(Ok(document));
        }
    }

    /// Reads for as long as one slice may take; whether there is more.
    fn next(&mut self) -> bool {
        let ends = local_time() + SLICE;
        // One more than are read, which says so.
        while self.read < self.items.length().min(MAX_ITEMS + 1) {
            self.reader.item(&plain(&self.items.get(self.read)));
            self.read += 1;
            if self.read.is_multiple_of(ITEMS) && local_time() > ends {
                return true;
            }
        }
        false
    }
}

/// Reads an entry that the host hands over; with what is wrong with its fields.
///
/// # Errors
/// The reason why it can't be shown.
pub fn entry(json: &JsValue) -> Result<(Entry, Vec<Error>), Error> {
    read_entry(&plain(json), "the entry")
}

fn items(json: &JsValue) -> Option<Array> {
    if !json.is_object() {
        return None;
    }
    Reflect::get(json, &"items".into()).ok()?.dyn_into().ok()
}

/// A value as a tree; what is no JSON (a function in a host's own object) is as good as missing.
#[must_use]
pub fn plain(json: &JsValue) -> Value {
    let mut left = VALUES;
    tree(json, 0, &mut left)
}

/// `left` is how many values may still be read.
fn tree(json: &JsValue, depth: u8, left: &mut usize) -> Value {
    if depth == MAX_DEPTH || *left == 0 {
        return Value::TooDeep;
    }
    *left -= 1;
    if let Some(text) = json.as_string() {
        return Value::Text(text);
    }
    if let Some(number) = json.as_f64() {
        return Value::Number(number);
    }
    if let Some(flag) = json.as_bool() {
        return Value::Bool(flag);
    }
    if !json.is_object() {
        return Value::Null;
    }
    if Array::is_array(json) {
        let items = json.unchecked_ref::<Array>().iter().take(*left);
        return Value::List(items.map(|item| tree(&item, depth + 1, left)).collect());
    }
    let mut members = Vec::new();
    for name in Object::keys(json.unchecked_ref::<Object>()).iter().take(*left) {
        let member = Reflect::get(json, &name).unwrap_or_default();
        let name = name.as_string().unwrap_or_default();
        // A feed's entries, which may be many, are read one by one.
        if depth > 0 || name != "items" || !Array::is_array(&member) {
            members.push((name, tree(&member, depth + 1, left)));
        }
    }
    Value::Object(members)
}
