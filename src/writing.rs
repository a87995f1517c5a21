//! Texts put together. What the standard library has for it (`format!`, `to_string`, `join`) aligns and pads, too, for
//! whatever can be shown: 3 KB of every page.

/// The texts in a row, with something between them.
#[must_use]
pub fn join(texts: &[&str], between: &str) -> String {
    let mut joined = String::new();
    for (place, text) in texts.iter().enumerate() {
        if place > 0 {
            joined.push_str(between);
        }
        joined.push_str(text);
    }
    joined
}

/// A whole number in its digits.
#[must_use]
pub fn number(number: u64) -> String {
    let mut text = String::new();
    write_number(&mut text, number, 1, '0');
    text
}

/// The same with its sign, where it has one.
#[must_use]
pub fn signed(signed: i32) -> String {
    let sign = if signed < 0 { "-" } else { "" };
    sign.to_owned() + &number(signed.unsigned_abs().into())
}

/// Writes a number of at least so many digits, in those that follow `zero` in Unicode.
pub fn write_number(text: &mut String, number: u64, digits: u32, zero: char) {
    if digits > 1 || number >= 10 {
        write_number(text, number / 10, digits.saturating_sub(1), zero);
    }
    let digit = u32::try_from(number % 10).unwrap_or_default();
    text.push(char::from_u32(u32::from(zero) + digit).unwrap_or(zero));
}
