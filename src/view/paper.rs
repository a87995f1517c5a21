//! What every part of the tree is made on: nodes, language, sanitiser, and the address that links are relative to.

use web_sys::{Document, DocumentFragment, Element};

use super::locale::Locale;
use super::nodes::Nodes;
use crate::content::{self, Card, CardWords, Sanitizer, Source};
use crate::feed::{Content, Embed, Entry};
use crate::markup::provider::{Noun, recognise};
use crate::markup::url::Use;
use crate::words::fill;

/// The material of one feed's view.
pub struct Paper {
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
}

impl Paper {
    /// The same in another language or zone.
    #[must_use]
    pub fn with_locale(&self, locale: Locale) -> Self {
        Self {
            nodes: Nodes::new(self.document().clone()),
            locale,
            base: self.base.clone(),
            image_proxy: self.image_proxy.clone(),
            sanitizer: self.sanitizer.clone(),
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

    /// Safe nodes of a feed's HTML; its text, where they can't be made.
    #[must_use]
    pub fn html(&self, html: &str, base: &str) -> DocumentFragment {
        self.sanitizer.nodes(self.document(), html, base).unwrap_or_else(|_| self.document().create_document_fragment())
    }

    /// Paragraphs of a plain text.
    #[must_use]
    pub fn text(&self, text: &str) -> DocumentFragment {
        Sanitizer::text(self.document(), text).unwrap_or_else(|_| self.document().create_document_fragment())
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
        let url = content::links::absolute(url, base, Use::Image)?;
        Some(match &self.image_proxy {
            Some(template) => fill(template, "url", &String::from(js_sys::encode_uri_component(&url))),
            None => url,
        })
    }

    /// What a thing of another service is: a video, a post.
    #[must_use]
    pub fn noun(&self, url: &str) -> &String {
        let words = &self.locale.words;
        match recognise(url).map(|player| player.noun) {
            Some(Noun::Video) => &words.video,
            Some(Noun::Audio) => &words.audio,
            Some(Noun::Post) => &words.post,
            _ => &words.media,
        }
    }

    /// Where an embed comes from; nothing where its address can't be used.
    #[must_use]
    pub fn source(&self, embed: &Embed, base: &str) -> Option<Source> {
        Source::new(embed, base)
    }

    /// The card that stands for an embed until the reader asks for it.
    #[must_use]
    pub fn card(&self, embed: &Embed, source: &Source, base: &str) -> Option<Card> {
        let words = &self.locale.words;
        let show = match source.player.as_ref().map(|player| player.noun) {
            Some(Noun::Video) => &words.show_video,
            Some(Noun::Post) => &words.show_post,
            _ => &words.show_embed,
        };
        let show = fill(show, "provider", &source.provider);
        let open = fill(&words.open_on, "provider", &source.provider);
        let words = CardWords { show: &show, open: &open };
        let card = content::card(self.document(), embed, source, base, &words).ok()?;
        if let Some(button) = &card.button {
            super::nodes::set(button, "data-act", "embed");
        }
        Some(card)
    }

    /// The player that takes the card's place; `title` says what is in it.
    #[must_use]
    pub fn player(&self, source: &Source, title: &str) -> Option<Element> {
        content::player(self.document(), source.player.as_ref()?, title).ok().flatten()
    }
}

/// An element among the children of a click's path that asks for something.
#[must_use]
pub fn acting(target: &Element) -> Option<Element> {
    target.closest("[data-act]").ok().flatten()
}
