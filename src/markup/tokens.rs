//! Where a tag begins and ends: the tokenizer of the HTML standard, without character references, raw text and states
//! that only matter to a tree. One pass; no byte is looked at twice.

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
#[derive(Debug, Clone)]
pub struct Tokens<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Begins at the start of the source.
    #[must_use]
    pub const fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    /// Where the next token begins, in bytes.
    #[must_use]
    pub const fn at(&self) -> usize {
        self.at
    }

    /// Skips what an element of that name holds, with its end tag; those of the same name in it count if it `nests`.
    /// Where there is no end tag, nothing is skipped and the answer is `false`.
    pub fn skip_content(&mut self, name: &str, nests: bool) -> bool {
        let mut ahead = self.clone();
        let mut open = 1_usize;
        loop {
            ahead.skip_until(|byte| byte == b'<');
            if ahead.at >= ahead.html.len() {
                return false;
            }
            ahead.at += 1;
            let end = ahead.eat(b'/');
            let starts_so = ahead.rest().get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
            if !starts_so || !ahead.rest().as_bytes().get(name.len()).copied().is_none_or(ends_name) {
                continue;
            }
            if end {
                open -= 1;
            } else if nests {
                open += 1;
            }
            if open == 0 {
                ahead.skip_until(|byte| byte == b'>');
                ahead.eat(b'>');
                *self = ahead;
                return true;
            }
        }
    }

    /// Skips all that is left.
    pub const fn skip_rest(&mut self) {
        self.at = self.html.len();
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

    /// Skips to behind the next occurrence, or to the end.
    fn skip_past(&mut self, mark: &str) {
        self.at += self.rest().find(mark).map_or(self.rest().len(), |found| found + mark.len());
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
        let name = self.html.get(start..self.at).unwrap_or_default();
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
        let attributes = self.html.get(start..self.at)?;
        self.eat(b'>').then_some(Tag { name, attributes })
    }

    fn comment(&mut self) {
        if self.rest().starts_with("--") {
            self.at += "--".len();
            // "<!-->" and "<!--->" are whole comments.
            if !self.rest().starts_with('>') && !self.rest().starts_with("->") {
                self.skip_past("--");
                // "--!>" ends a comment too; more dashes may stand before either.
                while !matches!(self.peek(), None | Some(b'>')) && !self.rest().starts_with("!>") {
                    if !self.eat(b'-') {
                        self.skip_past("--");
                    }
                }
            }
        }
        self.skip_past(">");
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
                        self.skip_past(">");
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
                self.skip_past(">");
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
