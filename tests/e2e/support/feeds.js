/**
 * Small feeds for page tests, in which every text says which entry it is.
 *
 *     const feed = site.feed("/feed.json", feedOf([entry(2), entry(1)]));
 *     feed.publish(feedOf([entry(3), entry(2), entry(1)]));
 */

/** Every feed here begins at this moment; entry n is published n minutes later. */
const BEGINNING = Date.parse("2026-03-01T12:00:00Z");
const MINUTE_MS = 60_000;

/**
 * The moment so many minutes after the beginning.
 * @param {number} minutes
 */
export function at(minutes) {
  return new Date(BEGINNING + minutes * MINUTE_MS).toISOString().replace(".000Z", "Z");
}

/**
 * An entry "e3" with the text "Text 3."
 * @param {number} number
 * @param {Record<string, unknown>} [more] further members, or others
 */
export function entry(number, more = {}) {
  return { id: `e${number}`, content_html: `<p>Text ${number}.</p>`, date_published: at(number), ...more };
}

/**
 * Entries from `newest` down to 1.
 * @param {number} newest
 */
export function entries(newest) {
  return Array.from({ length: newest }, (_, index) => entry(newest - index));
}

/**
 * A feed that holds them.
 * @param {Record<string, unknown>[]} items
 * @param {Record<string, unknown>} [livefeed] members of `_livefeed`
 * @param {Record<string, unknown>} [more] members of the feed itself
 */
export function feedOf(items, livefeed = {}, more = {}) {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: "Test feed",
    _livefeed: { time_zone: "Etc/UTC", ...livefeed },
    items,
    ...more,
  };
}
