/**
 * RSS 2.0, read as JSON Feed 1.1 with `_livefeed`.
 *
 * @import { Json } from "./parts/members.js"
 * @import { Options } from "./parts/xml.js"
 */
import { TAG, VERSION_OF_FEED, count, first, hash, moment, present, some } from "./parts/members.js";
import { attribute, children, parse, textOf } from "./parts/xml.js";

/** The value of the element's `format` attribute. */
export const name = "rss";

/** What Trusted Types know its parsing as. */
const POLICY = "livefeed-rss";

const CONTENT = "http://purl.org/rss/1.0/modules/content/";
const DUBLIN_CORE = "http://purl.org/dc/elements/1.1/";
const MEDIA = "http://search.yahoo.com/mrss/";
const ATOM = "http://www.w3.org/2005/Atom";

/** What RSS itself names stands in no namespace. */
const OWN = null;

/** `&amp;` and its like, which stand in HTML and not in plain text. */
const ENTITY = /&(#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);/i;

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} input the text
 * @param {Options} [options] `DOMParser` where there is none of the browser's
 * @returns {Json}
 */
export function convert(input, options = {}) {
  const root = parse(input, POLICY, options);
  const [channel] = children(root, "channel", OWN);
  if (root.localName !== "rss" || !channel) {
    throw new Error(`this is not RSS 2.0: expected <rss> with a <channel>, found <${root.nodeName}>`);
  }
  const [next] = children(channel, "link", ATOM).filter((link) => attribute(link, "rel") === "next");
  const [picture] = children(channel, "image", OWN);
  return present({
    version: VERSION_OF_FEED,
    title: textOf(channel, "title", OWN) ?? "",
    description: plain(textOf(channel, "description", OWN)),
    home_page_url: textOf(channel, "link", OWN),
    language: textOf(channel, "language", OWN),
    icon: textOf(picture, "url", OWN),
    next_url: attribute(next, "href"),
    _livefeed: some({ updated: moment(textOf(channel, "lastBuildDate", OWN) ?? textOf(channel, "pubDate", OWN)) }),
    items: children(channel, "item", OWN).map(readItem),
  });
}

/** @param {Element} item */
function readItem(item) {
  const [guid] = children(item, "guid", OWN);
  const link = textOf(item, "link", OWN);
  const key = textOf(item, "guid", OWN);
  const title = textOf(item, "title", OWN);
  const body = textOf(item, "encoded", CONTENT) ?? textOf(item, "description", OWN);
  const published = moment(textOf(item, "pubDate", OWN) ?? textOf(item, "date", DUBLIN_CORE));
  const files = [...children(item, "enclosure", OWN), ...children(item, "content", MEDIA)];
  const pictures = [...files.filter((file) => kindOf(file) === "image"), ...children(item, "thumbnail", MEDIA)];
  const isHtml = body !== undefined && (TAG.test(body) || ENTITY.test(body));
  return present({
    id: key ?? link ?? hash(`${published}\n${title}\n${body}`),
    // A guid is a permanent link, unless it says that it is none.
    url: link ?? (attribute(guid, "isPermaLink") === "false" ? undefined : address(key)),
    title: plain(title),
    [isHtml ? "content_html" : "content_text"]: body,
    date_published: published,
    authors: readAuthors(item),
    tags: children(item, "category", OWN).map((category) => (category.textContent ?? "").trim()).filter(Boolean),
    attachments: files.map(readAttachment).filter(Boolean),
    _livefeed: some({ image: first(pictures, readImage) }),
  });
}

/** Titles are plain text, which some write as HTML all the same. @param {string | undefined} text */
function plain(text) {
  return text?.replaceAll(/<[^<>]*>/g, "").trim() || undefined;
}

/** @param {string | undefined} text */
function address(text) {
  return text && /^https?:/i.test(text) ? text : undefined;
}

/** @param {Element} item */
function readAuthors(item) {
  const names = children(item, "creator", DUBLIN_CORE).map((creator) => (creator.textContent ?? "").trim());
  // "desk@example.org (R. Pellow)"; an address alone is nobody's name.
  const [, author] = /\(([^()]+)\)\s*$/.exec(textOf(item, "author", OWN) ?? "") ?? [];
  return (names.length > 0 ? names : [author]).filter(Boolean).map((name) => ({ name }));
}

/** "image", "video" or "audio". @param {Element} file */
function kindOf(file) {
  return attribute(file, "medium") ?? attribute(file, "type")?.split("/", 1)[0] ?? "";
}

/** @param {Element} file */
function readImage(file) {
  const url = attribute(file, "url");
  if (!url) return undefined;
  return present({
    url,
    caption: plain(textOf(file, "description", MEDIA) ?? textOf(file, "title", MEDIA)),
    credit: plain(textOf(file, "credit", MEDIA)),
    width: count(attribute(file, "width")),
    height: count(attribute(file, "height")),
  });
}

/** @param {Element} file */
function readAttachment(file) {
  const url = attribute(file, "url");
  const type = attribute(file, "type");
  if (!url || kindOf(file) === "image" || !type?.includes("/")) return undefined;
  return present({
    url,
    mime_type: type,
    title: plain(textOf(file, "title", MEDIA)),
    size_in_bytes: count(attribute(file, "length") ?? attribute(file, "fileSize")),
    duration_in_seconds: count(attribute(file, "duration")),
  });
}
