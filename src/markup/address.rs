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

    /// The path's segments.
    pub fn path(&self) -> impl Iterator<Item = &'a str> {
        self.path.split('/').filter(|segment| !segment.is_empty())
    }

    /// Whether the address is one of a provider's: the pattern's language is described there. What was captured, if so.
    pub fn matches(&self, pattern: &str) -> Option<Vec<&'a str>> {
        let (pattern, parameter) = pattern.split_once('?').unwrap_or((pattern, ""));
        let mut wanted = pattern.split('/');
        if wanted.next() != Some(self.host) {
            return None;
        }
        let mut captures = Vec::new();
        let mut path = self.path();
        // Of Spotify's, "/intl-de/" is the reader's language, "/embed/" its own player: both lead to the same.
        let mut found = path.next().unwrap_or_default();
        if self.host == "open.spotify.com" && (found == "embed" || found.starts_with("intl-")) {
            found = path.next().unwrap_or_default();
        }
        for wanted in wanted {
            captures.extend(capture(wanted, found)?);
            found = path.next().unwrap_or_default();
        }
        if let Some((name, wanted)) = parameter.split_once('=') {
            captures.extend(capture(wanted, self.parameter(name))?);
        }
        Some(captures)
    }

    /// A parameter of the query, as it is written; empty where there is none.
    pub fn parameter(&self, name: &str) -> &'a str {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|pair| pair.0 == name).map_or("", |pair| pair.1)
    }
}

/// The longest identifier that any provider uses, with room to spare.
const LONGEST: usize = 512;

/// The text, if it is no more than letters, digits and those characters.
pub(super) fn plain<'a>(text: &'a str, more: &[u8]) -> Option<&'a str> {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || more.contains(&byte);
    (!text.is_empty() && text.len() <= LONGEST && text.bytes().all(known)).then_some(text)
}

/// The text, if it is a number.
pub(super) fn number(text: &str) -> Option<&str> {
    plain(text, b"").filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether one part of an address is as wanted, and what of it is captured.
fn capture<'a>(wanted: &str, found: &'a str) -> Option<Option<&'a str>> {
    Some(match wanted {
        "*" if !found.is_empty() => None,
        "." if found.is_empty() => None,
        "#" => Some(number(found)?),
        "~" => Some(plain(found, b"_-.")?),
        "%" => Some(plain(found, b"_-.~!%:/,+")?),
        // An identifier, or a word and an identifier.
        _ => match wanted.strip_suffix(':') {
            Some(word) => Some(plain(found.strip_prefix(word)?, b"_-")?),
            None => (wanted == found).then_some(None)?,
        },
    })
}
