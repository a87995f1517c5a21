//! A picture with its caption and credit, as a figure.

use web_sys::Element;

use super::Context;
use crate::content::links::set_image_defaults;
use crate::feed::Image;
use crate::nodes::{append, set};

/// Builds the figure. `class` names it, `part` its picture; `base` is what the picture's URL is relative to.
#[must_use]
pub fn figure(context: &Context, image: &Image, class: &str, part: &str, base: &str) -> Element {
    let nodes = &context.nodes;
    let figure = nodes.part("figure", class);
    if let Some(url) = context.picture_url(&image.url, base) {
        let picture = nodes.plain("img", "");
        set(&picture, "part", part);
        set_image_defaults(&picture);
        if let Some(alt) = &image.alt {
            set(&picture, "alt", alt);
        }
        if let (Some(width), Some(height)) = (image.width, image.height) {
            set(&picture, "width", &width.to_string());
            set(&picture, "height", &height.to_string());
        }
        set(&picture, "src", &url);
        append(&figure, [&picture]);
    }
    if image.caption.is_some() || image.credit.is_some() {
        let caption = nodes.text("figcaption", "caption", image.caption.as_deref().unwrap_or_default());
        if let Some(credit) = &image.credit {
            let _ = caption.append_with_str_1(" ");
            append(&caption, [&nodes.text("span", "credit", credit)]);
        }
        append(&figure, [&caption]);
    }
    figure
}
