//! Which elements and attributes a reader gets to see. What is in no table here does not exist for the page.

use super::elements::{Names, known};
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
const KEPT: Names = "a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em \
    figcaption figure hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source span strong sub summary \
    sup table tbody td tfoot th thead time tr u ul var wbr";

/// Elements that are shown under another one.
const RENAMED: &[(Names, &str)] = &[
    ("h1 h2 h3", "h4"),
    ("h4", "h5"),
    ("h5 h6", "h6"),
    // Landmarks would be the page's; without a block their text would run together.
    ("article aside center dialog fieldset footer header hgroup main nav section", "div"),
];

/// Elements whose content is nothing to read either.
const DROPPED: Names = "applet area base button canvas datalist embed frame frameset head iframe input link math meta meter \
    noembed noframes object param plaintext progress script select style svg template textarea title \
    track xmp";

/// What becomes of an element of that name, in lower case.
#[must_use]
pub fn element(name: &str) -> Verdict {
    let renamed = RENAMED.iter().find(|(names, _)| known(names, name).is_some());
    match renamed.map(|renamed| renamed.1).or_else(|| known(KEPT, name)) {
        Some(shown) => Verdict::Keep(shown),
        None if known(DROPPED, name).is_some() => Verdict::Drop,
        None => Verdict::Unwrap,
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
    Word(Names),
    /// an address of that use
    Address(Use),
    /// a list of images
    Images,
}

/// The widest and highest image that is believed, in CSS pixels.
const MAX_PIXELS: i32 = 16_384;

/// The most columns or rows that a cell spans: beyond this it is no table for a reader.
const MAX_SPAN: i32 = 100;

/// The greatest number that a list may count to: it has to fit into the margin.
const MAX_COUNT: i32 = 99_999;

const SPAN: Rule = Rule::Number(1, MAX_SPAN);
const PIXELS: Rule = Rule::Number(1, MAX_PIXELS);
const COUNT: Rule = Rule::Number(-MAX_COUNT, MAX_COUNT);
const LINK: Rule = Rule::Address(Use::Link);

/// Which elements may have an attribute, and what its value has to be; no name means all.
const ATTRIBUTES: &[(Names, &str, Rule)] = &[
    ("", "dir", Rule::Word("ltr rtl auto")),
    ("", "hidden", Rule::Flag),
    ("", "lang", Rule::Text),
    ("", "title", Rule::Text),
    ("a", "href", LINK),
    ("a", "hreflang", Rule::Text),
    // Of no frame is more than this: the scan writes it, and www/players.js looks for it.
    ("a", "type", Rule::Word("frame")),
    ("img source", "width", PIXELS),
    ("img source", "height", PIXELS),
    ("img", "alt", Rule::Text),
    ("source", "media", Rule::Text),
    ("source", "type", Rule::Text),
    ("img source", "sizes", Rule::Text),
    ("img source", "srcset", Rule::Images),
    ("img", "src", Rule::Address(Use::Image)),
    ("blockquote q ins del", "cite", LINK),
    ("ins del time", "datetime", Rule::Text),
    ("td th", "colspan", SPAN),
    ("td th", "rowspan", SPAN),
    ("th", "scope", Rule::Word("row col rowgroup colgroup")),
    ("th", "abbr", Rule::Text),
    ("col colgroup", "span", SPAN),
    ("ol", "start", COUNT),
    ("ol", "reversed", Rule::Flag),
    ("ol", "type", Rule::Word("1 a A i I")),
    ("li", "value", COUNT),
    ("details", "open", Rule::Flag),
];

/// What an element of that name may have, in the order in which it is set: an image's address comes last.
pub fn attributes(element: &str) -> impl Iterator<Item = (&'static str, Rule)> {
    let its = move |names: Names| names.is_empty() || known(names, element).is_some();
    ATTRIBUTES.iter().filter(move |row| its(row.0)).map(|row| (row.1, row.2))
}

/// The names of all attributes that any element may have, each once.
pub fn attribute_names() -> impl Iterator<Item = &'static str> {
    let names = || ATTRIBUTES.iter().map(|row| row.1);
    names().enumerate().filter(move |(at, name)| !names().take(*at).any(|other| other == *name)).map(|(_, name)| name)
}

/// Whether that attribute may stand on that element, and with what value.
#[must_use]
pub fn attribute(element: &str, name: &str) -> Option<Rule> {
    attributes(element).find(|known| known.0 == name).map(|known| known.1)
}
