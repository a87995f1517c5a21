/**
 * `livefeed/server`: a feed as `<live-feed>`, rendered on a server. It holds the feed as plain HTML, to be read and
 * indexed without script; the feed itself, which the element shows first, without a request; and structured data.
 *
 *     import { render } from "livefeed/server";
 *     const html = render(feed, { url: "https://example.org/feed.json", attributes: { src: "/feed.json" } });
 */
import { escape } from "../formats/parts/markup.js";
import { asFeed, entriesOf, text } from "./entries.js";
import { fallback } from "./fallback.js";
import { postingOf } from "./json-ld.js";

/**
 * @typedef {import("./json-ld.js").Options & {
 *   attributes?: Record<string, string | number | boolean | null | undefined>,
 *   headingLevel?: number,
 *   limit?: number,
 *   inline?: boolean,
 *   jsonLd?: boolean,
 * }} Options
 */

/** What an attribute may be called; one that runs a script is none. */
const ATTRIBUTE = /^(?!on)[a-z][a-z0-9-]*$/i;

/**
 * `<live-feed>` with all that it holds.
 *
 * @param {unknown} feed a JSON Feed
 * @param {Options} [options]
 */
export function render(feed, options = {}) {
  const attributes = Object.entries(options.attributes ?? {}).map(([name, value]) => {
    if (!ATTRIBUTE.test(name)) throw new Error(`"${name}" is no attribute of <live-feed>`);
    if (value === false || value === null || value === undefined) return "";
    return value === true ? ` ${name}` : ` ${name}="${escape(String(value))}"`;
  });
  return `<live-feed${attributes.join("")}>${renderInside(feed, options)}</live-feed>`;
}

/**
 * What `<live-feed>` holds, for frameworks that write the element themselves.
 *
 * @param {unknown} feed a JSON Feed
 * @param {Options} [options]
 */
export function renderInside(feed, options = {}) {
  const json = asFeed(feed);
  const url = options.url ?? text(json.feed_url) ?? text(json.home_page_url);
  const { attributes = {}, headingLevel, limit = Infinity, inline = true, jsonLd: hasJsonLd = true } = options;
  const all = entriesOf(json, url);
  const entries = all.slice(0, limit);
  const shown = attributes.order === "oldest" ? oldestFirst(entries) : entries;
  const hasHeader = attributes.summary !== "none";
  return [
    hasJsonLd ? `<script type="application/ld+json">${scriptText(postingOf(json, { ...options, url }, all))}</script>` : "",
    inline ? inlineFeed(json, limit, entries) : "",
    fallback(json, shown, { base: url, headingLevel, hasHeader }),
  ].join("");
}

/**
 * The feed as schema.org LiveBlogPosting: an object, for pages that write their structured data themselves.
 *
 * @param {unknown} feed a JSON Feed
 * @param {import("./json-ld.js").Options} [options]
 */
export function jsonLd(feed, options = {}) {
  const json = asFeed(feed);
  return postingOf(json, { ...options, url: options.url ?? text(json.feed_url) ?? text(json.home_page_url) });
}

/**
 * JSON for the inside of a `<script>`: no text in it can end the script or begin a comment.
 *
 * @param {unknown} value
 */
export function scriptText(value) {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * @param {import("../formats/parts/members.js").Json} feed
 * @param {number} limit
 * @param {import("./entries.js").Entry[]} entries
 */
function inlineFeed(feed, limit, entries) {
  const ids = new Set(entries.map(({ id }) => id));
  const items = limit < feed.items.length ? feed.items.filter((/** @type {any} */ item) => ids.has(String(item?.id))) : feed.items;
  return `<script type="application/feed+json">${scriptText({ ...feed, items })}</script>`;
}

/** Pinned entries stay on top. @param {import("./entries.js").Entry[]} entries */
function oldestFirst(entries) {
  return [...entries.filter(({ pinned }) => pinned), ...entries.filter(({ pinned }) => !pinned).reverse()];
}
