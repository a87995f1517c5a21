/**
 * XML, read by the browser's own parser, or by one that is handed in where there is none (in Node: @xmldom/xmldom).
 * Only what both have is used of the tree.
 *
 * @typedef {{ parseFromString(text: string, type: "application/xml"): any }} Parser
 * @typedef {{ DOMParser?: new () => Parser, now?: number, url?: string }} Options
 * @typedef {{ createHTML(text: string): string }} Policy
 */
import { escape } from "./markup.js";
import { found, words } from "./members.js";

const ELEMENT = 1;
const TEXT = 3;
const CDATA = 4;

/** How much is quoted of what is no XML. */
const SHOWN = 20;

/** Elements that HTML writes without an end. */
const VOID = ["area", "br", "col", "hr", "img", "source", "track", "wbr"];

/** @type {Policy | undefined} */
let policy;

/**
 * The root element of a document.
 *
 * @param {unknown} text
 * @param {string} policyName under which Trusted Types know this parsing
 * @param {Options} options
 * @returns {Element}
 */
export function parse(text, policyName, { DOMParser: Given = globalThis.DOMParser }) {
  if (typeof text !== "string") throw new Error(`this is not XML, but ${found(text)}`);
  if (!Given) throw new Error("there is no XML parser here: hand one over as `DOMParser`, for instance @xmldom/xmldom's");
  // A parser takes the document's beginning for one: nothing may stand before it.
  const xml = text.trimStart();
  // What has no tag at its beginning is told in fewer words than a parser's, which quote all of it.
  if (!xml.startsWith("<")) throw new Error(`this is not XML: it begins with ${xml.slice(0, SHOWN).split("\n", 1)[0].trim() || "nothing"}`);
  let document;
  try {
    document = new Given().parseFromString(trusted(xml, policyName), "application/xml");
  } catch (error) {
    // What browsers throw is never about the text; each says it in other words.
    const why = error instanceof TypeError && "trustedTypes" in globalThis
      ? `the page's Content-Security-Policy requires Trusted Types: add ${policyName} to its trusted-types`
      : `this is not XML: ${error instanceof Error ? error.message.split("\n", 1)[0] : error}`;
    throw new Error(why, { cause: error });
  }
  const root = document.documentElement;
  // Browsers do not throw, but give a document that tells of the error, or hold one.
  const trouble = [...descendants(root)].find((element) => element.localName === "parsererror");
  if (trouble) throw new Error(`this is not XML: ${(trouble.textContent ?? "").trim().split("\n", 1)[0]}`);
  return root;
}

/**
 * Under `require-trusted-types-for 'script'` a parser takes no plain text, though nothing of what it makes here is ever
 * put into a page: only its texts are read.
 *
 * @param {string} text
 * @param {string} name
 */
function trusted(text, name) {
  const { trustedTypes } = /** @type {{ trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }} */ (globalThis);
  if (!trustedTypes) return text;
  try {
    policy ??= trustedTypes.createPolicy(name, { createHTML: (html) => html });
  } catch {
    // Other names are allowed only. Where Trusted Types are not required, plain text will do.
    return text;
  }
  return policy.createHTML(text);
}

/** @param {Element} element @returns {Generator<Element>} */
function* descendants(element) {
  yield element;
  for (const child of children(element)) yield* descendants(child);
}

/**
 * The elements right below one; with a name, those that are called so (`title`, `dc:creator`).
 *
 * @param {Element | undefined} element
 * @param {string} [called]
 * @param {string | null} [namespace]
 * @returns {Element[]}
 */
export function children(element, called, namespace) {
  const elements = [...(element?.childNodes ?? [])].filter((node) => node.nodeType === ELEMENT);
  return /** @type {Element[]} */ (elements).filter(
    (child) =>
      (called === undefined || child.localName === called) &&
      (namespace === undefined || (child.namespaceURI ?? "") === (namespace ?? "")),
  );
}

/**
 * The text of the first such child, as far as it says something.
 *
 * @param {Element | undefined} element
 * @param {string} called
 * @param {string | null} [namespace]
 */
export function textOf(element, called, namespace) {
  for (const child of children(element, called, namespace)) {
    const text = words(child.textContent)?.trim();
    if (text) return text;
  }
  return undefined;
}

/**
 * An attribute that says something.
 *
 * @param {Element | undefined} element
 * @param {string} called
 */
export function attribute(element, called) {
  return words(element?.getAttribute(called))?.trim();
}

/**
 * What stands inside an element of XHTML, as HTML.
 *
 * @param {Node | undefined} element
 * @returns {string}
 */
export function htmlInside(element) {
  return [...(element?.childNodes ?? [])].map(html).join("");
}

/** @param {Node} node @returns {string} */
function html(node) {
  if (node.nodeType === TEXT || node.nodeType === CDATA) return escape(node.nodeValue ?? "");
  if (node.nodeType !== ELEMENT) return "";
  const element = /** @type {Element} */ (node);
  const attributes = [...element.attributes].map(({ name, value }) => ` ${name}="${escape(value)}"`).join("");
  const tag = element.localName;
  return VOID.includes(tag) ? `<${tag}${attributes}>` : `<${tag}${attributes}>${htmlInside(element)}</${tag}>`;
}
