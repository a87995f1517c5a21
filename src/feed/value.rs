//! A parsed JSON document as a small tree, so that every field can be checked by hand and named when it is wrong.

use std::fmt;

use crate::writing;

/// How deep a document may nest. The format's own depth is five; beyond this a value is not read, since a document
/// made of brackets alone would end the stack.
pub const MAX_DEPTH: u8 = 16;

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

    /// How an error shows it: `"yesterday"`, `12`, `a list`.
    #[must_use]
    pub fn shown(&self) -> String {
        let kind = match self {
            Self::Null => "null",
            Self::Bool(true) => "true",
            Self::Bool(false) => "false",
            Self::Number(value) => return digits(*value).unwrap_or_else(|| "a number".to_owned()),
            Self::Text(text) => {
                let end = text.char_indices().nth(SHOWN).map_or(text.len(), |(end, _)| end);
                let more = if end < text.len() { "…" } else { "" };
                return "\"".to_owned() + text.get(..end).unwrap_or_default() + more + "\"";
            }
            Self::List(_) => "a list",
            Self::Object(_) => "an object",
            Self::TooDeep => "something nested too deep",
        };
        kind.to_owned()
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown())
    }
}

/// A number in its digits, where six decimals hold it; none else. (What the standard library has for every number is as
/// large as all the rest that reads a feed.)
#[must_use]
pub fn digits(number: f64) -> Option<String> {
    const DECIMALS: f64 = 1_000_000.0;
    let scaled = number.abs() * DECIMALS;
    // Beyond this a double holds no decimals, nor every whole number.
    if scaled > MAX_SAFE * DECIMALS || number.abs() < MAX_SAFE / DECIMALS && scaled.fract() != 0.0 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
    let (whole, mut decimals) = (number.abs() as u64, (number.abs().fract() * DECIMALS).round() as u64);
    let mut text = if number < 0.0 { "-".to_owned() } else { String::new() };
    text += &writing::number(whole);
    if decimals > 0 {
        text.push('.');
    }
    let mut unit = DECIMALS as u64 / 10;
    while decimals > 0 {
        text += &writing::number(decimals / unit);
        decimals %= unit;
        unit /= 10;
    }
    Some(text)
}

/// Above this a double no longer tells one whole number from the next (`Number.MAX_SAFE_INTEGER`).
pub const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
