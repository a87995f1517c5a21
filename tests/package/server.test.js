/** `livefeed/server`, as it is packed: what it writes for a feed, and what search engines find in it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { packed } from "../e2e/support/packed.js";
import { HOSTILE } from "../fixtures/hostile.js";
import * as allow from "../../www/server/allow.js";

/** @type {typeof import("../../www/server/index.js")} */
let server;
before(async () => {
  const { folder } = await packed();
  server = await import(pathToFileURL(join(folder, "dist", "server", "index.js")).href);
});

const demo = JSON.parse(await readFile(new URL("../../www/demo/feed.json", import.meta.url), "utf8"));
const URL_OF_IT = "https://example.org/live/feed.json";
const feedOf = (...items) => ({ version: "https://jsonfeed.org/version/1.1", title: "Harbour day", items });
const entry = (members) => ({ id: "a", date_published: "2026-05-01T09:00:00Z", ...members });

/** The HTML that a feed becomes, without data. */
const html = (feed, options = {}) => server.renderInside(feed, { url: URL_OF_IT, inline: false, jsonLd: false, ...options });

test("a feed becomes an element with structured data, the feed, and plain HTML", () => {
  const written = server.render(feedOf(entry({ title: "The gates open" })), {
    url: URL_OF_IT,
    attributes: { src: "/live/feed.json", order: "oldest", "json-ld": false, "page-size": 20, hidden: true },
  });
  const [, open, posting, inline, body] =
    /^(<live-feed[^>]*>)<script type="application\/ld\+json">(.*?)<\/script><script type="application\/feed\+json">(.*?)<\/script>(.*)<\/live-feed>$/.exec(
      written,
    ) ?? [];
  assert.equal(open, '<live-feed src="/live/feed.json" order="oldest" page-size="20" hidden>');
  assert.equal(JSON.parse(posting)["@type"], "LiveBlogPosting");
  assert.deepEqual(JSON.parse(inline), feedOf(entry({ title: "The gates open" })));
  assert.equal(
    body,
    '<article><header><h2>Harbour day</h2></header><article><h3><time datetime="2026-05-01T09:00:00.000Z">' +
      "09:00 GMT 01.05.2026</time> <span>The gates open</span></h3></article></article>",
  );
});

test("times are the event's, with the zone's name", () => {
  const feed = { ...feedOf(entry({ title: "A" })), _livefeed: { time_zone: "Europe/London" } };
  assert.match(html(feed), />10:00 BST 01\.05\.2026</);
  assert.match(html({ ...feed, _livefeed: { time_zone: "Nowhere/Land" } }), />09:00 GMT 01\.05\.2026</);
});

test("the header is the feed's title, its lead picture and its standfirst; none where the element shows none", () => {
  const image = { url: "lead.jpg", alt: "A gate", caption: "The gate", credit: "R. Pellow", width: 800, height: 450 };
  const feed = { ...feedOf(), _livefeed: { image, summary_html: '<p>A <a href="map.html">day</a>.</p>' }, language: "he" };
  assert.equal(
    html(feed, { headingLevel: 1 }),
    '<article lang="he" dir="rtl"><header><h1>Harbour day</h1><figure><img src="https://example.org/live/lead.jpg" ' +
      'alt="A gate" width="800" height="450" loading="eager" decoding="async" referrerpolicy="no-referrer">' +
      "<figcaption>The gate R. Pellow</figcaption></figure>" +
      '<p>A <a href="https://example.org/live/map.html" rel="noopener">day</a>.</p></header></article>',
  );
  assert.equal(html(feed, { attributes: { summary: "none" } }), '<article lang="he" dir="rtl"></article>');
});

