import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, moduleTag, open, told, heard } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const FALLBACK = `<p id="fallback">The page's own words.</p>`;

/** A page that was scrolled and is being written in when our script comes. */
const BUSY = `<input id="name" style="margin-bottom: 3000px">
  <main>${FEED}</main>
  <p style="margin-bottom: 3000px">The end.</p>`;

/** Keeps what no page should see: errors that nobody caught. */
const WATCHED = `<script>
  var broken = [];
  addEventListener("error", ({ message }) => broken.push(message));
  addEventListener("unhandledrejection", ({ reason }) => broken.push(String(reason)));
</script>`;

/** What errors reached the console or nobody. */
const errors = async () => [...(await told()), ...(await broken())];

const broken = () => browser.run(() => /** @type {any} */ (globalThis).broken);

/**
 * Opens a busy page that has done something to itself, loads our script into it, and finds all as it was.
 * @param {string} name
 * @param {{ head?: string, body?: string }} page
 */
async function lives(name, { head = "", body = BUSY }) {
  site.feed("/feed.json", feedOf(entries(2)));
  await open(name, body, { head: WATCHED + head, shown: false, script: "" });
  // The driver leaves a global of its own at its first script.
  await browser.run(() => {});
  await browser.run(async (url) => {
    const page = /** @type {any} */ (globalThis);
    document.querySelector("input")?.focus({ preventScroll: true });
    scrollTo(0, 1000);
    page.was = () => {
      const focus = document.activeElement?.id;
      const selection = String(getSelection());
      const places = [history.length, location.href, scrollX, scrollY];
      return JSON.stringify([Object.getOwnPropertyNames(window).sort(), document.title, focus, selection, places]);
    };
    page.before = "";
    page.before = page.was();
    await import(url);
  }, cdn.url("/live-feed.js"));
  await reader.shown();
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  await browser.frames();
  const [before, after] = await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    return [page.before, page.was()].map((text) => JSON.parse(text));
  });
  assert.deepEqual(after, before);
  assert.deepEqual(await errors(), []);
}

test("a page that is as pages are finds its globals, title, focus, history and scroll as they were", async () => {
  await lives("usual", {});
});

test("a page's resets and rules that hide everything do not reach into a feed", async () => {
  const css = `<style>
    *, *::before, *::after { all: revert; box-sizing: content-box !important; transition: none !important; }
    live-feed *, main * *, [part], .feed, .item, .toolbar, button { display: none !important; opacity: 0 !important; }
    ol, li, article, h2, h3, p { visibility: hidden !important; margin: 99px !important; }
    [hidden] { display: block !important; }
  </style>`;
  await lives("styled", { head: css });
  const looks = () =>
    browser.run(() => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
      return [".toolbar", ".list", ".item", ".body", "button"].map((css) => {
        const element = /** @type {Element} */ (root.querySelector(css));
        const { display, opacity, visibility, marginTop } = getComputedStyle(element);
        return [css, display, opacity, visibility, marginTop].join(" ");
      });
    });
  const dressed = await looks();
  await open("plain", BUSY);
  assert.deepEqual(dressed, await looks());
});

/** Patches that add to what the browser does and keep its contract. */
const PATCHED = `<script>
  // As old libraries extend what is built in: enumerable, on everything.
  Array.prototype.each = function (call) { for (let at = 0; at < this.length; at += 1) call(this[at]); };
  String.prototype.strip = function () { return this.trim(); };
  Object.defineProperty(Object.prototype, "inspect", { value: () => "object", writable: true });
  Function.prototype.wrap = function (wrapper) { return (...args) => wrapper(this, ...args); };
  Element.prototype.show = function () { this.style.display = ""; return this; };
  // As zones and monitoring agents wrap what waits, draws and listens.
  const around = (holder, name) => {
    const native = holder[name];
    holder[name] = function (...args) { return native.apply(this === undefined ? window : this, args); };
  };
  for (const name of ["setTimeout", "clearTimeout", "queueMicrotask"]) around(window, name);
  for (const name of ["requestAnimationFrame", "cancelAnimationFrame"]) around(window, name);
  for (const name of ["remove", "setAttribute", "append", "replaceChildren", "attachShadow", "getAttribute"]) {
    around(Element.prototype, name);
  }
  for (const name of ["appendChild", "insertBefore", "removeChild"]) around(Node.prototype, name);
  for (const name of ["removeEventListener", "dispatchEvent"]) around(EventTarget.prototype, name);
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, call, options) {
    return listen.call(this ?? window, type, call, options);
  };
  around(JSON, "parse");
  around(JSON, "stringify");
  around(console, "error");
  class ZonePromise extends Promise {
    then(kept, broken) {
      return super.then(kept && ((value) => kept(value)), broken && ((error) => broken(error)));
    }
  }
  window.Promise = ZonePromise;
  const nativeFetch = window.fetch;
  window.fetch = function (input, options) {
    return new Promise((keep, fail) => nativeFetch(input, options).then((response) => {
      // Agents read along.
      response.clone().text().catch(() => {});
      keep(response);
    }, fail));
  };
  window.MutationObserver = class extends MutationObserver {};
  window.IntersectionObserver = class extends IntersectionObserver {};
  window.ResizeObserver = class extends ResizeObserver {};
</script>`;

