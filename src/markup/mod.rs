//! What feed HTML may be, as pure rules: no parser and no browser here.
//!
//! | file | what it decides |
//! |---|---|
//! | [`scan`] | what a parser is handed: capped, well nested, without frames |
//! | [`text`] | what is shown of HTML that is not parsed |
//! | [`tokens`] | where a tag begins and ends |
//! | [`allow`] | which elements and attributes a reader gets to see |
//! | [`elements`] | what a parser knows of elements |
//! | [`url`] | which addresses a link, an image or a frame may have |

pub mod allow;
pub mod elements;
pub mod scan;
pub mod text;
pub mod tokens;
pub mod url;
