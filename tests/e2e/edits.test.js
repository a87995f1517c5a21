/** Edits and key moments that come while the page is open. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, reader, open, advance } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const MINUTE = 60_000;
const HEAD = clockAt(at(60));
/** The server's clock shows the same. */
const DATE = { date: "Sun, 01 Mar 2026 13:00:00 GMT" };

test("an entry that changes while it is shown says when, and goes on saying so", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)), DATE);
  await open("edited", FEED, { head: HEAD });
  assert.deepEqual(await reader.all(".edited"), []);
  const edited = entry(2, { content_html: "<p>Text 2, corrected.</p>", date_modified: at(58) });
  feed.publish(feedOf([entry(3), edited, entry(1)]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".edited"), ["Edited 2 minutes ago"]);
  assert.deepEqual(await reader.attributes(".edited", "part"), ["edited"]);
  assert.deepEqual(await reader.all(".item:has(.edited) .body"), ["Text 2, corrected."]);
  await advance(3 * MINUTE);
  await reader.sees(".edited", ["Edited 5 minutes ago"]);
  // Another heading takes it along.
  feed.publish(feedOf([entry(3), { ...edited, title: "A title" }, entry(1)]));
  // The clock that moved on made a request due, which may have left before that: it counts for the first of these.
  await reader.call("refresh");
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".item:has(.entry-title) .edited"), ["Edited now"]);
});

test("where the feed says no time of the edit, it is when the edit came; where times are absolute, so is this", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)), DATE);
  await open("came", FEED, { head: HEAD });
  feed.publish(feedOf([entry(2, { content_html: "<p>Other.</p>" }), entry(1)]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".edited"), ["Edited now"]);
  await open("absolute", `<live-feed src="/feed.json" time-format="absolute"></live-feed>`, { head: HEAD });
  assert.deepEqual(await reader.all(".edited"), []);
  feed.publish(feedOf([entry(2, { content_html: "<p>Third.</p>" }), entry(1)]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".edited"), ["Edited 13:00 GMT 01.03.2026"]);
});

test("to be pinned or called a key moment is no edit", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("no-edit", FEED);
  feed.publish(feedOf([entry(2, { _livefeed: { kind: "key" } }), entry(1, { _livefeed: { pinned: true } })]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".label:not(h3)"), ["Pinned", "Key moment"]);
  assert.deepEqual(await reader.all(".edited, [data-edited]"), []);
});

test("only what an edit brought is pointed out", async () => {
  const texts = (/** @type {string[]} */ ...texts) => ({ content_html: texts.map((text) => `<p>${text}</p>`).join("") });
  const image = { _livefeed: { image: { url: "data:image/gif;base64,R0lGODlhAQABAAAAACw=", alt: "A picture" } } };
  const feed = site.feed("/feed.json", feedOf([entry(1, { ...texts("One.", "Two.", "Three."), ...image })]));
  await open("part", FEED);
  assert.deepEqual(await reader.all("[data-edited]"), []);
  const publish = async (/** @type {object} */ more) => {
    feed.publish(feedOf([entry(1, /** @type {any} */ (more))]));
    await reader.call("refresh");
  };
  await publish({ ...texts("One.", "Two, corrected.", "Three.", "Four."), ...image });
  assert.deepEqual(await reader.all("[data-edited]"), ["Two, corrected.", "Four."]);
  await publish({ ...texts("One, too.", "Two, corrected.", "Three.", "Four."), ...image });
  assert.deepEqual(await reader.all("[data-edited]"), ["One, too."]);
  await publish({ ...texts("One, too.", "Two, corrected.", "Three.", "Four."), ...image, title: "A title" });
  assert.deepEqual(await reader.all(".heading[data-edited] .entry-title"), ["A title"]);
});

const animations = () =>
  browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")?.shadowRoot);
    return root.getAnimations().map((/** @type {any} */ { animationName, effect }) => [animationName, effect.target.textContent]);
  });

test("it is pointed out by a highlight that fades, and by none where the reader wants no motion", { skip: lacks("preferences") }, async () => {
  for (const reducedMotion of [false, true]) {
    await browser.prefer({ reducedMotion });
    const feed = site.feed("/feed.json", feedOf(entries(2)));
    await open(`motion-${reducedMotion}`, FEED);
    feed.publish(feedOf([entry(2, { content_html: "<p>Other.</p>" }), entry(1)]));
    await reader.call("refresh");
    const marks = (await animations()).filter(([name]) => name === "mark");
    assert.deepEqual(marks, reducedMotion ? [] : [["mark", "Other."]]);
  }
  await browser.prefer({});
});

test("a key moment without a title is named by the beginning of its text, 80 characters at most, else by its id", async () => {
  const key = (/** @type {number} */ number, /** @type {string} */ content_html) => entry(number, { content_html, _livefeed: { kind: "key" } });
  const eighty = "12345678 ".repeat(8) + "12345678";
  site.feed("/feed.json", feedOf([
    key(4, ` <p>Two\n  words</p>\t<p>and more </p> `),
    key(3, `<p>${eighty}</p> `),
    key(2, `<p>${eighty}9</p>`),
    key(1, `<p>${eighty.slice(0, 79)} a</p>`),
    key(0, `<img src="/a.svg" alt="">`),
  ]));
  await open("untitled", FEED);
  assert.equal(eighty.length, 80);
  assert.deepEqual(await reader.attributes(".key-moment", "data-id"), ["e4", "e3", "e2", "e1", "e0"]);
  const texts = await browser.run(() => {
    const titles = document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".moment-title") ?? [];
    return [...titles].map(({ textContent }) => textContent);
  });
  assert.deepEqual(texts, ["Two words and more", eighty, `${eighty}…`, `${eighty.slice(0, 79)} …`, "e0"]);
});

test("key moments follow what comes, changes, goes, and is one no more; a click leads to the entry", async () => {
  const key = (/** @type {number} */ number, more = {}) => entry(number, { title: `Moment ${number}`, _livefeed: { kind: "key" }, ...more });
  const feed = site.feed("/feed.json", feedOf([...entries(30), key(0)]));
  await open("moments", FEED);
  const titles = () => reader.all(".moment-title");
  assert.deepEqual(await titles(), ["Moment 0"]);
  const steps = [
    ["comes", [key(31), ...entries(30), key(0)], ["Moment 31", "Moment 0"]],
    ["changes", [key(31, { title: "Another title" }), ...entries(30), key(0)], ["Another title", "Moment 0"]],
    ["becomes one", [key(31), key(30), ...entries(29), key(0)], ["Moment 31", "Moment 30", "Moment 0"]],
    ["is one no more", [entry(31), key(30), ...entries(29), key(0)], ["Moment 30", "Moment 0"]],
    ["goes", [entry(31), ...entries(29), key(0)], ["Moment 0"]],
  ];
  for (const [index, [what, items, expected]] of steps.entries()) {
    feed.publish(feedOf(/** @type {any} */ (items), { version: index + 1 }));
    await reader.call("refresh");
    assert.deepEqual(await titles(), expected, String(what));
  }
  await reader.press(".key-moment");
  await reader.sees(".is-target .entry-title", ["Moment 0"]);
  const place = await browser.run(async () => {
    for (const _ of "abcd") await new Promise((done) => requestAnimationFrame(done));
    const root = /** @type {any} */ (document.querySelector("live-feed")?.shadowRoot);
    return [root.querySelector(".is-target").getBoundingClientRect().top, root.querySelector(".toolbar").getBoundingClientRect().bottom, innerHeight];
  });
  assert.ok(place[0] >= place[1] && place[0] < place[2], String(place));
});
