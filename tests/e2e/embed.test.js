import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told } = usePages();

/** @param {string} attributes */
const tag = (attributes) => `<script async src="${cdn.url("/embed.js")}" ${attributes}></script>`;
const complaint = () => browser.until("a message", () => /** @type {any} */ (globalThis).told.length > 0);

test("one script tag from another origin puts a feed where it stands, with its attributes", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const body = `<p>Before</p>${tag('data-src="/feed.json" data-order="oldest" data-page-size="1"')}<p>After</p>`;
  await open("tag", body, { shown: false, script: "" });
  await reader.sees(".body", ["Text 1.", "Text 2."]);
  assert.deepEqual(
    // Where ariaNotify is missing, our unseen status stands at the end.
    await browser.run(() => [...document.querySelectorAll("body > :not([role=status])")].map(({ localName }) => localName)),
    ["p", "script", "live-feed", "p"],
  );
  assert.deepEqual(
    await browser.run(() =>
      [.../** @type {Element} */ (document.querySelector("live-feed")).attributes].map(({ name }) => name).sort(),
    ),
    ["order", "page-size", "src"],
  );
  assert.equal(cdn.count("/embed.js"), 1);
  assert.equal(cdn.count("/live-feed.js"), 1);
  assert.equal(cdn.count("/live-feed.wasm"), 1);
  assert.deepEqual(await told(), []);
});

/** A tag without async, with the attributes that a host may add. @param {string} attributes */
const plain = (attributes) => `<script src="${cdn.url("/embed.js")}" data-src="/feed.json" ${attributes}></script>`;

for (const [how, attributes] of [
  ["that a content system has stripped of all but data", ""],
  ["with defer", "defer"],
  ["as a module", 'type="module"'],
  ["that leaves cookies at home", 'crossorigin="anonymous"'],
]) {
  test(`a tag ${how} puts its feed where it stands`, async () => {
    site.feed("/feed.json", feedOf(entries(2)));
    await open("stripped", `<p>Before</p>${plain(attributes)}<p>After</p>`, { shown: false, script: "" });
    await reader.shown();
    assert.deepEqual(
      await browser.run(() => [...document.body.children].filter((element) => element.role !== "status").map(({ localName }) => localName)),
      ["p", "script", "live-feed", "p"],
    );
    assert.deepEqual(await told(), []);
  });
}

test("a tag with integrity runs, and with another one it does not", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const bytes = Buffer.from(await (await fetch(cdn.url("/embed.js"))).arrayBuffer());
  const integrity = (/** @type {string} */ text) => `sha384-${createHash("sha384").update(text).digest("base64")}`;
  const safe = (/** @type {string} */ value) => plain(`integrity="${value}" crossorigin="anonymous"`);
  await open("integrity", safe(integrity(bytes.toString())), { shown: false, script: "" });
  await reader.shown();
  await open("other", safe(integrity("something else")), { shown: false, script: "" });
  assert.equal(await browser.run(() => document.querySelectorAll("live-feed").length), 0);
});

test("a tag manager may put it in late: as an element, or as text that writes one", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("manager", `<main></main><aside></aside>`, { shown: false, script: "" });
  await browser.run((src) => {
    const element = document.createElement("script");
    Object.assign(element, { src, async: true });
    Object.assign(element.dataset, { src: "/feed.json", target: "main" });
    document.head.append(element);
  }, cdn.url("/embed.js"));
  await reader.shown();
  await browser.run((html) => {
    document.querySelector("aside")?.append(document.createRange().createContextualFragment(html));
  }, plain(""));
  await browser.until("a second feed", () => document.querySelectorAll("live-feed").length === 2);
  assert.deepEqual(
    await browser.run(() => [...document.querySelectorAll("live-feed")].map((feed) => feed.parentElement?.localName)),
    ["main", "aside"],
  );
});

test("Trusted Types need nothing of the tag", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const headers = { "content-security-policy": "require-trusted-types-for 'script'; trusted-types dompurify" };
  await browser.open(site.page("trusted", plain(""), { headers, script: "" }));
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
});

test("loaded twice, as a module and by the tag, one definition stands and both feeds are shown", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const twice = `<script type="module" src="${site.url("/live-feed.js")}"></script>`;
  await open("twice", `<live-feed src="/feed.json"></live-feed>${plain("")}`, { shown: false, head: twice, script: "" });
  await browser.until("two feeds", () => document.querySelectorAll("live-feed").length === 2);
  await reader.shown();
  assert.deepEqual(await told(), []);
});

