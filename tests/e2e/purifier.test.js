import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told } = usePages();

const WITHOUT_SANITIZER = `<script>
  delete Element.prototype.setHTML;
  delete ShadowRoot.prototype.setHTML;
  delete Document.parseHTML;
  delete globalThis.Sanitizer;
</script>`;

const HOSTILE = [
  `<p onclick="pwned = 1">Click</p><script>pwned = 2</script><img src="/evil/a.png" onerror="pwned = 3" alt="Dot">`,
  `<a href="javascript:pwned = 4">Run</a> <a href="/more" target="_blank" style="position: fixed">More</a>`,
  `<form action="/evil/b"><input name="q" value="v"><button>Send</button></form>`,
  `<svg><script>pwned = 5</script></svg><math><mtext></form><img src=x onerror="pwned = 6"></mtext></math>`,
  `<iframe src="https://example.org/frame"></iframe><object data="/evil/c"></object><style>* { color: red }</style>`,
  `<h1 id="top" class="big">Big</h1><custom-thing>Kept text</custom-thing><template><b>Unseen</b></template>`,
  `<table><tr><th colspan="2">Head</th></tr><tr><td>1</td><td>2</td></tr></table>`,
  `<ul><li>One<li>Two</ul><blockquote cite="x">Said</blockquote><pre>  code</pre>`,
  `<noscript><p title="</noscript><img src=x onerror=pwned=7>"></noscript>`,
  `${"<div>".repeat(100)}Deep${"</div>".repeat(100)}`,
];

/** One for all: those that are missing would become links, one sooner than the other. */
const PICTURES = `image-proxy="/picture?of={url}"`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`;

/** All that a reader can see, as markup. */
const markup = () =>
  browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return [".standfirst", ".list"].map((css) => root.querySelector(css).innerHTML).join("\n");
  });

/**
 * The same page with and without the browser's own sanitizer.
 * @param {string} name
 * @param {unknown} feed
 */
async function both(name, feed) {
  site.feed("/feed.json", feed);
  const page = `<live-feed src="/feed.json" live="off" ${PICTURES}></live-feed>`;
  site.add("/picture", SVG, { "content-type": "image/svg+xml" });
  await open(`${name}-own`, page, { head: clockAt(at(60)) });
  const own = await markup();
  const purifiersBefore = cdn.count("/purifier.js");
  await open(`${name}-purified`, page, { head: clockAt(at(60)) + WITHOUT_SANITIZER });
  return { own, purified: await markup(), purifiers: [purifiersBefore, cdn.count("/purifier.js")] };
}

/**
 * Where the browser has none, both are the same path.
 * @param {import("node:test").TestContext} test
 */
async function hasSanitizer(test) {
  const has = await browser.run(() => "setHTML" in Element.prototype);
  if (!has) test.skip("this engine has no sanitizer to compare with");
  return has;
}

test("the reference feed looks the same without the browser's sanitizer", async (test) => {
  if (!(await hasSanitizer(test))) return;
  const demo = JSON.parse(await readFile(new URL("../../www/demo/feed.json", import.meta.url), "utf8"));
  const { own, purified, purifiers } = await both("reference", demo);
  assert.deepEqual(purifiers, [0, 1]);
  assert.ok(own.includes("<strong>Wren has landed.</strong>"));
  assert.equal(purified, own);
});

test("what a newsroom writes stays: text, lists, tables, links, pictures", async () => {
  // Whose deepest entry is shown as text.
  const items = HOSTILE.map((content_html, index) => entry(HOSTILE.length - index, { content_html }));
  site.feed("/feed.json", feedOf(items));
  site.add("/picture", SVG, { "content-type": "image/svg+xml" });
  await open("kept", `<live-feed src="/feed.json" live="off" ${PICTURES}></live-feed>`, { head: WITHOUT_SANITIZER });
  await reader.sees(".body", [
    "Click",
    "Run More",
    "",
    "",
    "https://example.org/frame",
    "BigKept text",
    "Head12",
    "OneTwoSaid code",
    "",
    "Deep",
  ]);
  assert.deepEqual(await reader.attributes(".body a", "href"), [site.url("/more"), "https://example.org/frame"]);
  assert.deepEqual(await told(), []);
});
