/** What a page's Content-Security-Policy has to allow, what each further row of it brings, and what happens without. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, feedOf } from "./support/feeds.js";
import { MODULE } from "./support/server.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader } = usePages();

/** The least that a page needs whose files, feed and pictures are its own. */
const LEAST = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const OWN = `${LEAST}; img-src 'self'`;

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`;
/** A page's own script, since a strict policy has none within the page. */
const WATCH = `var broken = [], told = [];
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
  broken.push(effectiveDirective + " " + blockedURI), true);
for (const level of ["error", "warn"]) console[level] = (text) => void told.push(String(text));`;

const PLAYER = "https://www.youtube-nocookie.com";

/** A day with all that a policy may forbid: pictures, sound and film, of the page's own and of others, and an embed. */
function day() {
  const media = (/** @type {string} */ origin) => [{ url: `${origin}/a.mp3`, mime_type: "audio/mpeg", title: "The signal" }];
  const content_html = `<p>Own <img src="/own.svg" alt="Own"></p><p>Other <img src="${cdn.url("/other.svg")}" alt="Other"></p>`;
  site.add("/own.svg", SVG, { "content-type": "image/svg+xml" });
  cdn.add("/other.svg", SVG, { "content-type": "image/svg+xml" });
  cdn.add("/chart one.svg", SVG, { "content-type": "image/svg+xml" });
  site.feed("/feed.json", feedOf([
    entry(3, { content_html }),
    entry(2, { _livefeed: { embed: { url: "https://youtu.be/abc", title: "A landing", image: cdn.url("/other.svg") } } }),
    entry(1, { attachments: media(cdn.origin), image: cdn.url("/chart%20one.svg") }),
  ], { summary_html: "<p>First.</p>" }, { language: "de" }));
}

/**
 * Opens the page under that policy.
 * @param {string} name
 * @param {string} policy
 */
async function under(name, policy) {
  day();
  site.add("/watch.js", WATCH, { "content-type": "text/javascript" });
  const head = `<script src="/watch.js"></script>`;
  const page = site.page(name, `<live-feed src="/feed.json" live="off"><p>Fallback</p></live-feed>`, {
    head,
    script: MODULE,
    headers: { "content-security-policy": policy },
  });
  // The page's icon is a picture of data.
  const resource = site.add(`/page/${name}`, (await (await fetch(page)).text()).replace(/<link rel="icon"[^>]*>/, ""), {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": policy,
  });
  await browser.open(resource.url);
  await reader.shown();
  await browser.frames();
}

/** What the policy has forbidden, each once. @returns {Promise<string[]>} */
const broken = async () => [...new Set(await browser.run(() => /** @type {any} */ (globalThis).broken))].sort();
const told = () => browser.run(() => /** @type {any} */ (globalThis).told);

/** The pictures that are there, by their alternative texts. */
const pictures = () =>
  browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return [...root.querySelectorAll("img")].filter((image) => image.naturalWidth > 0).map((image) => image.alt);
  });

/** Has the pictures asked for that are still out of view. */
const hurry = () =>
  browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    for (const image of root.querySelectorAll("img")) image.loading = "eager";
  });

/** Asks for the sound, as a reader does who plays it; where the policy forbids it, some browsers know before. */
const play = () =>
  browser.run(() => {
    const audio = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector("audio");
    audio?.setAttribute("preload", "auto");
    audio?.load();
  });

test("a page of its own files, feed and pictures works under the strictest policy", async () => {
  await under("strictest", OWN);
  assert.deepEqual(await reader.all(".order button"), ["Neueste zuerst", "Älteste zuerst"]);
  await reader.press(".order button", "Älteste zuerst");
  assert.deepEqual(await reader.attributes(".item", "data-id"), ["e1", "e2", "e3"]);
  await hurry();
  await browser.until("the pictures' links", () =>
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelectorAll("img").length === 1);
  assert.deepEqual(await pictures(), ["Own"]);
  const styled = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return getComputedStyle(root.querySelector(".toolbar")).position;
  });
  assert.equal(styled, "sticky");
  assert.deepEqual(await told(), []);
  // Nothing but what is of others.
  const others = new RegExp(`^(img|media)-src ${cdn.origin}/`);
  assert.deepEqual((await broken()).filter((what) => !others.test(what)), []);
});

test("a picture that the policy forbids becomes a link to it; that of a card, whose link is there, goes", async () => {
  await under("pictures", OWN);
  await hurry();
  await reader.sees(".body a, .media a", ["Other", "chart one.svg"]);
  assert.deepEqual(await reader.attributes(".body a, .media a", "href"), [cdn.url("/other.svg"), cdn.url("/chart%20one.svg")]);
  assert.deepEqual(await reader.attributes(".body a, .media a", "rel"), ["noopener", "noopener"]);
  assert.deepEqual(await reader.attributes(".embed-image", "src"), []);
  assert.deepEqual(cdn.seen, []);
});

test("a sound that the policy forbids becomes a link to it when it is played", async () => {
  await under("sound", OWN);
  await play();
  await reader.sees(".attachments a", ["The signal"]);
  assert.deepEqual(await reader.attributes(".attachments a", "href"), [cdn.url("/a.mp3")]);
  assert.deepEqual(cdn.seen, []);
});

test("a player that the policy forbids gives its card back, with the link alone and the focus on it", async () => {
  await under("player", OWN);
  await reader.press(".embed-button");
  await reader.sees(".embed-actions", ["Auf YouTube öffnen"]);
  assert.deepEqual(await reader.attributes("iframe", "src"), []);
  assert.equal(await browser.run(() =>
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.activeElement?.className), "embed-link");
  const frames = (await broken()).filter((what) => what.startsWith("frame-src"));
  assert.deepEqual(frames.map((what) => what.split("/embed")[0]), [`frame-src ${PLAYER}`]);
});

test("img-src, media-src and frame-src bring these back", async () => {
  await under("rows", `${OWN} ${cdn.origin}; media-src ${cdn.origin}; frame-src ${PLAYER}`);
  await hurry();
  await browser.until("all pictures", () => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const images = [...root.querySelectorAll("img")];
    return images.length === 4 && images.every((image) => image.naturalWidth > 0);
  });
  await play();
  await browser.until("the sound's link", () =>
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".attachments a"));
  // It was asked for, and is not there: a link is the best that is left.
  assert.ok(cdn.count("/a.mp3") > 0);
  await reader.press(".embed-button");
  await browser.outside.hears(PLAYER);
  assert.deepEqual(await reader.attributes("iframe", "src"), [`${PLAYER}/embed/abc?autoplay=1`]);
  assert.deepEqual(await broken(), []);
  assert.deepEqual(await told(), []);
});

const bodies = () =>
  browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return root.querySelector(".body").innerHTML.replace(/<img[^>]*>/g, "[image]");
  });

const AS_HTML = "<p>Own [image]</p><p>Other [image]</p>";
const AS_TEXT = "<p>Own</p><p>Other</p>";
const typed = () => `${OWN} ${cdn.origin}; media-src *; require-trusted-types-for 'script'`;

test("Trusted Types: with the policy that the README names, feed HTML is HTML in every engine", async () => {
  await under("typed", `${typed()}; trusted-types dompurify`);
  assert.equal(await bodies(), AS_HTML);
  assert.deepEqual(await broken(), []);
  assert.deepEqual(await told(), []);
});

test("Trusted Types: browsers with a sanitizer of their own need no policy, the others show text", async () => {
  await under("untyped", `${typed()}; trusted-types 'none'`);
  await browser.until("an entry", () => document.querySelector("live-feed")?.shadowRoot?.querySelector(".body"));
  const own = await browser.run(() => "setHTML" in Element.prototype);
  assert.equal(await bodies(), own ? AS_HTML : AS_TEXT);
  assert.deepEqual(await told(), own ? [] : ["TrustedTypes policy dompurify could not be created."]);
});
