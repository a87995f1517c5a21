//! Where a tag begins and ends: the tokenizer of the HTML standard, without character references, raw text and states
//! that only matter to a tree. One pass; no byte is looked at twice.

use super::elements::{NESTING, RAW, known};

/// A piece of HTML source. Together the pieces are the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// text, as it is written: character references are not decoded
    Text(&'a str),
    /// a `<` that begins no tag
    Lone,
    /// `<name …>`
    Start(Tag<'a>),
    /// `</name …>`
    End(Tag<'a>),
    /// a comment, a doctype, `<?…>`, `</>`, or a tag that the source ends in: a parser shows none of them
    Nothing,
}

/// A tag's name and attributes, as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// the name, in the case of the source
    pub name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute, as it is written: the first one of that name counts.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut source = Tokens::new(self.attributes);
        std::iter::from_fn(|| source.attribute()).find(|found| found.0.eq_ignore_ascii_case(name)).map(|found| found.1)
    }
}

/// Goes through a source once.
#[derive(Debug)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
    /// Names of which no further end tag was found, so that none is looked for twice.
    endless: Vec<&'static str>,
}

impl<'a> Tokens<'a> {
    /// Begins at the start of the source.
    #[must_use]
    pub const fn new(html: &'a str) -> Self {
        Self { html, at: 0, endless: Vec::new() }
    }

    /// Where the next token begins, in bytes.
    pub(super) const fn at(&self) -> usize {
        self.at
    }

    /// What stands between that place and the next token.
    pub(super) fn since(&self, start: usize) -> &'a str {
        self.html.get(start..self.at).unwrap_or_default()
    }

    /// Behind the start tag of an element that is left out: skips what it holds. `false` where it is none of these.
    pub(super) fn cut(&mut self, name: &str) -> bool {
        let raw = known(RAW, name);
        let Some(name) = raw.or_else(|| known(NESTING, name)) else { return false };
        let start = self.at;
        if self.endless.contains(&name) || !self.skip_content(name, raw.is_none()) {
            self.endless.push(name);
            self.at = if raw.is_some() { self.html.len() } else { start };
        }
        true
    }

    /// Skips to behind an element's end tag; those of the same name in it count if it `nests`.
    fn skip_content(&mut self, name: &str, nests: bool) -> bool {
        let mut open = 1_usize;
        while open > 0 {
            self.skip_until(|byte| byte == b'<');
            if !self.eat(b'<') {
                return false;
            }
            let end = self.eat(b'/');
            let rest = self.rest().as_bytes();
            let starts_so = rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if starts_so && rest.get(name.len()).copied().is_none_or(ends_name) {
                if end {
                    open -= 1;
                } else if nests {
                    open += 1;
                }
            }
        }
        self.skip_past_end();
        true
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn skip_until(&mut self, ends: impl Fn(u8) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.bytes().position(ends).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Skips to behind the next `>`, or to the end.
    fn skip_past_end(&mut self) {
        self.skip_until(|byte| byte == b'>');
        self.eat(b'>');
    }

    /// One attribute; `None` at the end of the tag or of the source.
    fn attribute(&mut self) -> Option<(&'a str, &'a str)> {
        self.skip_until(|byte| !is_space(byte) && byte != b'/');
        let start = self.at;
        if self.peek()? == b'>' {
            return None;
        }
        // A "=" that comes first belongs to the name.
        self.eat(b'=');
        self.skip_until(|byte| ends_name(byte) || byte == b'=');
        let name = self.since(start);
        self.skip_until(|byte| !is_space(byte));
        if !self.eat(b'=') {
            return Some((name, ""));
        }
        self.skip_until(|byte| !is_space(byte));
        let value = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.eat(quote);
                let value = self.skip_until(|byte| byte == quote);
                self.eat(quote);
                value
            }
            _ => self.skip_until(|byte| is_space(byte) || byte == b'>'),
        };
        Some((name, value))
    }

    /// A tag, from its name on; `None` where the source ends in it.
    fn tag(&mut self) -> Option<Tag<'a>> {
        let name = self.skip_until(ends_name);
        let start = self.at;
        while self.attribute().is_some() {}
        let attributes = self.since(start);
        self.eat(b'>').then_some(Tag { name, attributes })
    }

    /// `<!…>`: a comment, or what a parser takes for one.
    fn comment(&mut self) {
        if self.rest().starts_with("--") {
            self.at += "--".len();
            let start = self.at;
            loop {
                self.skip_until(|byte| byte == b'>');
                let comment = self.since(start);
                // "<!-->" and "<!--->" are whole comments; others end in "-->" or "--!>".
                let ended = matches!(comment, "" | "-") || comment.ends_with("--") || comment.ends_with("--!");
                if ended || !self.eat(b'>') {
                    break;
                }
            }
        }
        self.skip_past_end();
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if self.peek()? != b'<' {
            return Some(Token::Text(self.skip_until(|byte| byte == b'<')));
        }
        self.at += 1;
        Some(match self.peek() {
            Some(byte) if byte.is_ascii_alphabetic() => self.tag().map_or(Token::Nothing, Token::Start),
            Some(b'/') => {
                self.at += 1;
                match self.peek() {
                    Some(byte) if byte.is_ascii_alphabetic() => self.tag().map_or(Token::Nothing, Token::End),
                    _ => {
                        self.skip_past_end();
                        Token::Nothing
                    }
                }
            }
            Some(b'!') => {
                self.at += 1;
                self.comment();
                Token::Nothing
            }
            Some(b'?') => {
                self.skip_past_end();
                Token::Nothing
            }
            _ => Token::Lone,
        })
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

const fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}
