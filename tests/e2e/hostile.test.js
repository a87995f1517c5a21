/** Every string of a feed is hostile: what happens to the page that shows it, and what is shown of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HTML } from "../fixtures/hostile.js";
import { at, feedOf } from "./support/feeds.js";
import { NOTHING, useHostile } from "./support/hostile-pages.js";
import { shownIn, straight } from "./support/hostile.js";

const { browser, site, cdn, watch, damage } = useHostile();

/** As where no browser has a sanitizer of its own. */
const WITHOUT_SANITIZER = `<script>
  delete Element.prototype.setHTML;
  delete globalThis.Sanitizer;
</script>`;

/** What the page's proxy gives for every picture; where it is not said, nothing. */
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`;

/** All feed HTML, an entry for each. */
const contents = () =>
  feedOf(Object.entries(HTML).map(([what, [content_html]], index) => ({ id: what, content_html, date_published: at(-index), title: what })));

/** What is shown of each, once the rows below the first page are built. */
async function shown() {
  const names = Object.keys(HTML);
  await browser.until("all rows", (count) => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return root.querySelectorAll(".item").length === count;
  }, names.length);
  const bodies = await browser.run(shownIn, ".item .body");
  return Object.fromEntries(names.map((what, index) => [what, bodies[index]]));
}

const EXPECTED = Object.fromEntries(Object.entries(HTML).map(([what, [, shown]]) => [what, shown]));

test("nothing happens to a page by all feed HTML in one list", async () => {
  await watch("list", [contents()]);
  await shown();
  assert.deepEqual(await damage(), NOTHING);
});

test("of feed HTML the same is shown in every engine", async () => {
  site.add("/proxy", SVG, { "content-type": "image/svg+xml" });
  await watch("own", [contents()]);
  assert.deepEqual(await shown(), EXPECTED);
  assert.deepEqual(await damage(), NOTHING);
});

test("of feed HTML DOMPurify shows the same, where the browser has no sanitizer of its own", async () => {
  site.add("/proxy", SVG, { "content-type": "image/svg+xml" });
  await watch("purified", [contents()], { head: WITHOUT_SANITIZER });
  assert.equal(cdn.count("/purifier.js"), 1);
  assert.deepEqual(await shown(), EXPECTED);
  assert.deepEqual(await damage(), NOTHING);
});

/** Letters that turn all that follows round, in overrides, embeddings and isolates. */
const TURNS = "\u202Eone \u2067two \u202Dthree \u202B";

test("letters that turn the line round reach no further than their entry", async () => {
  const image = { url: "a.png", alt: TURNS, caption: TURNS, credit: TURNS };
  const turning = {
    title: TURNS,
    content_text: TURNS,
    authors: [{ name: TURNS }, { name: TURNS }],
    tags: [TURNS],
    attachments: [{ url: "a.pdf", title: TURNS, mime_type: "application/pdf" }],
    _livefeed: { kind: "key", image, embed: { url: "https://example.org/", title: TURNS, provider: TURNS } },
  };
  const plain = (/** @type {number} */ number) =>
    ({ id: `plain-${number}`, title: `Plain ${number}`, content_text: "And its text", date_published: at(number), _livefeed: { kind: "key" } });
  const items = [
    plain(5),
    { ...turning, id: "turning", date_published: at(4) },
    plain(3),
    { ...turning, id: `${TURNS}id`, title: undefined, content_text: undefined, date_published: at(2) },
    plain(1),
  ];
  const feed = feedOf(items, { image, summary_html: `<p>${TURNS}` }, { title: TURNS, authors: [{ name: TURNS }] });
  await watch("turned", [feed]);
  const texts = await browser.run(straight);
  assert.deepEqual(texts.turned, []);
  assert.deepEqual(texts.read.filter((text) => /^(Plain|And its)/.test(text)).length, 9);
  assert.deepEqual(await damage(), NOTHING);
});
