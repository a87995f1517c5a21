import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, heard, told, advance } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** More than the default interval with its jitter. */
const NEXT_POLL_MS = 17_000;

test("an element that is put into the page late is shown", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("late", "<main></main>", { shown: false });
  await browser.until("the element to be defined", () => customElements.get("live-feed") !== undefined);
  await browser.run(() => {
    const element = document.createElement("live-feed");
    element.setAttribute("src", "/feed.json");
    document.querySelector("main")?.append(element);
  });
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  assert.equal(site.count("/feed.json"), 1);
});

test("one that stands in the page before our script is there is shown too, and keeps its properties", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("early", `<live-feed src="/feed.json"></live-feed>`, { shown: false, script: "" });
  await browser.run(async (url) => {
    await import(url);
  }, cdn.url("/live-feed.js"));
  await reader.sees(".body", ["Text 2.", "Text 1."]);
});

test("removed it asks for nothing and frees its list's timers; put back, it goes on with what is new", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("removed", FEED, { head: clockAt(at(5)) });
  await browser.run(async () => {
    const page = /** @type {any} */ (globalThis);
    page.kept = document.querySelector("live-feed");
    page.kept.remove();
    await Promise.resolve();
  });
  await advance(100 * NEXT_POLL_MS);
  assert.equal(feed.requests, 1);

  feed.publish(feedOf(entries(3)));
  await browser.run(() => document.body.append(/** @type {any} */ (globalThis).kept));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 2);
  feed.publish(feedOf(entries(4)));
  await advance(NEXT_POLL_MS);
  await reader.sees(".body", ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 3);
});

test("moved within the page it keeps everything, and asks for nothing", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("moved", `<main></main>${FEED}`);
  const same = await browser.run(async () => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    const item = element.shadowRoot.querySelector(".item");
    document.querySelector("main")?.append(element);
    await new Promise((done) => setTimeout(done));
    return element.shadowRoot.querySelector(".item") === item;
  });
  assert.equal(same, true);
  assert.equal(feed.requests, 1);
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
});

test("two feeds with the same URL make one request, also before the core is there", async () => {
  const wasm = cdn.add("/live-feed.wasm", await wasmFile(), { "content-type": "application/wasm" });
  wasm.hold();
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  const body = `<live-feed src="/feed.json" id="one"></live-feed><live-feed src="feed.json" id="two"></live-feed>`;
  await open("same", `<base href="/">${body}`, { shown: false, head: clockAt(at(5)) });
  await wasm.requested(1);
  await feed.requested(1);
  wasm.release();
  await reader.shown();
  assert.equal(feed.requests, 1);
  assert.equal(wasm.requests, 1);
  for (const id of ["#one", "#two"]) assert.deepEqual(await reader.of(id).all(".body"), ["Text 2.", "Text 1."]);

  feed.publish(feedOf(entries(3)));
  await advance(NEXT_POLL_MS);
  await reader.of("#one").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await reader.of("#two").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 2);

  // A third one that comes later shows what is known already.
  await browser.run(() => {
    const third = document.createElement("live-feed");
    third.id = "three";
    third.setAttribute("src", "/feed.json");
    document.body.append(third);
  });
  await reader.of("#three").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 2);

  // Each has a reader of its own.
  await reader.of("#one").press(".order button", "Old first");
  assert.deepEqual(await reader.of("#one").all(".body"), ["Text 1.", "Text 2.", "Text 3."]);
  assert.deepEqual(await reader.of("#two").all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
});

test("two different feeds live side by side with one core", async () => {
  site.feed("/one.json", feedOf(entries(2)));
  site.feed("/two.json", feedOf(entries(3)));
  await open("two", `<live-feed src="/one.json" id="one"></live-feed><live-feed src="/two.json" id="two"></live-feed>`);
  assert.equal((await reader.of("#one").all(".body")).length, 2);
  assert.equal((await reader.of("#two").all(".body")).length, 3);
  assert.equal(cdn.count("/live-feed.wasm"), 1);
});

test("another src is another feed", async () => {
  site.feed("/one.json", feedOf(entries(2)));
  site.feed("/two.json", feedOf([entry(7)]));
  await open("changed", `<live-feed src="/one.json"></live-feed>`);
  await browser.run(() => {
    /** @type {any} */ (document.querySelector("live-feed")).src = "/two.json";
  });
  await reader.sees(".body", ["Text 7."]);
  assert.equal(site.count("/one.json"), 1);
});

test("a lazy feed waits until the reader comes near", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  const body = `<div style="height: 5000px"></div><live-feed src="/feed.json" loading="lazy"></live-feed>`;
  await open("lazy", body, { shown: false });
  await browser.run(async () => {
    await customElements.whenDefined("live-feed");
    for (const _ of "ab") await new Promise((done) => requestAnimationFrame(done));
  });
  assert.equal(feed.requests, 0);
  assert.equal(cdn.count("/live-feed.wasm"), 0);
  await browser.run(() => scrollTo(0, 5000));
  await reader.sees(".body", ["Text 2.", "Text 1."]);
});

test("calls made before the core is there wait for it", async () => {
  const wasm = cdn.add("/live-feed.wasm", await wasmFile(), { "content-type": "application/wasm" });
  wasm.hold();
  await open("queued", "<live-feed></live-feed>", { shown: false });
  await wasm.requested(1);
  await browser.run((feed) => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    /** @type {any} */ (globalThis).calls = Promise.all([
      element.setFeed(feed),
      element.upsert({ id: "e3", content_text: "Text 3.", date_published: "2026-03-01T12:03:00Z" }),
      element.remove("e1"),
    ]);
  }, feedOf(entries(2)));
  wasm.release();
  await reader.sees(".body", ["Text 3.", "Text 2."]);
  await browser.run(() => /** @type {any} */ (globalThis).calls.then(() => true));
  assert.deepEqual((await told()).filter((line) => !line.includes("there is no src")), []);
  assert.deepEqual((await heard("error")), []);
});

/** The core, from the package that the tests run over. */
async function wasmFile() {
  const answer = await fetch(cdn.url("/live-feed.wasm"));
  return Buffer.from(await answer.arrayBuffer());
}
