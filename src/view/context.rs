//! What every part of the tree is made with: nodes, language, sanitiser, and the address that links are relative to.

use web_sys::{Document, DocumentFragment, Element};

use super::locale::Locale;
use crate::content::links::Addresses;
use crate::content::{self, Players, Sanitizer};
use crate::feed::{Content, Embed, Entry};
use crate::markup::url::Use;
use crate::nodes::Nodes;
use crate::words::fill;

/// What one feed's view is made with.
pub struct Context {
    /// makes nodes
    pub nodes: Nodes,
    /// writes times and words
    pub locale: Locale,
    /// the feed's own absolute URL
    pub base: String,
    /// `image-proxy`: a URL template with `{url}`
    pub image_proxy: Option<String>,
    /// makes a feed's HTML safe
    pub sanitizer: Sanitizer,
    /// knows other services and their players
    pub players: Players,
}

impl Context {
    /// The same in another language or zone.
    #[must_use]
    pub fn with_locale(&self, locale: Locale) -> Self {
        Self {
            nodes: Nodes::new(self.document().clone()),
            locale,
            base: self.base.clone(),
            image_proxy: self.image_proxy.clone(),
            sanitizer: self.sanitizer.clone(),
            players: self.players.clone(),
        }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        self.nodes.document()
    }

    /// What an entry's links are relative to: its own URL, else the feed's.
    #[must_use]
    pub fn base_of(&self, entry: &Entry) -> String {
        entry.url.as_deref().and_then(|url| self.link(url, &self.base)).unwrap_or_else(|| self.base.clone())
    }

    /// What references are made absolute by.
    fn addresses<'a>(&'a self, base: &'a str) -> Addresses<'a> {
        Addresses { base, image_proxy: self.image_proxy.as_deref() }
    }

    /// Safe nodes of a feed's HTML; its text, where they can't be made.
    #[must_use]
    pub fn html(&self, html: &str, base: &str) -> DocumentFragment {
        let nodes = self.sanitizer.nodes(self.document(), html, self.addresses(base));
        nodes.unwrap_or_else(|_| self.document().create_document_fragment())
    }

    /// Paragraphs of a plain text.
    #[must_use]
    pub fn text(&self, text: &str) -> DocumentFragment {
        Sanitizer::text(self.document(), text)
    }

    /// What an entry says, as nodes.
    #[must_use]
    pub fn body(&self, entry: &Entry) -> Option<DocumentFragment> {
        match &entry.content {
            Content::Html(html) => Some(self.html(html, &self.base_of(entry))),
            Content::Text(text) => Some(self.text(text)),
            Content::Nothing => None,
        }
    }

    /// An absolute URL that a link may lead to.
    #[must_use]
    pub fn link(&self, url: &str, base: &str) -> Option<String> {
        content::links::absolute(url, base, Use::Link)
    }

    /// An absolute URL from which a picture may be loaded, through the host's proxy where there is one.
    #[must_use]
    pub fn picture_url(&self, url: &str, base: &str) -> Option<String> {
        self.addresses(base).absolute(url, Use::Image)
    }

    /// The card that stands for an embed until the reader asks for it; nothing where that can't be used.
    #[must_use]
    pub fn card(&self, embed: &Embed) -> Option<Element> {
        let url = content::embed::address(embed, &self.base)?;
        let provider = content::embed::provider(embed, &url);
        let open = fill(&self.locale.words.open_on, "provider", &provider);
        Some(content::embed::card(&self.nodes, embed, &url, &provider, self.addresses(&self.base), &open))
    }
}

/// What a page's address ends with to lead to that entry.
#[must_use]
pub fn fragment(id: &str) -> String {
    "#".to_owned() + &String::from(js_sys::encode_uri_component(id))
}

/// An element among the children of a click's path that asks for something.
#[must_use]
pub fn acting(target: &Element) -> Option<Element> {
    target.closest("[data-act]").ok().flatten()
}
