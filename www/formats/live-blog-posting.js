/**
 * schema.org LiveBlogPosting, as many newsrooms already publish it in their pages, read as JSON Feed 1.1 with
 * `_livefeed`. Pure: no DOM, no clock but the one handed in.
 *
 * @import { Json } from "./parts/members.js"
 */
import { TAG, VERSION_OF_FEED, count, first, hash, list, objects, present } from "./parts/members.js";

/** The value of the element's `format` attribute. */
export const name = "live-blog-posting";

const TYPE = "LiveBlogPosting";

/** A LiveBlogPosting stands at the top, in a list, in a graph, or as the main entity of a page: never deeper. */
const MAX_DEPTH = 4;

/**
 * Whether the document holds a LiveBlogPosting of schema.org.
 *
 * @param {unknown} json
 * @returns {boolean}
 */
export function recognises(json) {
  return find(json) !== undefined;
}

/**
 * Makes a JSON Feed of it.
 *
 * @param {unknown} json
 * @param {{ url?: string, now?: number }} [options] `url`: where the document came from, the feed's page where it
 *   names none; `now`: in milliseconds, against which the times of the coverage are held
 * @returns {Json}
 */
export function convert(json, { url, now = Date.now() } = {}) {
  const post = find(json);
  if (!post) {
    throw new Error(`this is not a ${TYPE}: expected an "@context" of https://schema.org and an "@type" of ${TYPE}`);
  }
  const image = readImage(post.image);
  const updated = readTime(post.dateModified);
  return present({
    version: VERSION_OF_FEED,
    title: text(post.headline) ?? text(post.name),
    home_page_url: text(post.url) ?? text(post.mainEntityOfPage) ?? id(post.mainEntityOfPage) ?? url,
    language: text(post.inLanguage) ?? text(objects(post.inLanguage)[0]?.alternateName),
    authors: readAuthors(post.author),
    _livefeed: present({
      status: readStatus(post, now),
      summary_html: readSummary(text(post.description) ?? text(post.abstract)),
      image,
      updated,
      discussion_url: text(post.discussionUrl),
    }),
    items: objects(post.liveBlogUpdate).map(readUpdate),
  });
}

/**
 * The first LiveBlogPosting of schema.org in the document.
 *
 * @param {unknown} json
 * @returns {Json | undefined}
 */
