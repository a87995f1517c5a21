//! The card of something of a third party, and the frame that takes its place when the reader asks for it. A card asks
//! the third party for nothing; its picture is one that the feed names.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, Url};

use super::links::absolute;
use crate::feed::Embed;
use crate::markup::provider::{Player, Size, recognise};
use crate::markup::url::Use;

/// Where an embed comes from: look at this first, then choose the words for its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// where it leads, absolute
    pub url: String,
    /// whose it is: the provider's name, else what the feed says, else the host
    pub provider: String,
    /// the player, where the provider is known
    pub player: Option<Player>,
}

impl Source {
    /// `None` where the embed's address can't be used.
    #[must_use]
    pub fn new(embed: &Embed, base: &str) -> Option<Self> {
        let url = absolute(&embed.url, base, Use::Media)?;
        let player = recognise(&url);
        let provider = match (&player, &embed.provider) {
            (Some(player), _) => player.provider.to_owned(),
            (None, Some(said)) => said.clone(),
            (None, None) => Url::new(&url).ok()?.hostname(),
        };
        Some(Self { url, provider, player })
    }
}

/// What is written on a card.
#[derive(Debug, Clone, Copy)]
pub struct CardWords<'a> {
    /// the button: "Show the video from YouTube"
    pub show: &'a str,
    /// the link: "Open on YouTube"
    pub open: &'a str,
}

/// A card, not yet in the page.
#[derive(Debug, Clone)]
pub struct Card {
    /// what is put into the page
    pub root: Element,
    /// what the reader presses for the player; `None` where there is none
    pub button: Option<Element>,
}

/// Makes the card of an embed.
///
/// # Errors
/// Only those of the DOM.
pub fn card(
    document: &Document,
    embed: &Embed,
    source: &Source,
    base: &str,
    words: &CardWords<'_>,
) -> Result<Card, JsValue> {
    let root = part(document, "div", "embed")?;
    if let Some(url) = embed.image.as_deref().and_then(|image| absolute(image, base, Use::Image)) {
        let image = part(document, "img", "embed-image")?;
        for (name, value) in
            [("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer"), ("alt", ""), ("src", &url)]
        {
            image.set_attribute(name, value)?;
        }
        root.append_child(&image)?;
    }
    let provider = part(document, "p", "embed-provider")?;
    provider.set_text_content(Some(&source.provider));
    root.append_child(&provider)?;
    if let Some(text) = &embed.title {
        let title = part(document, "p", "embed-title")?;
        title.set_text_content(Some(text));
        root.append_child(&title)?;
    }
    let actions = document.create_element("div")?;
    actions.set_attribute("class", "embed-actions")?;
    let button = match &source.player {
        Some(player) if frame_url(document, player).is_some() => {
            let button = part(document, "button", "embed-button")?;
            button.set_attribute("type", "button")?;
            button.set_text_content(Some(words.show));
            actions.append_child(&button)?;
            Some(button)
        }
        _ => None,
    };
    let link = part(document, "a", "embed-link")?;
    link.set_attribute("href", &source.url)?;
    link.set_attribute("rel", "noopener")?;
    link.set_text_content(Some(words.open));
    actions.append_child(&link)?;
    root.append_child(&actions)?;
    Ok(Card { root, button })
}

/// Makes the frame with a provider's player; `title` says what is in it. `None` where there is no player to frame.
///
/// # Errors
/// Only those of the DOM.
pub fn player(document: &Document, player: &Player, title: &str) -> Result<Option<Element>, JsValue> {
    let Some(url) = frame_url(document, player) else { return Ok(None) };
    let frame = part(document, "iframe", "embed-player")?;
    for (name, value) in [
        ("title", title),
        ("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation"),
        ("allow", "autoplay; fullscreen; picture-in-picture; encrypted-media"),
        // YouTube plays nothing for a page that does not name its origin.
        ("referrerpolicy", "strict-origin-when-cross-origin"),
        ("src", url),
    ] {
        frame.set_attribute(name, value)?;
    }
    let style = frame.unchecked_ref::<HtmlElement>().style();
    let (property, value) = match player.size {
        Size::Ratio(width, height) => ("aspect-ratio", format!("{width} / {height}")),
        Size::Height(pixels) => ("height", format!("{pixels}px")),
    };
    style.set_property(property, &value)?;
    Ok(Some(frame))
}

/// Never one of the page's own origin: a frame of that could take off its own sandbox.
fn frame_url<'a>(document: &Document, player: &'a Player) -> Option<&'a str> {
    let url = player.frame_url.as_deref()?;
    let own = document.location().and_then(|location| location.origin().ok());
    (Some(Url::new(url).ok()?.origin()) != own).then_some(url)
}

fn part(document: &Document, element: &str, name: &str) -> Result<Element, JsValue> {
    let element = document.create_element(element)?;
    element.set_attribute("class", name)?;
    element.set_attribute("part", name)?;
    Ok(element)
}
