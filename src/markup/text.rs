//! The text of HTML that is too long or too deep to be parsed.

use super::elements::{BLOCKS, known};
use super::tokens::{Token, Tokens};

/// The longest character reference that is decoded: `#x10ffff`.
const LONGEST_REFERENCE: usize = 8;

/// The text of HTML without a parser: a blank line between blocks, a line break for `<br>` and between table rows.
#[must_use]
pub fn text(html: &str) -> String {
    let mut lines = Lines::default();
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(source) => lines.write(source),
            Token::Lone => lines.push('<'),
            Token::Nothing => {}
            Token::Start(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if !tokens.cut(&name) {
                    lines.part(Gap::around(&name));
                }
            }
            Token::End(tag) => lines.part(Gap::around(&tag.name.to_ascii_lowercase())),
        }
    }
    lines.text
}

/// What stands between two words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
    Paragraph,
}

impl Gap {
    fn around(name: &str) -> Self {
        match name {
            "td" | "th" => Self::Space,
            "br" | "tr" | "li" | "dt" | "dd" => Self::Line,
            _ if known(BLOCKS, name).is_some() => Self::Paragraph,
            _ => Self::Nothing,
        }
    }
}

#[derive(Default)]
struct Lines {
    text: String,
    gap: Gap,
}

impl Lines {
    fn part(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn push(&mut self, character: char) {
        if character.is_ascii_whitespace() {
            self.part(Gap::Space);
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(match self.gap {
                Gap::Nothing => "",
                Gap::Space => " ",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.gap = Gap::Nothing;
        self.text.push(character);
    }

    fn write(&mut self, source: &str) {
        let mut pieces = source.split('&');
        pieces.next().unwrap_or_default().chars().for_each(|character| self.push(character));
        for piece in pieces {
            let end = piece.bytes().take(LONGEST_REFERENCE + 1).position(|byte| byte == b';');
            let reference = end.and_then(|end| piece.split_at_checked(end));
            match reference.and_then(|(name, rest)| Some((character(name)?, rest))) {
                Some((character, rest)) => {
                    self.push(character);
                    rest.chars().skip(1).for_each(|character| self.push(character));
                }
                None => {
                    self.push('&');
                    piece.chars().for_each(|character| self.push(character));
                }
            }
        }
    }
}

/// The character that a reference stands for; of the named ones, those that text can't do without.
fn character(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse(), |digits| u32::from_str_radix(digits, 16));
        return code.ok().filter(|code| *code > 0).and_then(char::from_u32);
    }
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}
