/**
 * What parses feed HTML: the browser's own sanitizer, else DOMPurify. Both are a broad safe baseline; what a reader gets
 * to see is decided by the allow-list in src/markup/allow.rs.
 */

/** Elements that our allow-list would leave out anyway, and whose content no reader needs. */
const REMOVED_ELEMENTS = "style form svg math template object embed link meta".split(" ");

/**
 * All attributes that the allow-list knows. With a list of those to remove in its place, Chromium 156 ends the whole tab
 * on `onloadend`, and so could any feed.
 */
export const ATTRIBUTES =
  ("abbr alt cite colspan datetime dir height hidden href hreflang lang media open reversed rowspan scope sizes span src " +
    "srcset start title type value width").split(" ");

/**
 * Parses HTML into a node of a document in which nothing runs and no image is requested.
 * @typedef {(inert: Document, html: string) => Node} Parse
 */

/**
 * The browser's own, else what `purifier` promises: the module www/purifier.js.
 * @param {() => Promise<{ purify: (html: string) => DocumentFragment }>} purifier
 * @returns {Promise<Parse>}
 */
export async function parser(purifier) {
  const { Sanitizer, Element } = /** @type {any} */ (globalThis);
  const { setHTML } = Element.prototype;
  if (!setHTML || !Sanitizer) {
    const { purify } = await purifier();
    return (_, html) => purify(html);
  }
  // One for all calls: making one is dear.
  const rules = { removeElements: REMOVED_ELEMENTS, attributes: ATTRIBUTES, comments: false };
  const options = { sanitizer: new Sanitizer(rules) };
  return (inert, html) => {
    const holder = inert.createElement("div");
    setHTML.call(holder, html, options);
    return holder;
  };
}
