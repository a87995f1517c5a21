import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { cspHash } from "./support/server.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told, heard, moduleTag } = usePages();

const FALLBACK = `<p id="fallback">The page's own words.</p>`;
const FEED = `<live-feed src="/feed.json">${FALLBACK}</live-feed>`;

const fallbackIsSeen = () => browser.run(() => document.getElementById("fallback")?.checkVisibility() ?? false);

/** Waits until the element has given up. */
const gaveUp = () => browser.until("the error", () => document.querySelector("live-feed")?.matches(":state(error)"));

test("the page's own children stay until the first render, and are hidden after it", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(1)));
  feed.hold();
  await open("fallback", FEED, { shown: false });
  await feed.requested(1);
  assert.equal(await fallbackIsSeen(), true);
  assert.equal(await reader.is("loading"), true);
  feed.release();
  await reader.shown();
  assert.equal(await fallbackIsSeen(), false);
});

test("where the core cannot be loaded the fallback stays, and the console says why", async () => {
  const wasm = cdn.add("/live-feed.wasm", "", { "content-type": "text/plain" });
  wasm.status = 404;
  site.feed("/feed.json", feedOf(entries(1)));
  await open("no-core", FEED, { shown: false });
  await gaveUp();
  assert.equal(await fallbackIsSeen(), true);
  const [message, ...others] = await told();
  assert.deepEqual(others, []);
  assert.match(message, /^<live-feed> http:\/\/127\.0\.0\.1:\d+\/live-feed\.wasm (answered with HTTP status 404|could not be loaded)/);
  const [error] = await heard("error");
  assert.equal(error.detail.code, "core");
  assert.equal(await reader.is("loading"), false);
});

test("a core that is not the one that belongs to the script is refused", async () => {
  // A sound module that does the very same: ours, and an empty section of its own at the end.
  const core = Buffer.from(await (await fetch(cdn.url("/live-feed.wasm"))).arrayBuffer());
  const other = Buffer.concat([core, Buffer.from([0, 1, 0])]);
  assert.equal(WebAssembly.validate(other), true);
  cdn.add("/live-feed.wasm", other, { "content-type": "application/wasm" });
  site.feed("/feed.json", feedOf(entries(1)));
  await open("wrong-core", FEED, { shown: false });
  await gaveUp();
  assert.equal(await fallbackIsSeen(), true);
  assert.match((await told())[0], /live-feed\.wasm could not be loaded, or is not the file that belongs to live-feed\.js /);
});

test("without scripts the page keeps its own words", async () => {
  await open("no-script", FEED, { shown: false, script: "" });
  assert.equal(await fallbackIsSeen(), true);
});

/** The policy of design §5, with what our own listener in the head needs. */
const policy = (/** @type {string} */ scripts) =>
  `default-src 'none'; img-src data:; script-src ${cdn.origin} ${scripts}; ` +
  `connect-src ${cdn.origin} ${site.origin}; require-trusted-types-for 'script'`;

/** @param {string} html */
const inlineScript = (html) => cspHash(html.slice(html.indexOf(">") + 1, html.lastIndexOf("</script>")));

test("a strict policy needs our origin, the feed's, and 'wasm-unsafe-eval', and no style-src", async () => {
  site.feed("/feed.json", feedOf(entries(2), { summary_html: "<p>First.</p>" }));
  const head = `<script>var broken = [];
    addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective));</script>`;
  const name = "strict";
  const body = FEED;
  await browser.open(
    site.page(name, body, {
      head,
      script: moduleTag(),
      headers: { "content-security-policy": policy(`'wasm-unsafe-eval' ${inlineScript(head)}`) },
    }),
  );
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).broken), []);
  assert.deepEqual(await browser.complaints(), []);
  const styled = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return getComputedStyle(root.querySelector(".toolbar")).position;
  });
  assert.equal(styled, "sticky");
});

test("a policy without 'wasm-unsafe-eval' leaves the fallback, and the console names the directive", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  const head = `<script>var told = []; console.error = (text) => void told.push(text);</script>`;
  await browser.open(
    site.page("blocked", FEED, {
      head,
      script: moduleTag(),
      headers: { "content-security-policy": policy(inlineScript(head)) },
    }),
  );
  await gaveUp();
  assert.equal(await fallbackIsSeen(), true);
  assert.deepEqual(await told(), [
    "<live-feed> WebAssembly is blocked by this page's Content-Security-Policy: " +
      "add 'wasm-unsafe-eval' to its script-src",
  ]);
});

test("it leaves the page alone: no globals, no styles, nothing in the document but the element's own", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await browser.open(site.page("alone", FEED, { script: "" }));
  // The driver leaves a global of its own at its first script.
  assert.equal(await fallbackIsSeen(), true);
  await browser.run(async (url) => {
    const before = new Set(Object.getOwnPropertyNames(globalThis));
    document.documentElement.append(Object.assign(document.createElement("template"), { before }));
    await import(url);
  }, cdn.url("/live-feed.js"));
  await reader.shown();
  const left = await browser.run(() => ({
    globals: Object.getOwnPropertyNames(globalThis).filter(
      (name) => !(/** @type {any} */ (document.querySelector("template")).before.has(name)),
    ),
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    styles: document.querySelectorAll("style, [style]:not([role=status])").length,
    body: [...document.body.children].map((element) => element.getAttribute("role") ?? element.localName),
    head: document.head.children.length,
  }));
  assert.deepEqual(left.globals, []);
  assert.equal(left.sheets, 0);
  assert.equal(left.styles, 0);
  assert.deepEqual(left.body.filter((name) => name !== "status"), ["live-feed"]);
  // charset, title, icon, viewport
  assert.equal(left.head, 4);
});

