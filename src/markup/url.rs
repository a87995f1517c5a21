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

/// The candidates of a `srcset`: each an address and its descriptor (`2x`, `640w`, or nothing). One that has another
/// descriptor makes the whole worthless.
#[must_use]
pub fn candidates(srcset: &str) -> Option<Vec<(&str, &str)>> {
    let mut found = Vec::new();
    let mut rest = srcset;
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == ',');
        if rest.is_empty() {
            return (!found.is_empty()).then_some(found);
        }
        // An address may hold commas, but not end in one.
        let (address, after) = rest.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((rest, ""));
        let bare = address.trim_end_matches(',');
        let (descriptor, after) =
            if bare.len() < address.len() { ("", after) } else { after.split_once(',').unwrap_or((after, "")) };
        let descriptor = descriptor.trim_ascii();
        if !is_descriptor(descriptor) {
            return None;
        }
        found.push((bare, descriptor));
        rest = after;
    }
}

fn is_descriptor(descriptor: &str) -> bool {
    let number = descriptor.strip_suffix(['w', 'x']);
    descriptor.is_empty()
        || number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
}
