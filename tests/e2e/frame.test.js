/** A feed behind a wall: embed.html in a frame, put there by embed.js or by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told } = usePages();

/** Feeds are asked for by our own page, from another origin than theirs. */
const SHARED = { "access-control-allow-origin": "*" };

/** @param {string} attributes */
const tag = (attributes) => `<script async src="${cdn.url("/embed.js")}" data-src="/feed.json" ${attributes}></script>`;

const PATIENCE_MS = 10_000;

const height = () => browser.run(() => document.querySelector("iframe")?.getBoundingClientRect().height ?? 0);

/** Waits until the frame is as high as what is in it; gives that height. */
async function fits() {
  const end = performance.now() + PATIENCE_MS;
  let [within, around] = [0, 1];
  while (performance.now() < end && Math.abs(within - around) >= 1) {
    within = await browser.inFrame(() => browser.run(() => document.body.getBoundingClientRect().height));
    around = await height();
  }
  assert.ok(Math.abs(within - around) < 1, `${within} in ${around}`);
  return around;
}

test("with data-mode=iframe the feed stands in a frame of ours, which grows with it", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await open("frame", `<p>Before</p>${tag('data-mode="iframe" data-order="oldest"')}<p>After</p>`, { shown: false, script: "" });
  await browser.inFrame(async () => {
    await reader.shown();
    assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
  });
  const before = await fits();
  feed.publish(feedOf(entries(30)));
  await browser.inFrame(() => reader.call("refresh"));
  // In steps: a long feed is built as there is time.
  await browser.until("the frame to grow", (before) => (document.querySelector("iframe")?.clientHeight ?? 0) > before + 500, before);
  await fits();
  assert.equal(await browser.run(() => document.querySelectorAll("live-feed").length), 0);
  assert.equal(await browser.run(() => document.querySelector("iframe")?.title), "Test feed");
  assert.deepEqual(await told(), []);
});

test("seen from the page alone, the frame takes the feed's title and a height of its own", async () => {
  site.feed("/feed.json", feedOf(entries(30)), SHARED);
  await open("outside", tag('data-mode="iframe"'), { shown: false, script: "" });
  await browser.until("the title and the height", () => {
    const frame = document.querySelector("iframe");
    return frame?.title === "Test feed" && frame.clientHeight > innerHeight;
  });
  assert.deepEqual(await told(), []);
});

test("a frame of a fixed height keeps it", async () => {
  site.feed("/feed.json", feedOf(entries(30)), SHARED);
  await open("fixed", tag('data-mode="iframe" data-height="400"'), { shown: false, script: "" });
  await browser.inFrame(() => reader.shown());
  assert.equal(await height(), 400);
});

/** What a host allows that wants a wall: our script, our frame, no WebAssembly. */
const walled = (/** @type {string} */ more = "") => ({
  headers: { "content-security-policy": `default-src 'none'; script-src ${cdn.origin} 'unsafe-inline'; frame-src ${cdn.origin}; ${more}` },
});

test("with data-mode=auto a page that forbids WebAssembly gets the frame, and any other the element", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await open("walled", tag('data-mode="auto"'), { shown: false, script: "", ...walled() });
  await browser.inFrame(async () => {
    await reader.shown();
    assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  });
  await open("open", tag('data-mode="auto"'), { shown: false, script: "" });
  await reader.shown();
  assert.equal(await browser.run(() => document.querySelectorAll("iframe").length), 0);
});

test("with data-mode=auto the frame comes, too, where live-feed.js does not", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  cdn.add("/live-feed.js", "throw new Error('not here')", { "content-type": "text/javascript" });
  await open("missing", tag('data-mode="auto"'), { shown: false, script: "" });
  await browser.until("the frame", () => document.querySelector("iframe") && !document.querySelector("live-feed"));
});

test("only the frame's own page is listened to", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await open("messages", tag('data-mode="iframe"'), { shown: false, script: "" });
  await browser.inFrame(() => reader.shown());
  const fitting = await fits();
  const after = await browser.run(async () => {
    // From the page itself, and from another frame.
    postMessage({ liveFeed: true, height: 5 }, "*");
    const other = document.createElement("iframe");
    other.srcdoc = "<script>parent.postMessage({ liveFeed: true, height: 7, title: 'Other' }, '*')</script>";
    const heard = new Promise((resolve) => addEventListener("message", ({ data }) => data.height === 7 && resolve(undefined)));
    document.body.append(other);
    await heard;
    const frame = /** @type {HTMLIFrameElement} */ (document.querySelector('iframe[src*="embed.html"]'));
    return [frame.clientHeight, frame.title];
  });
  assert.deepEqual(after, [Math.round(fitting), "Test feed"]);
});

test("events of the feed are events of the frame", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  await open("events", tag('data-mode="iframe"'), { shown: false, script: "" });
  await browser.run(() => {
    document.addEventListener("live-feed-order", (event) => (document.title = /** @type {CustomEvent} */ (event).detail.order));
  });
  await browser.inFrame(async () => {
    await reader.shown();
    await reader.press(".order button", "Old first");
  });
  await browser.until("the host to hear", () => document.title === "oldest");
});

test("whoever writes the address chooses options, and nothing else", async () => {
  site.feed("/feed.json", feedOf(entries(2)), SHARED);
  const options = new URLSearchParams({
    src: site.url("/feed.json"),
    onclick: "top.ran = 1",
    id: "forms",
    style: "color: red",
    "css-accent": "#b3151a",
    "css-x;color": "red",
    lang: "de",
  });
  await browser.open(`${cdn.url("/embed.html")}#${options}`);
  await reader.shown();
  const { names, style } = await browser.run(() => {
    const element = /** @type {HTMLElement} */ (document.querySelector("live-feed"));
    return { names: element.getAttributeNames().sort(), style: element.style.cssText };
  });
  assert.deepEqual(names, ["lang", "src", "style"]);
  assert.equal(style, "--live-feed-accent: #b3151a;");
  assert.deepEqual(await browser.complaints(), []);
});

test("links lead the reader out of the frame", async () => {
  site.feed("/feed.json", feedOf([{ id: "1", content_html: `<a href="${site.url("/page/there")}">There</a>`, date_published: "2026-05-01T09:00:00Z" }]), SHARED);
  site.page("there", "<p>There</p>", { script: "" });
  await open("links", tag('data-mode="iframe"'), { shown: false, script: "" });
  await browser.inFrame(async () => {
    await reader.shown();
    // A reader's own click: without one, no browser lets a frame lead its page away.
    const link = () => document.querySelector("live-feed")?.shadowRoot?.querySelector(".body a");
    await /** @type {any} */ (await browser.driver.executeScript(link)).click();
  });
  await browser.until("the other page", () => document.title === "there");
});
