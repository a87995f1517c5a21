/** The core comes in two halves: the first shows a feed, and the rest keeps it up to date. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { beforeEach, test } from "node:test";
import { place } from "../../scripts/places.js";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told, heard, mayBeginAnew } = usePages();

const PAGE = `<live-feed src="/feed.json"></live-feed>`;

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="9"/>`;

/** The rest, which the network holds back. @type {import("./support/resource.js").Resource} */
let rest;

beforeEach(async () => {
  const body = Buffer.from(await (await fetch(cdn.url("/live-feed-rest.wasm"))).arrayBuffer());
  rest = cdn.add("/live-feed-rest.wasm", body, { "content-type": "application/wasm" });
  rest.hold();
});

/** Counts the instances of WebAssembly: one more than the two halves is a core that was begun anew. */
const COUNT = `<script>
  var instances = 0;
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (of, args) => (instances++, new of(...args)) });
</script>`;
const instances = () => browser.run(() => /** @type {any} */ (globalThis).instances);

/** Waits until the first half has shown the feed. */
const looked = () =>
  browser.until("the first look", () => document.querySelector("live-feed")?.shadowRoot?.querySelector(".toolbar[aria-busy=true]"));

/** Opens a page whose feed is shown by the first half alone. @param {string} [body] @param {Parameters<typeof open>[2]} [options] */
async function look(body = PAGE, options = {}) {
  await open("halves", body, { ...options, shown: false, head: COUNT + (options.head ?? "") });
  await looked();
}

/** Lets the rest come. */
async function complete() {
  rest.release();
  await reader.shown();
  await browser.frames();
}

/** What is in the page, without what only the whole core has to say. */
const markup = () =>
  browser.run(() => {
    const feed = document.querySelector("live-feed")?.shadowRoot?.querySelector(".feed");
    const copy = /** @type {Element | undefined} */ (feed?.cloneNode(true));
    for (const status of copy?.querySelectorAll(".status-text") ?? []) status.textContent = "";
    copy?.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
    return copy?.innerHTML;
  });

const feeds = await Promise.all(
  ["tests/fixtures/feeds/valid", "www/demo"].map(async (folder) => {
    const files = (await readdir(place(folder))).filter((file) => file.endsWith(".json") && !file.includes("schema"));
    return files.map((file) => `${folder}/${file}`);
  }),
);

for (const file of feeds.flat()) {
  test(`the first half shows ${file} by itself, and nothing of it is another when the rest is there`, async () => {
    site.feed("/feed.json", await readFile(place(file), "utf8"));
    // Every picture is there: in the place of one that is not, a link would come at any time.
    site.add("/proxy", PICTURE, { "content-type": "image/svg+xml" });
    await look(`<live-feed src="/feed.json" image-proxy="/proxy?of={url}"></live-feed>`);
    await browser.frames();
    await browser.run(() => {
      const scope = /** @type {any} */ (globalThis);
      scope.nodes = [...(document.querySelector("live-feed")?.shadowRoot?.querySelectorAll("*") ?? [])];
    });
    const before = await markup();
    await complete();
    assert.equal(await markup(), before);
    // The very same nodes: pictures are not loaded again, and what the reader has selected stays so.
    assert.ok(await browser.run(() => /** @type {any} */ (globalThis).nodes.every((/** @type {Node} */ node) => node.isConnected)));
    assert.equal(await instances(), 2);
    assert.equal(site.count("/feed.json"), 1);
    assert.deepEqual((await heard()).map(({ type }) => type), ["loadstart", "load", "loadend"]);
  });
}

test("the first half shows a feed of this very hour, out of order, on a page that says nothing of its language", async () => {
  const ago = (/** @type {number} */ minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
  site.feed("/feed.json", feedOf([30, 2, 90].map((minutes) => entry(minutes, { date_published: ago(minutes) }))));
  await look(PAGE, { attributes: "" });
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 30.", "Text 90."]);
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 30.", "Text 90."]);
  assert.equal(await instances(), 2);
});

test("the first half shows a feed that is too long to be read in one go", async () => {
  const many = 5_000;
  site.feed("/feed.json", feedOf(entries(many)));
  await look();
  assert.equal((await reader.all(".body"))[0], `Text ${many}.`);
  await complete();
  assert.equal((await reader.all(".body"))[0], `Text ${many}.`);
  assert.equal(await instances(), 2);
});

test("the first half shows a feed to a reader who was here before, in the order that they want", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  rest.release();
  await open("first-visit", PAGE);
  await reader.press(".order button", "Old first");
  await browser.run(() => {
    // Two of the three were there at the last visit.
    localStorage.setItem(`live-feed:seen:${new URL("/feed.json", location.href)}`, String(Date.parse("2026-03-01T12:02:00Z") / 1000));
  });
  rest.hold();
  await look();
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2.", "Text 3."]);
  assert.deepEqual(await reader.all(".line"), ["New since you left"]);
  rest.release();
  await reader.shown();
  assert.equal(await instances(), 2);
});

