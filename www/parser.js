/**
 * What parses feed HTML: the browser's own sanitizer, else DOMPurify. Both are a broad safe baseline; what a reader gets
 * to see is decided by the allow-list in src/markup/allow.rs.
 */

/** Elements and attributes that our allow-list would leave out anyway, and whose content no reader needs. */
const REMOVED_ELEMENTS = "style form svg math template object embed link meta".split(" ");
const REMOVED_ATTRIBUTES = "style class id name slot part is".split(" ");

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
  const rules = { removeElements: REMOVED_ELEMENTS, removeAttributes: REMOVED_ATTRIBUTES, comments: false };
  const options = { sanitizer: new Sanitizer(rules) };
  return (inert, html) => {
    const holder = inert.createElement("div");
    setHTML.call(holder, html, options);
    return holder;
  };
}
