//! The element's attributes as typed values. What is unknown becomes the default, with a warning that says what is known.

use chrono::TimeDelta;

use crate::error::Error;
use crate::feed::Feed;

/// How many rows are shown first.
pub const PAGE_SIZE: usize = 50;

/// Which end of the list is on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// New first
    #[default]
    Newest,
    /// Old first
    Oldest,
}

impl Order {
    /// The attribute's value.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }

    /// Reads the attribute's value.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Newest, Self::Oldest].into_iter().find(|order| order.name().eq_ignore_ascii_case(text))
    }
}

/// How updates come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Live {
    /// by a stream where the feed names one, else by asking
    #[default]
    Auto,
    /// by asking
    Poll,
    /// by a stream
    Stream,
    /// not at all
    Off,
}

/// In whose zone times are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ZoneChoice {
    /// the event's
    #[default]
    Feed,
    /// the reader's own
    Reader,
    /// the one of that IANA name
    Named(String),
}

/// Which of the two forms of a time are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TimeFormat {
    /// "5 minutes ago" and "18:19 GMT"
    #[default]
    Both,
    /// "5 minutes ago"
    Relative,
    /// "18:19 GMT"
    Absolute,
}

/// How much of the summary header is shown at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Summary {
    /// a few lines
    #[default]
    Collapsed,
    /// all of it
    Open,
    /// no header at all
    None,
}

/// What the attributes say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// `src`, as it was written
    pub src: Option<String>,
    /// `format`: a format module's name; `None` is `auto`
    pub format: Option<String>,
    /// `order`
    pub order: Order,
    /// `live`
    pub live: Live,
    /// `interval`
    pub interval: Option<TimeDelta>,
    /// `page-size`, at least 1
    pub page_size: usize,
    /// `lang`
    pub lang: Option<String>,
    /// `dir`
    pub dir: Option<String>,
    /// `time-zone`
    pub time_zone: ZoneChoice,
    /// `time-format`
    pub time_format: TimeFormat,
    /// `time-pattern`
    pub time_pattern: Option<String>,
    /// `summary`
    pub summary: Summary,
    /// `loading="lazy"`: starts near the viewport
    pub lazy: bool,
    /// `image-proxy`: a URL template with `{url}`
    pub image_proxy: Option<String>,
    /// `frames`: further origins that may be framed after a click, as written; `www/players.js` parts them
    pub frames: Option<String>,
    /// `storage="none"` is false
    pub storage: bool,
    /// `json-ld`
    pub json_ld: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            src: None,
            format: None,
            order: Order::default(),
            live: Live::default(),
            interval: None,
            page_size: PAGE_SIZE,
            lang: None,
            dir: None,
            time_zone: ZoneChoice::default(),
            time_format: TimeFormat::default(),
            time_pattern: None,
            summary: Summary::default(),
            lazy: false,
            image_proxy: None,
            frames: None,
            storage: true,
            json_ld: false,
        }
    }
}

impl Config {
    /// Whether updates of that feed come by themselves.
    #[must_use]
    pub fn updates(&self, feed: &Feed) -> bool {
        self.live != Live::Off && feed.poll_seconds != Some(0.0)
    }

    /// The attributes that are observed.
    pub const ATTRIBUTES: &[&str] = &[
        "src",
        "format",
        "order",
        "live",
        "interval",
        "page-size",
        "lang",
        "dir",
        "time-zone",
        "time-format",
        "time-pattern",
        "summary",
        "loading",
        "image-proxy",
        "frames",
        "storage",
        "json-ld",
    ];

