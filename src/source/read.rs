//! From a body to a document: `JSON.parse`, then item by item, in slices, so that a long feed holds nothing up.

use js_sys::{Array, JsString, Promise, Reflect};
use serde::de::Deserialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::browser::local_time;
use crate::error::Error;
use crate::feed::{Document, Entry, Reader, Value, not_a_feed, read_entry};

#[wasm_bindgen]
extern "C" {
    /// js-sys takes a `&str`, which would copy the body into the module and out again.
    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    fn parse_json(text: &JsString) -> Result<JsValue, JsValue>;
}

/// How long one slice of reading may take, in milliseconds: half a frame.
const SLICE: i64 = 8;
/// How many items are read between two looks at the clock.
const ITEMS: u32 = 20;
/// How much of a body that is no JSON an error shows, in characters.
const SHOWN: u32 = 40;

/// Turns other formats into JSON Feed: the host module's `convert(name, json, url)`, which answers with a promise.
pub type Convert = dyn Fn(Option<&str>, &JsValue) -> Option<Promise>;

/// Reads a body.
pub async fn document(url: &str, text: &JsString, format: Option<&str>, convert: &Convert) -> Result<Document, Error> {
    let json = parse_json(text).map_err(|_| {
        let found = String::from(text.substring(0, SHOWN));
        let found = found.trim_start_matches('\u{feff}').trim();
        let found = if found.is_empty() { "nothing".to_owned() } else { Value::Text(found.to_owned()).to_string() };
        Error::NotJson { url: url.to_owned(), found }
    })?;
    value(&json, format, convert).await
}

/// Reads a parsed document.
async fn value(json: &JsValue, format: Option<&str>, convert: &Convert) -> Result<Document, Error> {
    let converted;
    let mut json = json;
    if (format.is_some() || items(json).is_none())
        && let Some(promise) = convert(format, json)
    {
        converted = JsFuture::from(promise).await.map_err(|error| Error::Format {
            name: format.unwrap_or("auto").to_owned(),
            why: error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message())),
        })?;
        json = &converted;
    }
    let Some(items) = items(json) else { return Err(not_a_feed(&plain(json))) };
    let top = Value::without_items(Deserializer::from(json.clone())).unwrap_or_default();
    let mut reader = Reader::new(&top);
    let mut slice_ends = local_time() + SLICE;
    for index in 0..items.length() {
        reader.item(&plain(&items.get(index)));
        if index % ITEMS == ITEMS - 1 && local_time() > slice_ends {
            breathe().await;
            slice_ends = local_time() + SLICE;
        }
    }
    Ok(reader.finish())
}

/// Reads a document that the host hands over.
///
/// # Errors
/// [`Error::NotAFeed`], or the format module's.
pub async fn given(json: &JsValue, format: Option<&str>, convert: &Convert) -> Result<Document, Error> {
    value(json, format, convert).await
}

/// Reads an entry that the host hands over.
///
/// # Errors
/// The reason why it can't be shown.
pub fn entry(json: &JsValue) -> Result<Entry, Error> {
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
    Value::deserialize(Deserializer::from(json.clone())).unwrap_or_default()
}

/// Lets the browser do what waits.
async fn breathe() {
    let mut timer = None;
    let promise = Promise::new(&mut |resolve, _| {
        timer = Some(crate::browser::timer::Timeout::new(0, move || {
            let _ = resolve.call0(&JsValue::NULL);
        }));
    });
    let _ = JsFuture::from(promise).await;
}
