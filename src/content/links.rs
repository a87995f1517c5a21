//! Absolute addresses, and the attributes that hold them.

use web_sys::{Element, Url};

use crate::markup::allow::{Rule, attributes};
use crate::markup::elements::known;
use crate::markup::url::{Use, allowed, candidates};
use crate::nodes::set;
use crate::words::fill;

/// What a feed's references are relative to, and what its pictures are loaded through.
#[derive(Debug, Clone, Copy)]
pub struct Addresses<'a> {
    /// an absolute URL
    pub base: &'a str,
    /// the host's `image-proxy`: a URL template that holds `{url}`
    pub image_proxy: Option<&'a str>,
}

impl Addresses<'_> {
    /// A feed's reference as an absolute URL, if it may be used so.
    #[must_use]
    pub fn absolute(&self, reference: &str, usage: Use) -> Option<String> {
        let url = absolute(reference, self.base, usage)?;
        match self.image_proxy {
            Some(template) if usage == Use::Image => {
                Some(fill(template, "url", &String::from(js_sys::encode_uri_component(&url))))
            }
            _ => Some(url),
        }
    }
}

/// A feed's reference as an absolute URL, if it may be used so.
#[must_use]
pub fn absolute(reference: &str, base: &str, usage: Use) -> Option<String> {
    // An empty one would be the feed itself.
    if reference.trim_ascii().is_empty() {
        return None;
    }
    let url = Url::new_with_base(reference, base).ok()?.href();
    allowed(&url, usage).then_some(url)
}

/// Sets what every image of a feed has, before any address: a request begins with that.
pub fn set_image_defaults(image: &Element) {
    for (name, value) in [("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer"), ("alt", "")] {
        set(image, name, value);
    }
}

/// Copies what the allow-list lets through of one element's attributes to the fresh one that takes its place. The
/// answer is whether that is worth showing: a link, an image or a `<source>` without an address is not.
pub fn copy_attributes(from: &Element, to: &Element, name: &str, addresses: Addresses<'_>) -> bool {
    if name == "img" {
        set_image_defaults(to);
    }
    let mut has_address = false;
    if from.has_attributes() {
        for (attribute, rule) in attributes(name) {
            if let Some(value) = from.get_attribute(attribute).and_then(|value| accept(rule, value.trim(), addresses)) {
                set(to, attribute, &value);
                has_address |= matches!(attribute, "href" | "src") || name == "source" && attribute == "srcset";
            }
        }
    }
    if name == "a" && has_address {
        set(to, "rel", "noopener");
    }
    has_address || !matches!(name, "a" | "img" | "source")
}

/// The value that a rule makes of a feed's, without the spaces around it, of which DOMPurify leaves none; `None` where it breaks the rule.
fn accept(rule: Rule, value: &str, addresses: Addresses<'_>) -> Option<String> {
    match rule {
        Rule::Text => Some(value.to_owned()),
        Rule::Flag => Some(String::new()),
        Rule::Number(least, most) => {
            let bare = value.strip_suffix('x').and_then(|value| value.strip_suffix('p'));
            let number: i32 = bare.unwrap_or(value).parse().ok()?;
            (least..=most).contains(&number).then(|| number.to_string())
        }
        Rule::Word(words) => known(words, value).map(str::to_owned),
        Rule::Address(usage) => addresses.absolute(value, usage),
        Rule::Images => {
            let mut list = String::new();
            candidates(value, &mut |address, descriptor| {
                if !list.is_empty() {
                    list.push_str(", ");
                }
                // As the browser writes it, no address holds a space; a comma at its end would be taken for the list's.
                list.push_str(addresses.absolute(address, Use::Image)?.trim_end_matches(','));
                if !descriptor.is_empty() {
                    list.push(' ');
                    list.push_str(descriptor);
                }
                Some(())
            })?;
            Some(list)
        }
    }
}
