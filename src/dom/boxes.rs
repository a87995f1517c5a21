//! Boxes on the page: where they are, what is around them, and scrolling them.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, ShadowRoot};

use super::object;
use crate::sight::A_HAIR;

/// The element around that one, as it is laid out: out of slots and shadow trees.
#[must_use]
pub fn above(element: &Element) -> Option<Element> {
    let slot = element.assigned_slot().map(Into::into);
    slot.or_else(|| element.parent_element()).or_else(|| {
        let root = element.parent_node()?;
        Some(root.dyn_ref::<ShadowRoot>()?.host())
    })
}

/// The trees in which an element is laid out: of shadow roots, then the page's. An event that does not leave its tree
/// can be heard there.
#[must_use]
pub fn trees(element: &Element) -> Vec<Node> {
    let mut trees = Vec::new();
    let mut at = Some(element.clone());
    while let Some(element) = at {
        let tree = element.get_root_node();
        if trees.last() != Some(&tree) {
            trees.push(tree);
        }
        at = above(&element);
    }
    trees
}

/// What an element does with what is too high for it.
#[must_use]
pub fn overflow(element: &Element) -> String {
    property(element, "overflow-y")
}

/// A property of an element's style, as it is computed.
#[must_use]
pub fn property(element: &Element, name: &str) -> String {
    let style = super::window().get_computed_style(element).ok().flatten();
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default()
}

/// The upper and the lower edge, from that of the viewport.
#[must_use]
pub fn edges(element: &Element) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (rect.top(), rect.bottom())
}

/// Scrolls at once, whatever the page's style says.
pub fn scroll_by(scroller: &Element, by: f64) {
    if by.abs() > A_HAIR {
        let options = object(&[("top", by.into()), ("behavior", "instant".into())]);
        scroller.scroll_by_with_scroll_to_options(options.unchecked_ref());
    }
}

/// Shows an element so far from where it stands.
pub fn displace(element: &Element, by: &str) {
    let _ = element.unchecked_ref::<HtmlElement>().style().set_property("translate", by);
}

/// A length for a style.
#[must_use]
pub fn pixels(number: i32) -> String {
    format!("{number}px")
}
