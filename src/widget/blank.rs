//! An empty view of an element, on the material that its attributes, its feed and its language call for.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::host::{Host, Prepared};
use super::locale::locale;
use crate::config::Config;
use crate::content::Sanitizer;
use crate::feed::{Content, Entry, Feed};
use crate::view::{Nodes, Paper, View};
use crate::words::Words;

/// An empty view, in the place of whatever the shadow root holds.
pub fn view_of(
    host: &Host,
    settings: &Config,
    feed: &Feed,
    url: &str,
    lang: &str,
    prepared: &Prepared,
    readers_zone: bool,
) -> Option<View> {
    let words = read_words(&prepared.words());
    let base = if url.is_empty() { host.element.base_uri().ok().flatten() } else { Some(url.to_owned()) };
    let paper = Paper {
        nodes: Nodes::new(host.element.owner_document()?),
        locale: locale(host, settings, feed, lang, words, readers_zone),
        base: base.unwrap_or_default(),
        image_proxy: settings.image_proxy.clone(),
        sanitizer: Sanitizer::new(prepared.purify()),
        players: host.hooks.players(),
    };
    Some(View::new(Rc::new(paper), &host.shadow, settings.summary))
}

/// Whether there may be something to play in that entry: attachments may be embeds, and so may be quotations and frames.
pub fn may_embed(entry: &Rc<Entry>) -> bool {
    let quotes = |html: &str| html.split('<').any(|tag| tag.starts_with("blockquote") || tag.starts_with("iframe"));
    entry.has_media() || matches!(&entry.content, Content::Html(html) if quotes(html))
}

/// The words of a language, as they were loaded.
pub fn read_words(json: &JsValue) -> Words {
    serde_wasm_bindgen::from_value(json.clone()).unwrap_or_default()
}
