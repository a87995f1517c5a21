//! One request, sent and waited for by `www/waiting.js`: what its answer means.

use js_sys::{JsString, Promise};
use wasm_bindgen::prelude::*;

use super::MAX_BYTES;
use crate::error::Error;
use crate::time::{SECOND, Time};

/// How long a request may take in all, its body included, in seconds.
const LIMIT: u32 = 25;

#[wasm_bindgen(module = "/www/waiting.js")]
extern "C" {
    /// A request under way.
    pub type Asking;
    #[wasm_bindgen(constructor)]
    fn new(url: &str, first: Option<Promise>, limit: i32) -> Asking;
    #[wasm_bindgen(method)]
    fn answer(this: &Asking, most: u32) -> JsValue;
    /// Ends it.
    #[wasm_bindgen(method)]
    pub fn abort(this: &Asking);
}

#[wasm_bindgen]
extern "C" {
    /// What the server answered.
    pub type Reply;
    /// 0 where there was no answer
    #[wasm_bindgen(method, getter)]
    fn status(this: &Reply) -> u16;
    #[wasm_bindgen(method, getter)]
    fn ok(this: &Reply) -> bool;
    #[wasm_bindgen(method, getter)]
    fn late(this: &Reply) -> bool;
    #[wasm_bindgen(method, getter)]
    fn date(this: &Reply) -> f64;
    #[wasm_bindgen(method, getter)]
    fn modified(this: &Reply) -> f64;
    #[wasm_bindgen(method, getter, js_name = retryAfter)]
    fn retry_after(this: &Reply) -> f64;
    #[wasm_bindgen(method, getter)]
    fn length(this: &Reply) -> f64;
    #[wasm_bindgen(method, getter)]
    fn text(this: &Reply) -> JsString;
}

/// What a server answered.
pub struct Answer {
    /// the body, still in JavaScript: one that did not change is never copied
    pub text: JsString,
    /// `Last-Modified`
    pub modified: Option<Time>,
    /// `Date`
    pub date: Option<Time>,
}

/// What was begun before there was a source.
#[derive(Default)]
pub struct Begun {
    /// the request for the feed, and the promise of its [`Reply`]
    pub asked: Option<(Asking, JsValue)>,
}

/// Why there is no answer.
pub struct Refusal {
    /// the error
    pub error: Error,
    /// `Retry-After`, in milliseconds
    pub retry_after: Option<i64>,
    /// gone for good
    pub gone: bool,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, retry_after: None, gone: false }
    }
}

/// HTTP 410
const GONE: u16 = 410;

/// Asks for a document, or takes the request that the page has already sent; and the promise of a [`Reply`].
pub fn ask(url: &str, first: Option<Promise>) -> (Asking, JsValue) {
    let asking = Asking::new(url, first, LIMIT as i32 * SECOND as i32);
    let reply = asking.answer(MAX_BYTES);
    (asking, reply)
}

/// What the reply to a request for that URL means.
pub fn answer(url: &str, reply: &Reply) -> Result<Answer, Refusal> {
    let url = || url.to_owned();
    let status = reply.status();
    if status == 0 {
        let late = reply.late();
        return Err(
            if late { Error::Timeout { url: url(), seconds: LIMIT } } else { Error::Network { url: url() } }.into()
        );
    }
    if !reply.ok() {
        let retry_after = millis(reply.retry_after());
        return Err(Refusal { error: Error::Status { url: url(), status }, retry_after, gone: status == GONE });
    }
    arrived(reply).ok_or_else(|| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
        let bytes = reply.length() as u64;
        Error::TooLarge { url: url(), bytes }.into()
    })
}

/// The answer, where there is one that can be read.
pub fn arrived(reply: &Reply) -> Option<Answer> {
    if !reply.ok() || reply.length() > f64::from(MAX_BYTES) {
        return None;
    }
    let time = |millis_or_none| millis(millis_or_none).map(Time);
    Some(Answer { text: reply.text(), modified: time(reply.modified()), date: time(reply.date()) })
}

/// JavaScript's NaN is nothing.
fn millis(number: f64) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds, far below 2^53")]
    let millis = number as i64;
    if number.is_nan() { None } else { Some(millis) }
}
