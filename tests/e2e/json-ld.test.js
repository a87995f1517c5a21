import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, told } = usePages();

const FEED = `<live-feed src="/feed.json" json-ld time-zone="Etc/UTC"></live-feed>`;

/** The structured data that the page holds. @returns {Promise<any[]>} */
const data = () =>
  browser.run(() => {
    const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
    return scripts.map((script) => JSON.parse(script.textContent ?? ""));
  });
const written = () =>
  browser.until("structured data", () => document.querySelector('head script[type="application/ld+json"]') !== null);

test("with json-ld the page says of itself what it shows, and goes on saying it", async () => {
  const first = entry(2, { title: "The gate opens", authors: [{ name: "Ann" }] });
  const feed = site.feed("/feed.json", feedOf([first, entry(1)], { summary_html: "<p>In short.</p>" }));
  await open("described", FEED);
  await written();
  const page = await browser.run(() => location.href);
  const [posting, ...others] = await data();
  assert.deepEqual(others, []);
  assert.deepEqual(posting, {
    "@context": "https://schema.org",
    "@type": "LiveBlogPosting",
    "@id": page,
    url: page,
    headline: "Test feed",
    description: "In short.",
    inLanguage: posting.inLanguage,
    datePublished: "2026-03-01T12:01:00.000Z",
    dateModified: "2026-03-01T12:02:00.000Z",
    coverageStartTime: "2026-03-01T12:01:00.000Z",
    coverageEndTime: "2026-03-02T00:02:00.000Z",
    liveBlogUpdate: [
      {
        "@type": "BlogPosting",
        "@id": `${page}#e2`,
        url: `${page}#e2`,
        headline: "The gate opens",
        articleBody: "Text 2.",
        datePublished: at(2),
        author: { "@type": "Person", name: "Ann" },
      },
      {
        "@type": "BlogPosting",
        "@id": `${page}#e1`,
        url: `${page}#e1`,
        headline: "Text 1.",
        articleBody: "Text 1.",
        datePublished: at(1),
      },
    ],
  });
  feed.publish(feedOf([entry(3, { content_html: "<p>&lt;/script>&lt;script>alert(1)</p>" }), first, entry(1)]));
  await reader.call("refresh");
  await reader.call("refresh");
  const bodies = (await data())[0].liveBlogUpdate.map((/** @type {any} */ update) => update.articleBody);
  assert.deepEqual(bodies, ["</script><script>alert(1)", "Text 2.", "Text 1."]);
  await browser.run(() => document.querySelector("live-feed")?.remove());
  await browser.until("it to go with the element", () => document.querySelector('[type="application/ld+json"]') === null);
  assert.deepEqual(await told(), []);
});

test("a page that has structured data of its own, or asks for none, gets none", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  const own = { "@context": "https://schema.org", "@type": "LiveBlogPosting", headline: "Our own" };
  const head = `<script type="application/ld+json">${JSON.stringify(own)}</script>`;
  const looked = `<script>var looked = 0; new PerformanceObserver((list) => {
    looked += list.getEntries().filter(({ name }) => name.endsWith("/json-ld.js")).length;
  }).observe({ type: "resource", buffered: true });</script>`;
  await open("own", FEED, { head: head + looked });
  await browser.until("the module", () => /** @type {any} */ (globalThis).looked > 0);
  await browser.frames();
  assert.deepEqual(await data(), [own]);
  await open("none", `<live-feed src="/feed.json"></live-feed>`, { head: looked });
  await browser.frames();
  assert.deepEqual(await data(), []);
  assert.equal(await browser.run(() => /** @type {any} */ (globalThis).looked), 0);
});

test("of two feeds that would describe one page, the first does", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  await open("two", FEED + FEED);
  await written();
  await browser.frames();
  assert.equal((await data()).length, 1);
});

test("under Trusted Types the page is described, too", { skip: lacks("console") }, async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  const head = `<meta http-equiv="Content-Security-Policy" content="require-trusted-types-for 'script'">`;
  await open("typed", FEED, { head });
  await written();
  assert.equal((await data())[0].headline, "Test feed");
  assert.deepEqual(await browser.complaints(), []);
});
