//! How a time is written: a pattern of Unicode date fields (UTS 35), parsed once.

use chrono::{DateTime, Datelike, Timelike, Utc};

use super::Zone;

/// `18:19 GMT 05.10.2020`
pub const DEFAULT_PATTERN: &str = "HH:mm ZZZ dd.MM.yyyy";

/// What a year is cut down to when two digits are asked for.
const CENTURY: u32 = 100;
/// Minutes in an hour, as an offset counts them.
const MINUTES: u32 = 60;

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
        let mut words = Vec::with_capacity(Self::HALVES + 2);
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
    const WEEKDAYS: usize = 12;
    /// Where the short names begin.
    pub const SHORT: usize = 19;
    /// Where the halves of the day are: before noon, after noon.
    pub const HALVES: usize = 2 * Self::SHORT;

    /// Writes a number of at least so many digits in the language's own.
    pub(super) fn write_number(&self, text: &mut String, number: u32, digits: usize) {
        for digit in format!("{number:0digits$}").chars() {
            let own = digit.to_digit(10).and_then(|value| char::from_u32(u32::from(self.zero) + value));
            text.push(own.unwrap_or(digit));
        }
    }
}

/// How a time is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Field(Field),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Year,
    YearOfCentury,
    MonthName,
    MonthShort,
    Month { digits: usize },
    Day { digits: usize },
    Weekday,
    WeekdayShort,
    Hour { digits: usize },
    HourOfHalfDay { digits: usize },
    Minute,
    Second,
    HalfDay,
    ZoneName,
    ZoneOffset,
}

/// Every field that a pattern may hold.
const FIELDS: [(&str, Field); 19] = [
    ("yyyy", Field::Year),
    ("yy", Field::YearOfCentury),
    ("MMMM", Field::MonthName),
    ("MMM", Field::MonthShort),
    ("MM", Field::Month { digits: 2 }),
    ("M", Field::Month { digits: 1 }),
    ("dd", Field::Day { digits: 2 }),
    ("d", Field::Day { digits: 1 }),
    ("EEEE", Field::Weekday),
    ("EEE", Field::WeekdayShort),
    ("HH", Field::Hour { digits: 2 }),
    ("H", Field::Hour { digits: 1 }),
    ("hh", Field::HourOfHalfDay { digits: 2 }),
    ("h", Field::HourOfHalfDay { digits: 1 }),
    ("mm", Field::Minute),
    ("ss", Field::Second),
    ("a", Field::HalfDay),
    ("ZZZ", Field::ZoneName),
    // Unicode's own name for an offset (UTS 35): "+01:00".
    ("XXX", Field::ZoneOffset),
];

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
        let Some((_, field)) = FIELDS.iter().find(|(name, _)| *name == token) else {
            let known = FIELDS.map(|(name, _)| name).join(" ");
            return Err(format!("one of {known} in place of {token} (words stand in quotes: 'at')"));
        };
        self.0.push(Piece::Field(*field));
        Ok(())
    }

    /// Whether it names months, weekdays or halves of the day, so that a language has to be asked for them.
    #[must_use]
    pub fn has_words(&self) -> bool {
        use Field::{HalfDay, MonthName, MonthShort, Weekday, WeekdayShort};
        let is_word = |field| matches!(field, MonthName | MonthShort | Weekday | WeekdayShort | HalfDay);
        self.0.iter().any(|piece| matches!(piece, Piece::Field(field) if is_word(*field)))
    }

    /// Writes what the clocks of the zone show.
    pub(super) fn write(&self, local: DateTime<Utc>, zone: &Zone, names: &Names) -> String {
        let mut text = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Field(field) => field.write(&mut text, local, zone, names),
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

impl Field {
    fn write(self, text: &mut String, local: DateTime<Utc>, zone: &Zone, names: &Names) {
        let mut name = |at: usize| text.push_str(names.words.get(at).map_or("", String::as_str));
        let (month, weekday) = (local.month0() as usize, local.weekday().num_days_from_monday() as usize);
        let year = local.year().unsigned_abs();
        match self {
            Self::Year => names.write_number(text, year, 4),
            Self::YearOfCentury => names.write_number(text, year % CENTURY, 2),
            Self::MonthName => name(month),
            Self::MonthShort => name(Names::SHORT + month),
            Self::Month { digits } => names.write_number(text, local.month(), digits),
            Self::Day { digits } => names.write_number(text, local.day(), digits),
            Self::Weekday => name(Names::WEEKDAYS + weekday),
            Self::WeekdayShort => name(Names::SHORT + Names::WEEKDAYS + weekday),
            Self::Hour { digits } => names.write_number(text, local.hour(), digits),
            Self::HourOfHalfDay { digits } => names.write_number(text, local.hour12().1, digits),
            Self::Minute => names.write_number(text, local.minute(), 2),
            Self::Second => names.write_number(text, local.second(), 2),
            Self::HalfDay => name(Names::HALVES + usize::from(local.hour12().0)),
            Self::ZoneName => text.push_str(&zone.name),
            Self::ZoneOffset => write_offset(text, zone.offset_minutes, names),
        }
    }
}

/// `+01:00`, and `Z` where clocks show UTC.
fn write_offset(text: &mut String, offset_minutes: i32, names: &Names) {
    if offset_minutes == 0 {
        text.push('Z');
        return;
    }
    let minutes = offset_minutes.unsigned_abs();
    text.push(if offset_minutes < 0 { '-' } else { '+' });
    names.write_number(text, minutes / MINUTES, 2);
    text.push(':');
    names.write_number(text, minutes % MINUTES, 2);
}
