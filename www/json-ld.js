/**
 * What is shown, as schema.org LiveBlogPosting for search engines, in the page's head: only where `json-ld` is set, and
 * where the page has none of its own. Made from the rows themselves, so that it says what a reader sees.
 */

import { OPEN_END_MS, shorten } from "./coverage.js";

/**
 * Where Trusted Types rule, a script's text has to come from a policy, though this one never runs. Ours serves nothing
 * else; where a page does not let it be made, nothing is written.
 */
const POLICY = (() => {
  try {
    const { trustedTypes } = /** @type {any} */ (globalThis);
    return trustedTypes?.createPolicy("livefeed-json-ld", { createScript: (/** @type {string} */ text) => text });
  } catch {
    return undefined;
  }
})();

/**
 * Writes it when the feed is there and whenever it has changed, and takes it away in the end.
 * @param {HTMLElement} element
 * @param {ShadowRoot} shadow
 * @param {AbortSignal} signal ends it
 */
export function describe(element, shadow, signal) {
  if (signal.aborted) return;
  const script = document.createElement("script");
  script.type = "application/ld+json";
  const write = () => {
    const all = [...document.querySelectorAll('script[type="application/ld+json"]')];
    const others = all.filter((other) => other !== script && other.textContent?.includes("LiveBlogPosting"));
    const posting = others.length === 0 && postingOf(element, shadow);
    if (!posting) return;
    // No end tag of a feed's ends it.
    const text = JSON.stringify(posting).replaceAll("<", "\\u003c");
    script.text = POLICY?.createScript(text) ?? text;
    document.head.append(script);
  };
  for (const type of ["load", "live-feed-update"]) element.addEventListener(type, write, { signal });
  signal.addEventListener("abort", () => script.remove());
  write();
}

/**
 * @param {HTMLElement} element
 * @param {ShadowRoot} shadow
 */
function postingOf(element, shadow) {
  const title = textOf(shadow, ".summary .title");
  const updates = [...shadow.querySelectorAll(".item")].flatMap((row) => updateOf(row, title) ?? []);
  if (updates.length === 0) return undefined;
  const [page] = location.href.split("#");
  const times = updates.map(({ datePublished }) => Date.parse(datePublished));
  const [first, newest] = [Math.min(...times), Math.max(...times)];
  const isOver = element.matches(":state(ended)");
  return {
    "@context": "https://schema.org",
    "@type": "LiveBlogPosting",
    "@id": page,
    url: page,
    headline: shorten(title || document.title),
    description: textOf(shadow, ".standfirst"),
    inLanguage: shadow.querySelector("[lang]")?.getAttribute("lang") ?? undefined,
    image: imageOf(shadow, ".lead img"),
    datePublished: iso(first),
    dateModified: iso(newest),
    coverageStartTime: iso(first),
    coverageEndTime: iso(isOver ? newest : newest + OPEN_END_MS),
    liveBlogUpdate: updates,
  };
}

/**
 * An entry's row; nothing where it has no date, or no words.
 * @param {Element} row
 * @param {string | undefined} feedTitle
 */
function updateOf(row, feedTitle) {
  const time = row.querySelector("time")?.getAttribute("datetime");
  const headline = textOf(row, ".entry-title");
  const image = row.querySelector(".body img, .media img");
  const body = textOf(row, ".body") ?? textOf(row, "figcaption") ?? (image?.getAttribute("alt") || headline || feedTitle);
  if (!time || !body) return undefined;
  const link = /** @type {HTMLAnchorElement | null} */ (row.querySelector("a.permalink"));
  const author = textOf(row, ".byline");
  return {
    "@type": "BlogPosting",
    "@id": link?.href,
    url: link?.href,
    headline: shorten(headline ?? body),
    articleBody: body,
    datePublished: time,
    author: author && { "@type": "Person", name: author },
    image: imageOf(row, ".body img, .media img"),
  };
}

/** What is said there, without spaces that nobody sees; nothing where nothing is said. @param {ParentNode} root @param {string} css */
function textOf(root, css) {
  const text = root.querySelector(css)?.textContent?.replace(/\s+/g, " ").trim();
  return text || undefined;
}

/** @param {ParentNode} root @param {string} css */
function imageOf(root, css) {
  const image = /** @type {HTMLImageElement | null} */ (root.querySelector(css));
  return image?.src ? { "@type": "ImageObject", url: image.src } : undefined;
}

/** @param {number} time */
function iso(time) {
  return new Date(time).toISOString();
}
