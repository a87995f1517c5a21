//! One entry as an article: heading, body, picture, embed, attachments. An edit replaces the parts that changed.

use std::rc::Rc;

use chrono::{DateTime, Utc};
use web_sys::Element;

use super::Context;
use super::attachments::attachments;
use super::context::fragment;
use super::picture::figure;
use super::time::Stamp;
use crate::config::TimeFormat;
use crate::feed::{Author, Content, Entry, Kind};
use crate::nodes::{Nodes, append, focus, has_focus, set, set_or_remove, swap, write};
use crate::words::{fill, is_right_to_left};

/// An entry's row in the list.
pub struct Row {
    element: Element,
    article: Element,
    heading: Element,
    stamp: Option<Stamp>,
    body: Option<Element>,
    media: Option<Element>,
    /// the card of its embed, or the player
    embed: Option<Element>,
    attachments: Option<Element>,
    /// when it changed while it was shown, and where that is told
    edited: Option<(DateTime<Utc>, Element)>,
    entry: Rc<Entry>,
    /// Whether it is in view: only then do its texts tick.
    pub in_view: bool,
    /// Whether it ever was.
    pub was_seen: bool,
}

/// What a row knows that stands in no feed: whether it was seen, and when it changed while it was shown.
pub type Past = (bool, Option<DateTime<Utc>>);

impl Row {
    /// Builds the row. `number` makes its heading's id, unique within the shadow tree.
    #[must_use]
    pub fn new(context: &Context, entry: Rc<Entry>, number: u32, now: DateTime<Utc>) -> Self {
        let nodes = &context.nodes;
        let element = nodes.part("li", "item");
        set(&element, "data-id", &entry.id);
        let article = nodes.part("article", "entry");
        let id = format!("entry-{number}");
        set(&article, "aria-labelledby", &id);
        let (heading, stamp) = heading(context, &entry, &id, now);
        append(&article, [&heading]);
        append(&element, [&article]);
        let mut row = Self {
            element,
            article,
            heading,
            stamp,
            body: None,
            media: None,
            embed: None,
            attachments: None,
            edited: None,
            entry: Rc::new(Entry::new("")),
            in_view: false,
            was_seen: false,
        };
        row.fill(context, entry);
        row
    }

    /// The node.
    #[must_use]
    pub fn element(&self) -> &Element {
        &self.element
    }

    /// The entry that is shown.
    #[must_use]
    pub fn entry(&self) -> &Rc<Entry> {
        &self.entry
    }

    /// Shows another version of the entry; nodes of parts that are the same are not touched.
    pub fn patch(&mut self, context: &Context, entry: Rc<Entry>, now: DateTime<Utc>) {
        let old = &self.entry;
        let same_heading = old.title == entry.title
            && old.external_url == entry.external_url
            && old.published == entry.published
            && old.authors == entry.authors
            && old.kind == entry.kind
            && old.pinned == entry.pinned
            && old.language == entry.language
            && media_name(context, old) == media_name(context, &entry);
        let edited = old.title != entry.title;
        let at = if entry.modified == old.modified { now } else { entry.modified.unwrap_or(now) };
        if !same_heading {
            let id = self.article.get_attribute("aria-labelledby").unwrap_or_default();
            let (heading, stamp) = heading(context, &entry, &id, now);
            if edited {
                mark(Some(&heading));
            }
            swap(&self.article, Some(&self.heading), Some(&heading));
            self.heading = heading;
            self.stamp = stamp;
        }
        let had_focus = has_focus(&self.article);
        if self.fill(context, entry) || edited {
            let told = self.edited.take().map_or_else(|| context.nodes.part("p", "edited"), |(_, told)| told);
            self.edited = Some((at, told));
        }
        if let Some((_, told)) = &self.edited {
            append(&self.heading, [told]);
        }
        self.tick(context, now);
        if had_focus && !has_focus(&self.article) {
            focus(&self.article, false);
        }
    }

    /// What it knows that stands in no feed.
    #[must_use]
    pub fn past(&self) -> Past {
        (self.was_seen, self.edited.as_ref().map(|(time, _)| *time))
    }

