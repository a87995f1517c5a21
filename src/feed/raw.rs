//! A JSON value as it stands in the text: parsed when it is asked for, and only as what it is asked for. So a wrong field
//! costs itself alone, and what nobody reads is never parsed.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// How much of a found value an error shows, in characters.
const SHOWN: usize = 60;

/// How many items of a list inside an item are read: far more than any has.
const MAX_LIST: usize = 1_000;

/// A JSON value in its text.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a>(&'a str);

/// What a JSON value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind<'a> {
    /// `null`, or no value at all
    Null,
    /// `true` or `false`
    Bool(bool),
    /// a number; one beyond the range of a double is infinite
    Number(f64),
    /// a string
    Text(Cow<'a, str>),
    /// an array
    List,
    /// an object
    Object,
}

impl<'a> Raw<'a> {
    /// Stands for a value that is missing.
    pub const NULL: Self = Self("null");

    /// The value that the whole text is.
    ///
    /// # Errors
    /// Where the text is no JSON; with the line and the column.
    pub fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<&RawValue>(text).map(Self::from)
    }

    /// Its text, as it stands in the document.
    #[must_use]
    pub const fn text(self) -> &'a str {
        self.0
    }

    /// What it is; scalars are parsed.
    #[must_use]
    pub fn kind(self) -> Kind<'a> {
        match self.0.as_bytes().first() {
            Some(b'"') => Kind::Text(string(self.0)),
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b't') => Kind::Bool(true),
            Some(b'f') => Kind::Bool(false),
            Some(b'-' | b'0'..=b'9') => Kind::Number(serde_json::from_str(self.0).unwrap_or(f64::INFINITY)),
            _ => Kind::Null,
        }
    }

    /// Whether it is `null`, or missing.
    #[must_use]
    pub fn is_null(self) -> bool {
        self.0.starts_with('n')
    }

    /// Whether it is an object.
    #[must_use]
    pub fn is_object(self) -> bool {
        self.0.starts_with('{')
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn items(self) -> Option<Vec<Self>> {
        let items: Vec<&'a RawValue> = serde_json::from_str(self.0).ok()?;
        Some(items.into_iter().take(MAX_LIST).map(Self::from).collect())
    }

    /// The members, if it is an object; none otherwise.
    #[must_use]
    pub fn members(self) -> Members<'a> {
        if self.is_object() { serde_json::from_str(self.0).unwrap_or_default() } else { Members::default() }
    }

    /// How an error shows it: `"yesterday"`, `12`, `a list`.
    #[must_use]
    pub fn shown(self) -> String {
        match self.kind() {
            Kind::Null => "null".to_owned(),
            Kind::Bool(flag) => flag.to_string(),
            Kind::Number(_) if self.0.len() <= SHOWN => self.0.to_owned(),
            Kind::Number(_) => "a number".to_owned(),
            Kind::Text(text) => quoted(&text),
            Kind::List => "a list".to_owned(),
            Kind::Object => "an object".to_owned(),
        }
    }
}

impl<'a> From<&'a RawValue> for Raw<'a> {
    fn from(raw: &'a RawValue) -> Self {
        Self(raw.get())
    }
}

/// A text as an error shows it: in quotes, its beginning where it is long.
#[must_use]
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("\"{}…\"", text.get(..end).unwrap_or_default()),
        None => format!("\"{text}\""),
    }
}

/// A string as `JSON.parse` reads it, but for halves of characters, which no text can hold: U+FFFD takes their place.
fn string(raw: &str) -> Cow<'_, str> {
    // Without an escape it is what stands between the quotes.
    if !raw.contains('\\') {
        return Cow::Borrowed(raw.get(1..raw.len().saturating_sub(1)).unwrap_or_default());
    }
    let text = serde_json::from_str(raw).or_else(|_| serde_json::from_str(&whole_characters(raw)));
    Cow::Owned(text.unwrap_or_default())
}

/// Replaces each escape of half a character (a surrogate that has no partner) by that of U+FFFD.
fn whole_characters(raw: &str) -> String {
    let mut whole = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        whole.push_str(before);
        let length = match (surrogate(escape), escape.get(6..).and_then(surrogate)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(_), _) => {
                whole.push_str("\\ufffd");
                rest = escape.get(6..).unwrap_or_default();
                continue;
            }
            (None, _) => 2,
        };
        whole.push_str(escape.get(..length).unwrap_or(escape));
        rest = escape.get(length..).unwrap_or_default();
    }
    whole.push_str(rest);
    whole
}

/// The surrogate that a text begins with, escaped.
fn surrogate(text: &str) -> Option<u32> {
    let code = u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&code).then_some(code)
}

/// The members of an object, in their order.
#[derive(Debug, Clone, Default)]
pub struct Members<'a>(Vec<(Cow<'a, str>, Raw<'a>)>);

impl<'a> Members<'a> {
    /// The member of that name; of several the last, as in `JSON.parse`. `null` where there is none.
    #[must_use]
    pub fn get(&self, name: &str) -> Raw<'a> {
        self.0.iter().rev().find(|(other, _)| other == name).map_or(Raw::NULL, |(_, value)| *value)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    /// All members.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Raw<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, *value))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(name) = map.next_key::<&RawValue>()? {
                    members.push((string(name.get()), Raw::from(map.next_value::<&RawValue>()?)));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

/// A document: the items in their text, and all other members of the top level.
#[derive(Debug)]
pub struct Top<'a> {
    /// all members but `items`
    pub members: Members<'a>,
    /// the items; nothing where there are none
    pub items: Option<Vec<&'a RawValue>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Top<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Top<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with a list of items")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (mut members, mut items) = (Vec::new(), None);
                while let Some(name) = map.next_key::<&RawValue>()? {
                    match string(name.get()) {
                        name if name == "items" => items = Some(map.next_value()?),
                        name => members.push((name, Raw::from(map.next_value::<&RawValue>()?))),
                    }
                }
                Ok(Top { members: Members(members), items })
            }
        }
        deserializer.deserialize_map(Read)
    }
}
