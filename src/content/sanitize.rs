//! Nodes of an entry's HTML or text.
//!
//! The platform's sanitizer parses into an inert document and takes out what acts. What is shown then is written anew,
//! element by element, from our allow-list; of the feed's own nodes only text is used.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::{Document, DocumentFragment, Element, Node};

use super::links::{Addresses, copy_attributes};
use crate::dom::{has, member, object, window};
use crate::markup::allow::{Verdict, attribute_names, element};
use crate::markup::scan::{Scanned, scan};
use crate::markup::text::text;
use crate::nodes::{create, put};

/// How deep a parser's result is followed: the scan's own cap, and room for the parts of tables that parsers add.
const MAX_DEPTH: usize = 256;

/// Elements that our allow-list would leave out anyway, and whose content no reader needs.
const REMOVED: [&str; 9] = ["style", "form", "svg", "math", "template", "object", "embed", "link", "meta"];

#[wasm_bindgen]
extern "C" {
    /// The browser's own sanitizer.
    type PlatformSanitizer;
    #[wasm_bindgen(constructor, js_class = "Sanitizer", catch)]
    fn new(rules: &JsValue) -> Result<PlatformSanitizer, JsValue>;

    type Holder;
    #[wasm_bindgen(method, js_name = setHTML, catch)]
    fn set_html(this: &Holder, html: &str, options: &JsValue) -> Result<(), JsValue>;
}

/// What parses feed HTML into nodes in which nothing acts. A broad safe baseline: what a reader gets to see is decided
/// by our own allow-list.
#[derive(Debug)]
enum Parser {
    /// `setHTML`, with these options
    Platform(JsValue),
    /// DOMPurify: `purify` of www/purifier.js
    Purifier(Function),
    /// nothing can in safety: entries are shown as text
    Nothing,
}

/// Whether the browser has a sanitizer of its own, so that no purifier is needed.
#[must_use]
pub fn has_sanitizer() -> bool {
    let window = window();
    has(&window, "Sanitizer") && has(&member(&member(&window, "Element"), "prototype"), "setHTML")
}

/// Options for `setHTML`, to be used for all calls: making a sanitizer is slow.
fn platform_options() -> Result<JsValue, JsValue> {
    let list =
        |names: &mut dyn Iterator<Item = &'static str>| JsValue::from(names.map(JsValue::from_str).collect::<Array>());
    let rules = object(&[
        ("removeElements", list(&mut REMOVED.into_iter())),
        // All that the allow-list knows. With `removeAttributes` in its place, Chromium 156 ends the whole tab on
        // `onloadend`, and so could any feed.
        ("attributes", list(&mut attribute_names())),
        ("comments", false.into()),
    ]);
    Ok(object(&[("sanitizer", PlatformSanitizer::new(&rules)?.into())]))
}

/// Makes safe nodes of feed HTML. One does for a whole page; a clone is the same one.
#[derive(Debug, Clone)]
pub struct Sanitizer(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    parser: Parser,
    /// A document in which nothing runs and no image is requested.
    inert: OnceCell<Document>,
}

impl Sanitizer {
    /// Parses by the browser's own sanitizer, else by `purify` of www/purifier.js; where neither is to be had, entries are
    /// shown as text.
    #[must_use]
    pub fn new(purify: Option<Function>) -> Self {
        let platform = if has_sanitizer() { platform_options().ok() } else { None };
        let parser = match (platform, purify) {
            (Some(options), _) => Parser::Platform(options),
            (None, Some(purify)) => Parser::Purifier(purify),
            (None, None) => Parser::Nothing,
        };
        Self(Rc::new(Inner { parser, inert: OnceCell::new() }))
    }

    /// An entry's HTML as nodes of the document, with absolute addresses. What can't be parsed in safety comes as
    /// text.
    ///
    /// # Errors
    /// Only those of the DOM, and of a host that has changed it.
    pub fn nodes(
        &self,
        document: &Document,
        html: &str,
        addresses: Addresses<'_>,
    ) -> Result<DocumentFragment, JsValue> {
        let html = match scan(html) {
            Scanned::Html(html) => html,
            Scanned::Text(text) => return Ok(Self::text(document, &text)),
        };
        let inert = self.inert(document)?;
        // A host may have patched what the sanitizer needs, or forbid it by a policy.
        let Ok(parsed) = self.parse(inert, &html) else {
            return Ok(Self::text(document, &text(&html)));
        };
        let fragment = inert.create_document_fragment();
        Walk { inert, addresses }.children(&parsed, &fragment, 0);
        document.adopt_node(&fragment)?;
        Ok(fragment)
    }

    /// Plain text as paragraphs: a blank line begins a new one, a line break stays one.
    #[must_use]
    pub fn text(document: &Document, text: &str) -> DocumentFragment {
        let fragment = document.create_document_fragment();
        let mut paragraph: Option<Element> = None;
        for line in text.lines().map(str::trim_ascii) {
            if line.is_empty() {
                paragraph = None;
                continue;
            }
            let open = paragraph.is_some();
            let paragraph = paragraph.get_or_insert_with(|| create(document, "p"));
            if open {
                put(paragraph, &create(document, "br"));
            } else {
                put(&fragment, paragraph);
            }
            put(paragraph, &document.create_text_node(line));
        }
        fragment
    }

    fn parse(&self, inert: &Document, html: &str) -> Result<Node, JsValue> {
        match &self.0.parser {
            Parser::Platform(options) => {
                let holder = create(inert, "div");
                holder.unchecked_ref::<Holder>().set_html(html, options)?;
                Ok(holder.into())
            }
            Parser::Purifier(purify) => purify.call1(&JsValue::UNDEFINED, &JsValue::from_str(html))?.dyn_into(),
            Parser::Nothing => Err(JsValue::UNDEFINED),
        }
    }

    fn inert(&self, document: &Document) -> Result<&Document, JsValue> {
        if let Some(inert) = self.0.inert.get() {
            return Ok(inert);
        }
        let made = document.implementation()?.create_html_document()?;
        Ok(self.0.inert.get_or_init(|| made))
    }
}

/// Writes the nodes that are shown.
struct Walk<'a> {
    inert: &'a Document,
    addresses: Addresses<'a>,
}

impl Walk<'_> {
    /// Moves the text and writes the elements of `from` into `to`.
    fn children(&self, from: &Node, to: &Node, depth: usize) {
        let mut next = from.first_child();
        while let Some(child) = next {
            next = child.next_sibling();
            match child.node_type() {
                Node::TEXT_NODE => put(to, &child),
                Node::ELEMENT_NODE if depth < MAX_DEPTH => self.element(child.unchecked_ref(), to, depth + 1),
                _ => {}
            }
        }
    }

    fn element(&self, from: &Element, to: &Node, depth: usize) {
        match element(&from.local_name()) {
            Verdict::Drop => {}
            Verdict::Unwrap => self.children(from, to, depth),
            Verdict::Keep(name) => {
                let fresh = create(self.inert, name);
                if copy_attributes(from, &fresh, name, self.addresses) {
                    self.children(from, &fresh, depth);
                    put(to, &fresh);
                } else if name != "img" {
                    self.children(from, to, depth);
                }
            }
        }
    }
}
