/**
 * The purifier for browsers without `Element.prototype.setHTML` (Safari): DOMPurify, loaded only there.
 *
 * A broad safe baseline; what a reader gets to see is decided by the allow-list in src/markup/allow.rs. Under
 * `require-trusted-types-for 'script'` a page has to allow DOMPurify's policy: `trusted-types dompurify`.
 */
import DOMPurify from "dompurify";

/** @type {import("dompurify").Config} */
const BASELINE = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: ["style", "form"],
  FORBID_ATTR: ["style", "class", "id", "name", "slot", "role"],
  // Of other elements that it does not know, the text stays.
  FORBID_CONTENTS: ["script", "style", "template", "iframe", "noscript", "svg", "math"],
  // Three things in which it is stricter than browsers' own sanitizers, for those who parse the result once more or put
  // it into their page as it is. Nobody does here: what a reader sees is written anew, and every address judged once it
  // is absolute.
  SAFE_FOR_XML: false,
  ALLOWED_URI_REGEXP: /(?:)/,
  // Or the element goes with its text.
  ADD_ATTR: ["is"],
  ALLOW_ARIA_ATTR: false,
  ALLOW_DATA_ATTR: false,
};

/**
 * Parses feed HTML into nodes of an inert document: nothing in them runs, and none of their images is requested.
 *
 * @param {string} html
 * @returns {DocumentFragment}
 */
export function purify(html) {
  return DOMPurify.sanitize(html, { ...BASELINE, RETURN_DOM_FRAGMENT: true });
}
