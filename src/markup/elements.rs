//! What a parser knows of elements: which stand alone, which end others, which hold something else than elements.

use std::borrow::Cow;

/// What an element that is left out holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// text up to the first end tag, or to the end
    Raw,
    /// elements, some of which may have its own name; without an end tag only the tag goes
    Nests,
}

/// Elements that are left out with their content: readers get none of them, and parsers have rules of their own for it.
pub(super) fn cut(name: &str) -> Option<(&'static str, Content)> {
    const RAW: &[&str] = &["script", "style", "textarea", "title", "iframe", "xmp", "noembed", "noframes", "plaintext"];
    const NESTS: &[&str] = &["svg", "math", "template", "select", "button", "object", "applet", "canvas"];
    let find = |names: &[&'static str]| names.iter().copied().find(|known| *known == name);
    find(RAW).map(|name| (name, Content::Raw)).or_else(|| find(NESTS).map(|name| (name, Content::Nests)))
}

/// Beyond these no end tag reaches.
pub(super) const CELLS: &[&str] = &["td", "th", "caption", "table"];

pub(super) fn is_table_part(name: &str) -> bool {
    matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" | "table")
}

pub(super) fn is_void(name: &str) -> bool {
    const VOID: &[&str] = &[
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "image", "img", "input", "keygen", "link",
        "meta", "param", "source", "track", "wbr",
    ];
    VOID.contains(&name)
}

/// Whether its start tag ends a paragraph; for a table, that is so in standards mode.
pub(super) fn ends_paragraph(name: &str) -> bool {
    const BLOCKS: &[&str] = &[
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
    ];
    BLOCKS.contains(&name)
}

pub(super) fn lowercase(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}
