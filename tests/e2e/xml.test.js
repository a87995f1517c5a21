/** RSS and Atom in a page, by the browser's own parser: the same feed as in Node, under Trusted Types too. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { usePages } from "./support/pages.js";

const { browser, site, cdn } = usePages();

const fixture = (/** @type {string} */ name) =>
  readFile(new URL(`../fixtures/feeds/formats/${name}`, import.meta.url), "utf8");

/**
 * What a format module makes of a text in the open page; its error's sentence where it makes nothing of it.
 * @param {string} format
 * @param {string} text
 */
const converted = (format, text) =>
  browser.run(
    (url, text) =>
      import(url).then((module) => {
        try {
          return module.convert(text);
        } catch (error) {
          return /** @type {Error} */ (error).message;
        }
      }),
    cdn.url(`/formats/${format}.js`),
    text,
  );

const trustedTypes = (/** @type {string} */ more) => ({
  headers: { "content-security-policy": `require-trusted-types-for 'script'; ${more}` },
  script: "",
});

for (const format of ["rss", "atom"]) {
  test(`${format} reads the same in a page as in Node`, async () => {
    await browser.open(site.page("xml", "", { script: "" }));
    const feed = await converted(format, await fixture(`${format}.xml`));
    assert.deepEqual(feed, JSON.parse(await fixture(`${format}.feed.json`)));
  });

  test(`${format} is read where Trusted Types are required, more than once`, async () => {
    await browser.open(site.page("trusted", "", trustedTypes(`trusted-types livefeed-${format}`)));
    const text = await fixture(`${format}.xml`);
    for (const _ of [1, 2]) {
      assert.deepEqual(await converted(format, text), JSON.parse(await fixture(`${format}.feed.json`)));
    }
    assert.deepEqual(await browser.complaints(), []);
  });
}

test("what is no XML is told so, and what a page never fetches is not fetched", async () => {
  await browser.open(site.page("broken", "", { script: "" }));
  assert.match(String(await converted("rss", "<rss><channel></rss>")), /^this is not XML: \S/);
  const picture = site.add("/picture.png", "", { "content-type": "image/png" });
  const text = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id><content type="xhtml"><div
    xmlns="http://www.w3.org/1999/xhtml"><img src="${picture.url}"/><script>top.ran = true</script></div></content></entry></feed>`;
  const feed = /** @type {any} */ (await converted("atom", text));
  assert.equal(feed.items[0].content_html, `<img src="${picture.url}"><script>top.ran = true</script>`);
  assert.equal(await browser.run(() => "ran" in globalThis), false);
  assert.equal(site.count("/picture.png"), 0);
});

test("a policy that allows another name only is named", async () => {
  await browser.open(site.page("refused", "", trustedTypes("trusted-types dompurify")));
  // Without Trusted Types in the browser there is nothing to refuse.
  if (!(await browser.run(() => "trustedTypes" in globalThis))) return;
  assert.equal(
    await converted("rss", "<rss><channel/></rss>"),
    "the page's Content-Security-Policy requires Trusted Types: add livefeed-rss to its trusted-types",
  );
});