    /// Knows what another row of the same entry knew.
    pub fn take_over(&mut self, context: &Context, (was_seen, edited): Past, now: DateTime<Utc>) {
        self.was_seen = was_seen;
        if let Some(time) = edited {
            let told = context.nodes.part("p", "edited");
            append(&self.heading, [&told]);
            self.edited = Some((time, told));
            self.tick(context, now);
        }
    }

    /// Brings its relative time up to date; the moment at which it changes next.
    pub fn tick(&self, context: &Context, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let edited = self.edited.as_ref().and_then(|(time, told)| {
            let (text, next) = match context.locale.format {
                TimeFormat::Absolute => (context.locale.absolute(*time), None),
                _ => context.locale.relative(*time, now),
            };
            write(told, &fill(&context.locale.words.edited, "time", &text));
            next
        });
        let stamp = self.stamp.as_ref().and_then(|stamp| stamp.tick(&context.locale, now));
        [stamp, edited].into_iter().flatten().min()
    }

    /// Writes its time anew.
    pub fn rewrite(&self, context: &Context, now: DateTime<Utc>) {
        if let Some(stamp) = &self.stamp {
            stamp.rewrite(&context.locale, now);
        }
        self.tick(context, now);
    }

    /// Builds the parts below the heading that differ from what is shown; whether any does.
    fn fill(&mut self, context: &Context, entry: Rc<Entry>) -> bool {
        let nodes = &context.nodes;
        let old = std::mem::replace(&mut self.entry, entry);
        let entry = &self.entry;
        // A feed's fields are relative to the feed; the links in an entry's own text, to the entry.
        let base = &context.base;
        let is_edit = !old.id.is_empty();
        let mut edited = false;
        let mut replaced = |part: Option<&Element>| {
            edited = true;
            mark(part.filter(|_| is_edit));
        };
        let kind = entry.kind.map(|kind| match kind {
            Kind::Key => "key",
            Kind::Summary => "summary",
            Kind::Breaking => "breaking",
        });
        set_or_remove(&self.element, "data-kind", kind);
        set_or_remove(&self.element, "data-pinned", entry.pinned.then_some(""));
        set_or_remove(&self.element, "data-media", is_media_only(entry).then_some(""));
        if old.content != entry.content || old.language != entry.language {
            let body = context.body(entry).map(|content| {
                let body = nodes.part("div", "body");
                speak(&body, entry);
                let _ = body.append_child(&content);
                body
            });
            match (&self.body, &body) {
                // The body is always the first part after the heading.
                (None, Some(body)) => {
                    let _ = self.heading.after_with_node_1(body);
                }
                (old, new) => swap(&self.article, old.as_ref(), new.as_ref()),
            }
            let old = std::mem::replace(&mut self.body, body);
            match (&old, &self.body) {
                (Some(old), Some(new)) => {
                    replaced(None);
                    mark_new(old, new);
                }
                (_, new) => replaced(new.as_ref()),
            }
        }
        if old.image != entry.image {
            let media = entry.image.as_ref().map(|image| figure(context, image, "media", "image", base));
            swap(&self.article, self.media.as_ref(), media.as_ref());
            // A picture that an edit brings stands before what is below it in any other entry.
            let below = self.embed.as_ref().or(self.attachments.as_ref());
            if let (Some(media), Some(below)) = (&media, below) {
                let _ = self.article.insert_before(media, Some(below));
            }
            replaced(media.as_ref());
            self.media = media;
        }
        if old.embed != entry.embed {
            let embed = entry.embed.as_ref().and_then(|embed| context.card(embed));
            swap(&self.article, self.embed.as_ref(), embed.as_ref());
            if let (Some(embed), Some(below)) = (&embed, &self.attachments) {
                let _ = self.article.insert_before(embed, Some(below));
            }
            replaced(embed.as_ref());
            self.embed = embed;
        }
        if old.attachments != entry.attachments {
            let attachments = attachments(context, &entry.attachments, base);
            swap(&self.article, self.attachments.as_ref(), attachments.as_ref());
            replaced(attachments.as_ref());
            self.attachments = attachments;
        }
        context.players.dress(&self.element);
        edited
    }
}

