//! What a parser knows of elements: which stand alone, which end others, which hold something else than elements.

/// A list of names with spaces between them: a table of their addresses would be longer than they are.
pub type Names = &'static str;

/// A name of that list, if it is one.
pub fn known(names: Names, name: &str) -> Option<&'static str> {
    names.split_ascii_whitespace().find(|known| *known == name)
}

/// Elements that are left out with their content: readers get none of them, and parsers have rules of their own for it.
/// What these hold is text up to the first end tag, or to the end.
pub(super) const RAW: Names = "script style textarea title iframe xmp noembed noframes plaintext";

/// These hold elements, some of which may have their own name; without an end tag only the tag goes.
pub(super) const NESTING: Names = "svg math template select button object applet canvas";

/// Beyond these no end tag reaches.
pub(super) const CELLS: Names = "td th caption table";

pub(super) const TABLE_PARTS: Names = "td th tr tbody thead tfoot caption colgroup table";

pub(super) const VOID: Names =
    "area base basefont bgsound br col embed hr image img input keygen link meta param source track wbr";

/// Whose start tags end a paragraph; for a table, that is so in standards mode.
pub(super) const BLOCKS: Names = "address article aside blockquote center dd details dialog dir div dl dt fieldset \
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr li listing main menu nav ol p pre search section summary \
    table ul";
