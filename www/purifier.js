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
