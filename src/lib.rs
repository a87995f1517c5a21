//! `<live-feed src="feed.json">`: a live feed for any page.
//!
//! Three floors; imports run downward only. The pure floor never names the browser and is tested by `cargo test`:
//!
//! | module | what it holds |
//! |---|---|
//! | [`error`] | what can go wrong |
//! | [`time`] | a moment, and how it is read |
//! | [`feed`] | what a publisher says |

#[cfg(target_arch = "wasm32")]
pub mod content;
pub mod error;
pub mod feed;
pub mod markup;
pub mod time;
