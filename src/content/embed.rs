//! The card of something of a third party. It asks the third party for nothing; its picture is one that the feed names.
//! What the service is, and its player, only `www/players.js` knows, which is loaded with the first card.

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Url};

use super::links::{IMAGE_DEFAULTS, absolute};
use crate::feed::Embed;
use crate::markup::url::Use;

#[wasm_bindgen]
extern "C" {
    /// What `www/load.js` lends of `www/players.js`.
    #[derive(Clone, Debug)]
    pub type Players;
    /// Tells in an entry's row whose the embed is, and offers the player, as soon as that is known.
    #[wasm_bindgen(method)]
    pub fn dress(this: &Players, row: &Element, url: &str, title: &str, words: Vec<String>);
    /// Puts the player in the place of the card, and the focus into it.
    #[wasm_bindgen(method)]
    pub fn play(this: &Players, card: &Element, url: &str, title: &str);
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
///
/// # Errors
/// Only those of the DOM.
pub fn card(
    document: &Document,
    embed: &Embed,
    url: &str,
    provider: &str,
    base: &str,
    open: &str,
) -> Result<Element, JsValue> {
    let root = part(document, "div", "embed")?;
    if let Some(url) = embed.image.as_deref().and_then(|image| absolute(image, base, Use::Image)) {
        let image = part(document, "img", "embed-image")?;
        for (name, value) in IMAGE_DEFAULTS {
            image.set_attribute(name, value)?;
        }
        image.set_attribute("src", &url)?;
        root.append_child(&image)?;
    }
    let provider_line = part(document, "p", "embed-provider")?;
    provider_line.set_text_content(Some(provider));
    root.append_child(&provider_line)?;
    if let Some(text) = &embed.title {
        let title = part(document, "p", "embed-title")?;
        title.set_text_content(Some(text));
        root.append_child(&title)?;
    }
    let actions = document.create_element("div")?;
    actions.set_attribute("class", "embed-actions")?;
    let link = part(document, "a", "embed-link")?;
    link.set_attribute("href", url)?;
    link.set_attribute("rel", "noopener")?;
    link.set_text_content(Some(open));
    actions.append_child(&link)?;
    root.append_child(&actions)?;
    Ok(root)
}

fn part(document: &Document, element: &str, name: &str) -> Result<Element, JsValue> {
    let element = document.create_element(element)?;
    element.set_attribute("class", name)?;
    element.set_attribute("part", name)?;
    Ok(element)
}
