//! The summary header: badge, title, lead image, standfirst, key moments.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use web_sys::Element;

use super::Context;
use super::context::fragment;
use super::picture::figure;
use crate::config::Summary;
use crate::feed::{Entry, Feed, Status};
use crate::nodes::{append, set, show, swap, write};
use crate::words::fill;

/// The header's nodes, and what of the feed they show.
pub struct Header {
    element: Element,
    badge: Element,
    updated: Element,
    title: Element,
    lead: Option<Element>,
    standfirst: Element,
    button: Element,
    moments: Element,
    moment_list: Element,
    shown: Option<Rc<Feed>>,
    listed: Vec<Rc<Entry>>,
    open: bool,
}

impl Header {
    /// Builds the header, still empty.
    #[must_use]
    pub fn new(context: &Context, summary: Summary) -> Self {
        let nodes = &context.nodes;
        let words = &context.locale.words;
        let element = nodes.part("header", "summary");
        let meta = nodes.part("div", "meta");
        let badge = nodes.part("p", "badge");
        let updated = nodes.part("p", "updated");
        append(&meta, [&badge, &updated]);
        let title = nodes.part("h2", "title");
        let standfirst = nodes.part("div", "standfirst");
        set(&standfirst, "id", "standfirst");
        let button = nodes.button("more", "summary-button", "summary", &words.show_more);
        set(&button, "aria-controls", "standfirst");
        let moments = nodes.part("nav", "key-moments");
        let label = nodes.text("h3", "label", &words.key_moments);
        set(&label, "id", "key-moments");
        set(&moments, "aria-labelledby", "key-moments");
        let moment_list = nodes.plain("ol", "");
        set(&moment_list, "role", "list");
        append(&moments, [&label, &moment_list]);
        append(&element, [&meta, &title, &standfirst, &button, &moments]);
        show(&element, summary != Summary::None);
        show(&button, false);
        show(&moments, false);
        Self {
            element,
            badge,
            updated,
            title,
            lead: None,
            standfirst,
            button,
            moments,
            moment_list,
            shown: None,
            listed: Vec::new(),
            open: summary == Summary::Open,
        }
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// Whether the standfirst is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Whether it shows that feed already, but for the time of its last update.
    #[must_use]
    pub fn shows(&self, feed: &Feed) -> bool {
        self.shown.as_ref().is_some_and(|shown| parts(shown) == parts(feed))
    }

    /// Shows the time of that feed's last update, at the next tick.
    pub fn set_updated(&mut self, feed: &Rc<Feed>) {
        self.shown = Some(feed.clone());
    }

    /// Shows that feed; what did not change is not touched.
    pub fn show(&mut self, context: &Context, feed: &Rc<Feed>) {
        let words = &context.locale.words;
        let (name, badge) = match status(feed) {
            Status::Upcoming => ("upcoming", &words.upcoming),
            Status::Live => ("live", &words.live),
            Status::Ended => ("ended", &words.ended),
        };
        set(&self.badge, "data-status", name);
        write(&self.badge, badge);
        write(&self.title, feed.title.as_deref().unwrap_or_default());
        show(&self.title, feed.title.is_some());
        let before = self.shown.replace(feed.clone()).unwrap_or_default();
        if before.image != feed.image {
            let lead = feed.image.as_ref().map(|image| figure(context, image, "lead", "lead-image", &context.base));
            match (&self.lead, &lead) {
                (None, Some(lead)) => {
                    let _ = self.title.after_with_node_1(lead);
                }
                (old, new) => swap(&self.element, old.as_ref(), new.as_ref()),
            }
            self.lead = lead;
        }
        if standfirst(&before) != standfirst(feed) {
            self.standfirst.set_text_content(None);
            let body = match standfirst(feed) {
                (Some(html), _) => context.html(html, &context.base),
                (None, text) => context.text(text.unwrap_or_default()),
            };
            let _ = self.standfirst.append_child(&body);
        }
        self.set_open(context, self.open);
    }

    /// Opens or closes the standfirst.
    pub fn set_open(&mut self, context: &Context, open: bool) {
        self.open = open;
        let words = &context.locale.words;
        set(&self.standfirst, "class", if open { "standfirst" } else { "standfirst is-collapsed" });
        set(&self.button, "aria-expanded", if open { "true" } else { "false" });
        write(&self.button, if open { &words.show_less } else { &words.show_more });
        show(&self.standfirst, self.standfirst.has_child_nodes());
    }

    /// Offers the button only where there is something to open. Asks for the layout, so once a change is on the page.
    pub fn measure(&self) {
        let is_cut = self.standfirst.scroll_height() - self.standfirst.client_height() > 1;
        show(&self.button, self.open && self.standfirst.has_child_nodes() || is_cut);
        if !self.open && !is_cut {
            set(&self.standfirst, "class", "standfirst");
        }
    }

    /// Lists the key moments, in the order of the list below.
    pub fn show_moments(&mut self, context: &Context, moments: Vec<Rc<Entry>>) {
        let same =
            self.listed.len() == moments.len() && self.listed.iter().zip(&moments).all(|(a, b)| Rc::ptr_eq(a, b));
        if same {
            return;
        }
        let nodes = &context.nodes;
        self.moment_list.set_text_content(None);
        for entry in &moments {
            let item = nodes.plain("li", "");
            let link = nodes.part("a", "key-moment");
            set(&link, "href", &fragment(&entry.id));
            set(&link, "data-act", "moment");
            set(&link, "data-id", &entry.id);
            if let Some(time) = entry.published {
                let clock = nodes.text("time", "moment-time", &context.locale.clock(time));
                set(&clock, "datetime", &crate::stamp::datetime_attribute(time));
                append(&link, [&clock]);
                let _ = link.append_with_str_1(" ");
            }
            append(&link, [&nodes.text("span", "moment-title", &moment_title(context, entry))]);
            append(&item, [&link]);
            append(&self.moment_list, [&item]);
        }
        show(&self.moments, !moments.is_empty());
        self.listed = moments;
    }

    /// Writes the key moments' times anew, in another zone.
    pub fn rewrite_moments(&self, context: &Context) {
        let Ok(shown) = self.moment_list.query_selector_all("time") else { return };
        let times = self.listed.iter().filter_map(|entry| entry.published);
        for (time, index) in times.zip(0..) {
            if let Some(shown) = shown.item(index) {
                shown.set_text_content(Some(&context.locale.clock(time)));
            }
        }
    }

    /// Brings "Updated 5 minutes ago" up to date; the moment at which it changes next.
    pub fn tick(&self, context: &Context, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let updated = self.shown.as_ref().and_then(|feed| feed.updated);
        let (text, next) = updated.map_or((String::new(), None), |time| {
            let (relative, next) = context.locale.relative(time, now);
            (fill(&context.locale.words.updated, "time", &relative), next)
        });
        write(&self.updated, &text);
        show(&self.updated, updated.is_some());
        next
    }
}

/// What the header shows of a feed, but for the time of its last update.
fn parts(feed: &Feed) -> impl PartialEq {
    (status(feed), &feed.title, &feed.image, standfirst(feed), &feed.discussion_url)
}

/// How far the coverage is.
fn status(feed: &Feed) -> Status {
    if feed.ended() { Status::Ended } else { feed.status }
}

/// The standfirst, as HTML or as plain text.
fn standfirst(feed: &Feed) -> (Option<&str>, Option<&str>) {
    (feed.summary_html.as_deref(), feed.description.as_deref())
}

/// A key moment's title, else the beginning of its text.
fn moment_title(context: &Context, entry: &Entry) -> String {
    /// How many characters of an untitled entry stand for its title.
    const SHOWN: usize = 80;
    if let Some(title) = &entry.title {
        return title.clone();
    }
    let text = context.body(entry).and_then(|body| body.text_content()).unwrap_or_default();
    // By hand: what the standard library has for it weighs 0.15 KB more, in what every reader waits for.
    let (mut shown, mut count, mut space) = (String::new(), 0, false);
    for character in text.chars() {
        if character.is_whitespace() {
            space = count > 0;
            continue;
        }
        if space && count < SHOWN {
            shown.push(' ');
            count += 1;
        }
        space = false;
        if count == SHOWN {
            shown.push('…');
            break;
        }
        shown.push(character);
        count += 1;
    }
    if shown.is_empty() { String::from(&*entry.id) } else { shown }
}