/// Has the style point out what an edit brought.
fn mark(part: Option<&Element>) {
    if let Some(part) = part {
        set(part, "data-edited", "");
    }
}

/// Marks only the paragraphs that were not there before.
fn mark_new(old: &Element, new: &Element) {
    let (old, new) = (old.children(), new.children());
    let before: Vec<Element> = (0..old.length()).filter_map(|index| old.item(index)).collect();
    for paragraph in &before {
        set_or_remove(paragraph, "data-edited", None);
    }
    for paragraph in (0..new.length()).filter_map(|index| new.item(index)) {
        mark(Some(&paragraph).filter(|new| !before.iter().any(|old| old.is_equal_node(Some(new)))));
    }
}

/// The title, which leads to the entry's external address.
fn headline(context: &Context, entry: &Entry, title: &str) -> Element {
    let address = entry.external_url.as_deref().and_then(|url| context.link(url, &context.base));
    let title = context.nodes.text(if address.is_some() { "a" } else { "span" }, "entry-title", title);
    set_or_remove(&title, "href", address.as_deref());
    set_or_remove(&title, "rel", address.map(|_| "noopener"));
    speak(&title, entry);
    title
}

fn heading(context: &Context, entry: &Entry, id: &str, now: DateTime<Utc>) -> (Element, Option<Stamp>) {
    let nodes = &context.nodes;
    let words = &context.locale.words;
    let heading = nodes.part("header", "heading");
    let label = match (entry.pinned, entry.kind) {
        (true, _) => Some(&words.pinned),
        (false, Some(Kind::Key)) => Some(&words.key),
        (false, Some(Kind::Breaking)) => Some(&words.breaking),
        (false, Some(Kind::Summary)) => Some(&words.summary),
        (false, None) => None,
    };
    if let Some(label) = label {
        append(&heading, [&nodes.text("p", "label", label)]);
    }
    let line = nodes.plain("h3", "");
    set(&line, "id", id);
    let stamp = entry.published.map(|time| Stamp::new(nodes, &context.locale, time, &fragment(&entry.id), now));
    if let Some(stamp) = &stamp {
        append(&line, [stamp.element()]);
        let _ = line.append_with_str_1(" ");
    }
    if let Some(title) = &entry.title {
        append(&line, [&headline(context, entry, title)]);
    } else if let Some(name) = media_name(context, entry) {
        append(&line, [&nodes.unseen(&name)]);
    }
    append(&heading, [&line]);
    if let Some(byline) = byline(nodes, &entry.authors) {
        append(&heading, [&byline]);
    }
    (heading, stamp)
}

/// Marks the entry's own words with its language, where that is another one than the feed's. The time beside them stays
/// in the feed's.
fn speak(element: &Element, entry: &Entry) {
    if let Some(lang) = &entry.language {
        set(element, "lang", lang);
        set(element, "dir", if is_right_to_left(lang) { "rtl" } else { "ltr" });
    }
}

fn byline(nodes: &Nodes, authors: &[Author]) -> Option<Element> {
    let names: Vec<&str> = authors.iter().filter_map(|author| author.name.as_deref()).collect();
    (!names.is_empty()).then(|| nodes.text("p", "byline", &names.join(", ")))
}

fn is_media_only(entry: &Entry) -> bool {
    entry.title.is_none() && entry.content == Content::Nothing && entry.has_media()
}

/// What an entry that holds only media is called, for those who can't see it: "Video: Touchdown".
fn media_name(context: &Context, entry: &Entry) -> Option<String> {
    if !is_media_only(entry) {
        return None;
    }
    let words = &context.locale.words;
    let (kind, title) = if let Some(embed) = &entry.embed {
        (&words.media, embed.title.as_ref().or(embed.provider.as_ref()))
    } else if let Some(image) = &entry.image {
        (&words.picture, image.alt.as_ref().or(image.caption.as_ref()))
    } else {
        (&words.media, entry.attachments.iter().find_map(|attachment| attachment.title.as_ref()))
    };
    Some(title.map_or_else(|| kind.clone(), |title| format!("{kind}: {title}")))
}
