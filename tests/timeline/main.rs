//! The timeline: each rule of the feed by an example, and what holds whatever arrives, by chance.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, reason = "in a test a panic is the report")]

mod arrival;
#[path = "../support/by_chance.rs"]
mod by_chance;
mod events;
mod properties;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod truth;
