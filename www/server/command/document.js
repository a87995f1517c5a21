/**
 * What is wrong with a document: told by the element's own reader, compiled for Node, and by a look at what the reader
 * of a single document can't know.
 *
 * @import { Finding } from "./finding.js"
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { check, initSync } from "../../../pkg/check/livefeed.js";
import { entriesOf, text as words } from "../entries.js";
import { safeHtml, textIn } from "../sanitize.js";
import { error, hint, warning } from "./finding.js";

/** The longest document that the element reads, and the longest entry that it parses, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_ENTRY = 256 * 1024;

/** What a newsroom's clock may be ahead. */
const AHEAD_MS = 5 * 60 * 1000;

/** Where the schema is, beside the command. */
const SCHEMA = fileURLToPath(new URL("../feed.schema.json", import.meta.url));

/** What to do about what the reader says, by the beginning of its code and the words it uses. */
const REMEDIES = /** @type {[string, RegExp, string][]} */ ([
  ["not-json", /begins with </, "hand over the feed, not the page that shows it; RSS and Atom are read with --format rss and --format atom"],
  ["not-json", /trailing comma/, "take out the comma before the closing bracket: JSON has none there"],
  ["not-json", /./, "a comma, a quote or a bracket is missing there, or stands there too much; JSON has no comments"],
  ["not-a-feed", /./, 'wrap your entries: {"version": "https://jsonfeed.org/version/1.1", "title": "…", "items": […]}; if it is another format, name it with --format'],
  ["no-id", /./, "give it an id that no other entry has, and that stays the same when it is edited"],
  ["entry-skipped", /has its id/, "give each entry an id of its own; of two with one id, the newer is shown"],
  ["entry-skipped", /no title/, "give it something to show, or leave it out: the text goes into content_text or content_html"],
  ["entry-skipped", /./, "correct it, or leave it out"],
  ["bad-field", /RFC 3339/, "write times with their zone: 2026-05-01T09:12:00Z, or 2026-05-01T11:12:00+02:00"],
  ["bad-field", /jsonfeed\.org/, 'write "version": "https://jsonfeed.org/version/1.1" at the top'],
  ["bad-field", /./, `correct it, or leave it out: ${SCHEMA} says what it may be`],
]);

let isReady = false;

/**
 * What a reader will see of it; `error` where that is nothing.
 * @typedef {object} Report
 * @property {{ code: string, message: string }} [error]
 * @property {Record<string, any>} [feed]
 * @property {Record<string, any>} [entries]
 * @property {{ code: string, message: string }[]} [warnings]
 */

/**
 * @param {string} text
 * @param {string} name
 * @param {number} now
 * @returns {{ report: Report, findings: Finding[] }}
 */
export function examine(text, name, now) {
  if (!isReady) initSync({ module: readFileSync(new URL("check.wasm", import.meta.url)) });
  isReady = true;
  const bytes = Buffer.byteLength(text);
  /** @type {Report} */
  const report = JSON.parse(check(text, name));
  /** @type {Finding[]} */
  const findings = [];
  if (bytes > MAX_BYTES) {
    findings.push(error("too-large", `${name} holds ${bytes} bytes, more than the 32 MB that are read`, "move older entries to a page of their own (next_url)"));
  }
  if (report.error) findings.push(error(report.error.code, report.error.message, remedyFor(report.error)));
  findings.push(...(report.warnings ?? []).map((each) => warning(each.code, each.message, remedyFor(each))));
  if (report.feed && report.entries) findings.push(...look(report.feed, report.entries, now));
  return { report, findings };
}

/** @param {{ code: string, message: string }} problem */
function remedyFor({ code, message }) {
  return REMEDIES.find(([of, words]) => of === code && words.test(message))?.[2] ?? "correct it, or leave it out";
}

/**
 * @param {Record<string, any>} feed
 * @param {Record<string, any>} entries
 * @param {number} now
 * @returns {Finding[]}
 */
