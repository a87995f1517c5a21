import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import * as liveBlogPosting from "../www/formats/live-blog-posting.js";

const NOW = Date.parse("2026-05-01T12:00:00Z");
const URL_OF_IT = "https://example.org/live.json";

const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false });
addFormats.default(ajv);
const isFeed = ajv.compile(
  JSON.parse(await readFile(new URL("../www/demo/feed.schema.json", import.meta.url), "utf8")),
);

/** A LiveBlogPosting with those members. */
const posting = (members = {}) => ({
  "@context": "https://schema.org",
  "@type": "LiveBlogPosting",
  headline: "Harbour day",
  ...members,
});

/** What the format makes of the posting, which has to be a valid feed. */
function convert(members, options = {}) {
  const feed = liveBlogPosting.convert(posting(members), { url: URL_OF_IT, now: NOW, ...options });
  assert.ok(isFeed(feed), ajv.errorsText(isFeed.errors));
  return feed;
}

/** What the format makes of one update. */
const update = (members) =>
  convert({ liveBlogUpdate: { "@type": "BlogPosting", "@id": "#a", headline: "A", ...members } }).items[0];

test("its name is what the format attribute says", () => {
  assert.equal(liveBlogPosting.name, "live-blog-posting");
});

for (const [how, json] of Object.entries({
  "as a single object": posting(),
  "with the http context and a trailing slash": posting({ "@context": "http://schema.org/" }),
  "with a context among several": posting({ "@context": ["https://schema.org", { own: "https://example.org/" }] }),
  "with a vocabulary": posting({ "@context": { "@vocab": "https://schema.org/" } }),
  "with its type in a list": posting({ "@type": ["NewsArticle", "LiveBlogPosting"] }),
  "with its type written out": posting({ "@type": "https://schema.org/LiveBlogPosting" }),
  "in a list": [{ "@context": "https://schema.org", "@type": "BreadcrumbList" }, posting()],
  "in a graph": {
    "@context": "https://schema.org",
    "@graph": [{ "@type": "WebPage" }, posting({ "@context": undefined })],
  },
  "as the main entity of a page": { "@context": "https://schema.org", "@type": "WebPage", mainEntity: posting() },
})) {
  test(`it recognises a LiveBlogPosting ${how}`, () => {
    assert.equal(liveBlogPosting.recognises(json), true);
    assert.equal(liveBlogPosting.convert(json, { now: NOW }).title, "Harbour day");
  });
}

for (const [what, json] of Object.entries({
  "a JSON Feed": { version: "https://jsonfeed.org/version/1.1", items: [] },
  "another type of schema.org": posting({ "@type": "NewsArticle" }),
  "another vocabulary": posting({ "@context": "https://example.org/schema.org" }),
  "no context": posting({ "@context": undefined }),
  null: null,
  "a string": "LiveBlogPosting",
  "an empty list": [],
})) {
  test(`it does not take ${what} for one`, () => {
    assert.equal(liveBlogPosting.recognises(json), false);
    assert.throws(() => liveBlogPosting.convert(json, { url: URL_OF_IT }), {
      message:
        'this is not a LiveBlogPosting: expected an "@context" of https://schema.org and an "@type" of LiveBlogPosting',
    });
  });
}

test("a graph that holds itself ends", () => {
  /** @type {Record<string, unknown>} */
  const graph = { "@context": "https://schema.org" };
  graph["@graph"] = [graph];
  assert.equal(liveBlogPosting.recognises(graph), false);
});

test("a whole posting becomes a whole feed", async () => {
  const fixture = new URL("fixtures/feeds/formats/live-blog-posting.json", import.meta.url);
  const expected = new URL("fixtures/feeds/formats/live-blog-posting.feed.json", import.meta.url);
  const feed = liveBlogPosting.convert(JSON.parse(await readFile(fixture, "utf8")), { url: URL_OF_IT, now: NOW });
  assert.deepEqual(feed, JSON.parse(await readFile(expected, "utf8")));
  assert.ok(isFeed(feed), ajv.errorsText(isFeed.errors));
});

test("without updates it is an empty feed", () => {
  assert.deepEqual(convert().items, []);
});

test("one update that stands alone is a list of one", () => {
  assert.deepEqual(convert({ liveBlogUpdate: { "@id": "#a", headline: "A" } }).items, [{ id: "#a", title: "A" }]);
});

test("what is no object among the updates is left out", () => {
  assert.deepEqual(convert({ liveBlogUpdate: [null, "A", { "@id": "#a", headline: "A" }] }).items, [
    { id: "#a", title: "A" },
  ]);
});

test("coverage that has not begun is upcoming", () => {
  assert.equal(convert({ coverageStartTime: "2026-05-01T12:00:01Z" })._livefeed.status, "upcoming");
});

test("coverage begins with its start and is over with its end", () => {
  const times = { coverageStartTime: "2026-05-01T12:00:00Z", coverageEndTime: "2026-05-01T14:00:00+0100" };
  assert.equal(convert(times)._livefeed.status, "live");
  assert.equal(convert(times, { now: NOW + 60 * 60 * 1000 })._livefeed.status, "ended");
});

test("an edit after the start says that it has begun, whatever the clock says", () => {
  const times = { coverageStartTime: "2026-05-01T13:00:00Z", dateModified: "2026-05-01T13:05:00Z" };
  assert.equal(convert(times)._livefeed.status, "live");
});

test("without times of coverage it is live", () => {
  assert.equal(convert()._livefeed.status, "live");
});

