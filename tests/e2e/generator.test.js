/** The page on which a partner puts the line together. */
import assert from "node:assert/strict";
import { test } from "node:test";
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
