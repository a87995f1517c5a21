/**
 * Atom (RFC 4287) with its tombstones (RFC 6721) and pages (RFC 5005), read as JSON Feed 1.1 with `_livefeed`.
 *
 * @import { Json } from "./parts/members.js"
 * @import { Options } from "./parts/xml.js"
 */
import { VERSION_OF_FEED, count, first, moment, present, some } from "./parts/members.js";
import { attribute, children, htmlInside, parse, textOf } from "./parts/xml.js";

/** The value of the element's `format` attribute. */
export const name = "atom";

/** What Trusted Types know its parsing as. */
const POLICY = "livefeed-atom";

const ATOM = "http://www.w3.org/2005/Atom";
const TOMBSTONES = "http://purl.org/atompub/tombstones/1.0";

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} input the text
 * @param {Options} [options] `DOMParser` where there is none of the browser's
 * @returns {Json}
 */
export function convert(input, options = {}) {
  const root = parse(input, POLICY, options);
  if (root.localName !== "feed" || root.namespaceURI !== ATOM) {
    throw new Error(`this is not Atom: expected <feed xmlns="${ATOM}">, found <${root.nodeName}>`);
  }
  return present({
    version: VERSION_OF_FEED,
    title: plain(root, "title") ?? "",
    description: plain(root, "subtitle"),
    home_page_url: linkOf(root, "alternate"),
    language: attribute(root, "xml:lang"),
    icon: textOf(root, "icon", ATOM) ?? textOf(root, "logo", ATOM),
    next_url: linkOf(root, "next"),
    authors: readAuthors(root),
    _livefeed: some({ updated: moment(textOf(root, "updated", ATOM)) }),
    items: [
      ...children(root, "entry", ATOM).map(readEntry),
      ...children(root, "deleted-entry", TOMBSTONES).map(readTombstone),
    ],
  });
}

/** @param {Element} entry */
function readEntry(entry) {
  const enclosures = children(entry, "link", ATOM).filter((link) => attribute(link, "rel") === "enclosure");
  const pictures = enclosures.filter((link) => attribute(link, "type")?.startsWith("image/"));
  const published = moment(textOf(entry, "published", ATOM));
  const updated = moment(textOf(entry, "updated", ATOM));
  return present({
    id: textOf(entry, "id", ATOM),
    url: linkOf(entry, "alternate"),
    title: plain(entry, "title"),
    ...(construct(entry, "content") ?? construct(entry, "summary")),
    date_published: published ?? updated,
    date_modified: published && updated !== published ? updated : undefined,
    authors: readAuthors(entry),
    tags: children(entry, "category", ATOM)
      .map((category) => attribute(category, "label") ?? attribute(category, "term"))
      .filter(Boolean),
    language: attribute(entry, "xml:lang"),
    attachments: enclosures.filter((link) => !pictures.includes(link)).map(readAttachment).filter(Boolean),
    _livefeed: some({ image: first(pictures, (link) => some({ url: attribute(link, "href"), alt: attribute(link, "title") })) }),
  });
}

/** @param {Element} deleted */
function readTombstone(deleted) {
  return present({
    id: attribute(deleted, "ref"),
    date_modified: moment(attribute(deleted, "when")),
    _livefeed: { deleted: true },
  });
}

/**
 * A text of Atom says itself whether it is text, HTML, or XHTML.
 *
 * @param {Element} element
 * @param {string} called
 */
function construct(element, called) {
  const [child] = children(element, called, ATOM);
  const type = attribute(child, "type") ?? "text";
  if (type === "xhtml") {
    // Its one <div> is no part of it.
    const [division] = children(child);
    const html = htmlInside(division).trim();
    return html ? { content_html: html } : undefined;
  }
  const text = textOf(element, called, ATOM);
  if (!text) return undefined;
  if (type === "html" || type === "text/html") return { content_html: text };
  return type === "text" || type.startsWith("text/") ? { content_text: text } : undefined;
}

/** As plain text, whatever it is. @param {Element} element @param {string} called */
function plain(element, called) {
  const text = textOf(element, called, ATOM);
  const [child] = children(element, called, ATOM);
  return attribute(child, "type") === "html" ? text?.replaceAll(/<[^<>]*>/g, "").trim() || undefined : text;
}

/** A link without a kind is one to the page. @param {Element} element @param {string} kind */
function linkOf(element, kind) {
  const links = children(element, "link", ATOM).filter((link) => (attribute(link, "rel") ?? "alternate") === kind);
  return first(links, (link) => attribute(link, "href"));
}

/** @param {Element} element */
function readAuthors(element) {
  return children(element, "author", ATOM)
    .map((author) => some({ name: textOf(author, "name", ATOM), url: textOf(author, "uri", ATOM) }))
    .filter(Boolean);
}

/** @param {Element} link */
function readAttachment(link) {
  const url = attribute(link, "href");
  const type = attribute(link, "type");
  if (!url || !type) return undefined;
  return present({ url, mime_type: type, title: attribute(link, "title"), size_in_bytes: count(attribute(link, "length")) });
}
