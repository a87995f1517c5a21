//! One moment on the page: "5 minutes ago" beside "18:19 GMT 05.10.2020", in a `<time>` that leads to what happened then.

use chrono::{DateTime, Utc};
use web_sys::Element;

use super::locale::Locale;
use crate::config::TimeFormat;
use crate::nodes::{Nodes, append, set, show, write};
use crate::stamp::datetime_attribute;

/// A `<time>` with both forms of a moment.
pub struct Stamp {
    time: DateTime<Utc>,
    element: Element,
    relative: Element,
    absolute: Element,
}

impl Stamp {
    /// Builds it. `href` is the address of what happened then.
    #[must_use]
    pub fn new(nodes: &Nodes, locale: &Locale, time: DateTime<Utc>, href: &str, now: DateTime<Utc>) -> Self {
        let element = nodes.part("time", "stamp");
        let link = nodes.part("a", "permalink");
        set(&link, "href", href);
        set(&element, "datetime", &datetime_attribute(time));
        let relative = nodes.part("span", "relative");
        let absolute = nodes.part("span", "absolute");
        append(&link, [&relative]);
        // A space between the two, for whoever copies or hears them.
        let _ = link.append_with_str_1(" ");
        append(&link, [&absolute]);
        append(&element, [&link]);
        let stamp = Self { time, element, relative, absolute };
        stamp.rewrite(locale, now);
        stamp
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Brings the relative text up to date; the moment at which it changes next.
    pub fn tick(&self, locale: &Locale, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if locale.format == TimeFormat::Absolute {
            return None;
        }
        let (text, next) = locale.relative(self.time, now);
        write(&self.relative, &text);
        next
    }

    /// Writes both forms anew: the zone or the format is another one.
    pub fn rewrite(&self, locale: &Locale, now: DateTime<Utc>) {
        self.tick(locale, now);
        write(&self.absolute, &locale.absolute(self.time));
        show(&self.relative, locale.format != TimeFormat::Absolute);
        show(&self.absolute, locale.format != TimeFormat::Relative);
    }
}
