//! How a time is written: a pattern of Unicode date fields (UTS 35), parsed once.

use chrono::{Datelike, FixedOffset, NaiveDateTime, Timelike};

use super::Zone;

/// `18:19 GMT 05.10.2020`
pub const DEFAULT_PATTERN: &str = "HH:mm ZZZ dd.MM.yyyy";

/// What a year is cut down to when two digits are asked for.
const CENTURY: u32 = 100;
/// Seconds in a minute, and minutes in an hour.
const SIXTY: u32 = 60;

/// The words and digits that a language has for dates. English by default.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// January to December, as they stand in a date ("5 октября"), Monday to Sunday; from [`Names::SHORT`] on the same,
    /// short; from [`Names::HALVES`] on what the day's halves are called
    pub words: Vec<String>,
    /// the digit zero; the other nine follow it in Unicode
    pub zero: char,
}

/// The months, then the weekdays.
const ENGLISH: &str = "January February March April May June July August September October November December \
                       Monday Tuesday Wednesday Thursday Friday Saturday Sunday";

impl Default for Names {
    fn default() -> Self {
        /// English shortens every month and weekday to three letters.
        const LETTERS: usize = 3;
        let mut words = Vec::new();
        for letters in [usize::MAX, LETTERS] {
            for name in ENGLISH.split(' ') {
                words.push(name.get(..letters).unwrap_or(name).to_owned());
            }
        }
        words.push("AM".into());
        words.push("PM".into());
        Self { words, zero: '0' }
    }
}

impl Names {
    const WEEKDAYS: u32 = 12;
    /// Where the short names begin.
    pub const SHORT: u32 = 19;
    /// Where the halves of the day are: before noon, after noon.
    pub const HALVES: u32 = 2 * Self::SHORT;

    fn word(&self, place: u32) -> &str {
        usize::try_from(place).ok().and_then(|place| self.words.get(place)).map_or("", String::as_str)
    }

    /// Writes a number of at least so many digits in the language's own.
    pub(super) fn write_number(&self, text: &mut String, number: u32, digits: usize) {
        let latin = format!("{number:0digits$}");
        let zero = u32::from(self.zero);
        let digits = latin.bytes().map(|digit| char::from_u32(zero + u32::from(digit - b'0')));
        text.extend(digits.map(|digit| digit.unwrap_or(self.zero)));
    }
}

/// How a time is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    /// the place of a field in [`FIELDS`]
    Field(usize),
}

/// What a field takes from the date and the time of day.
type Part = fn(&NaiveDateTime) -> u32;

/// What a field is written as.
enum Field {
    /// a number of at least so many digits
    Number(Part, usize),
    /// one of the [`Names`], by its place there
    Word(Part),
    ZoneName,
    ZoneOffset,
}

/// Every field that a pattern may hold.
static FIELDS: [(&str, Field); 19] = [
    ("yyyy", Field::Number(year, 4)),
    ("yy", Field::Number(|at| year(at) % CENTURY, 2)),
    ("MMMM", Field::Word(NaiveDateTime::month0)),
    ("MMM", Field::Word(|at| Names::SHORT + at.month0())),
    ("MM", Field::Number(NaiveDateTime::month, 2)),
    ("M", Field::Number(NaiveDateTime::month, 1)),
    ("dd", Field::Number(NaiveDateTime::day, 2)),
    ("d", Field::Number(NaiveDateTime::day, 1)),
    ("EEEE", Field::Word(|at| Names::WEEKDAYS + at.weekday().num_days_from_monday())),
    ("EEE", Field::Word(|at| Names::SHORT + Names::WEEKDAYS + at.weekday().num_days_from_monday())),
    ("HH", Field::Number(NaiveDateTime::hour, 2)),
    ("H", Field::Number(NaiveDateTime::hour, 1)),
    ("hh", Field::Number(hour_of_half_day, 2)),
    ("h", Field::Number(hour_of_half_day, 1)),
    ("mm", Field::Number(NaiveDateTime::minute, 2)),
    ("ss", Field::Number(NaiveDateTime::second, 2)),
    ("a", Field::Word(|at| Names::HALVES + u32::from(at.hour12().0))),
    ("ZZZ", Field::ZoneName),
    // Unicode's own name for an offset (UTS 35): "+01:00".
    ("XXX", Field::ZoneOffset),
];