    /// Takes an attribute's new value; `None` where it was removed.
    ///
    /// # Errors
    /// [`Error::Attribute`] where the value is not known; the default stands then.
    pub fn set(&mut self, name: &str, value: Option<&str>) -> Result<(), Error> {
        let text = value.unwrap_or_default().trim_ascii();
        if let Some(kept) = self.kept(name) {
            *kept = if text.is_empty() { None } else { Some(text.to_owned()) };
        }
        let mut choice = Choice { text, expected: None };
        match name {
            "format" if text.eq_ignore_ascii_case("auto") => self.format = None,
            "order" => self.order = choice.of("newest, oldest", &[Order::Newest, Order::Oldest]),
            "live" => {
                let lives = [Live::Auto, Live::Poll, Live::Stream, Live::Off];
                self.live = choice.of("auto, poll, stream, off", &lives);
            }
            "interval" => {
                self.interval = seconds(text);
                choice.needs(self.interval.is_some(), "a number of seconds from 5 to 3600");
            }
            "page-size" => {
                let rows = text.parse().ok().filter(|rows| *rows > 0);
                choice.needs(rows.is_some(), "a whole number from 1");
                self.page_size = rows.unwrap_or(PAGE_SIZE);
            }
            "time-zone" => {
                self.time_zone = match text {
                    "" => ZoneChoice::Feed,
                    name if name.eq_ignore_ascii_case("feed") => ZoneChoice::Feed,
                    name if name.eq_ignore_ascii_case("reader") => ZoneChoice::Reader,
                    name => ZoneChoice::Named(name.to_owned()),
                };
            }
            "time-format" => {
                let formats = [TimeFormat::Both, TimeFormat::Relative, TimeFormat::Absolute];
                self.time_format = choice.of("both, relative, absolute", &formats);
            }
            "summary" => {
                let summaries = [Summary::Collapsed, Summary::Open, Summary::None];
                self.summary = choice.of("collapsed, open, none", &summaries);
            }
            "loading" => self.lazy = choice.of("eager, lazy", &[false, true]),
            "image-proxy" => {
                let holds = text.split('{').any(|part| part.starts_with("url}"));
                choice.needs(holds, "a URL that holds {url}");
                if !holds {
                    self.image_proxy = None;
                }
            }
            "storage" => self.storage = choice.of("local, none", &[true, false]),
            "json-ld" => self.json_ld = value.is_some(),
            _ => {}
        }
        choice.check(name)
    }

    /// What is kept as it was written.
    fn kept(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "src" => &mut self.src,
            "format" => &mut self.format,
            "lang" => &mut self.lang,
            "dir" => &mut self.dir,
            "time-pattern" => &mut self.time_pattern,
            "image-proxy" => &mut self.image_proxy,
            "frames" => &mut self.frames,
            _ => return None,
        })
    }
}

/// A value that has to be one of a few; else what was expected.
struct Choice<'a> {
    text: &'a str,
    expected: Option<&'static str>,
}

impl Choice<'_> {
    /// The one whose name stands at its place in the list; the first where there is none.
    fn of<T: Copy + Default>(&mut self, names: &'static str, choices: &[T]) -> T {
        let place = self.place(names);
        choices.get(place).or(choices.first()).copied().unwrap_or_default()
    }

    fn place(&mut self, names: &'static str) -> usize {
        let place = names.split(',').position(|name| name.trim_ascii().eq_ignore_ascii_case(self.text));
        self.needs(place.is_some(), names);
        place.unwrap_or_default()
    }

    /// Remembers what was expected. An empty value is as good as none.
    fn needs(&mut self, is_known: bool, expected: &'static str) {
        self.expected = Some(expected).filter(|_| !is_known && !self.text.is_empty());
    }

    fn check(self, name: &str) -> Result<(), Error> {
        let Some(expected) = self.expected else { return Ok(()) };
        let name = Config::ATTRIBUTES.iter().find(|known| **known == name).copied().unwrap_or_default();
        Err(Error::Attribute { name, value: self.text.to_owned(), expected: expected.to_owned() })
    }
}

/// Parses a number of seconds, with decimals or without, to the millisecond; `None` where that is nothing.
fn seconds(text: &str) -> Option<TimeDelta> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    // As Rust parses integers, not numbers with decimals: that alone would add 10 KB to what a page loads.
    if ![whole, decimals].iter().all(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let seconds = TimeDelta::try_seconds(format!("0{whole}").parse().ok()?)?;
    let millis = TimeDelta::try_milliseconds(format!("{decimals:0<3}").get(..3)?.parse().ok()?)?;
    seconds.checked_add(&millis).filter(|span| !span.is_zero())
}
