//! Nodes of an entry's HTML or text.
//!
//! The platform's sanitizer parses into an inert document and takes out what acts. What is shown then is written anew,
//! element by element, from our allow-list; of the feed's own nodes only text is used.

use std::cell::OnceCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, DocumentFragment, Element, Node};

use super::links::copy_attributes;
use crate::markup::allow::{Verdict, element};
use crate::markup::elements::Names;
use crate::markup::scan::{Scanned, scan};
use crate::markup::text::text;
use crate::nodes::{create, put};

/// How deep a parser's result is followed: the scan's own cap, and room for the parts of tables that parsers add.
const MAX_DEPTH: usize = 256;

/// Elements and attributes that our allow-list would leave out anyway, and whose content no reader needs.
const REMOVED_ELEMENTS: Names = "style form svg math template object embed link meta";
const REMOVED_ATTRIBUTES: Names = "style class id name slot part is";

/// Makes safe nodes of feed HTML. One does for a whole page; a clone is the same one.
#[derive(Debug, Clone)]
pub struct Sanitizer(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    engine: Engine,
    /// A document in which nothing runs and no image is requested.
    inert: OnceCell<Document>,
}

#[derive(Debug)]
enum Engine {
    /// `Element.prototype.setHTML` and its options, with one `Sanitizer` for all calls: making one is dear
    Native(Function, Object),
    /// `purify` of www/purifier.js: HTML to a fragment
    Purifier(Function),
    /// neither: entries are shown as text
    Missing,
}

impl Sanitizer {
    /// The browser's own, else what `purifier` promises: the module www/purifier.js.
    pub async fn load(purifier: &Function) -> Self {
        let engine = match native() {
            Some(engine) => engine,
            None => loaded(purifier).await.unwrap_or(Engine::Missing),
        };
        Self(Rc::new(Inner { engine, inert: OnceCell::new() }))
    }

    /// An entry's HTML as nodes of the document, with addresses relative to `base`. What can't be parsed in safety
    /// comes as text.
    ///
    /// # Errors
    /// Only those of the DOM, and of a host that has changed it.
    pub fn nodes(&self, document: &Document, html: &str, base: &str) -> Result<DocumentFragment, JsValue> {
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
        Walk { inert, base }.children(&parsed, &fragment, 0);
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
        let html = JsValue::from_str(html);
        match &self.0.engine {
            Engine::Native(set_html, options) => {
                let holder = inert.create_element("div")?;
                set_html.call2(&holder, &html, options)?;
                Ok(holder.into())
            }
            Engine::Purifier(purify) => purify.call1(&JsValue::UNDEFINED, &html)?.dyn_into(),
            Engine::Missing => Err(JsValue::UNDEFINED),
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
    base: &'a str,
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
                if copy_attributes(from, &fresh, name, self.base) {
                    self.children(from, &fresh, depth);
                    put(to, &fresh);
                } else if name != "img" {
                    self.children(from, to, depth);
                }
            }
        }
    }
}

fn native() -> Option<Engine> {
    let global = js_sys::global();
    let prototype = member(&member(&global, "Element")?, "prototype")?;
    let set_html: Function = member(&prototype, "setHTML")?.dyn_into().ok()?;
    let constructor: Function = member(&global, "Sanitizer")?.dyn_into().ok()?;
    let rules = Object::new();
    set(&rules, "removeElements", &list(REMOVED_ELEMENTS))?;
    set(&rules, "removeAttributes", &list(REMOVED_ATTRIBUTES))?;
    set(&rules, "comments", &JsValue::FALSE)?;
    let sanitizer = Reflect::construct(&constructor, &Array::of1(&rules)).ok()?;
    let options = Object::new();
    set(&options, "sanitizer", &sanitizer)?;
    Some(Engine::Native(set_html, options))
}

async fn loaded(purifier: &Function) -> Option<Engine> {
    let promise: Promise = purifier.call0(&JsValue::UNDEFINED).ok()?.dyn_into().ok()?;
    let module = JsFuture::from(promise).await.ok()?;
    member(&module, "purify")?.dyn_into().ok().map(Engine::Purifier)
}

fn member(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined())
}

fn set(object: &Object, name: &str, value: &JsValue) -> Option<()> {
    Reflect::set(object, &JsValue::from_str(name), value).ok().map(|_| ())
}

fn list(names: Names) -> Array {
    names.split_ascii_whitespace().map(JsValue::from_str).collect()
}