test("an entry is its time, title, authors, text, picture, embed and files", () => {
  const whole = entry({
    url: "a.html",
    title: "The first boat",
    language: "fr",
    authors: [{ name: "R. Pellow" }, { name: "A. Osei" }],
    content_text: "One\ntwo\n\nThree & four",
    attachments: [{ url: "bell.mp3", mime_type: "audio/mpeg", title: "The bell" }],
    _livefeed: {
      image: { url: "boat.jpg", caption: "The boat" },
      embed: { url: "https://www.video.example/7", title: "The bell rings" },
    },
  });
  assert.equal(
    html({ items: [whole] }),
    '<article><article lang="fr" dir="ltr"><h3><a href="https://example.org/live/a.html" rel="noopener">' +
      '<time datetime="2026-05-01T09:00:00.000Z">09:00 GMT 01.05.2026</time></a> <span>The first boat</span></h3>' +
      "<p>R. Pellow, A. Osei</p><p>One<br>two</p><p>Three &amp; four</p>" +
      '<figure><img src="https://example.org/live/boat.jpg" alt="" loading="lazy" decoding="async" ' +
      'referrerpolicy="no-referrer"><figcaption>The boat</figcaption></figure>' +
      '<p><a href="https://www.video.example/7" rel="noopener">The bell rings – video.example</a></p>' +
      '<ul><li><a href="https://example.org/live/bell.mp3" rel="noopener">The bell</a></li></ul></article></article>',
  );
});

test("entries stand as the element shows them: pinned on top, newest or oldest first, an undated one by its neighbour", () => {
  const items = [
    { id: "c", title: "C", date_published: "2026-05-01T11:00:00Z" },
    { id: "u", title: "U" },
    { id: "b", title: "B", date_published: "2026-05-01T10:00:00Z" },
    { id: "p", title: "P", date_published: "2026-05-01T08:00:00Z", _livefeed: { pinned: true } },
    { id: "d", title: "D", date_published: "2026-05-01T12:00:00Z", _livefeed: { deleted: true } },
    { id: "c", title: "C again", date_published: "2026-05-01T09:00:00Z" },
    { id: "n" },
    null,
  ];
  const order = (options) => [...html({ items }, options).matchAll(/<span>(.*?)<\/span>/g)].map(([, title]) => title);
  assert.deepEqual(order(), ["P", "C", "U", "B"]);
  assert.deepEqual(order({ attributes: { order: "oldest" } }), ["P", "B", "U", "C"]);
  assert.deepEqual(order({ limit: 2 }), ["P", "C"]);
});

test("a limit holds for the feed that goes along, too, and not for the times of the coverage", () => {
  const items = [9, 10, 11].map((hour) => ({ id: hour, title: "T", date_published: `2026-05-01T${hour < 10 ? "0" : ""}${hour}:00:00Z` }));
  const written = server.renderInside({ title: "T", items }, { limit: 2 });
  const [posting, inline] = [...written.matchAll(/<script[^>]*>(.*?)<\/script>/g)].map(([, json]) => JSON.parse(json));
  assert.deepEqual(inline.items.map(({ id }) => id), [10, 11]);
  assert.equal(posting.liveBlogUpdate.length, 2);
  assert.equal(posting.coverageStartTime, "2026-05-01T09:00:00.000Z");
});

test("what is no feed is refused with a sentence", () => {
  const found = 'this is not a JSON Feed: expected an object with a list of "items", found ';
  for (const [value, what] of [[null, "null"], [[], "a list"], [{ title: "A" }, "an object with title"], ["{}", 'a text that begins with "{}"']]) {
    assert.throws(() => server.render(value), { message: found + what });
  }
});

test("an attribute that would run a script is refused, and none can be broken out of", () => {
  assert.throws(() => server.render(feedOf(), { attributes: { onclick: "a" } }), { message: '"onclick" is no attribute of <live-feed>' });
  assert.throws(() => server.render(feedOf(), { attributes: { "a b": "c" } }), { message: '"a b" is no attribute of <live-feed>' });
  assert.match(server.render(feedOf(), { attributes: { src: `"><script>'` } }), /^<live-feed src="&quot;&gt;&lt;script&gt;&#39;">/);
});

