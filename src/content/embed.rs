//! The card of something of a third party. It asks the third party for nothing; its picture is one that the feed names.
//! What the service is, and its player, only `www/players.js` knows, which is loaded with the first card.

use wasm_bindgen::prelude::*;
use web_sys::{Element, Url};

use super::links::{Addresses, absolute, set_image_defaults};
use crate::feed::Embed;
use crate::markup::url::Use;
use crate::nodes::{Nodes, put, set};

#[wasm_bindgen]
extern "C" {
    /// What `www/load.js` lends of `www/players.js`.
    #[derive(Clone, Debug)]
    pub type Players;
    /// Makes cards of the embeds in an entry's row, tells whose they are and offers their players, as soon as that is
    /// known.
    #[wasm_bindgen(method)]
    pub fn dress(this: &Players, row: &Element);
}

/// The address of an embed, absolute; `None` where it can't be used.
#[must_use]
pub fn address(embed: &Embed, base: &str) -> Option<String> {
    absolute(&embed.url, base, Use::Media)
}

/// Whose it is, as long as nothing better is known: what the feed says, else the host.
#[must_use]
pub fn provider(embed: &Embed, url: &str) -> String {
    embed.provider.clone().unwrap_or_else(|| Url::new(url).map(|url| url.hostname()).unwrap_or_default())
}

/// Makes the card of an embed, not yet in the page. `open` is written on its link: "Open on YouTube".
#[must_use]
pub fn card(nodes: &Nodes, embed: &Embed, url: &str, provider: &str, addresses: Addresses<'_>, open: &str) -> Element {
    let root = nodes.part("div", "embed");
    if let Some(url) = embed.image.as_deref().and_then(|image| addresses.absolute(image, Use::Image)) {
        let image = nodes.part("img", "embed-image");
        set_image_defaults(&image);
        set(&image, "src", &url);
        put(&root, &image);
    }
    put(&root, &nodes.text("p", "embed-provider", provider));
    if let Some(title) = &embed.title {
        put(&root, &nodes.text("p", "embed-title", title));
    }
    let actions = nodes.plain("div", "embed-actions");
    let link = nodes.text("a", "embed-link", open);
    set(&link, "href", url);
    set(&link, "rel", "noopener");
    put(&actions, &link);
    put(&root, &actions);
    root
}
