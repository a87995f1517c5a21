//! Which elements and attributes a reader gets to see. What is in no table here does not exist for the page.

use super::url::Use;

/// What becomes of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is shown, under that name: headings become those below an entry's own `h3`, parts of a page plain blocks.
    Keep(&'static str),
    /// What it holds takes its place.
    Unwrap,
    /// It goes, with all that it holds.
    Drop,
}

/// Elements that are shown under their own name.
const KEPT: &[&str] = &[
    "a",
    "abbr",
    "address",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements whose content is nothing to read either.
const DROPPED: &[&str] = &[
    "applet",
    "area",
    "base",
    "button",
    "canvas",
    "datalist",
    "embed",
    "frame",
    "frameset",
    "head",
    "iframe",
    "input",
    "link",
    "math",
    "meta",
    "meter",
    "noembed",
    "noframes",
    "object",
    "param",
    "plaintext",
    "progress",
    "script",
    "select",
    "source",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "track",
    "xmp",
];

/// What becomes of an element of that name, in lower case.
#[must_use]
pub fn element(name: &str) -> Verdict {
    match name {
        "h1" | "h2" | "h3" => Verdict::Keep("h4"),
        "h4" => Verdict::Keep("h5"),
        "h5" | "h6" => Verdict::Keep("h6"),
        // Landmarks would be the page's; without a block their text would run together.
        "article" | "aside" | "center" | "dialog" | "fieldset" | "footer" | "header" | "hgroup" | "main" | "nav"
        | "section" => Verdict::Keep("div"),
        _ => match KEPT.iter().find(|kept| **kept == name) {
            Some(kept) => Verdict::Keep(kept),
            None if DROPPED.contains(&name) => Verdict::Drop,
            None => Verdict::Unwrap,
        },
    }
}

/// What an attribute's value has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// any text
    Text,
    /// nothing: its presence counts
    Flag,
    /// a whole number within these bounds
    Number(i32, i32),
    /// one of these words
    Word(&'static [&'static str]),
    /// an address of that use
    Address(Use),
    /// a list of images
    Images,
}

/// An attribute that is kept, and what its value has to be.
pub type Attribute = (&'static str, Rule);

/// The widest and highest image that is believed, in CSS pixels.
const MAX_PIXELS: i32 = 16_384;

/// The most columns or rows that a cell spans: beyond this it is no table for a reader.
const MAX_SPAN: i32 = 100;

/// The greatest number that a list may count to: it has to fit into the margin.
const MAX_COUNT: i32 = 99_999;

/// What every element may have.
pub const EVERYWHERE: &[Attribute] = &[
    ("dir", Rule::Word(&["ltr", "rtl", "auto"])),
    ("hidden", Rule::Flag),
    ("lang", Rule::Text),
    ("title", Rule::Text),
];

/// What an element of that name may have besides.
#[must_use]
pub const fn attributes(name: &str) -> &'static [Attribute] {
    const SPAN: Rule = Rule::Number(1, MAX_SPAN);
    const PIXELS: Rule = Rule::Number(1, MAX_PIXELS);
    const COUNT: Rule = Rule::Number(-MAX_COUNT, MAX_COUNT);
    match name.as_bytes() {
        b"a" => &[("href", Rule::Address(Use::Link)), ("hreflang", Rule::Text)],
        b"img" => &[
            ("width", PIXELS),
            ("height", PIXELS),
            ("alt", Rule::Text),
            ("sizes", Rule::Text),
            ("srcset", Rule::Images),
            ("src", Rule::Address(Use::Image)),
        ],
        b"blockquote" | b"q" => &[("cite", Rule::Address(Use::Link))],
        b"ins" | b"del" => &[("cite", Rule::Address(Use::Link)), ("datetime", Rule::Text)],
        b"time" => &[("datetime", Rule::Text)],
        b"td" => &[("colspan", SPAN), ("rowspan", SPAN)],
        b"th" => &[
            ("colspan", SPAN),
            ("rowspan", SPAN),
            ("scope", Rule::Word(&["row", "col", "rowgroup", "colgroup"])),
            ("abbr", Rule::Text),
        ],
        b"col" | b"colgroup" => &[("span", SPAN)],
        b"ol" => &[("start", COUNT), ("reversed", Rule::Flag), ("type", Rule::Word(&["1", "a", "A", "i", "I"]))],
        b"li" => &[("value", COUNT)],
        b"details" => &[("open", Rule::Flag)],
        _ => &[],
    }
}

/// Whether that attribute may stand on that element, and with what value.
#[must_use]
pub fn attribute(element: &str, name: &str) -> Option<Rule> {
    EVERYWHERE.iter().chain(attributes(element)).find(|known| known.0 == name).map(|known| known.1)
}
