/** Feed HTML made safe on a server, by sanitize-html with our own allow-list. */
import sanitizeHtml from "sanitize-html";
import { escape } from "../formats/parts/markup.js";
import { DROPPED, KEPT, RENAMED, absolute, attributesOf } from "./allow.js";
import { whole } from "./whole.js";

/** The longest HTML that is parsed, in characters; what is longer is shown as text, as in the page. */
const MAX_LENGTH = 256 * 1024;

/** The most elements that may be open at once, as in the page. */
const MAX_DEPTH = 64;

/** Elements that begin a paragraph or a line of their own, for those who want the text alone. */
const BLOCK_END = /<\/(?:p|div|h[1-6]|blockquote|figure|figcaption|ul|ol|dl|table|pre|address|details|summary)>|<hr[^>]*>/g;
const LINE_END = /<br[^>]*>|<\/(?:li|tr|dt|dd)>/g;
const CELL_END = /<\/(?:td|th)>/g;

/**
 * HTML that may stand in any page.
 *
 * @param {string} html
 * @param {string | undefined} base what its addresses are relative to
 */
export function safeHtml(html, base) {
  if (html.length > MAX_LENGTH) return paragraphs(withoutTags(html));
  const safe = sanitizeHtml(html, {
    allowedTags: [...KEPT, "h4", "h5", "h6"],
    // Those that are left by then are ours.
    allowedAttributes: false,
    nonTextTags: DROPPED,
    nestingLimit: MAX_DEPTH,
    parseStyleAttributes: false,
    transformTags: {
      iframe: (_, { src }) => frameAsLink(src, base),
      "*": (name, given) => shown(name, given, base),
    },
    // Not by giving them a name that is not allowed: sanitize-html then closes the next element under that name.
    exclusiveFilter: useless,
  });
  return whole(safe) ?? paragraphs(textIn(safe));
}

/**
 * No sanitizer lets a frame through, and what it shows is not lost: a link takes its place.
 *
 * @param {string | undefined} src
 * @param {string | undefined} base
 * @returns {sanitizeHtml.Tag}
 */
function frameAsLink(src, base) {
  const href = absolute(src, base, "link");
  return { tagName: "a", attribs: href ? { href } : {}, text: href };
}

/**
 * @param {string} name
 * @param {Record<string, string>} given
 * @param {string | undefined} base
 */
function shown(name, given, base) {
  const tagName = RENAMED.get(name) ?? name;
  return { tagName, attribs: attributesOf(tagName, given, base) };
}

/**
 * Whether an element is of no use without the address that it should have; of a link, what it holds stays.
 *
 * @param {sanitizeHtml.IFrame} element
 */
function useless({ tag, attribs }) {
  if (tag === "iframe") return !attribs.href;
  if (tag === "a" && !attribs.href) return "excludeTag";
  return (tag === "img" && !attribs.src) || (tag === "source" && !attribs.srcset);
}

/**
 * What safe HTML says, as text: a blank line between blocks, a line break within them.
 *
 * @param {string} html made by `safeHtml`
 */
export function textIn(html) {
  return html
    .replaceAll(/[ \t\n\r\f]+/g, " ")
    .replaceAll(BLOCK_END, "\n\n")
    .replaceAll(LINE_END, "\n")
    .replaceAll(CELL_END, " ")
    .replaceAll(/<[^>"]*(?:"[^"]*"[^>"]*)*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&nbsp;", "\u00A0")
    .replaceAll("&amp;", "&")
    .replaceAll(/ *\n */g, "\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}

/** @param {string} html */
function withoutTags(html) {
  const bare = { allowedTags: KEPT, allowedAttributes: {}, nonTextTags: DROPPED, nestingLimit: MAX_DEPTH };
  return textIn(sanitizeHtml(html, { ...bare, parseStyleAttributes: false }));
}

/**
 * Plain text as paragraphs: a blank line ends one, a line break stays.
 *
 * @param {string} text
 */
export function paragraphs(text) {
  return text
    .split(/\r?\n[ \t]*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => `<p>${paragraph.split(/\r?\n/).map(escape).join("<br>")}</p>`)
    .join("");
}
