//! One request: a simple GET of one static URL, revalidated by the browser's own cache, within a time limit.

use js_sys::{JsString, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, Response};

use super::MAX_BYTES;
use crate::browser::http_date;
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

/// A request under way.
pub struct Asking {
    url: String,
    /// ends it
    pub controller: AbortController,
    limit: Option<Timeout>,
    response: Promise,
}

impl Asking {
    /// Asks for a document; or takes the request that the page has already sent. Nothing where the browser can't ask.
    pub fn new(url: &str, first: Option<Promise>) -> Option<Self> {
        let controller = AbortController::new().ok()?;
        let response = match first {
            Some(promise) => promise,
            None => {
                // No header of our own: it would cost a preflight that static hosts refuse.
                let init = RequestInit::new();
                init.set_cache(RequestCache::NoCache);
                init.set_signal(Some(&controller.signal()));
                web_sys::window()?.fetch_with_str_and_init(url, &init).unchecked_into()
            }
        };
        let aborts = controller.clone();
        let limit = Timeout::new(i64::from(LIMIT) * SECOND, move || aborts.abort());
        Some(Self { url: url.to_owned(), controller, limit: Some(limit), response })
    }

    /// The answer, its body included.
    pub async fn answer(mut self) -> Result<Answer, Refusal> {
        let response = JsFuture::from(self.response.clone()).await;
        let (body, answer) = self.head(response)?;
        let text = JsFuture::from(body).await;
        self.limit = None;
        self.whole(text, answer)
    }

    /// What the answer says before its body.
    fn head(&self, response: Result<JsValue, JsValue>) -> Result<(Promise, Answer), Refusal> {
        let response: Response = response.map_err(|error| self.unreachable(&error))?.unchecked_into();
        let headers = response.headers();
        let header = |name: &str| headers.get(name).ok().flatten();
        let date = header("date").and_then(|text| http_date(&text));
        if !response.ok() {
            let status = response.status();
            return Err(Refusal {
                error: Error::Status { url: self.url.clone(), status },
                retry_after: header("retry-after").and_then(|text| retry_after(&text, date)),
                gone: status == GONE,
            });
        }
        // What is too long for a number is too long for us.
        let bytes: u32 = header("content-length").map_or(0, |text| text.parse().unwrap_or(u32::MAX));
        self.fits(u64::from(bytes))?;
        let modified = header("last-modified").and_then(|text| http_date(&text));
        let body = response.text().map_err(|error| self.unreachable(&error))?;
        Ok((body.unchecked_into(), Answer { text: JsString::from(""), modified, date }))
    }

    fn whole(&self, text: Result<JsValue, JsValue>, answer: Answer) -> Result<Answer, Refusal> {
        let text: JsString = text.map_err(|error| self.unreachable(&error))?.unchecked_into();
        self.fits(u64::from(text.length()))?;
        Ok(Answer { text, ..answer })
    }

    fn fits(&self, bytes: u64) -> Result<(), Refusal> {
        if bytes > MAX_BYTES { Err(Error::TooLarge { url: self.url.clone(), bytes }.into()) } else { Ok(()) }
    }

    fn unreachable(&self, error: &JsValue) -> Refusal {
        let url = self.url.clone();
        // Ours are aborted; the first one, which the page has sent, ends by itself.
        let name = Reflect::get(error, &"name".into()).unwrap_or_default().as_string();
        if matches!(name.as_deref(), Some("AbortError" | "TimeoutError")) {
            Error::Timeout { url, seconds: LIMIT }.into()
        } else {
            Error::Network { url }.into()
        }
    }
}

/// HTTP 410
const GONE: u16 = 410;

/// `Retry-After` in milliseconds: seconds, or a date beside the server's own.
fn retry_after(text: &str, date: Option<Time>) -> Option<i64> {
    if let Ok(seconds) = text.trim_ascii().parse::<u32>() {
        return Some(i64::from(seconds) * SECOND);
    }
    Some((http_date(text)? - date?).max(0))
}
