//! `<live-feed src="feed.json">`: a live feed for any page.
//!
//! Three floors; imports run downward only. The pure floor never names the browser and is tested by `cargo test`:
//!
//! | module | what it holds |
//! |---|---|
//! | [`error`] | what can go wrong |
//! | [`config`] | what the element's attributes say |
//! | [`time`] | reading moments, and arithmetic that cannot panic |
//! | [`stamp`], [`clock`] | what a time reads as, and when that changes; what time it really is |
//! | [`feed`] | what a publisher says |
//! | `check` | the same as a report for publishers; in no page |
//! | [`markup`] | what a feed's HTML may be, before any parser sees it |
//! | [`timeline`] | what the reader has: order, versions, removals |
//! | [`pace`], [`push`] | when to ask again; when to be connected to a hub, and what its events say |
//! | [`http`] | what the headers of a response say |
//! | [`freshness`] | how fresh what is shown is, and the line that says so |
//! | [`pages`] | where entries are missing, and which page to ask for |
//! | [`session`] | one feed, per URL: messages to effects |
//! | [`reading`], [`moves`] | one reader of it, per element: which rows, and which of them stay put |
//! | [`words`] | every word that a reader sees |
//!
//! The browser floor is built for WebAssembly only: `dom` (guards: what the browser does until they are dropped), `nodes` (making elements),
//! `source` (where updates come from), `content` (feed HTML to safe nodes), `view` (the shadow tree), `widget` (one
//! element; the one exported type).

#[cfg(any(not(target_arch = "wasm32"), feature = "check"))]
pub mod check;
pub mod clock;
pub mod config;
pub mod error;
pub mod feed;
pub mod freshness;
pub mod http;
pub mod markup;
pub mod moves;
pub mod pace;
pub mod pages;
pub mod push;
pub mod reading;
pub mod session;
pub mod sight;
pub mod stamp;
pub mod time;
pub mod timeline;
pub mod words;

#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod content;
#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod dom;
#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod nodes;
#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod source;
#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod view;
#[cfg(all(target_arch = "wasm32", not(feature = "check")))]
pub mod widget;
