/** What happens while the core is still on its way. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told, heard } = usePages();

const PAGE = `<live-feed src="/feed.json"></live-feed>`;

/** The core, which the network holds back. @type {import("./support/resource.js").Resource} */
let core;

beforeEach(async () => {
  const body = Buffer.from(await (await fetch(cdn.url("/live-feed.wasm"))).arrayBuffer());
  core = cdn.add("/live-feed.wasm", body, { "content-type": "application/wasm" });
  core.hold();
});

/** Opens a page whose core is held back, once the feed has been asked for. */
async function openWithoutCore(body = PAGE) {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("loading", body, { shown: false });
  await feed.requested(1);
  await core.requested(1);
  return feed;
}

/** Lets the core come. */
async function complete() {
  core.release();
  await reader.shown();
  await browser.frames();
}

test("the feed is asked for before the core is there, once for all elements that show it", async () => {
  const feed = await openWithoutCore(PAGE + PAGE);
  await complete();
  for (const at of [1, 2]) {
    assert.deepEqual(await reader.of(`live-feed:nth-of-type(${at})`).all(".body"), ["Text 2.", "Text 1."]);
  }
  assert.equal(feed.requests, 1);
});

test("what the page asks for before the core is there is done when it is, all of it in order", async () => {
  await openWithoutCore();
  await browser.run(() => {
    const feed = /** @type {any} */ (document.querySelector("live-feed"));
    feed.timeFormat = "absolute";
    feed.order = "oldest";
    const third = { id: "e3", content_text: "Text 3.", date_published: "2026-03-01T12:03:00Z" };
    /** @type {any} */ (globalThis).answers = Promise.all([feed.upsert(third), feed.remove("e3"), feed.upsert({ ...third, content_text: "Again." })]);
  });
  await complete();
  await browser.run(() => /** @type {any} */ (globalThis).answers);
  await reader.sees(".body", ["Text 1.", "Text 2.", "Again."]);
  assert.deepEqual(await reader.all(".relative"), []);
  assert.deepEqual(await told(), []);
});

test("an element that leaves and comes back before the core is there shows its feed, once", async () => {
  await openWithoutCore();
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

test("another src before the core is there is the one that is shown", async () => {
  site.feed("/other.json", feedOf([entry(7)]));
  await openWithoutCore();
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("src", "/other.json"));
  await complete();
  assert.deepEqual(await reader.all(".body"), ["Text 7."]);
  assert.deepEqual((await heard()).map(({ type }) => type), ["loadstart", "load", "loadend"]);
});

test("a feed that answers with an error before the core is there is asked for once, and the reader is told", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  feed.status = 503;
  await open("loading", PAGE, { shown: false });
  await feed.requested(1);
  core.release();
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.equal(feed.requests, 1);
});