test("changed prototypes and wrapped functions that keep their contract change nothing", async () => {
  await lives("patched", { head: PATCHED });
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
  await reader.call("upsert", entry(3, { tags: ["gates"], attachments: [] }));
  await reader.call("showPending");
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2.", "Text 3."]);
  assert.deepEqual(await errors(), []);
});

/** Patches that break their contract, and what the console is told then. @type {[string, string, RegExp][]} */
const BROKEN = [
  ["no fetch", "window.fetch = undefined;", /^<live-feed> .*fetch/],
  ["a fetch that promises nothing", "window.fetch = () => undefined;", /^<live-feed> /],
  ["no WebAssembly", "window.WebAssembly = undefined;", /^<live-feed> this browser has no WebAssembly/],
  // WebKit does not tell a page what went wrong in another origin's script.
  ["no style sheets", "window.CSSStyleSheet = undefined;", /CSSStyleSheet|^Script error\.$/],
  ["no shadow", "Element.prototype.attachShadow = () => { throw new Error('no shadow'); };", /no shadow/],
];

for (const [name, script, message] of BROKEN) {
  test(`a patch that breaks its contract leaves the fallback: ${name}`, async () => {
    site.feed("/feed.json", feedOf(entries(2)));
    const head = `${WATCHED}<script>${script}</script>`;
    await open("broken", `<live-feed src="/feed.json">${FALLBACK}</live-feed>`, { head, shown: false });
    await browser.until("a word about it", () => {
      const page = /** @type {any} */ (globalThis);
      return page.told.length + page.broken.length > 0;
    });
    assert.equal(await browser.run(() => document.getElementById("fallback")?.checkVisibility()), true);
    assert.match((await errors())[0], message);
  });
}

test("AMD and CommonJS of the page's own are not taken for ours", async () => {
  const loaders = `<script>
    var called = [];
    var define = (...args) => void called.push("define");
    define.amd = {};
    var require = (...args) => void called.push("require");
    var module = { exports: {} };
    var exports = module.exports;
  </script>`;
  await lives("loaders", { head: loaders });
  await browser.run((src) => {
    const script = Object.assign(document.createElement("script"), { src });
    script.dataset.src = "/feed.json";
    script.dataset.target = "main";
    document.body.append(script);
  }, cdn.url("/embed.js"));
  await browser.until("the second feed", () => document.querySelectorAll("main > live-feed").length === 2);
  await reader.shown();
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).called), []);
  assert.deepEqual(await browser.run(() => Object.keys(/** @type {any} */ (globalThis).module.exports)), []);
  assert.deepEqual(await errors(), []);
});

test("under a <base> the feed's address follows it, our files do not, and no button leaves the page", async () => {
  site.feed("/deep/down/feed.json", feedOf([entry(2, { _livefeed: { kind: "key" }, title: "Noon" }), entry(1)]));
  const base = `<base href="/deep/down/index.html" target="_top">`;
  await open("base", `<live-feed src="feed.json"></live-feed>`, { head: WATCHED + base });
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  const href = await browser.run(() => location.href);
  await reader.press(".skip");
  await reader.press(".order button", "Old first");
  assert.equal(await browser.run(() => location.href.split("#")[0]), href);
  assert.deepEqual(await errors(), []);
});

test("a page in quirks mode shows what others show", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const head = `<title>Old</title>${WATCHED}<script>var told = [];</script>${moduleTag()}`;
  const html = `<html><head>${head}</head><body>${FEED}</body></html>`;
  await browser.open(site.add("/page/quirks", html, { "content-type": "text/html" }).url);
  await reader.shown();
  assert.equal(await browser.run(() => document.compatMode), "BackCompat");
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await broken(), []);
});

