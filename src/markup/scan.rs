//! What a parser is handed: a feed's HTML, capped, well nested and without frames.
//!
//! Every parser hangs for many seconds on HTML that is nested 100,000 deep, and a sanitizer comes after its parser. So
//! one linear pass goes first. It counts how deep elements are open, and leaves nothing to a parser's repair: an
//! element that its own end tag does not close is closed here, a stray end tag is left out, and so is whatever parsers
//! read by rules of its own (raw text, SVG, MathML, forms). What stays is nested as it is written, so the count holds.

use super::elements::{BLOCKS, CELLS, Names, TABLE_PARTS, VOID, known};
use super::text::text;
use super::tokens::{Tag, Token, Tokens};

/// The longest HTML that is parsed, in bytes: a hundred times a long entry.
pub const MAX_BYTES: usize = 256 * 1024;

/// The most elements that may be open at once: a newsroom's deepest real entries have a dozen.
pub const MAX_DEPTH: usize = 64;

/// What may be done with a feed's HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// It may be parsed.
    Html(String),
    /// It is too long or too deep: this is its text, a line for each of its blocks.
    Text(String),
}

/// Tags of a whole page, and forms: they are left out, what they hold stays.
const PAGE: Names = "html head body frameset frame noscript form marquee";

/// Elements that end one of their own kind, and where none is looked for beyond.
const ENDING: &[(Names, Names)] = &[
    ("a", CELLS),
    ("nobr", CELLS),
    ("li", "ul ol menu dir td th caption table"),
    ("dt dd", "dl td th caption table"),
    ("rt rp", "ruby td th caption table"),
    ("option", "optgroup td th caption table"),
];

/// The parts of a table, and in what they stand.
const PARTS: &[(Names, Names)] = &[
    ("td th", "tr tbody thead tfoot table"),
    ("tr", "tbody thead tfoot table"),
    ("col", "colgroup table"),
    ("tbody thead tfoot caption colgroup", "table"),
];

/// Looks at a feed's HTML before any parser does.
#[must_use]
pub fn scan(html: &str) -> Scanned {
    let mut scan = Scan { tokens: Tokens::new(html), out: String::new(), open: Vec::new() };
    if html.len() <= MAX_BYTES && scan.run() { Scanned::Html(scan.out) } else { Scanned::Text(text(html)) }
}

struct Scan<'a> {
    tokens: Tokens<'a>,
    out: String,
    /// The names of the open elements.
    open: Vec<String>,
}

impl<'a> Scan<'a> {
    /// Goes through the source; `false` where it is too deep.
    fn run(&mut self) -> bool {
        while self.open.len() <= MAX_DEPTH {
            let start = self.tokens.at();
            match self.tokens.next() {
                None => return true,
                Some(Token::Text(text)) => {
                    if !text.trim_ascii().is_empty() {
                        self.cell();
                    }
                    self.out.push_str(text);
                }
                Some(Token::Lone) => {
                    self.cell();
                    // Written out, so that it never meets what follows a cut.
                    self.out.push_str("&lt;");
                }
                Some(Token::Nothing) => {}
                Some(Token::Start(tag)) => self.start(self.tokens.since(start), tag),
                Some(Token::End(tag)) => self.end(tag),
            }
        }
        false
    }

    fn start(&mut self, source: &str, tag: Tag<'a>) {
        let name = tag.name.to_ascii_lowercase();
        if self.tokens.cut(&name) {
            if name == "iframe" {
                self.link(tag);
            }
            return;
        }
        if known(PAGE, &name).is_some() {
            return;
        }
        for (names, parents) in PARTS {
            if known(names, &name).is_some() {
                if !self.open.iter().any(|open| open == "table") {
                    return;
                }
                while self.open.last().is_some_and(|open| known(parents, open).is_none()) {
                    self.close_last();
                }
            }
        }
        if name != "col" && known(TABLE_PARTS, &name).is_none() {
            self.cell();
        }
        // A table that stands in another, but in none of its cells, ends that.
        if name == "table" {
            self.close("table", "td th caption");
        }
        for (names, limits) in ENDING {
            if known(names, &name).is_some() {
                self.close(names, limits);
            }
        }
        if known(BLOCKS, &name).is_some() {
            self.close("p", CELLS);
        }
        self.out.push_str(source);
        if known(VOID, &name).is_none() {
            self.open.push(name);
        }
    }

    fn end(&mut self, tag: Tag<'a>) {
        let name = tag.name.to_ascii_lowercase();
        let limits = if known(TABLE_PARTS, &name).is_some() { "table" } else { CELLS };
        if !self.close(&name, limits) && name == "br" {
            self.out.push_str("<br>");
        }
    }

    /// What stands in a table but in no cell of it gets one: parsers would take it out, one to before the table, another
    /// to behind it.
    fn cell(&mut self) {
        if self.open.last().is_some_and(|open| open == "colgroup") {
            self.close_last();
        }
        if self.open.last().is_some_and(|open| known("table tr tbody thead tfoot", open).is_some()) {
            self.out.push_str("<td>");
            self.open.push("td".to_owned());
        }
    }

    /// What stays of a frame: a link, marked as one that may become a card.
    fn link(&mut self, tag: Tag<'a>) {
        let src = tag.attribute("src").unwrap_or_default();
        if src.is_empty() {
            return;
        }
        self.close("a", CELLS);
        self.cell();
        let text = tag.attribute("title").filter(|title| !title.trim_ascii().is_empty()).unwrap_or(src);
        // Both are source already: their character references stay as they are.
        self.out.push_str("<a type=frame href=\"");
        self.escape(src, '"', "&quot;");
        self.out.push_str("\">");
        self.escape(text, '<', "&lt;");
        self.out.push_str("</a>");
    }

    fn escape(&mut self, text: &str, unsafe_character: char, reference: &str) {
        for character in text.chars() {
            if character == unsafe_character {
                self.out.push_str(reference);
            } else {
                self.out.push(character);
            }
        }
    }

    /// Closes the last open element of one of these names, and what is open in it; none beyond the limits.
    fn close(&mut self, names: &str, limits: Names) -> bool {
        let is_of = |names: &str, open: &String| names.split_ascii_whitespace().any(|name| name == open);
        let Some(index) = self.open.iter().rposition(|open| is_of(names, open) || is_of(limits, open)) else {
            return false;
        };
        let found = self.open.get(index).is_some_and(|open| is_of(names, open));
        while found && self.open.len() > index {
            self.close_last();
        }
        found
    }

    fn close_last(&mut self) {
        if let Some(name) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(&name);
            self.out.push('>');
        }
    }
}