test("data-css sets a custom property, without a style in the page", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("colours", plain('data-css-accent="#b3151a"'), { shown: false, script: "" });
  await reader.shown();
  const accent = await browser.run(() =>
    getComputedStyle(/** @type {Element} */ (document.querySelector("live-feed"))).getPropertyValue("--live-feed-accent"),
  );
  assert.equal(accent, "#b3151a");
});

test("two tags are two feeds with one core", async () => {
  site.feed("/one.json", feedOf(entries(1)));
  site.feed("/two.json", feedOf(entries(2)));
  await open("tags", tag('data-src="/one.json"') + tag('data-src="/two.json"'), { shown: false, script: "" });
  await browser.until("two feeds", () => document.querySelectorAll("live-feed").length === 2);
  await reader.shown();
  assert.equal((await reader.of('[src="/one.json"]').all(".body")).length, 1);
  assert.equal((await reader.of('[src="/two.json"]').all(".body")).length, 2);
  assert.equal(cdn.count("/live-feed.wasm"), 1);
});

test("data-target names another place, also for a tag in the head", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("target", `<main><p>Here:</p></main>`, {
    shown: false,
    head: tag('data-src="/feed.json" data-target="main"'),
    script: "",
  });
  await reader.shown();
  assert.equal(await browser.run(() => document.querySelector("live-feed")?.parentElement?.localName), "main");
  assert.equal(await browser.run(() => document.querySelector("live-feed")?.hasAttribute("target")), false);
});

test("in the head without a target it says what to do", async () => {
  await open("head", "", { shown: false, head: tag('data-src="/feed.json"'), script: "" });
  await complaint();
  assert.deepEqual(await told(), [
    '<live-feed> embed.js stands in <head>: move it to where the feed shall be, or add data-target="selector"',
  ]);
});

test("a target that is not there is named", async () => {
  await open("no-target", tag('data-src="/feed.json" data-target="#live"'), { shown: false, script: "" });
  await complaint();
  assert.deepEqual(await told(), ['<live-feed> data-target="#live" names no element of this page']);
});

test("a tag without data-src says so, once, and puts nothing there", async () => {
  await open("no-src", tag("") + tag('type="module" data-order="oldest"') + tag('data-src="" data-mode="iframe"'), { shown: false, script: "" });
  await browser.until("three messages", () => /** @type {any} */ (globalThis).told.length >= 3);
  const words = '<live-feed> embed.js shows nothing: its tag names no feed, add data-src="feed.json"';
  assert.deepEqual(await told(), [words, words, words]);
  assert.equal(await browser.run(() => document.querySelectorAll("live-feed, iframe").length), 0);
});

test("where live-feed.js is missing it says from where it was asked for, and what to look at", async () => {
  cdn.add("/live-feed.js", "", { "content-type": "text/javascript" }).status = 404;
  await open("no-script", tag('data-src="/feed.json"'), { shown: false, script: "" });
  await complaint();
  assert.deepEqual(await told(), [
    `<live-feed> live-feed.js could not be loaded from ${cdn.url("/")}: check the address, that its server sends ` +
      "Access-Control-Allow-Origin, and the page's script-src",
  ]);
});

test("a host that serves WebAssembly with the wrong type is good enough", async () => {
  const wasm = Buffer.from(await (await fetch(cdn.url("/live-feed.wasm"))).arrayBuffer());
  cdn.add("/live-feed.wasm", wasm, { "content-type": "application/octet-stream" });
  site.feed("/feed.json", feedOf(entries(2)));
  await open("type", tag('data-src="/feed.json"'), { shown: false, script: "" });
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
});

test("the core may stand elsewhere: a meta tag says where", async () => {
  const wasm = Buffer.from(await (await fetch(cdn.url("/live-feed.wasm"))).arrayBuffer());
  site.add("/assets/core-1.wasm", wasm, { "content-type": "application/wasm" });
  cdn.forget();
  site.feed("/feed.json", feedOf(entries(2)));
  const head = `<meta name="live-feed-wasm" content="/assets/core-1.wasm">`;
  await open("meta", `<live-feed src="/feed.json"></live-feed>`, { head });
  assert.equal(site.count("/assets/core-1.wasm"), 1);
  assert.equal(cdn.count("/live-feed.wasm"), 0);
});
