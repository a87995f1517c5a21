/**
 * A feed's header and entries as the element reads them: each field of its type or not at all, in the order in which
 * they are shown.
 *
 * @import { Json } from "../formats/parts/members.js"
 *
 * @typedef {{ url: string, alt?: string, caption?: string, credit?: string, width?: number, height?: number }} Picture
 * @typedef {object} Entry
 * @property {string} id
 * @property {string} [url]
 * @property {string} [title]
 * @property {string} html made safe
 * @property {string} [published] as it is written
 * @property {string} [modified]
 * @property {number} [time] when it stands in the order
 * @property {boolean} pinned
 * @property {string} [language]
 * @property {{ name?: string, url?: string }[]} authors
 * @property {string[]} tags
 * @property {Picture} [image]
 * @property {{ url: string, title?: string, image?: string, provider?: string }} [embed]
 * @property {{ url: string, type: string, title?: string, seconds?: number }[]} attachments
 */
import { count, found, millis, objects, present } from "../formats/parts/members.js";
import { absolute } from "./allow.js";
import { paragraphs, safeHtml } from "./sanitize.js";

/**
 * The feed, or an error that says what was found instead.
 *
 * @param {unknown} feed
 * @returns {Json}
 */
export function asFeed(feed) {
  const json = /** @type {Json} */ (feed);
  if (!Array.isArray(json?.items)) {
    throw new Error(`this is not a JSON Feed: expected an object with a list of "items", found ${found(feed)}`);
  }
  return json;
}

/** A string that says something. @param {any} value @returns {string | undefined} */
export function text(value) {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * The entries, pinned ones first, then newest first; of one date as they stand in the feed.
 *
 * @param {Json} feed
 * @param {string | undefined} base
 * @returns {Entry[]}
 */
export function entriesOf(feed, base) {
  const ids = new Set();
  const entries = objects(feed.items)
    .map((item) => readEntry(item, base))
    .filter((entry) => entry !== undefined)
    // One id, one entry.
    .filter(({ id }) => !ids.has(id) && ids.add(id));
  return place(entries);
}

/** @param {Json} item @param {string | undefined} feedBase @returns {Entry | undefined} */
function readEntry(item, feedBase) {
  const id = typeof item.id === "number" ? String(item.id) : text(item.id);
  const own = objects(item._livefeed)[0] ?? {};
  if (!id || own.deleted === true) return undefined;
  const url = absolute(item.url, feedBase, "link");
  const html = text(item.content_html);
  const plain = text(item.content_text);
  const embedUrl = absolute(own.embed?.url, feedBase, "image");
  const entry = {
    id,
    url,
    title: text(item.title),
    // The links in an entry's own text are relative to the entry.
    html: html ? safeHtml(html, url ?? feedBase) : paragraphs(plain ?? ""),
    published: readTime(item.date_published),
    modified: readTime(item.date_modified),
    time: millis(item.date_published),
    pinned: own.pinned === true,
    language: text(item.language),
    authors: readAuthors(item, feedBase),
    tags: (Array.isArray(item.tags) ? item.tags : []).map(text).filter((tag) => tag !== undefined),
    image: readPicture(own.image, feedBase) ?? readPicture({ url: item.image }, feedBase),
    embed: embedUrl
      ? present({
          url: embedUrl,
          title: text(own.embed.title),
          image: absolute(own.embed.image, feedBase, "image"),
          provider: text(own.embed.provider),
        })
      : undefined,
    attachments: objects(item.attachments).flatMap((attachment) => readAttachment(attachment, feedBase)),
  };
  const says = entry.title ?? (entry.html || undefined) ?? entry.image ?? entry.embed ?? entry.attachments[0];
  return says === undefined ? undefined : /** @type {Entry} */ (entry);
}

/** @param {any} value */
export function readTime(value) {
  const time = millis(value);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** @param {Json} of @param {string | undefined} base */
export function readAuthors(of, base) {
  const authors = Array.isArray(of.authors) ? of.authors : [of.author];
  return objects(authors)
    .map((author) => present({ name: text(author.name), url: absolute(author.url, base, "link") }))
    .filter((author) => author.name !== undefined);
}

/** @param {any} image @param {string | undefined} base @returns {Picture | undefined} */
export function readPicture(image, base) {
  const url = absolute(image?.url, base, "image");
  if (!url) return undefined;
  return /** @type {Picture} */ (
    present({
      url,
      alt: text(image.alt),
      caption: text(image.caption),
      credit: text(image.credit),
      width: typeof image.width === "number" ? count(image.width) : undefined,
      height: typeof image.height === "number" ? count(image.height) : undefined,
    })
  );
}

/** @param {Json} attachment @param {string | undefined} base */
function readAttachment(attachment, base) {
  const url = absolute(attachment.url, base, "link");
  if (!url) return [];
  const seconds = Number(attachment.duration_in_seconds);
  return [
    present({
      url,
      type: text(attachment.mime_type) ?? "",
      title: text(attachment.title),
      seconds: seconds > 0 && Number.isFinite(seconds) ? seconds : undefined,
    }),
  ];
}

/**
 * As src/timeline/placing.rs does: an undated entry takes the date of the next one below, else of the one above.
 *
 * @param {Entry[]} entries
 */
function place(entries) {
  const dates = entries.filter((entry) => !entry.pinned && entry.time !== undefined).map((entry) => Number(entry.time));
  const rising = dates.filter((date, at) => at > 0 && dates[at - 1] < date).length;
  const falling = dates.filter((date, at) => at > 0 && dates[at - 1] > date).length;
  const list = rising > falling ? entries.toReversed() : entries;
  /** @type {number | undefined} */
  let below;
  for (const entry of list.toReversed()) {
    if (!entry.pinned) below = entry.time ?? below;
    entry.time ??= below;
  }
  /** @type {number | undefined} */
  let above;
  for (const entry of list) {
    entry.time ??= above;
    above = entry.time;
  }
  return list.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || (b.time ?? 0) - (a.time ?? 0));
}
