//! Every word that a reader reads or hears, in English; other languages are small files, loaded on demand.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::markup::elements::known;

/// Declares the words with their English, and how each is read from a language's file.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident = $english:literal,)*) => {
        /// The words of one language.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Words {
            $($(#[$doc])* pub $name: String,)*
            /// "3 new updates"; `{n}` is the number
            pub new_updates: Plural,
        }

        impl Default for Words {
            fn default() -> Self {
                let plural = [("one", "{n} new update"), ("other", "{n} new updates")];
                Self {
                    $($name: $english.to_owned(),)*
                    new_updates: Plural(plural.map(|(name, form)| (name.to_owned(), form.to_owned())).into()),
                }
            }
        }

        impl Words {
            /// The names of the words, as they stand in a language's file.
            pub const NAMES: &[&str] = &[$(stringify!($name),)* "new_updates"];

            fn set(&mut self, name: &str, word: Word) {
                match (name, word) {
                    $((stringify!($name), Word::Text(text)) => self.$name = text,)*
                    ("new_updates", Word::Object(forms)) => {
                        let text = |(category, form)| match form {
                            Word::Text(text) => Some((category, text)),
                            _ => None,
                        };
                        let forms: Vec<(String, String)> = forms.into_iter().filter_map(text).collect();
                        if !forms.is_empty() {
                            self.new_updates = Plural(forms);
                        }
                    }
                    _ => {}
                }
            }
        }
    };
}

/// A language's file: an object of texts; the plural forms are an object in it. What is missing or of another type stays
/// English.
impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut words = Self::default();
        if let Word::Object(members) = Word::deserialize(deserializer)? {
            for (name, word) in members {
                words.set(&name, word);
            }
        }
        Ok(words)
    }
}

/// A value of a language's file.
enum Word {
    Text(String),
    /// its members, in their order
    Object(Vec<(String, Word)>),
    Other,
}

impl<'de> Deserialize<'de> for Word {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Word;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an object of texts")
            }

            fn visit_str<E>(self, text: &str) -> Result<Word, E> {
                Ok(Word::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Word, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Word::Object(members))
            }

            fn visit_unit<E>(self) -> Result<Word, E> {
                Ok(Word::Other)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Word, E> {
                Ok(Word::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Word, E> {
                Ok(Word::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Word, E> {
                Ok(Word::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Word, E> {
                Ok(Word::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Word, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Word::Other)
            }
        }
        deserializer.deserialize_any(Read)
    }
}

words! {
    /// the switch's name
    order = "Order",
    /// the switch: newest entries on top
    new_first = "New first",
    /// the switch: oldest entries on top
    old_first = "Old first",
    /// opens the summary
    show_more = "Show more",
    /// closes the summary
    show_less = "Show less",
    /// the heading of the jump list
    key_moments = "Key moments",
    /// the badge while entries are being published
    live = "Live",
    /// the badge before that
    upcoming = "Coming up",
    /// the badge after that
    ended = "Coverage ended",
    /// when the feed was published; `{time}` is a relative time
    updated = "Updated {time}",
    /// the label of a pinned entry
    pinned = "Pinned",
    /// the label of a key moment
    key = "Key moment",
    /// the label of breaking news
    breaking = "Breaking",
    /// the label of a summary
    summary = "Summary",
    /// shows more rows below in New first
    earlier = "Show earlier updates",
    /// shows more rows below in Old first
    later = "Show later updates",
    /// a page of older entries is under way
    loading = "Loading more updates …",
    /// it could not be had
    not_loaded = "More updates could not be loaded.",
    /// the line between what is new since the reader left and what is not
    line = "New since you left",
    /// how many of the rows there are; `{shown}`, `{total}`
    shown_of = "{shown} of {total}",
    /// beside the time of an entry that changed while it was shown; `{time}` is a relative time
    edited = "Edited {time}",
    /// leads to the discussion
    discussion = "Join the discussion",
    /// asks again after a failure
    retry = "Retry",
    /// holds updates back
    pause = "Pause",
    /// lets updates come again
    resume = "Resume",
    /// while updates are held back
    paused = "Paused",
    /// times in the reader's zone
    your_time = "Your time",
    /// nothing was published yet
    empty = "No updates yet.",
    /// nothing could be shown
    failed = "The updates could not be loaded.",
    /// what is shown could not be brought up to date; `{time}` is a clock time
    stale = "Not updated since {time}",
    /// when the feed is asked for again after a failure; `{time}` is a relative time
    again = "Trying again {time}",
    /// the device has no network
    offline = "You are offline",
    /// the list is up to date; `{time}` is a relative time
    checked = "Checked {time}",
    /// an entry that is a picture alone, for assistive technology
    picture = "Picture",
    /// an entry that is other media alone
    media = "Media",
    /// opens it on the service's own site
    open_on = "Open on {provider}",
    /// leads the keyboard past the feed
    skip = "Skip the feed",
}

/// A text in the forms that a number asks for, by the categories of `Intl.PluralRules`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Plural(pub Vec<(String, String)>);

impl Plural {
    /// The form of that category, else the one of `other`, else the last one, with the number put in.
    #[must_use]
    pub fn text(&self, category: &str, number: &str) -> String {
        let of = |category: &str| self.0.iter().find(|(name, _)| name == category);
        let form = of(category).or_else(|| of("other")).or_else(|| self.0.last());
        form.map_or_else(|| number.to_owned(), |(_, text)| fill(text, "n", number))
    }
}

/// Puts a value in the place of `{name}`.
///
/// ```
/// assert_eq!(livefeed::words::fill("Updated {time}", "time", "5 minutes ago"), "Updated 5 minutes ago");
/// ```
#[must_use]
pub fn fill(text: &str, name: &str, value: &str) -> String {
    let mut pieces = text.split('{');
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        if let Some(rest) = piece.strip_prefix(name).and_then(|rest| rest.strip_prefix('}')) {
            filled.push_str(value);
            filled.push_str(rest);
        } else {
            filled.push('{');
            filled.push_str(piece);
        }
    }
    filled
}

/// Whether a language is written from right to left, by its BCP 47 tag.
#[must_use]
pub fn is_right_to_left(lang: &str) -> bool {
    /// The length of a script subtag (BCP 47): `Arab`.
    const SCRIPT: usize = 4;
    let mut subtags = lang.split('-');
    let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let script = subtags.find(|subtag| subtag.len() == SCRIPT).map(str::to_ascii_lowercase);
    let (names, name) = match script {
        Some(script) => ("arab hebr thaa syrc nkoo adlm", script),
        None => ("ar arc ckb dv fa he iw ks ps sd ug ur yi", language),
    };
    known(names, &name).is_some()
}
