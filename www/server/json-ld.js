/**
 * A feed as schema.org LiveBlogPosting, with what search engines ask for: every update with a headline, a body and a
 * date; coverage with a beginning and an end.
 *
 * @import { Json } from "../formats/parts/members.js"
 * @import { Entry, Picture } from "./entries.js"
 */
import { OPEN_END_MS, shorten } from "../coverage.js";
import { present } from "../formats/parts/members.js";
import { entriesOf, readAuthors, readPicture, readTime, text } from "./entries.js";
import { safeHtml, textIn } from "./sanitize.js";

/**
 * @typedef {object} Options
 * @property {string} [url] the feed's address, which its own are relative to
 * @property {string} [page] the address of the page that shows it
 * @property {{ name: string, url?: string, logo?: string }} [publisher]
 * @property {{ start?: string, end?: string }} [coverage] when it begins and ends, where that is known
 * @property {object} [about] a schema.org Event
 * @property {number} [limit] how many updates, the newest; all of them count for the times of the coverage
 */

/**
 * @param {Json} feed
 * @param {Options} options
 * @param {Entry[]} [entries]
 */
export function postingOf(feed, { url, page, publisher, coverage = {}, about, limit }, entries = entriesOf(feed, url)) {
  const own = feed._livefeed ?? {};
  const address = page ?? text(feed.home_page_url);
  const title = text(feed.title);
  const image = pictureOf(readPicture(own.image, url));
  const newestFirst = entries.toSorted((a, b) => (b.time ?? 0) - (a.time ?? 0));
  const updates = newestFirst.map((entry) => updateOf(entry, { title, image })).filter((update) => update !== undefined);
  const times = updates.map((update) => Date.parse(update.datePublished)).sort((a, b) => a - b);
  const changes = entries.flatMap((entry) => (entry.modified ? [Date.parse(entry.modified)] : []));
  const newest = times.at(-1);
  const isOver = feed.expired === true || own.status === "ended";
  const summary = text(own.summary_html);
  const authors = readAuthors(feed, url);
  return present({
    "@context": "https://schema.org",
    "@type": "LiveBlogPosting",
    "@id": address,
    url: address,
    mainEntityOfPage: address ? { "@type": "WebPage", "@id": address } : undefined,
    headline: title && shorten(title),
    description: summary ? textIn(safeHtml(summary, url)) : text(feed.description),
    inLanguage: text(feed.language),
    image: image ? [image] : undefined,
    datePublished: iso(times[0]),
    dateModified: readTime(own.updated) ?? iso(Math.max(...times, ...changes)),
    coverageStartTime: readTime(coverage.start) ?? iso(times[0]),
    coverageEndTime: readTime(coverage.end) ?? iso(newest === undefined || isOver ? newest : newest + OPEN_END_MS),
    author: authors.length > 0 ? authors.map(person) : publisher && organization(publisher),
    publisher: publisher && organization(publisher),
    about,
    discussionUrl: text(own.discussion_url),
    liveBlogUpdate: updates.slice(0, limit),
  });
}

/**
 * @param {Entry} entry
 * @param {{ title?: string, image?: Json }} of the feed
 */
function updateOf(entry, of) {
  const time = entry.published ?? iso(entry.time);
  if (!time) return undefined;
  const said = textIn(entry.html);
  const media = nameOfMedia(entry);
  const headline = entry.title ?? media.short ?? said;
  // Without words there is the picture's or the film's own; an update without a body is none.
  const body = said || media.long || entry.title || of.title;
  if (!body) return undefined;
  const image = pictureOf(entry.image);
  return present({
    "@type": "BlogPosting",
    "@id": entry.url,
    identifier: entry.id,
    url: entry.url,
    headline: shorten(entry.title ?? (said || headline || body)),
    articleBody: body,
    datePublished: time,
    dateModified: entry.modified,
    inLanguage: entry.language,
    author: entry.authors.map(person),
    keywords: entry.tags,
    image,
    video: videoOf(entry, time, shorten(headline || body), image ?? of.image),
    sharedContent: entry.embed ? present({ "@type": "WebPage", url: entry.embed.url, headline: entry.embed.title }) : undefined,
  });
}

/** What an entry that holds only media is called. @param {Entry} entry */
function nameOfMedia({ image, embed, attachments }) {
  const short = embed?.title ?? image?.caption ?? image?.alt ?? attachments.find(({ title }) => title)?.title;
  const address = embed?.url ?? attachments[0]?.url ?? image?.url;
  return { short, long: [short, embed?.provider, embed || !short ? address : undefined].filter(Boolean).join(" – ") };
}

/**
 * A film that is a file. What another service plays is shared content: its own page says what it is.
 *
 * @param {Entry} entry
 * @param {string} uploadDate
 * @param {string} name
 * @param {Json | undefined} poster without one, search engines take no video
 */
function videoOf({ attachments }, uploadDate, name, poster) {
  const file = attachments.find(({ type }) => type.startsWith("video/"));
  if (!file || !poster) return undefined;
  return present({
    "@type": "VideoObject",
    name: file.title ?? name,
    contentUrl: file.url,
    encodingFormat: file.type,
    thumbnailUrl: [poster.url],
    uploadDate,
    duration: file.seconds ? `PT${file.seconds}S` : undefined,
  });
}

/** @param {Picture | undefined} image */
function pictureOf(image) {
  if (!image) return undefined;
  const { url, width, height, caption, credit, alt } = image;
  return present({ "@type": "ImageObject", url, width, height, caption: caption ?? alt, creditText: credit });
}

/** @param {{ name?: string, url?: string }} author */
function person({ name, url }) {
  return present({ "@type": "Person", name, url });
}

/** @param {{ name: string, url?: string, logo?: string }} publisher */
function organization({ name, url, logo }) {
  return present({ "@type": "Organization", name, url, logo: logo && { "@type": "ImageObject", url: logo } });
}

/** @param {number | undefined} time */
function iso(time) {
  return time === undefined || !Number.isFinite(time) ? undefined : new Date(time).toISOString();
}
