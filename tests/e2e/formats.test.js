import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { usePages } from "./support/pages.js";

const { site, cdn, reader, open, told } = usePages();

const POSTING = {
  "@context": "https://schema.org",
  "@type": "LiveBlogPosting",
  headline: "Launch day",
  coverageEndTime: "2020-10-05T19:00:00Z",
  liveBlogUpdate: [
    { "@type": "BlogPosting", "@id": "b", headline: "Lift-off", articleBody: "It flies.", datePublished: "2020-10-05T12:00:00Z" },
    { "@type": "BlogPosting", "@id": "a", articleBody: "The gate opens.", datePublished: "2020-10-05T11:00:00Z" },
  ],
};

test("a LiveBlogPosting is recognised by its context, and read by a module that only then is loaded", async () => {
  site.feed("/posting.json", POSTING);
  await open("posting", `<live-feed src="/posting.json"></live-feed>`);
  assert.deepEqual(await reader.all(".title"), ["Launch day"]);
  assert.deepEqual(await reader.all(".badge"), ["Coverage ended"]);
  assert.deepEqual(await reader.all(".entry-title"), ["Lift-off"]);
  assert.deepEqual(await reader.all(".body"), ["It flies.", "The gate opens."]);
  assert.equal(cdn.seen.filter(({ path }) => path === "/formats/live-blog-posting.js").length, 1);
});

/** The page of older entries to which the feeds lead. @type {Record<string, string>} */
const OLDER = {
  rss: `<rss version="2.0"><channel><title>Older</title><item><guid>first</guid><title>The first boat is built</title>
    <pubDate>Mon, 02 Jan 2006 15:04:05 GMT</pubDate></item></channel></rss>`,
  atom: `<feed xmlns="http://www.w3.org/2005/Atom"><title>Older</title><entry><id>first</id>
    <title>The first boat is built</title><updated>2006-01-02T15:04:05Z</updated></entry></feed>`,
};

for (const format of ["rss", "atom"]) {
  test(`a feed in ${format} is read as text by its module, asked for again, and followed to older entries`, async () => {
    const read = (/** @type {string} */ name) => readFile(new URL(`../fixtures/feeds/formats/${name}`, import.meta.url), "utf8");
    const xml = (await read(`${format}.xml`)).replace(/https:[^"]*\?page=2/, `/older.${format}`);
    const { title, items } = JSON.parse(await read(`${format}.feed.json`));
    const feed = site.feed(`/feed.${format}`, xml, { "content-type": "application/xml" });
    const older = site.feed(`/older.${format}`, OLDER[format], { "content-type": "application/xml" });
    older.hold();
    await open(format, `<live-feed src="/feed.${format}" format="${format}"></live-feed>`);
    assert.deepEqual(await reader.all(".title"), [title]);
    const shown = items.filter((/** @type {any} */ item) => !item._livefeed?.deleted);
    assert.equal((await reader.all(".entry")).length, shown.length);
    feed.publish(xml.replace("The first boat is in", "Two boats are in"));
    await reader.call("refresh");
    const titles = await reader.all(".entry-title");
    assert.equal(titles.includes("Two boats are in"), true);
    older.release();
    await reader.sees(".entry-title", [...titles, "The first boat is built"]);
    assert.deepEqual(await reader.all(".title"), [title]);
    assert.deepEqual(await told(), []);
  });
}

test("what is neither JSON nor of the format that is named is told by the format", async () => {
  site.feed("/page.html", "<!doctype html><p>Gone", { "content-type": "text/html" });
  await open("html", `<live-feed src="/page.html" format="rss"></live-feed>`, { shown: false });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.match((await told())[0], /^<live-feed> format="rss" could not read the feed: this is not XML: /);
});

test("a format that is not known is named, together with those that are", async () => {
  site.feed("/unknown.json", POSTING);
  await open("unknown", `<live-feed src="/unknown.json" format="minutes"><p>Fallback</p></live-feed>`, { shown: false });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await told(), [
    '<live-feed> format="minutes" could not read the feed: known formats are json-feed, live-blog-posting, ' +
      "automattic-liveblog, superdesk-live-blog, guardian-blocks, rss, atom",
  ]);
});

test("a name that every object has is no format", async () => {
  site.feed("/inherited.json", POSTING);
  await open("inherited", `<live-feed src="/inherited.json" format="constructor"></live-feed>`, { shown: false });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await told(), [
    '<live-feed> format="constructor" could not read the feed: known formats are json-feed, live-blog-posting, ' +
      "automattic-liveblog, superdesk-live-blog, guardian-blocks, rss, atom",
  ]);
});
