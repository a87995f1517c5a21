//! Making elements: the few calls from which every part of the shadow tree is built.

use wasm_bindgen::JsCast;
use web_sys::{Document, Element, FocusOptions, HtmlElement, Node, ShadowRoot};

/// Makes elements with a class and, where a partner may style them, a part. The names are the project's own or the
/// allow-list's, so that it can't fail.
pub struct Nodes {
    document: Document,
}

impl Nodes {
    /// Makes nodes in that document.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self { document }
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// An element of that name and class; its part has the class's name.
    #[must_use]
    pub fn part(&self, name: &str, class: &str) -> Element {
        let element = self.plain(name, class);
        set(&element, "part", class);
        element
    }

    /// An element of that name and class which is nobody's part.
    #[must_use]
    pub fn plain(&self, name: &str, class: &str) -> Element {
        let element = create(&self.document, name);
        if !class.is_empty() {
            set(&element, "class", class);
        }
        element
    }

    /// The same with a text.
    #[must_use]
    pub fn text(&self, name: &str, class: &str, text: &str) -> Element {
        let element = self.part(name, class);
        element.set_text_content(Some(text));
        element
    }

    /// A text that only assistive technology reads.
    #[must_use]
    pub fn unseen(&self, text: &str) -> Element {
        let element = self.plain("span", "visually-hidden");
        element.set_text_content(Some(text));
        element
    }

    /// A button that does `act` when it is pressed.
    #[must_use]
    pub fn button(&self, class: &str, part: &str, act: &str, text: &str) -> Element {
        let button = self.plain("button", class);
        set(&button, "part", part);
        set(&button, "type", "button");
        set(&button, "data-act", act);
        button.set_text_content(Some(text));
        button
    }

    /// A slot for the host's own nodes.
    #[must_use]
    pub fn slot(&self, name: &str) -> Element {
        let slot = self.plain("slot", "");
        set(&slot, "name", name);
        slot
    }
}

/// An element of that name, of our own or of the allow-list's.
#[must_use]
pub fn create(document: &Document, name: &str) -> Element {
    // XHTML pages have another default namespace; an element of ours is HTML in any of them.
    let element = document.create_element_ns(Some("http://www.w3.org/1999/xhtml"), name);
    element.unwrap_or_else(|_| document.create_text_node("").unchecked_into())
}

/// Sets an attribute. The names are our own, so that it can't fail.
pub fn set(element: &Element, name: &str, value: &str) {
    let _ = element.set_attribute(name, value);
}

/// Sets an attribute, or removes it.
pub fn set_or_remove(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => set(element, name, value),
        None => {
            let _ = element.remove_attribute(name);
        }
    }
}

/// Shows or hides an element; one that already is as it should be is not touched.
pub fn show(element: &Element, shown: bool) {
    let _ = element.toggle_attribute_with_force("hidden", !shown);
}

/// Writes a text where it is another one: a write that changes nothing still costs a layout.
pub fn write(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// What has the focus in that element, which stands in a shadow tree.
#[must_use]
pub fn focused(element: &Element) -> Option<Element> {
    let active = element.get_root_node().dyn_into::<ShadowRoot>().ok()?.active_element();
    active.filter(|active| element.contains(Some(active)))
}

/// Gives the focus back to an element that had it; the page moves with it if it may.
pub fn refocus(element: &Element, scroll: bool) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(!scroll);
    // Elements of other namespaces have the same method, or none.
    let _ = element.unchecked_ref::<HtmlElement>().focus_with_options(&options);
}

/// Appends nodes in their order.
pub fn append<'a>(parent: &Node, children: impl AsRef<[&'a Element]>) {
    put_all(parent, children.as_ref());
}

/// One for lists of any length.
fn put_all(parent: &Node, children: &[&Element]) {
    children.iter().for_each(|child| put(parent, child));
}

/// Appends one node.
pub fn put(parent: &Node, child: &Node) {
    let _ = parent.append_child(child);
}

/// Puts `new` in the place of `old`; either may be missing. A new one without an old one is appended.
pub fn swap(parent: &Element, old: Option<&Element>, new: Option<&Element>) {
    match (old, new) {
        (Some(old), Some(new)) => {
            let _ = parent.replace_child(new, old);
        }
        (Some(old), None) => old.remove(),
        (None, Some(new)) => append(parent, [new]),
        (None, None) => {}
    }
}

/// Whether the focus is in that element, which stands in a shadow tree.
#[must_use]
pub fn has_focus(element: &Element) -> bool {
    focused(element).is_some()
}

/// Moves the focus to an element, which need not be in the order of the keyboard; the page moves with it if it may.
pub fn focus(element: &Element, scroll: bool) {
    if !element.has_attribute("tabindex") {
        set(element, "tabindex", "-1");
    }
    refocus(element, scroll);
}
