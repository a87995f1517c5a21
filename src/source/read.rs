//! From a body to a document: decoded, converted where it is of another format, and read in slices, so that a long feed
//! holds nothing up.

use chrono::TimeDelta;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::TextDecoder;

use crate::dom::instance::settled;
use crate::dom::local_time;
use crate::error::Error;
use crate::feed::{Document, Known, Reader, open};
use crate::time::saturating_add;

/// The format that is JSON, and nothing else.
const JSON_FEED: &str = "json-feed";
/// How long one slice of reading may take: half a frame.
const SLICE: TimeDelta = TimeDelta::milliseconds(8);
/// How many items are read between two looks at the clock.
const ITEMS: usize = 20;
/// A text so long, in bytes, is parsed in a task of its own.
const LONG: usize = 2 * 1024 * 1024;

/// Turns other formats into JSON Feed: the host module's `convert(name, text, url)`, whose promise resolves to JSON text.
pub type Convert = dyn Fn(Option<&str>, &str, &str) -> Option<Promise>;

/// The text of a body in that encoding (UTF-8 where there is none), without a byte order mark.
pub fn decode(mut body: Vec<u8>, encoding: Option<&str>) -> String {
    if let Some(label) = encoding
        && let Ok(decoder) = TextDecoder::new_with_label(label)
        && let Ok(text) = decoder.decode_with_buffer_source(&Uint8Array::from(&*body))
    {
        return text;
    }
    if body.starts_with(&[0xef, 0xbb, 0xbf]) {
        body.drain(..3);
    }
    String::from_utf8(body).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Reads a document of that URL; with what is known for the next one.
///
/// # Errors
/// [`Error::NotJson`], [`Error::NotAFeed`], or the format module's own error.
pub async fn document(
    text: String,
    url: &str,
    place: &str,
    format: Option<&str>,
    convert: &Convert,
    known: Known,
) -> Result<(Document, Known), Error> {
    let by_name = format.filter(|name| *name != JSON_FEED);
    let error = match by_name {
        None => match read(&text, place, known).await {
            Err(error) if format.is_none() => error,
            read => return read,
        },
        Some(_) => Error::Format { name: String::new(), why: String::new() },
    };
    let Some(promise) = convert(by_name, &text, url) else { return Err(error) };
    drop(text);
    match settled(&promise).await {
        Ok(json) => read(&json.as_string().unwrap_or_default(), place, Known::default()).await,
        Err(why) => {
            let why = why.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| String::from(error.message()));
            Err(Error::Format { name: format.unwrap_or("auto").to_owned(), why })
        }
    }
}

/// Reads for as long as one slice may take, then lets the browser do what waits; also after the last of several, since so
/// long a document is much work for the session, too.
async fn read(text: &str, place: &str, known: Known) -> Result<(Document, Known), Error> {
    let is_long = text.len() > LONG;
    if is_long {
        pause().await;
    }
    let top = open(place, text)?;
    if is_long {
        pause().await;
    }
    let mut reader = Reader::new(&top, known);
    let mut ends = saturating_add(local_time(), SLICE);
    let mut slices = 1;
    for (number, item) in top.items.iter().flatten().enumerate() {
        if !reader.item(item) {
            break;
        }
        if number % ITEMS == 0 && local_time() > ends {
            pause().await;
            slices += 1;
            ends = saturating_add(local_time(), SLICE);
        }
    }
    if slices > 1 {
        pause().await;
    }
    Ok(reader.finish())
}

/// Lets the browser do what waits.
async fn pause() {
    TimeoutFuture::new(0).await;
}