function look(feed, entries, now) {
  const { timeZone, language } = feed;
  const some = (/** @type {number} */ count) => (count === 1 ? "1 entry" : `${count} entries`);
  const findings = [
    !feed.title && hint("no-title", "feed: it has no title", 'add "title": it names the feed, and its element for screen readers'),
    language && !isLanguage(language) && warning("bad-language", `feed: \`language\` is not a language tag: "${language}"`, 'write it as in HTML: "en", "pt-BR"'),
    !language && hint("no-language", "feed: it does not say its language", 'add "language": else the page\'s decides how its words are read aloud and its times are written'),
    timeZone && !isZone(timeZone) && warning("bad-time-zone", `feed: \`_livefeed.time_zone\` is not a time zone: "${timeZone}"`, 'write the name of the IANA database: "Europe/London"'),
    !timeZone && hint("no-time-zone", "feed: it does not say in whose zone its times are", 'add "_livefeed": { "time_zone": "Europe/London" }: else each reader sees their own'),
    feed.version === null && feed.updated === null && hint("no-version", "feed: an old copy from a cache can't be told from a new one", 'let "_livefeed": { "version": 1 } grow with every publication'),
    feed.pollSeconds === 0 && feed.status !== "ended" && hint("no-polling", "feed: `_livefeed.poll_seconds` is 0, so that no reader asks again", "leave it out while entries are to come"),
    entries.shown === 0 && hint("empty", "feed: it has no entry to show", "readers see “No updates yet.”, or your `empty` slot"),
    entries.undated > 0 && hint("undated", `${some(entries.undated)} without \`date_published\``, "they show no time, and stand beside their neighbour in the file"),
    entries.withoutAlt > 0 && hint("no-alt", `${some(entries.withoutAlt)} with a picture without \`alt\``, "say in words what the picture shows"),
    entries.withoutSize > 0 && hint("no-size", `${some(entries.withoutSize)} with a picture without \`width\` and \`height\``, "with them nothing jumps when the picture comes"),
    entries.longest > MAX_ENTRY && warning("long-entry", `an entry holds ${entries.longest} bytes, more than the 256 KB that are parsed`, "it is shown as plain text: make several of it"),
    entries.newest > now + AHEAD_MS && warning("future", `the newest entry is dated ${new Date(entries.newest).toISOString()}, which is yet to come`, "check the publisher's clock and the zone of its times"),
  ];
  return /** @type {Finding[]} */ (findings.filter(Boolean));
}

/** What shows something without a word in it. */
const SEEN = /<(?:img|hr)\b/;

/**
 * Entries that are rows with nothing in them, since all that they say is taken out of their HTML.
 *
 * @param {Record<string, any>} feed
 * @param {string} url
 * @returns {Finding[]}
 */
export function emptied({ items }, url) {
  // No page shows pictures from a disk, but a feed in a file is to be served.
  const base = url.startsWith("file:") ? "https://example.org/" : url;
  const says = (/** @type {Record<string, any>} */ item) => entriesOf({ items: [item] }, base).length > 0;
  const isEmptied = (/** @type {Record<string, any>} */ item) => {
    const html = safeHtml(words(item?.content_html) ?? "", base);
    const isShown = textIn(html) !== "" || SEEN.test(html);
    // With some text it is an entry; with none, there is no title, picture, embed or attachment either.
    return words(item?.content_html) && !isShown && says({ ...item, content_html: "A" }) && !says({ ...item, content_html: "", content_text: "" });
  };
  return items.flatMap((/** @type {any} */ item, /** @type {number} */ at) =>
    isEmptied(item)
      ? [warning("nothing-left", `entry ${at + 1}: nothing of its \`content_html\` can be shown`, "scripts, styles, forms and frames are taken out: write what it says as text, or name its page in `_livefeed.embed`")]
      : [],
  );
}

/** @param {string} tag */
function isLanguage(tag) {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** @param {string} timeZone */
function isZone(timeZone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }) !== undefined;
  } catch {
    return false;
  }
}
