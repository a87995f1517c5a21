/**
 * A feed as plain HTML: what stands inside the element until the feed is shown, and what those read who have no script.
 *
 * @import { Json } from "../formats/parts/members.js"
 * @import { Entry, Picture } from "./entries.js"
 */
import { escape } from "../formats/parts/markup.js";
import { readPicture, text } from "./entries.js";
import { safeHtml } from "./sanitize.js";
import { stamp } from "./stamp.js";

/** The levels of HTML's headings; an entry's is one below the feed's. */
const LOWEST_HEADING = 5;

/** Scripts and languages that are written from right to left, as in src/words.rs. */
const RIGHT_TO_LEFT = {
  scripts: ["arab", "hebr", "thaa", "syrc", "nkoo", "adlm"],
  languages: ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ps", "sd", "ug", "ur", "yi"],
};

/**
 * @param {Json} feed
 * @param {Entry[]} entries in the order in which they stand
 * @param {{ base?: string, headingLevel?: number, hasHeader?: boolean }} options
 */
export function fallback(feed, entries, { base, headingLevel = 2, hasHeader = true }) {
  const level = Math.min(Math.max(Math.trunc(headingLevel) || 1, 1), LOWEST_HEADING);
  const header = hasHeader ? headerOf(feed, base, level) : "";
  const zone = feed._livefeed?.time_zone;
  const articles = entries.map((entry) => articleOf(entry, zone, level + 1));
  return `<article${speak(text(feed.language))}>${header}${articles.join("")}</article>`;
}

/** @param {Json} feed @param {string | undefined} base @param {number} level */
function headerOf(feed, base, level) {
  const own = feed._livefeed ?? {};
  const title = text(feed.title);
  const lead = readPicture(own.image, base);
  const standfirst = text(own.summary_html);
  const description = text(feed.description);
  const words = standfirst ? safeHtml(standfirst, base) : description ? `<p>${escape(description)}</p>` : "";
  const parts = [title ? `<h${level}>${escape(title)}</h${level}>` : "", lead ? figure(lead, "eager") : "", words].join("");
  return parts === "" ? "" : `<header>${parts}</header>`;
}

/** @param {Entry} entry @param {unknown} zone @param {number} level */
function articleOf(entry, zone, level) {
  const { published, title, url } = entry;
  const time = published ? `<time datetime="${published}">${escape(stamp(Date.parse(published), zone))}</time>` : "";
  const name = title ? `<span>${escape(title)}</span>` : "";
  const line = [time && url ? `<a href="${escape(url)}" rel="noopener">${time}</a>` : time, name].filter(Boolean).join(" ");
  const heading = line ? `<h${level}>${line}</h${level}>` : "";
  const names = entry.authors.map(({ name }) => name).join(", ");
  const byline = names ? `<p>${escape(names)}</p>` : "";
  const media = entry.image ? figure(entry.image, "lazy") : "";
  const parts = [heading, byline, entry.html, media, embedOf(entry), attachmentsOf(entry)];
  return `<article${speak(entry.language)}>${parts.join("")}</article>`;
}

/** @param {Picture} image @param {"eager" | "lazy"} loading */
function figure({ url, alt = "", caption, credit, width, height }, loading) {
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  const words = [caption, credit].filter((each) => each !== undefined).map(escape).join(" ");
  const below = words ? `<figcaption>${words}</figcaption>` : "";
  return (
    `<figure><img src="${escape(url)}" alt="${escape(alt)}"${size} loading="${loading}" decoding="async" ` +
    `referrerpolicy="no-referrer">${below}</figure>`
  );
}

/** Nothing is asked of another service: an embed is a link to it. @param {Entry} entry */
function embedOf({ embed }) {
  if (!embed) return "";
  const words = [embed.title, embed.provider ?? new URL(embed.url).hostname.replace(/^www\./, "")];
  return `<p><a href="${escape(embed.url)}" rel="noopener">${words.filter(Boolean).map((each) => escape(String(each))).join(" – ")}</a></p>`;
}

/** @param {Entry} entry */
function attachmentsOf({ attachments }) {
  if (attachments.length === 0) return "";
  const links = attachments.map(
    ({ url, title }) => `<li><a href="${escape(url)}" rel="noopener">${escape(title ?? url)}</a></li>`,
  );
  return `<ul>${links.join("")}</ul>`;
}

/** @param {string | undefined} language */
function speak(language) {
  if (!language || !/^[a-z0-9-]+$/i.test(language)) return "";
  const [tongue, ...subtags] = language.toLowerCase().split("-");
  const script = subtags.find((subtag) => /^[a-z]{4}$/.test(subtag));
  const isRightToLeft = script ? RIGHT_TO_LEFT.scripts.includes(script) : RIGHT_TO_LEFT.languages.includes(tongue);
  return ` lang="${language}" dir="${isRightToLeft ? "rtl" : "ltr"}"`;
}