for (const [format, file] of [["rss", "rss.xml"], ["atom", "atom.xml"], ["auto", "live-blog-posting.json"]]) {
  test(`the first half shows a feed in another format: ${file}`, async () => {
    site.add("/feed", await readFile(place(`tests/fixtures/feeds/formats/${file}`), "utf8"), { "content-type": "text/plain; charset=utf-8" });
    await look(`<live-feed src="/feed" format="${format}"></live-feed>`);
    assert.notEqual((await reader.all(".item")).length, 0);
    await complete();
    assert.equal(await instances(), 2);
  });
}

test("a feed inside the element is shown by the first half", async () => {
  const inline = JSON.stringify(feedOf(entries(2)));
  await look(`<live-feed><script type="application/feed+json">${inline}</script></live-feed>`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.equal(await instances(), 2);
});

test("elements with one feed ask for it once, and each shows it at once", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await look(PAGE + PAGE);
  await browser.until("both", () => document.querySelectorAll("live-feed:state(loading)").length === 0);
  await complete();
  for (const at of [0, 1]) {
    assert.deepEqual(await reader.of(`live-feed:nth-of-type(${at + 1})`).all(".body"), ["Text 2.", "Text 1."]);
  }
  assert.equal(site.count("/feed.json"), 1);
  assert.equal(await instances(), 2);
});

test("what the reader presses and the page asks for meanwhile is done when the rest is there", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await look();
  await reader.press(".order button", "Old first");
  await browser.run(() => {
    const feed = /** @type {any} */ (document.querySelector("live-feed"));
    feed.timeFormat = "absolute";
    /** @type {any} */ (globalThis).upserted = feed.upsert({ id: "e3", content_text: "Text 3.", date_published: "2026-03-01T12:03:00Z" });
  });
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await complete();
  await reader.sees(".body", ["Text 1.", "Text 2.", "Text 3."]);
  await browser.run(() => /** @type {any} */ (globalThis).upserted);
  await reader.sees(".relative", []);
  // The list was there before: what comes then is an update like any other.
  assert.deepEqual((await heard("live-feed-update")).map(({ detail }) => detail), [{ added: ["e3"], changed: [], removed: [], pending: 0 }]);
  assert.equal(await instances(), 2);
  assert.deepEqual(await told(), []);
});

test("an element that leaves and comes back meanwhile shows its feed, once", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await look();
  await browser.run(async () => {
    const feed = /** @type {HTMLElement} */ (document.querySelector("live-feed"));
    feed.remove();
    await new Promise((done) => setTimeout(done));
    document.body.append(feed);
  });
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.equal(await browser.run(() => document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".feed").length), 1);
  assert.deepEqual(await told(), []);
});

test("another src meanwhile begins anew", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  site.feed("/other.json", feedOf([entry(7)]));
  await look();
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("src", "/other.json"));
  await reader.sees(".body", ["Text 7."]);
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 7."]);
  assert.equal(await instances(), 2);
});

for (const [what, change] of /** @type {[string, (feed: import("./support/resource.js").Resource) => void][]} */ ([
  ["answers 503", (feed) => void (feed.status = 503)],
  ["can't be reached", (feed) => void (feed.broken = true)],
  ["is no JSON", (feed) => feed.publish("<p>Sorry</p>")],
])) {
  test(`a feed that ${what} is asked for once, and the whole core tells what is wrong`, async () => {
    const feed = site.feed("/feed.json", feedOf(entries(2)));
    change(feed);
    await open("halves", PAGE, { shown: false, head: COUNT });
    await feed.requested(1);
    rest.release();
    await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
    // A connection that breaks is tried again by the browser itself.
    if (!feed.broken) assert.equal(feed.requests, 1);
    assert.equal(await instances(), 2);
  });
}

test("what the first half does not know begins anew with the whole core, and nobody is told of it", async () => {
  mayBeginAnew();
  site.feed("/feed.json", feedOf(entries(2)));
  // A trap of WebAssembly's own, like that of a function which is not there yet.
  const head = `<script>
    var left = 1;
    addEventListener("loadstart", ({ target }) => {
      const code = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(code)));
      Object.defineProperty(target, "ownerDocument", { get: () => (left-- > 0 ? exports.t() : document) });
    }, { capture: true, once: true });
  </script>`;
  await open("halves", PAGE, { shown: false, head });
  await browser.until("the trap", () => /** @type {any} */ (globalThis).left === 0);
  assert.equal(await reader.is("loading"), true);
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await told(), []);
  assert.deepEqual(await heard("error"), []);
});

test("where the rest can't be had, a line says so until it can, and what is shown stays", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  rest.status = 503;
  rest.release();
  await open("halves", PAGE, { shown: false });
  await looked();
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.equal(await reader.is("stale"), true);
  const message = `${cdn.url("/live-feed-rest.wasm")} answered with HTTP status 503`;
  assert.deepEqual((await heard("error")).map(({ detail }) => detail), [{ code: "core", message }]);
  assert.deepEqual(await told(), [`<live-feed> ${message}`]);

  await reader.press(".failure .retry");
  await rest.requested(2);
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await told(), [`<live-feed> ${message}`]);

  rest.status = 200;
  await reader.press(".failure .retry");
  await reader.shown();
  assert.deepEqual(await reader.all(".failure"), []);
  assert.equal(await reader.is("stale"), false);
  await reader.press(".order button", "Old first");
  await reader.sees(".body", ["Text 1.", "Text 2."]);
});
