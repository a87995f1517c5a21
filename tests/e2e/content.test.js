import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entry, entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, told } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`;

/** @param {string} css what stands inside the elements */
const markup = (css) =>
  browser.run((css) => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return [...root.querySelectorAll(css)].map((element) => element.innerHTML);
  }, css);

test("plain text becomes paragraphs, and nothing in it is markup", async () => {
  const content_text = "One & two <b>three</b>\nfour\n\nFive";
  site.feed("/feed.json", feedOf([{ id: "e1", content_text, date_published: at(1) }]));
  await open("text", FEED);
  assert.deepEqual(await markup(".body"), ["<p>One &amp; two &lt;b&gt;three&lt;/b&gt;<br>four</p><p>Five</p>"]);
});

test("links lead where the feed means them, and cannot reach back", async () => {
  const content_html = `<p><a href="more.html">More</a> <a href="mailto:a@example.org">Mail</a></p>`;
  site.feed("/live/feed.json", feedOf([entry(1, { content_html })]));
  await open("links", `<live-feed src="/live/feed.json"></live-feed>`);
  assert.deepEqual(await reader.attributes(".body a", "href"), [site.url("/live/more.html"), "mailto:a@example.org"]);
  assert.deepEqual(await reader.attributes(".body a", "rel"), ["noopener", "noopener"]);
});

test("a heading holds label, title and byline; an entry without a title is named by its time", async () => {
  const authors = [{ name: "Edda Larkholm" }, { name: "Theo Alderwick" }];
  const kinds = ["key", "summary", "breaking"].map((kind, index) => entry(4 - index, { _livefeed: { kind } }));
  site.feed("/feed.json", feedOf([entry(9, { title: "A title", authors }), ...kinds]));
  await open("heading", FEED);
  assert.deepEqual(await reader.all(".item .label"), ["Key moment", "Summary", "Breaking"]);
  assert.deepEqual(await reader.attributes(".item", "data-kind"), [null, "key", "summary", "breaking"]);
  assert.deepEqual(await reader.all(".entry-title"), ["A title"]);
  assert.deepEqual(await reader.all(".byline"), ["Edda Larkholm, Theo Alderwick"]);
  assert.match((await reader.all("h3[id^=entry]"))[1], / 12:04 GMT 01\.03\.2026$/);
});

test("attachments: sound and film have players that wait, anything else is a link", async () => {
  const attachments = [
    { url: "/a.mp3", mime_type: "audio/mpeg", title: "The signal" },
    { url: "/b.mp4", mime_type: "video/mp4" },
    { url: "/c.pdf", mime_type: "application/pdf", title: "The plan" },
  ];
  site.feed("/feed.json", feedOf([{ id: "e1", attachments, date_published: at(1) }]));
  await open("attachments", FEED);
  assert.deepEqual(await reader.attributes("audio, video", "preload"), ["none", "none"]);
  assert.deepEqual(await reader.attributes("audio, video", "autoplay"), [null, null]);
  assert.deepEqual(await reader.attributes("audio", "aria-label"), ["The signal"]);
  assert.deepEqual(await reader.attributes(".attachment", "href"), [site.url("/c.pdf")]);
  assert.deepEqual(await reader.all(".attachment"), ["The plan"]);
  assert.match(await reader.text("h3[id^=entry]"), / Media: The signal$/);
  assert.deepEqual(site.seen.filter(({ path }) => /^\/[abc]\./.test(path)), []);
});

test("an embed of somebody unknown is a link, and one that is none is left out", async () => {
  const embed = (/** @type {number} */ number, /** @type {object} */ embed) => entry(number, { _livefeed: { embed } });
  site.feed("/feed.json", feedOf([embed(2, { url: "https://example.org/film" }), embed(1, { url: "javascript:1" })]));
  await open("unknown", FEED);
  assert.deepEqual(await reader.all(".embed"), ["example.orgOpen on example.org"]);
  assert.deepEqual(await reader.attributes(".embed-link", "href"), ["https://example.org/film"]);
  assert.deepEqual(await reader.all(".embed-button"), []);
});

test("pictures are lazy, tell no referrer, and go through the page's proxy", async () => {
  const image = { url: "/picture.svg", alt: "A picture", width: 16, height: 9 };
  site.feed("/feed.json", feedOf([entry(1, { _livefeed: { image } })]));
  site.add("/picture.svg", SVG, { "content-type": "image/svg+xml" });
  site.add("/proxy", SVG, { "content-type": "image/svg+xml" });
  await open("pictures", FEED);
  const facts = ["src", "alt", "loading", "referrerpolicy", "width", "height"];
  const values = async () => (await Promise.all(facts.map((name) => reader.attributes(".media img", name)))).flat();
  assert.deepEqual(await values(), [site.url("/picture.svg"), "A picture", "lazy", "no-referrer", "16", "9"]);
  await open("proxy", `<live-feed src="/feed.json" image-proxy="/proxy?of={url}"></live-feed>`);
  assert.equal((await values())[0], `/proxy?of=${encodeURIComponent(site.url("/picture.svg"))}`);
});

test("no picture of a feed goes round the page's proxy: of the header, of text, of cards", async () => {
  const picture = `<picture><source srcset="/c.svg 1x, /d.svg 2x"><img src="/e.svg" srcset="/f.svg 2x"></picture>`;
  const embed = { url: "https://example.org/film", image: "/b.svg" };
  const items = [entry(1, { content_html: picture, image: "/a.svg", _livefeed: { embed } })];
  site.feed("/feed.json", feedOf(items, { image: { url: "/g.svg" }, summary_html: `<img src="/h.svg">` }));
  site.add("/proxy", SVG, { "content-type": "image/svg+xml" });
  await open("proxied", `<live-feed src="/feed.json" summary="open" image-proxy="/proxy?of={url}"></live-feed>`);
  const by = (/** @type {string} */ name) => `/proxy?of=${encodeURIComponent(site.url(`/${name}.svg`))}`;
  assert.deepEqual((await reader.attributes("img", "src")).sort(), ["a", "b", "e", "g", "h"].map(by));
  assert.deepEqual(await reader.attributes("source, [srcset]", "srcset"), [`${by("c")} 1x, ${by("d")} 2x`, `${by("f")} 2x`]);
  await browser.until("a picture", () => performance.getEntriesByType("resource").some(({ name }) => name.includes("/proxy")));
  assert.deepEqual(site.seen.filter(({ path }) => path.endsWith(".svg")), []);
});

test("the summary may be open from the beginning, or not be there at all", async () => {
  const summary_html = Array(20).fill("<p>A paragraph of the standfirst.</p>").join("");
  site.feed("/feed.json", feedOf(entries(1), { summary_html }));
  await open("open", `<live-feed src="/feed.json" summary="open"></live-feed>`);
  await reader.sees(".more", ["Show less"]);
  await open("none", `<live-feed src="/feed.json" summary="none"></live-feed>`);
  assert.deepEqual(await reader.all(".summary"), []);
  assert.deepEqual(await reader.all(".body"), ["Text 1."]);
});

test("a standfirst that fits has no button", async () => {
  site.feed("/feed.json", feedOf(entries(1), { summary_html: "<p>Short.</p>" }));
  await open("short", FEED);
  await reader.sees(".more", []);
  assert.deepEqual(await markup(".standfirst"), ["<p>Short.</p>"]);
});

test("an attribute that is not understood is named, and its default stands", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("attribute", `<live-feed src="/feed.json" order="up"></live-feed>`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await told(), [
    '<live-feed> 1 problem:\n- order="up" is not known: expected newest, oldest',
  ]);
});

test("an entry in another language says so, in its own words alone", async () => {
  const hebrew = entry(1, { title: "כותרת", content_html: "<p>טקסט</p>", language: "he" });
  site.feed("/feed.json", feedOf([hebrew]));
  await open("language", FEED);
  assert.deepEqual(await reader.attributes(".entry-title", "lang"), ["he"]);
  assert.deepEqual(await reader.attributes(".entry-title", "dir"), ["rtl"]);
  assert.deepEqual(await reader.attributes(".body", "lang"), ["he"]);
  assert.deepEqual(await reader.attributes(".body", "dir"), ["rtl"]);
  assert.deepEqual(await reader.attributes(".entry", "lang"), [null]);
});

test("a headline leads to the entry's external address, a summary stands for content, a banner for a picture", async () => {
  site.add("/wide.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`, { "content-type": "image/svg+xml" });
  site.feed("/feed.json", feedOf([
    entry(2, { content_html: undefined, title: "Elsewhere", summary: "In short.", banner_image: "/wide.svg", external_url: "/other" }),
    entry(1, { title: "Nowhere", external_url: "javascript:alert(1)" }),
  ]));
  await open("external", FEED);
  assert.deepEqual(await reader.all(".body"), ["In short.", "Text 1."]);
  assert.deepEqual(await reader.attributes(".entry-title", "href"), [site.url("/other"), null]);
  assert.deepEqual(await reader.attributes(".entry-title", "rel"), ["noopener", null]);
  assert.deepEqual(await reader.attributes(".media img", "src"), [site.url("/wide.svg")]);
});

test("the element is a region named by the feed's title, unless the page gives it a role or a name", async () => {
  site.feed("/feed.json", feedOf(entries(1), {}, { title: "Harbour day" }));
  site.feed("/untitled.json", feedOf(entries(1), {}, { title: undefined }));
  const feeds = [
    `<live-feed src="/feed.json"></live-feed>`,
    `<live-feed src="/untitled.json"></live-feed>`,
    `<live-feed src="/feed.json" role="group" aria-label="Own"></live-feed>`,
  ];
  await open("landmark", feeds.join(""));
  const found = await browser.driver.findElements({ css: "live-feed" });
  const roles = await Promise.all(found.map(async (feed) => [await feed.getAriaRole(), await feed.getAccessibleName()]));
  assert.deepEqual([roles[0], roles[2]], [["region", "Harbour day"], ["group", "Own"]]);
  assert.notEqual(roles[1][0], "region");
});
