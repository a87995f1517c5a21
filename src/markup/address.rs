//! The parts of an address by which a provider knows its own.

/// An absolute web address, taken apart. The browser has written it: schemes and hosts are in lower case.
pub(super) struct Address<'a> {
    /// without `www.`, `m.` and the like
    pub host: &'a str,
    path: &'a str,
    query: &'a str,
}

impl<'a> Address<'a> {
    /// `None` where it isn't one, or names a port or a user.
    pub fn parse(url: &'a str) -> Option<Self> {
        let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
        let rest = rest.split('#').next()?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        if !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')) {
            return None;
        }
        let host = ["www.", "m.", "mobile."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(host);
        Some(Self { host, path, query })
    }

    /// The path's first segments; empty where there are fewer.
    pub fn path<const N: usize>(&self) -> [&'a str; N] {
        let mut segments = self.path.split('/').filter(|segment| !segment.is_empty());
        std::array::from_fn(|_| segments.next().unwrap_or_default())
    }

    /// A parameter of the query, as it is written; empty where there is none.
    pub fn parameter(&self, name: &str) -> &'a str {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|pair| pair.0 == name).map_or("", |pair| pair.1)
    }

    /// The whole query, if it holds nothing that would not belong into one.
    pub fn query(&self) -> Option<&'a str> {
        plain(self.query, b"-_.~!*()%=&:,/+;@")
    }
}

/// The longest identifier that any provider uses, with room to spare.
const LONGEST: usize = 512;

/// The text, if it is no more than letters, digits and those characters.
pub(super) fn plain<'a>(text: &'a str, more: &[u8]) -> Option<&'a str> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
    (!text.is_empty() && text.len() <= LONGEST && text.bytes().all(known)).then_some(text)
}

/// The text, if it is an identifier.
pub(super) fn id(text: &str) -> Option<&str> {
    plain(text, b"_-")
}

/// The text, if it is an account's name.
pub(super) fn name(text: &str) -> Option<&str> {
    plain(text, b"_-.")
}

/// The text, if it is a number.
pub(super) fn number(text: &str) -> Option<&str> {
    (!text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}
