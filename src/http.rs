//! What the headers of a response say: times, waits, the encoding of its body (RFC 9110, RFC 9111).

use chrono::{DateTime, TimeDelta, Utc};

use crate::time::{from_millis, saturating_add};

/// HTTP 410
pub const GONE: u16 = 410;

/// The headers that are read, each as it was sent; `None` where it is missing or not exposed to the page.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    /// `Date`
    pub date: Option<String>,
    /// `Age`, in seconds
    pub age: Option<String>,
    /// `Last-Modified`
    pub last_modified: Option<String>,
    /// `Retry-After`
    pub retry_after: Option<String>,
    /// `Content-Length`, in bytes
    pub content_length: Option<String>,
    /// `Content-Type`
    pub content_type: Option<String>,
}

impl Headers {
    /// What time it was at the server when it sent the response. A cache sends the origin's `Date`, which is `Age` seconds
    /// old.
    #[must_use]
    pub fn now(&self) -> Option<DateTime<Utc>> {
        Some(saturating_add(date(self.date.as_deref()?)?, seconds(self.age.as_deref()).unwrap_or_default()))
    }

    /// When the body changed last.
    #[must_use]
    pub fn modified(&self) -> Option<DateTime<Utc>> {
        date(self.last_modified.as_deref()?)
    }

    /// How long to wait before the next request. A date is compared with the server's own, else with `now`.
    ///
    /// ```
    /// use chrono::TimeDelta;
    /// use livefeed::{http::Headers, time::from_millis};
    /// let headers = |text: &str| Headers { retry_after: Some(text.to_owned()), ..Headers::default() };
    /// assert_eq!(headers("120").wait(from_millis(0)), Some(TimeDelta::seconds(120)));
    /// assert_eq!(headers("Thu, 01 Jan 1970 00:01:00 GMT").wait(from_millis(15_000)), Some(TimeDelta::seconds(45)));
    /// assert_eq!(headers("soon").wait(from_millis(0)), None);
    /// ```
    #[must_use]
    pub fn wait(&self, now: DateTime<Utc>) -> Option<TimeDelta> {
        let text = self.retry_after.as_deref()?;
        if let Some(wait) = seconds(Some(text)) {
            return Some(wait);
        }
        let now = self.now().unwrap_or(now);
        Some((date(text)? - now).max(TimeDelta::zero()))
    }

    /// The length of the body in bytes, as it was announced.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.content_length.as_deref()?.trim().parse().ok()
    }

    /// The encoding of the body by its byte order mark, else by `charset` in `Content-Type`: a label of the Encoding
    /// Standard. `None` is UTF-8.
    ///
    /// ```
    /// let headers = livefeed::http::Headers { content_type: Some("text/xml; Charset=\"KOI8-R\"".into()), ..Default::default() };
    /// assert_eq!(headers.encoding(b"{}").as_deref(), Some("koi8-r"));
    /// assert_eq!(headers.encoding(&[0xff, 0xfe, b'{', 0]).as_deref(), Some("utf-16le"));
    /// assert_eq!(headers.encoding(&[0xef, 0xbb, 0xbf, b'{']), None);
    /// ```
    #[must_use]
    pub fn encoding(&self, body: &[u8]) -> Option<String> {
        match body {
            [0xef, 0xbb, 0xbf, ..] => return None,
            [0xfe, 0xff, ..] => return Some("utf-16be".to_owned()),
            [0xff, 0xfe, ..] => return Some("utf-16le".to_owned()),
            _ => {}
        }
        let charset = |parameter: &str| {
            let (name, value) = parameter.split_once('=')?;
            let value = value.trim().trim_matches('"').to_ascii_lowercase();
            name.trim().eq_ignore_ascii_case("charset").then_some(value)
        };
        let label = self.content_type.as_deref()?.split(';').skip(1).find_map(charset)?;
        Some(label).filter(|label| !matches!(&**label, "" | "utf-8" | "utf8"))
    }
}

/// A date of HTTP.
fn date(text: &str) -> Option<DateTime<Utc>> {
    Some(from_millis(DateTime::parse_from_rfc2822(text.trim()).ok()?.timestamp_millis()))
}

/// Whole seconds.
fn seconds(text: Option<&str>) -> Option<TimeDelta> {
    let text = text?.trim();
    let is_number = !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
    // More digits than that is a wait without end.
    is_number.then(|| text.parse().ok().and_then(TimeDelta::try_seconds).unwrap_or(TimeDelta::MAX))
}
