//! What is remembered of a reader, per feed and only in their own browser: their order, and what they have seen.

use chrono::{DateTime, Utc};

use crate::config::{Config, Order};
use crate::dom::storage::Storage;

/// In which order this reader wants that feed, and up to when they have seen it.
pub fn remembered(url: &str, settings: &Config) -> (Order, Option<DateTime<Utc>>) {
    let storage = storage(settings);
    let order = storage.get(&order_of(url)).and_then(|name| Order::parse(&name));
    let left = storage.get(&seen_of(url)).and_then(|time| time.parse::<u32>().ok());
    (order.unwrap_or(settings.order), left.and_then(|seconds| DateTime::from_timestamp_secs(seconds.into())))
}

/// Keeps the order that they chose.
pub fn remember_order(url: &str, settings: &Config, order: Order) {
    storage(settings).set(&order_of(url), order.name());
}

/// Keeps up to when they have seen it: in whole seconds, rounded up, so that what was seen is not new again.
pub fn remember_seen(url: &str, settings: &Config, time: DateTime<Utc>) {
    let seconds = u32::try_from(time.timestamp() + 1).unwrap_or_default();
    storage(settings).set(&seen_of(url), &seconds.to_string());
}

fn storage(settings: &Config) -> Storage {
    if settings.storage { Storage::Local } else { Storage::None }
}

fn order_of(url: &str) -> String {
    "order:".to_owned() + url
}

fn seen_of(url: &str) -> String {
    "seen:".to_owned() + url
}
