/**
 * The REST entries of Automattic's Liveblog plugin for WordPress, read as JSON Feed 1.1 with `_livefeed`: what
 * `/wp-json/liveblog/v1/POST/get-entries/1/0` (the newest page) and `…/entries/FROM/TO` answer. Pure: no DOM.
 *
 * @import { Json } from "./parts/members.js"
 */
import { VERSION_OF_FEED, count, found, objects, present, some, words } from "./parts/members.js";

/** The value of the element's `format` attribute. */
export const name = "automattic-liveblog";

const SECOND_MS = 1000;

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} input
 * @param {{ url?: string }} [options] `url`: where it came from, by which the next page is named
 * @returns {Json}
 */
export function convert(input, { url } = {}) {
  const json = /** @type {Json} */ (input);
  if (!Array.isArray(json?.entries)) {
    throw new Error(`these are no entries of a Liveblog: expected an object with a list of "entries", found ${found(input)}`);
  }
  const entries = latest(objects(json.entries));
  return present({
    version: VERSION_OF_FEED,
    // JSON Feed asks for one, and the entries come without: a host writes it above, or in the header slot.
    title: "",
    home_page_url: words(entries[0]?.share_link)?.replace(/#.*$/, ""),
    next_url: nextPage(json, url),
    _livefeed: some({ total: count(json.total), poll_seconds: count(json.refresh_interval) }),
    items: entries.map(readEntry),
  });
}

/**
 * Edits and removals stand in the list beside what they change, under its id: the last one of each counts.
 *
 * @param {Json[]} entries
 */
function latest(entries) {
  /** @type {Map<string, Json>} */
  const byId = new Map();
  for (const entry of entries) {
    const id = words(entry.id);
    const known = byId.get(id ?? "");
    // An update brings its own timestamp; of equal ones the later in the list is the newer.
    if (id && !(known && Number(entry.timestamp) < Number(known.timestamp))) byId.set(id, entry);
  }
  return [...byId.values()];
}

/** @param {Json} entry */
function readEntry(entry) {
  const id = words(entry.id);
  const changed = readSeconds(entry.timestamp);
  if (entry.type === "delete") return { id, date_modified: changed, _livefeed: { deleted: true } };
  const published = readSeconds(entry.entry_time) ?? changed;
  return present({
    id,
    url: words(entry.share_link),
    content_html: words(entry.render) ?? words(entry.html) ?? words(entry.content),
    date_published: published,
    date_modified: changed === published ? undefined : changed,
    authors: objects(entry.authors).map(readAuthor).filter(Boolean),
    _livefeed: some({ kind: entry.key_event ? "key" : undefined }),
  });
}

/** @param {Json} author */
function readAuthor(author) {
  return some({ name: words(author.name), avatar: readAvatar(words(author.avatar)) });
}

/** An avatar comes as an `<img>`. @param {string | undefined} html */
function readAvatar(html) {
  const [, , address] = /\ssrc=(["'])(.*?)\1/i.exec(html ?? "") ?? [];
  return address?.replaceAll(/&(amp|#0?38);/g, "&");
}

/** Seconds since 1970, as a number or as digits. @param {any} value */
function readSeconds(value) {
  const time = new Date(Number.parseInt(value, 10) * SECOND_MS);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The next page has the next number: `get-entries/2/…`. @param {Json} json @param {string | undefined} url */
function nextPage({ page, pages }, url) {
  const here = count(page);
  if (!here || !(here < Number(pages)) || !url) return undefined;
  const next = url.replace(/\/get-entries\/\d+\//, `/get-entries/${here + 1}/`);
  return next === url ? undefined : next;
}
