//! The element's attributes as typed values. What is unknown becomes the default, with a warning that says what is known.

use crate::error::Error;
use crate::time::SECOND;

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
        choose(text, &[("newest", Self::Newest), ("oldest", Self::Oldest)])
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
    /// `interval`, in milliseconds
    pub interval: Option<i64>,
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
    /// `frames`: further origins that may be framed after a click
    pub frames: Vec<String>,
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
            frames: Vec::new(),
            storage: true,
            json_ld: false,
        }
    }
}

impl Config {
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
        let text = value.map(str::trim).filter(|text| !text.is_empty());
        let owned = || text.map(str::to_owned);
        match name {
            "src" => self.src = owned(),
            "format" => self.format = owned().filter(|name| !name.eq_ignore_ascii_case("auto")),
            "order" => {
                let choices = [("newest", Order::Newest), ("oldest", Order::Oldest)];
                return pick(&mut self.order, "order", text, &choices);
            }
            "live" => {
                let choices =
                    [("auto", Live::Auto), ("poll", Live::Poll), ("stream", Live::Stream), ("off", Live::Off)];
                return pick(&mut self.live, "live", text, &choices);
            }
            "interval" => return self.set_interval(text),
            "page-size" => return self.set_page_size(text),
            "lang" => self.lang = owned(),
            "dir" => self.dir = owned(),
            "time-zone" => {
                self.time_zone = match text {
                    None => ZoneChoice::Feed,
                    Some(name) if name.eq_ignore_ascii_case("feed") => ZoneChoice::Feed,
                    Some(name) if name.eq_ignore_ascii_case("reader") => ZoneChoice::Reader,
                    Some(name) => ZoneChoice::Named(name.to_owned()),
                };
            }
            "time-format" => {
                let choices = [
                    ("both", TimeFormat::Both),
                    ("relative", TimeFormat::Relative),
                    ("absolute", TimeFormat::Absolute),
                ];
                return pick(&mut self.time_format, "time-format", text, &choices);
            }
            "time-pattern" => self.time_pattern = owned(),
            "summary" => {
                let choices = [("collapsed", Summary::Collapsed), ("open", Summary::Open), ("none", Summary::None)];
                return pick(&mut self.summary, "summary", text, &choices);
            }
            "loading" => return pick(&mut self.lazy, "loading", text, &[("eager", false), ("lazy", true)]),
            "image-proxy" => return self.set_image_proxy(text),
            "frames" => self.frames = text.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
            "storage" => return pick(&mut self.storage, "storage", text, &[("local", true), ("none", false)]),
            "json-ld" => self.json_ld = value.is_some(),
            _ => {}
        }
        Ok(())
    }

    fn set_interval(&mut self, text: Option<&str>) -> Result<(), Error> {
        self.interval = None;
        let Some(text) = text else { return Ok(()) };
        let seconds = text.parse::<f64>().ok().filter(|seconds| *seconds > 0.0 && seconds.is_finite());
        let seconds = seconds.ok_or_else(|| unknown("interval", text, "a number of seconds from 5 to 3600"))?;
        #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and the pace clamps it")]
        let millis = (seconds * SECOND as f64) as i64;
        self.interval = Some(millis);
        Ok(())
    }

    fn set_page_size(&mut self, text: Option<&str>) -> Result<(), Error> {
        self.page_size = PAGE_SIZE;
        let Some(text) = text else { return Ok(()) };
        let rows = text.parse().ok().filter(|rows| *rows > 0);
        self.page_size = rows.ok_or_else(|| unknown("page-size", text, "a whole number from 1"))?;
        Ok(())
    }

    fn set_image_proxy(&mut self, text: Option<&str>) -> Result<(), Error> {
        self.image_proxy = text.filter(|template| template.contains("{url}")).map(str::to_owned);
        match text {
            Some(text) if self.image_proxy.is_none() => Err(unknown("image-proxy", text, "a URL that holds {url}")),
            _ => Ok(()),
        }
    }
}

/// Sets a value to the chosen one, or to the first.
fn pick<T: Copy>(
    to: &mut T,
    name: &'static str,
    text: Option<&str>,
    choices: &[(&'static str, T)],
) -> Result<(), Error> {
    if let Some((_, first)) = choices.first() {
        *to = *first;
    }
    let Some(text) = text else { return Ok(()) };
    *to = choose(text, choices).ok_or_else(|| {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        unknown(name, text, &names.join(", "))
    })?;
    Ok(())
}

fn choose<T: Copy>(text: &str, choices: &[(&'static str, T)]) -> Option<T> {
    choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)).map(|(_, choice)| *choice)
}

fn unknown(name: &'static str, value: &str, expected: &str) -> Error {
    Error::Attribute { name, value: value.to_owned(), expected: expected.to_owned() }
}