test("what newsrooms write stays, and gets absolute addresses", () => {
  const written = '<h2>Head</h2><p>A <b>b</b> <a href="c">c</a></p><table><tr><th scope="col" colspan="2">d</th></tr></table>' +
    '<ol start="3" reversed><li value="4">e</li></ol><blockquote cite="f">g</blockquote><img src="h.png" srcset="h.png 1x, i.png 2x" width="40px">';
  assert.equal(
    html({ items: [{ id: "a", content_html: written }] }),
    '<article><article><h4>Head</h4><p>A <b>b</b> <a href="https://example.org/live/c" rel="noopener">c</a></p>' +
      '<table><tbody><tr><th colspan="2" scope="col">d</th></tr></tbody></table><ol start="3" reversed=""><li value="4">e</li></ol>' +
      '<blockquote cite="https://example.org/live/f">g</blockquote><img loading="lazy" decoding="async" ' +
      'referrerpolicy="no-referrer" alt="" width="40" srcset="https://example.org/live/h.png 1x, https://example.org/live/i.png 2x" ' +
      'src="https://example.org/live/h.png"></article></article>',
  );
});

test("a frame becomes a link, and an entry that is too long its text", () => {
  const frame = '<p>Before</p><iframe src="https://video.example/7"></iframe><p>After</p>';
  const link = '<a href="https://video.example/7" rel="noopener">https://video.example/7</a>';
  assert.equal(html({ items: [{ id: "a", content_html: frame }] }), `<article><article><p>Before</p>${link}<p>After</p></article></article>`);
  const long = html({ items: [{ id: "a", content_html: `<p>One &lt; two</p><p>${"x".repeat(256 * 1024)}</p>` }] });
  assert.match(long, /^<article><article><p>One &lt; two<\/p><p>x+<\/p><\/article><\/article>$/);
});

test("the allow-list is that of the element", async () => {
  const rust = await readFile(new URL("../../src/markup/allow.rs", import.meta.url), "utf8");
  const list = (name) => (new RegExp(`const ${name}: Names = "([^"]*)"`).exec(rust)?.[1] ?? "").replaceAll(/\\\s+/g, "").split(" ");
  assert.deepEqual(allow.KEPT, list("KEPT"));
  assert.deepEqual(allow.DROPPED, list("DROPPED"));
  const rows = [...rust.matchAll(/^ {4}\("([a-z ]*)", "([a-z]+)", (.*)\),$/gm)];
  assert.deepEqual(allow.ATTRIBUTES.map(([elements, name]) => [elements, name]), rows.map(([, elements, name]) => [elements, name]));
  const renamed = [...rust.matchAll(/^ {4}\("([a-z0-9 ]*)", "([a-z0-9]+)"\),$/gm)];
  assert.deepEqual(
    [...allow.RENAMED],
    renamed.flatMap(([, elements, shown]) => elements.split(" ").map((element) => [element, shown])),
  );
});

test("no hostile feed stops the server, nor leaves the script that holds it", () => {
  assert.ok(HOSTILE.length > 600, String(HOSTILE.length));
  for (const [what, feed] of HOSTILE) {
    const written = server.render(feed, { url: URL_OF_IT });
    const scripts = [...written.matchAll(/<script type="application\/(?:ld|feed)\+json">(.*?)<\/script>/g)];
    assert.equal(scripts.length, 2, what);
    assert.deepEqual(JSON.parse(scripts[1][1]), JSON.parse(JSON.stringify(feed)), what);
    // All that a parser could take for the end of a script, or for a comment.
    for (const [, json] of scripts) assert.doesNotMatch(json, /[<>&\u2028\u2029]/, what);
  }
});

/** What the demo's day becomes for search engines. */
const posting = (feed = demo, options = {}) => /** @type {any} */ (server.jsonLd(feed, { url: URL_OF_IT, ...options }));

