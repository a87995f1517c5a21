//! One request: sent, waited for, and what its response means.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;

use chrono::TimeDelta;
use gloo_net::http::{RequestBuilder, Response};
use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, RequestCache};

use super::MAX_BYTES;
use crate::dom::instance::settled;
use crate::dom::timer::Timeout;
use crate::error::Error;
use crate::http::{GONE, Headers};

/// How long a request may take in all, its body included, in seconds.
const LIMIT: u32 = 25;

#[wasm_bindgen]
extern "C" {
    /// The page may have put any function in the place of the browser's.
    #[wasm_bindgen(catch)]
    fn fetch(request: &web_sys::Request) -> Result<JsValue, JsValue>;
}

/// A request under way. It is aborted when this is dropped.
#[must_use]
pub struct Request {
    controller: Option<AbortController>,
    _limit: Timeout,
}

impl Drop for Request {
    fn drop(&mut self) {
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}

/// A response that can be read.
pub struct Answer {
    /// the body, as it was sent
    pub body: Vec<u8>,
    /// what came with it
    pub headers: Headers,
}

/// Why there is no answer.
pub struct Refusal {
    /// the error
    pub error: Error,
    /// what came with it
    pub headers: Headers,
    /// gone for good
    pub gone: bool,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, headers: Headers::default(), gone: false }
    }
}

/// Sends a request for a document, or takes the one that the page has sent already (`first`). No header of ours goes along:
/// it would cost a preflight that static hosts refuse; the browser's own cache revalidates.
pub fn send(url: &str, first: Option<Promise>) -> (Request, impl Future<Output = Result<Answer, Refusal>> + use<>) {
    let controller = AbortController::new().ok();
    let is_late = Rc::new(Cell::new(false));
    let (abort, late) = (controller.clone(), is_late.clone());
    let limit = Timeout::new(TimeDelta::seconds(LIMIT.into()).num_milliseconds(), move || {
        late.set(true);
        if let Some(controller) = abort {
            controller.abort();
        }
    });
    let is_first = first.is_some();
    let promise = first.map(JsValue::from).ok_or(JsValue::UNDEFINED).or_else(|_| {
        let signal = controller.as_ref().map(AbortController::signal);
        let request = RequestBuilder::new(url).cache(RequestCache::NoCache).abort_signal(signal.as_ref()).build();
        request.map_err(|error| JsValue::from_str(&error.to_string())).and_then(|request| fetch(&request.into()))
    });
    let request = Request { controller, _limit: limit };
    let url = url.to_owned();
    let answer = async move {
        let response = match promise {
            Ok(promise) => settled(&promise).await,
            Err(error) => Err(error),
        };
        let lost = |error: &JsValue| {
            let url = url.clone();
            if is_late.get() || is_timeout(error) {
                Error::Timeout { url, seconds: LIMIT }
            } else {
                Error::Network { url }
            }
        };
        match response {
            Ok(response) if response.is_object() => read(response.unchecked_into(), is_first, &url, lost).await,
            Ok(other) => Err(lost(&other).into()),
            Err(error) => Err(lost(&error).into()),
        }
    };
    (request, answer)
}

async fn read(
    response: web_sys::Response,
    is_first: bool,
    url: &str,
    lost: impl Fn(&JsValue) -> Error,
) -> Result<Answer, Refusal> {
    // Another element may be waiting for the same one, which can be read once.
    let response = if is_first { response.clone().map_err(|error| lost(&error))? } else { response };
    let response = Response::from(response);
    let header = |name: &str| response.headers().get(name);
    let headers = Headers {
        date: header("date"),
        age: header("age"),
        last_modified: header("last-modified"),
        retry_after: header("retry-after"),
        content_length: header("content-length"),
        content_type: header("content-type"),
    };
    let (url, status) = (url.to_owned(), response.status());
    if !response.ok() {
        return Err(Refusal { error: Error::Status { url, status }, headers, gone: status == GONE });
    }
    if let Some(bytes) = headers.length().filter(|bytes| *bytes > MAX_BYTES) {
        return Err(Error::TooLarge { url, bytes }.into());
    }
    // Not by gloo-net: it panics where a page's own response rejects with what is no error.
    let raw = web_sys::Response::from(response);
    let body = raw.array_buffer().map_err(|error| lost(&error))?;
    let body = settled(&body).await.map_err(|error| lost(&error))?;
    let body = Uint8Array::new(&body);
    let bytes = u64::from(body.length());
    if bytes > MAX_BYTES {
        return Err(Error::TooLarge { url, bytes }.into());
    }
    Ok(Answer { body: body.to_vec(), headers })
}

/// What the browser calls a request that was ended before its response, whichever way that was.
fn is_timeout(error: &JsValue) -> bool {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    matches!(name.as_deref(), Some("AbortError" | "TimeoutError"))
}