function find(json, inContext = false, depth = 0) {
  if (depth > MAX_DEPTH) return undefined;
  for (const node of objects(json)) {
    const here = inContext || isSchemaOrg(node["@context"]);
    if (here && hasType(node, TYPE)) return node;
    const found = find(node["@graph"], here, depth + 1) ?? find(node.mainEntity, here, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** `"https://schema.org"`, a list with it, or an object whose `@vocab` it is. */
function isSchemaOrg(/** @type {any} */ context) {
  return list(context).some((entry) => /^https?:\/\/(www\.)?schema\.org(\/|$)/.test(entry?.["@vocab"] ?? entry));
}

/** Whether one of the node's types, which may be written with their vocabulary, is that one. */
function hasType(/** @type {Json} */ node, /** @type {string} */ type) {
  return list(node["@type"]).some((each) => typeof each === "string" && each.replace(/^.*[/:]/, "") === type);
}

/**
 * One BlogPosting, as an item.
 *
 * @param {Json} update
 * @returns {Json}
 */
function readUpdate(update) {
  const body = text(update.articleBody) ?? text(update.text) ?? text(update.description);
  const published = readTime(update.datePublished) ?? readTime(update.dateCreated);
  const headline = text(update.headline) ?? text(update.name);
  const images = [...list(update.image), ...imagesOf(update.sharedContent)];
  const videos = [
    ...objects(update.video),
    ...objects(update.sharedContent).filter((of) => hasType(of, "VideoObject")),
  ];
  const own = present({ image: first(images, readImage), embed: first(videos, readEmbed) });
  return present({
    id:
      id(update) ?? text(update.url) ?? readIdentifier(update.identifier) ?? hash(`${published}\n${headline}\n${body}`),
    url: text(update.url),
    title: headline,
    [body && TAG.test(body) ? "content_html" : "content_text"]: body,
    date_published: published,
    date_modified: readTime(update.dateModified),
    authors: readAuthors(update.author),
    tags: readTags(update.keywords),
    language: text(update.inLanguage),
    attachments: videos.filter((video) => !readEmbed(video)).flatMap(readAttachment),
    _livefeed: Object.keys(own).length > 0 ? own : undefined,
  });
}

/**
 * Before its start coverage is announced, after its end it is over, and between them it is live. The document's own
 * last edit counts as a now too, so that a reader's slow clock announces nothing that has long begun.
 *
 * @param {Json} post
 * @param {number} clock
 */
function readStatus(post, clock) {
  const now = Math.max(clock, millis(post.dateModified) ?? clock);
  const start = millis(post.coverageStartTime);
  const end = millis(post.coverageEndTime);
  if (end !== undefined && end <= now) return "ended";
  return start !== undefined && start > now ? "upcoming" : "live";
}

/** The description as HTML, whichever of the two it is. */
function readSummary(/** @type {string | undefined} */ description) {
  if (!description || TAG.test(description)) return description;
  // Entities stand as they are: whoever wrote "AT&amp;T" meant it, and a lone "&" is read as one anyway.
  const paragraphs = description.split(/\n\s*\n/).map((paragraph) => paragraph.trim().replaceAll("<", "&lt;"));
  return paragraphs
    .filter(Boolean)
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("\n");
}

/**
 * An image's URL, an ImageObject, or a list of either, of which the first that can be used is taken.
 *
 * @param {any} value
 * @returns {Json | undefined}
 */
function readImage(value) {
  if (Array.isArray(value)) return first(value, readImage);
  if (typeof value === "string") return text(value) ? { url: value } : undefined;
  const url = text(value?.url) ?? text(value?.contentUrl) ?? id(value);
  if (!url) return undefined;
  return present({
    url,
    alt: text(value.alternateName),
    caption: text(value.caption) ?? text(value.description),
    credit: text(value.creditText) ?? namesOf(value.creator ?? value.author) ?? text(value.copyrightNotice),
    width: readPixels(value.width),
    height: readPixels(value.height),
  });
}

/** The ImageObjects among what an update shares. */
function imagesOf(/** @type {any} */ shared) {
  return objects(shared).filter((each) => hasType(each, "ImageObject"));
}

/** 1200, "1200", "1200px", or a QuantitativeValue. */
function readPixels(/** @type {any} */ value) {
  return count(value?.value ?? value);
}

/**
 * A video that is played by its own site: a card.
 *
 * @param {Json} video
 * @returns {Json | undefined}
 */
function readEmbed(video) {
  const url = text(video.embedUrl) ?? (text(video.contentUrl) ? undefined : text(video.url));
  if (!url) return undefined;
  return present({
    url,
    title: text(video.name) ?? text(video.headline),
    image: readImage(video.thumbnailUrl)?.url ?? readImage(video.thumbnail)?.url,
    provider: namesOf(video.provider ?? video.publisher),
  });
}

/**
 * A video that is a file: an attachment.
 *
 * @param {Json} video
 * @returns {Json[]}
 */
function readAttachment(video) {
  const url = text(video.contentUrl);
  if (!url) return [];
  const type = text(video.encodingFormat) ?? "";
  // Most say nothing; every browser of today plays this one, and finds out by itself where it is another.
  const mime_type = type.includes("/") ? type : "video/mp4";
  return [present({ url, mime_type, title: text(video.name), duration_in_seconds: readDuration(video.duration) })];
}

/** An ISO 8601 duration such as PT1H2M3S, in seconds. */
function readDuration(/** @type {any} */ value) {
  const match = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(text(value) ?? "");
  if (!match) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** A name, a Person or an Organization, or a list of them. */
function readAuthors(/** @type {any} */ value) {
  return list(value)
    .map((author) => (typeof author === "string" ? { name: text(author) } : readAuthor(author)))
    .map(present)
    .filter((author) => Object.keys(author).length > 0);
}

function readAuthor(/** @type {any} */ author) {
  return {
    name: text(author?.name),
    url: text(author?.url) ?? text(author?.sameAs),
    avatar: readImage(author?.image)?.url,
  };
}

function namesOf(/** @type {any} */ value) {
  const names = readAuthors(value).map((author) => author.name);
  return names.filter(Boolean).join(", ") || undefined;
}

/** Keywords: a list, or one string with commas. */
function readTags(/** @type {any} */ value) {
  const words = list(value).flatMap((each) => (text(each) ?? text(each?.name) ?? "").split(","));
  return words.map((word) => word.trim()).filter(Boolean);
}

/** A string, a number or a PropertyValue. */
function readIdentifier(/** @type {any} */ value) {
  const [identifier] = list(value);
  const plain = identifier?.value ?? identifier;
  return typeof plain === "number" ? String(plain) : text(plain);
}

/** As RFC 3339. Many leave out seconds or the offset's colon; what is no time at all stands, to be warned about. */
function readTime(/** @type {any} */ value) {
  const written = text(value);
  const time = millis(value);
  return time === undefined ? written : new Date(time).toISOString();
}

function millis(/** @type {any} */ value) {
  // "+0200" is ISO 8601, but not what every engine's Date reads.
  const time = Date.parse((text(value) ?? "").trim().replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return Number.isNaN(time) ? undefined : time;
}

/**
 * A string that says something; of a list the first, of a language-tagged value its value.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
function text(value) {
  if (Array.isArray(value)) return first(value, text);
  const plain = value?.["@value"] ?? value;
  return typeof plain === "string" && plain.trim() !== "" ? plain : undefined;
}

function id(/** @type {any} */ value) {
  return text(value?.["@id"]);
}
