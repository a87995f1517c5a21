/**
 * HTML that ends where it ends. Balanced tags are not enough for that: a parser closes some elements by itself (an `<li>`
 * the one before it, a link the link around it), and the end tags that are left over then close elements of the page.
 */
import { parseFragment, serialize } from "parse5";

/** Misnested formatting settles in the second round, most of the rest in the first. */
const MAX_ROUNDS = 4;

/** What an entry stands in, and something that would be drawn into what is left open. */
const BEFORE = "<article>";
const AFTER = "</article><i>after</i>";

/** A fragment is parsed as it would be in this element; without it, as in a template, where parts of tables stand alone. */
const CONTAINER = /** @type {import("parse5").DefaultTreeAdapterTypes.Element} */ (parseFragment("<div></div>").childNodes[0]);

/** A parser skips the first line break of these, so one that is to stay is written twice. */
const FIRST_BREAK = /<pre(?: [a-z]+="[^"]*")*>\n/g;

/**
 * What a browser makes of that HTML, written so that it makes the same of it once more and leaves what follows alone; or
 * nothing, where there is no such way to write it.
 *
 * @param {string} html
 */
export function whole(html) {
  let written = parsed(html);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const framed = BEFORE + written + AFTER;
    if (parsed(framed) === framed) return written;
    written = parsed(written);
  }
  return undefined;
}

/** @param {string} html */
function parsed(html) {
  return serialize(parseFragment(CONTAINER, html, {})).replaceAll(FIRST_BREAK, "$&\n");
}
