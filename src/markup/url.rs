//! Which addresses a feed may use. Parsing them is the browser's: what comes here is absolute.

/// What an address is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// `href`: the reader goes there
    Link,
    /// `src` of an image
    Image,
    /// `src` of a video or a sound
    Media,
}

/// Whether an absolute URL, as the browser writes it, has a scheme for that use.
#[must_use]
pub fn allowed(absolute: &str, usage: Use) -> bool {
    let Some((scheme, _)) = absolute.split_once(':') else { return false };
    match scheme {
        "https" | "http" => true,
        "mailto" | "tel" => usage == Use::Link,
        _ => false,
    }
}

/// Tells the candidates of a `srcset` one by one: each an address and its descriptor (`2x`, `640w`, or nothing). `None`
/// where there is none, and once one has another descriptor, or is not taken: that makes the whole worthless.
pub fn candidates<'a>(srcset: &'a str, each: &mut dyn FnMut(&'a str, &'a str) -> Option<()>) -> Option<()> {
    let mut found = None;
    let mut rest = srcset;
    loop {
        let start = rest.bytes().position(|byte| !byte.is_ascii_whitespace() && byte != b',');
        let Some(start) = start else { return found };
        rest = rest.get(start..)?;
        // An address may hold commas, but not end in one.
        let (address, after) = rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, ""));
        let bare = address.trim_end_matches(',');
        let (descriptor, after) =
            if bare.len() < address.len() { ("", after) } else { after.split_once(',').unwrap_or((after, "")) };
        let descriptor = descriptor.trim_ascii();
        if !is_descriptor(descriptor) {
            return None;
        }
        each(bare, descriptor)?;
        found = Some(());
        rest = after;
    }
}

fn is_descriptor(descriptor: &str) -> bool {
    match descriptor.as_bytes() {
        [] => true,
        [number @ .., b'w' | b'x'] => {
            !number.is_empty() && number.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
        }
        _ => false,
    }
}