test("the page is the posting's own, else where it came from", () => {
  assert.equal(convert({ url: "https://example.org/a" }).home_page_url, "https://example.org/a");
  assert.equal(
    convert({ mainEntityOfPage: { "@id": "https://example.org/b" } }).home_page_url,
    "https://example.org/b",
  );
  assert.equal(convert().home_page_url, URL_OF_IT);
});

test("a plain description becomes paragraphs, its entities untouched", () => {
  const { _livefeed } = convert({ description: "Bread &amp; water.\n\nAll < day." });
  assert.equal(_livefeed.summary_html, "<p>Bread &amp; water.</p>\n<p>All &lt; day.</p>");
});

test("an image is a URL, an object, or the first of a list", () => {
  assert.deepEqual(convert({ image: "lead.jpg" })._livefeed.image, { url: "lead.jpg" });
  assert.deepEqual(convert({ image: ["", "wide.jpg", "square.jpg"] })._livefeed.image, { url: "wide.jpg" });
  const object = {
    "@type": "ImageObject",
    contentUrl: "lead.jpg",
    caption: "The gate",
    creditText: "R. Pellow",
    width: "1600px",
  };
  const image = { url: "lead.jpg", caption: "The gate", credit: "R. Pellow", width: 1600 };
  assert.deepEqual(convert({ image: [object] })._livefeed.image, image);
  const measured = { url: "lead.jpg", width: { "@type": "QuantitativeValue", value: 800 }, height: "tall" };
  assert.deepEqual(convert({ image: measured })._livefeed.image, { url: "lead.jpg", width: 800 });
});

test("a body without tags is text, with tags it is HTML, and entities stay as they are", () => {
  assert.equal(update({ articleBody: "Two < three &amp; five > four" }).content_text, "Two < three &amp; five > four");
  const html = update({ articleBody: "<p>Fish &amp; chips</p>" });
  assert.deepEqual([html.content_html, html.content_text], ["<p>Fish &amp; chips</p>", undefined]);
});

test("an update is known by its @id, its URL, its identifier, or its time and text", () => {
  assert.equal(update({ "@id": "#b", url: "/b" }).id, "#b");
  assert.equal(update({ "@id": undefined, url: "/b", identifier: "c" }).id, "/b");
  assert.equal(update({ "@id": undefined, identifier: { "@type": "PropertyValue", value: "c" } }).id, "c");
  assert.equal(update({ "@id": undefined, identifier: 12 }).id, "12");
  const plain = { "@id": undefined, articleBody: "The gates open.", datePublished: "2026-05-01T09:00:00Z" };
  assert.equal(update(plain).id, update({ ...plain, dateModified: "2026-05-01T09:05:00Z" }).id);
  assert.notEqual(update(plain).id, update({ ...plain, articleBody: "The gates close." }).id);
  assert.match(update(plain).id, /^[0-9a-f]{16}$/);
});

test("times become RFC 3339, and what is no time stands to be warned about", () => {
  assert.equal(update({ datePublished: "2026-05-01T11:00+0200" }).date_published, "2026-05-01T09:00:00.000Z");
  const odd = posting({ liveBlogUpdate: { headline: "A", datePublished: "soon" } });
  assert.equal(liveBlogPosting.convert(odd, { now: NOW }).items[0].date_published, "soon");
});

test("authors are names, people, or a list of both", () => {
  const person = { "@type": "Person", name: "R. Pellow", url: "/pellow", image: { url: "pellow.png" } };
  assert.deepEqual(update({ author: "Harbour desk" }).authors, [{ name: "Harbour desk" }]);
  assert.deepEqual(update({ author: [person, "Harbour desk", {}] }).authors, [
    { name: "R. Pellow", url: "/pellow", avatar: "pellow.png" },
    { name: "Harbour desk" },
  ]);
});

test("a video on its own site becomes a card, one that is a file an attachment", () => {
  const card = {
    "@type": "VideoObject",
    name: "The bell",
    embedUrl: "https://example.org/v/1",
    contentUrl: "bell.mp4",
    thumbnailUrl: ["bell.jpg"],
  };
  const embed = { url: "https://example.org/v/1", title: "The bell", image: "bell.jpg" };
  const shown = update({ video: card });
  assert.deepEqual([shown._livefeed, shown.attachments], [{ embed }, undefined]);
  const file = update({
    video: { contentUrl: "bell.webm", encodingFormat: "video/webm", name: "The bell", duration: "PT1M2.5S" },
  });
  const attachment = { url: "bell.webm", mime_type: "video/webm", title: "The bell", duration_in_seconds: 62.5 };
  assert.deepEqual([file._livefeed, file.attachments], [undefined, [attachment]]);
  assert.equal(update({ video: { contentUrl: "bell" } }).attachments[0].mime_type, "video/mp4");
});

test("what an update shares is its image or its video", () => {
  assert.deepEqual(update({ sharedContent: { "@type": "ImageObject", url: "gate.jpg" } })._livefeed, {
    image: { url: "gate.jpg" },
  });
  const video = { "@type": "VideoObject", embedUrl: "https://example.org/v/1" };
  assert.deepEqual(update({ sharedContent: [video] })._livefeed, { embed: { url: "https://example.org/v/1" } });
});

test("keywords are a list or one string with commas", () => {
  assert.deepEqual(update({ keywords: "gates, bells ,," }).tags, ["gates", "bells"]);
  assert.deepEqual(update({ keywords: ["gates", { name: "bells" }] }).tags, ["gates", "bells"]);
});
