//! Where updates come from: one source per URL, shared by every element that shows it.

mod fetch;
mod member;
mod poll;
mod read;
mod shared;
mod stream;

pub use member::Member;
pub use poll::{Begun, ask};
pub use read::{Convert, document, entry, parse, plain};
pub use shared::News;

/// The longest body that is read, in bytes. A feed of ten thousand entries is half of it.
pub const MAX_BYTES: u32 = 8 * 1024 * 1024;