/// The year, which is never negative here.
fn year(at: &NaiveDateTime) -> u32 {
    at.year().unsigned_abs()
}

/// The hour from 1 to 12.
fn hour_of_half_day(at: &NaiveDateTime) -> u32 {
    at.hour12().1
}

impl Pattern {
    /// Reads a pattern: `yyyy yy MMMM MMM MM M dd d EEEE EEE HH H hh h mm ss a`, `ZZZ` (the zone's name), `XXX` (its
    /// offset), and words in quotes (`'at'`; `''` is an apostrophe). Any other letter is an error.
    ///
    /// # Errors
    /// What was expected in place of what, so that it can follow the word "expected".
    pub fn parse(pattern: &str) -> Result<Self, String> {
        let mut parsed = Self(Vec::new());
        let mut chars = pattern.chars().peekable();
        while let Some(char) = chars.next() {
            if char == '\'' {
                if chars.next_if_eq(&'\'').is_some() {
                    parsed.push_char('\'');
                    continue;
                }
                loop {
                    match chars.next() {
                        Some('\'') if chars.next_if_eq(&'\'').is_some() => parsed.push_char('\''),
                        Some('\'') => break,
                        Some(char) => parsed.push_char(char),
                        None => return Err("a second ' after the words in quotes".into()),
                    }
                }
            } else if char.is_ascii_alphabetic() {
                let mut token = String::from(char);
                while let Some(same) = chars.next_if_eq(&char) {
                    token.push(same);
                }
                parsed.push_field(&token)?;
            } else {
                parsed.push_char(char);
            }
        }
        if parsed.0.is_empty() { Err(format!("a pattern such as {DEFAULT_PATTERN}")) } else { Ok(parsed) }
    }

    fn push_char(&mut self, char: char) {
        if let Some(Piece::Text(words)) = self.0.last_mut() {
            words.push(char);
        } else {
            self.0.push(Piece::Text(char.into()));
        }
    }

    fn push_field(&mut self, token: &str) -> Result<(), String> {
        let Some(field) = FIELDS.iter().position(|(name, _)| *name == token) else {
            let known = FIELDS.each_ref().map(|(name, _)| *name).join(" ");
            return Err(format!("one of {known} in place of {token} (words stand in quotes: 'at')"));
        };
        self.0.push(Piece::Field(field));
        Ok(())
    }

    /// Whether it names months, weekdays or halves of the day, so that a language has to be asked for them.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece.field(), Some(Field::Word(_))))
    }

    /// Whether it names the zone, so that a language has to be asked for that.
    #[must_use]
    pub fn has_zone_name(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece.field(), Some(Field::ZoneName)))
    }

    /// Writes what the clocks of the zone show.
    pub(super) fn write(&self, local: &NaiveDateTime, zone: &Zone, names: &Names) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match (piece, piece.field()) {
                (Piece::Text(words), _) => text.push_str(words),
                (_, Some(field)) => field.write(&mut text, local, zone, names),
                _ => {}
            }
        }
        text
    }
}

impl Default for Pattern {
    fn default() -> Self {
        Self::parse(DEFAULT_PATTERN).unwrap_or_else(|_| Self(Vec::new()))
    }
}

impl Piece {
    fn field(&self) -> Option<&'static Field> {
        match self {
            Self::Field(place) => Some(&FIELDS.get(*place)?.1),
            Self::Text(_) => None,
        }
    }
}

impl Field {
    fn write(&self, text: &mut String, local: &NaiveDateTime, zone: &Zone, names: &Names) {
        match self {
            Self::Number(of, digits) => names.write_number(text, of(local), *digits),
            Self::Word(of) => text.push_str(names.word(of(local))),
            Self::ZoneName => text.push_str(&zone.name),
            Self::ZoneOffset => write_offset(text, zone.offset, names),
        }
    }
}

/// `+01:00`, and `Z` where clocks show UTC.
fn write_offset(text: &mut String, offset: FixedOffset, names: &Names) {
    let seconds = offset.local_minus_utc();
    if seconds == 0 {
        text.push('Z');
        return;
    }
    let minutes = seconds.unsigned_abs() / SIXTY;
    text.push(if seconds < 0 { '-' } else { '+' });
    names.write_number(text, minutes / SIXTY, 2);
    text.push(':');
    names.write_number(text, minutes % SIXTY, 2);
}
