/** The page on which a partner puts the line together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { NARROW, WIDE } from "./support/browser.js";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader } = usePages();

const SHARED = { "access-control-allow-origin": "*" };

/** Sets a field as a partner does. @param {string} name @param {string} value */
const set = (name, value) =>
  browser.run(
    (name, value) => {
      const field = /** @type {HTMLInputElement} */ (document.querySelector(`[name="${name}"]`));
      field.value = value;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    name,
    value,
  );

const line = () => browser.run(() => /** @type {HTMLTextAreaElement} */ (document.getElementById("snippet")).value);

test("a partner enters an address, sees the feed, sets order, colours and language, and has the line", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await browser.open(cdn.url("/generator/index.html"));
  await set("src", site.url("/feed.json"));
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await set("order", "oldest");
  await reader.sees(".body", ["Text 1.", "Text 2."]);
  await set("lang", "de");
  await reader.sees(".order button", ["Neueste zuerst", "Älteste zuerst"]);
  await set("css-accent", "#b3151a");
  await set("mode", "auto");
  assert.equal(
    await line(),
    `<script async src="${cdn.url("/embed.js")}"
  data-src="${site.url("/feed.json")}"
  data-order="oldest"
  data-lang="de"
  data-css-accent="#b3151a"
  data-mode="auto"></script>`,
  );
  assert.deepEqual(await browser.complaints(), []);
});

test("the line does what the page has shown", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await browser.open(cdn.url(`/generator/index.html?src=${encodeURIComponent(site.url("/feed.json"))}`));
  await reader.shown();
  await set("order", "oldest");
  await browser.open(site.page("pasted", await line(), { script: "" }));
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
});

test("an address can't break out of the line, and colours stay the feed's own until one is chosen", async () => {
  await browser.open(cdn.url("/generator/index.html"));
  await set("src", `https://example.org/"><script>top.ran(1)</script>`);
  assert.equal(
    await line(),
    `<script async src="${cdn.url("/embed.js")}"
  data-src="https://example.org/&quot;>&lt;script>top.ran(1)&lt;/script>"></script>`,
  );
});

test("without an address there is nothing to copy", async () => {
  await browser.open(cdn.url("/generator/index.html"));
  const isDisabled = () => browser.run(() => /** @type {HTMLButtonElement} */ (document.getElementById("copy")).disabled);
  assert.equal(await isDisabled(), true);
  await set("src", "feed.json");
  assert.equal(await isDisabled(), true);
  await set("src", site.url("/feed.json"));
  assert.equal(await isDisabled(), false);
});

test("where a feed can't be shown the page says why, until another one is", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await browser.open(cdn.url("/generator/index.html"));
  const trouble = () => document.getElementById("trouble")?.textContent;
  await set("src", site.url("/nothing.json"));
  const url = site.url("/nothing.json");
  const words = await browser.until("a word", trouble);
  assert.equal(words, `${url} could not be reached: check the address, the network, and that the server sends Access-Control-Allow-Origin`);
  await set("src", site.url("/feed.json"));
  await reader.shown();
  assert.equal(await browser.run(trouble), "");
});

test("on a phone nothing sticks out of the page", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await browser.resize(NARROW);
  await browser.open(cdn.url(`/generator/index.html?src=${encodeURIComponent(site.url("/feed.json"))}`));
  await reader.shown();
  const [page, window] = await browser.run(() => [document.documentElement.scrollWidth, innerWidth]);
  await browser.resize(WIDE);
  assert.ok(page <= window, `${page} px in a window of ${window}`);
});