test("structured data has all that search engines require of a live blog", () => {
  const { liveBlogUpdate, ...day } = posting(demo, { publisher: { name: "The Port Elme Observer", logo: "https://example.org/logo.png" } });
  for (const name of ["@context", "@type", "headline", "datePublished", "dateModified", "coverageStartTime", "coverageEndTime", "image", "author", "publisher", "url", "mainEntityOfPage", "description"]) {
    assert.ok(day[name], name);
  }
  assert.ok(day.headline.length <= 110);
  assert.equal(liveBlogUpdate.length, demo.items.length);
  for (const update of liveBlogUpdate) {
    assert.equal(update["@type"], "BlogPosting");
    for (const name of ["headline", "articleBody", "datePublished"]) assert.ok(update[name]?.trim(), `${name} of ${update.identifier}`);
    assert.ok(update.headline.length <= 110, update.headline);
    assert.doesNotMatch(update.articleBody, /<\/?[a-z]+>/);
    assert.match(update.datePublished, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
  const times = liveBlogUpdate.map(({ datePublished }) => Date.parse(datePublished));
  assert.deepEqual(times, times.toSorted((a, b) => b - a));
  assert.equal(Date.parse(day.coverageStartTime), times.at(-1));
});

test("an update that holds only media has words all the same", () => {
  const day = (members) => posting(feedOf(entry(members))).liveBlogUpdate[0];
  const embed = { url: "https://video.example/7", title: "The bell rings", provider: "Harbour TV" };
  const film = day({ _livefeed: { embed } });
  assert.deepEqual([film.headline, film.articleBody], ["The bell rings", "The bell rings – Harbour TV – https://video.example/7"]);
  assert.deepEqual(film.sharedContent, { "@type": "WebPage", url: "https://video.example/7", headline: "The bell rings" });
  const image = day({ _livefeed: { image: { url: "boat.jpg", alt: "A boat" } } });
  assert.deepEqual([image.headline, image.articleBody], ["A boat", "A boat"]);
  assert.deepEqual(image.image, { "@type": "ImageObject", url: "https://example.org/live/boat.jpg", caption: "A boat" });
  const bare = day({ _livefeed: { embed: { url: "https://video.example/7" } } });
  assert.deepEqual([bare.headline, bare.articleBody], ["https://video.example/7", "https://video.example/7"]);
});

test("a film has all that a video needs, or is left out", () => {
  const file = { url: "bell.mp4", mime_type: "video/mp4", title: "The bell", duration_in_seconds: 62 };
  const [plain] = posting(feedOf(entry({ title: "A", attachments: [file] }))).liveBlogUpdate;
  assert.equal(plain.video, undefined);
  const image = { url: "bell.jpg" };
  const [shown] = posting(feedOf(entry({ title: "A", attachments: [file], _livefeed: { image } }))).liveBlogUpdate;
  assert.deepEqual(shown.video, {
    "@type": "VideoObject",
    name: "The bell",
    contentUrl: "https://example.org/live/bell.mp4",
    encodingFormat: "video/mp4",
    thumbnailUrl: ["https://example.org/live/bell.jpg"],
    uploadDate: "2026-05-01T09:00:00.000Z",
    duration: "PT62S",
  });
});

test("coverage that is over ends with its newest entry; what goes on is said to end half a day later, unless it is known", () => {
  const feed = feedOf(entry({ title: "A" }));
  assert.equal(posting(feed).coverageEndTime, "2026-05-01T21:00:00.000Z");
  assert.equal(posting({ ...feed, expired: true }).coverageEndTime, "2026-05-01T09:00:00.000Z");
  assert.equal(posting({ ...feed, _livefeed: { status: "ended" } }).coverageEndTime, "2026-05-01T09:00:00.000Z");
  const coverage = { start: "2026-05-01T08:00:00Z", end: "2026-05-01T18:00:00Z" };
  const told = posting(feed, { coverage });
  assert.deepEqual([told.coverageStartTime, told.coverageEndTime], ["2026-05-01T08:00:00.000Z", "2026-05-01T18:00:00.000Z"]);
});

test("the element reads the structured data as the same feed", async () => {
  const { folder } = await packed();
  const { convert } = await import(pathToFileURL(join(folder, "dist", "formats", "live-blog-posting.js")).href);
  const feed = convert(posting());
  assert.equal(feed.title, posting().headline);
  assert.equal(feed.items.length, demo.items.length);
});
