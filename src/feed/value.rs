//! A parsed JSON document as a small tree, so that every field can be checked by hand and named when it is wrong.

use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// How deep a document may nest. The format's own depth is five; beyond this a value is not read, since a document
/// made of brackets alone would end the stack.
const MAX_DEPTH: u8 = 16;

/// How much of a found value an error shows, in characters.
const SHOWN: usize = 60;

/// A JSON value. An object's members keep their order; of a repeated key the last one counts, as in `JSON.parse`.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// `null`, or `undefined` in a host's own object
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// a number
    Number(f64),
    /// a string
    Text(String),
    /// an array
    List(Vec<Value>),
    /// an object
    Object(Vec<(String, Value)>),
    /// something that is nested too deep to be read
    TooDeep,
}

impl Value {
    /// The member of that name; `Null` where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> &Self {
        const NULL: &Value = &Value::Null;
        let Self::Object(members) = self else {
            return NULL;
        };
        members.iter().rev().find(|(name, _)| name == key).map_or(NULL, |(_, value)| value)
    }

    /// Reads everything but the member `items`, which is read one by one, and may be long.
    ///
    /// # Errors
    /// Only those of the deserializer itself.
    pub fn without_items<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed { depth: 0, skip_items: true }.deserialize(deserializer)
    }
}

/// How an error shows the value: `"yesterday"`, `12`, `a list`.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Text(text) => {
                let shown: String = text.chars().take(SHOWN).collect();
                let more = if shown.len() < text.len() { "…" } else { "" };
                write!(f, "\"{shown}{more}\"")
            }
            Self::List(_) => f.write_str("a list"),
            Self::Object(_) => f.write_str("an object"),
            Self::TooDeep => f.write_str("something nested too deep"),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Seed { depth: 0, skip_items: false }.deserialize(deserializer)
    }
}

#[derive(Clone, Copy)]
struct Seed {
    depth: u8,
    skip_items: bool,
}

impl Seed {
    const fn deeper(self) -> Self {
        Self { depth: self.depth + 1, skip_items: false }
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.depth >= MAX_DEPTH {
            deserializer.deserialize_ignored_any(IgnoredAny)?;
            return Ok(Value::TooDeep);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    #[expect(clippy::cast_precision_loss, reason = "a JSON number is a double; Number(…) says the same in JavaScript")]
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "as above")]
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(self.deeper())? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if self.skip_items && key == "items" {
                map.next_value::<IgnoredAny>()?;
            } else {
                members.push((key, map.next_value_seed(self.deeper())?));
            }
        }
        Ok(Value::Object(members))
    }
}
