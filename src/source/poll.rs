//! One request: a simple GET of one static URL, revalidated by the browser's own cache, within a time limit.

use std::rc::Rc;

use gloo_net::http::{Request, Response};
use js_sys::{JsString, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache};

use super::MAX_BYTES;
use crate::browser::timer::Timeout;
use crate::error::Error;
use crate::time::{SECOND, Time};

/// How long a request may take in all, its body included, in seconds.
const LIMIT: u32 = 25;

/// What a server answered.
pub struct Answer {
    /// the body, still in JavaScript: one that did not change is never copied
    pub text: JsString,
    /// `Last-Modified`
    pub modified: Option<Time>,
    /// `Date`
    pub date: Option<Time>,
}

/// Why there is no answer.
pub struct Failure {
    /// the error
    pub error: Error,
    /// `Retry-After`, in milliseconds
    pub retry_after: Option<i64>,
    /// gone for good
    pub gone: bool,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self { error, retry_after: None, gone: false }
    }
}

/// Asks for a document; or takes the request that the page has already sent.
pub async fn ask(url: &str, first: Option<Promise>) -> Result<Answer, Failure> {
    let controller = AbortController::new().ok().map(Rc::new);
    let limit = controller.clone().map(|controller| {
        // Without a reason: the browser's own is an Error, and gloo-net can't take anything else.
        Timeout::new(i64::from(LIMIT) * SECOND, move || controller.abort())
    });
    let signal = controller.as_ref().map(|controller| controller.signal());
    let answer = exchange(url, first, signal.as_ref()).await;
    drop(limit);
    match answer {
        Err(_) if signal.is_some_and(|signal| signal.aborted()) => {
            Err(Error::Timeout { url: url.to_owned(), seconds: LIMIT }.into())
        }
        answer => answer,
    }
}

async fn exchange(url: &str, first: Option<Promise>, signal: Option<&web_sys::AbortSignal>) -> Result<Answer, Failure> {
    let unreachable = || Error::Network { url: url.to_owned() };
    let response = match first {
        Some(promise) => {
            let response = JsFuture::from(promise).await.map_err(|_| unreachable())?;
            Response::from(response.unchecked_into::<web_sys::Response>())
        }
        None => {
            // No header of our own: it would cost a preflight that static hosts refuse.
            let request = Request::get(url).cache(RequestCache::NoCache).abort_signal(signal);
            request.send().await.map_err(|_| unreachable())?
        }
    };
    let header = |name| response.headers().get(name);
    let date = header("date").and_then(|text| Time::parse_http(&text));
    if !response.ok() {
        let status = response.status();
        return Err(Failure {
            error: Error::Status { url: url.to_owned(), status },
            retry_after: header("retry-after").and_then(|text| retry_after(&text, date)),
            gone: status == GONE,
        });
    }
    let too_large = |bytes| Error::TooLarge { url: url.to_owned(), bytes };
    if let Some(bytes) = header("content-length").and_then(|text| text.parse().ok()).filter(|bytes| *bytes > MAX_BYTES)
    {
        return Err(too_large(bytes).into());
    }
    let modified = header("last-modified").and_then(|text| Time::parse_http(&text));
    // Not gloo-net's text(): that would copy the body, also one that did not change.
    let body = web_sys::Response::from(response).text().map_err(|_| unreachable())?;
    let text: JsString = JsFuture::from(body).await.map_err(|_| unreachable())?.unchecked_into();
    let length = u64::from(text.length());
    if length > MAX_BYTES {
        return Err(too_large(length).into());
    }
    Ok(Answer { text, modified, date })
}

/// HTTP 410
const GONE: u16 = 410;

/// `Retry-After` in milliseconds: seconds, or a date beside the server's own.
fn retry_after(text: &str, date: Option<Time>) -> Option<i64> {
    if let Ok(seconds) = text.trim().parse::<u32>() {
        return Some(i64::from(seconds) * SECOND);
    }
    Some((Time::parse_http(text)? - date?).max(0))
}
