//! Absolute addresses, and the attributes that hold them.

use web_sys::{Element, Url};

use crate::markup::allow::{Rule, attributes};
use crate::markup::elements::known;
use crate::markup::url::{Use, allowed, candidates};
use crate::nodes::set;

/// A feed's reference as an absolute URL, if it may be used so.
#[must_use]
pub fn absolute(reference: &str, base: &str, usage: Use) -> Option<String> {
    let url = Url::new_with_base(reference, base).ok()?.href();
    allowed(&url, usage).then_some(url)
}

/// What every image of a feed has, before any address: a request begins with that.
pub const IMAGE_DEFAULTS: [(&str, &str); 4] =
    [("loading", "lazy"), ("decoding", "async"), ("referrerpolicy", "no-referrer"), ("alt", "")];

/// Copies what the allow-list lets through of one element's attributes to the fresh one that takes its place. The
/// answer is whether that is worth showing: a link or an image without an address is not.
pub fn copy_attributes(from: &Element, to: &Element, name: &str, base: &str) -> bool {
    if name == "img" {
        for (name, value) in IMAGE_DEFAULTS {
            set(to, name, value);
        }
    }
    let mut has_address = false;
    if from.has_attributes() {
        for (attribute, rule) in attributes(name) {
            if let Some(value) = from.get_attribute(attribute).and_then(|value| accept(rule, value, base)) {
                set(to, attribute, &value);
                has_address |= matches!(attribute, "href" | "src");
            }
        }
    }
    if name == "a" && has_address {
        set(to, "rel", "noopener");
    }
    has_address || !matches!(name, "a" | "img")
}

/// The value that a rule makes of a feed's; `None` where it breaks the rule.
fn accept(rule: Rule, value: String, base: &str) -> Option<String> {
    match rule {
        Rule::Text => Some(value),
        Rule::Flag => Some(String::new()),
        Rule::Number(least, most) => {
            let number: i32 = value.trim_ascii().trim_end_matches(['p', 'x']).parse().ok()?;
            (least..=most).contains(&number).then(|| number.to_string())
        }
        Rule::Word(words) => known(words, &value).map(str::to_owned),
        Rule::Address(usage) => absolute(&value, base, usage),
        Rule::Images => {
            let mut list = String::new();
            for (address, descriptor) in candidates(&value)? {
                if !list.is_empty() {
                    list.push_str(", ");
                }
                // As the browser writes it, no address holds a space; a comma at its end would be taken for the list's.
                list.push_str(absolute(address, base, Use::Image)?.trim_end_matches(','));
                if !descriptor.is_empty() {
                    list.push(' ');
                    list.push_str(descriptor);
                }
            }
            Some(list)
        }
    }
}
