//! Where updates come from: one source per URL, shared by every element that shows it.

mod fetch;
mod member;
mod read;
mod request;
mod shared;
mod stream;

pub use member::Member;
pub use read::{Convert, document};
pub use shared::News;

/// The longest body that is read, in bytes. A feed of ten thousand entries is a third of it.
pub const MAX_BYTES: u64 = 32 * 1024 * 1024;
