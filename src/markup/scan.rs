//! What a parser is handed: a feed's HTML, capped, well nested and without frames.
//!
//! Every parser hangs for many seconds on HTML that is nested 100,000 deep, and a sanitizer comes after its parser. So
//! one linear pass goes first. It counts how deep elements are open, and leaves nothing to a parser's repair: an
//! element that its own end tag does not close is closed here, a stray end tag is left out, and so is whatever parsers
//! read by rules of its own (raw text, SVG, MathML, forms). What stays is nested as it is written, so the count holds.

use std::borrow::Cow;

use super::elements::{CELLS, Content, cut, ends_paragraph, is_table_part, is_void, lowercase};
use super::text::text;
use super::tokens::{Tag, Token, Tokens};

/// The longest HTML that is parsed, in bytes: a hundred times a long entry.
pub const MAX_BYTES: usize = 256 * 1024;

/// The most elements that may be open at once: a newsroom's deepest real entries have a dozen.
pub const MAX_DEPTH: usize = 64;

/// What may be done with a feed's HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned<'a> {
    /// It may be parsed.
    Html(Cow<'a, str>),
    /// It is too long or too deep: this is its text, a line for each of its blocks.
    Text(String),
}

/// Looks at a feed's HTML before any parser does.
#[must_use]
pub fn scan(html: &str) -> Scanned<'_> {
    if html.len() > MAX_BYTES {
        return Scanned::Text(text(html));
    }
    let mut scan =
        Scan { tokens: Tokens::new(html), html, out: String::new(), copied: 0, open: Vec::new(), endless: Vec::new() };
    if scan.run() { Scanned::Html(scan.finish()) } else { Scanned::Text(text(html)) }
}

struct Scan<'a> {
    tokens: Tokens<'a>,
    html: &'a str,
    /// The result up to `copied`; the source is still the result from there on.
    out: String,
    copied: usize,
    /// The names of the open elements.
    open: Vec<Cow<'a, str>>,
    /// Names of which no further end tag was found, so that none is looked for twice.
    endless: Vec<&'static str>,
}

impl<'a> Scan<'a> {
    /// Goes through the source; `false` where it is too deep.
    fn run(&mut self) -> bool {
        loop {
            let start = self.tokens.at();
            match self.tokens.next() {
                None => return true,
                Some(Token::Text(_)) => {}
                // Written out, so that it never meets what follows a cut.
                Some(Token::Lone) => self.replace(start, "&lt;"),
                Some(Token::Nothing) => self.replace(start, ""),
                Some(Token::Start(tag)) => self.start(start, tag),
                Some(Token::End(tag)) => self.end(start, tag),
            }
            if self.open.len() > MAX_DEPTH {
                return false;
            }
        }
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.copied == 0 && self.out.is_empty() {
            return Cow::Borrowed(self.html);
        }
        self.insert(self.html.len(), "");
        Cow::Owned(self.out)
    }

    fn start(&mut self, start: usize, tag: Tag<'a>) {
        let name = lowercase(tag.name);
        if let Some((name, content)) = cut(&name) {
            self.cut(start, tag, name, content);
            return;
        }
        match &*name {
            "html" | "head" | "body" | "frameset" | "frame" | "noscript" | "form" | "marquee" => {
                self.replace(start, "");
                return;
            }
            "a" | "nobr" => self.close(start, &[&*name], CELLS),
            "li" => self.close(start, &["li"], &["ul", "ol", "menu", "dir", "td", "th", "caption", "table"]),
            "dt" | "dd" => self.close(start, &["dt", "dd"], &["dl", "td", "th", "caption", "table"]),
            "rt" | "rp" => self.close(start, &["rt", "rp"], &["ruby", "td", "th", "caption", "table"]),
            "option" => self.close(start, &["option"], &["optgroup", "td", "th", "caption", "table"]),
            "table" if self.last_of(CELLS) == Some("table") => self.close(start, &["table"], &[]),
            "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" | "col" => {
                if !self.open.iter().any(|open| open == "table") {
                    self.replace(start, "");
                    return;
                }
                let parents: &[&str] = match &*name {
                    "td" | "th" => &["tr", "tbody", "thead", "tfoot", "table"],
                    "tr" => &["tbody", "thead", "tfoot", "table"],
                    "col" => &["colgroup", "table"],
                    _ => &["table"],
                };
                while self.open.last().is_some_and(|open| !parents.contains(&&**open)) {
                    self.close_last(start);
                }
            }
            _ => {}
        }
        if ends_paragraph(&name) {
            self.close(start, &["p"], CELLS);
        }
        if !is_void(&name) {
            self.open.push(name);
        }
    }

    fn end(&mut self, start: usize, tag: Tag<'a>) {
        let name = lowercase(tag.name);
        let limits: &[&str] = if is_table_part(&name) { &["table"] } else { CELLS };
        if self.find(&[&*name], limits).is_none() {
            self.replace(start, if name == "br" { "<br>" } else { "" });
            return;
        }
        while self.open.last().is_some_and(|open| *open != name) {
            self.close_last(start);
        }
        self.open.pop();
    }

    /// Leaves an element out, with what it holds; of a frame, a link stays.
    fn cut(&mut self, start: usize, tag: Tag<'a>, name: &'static str, content: Content) {
        let ended = !self.endless.contains(&name) && self.tokens.skip_content(name, content == Content::Nests);
        if !ended {
            self.endless.push(name);
            if content == Content::Raw {
                self.tokens.skip_rest();
            }
        }
        match tag.attribute("src") {
            Some(src) if name == "iframe" && !src.is_empty() => {
                self.close(start, &["a"], CELLS);
                let text = tag.attribute("title").filter(|title| !title.trim().is_empty()).unwrap_or(src);
                // Both are source already: their character references stay as they are.
                let (href, text) = (src.replace('"', "&quot;"), text.replace('<', "&lt;"));
                self.replace(start, &format!("<a href=\"{href}\">{text}</a>"));
            }
            _ => self.replace(start, ""),
        }
    }

    /// Where the last open element of one of these names is, not looking beyond the limits.
    fn find(&self, names: &[&str], limits: &[&str]) -> Option<usize> {
        for (index, open) in self.open.iter().enumerate().rev() {
            if names.contains(&&**open) {
                return Some(index);
            }
            if limits.contains(&&**open) {
                return None;
            }
        }
        None
    }

    fn last_of(&self, names: &[&str]) -> Option<&str> {
        self.open.iter().rev().map(|open| &**open).find(|open| names.contains(open))
    }

    /// Closes the last open element of one of these names, and what is open in it.
    fn close(&mut self, at: usize, names: &[&str], limits: &[&str]) {
        if let Some(index) = self.find(names, limits) {
            while self.open.len() > index {
                self.close_last(at);
            }
        }
    }

    fn close_last(&mut self, at: usize) {
        if let Some(name) = self.open.pop() {
            self.insert(at, "</");
            self.out.push_str(&name);
            self.out.push('>');
        }
    }

    /// Puts something in before that place of the source.
    fn insert(&mut self, at: usize, text: &str) {
        self.out.push_str(self.html.get(self.copied..at).unwrap_or_default());
        self.out.push_str(text);
        self.copied = at;
    }

    /// Puts something in the place of all tokens since `start`.
    fn replace(&mut self, start: usize, text: &str) {
        self.insert(start, text);
        self.copied = self.tokens.at();
    }
}
