/** Other formats for the command: all of them, with a parser of XML. */
import { DOMParser } from "@xmldom/xmldom";
import * as atom from "../../formats/atom.js";
import * as automattic from "../../formats/automattic-liveblog.js";
import * as guardian from "../../formats/guardian-blocks.js";
import * as posting from "../../formats/live-blog-posting.js";
import * as rss from "../../formats/rss.js";
import * as superdesk from "../../formats/superdesk-live-blog.js";

const FORMATS = [posting, automattic, superdesk, guardian, rss, atom];

/** What `--format` may be. */
export const NAMES = FORMATS.map(({ name }) => /** @type {string} */ (name));

/** Those that are no JSON. */
export const OF_TEXT = [rss.name, atom.name];

/**
 * A JSON Feed of a text in that format.
 *
 * @param {string} format
 * @param {string} text
 * @param {{ url: string, now: number }} options
 * @returns {Record<string, any>}
 */
export function convertText(format, text, { url, now }) {
  const found = FORMATS.find(({ name }) => name === format);
  if (!found) throw new Error(`--format ${format} is not known: expected ${NAMES.join(", ")}`);
  return found.convert(OF_TEXT.includes(format) ? text : JSON.parse(text), {
    url,
    now,
    // It throws at the first fault, where browsers would: by itself it mends what it can.
    DOMParser: /** @type {any} */ (StrictParser),
  });
}

class StrictParser extends DOMParser {
  constructor() {
    super({
      onError(level, message) {
        if (level !== "warning") throw new Error(message);
      },
    });
  }
}
