/** Pages that a server has rendered, by `livefeed/server` as it is packed. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { HOSTILE } from "../fixtures/hostile.js";
import { lacks } from "./support/engine.js";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { packed } from "./support/packed.js";
import { usePages } from "./support/pages.js";
import { jumps } from "./support/shifts.js";
import * as allow from "../../www/server/allow.js";

const { browser, site, cdn, reader, open, moduleTag, told } = usePages();

/** @type {typeof import("../../www/server/index.js")} */
let server;
before(async () => {
  const { folder } = await packed();
  server = await import(pathToFileURL(join(folder, "dist", "server", "index.js")).href);
});

/** A page of the site as its server would render it. @param {object} feed @param {object} [options] */
const rendered = (feed, options = {}) =>
  server.render(feed, { url: site.url("/feed.json"), attributes: { src: "/feed.json" }, ...options });

test("without script the feed can be read: title, standfirst, times, texts, links", async () => {
  const feed = feedOf([entry(2, { title: "Second", url: "/two" }), entry(1)], { summary_html: "<p>In short.</p>" });
  await open("plain", rendered(feed), { shown: false, script: "" });
  const text = await browser.run(() => /** @type {HTMLElement} */ (document.querySelector("live-feed")).innerText);
  assert.deepEqual(text.split(/\n+/).map((line) => line.trim()).filter(Boolean), [
    "Test feed",
    "In short.",
    "12:02 GMT 01.03.2026 Second",
    "Text 2.",
    "12:01 GMT 01.03.2026",
    "Text 1.",
  ]);
  assert.equal(await browser.run(() => document.querySelector("live-feed a")?.getAttribute("href")), site.url("/two"));
  assert.equal(cdn.seen.length, 0);
});

test("the feed in the page is shown without a request, then kept up to date, and nothing is asked for twice", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  feed.hold();
  await open("inline", rendered(feedOf(entries(2))));
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  feed.release();
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 1);
  for (const path of ["/live-feed.js", "/live-feed.wasm"]) assert.equal(cdn.count(path), 1, path);
  assert.deepEqual(await told(), []);
});

test("what a reader sees is there from the first paint on, and never gone", async () => {
  site.feed("/feed.json", feedOf(entries(20)));
  // Looks at every frame for the first entry's text, in the page or in the feed's own tree. A frame may be drawn
  // when the parser has come no further than the element's beginning: what it has not read can't be seen.
  const watch = `<script>
    var frames = [];
    (function look() {
      const feed = document.querySelector("live-feed");
      const isRead = feed && [...feed.querySelectorAll("article p")].some((p) => p.textContent === "Text 20.");
      if (frames.length > 0 || isRead) {
        const own = [...(feed.shadowRoot?.querySelectorAll(".body") ?? [])];
        const seen = [...feed.querySelectorAll("article p"), ...own].some((p) => p.textContent === "Text 20." && p.checkVisibility());
        frames.push(seen);
      }
      requestAnimationFrame(look);
    })();
  </script>`;
  await open("flicker", rendered(feedOf(entries(20))), { head: watch });
  const frames = await browser.run(() => /** @type {any} */ (globalThis).frames);
  assert.ok(frames.length > 0);
  assert.deepEqual(frames.filter((/** @type {boolean} */ seen) => !seen), []);
});

test("nothing on the page moves when the feed takes the place of the server's", { skip: lacks("shifts") }, async () => {
  // What the first answer changes in the toolbar is not the server's.
  site.feed("/feed.json", feedOf(entries(20))).hold();
  await open("shift", `<h1>Above</h1>${rendered(feedOf(entries(20)))}<p>Below</p>`);
  assert.deepEqual(await jumps(browser), []);
});

test("no hostile feed acts in the page, reaches out of its element, or brings what is not allowed", async () => {
  const places = HOSTILE.map(([, feed], number) => `${server.render(feed, { url: "https://example.org/feed.json" })}<i data-case="${number}"></i>`);
  const head = `<script>var acted = []; window.ran = (what) => void acted.push(what);</script>
    <meta http-equiv="Content-Security-Policy" content="img-src 'none'; frame-src 'none'; media-src 'none'; connect-src 'none'">`;
  await open("hostile", places.join(""), { shown: false, script: "", head });
  const attributes = [...new Set(allow.ATTRIBUTES.map(([, name]) => name)), "rel", "loading", "decoding", "referrerpolicy", "datetime", "type"];
  const elements = [...allow.KEPT, "h2", "h3", "h4", "h5", "h6", "article", "header", "time", "script"];
  const found = await browser.run(
    (count, elements, attributes) => {
      const wrong = /** @type {string[]} */ ([]);
      for (let number = 0; number < count; number++) {
        const mark = document.querySelector(`[data-case="${number}"]`);
        if (mark?.parentElement !== document.body || mark.previousElementSibling?.localName !== "live-feed") {
          wrong.push(`${number} left its place`);
        }
      }
      for (const element of document.querySelectorAll("live-feed *")) {
        if (!elements.includes(element.localName)) wrong.push(`<${element.localName}>`);
        if (element.localName === "script" && !/^application\/(ld|feed)\+json$/.test(element.getAttribute("type") ?? "")) wrong.push("script");
        for (const { name, value } of element.attributes) {
          if (!attributes.includes(name)) wrong.push(`${element.localName}[${name}]`);
          if (/^(href|src|cite)$/.test(name) && !/^(https?:\/\/|mailto:|tel:)/.test(value)) wrong.push(`${name}=${value}`);
        }
      }
      for (const element of document.body.children) {
        if (!["live-feed", "i", "script"].includes(element.localName)) wrong.push(`<${element.localName}> in the page`);
      }
      return [...new Set(wrong)];
    },
    HOSTILE.length,
    elements,
    attributes,
  );
  assert.deepEqual(found, []);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).acted), []);
});

test("structured data stands in the page once, as search engines read it", async () => {
  await open("posting", rendered(feedOf([entry(2, { title: "Second" }), entry(1)])), { shown: false, script: "" });
  const found = await browser.run(() =>
    [...document.querySelectorAll('script[type="application/ld+json"]')].map(({ textContent }) => JSON.parse(textContent ?? "")),
  );
  assert.equal(found.length, 1);
  assert.deepEqual(
    found[0].liveBlogUpdate.map((/** @type {any} */ { headline, articleBody, datePublished }) => [headline, articleBody, Date.parse(datePublished)]),
    [
      ["Second", "Text 2.", Date.parse(at(2))],
      ["Text 1.", "Text 1.", Date.parse(at(1))],
    ],
  );
});

test("a framework may write the element itself and take what is inside", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  const inside = server.renderInside(feedOf(entries(1)), { url: site.url("/feed.json") });
  await open("inside", `<div id="app"></div>`, { shown: false, head: moduleTag(), script: "" });
  await browser.run((inside) => {
    const element = document.createElement("live-feed");
    element.innerHTML = inside;
    document.getElementById("app")?.append(element);
  }, inside);
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 1."]);
});
