//! What can go wrong, as one enum: a full sentence that names the place and the remedy, and a stable code.

use std::fmt;

/// An error or a warning. `Display` gives the sentence, [`Error::code`] the part that never changes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The request failed before there was an answer: no network, no CORS headers, a blocked host.
    Network {
        /// the feed's URL
        url: String,
    },
    /// The answer took too long.
    Timeout {
        /// the feed's URL
        url: String,
        /// the limit
        seconds: u32,
    },
    /// The server answered with an error status.
    Status {
        /// the feed's URL
        url: String,
        /// the HTTP status
        status: u16,
    },
    /// The body is larger than what is read.
    TooLarge {
        /// the feed's URL
        url: String,
        /// its size in bytes, as far as it is known
        bytes: u64,
    },
    /// The body is no JSON.
    NotJson {
        /// the feed's URL
        url: String,
        /// what stands there instead: its beginning
        found: String,
    },
    /// The document is JSON, but no feed.
    NotAFeed {
        /// what was found where a feed was expected
        found: String,
    },
    /// A format module could not read the document.
    Format {
        /// the module's name, or `auto`
        name: String,
        /// its own words
        why: String,
    },
    /// A field has a value that can't be used; its default is.
    Field {
        /// where: `feed` or `entry 3`
        place: String,
        /// the field's path: `_livefeed.image.url`
        field: String,
        /// what was expected: `a time`
        expected: &'static str,
        /// what was found, shortened
        found: String,
    },
    /// An entry was skipped.
    Skipped {
        /// where: `entry 3`
        place: String,
        /// why, as the rest of a sentence: `it has no id`
        why: String,
    },
    /// An entry states no id; another one is used.
    NoId {
        /// where: `entry 3`
        place: String,
        /// what is used instead: `its url`
        from: &'static str,
    },
    /// An attribute has a value that can't be used; its default is.
    Attribute {
        /// the attribute
        name: &'static str,
        /// its value
        value: String,
        /// what was expected
        expected: String,
    },
    /// There is no `src`, and no feed inside the element.
    NoSource,
    /// A method was called with something it can't use.
    Argument {
        /// the method
        method: &'static str,
        /// why
        why: String,
    },
}

impl Error {
    /// A stable name for programs, in kebab case.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Network { .. } => "network",
            Self::Timeout { .. } => "timeout",
            Self::Status { .. } => "http-status",
            Self::TooLarge { .. } => "too-large",
            Self::NotJson { .. } => "not-json",
            Self::NotAFeed { .. } => "not-a-feed",
            Self::Format { .. } => "format",
            Self::Field { .. } => "bad-field",
            Self::Skipped { .. } => "entry-skipped",
            Self::NoId { .. } => "no-id",
            Self::Attribute { .. } => "bad-attribute",
            Self::NoSource => "no-source",
            Self::Argument { .. } => "bad-argument",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Network { url } => write!(
                f,
                "{url} could not be reached: check the address, the network, and that the server sends \
                 Access-Control-Allow-Origin"
            ),
            Self::Timeout { url, seconds } => write!(f, "{url} gave no answer within {seconds} seconds"),
            Self::Status { url, status } => write!(f, "{url} answered with HTTP status {status}"),
            Self::TooLarge { url, bytes } => write!(
                f,
                "{url} holds {bytes} bytes, more than the 32 MB that are read: move older entries to a page of their own \
                 (next_url)"
            ),
            Self::NotJson { url, found } => write!(f, "{url} is not JSON: it begins with {found}"),
            Self::NotAFeed { found } => write!(
                f,
                "this is not a JSON Feed: expected an object with a \"version\" of \
                 \"https://jsonfeed.org/version/1.1\" and a list of \"items\", found {found}"
            ),
            Self::Format { name, why } => write!(f, "format=\"{name}\" could not read the feed: {why}"),
            Self::Field { place, field, expected, found } => {
                write!(f, "{place}: `{field}` is not {expected}: {found}")
            }
            Self::Skipped { place, why } => write!(f, "{place} was skipped: {why}"),
            Self::NoId { place, from } => {
                write!(f, "{place} has no id: {from} is used; give each entry an id that never changes")
            }
            Self::Attribute { name, value, expected } => {
                write!(f, "{name}=\"{value}\" is not known: expected {expected}")
            }
            Self::NoSource => f.write_str("there is no src: add src=\"feed.json\", or hand a feed over with setFeed()"),
            Self::Argument { method, why } => write!(f, "{method}(): {why}"),
        }
    }
}

impl std::error::Error for Error {}
