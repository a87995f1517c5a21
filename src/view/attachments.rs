//! An entry's attachments: sound and film to be played, links to anything else.

use web_sys::Element;

use super::Context;
use crate::feed::Attachment;
use crate::nodes::{append, set, set_or_remove};

/// Sound and film play in place, never by themselves; anything else is a link.
pub fn attachments(context: &Context, attachments: &[Attachment], base: &str) -> Option<Element> {
    let nodes = &context.nodes;
    let list = nodes.part("ul", "attachments");
    set(&list, "role", "list");
    for attachment in attachments {
        let Some(url) = context.link(&attachment.url, base) else { continue };
        let item = nodes.plain("li", "");
        let mime = attachment.mime_type.as_deref().unwrap_or_default();
        let player = ["audio", "video"].into_iter().find(|name| mime.starts_with(name));
        let title = attachment.title.as_deref();
        let node = if let Some(name) = player {
            let player = nodes.part(name, name);
            set(&player, "controls", "");
            set(&player, "preload", "none");
            set_or_remove(&player, "aria-label", title);
            set(&player, "src", &url);
            player
        } else {
            let link = nodes.text("a", "attachment", title.unwrap_or(&url));
            set(&link, "href", &url);
            set(&link, "rel", "noopener");
            link
        };
        append(&item, [&node]);
        append(&list, [&item]);
    }
    list.has_child_nodes().then_some(list)
}