test("the page's blocks stand in their slots: header, footer, empty, and after the n-th entry", async () => {
  const feed = site.feed("/feed.json", feedOf([]));
  const blocks = ["header", "footer", "empty", "after-2", "after-9"];
  const body = blocks.map((slot) => `<p slot="${slot}" id="${slot}">${slot}</p>`).join("");
  await open("slots", `<live-feed src="/feed.json">${body}</live-feed>`);
  const seen = () =>
    browser.run((blocks) => blocks.filter((id) => document.getElementById(id)?.checkVisibility()), blocks);
  assert.deepEqual(await seen(), ["header", "footer", "empty"]);
  assert.deepEqual(await reader.all(".empty"), []);
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  assert.deepEqual(await seen(), ["header", "footer", "after-2"]);
  const rows = () =>
    browser.run(() => {
      const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
      return [...root.querySelector(".list").children].map((row) => row.querySelector(".body")?.textContent ?? "block");
    });
  assert.deepEqual(await rows(), ["Text 3.", "Text 2.", "block", "Text 1."]);
  await reader.press(".order button", "Old first");
  assert.deepEqual(await rows(), ["Text 1.", "Text 2.", "block", "Text 3."]);
});

test("a feed inside the element is shown without a request, then kept up to date", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  feed.hold();
  const inline = `<script type="application/feed+json">${JSON.stringify(feedOf(entries(2)))}</script>`;
  await open("inline", `<live-feed src="/feed.json">${inline}${FALLBACK}</live-feed>`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await feed.requested(1);
  feed.release();
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
});

test("an inline feed alone asks nobody", async () => {
  const inline = `<script type="application/feed+json">${JSON.stringify(feedOf(entries(2)))}</script>`;
  await open("inline-alone", `<live-feed>${inline}</live-feed>`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await reader.call("refresh");
  assert.deepEqual(site.seen.map(({ path }) => path), ["/page/inline-alone"]);
  assert.deepEqual(await told(), []);
});

test("the page can be the source: setFeed(), upsert(), remove()", async () => {
  await open("given", "<live-feed></live-feed>", { shown: false });
  await reader.call("setFeed", feedOf(entries(2)));
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  await reader.call("upsert", entry(3));
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  await reader.call("upsert", entry(2, { content_html: "<p>Text 2, corrected.</p>" }));
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2, corrected.", "Text 1."]);
  await reader.call("remove", "e3");
  assert.deepEqual(await reader.all(".body"), ["Text 2, corrected.", "Text 1."]);
  assert.match(String(await reader.call("setFeed", { posts: [] })), /^Error: this is not a JSON Feed: /);
  assert.equal(await reader.call("upsert", { content_text: "?" }), "Error: upsert(): it has no id");
  assert.deepEqual(await reader.all(".body"), ["Text 2, corrected.", "Text 1."]);
});

test("goTo() brings an entry into view, also one that the window does not hold yet", async () => {
  site.feed("/feed.json", feedOf(entries(30)));
  await open("go-to", `<live-feed src="/feed.json" page-size="5"></live-feed>`);
  await reader.call("goTo", "e3");
  await browser.frames();
  // Rows that are built later, above and below, don't push it away.
  await browser.until("all rows", () => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return root.querySelectorAll(".item").length === 30;
  });
  const focused = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const { top, bottom } = root.activeElement.getBoundingClientRect();
    return { text: root.activeElement.querySelector(".body").textContent, inView: top >= 0 && bottom <= innerHeight };
  });
  assert.deepEqual(focused, { text: "Text 3.", inView: true });
});

test("what a script calls right after it has set src is done to that feed", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  site.feed("/other.json", feedOf([entry(7)]));
  await open("src-and-call", `<live-feed src="/feed.json"></live-feed>`);
  await browser.run((added) => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    element.src = "/other.json";
    return Promise.all([element.refresh(), element.upsert(added)]);
  }, entry(8));
  await reader.sees(".body", ["Text 8.", "Text 7."]);
});

test("a call that waits for the core survives a src that comes later, and a removal", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  await open("call-waits", "<main></main>", { shown: false, script: "" });
  await browser.run(
    async (url, added) => {
      const { LiveFeedElement } = await import(url);
      const element = new LiveFeedElement();
      document.querySelector("main")?.append(element);
      const call = element.upsert(added);
      element.src = "/feed.json";
      await Promise.resolve();
      HTMLElement.prototype.remove.call(element);
      await Promise.resolve();
      document.querySelector("main")?.append(element);
      await call;
    },
    cdn.url("/live-feed.js"),
    entry(8),
  );
  await reader.sees(".body", ["Text 8.", "Text 1."]);
});

test("a host's object that can't be written as JSON breaks the promise, and nothing else", async () => {
  await open("no-json", "<live-feed></live-feed>", { shown: false });
  await reader.call("setFeed", feedOf(entries(1)));
  const answers = await browser.run(async (feed, entry) => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    const circle = { ...entry, a: {}, b: {}, c: {} };
    circle.a = circle.b = circle.c = circle;
    const thrower = {
      ...entry,
      get content_text() {
        throw new Error("not now");
      },
    };
    const name = (/** @type {Error} */ error) => error.name;
    return [
      await element.upsert(circle).catch(name),
      await element.upsert(thrower).catch(name),
      await element.setFeed({ ...feed, items: [circle] }).catch(name),
      await element.setFeed(new Proxy({}, { ownKeys: () => /** @type {any} */ ("none") })).catch(name),
    ];
  }, feedOf([]), entry(2));
  assert.deepEqual(answers, ["TypeError", "Error", "TypeError", "TypeError"]);
  await reader.call("upsert", entry(3));
  await reader.sees(".body", ["Text 3.", "Text 1."]);
});