// Chromium loads no module script in XML.
test("a page that is served as XHTML shows what others show, by the one-line tag", async () => {
  const html =
    "<p>Half <b>bold<i>both</b>, a list<ul><li>one<li>two</ul>" +
    `<img src="/a.svg" width="4" height="3" alt="A"><br>&nbsp;end`;
  const items = [entry(2, { content_html: html }), entry(1)];
  site.feed("/feed.json", feedOf(items, { summary_html: "<p>First.<br>Second." }));
  site.add("/a.svg", `<svg xmlns="http://www.w3.org/2000/svg"/>`, { "content-type": "image/svg+xml" });
  const page = `<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Strict</title>
<script>//<![CDATA[
  var broken = [], told = [];
  addEventListener("error", ({ message }) => broken.push(message));
  console.error = (...args) => told.push(String(args[0]));
//]]></script>
</head>
<body><script src="${cdn.url("/embed.js")}" data-src="/feed.json"></script></body></html>`;
  await browser.open(site.add("/page/strict", page, { "content-type": "application/xhtml+xml" }).url);
  await reader.shown();
  assert.equal(await browser.run(() => document.contentType), "application/xhtml+xml");
  const [body] = await reader.all(".body");
  assert.equal(body, "Half boldboth, a listonetwo end");
  const markup = await browser.run(() => {
    const body = document.querySelector("live-feed")?.shadowRoot?.querySelector(".item .body");
    return [...(body?.querySelectorAll("*") ?? [])].map((element) => element.localName).join(" ");
  });
  assert.match(markup, /^p b i .*ul li li/);
  await reader.press(".order button", "Old first");
  assert.equal((await reader.all(".body"))[0], "Text 1.");
  assert.deepEqual(await errors(), []);
});

test("in a sandboxed frame without storage it works, and remembers nothing", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const inner = site.page("inner", FEED, { head: WATCHED, script: moduleTag() });
  const frame = `<iframe sandbox="allow-scripts" src="${inner}" width="600" height="600"></iframe>`;
  await open("outer", frame, { shown: false, script: "" });
  await browser.inFrame(async () => {
    await reader.shown();
    const blocked = await browser.run(() => {
      try {
        return String(localStorage);
      } catch (error) {
        return /** @type {Error} */ (error).name;
      }
    });
    assert.equal(blocked, "SecurityError");
    await reader.press(".order button", "Old first");
    assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
    assert.deepEqual(await broken(), []);
  });
});

test("where merely to look for the storage throws it works, and remembers nothing", async () => {
  const blocked = `<script>
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
    }
  </script>`;
  site.feed("/feed.json", feedOf(entries(2)));
  await open("blocked", FEED, { head: WATCHED + blocked });
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
  assert.deepEqual(await errors(), []);
  await browser.open("about:blank");
});

test("a page that has set its document.domain shows what others show", async () => {
  const domain = `<script>try { document.domain = location.hostname; } catch {}</script>`;
  await lives("domain", { head: domain });
});

test("of two versions on one page the first stands, and both tags' feeds are shown by it", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const text = await (await fetch(cdn.url("/live-feed.js"))).text();
  const other = text.replace(/"0\.\d+\.\d+"/g, '"9.9.9"').replace(/sha384-[\w+/=]+/, "sha384-other");
  assert.notEqual(other, text);
  site.add("/other/live-feed.js", other, { "content-type": "text/javascript" });
  const script = `${moduleTag()}<script type="module" src="/other/live-feed.js"></script>`;
  await open("versions", FEED + FEED, { head: WATCHED, script });
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.equal(cdn.count("/live-feed.wasm"), 1);
  assert.equal(site.count("/other/live-feed.wasm"), 0);
  assert.deepEqual(await errors(), []);
});

test("a page may remove or move the element at any time while it loads", async () => {
  const core = await (await fetch(cdn.url("/live-feed.wasm"))).arrayBuffer();
  const wasm = cdn.add("/live-feed.wasm", Buffer.from(core), { "content-type": "application/wasm" });
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  const feedNamed = (/** @type {string} */ id) => `<live-feed id="${id}" src="/feed.json?${id}"></live-feed>`;
  const three = `<main></main>${["moved", "removed", "returned"].map(feedNamed).join("")}`;
  for (const held of [wasm, feed]) {
    held.hold();
    await open("mid-load", three, { head: WATCHED, shown: false });
    await held.requested(1);
    await browser.run(async () => {
      const [moved, removed, returned] = document.querySelectorAll("live-feed");
      document.querySelector("main")?.append(moved);
      removed.remove();
      returned.remove();
      await new Promise((done) => setTimeout(done));
      document.body.prepend(returned);
      moved.remove();
      document.body.append(moved);
    });
    held.release();
    for (const id of ["#moved", "#returned"]) await reader.of(id).sees(".body", ["Text 2.", "Text 1."]);
    assert.deepEqual(await errors(), []);
    const types = (await heard()).map(({ type }) => type);
    assert.equal(types.filter((type) => type === "error").length, 0);
    for (const resource of [wasm, feed]) resource.forget();
  }
});
