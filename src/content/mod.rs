//! Feed HTML becomes safe nodes: scanned, parsed by the platform's sanitizer, and written anew by our own allow-list.
//!
//! | file | what it makes |
//! |---|---|
//! | [`sanitize`] | nodes of an entry's HTML or text |
//! | [`links`] | absolute addresses, and the attributes that hold them |
//! | [`embed`] | the card of something of a third party |
//!
//! No string of a feed reaches a parser anywhere else.

pub mod embed;
pub mod links;
pub mod sanitize;

pub use embed::Players;
pub use sanitize::Sanitizer;
