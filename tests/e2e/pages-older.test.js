import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { Places, STILL_PX } from "./support/place.js";

const { browser, site, reader, open, told, hide } = usePages();
const places = new Places(browser);

const NEWEST = `<live-feed src="/live/feed.json"></live-feed>`;
const OLDEST = `<live-feed src="/live/feed.json" order="oldest"></live-feed>`;
/** So high that the end of a page of twenty is far from its beginning. */
const LINES = "One sentence after the other, until the line is full and the next one has begun. ".repeat(9);
const LOADING = "Loading more updates …";
const FAILED = "More updates could not be loaded.";

/** @param {number} number */
const text = (number) => `Text ${number}.`;
/** The texts from one to another, in either direction. @param {number} first @param {number} last */
const texts = (first, last) =>
  Array.from({ length: Math.abs(first - last) + 1 }, (_, index) => text(first < last ? first + index : first - index));

/**
 * A page with the entries from `newest` down to `oldest`.
 * @param {number} newest @param {number} oldest @param {string} [next] @param {Record<string, unknown>} [livefeed]
 */
const page = (newest, oldest, next, livefeed) => {
  const numbers = Array.from({ length: newest - oldest + 1 }, (_, index) => newest - index);
  return feedOf(numbers.map((number) => entry(number, { title: LINES })), livefeed, { next_url: next });
};

/** Sixty entries on three pages, whose addresses are relative to where they stand. */
const three = (livefeed = {}) => ({
  feed: site.feed("/live/feed.json", page(60, 41, "older/2.json", livefeed)),
  second: site.feed("/live/older/2.json", page(40, 21, "3.json")),
  third: site.feed("/live/older/3.json", page(20, 1)),
});

/** Until the rows are just these. @param {number} first @param {number} last */
const rows = (first, last) => reader.sees(".body", texts(first, last));

test("older entries come as the reader nears the end, and do not move the one that is read", async () => {
  const { second, third } = three({ total: 60 });
  second.hold();
  await open("older", NEWEST);
  assert.deepEqual(await reader.all(".body"), texts(60, 41));
  assert.deepEqual(await reader.all(".count"), ["20 of 60"]);
  assert.deepEqual([second.requests, third.requests], [0, 0]);

  await places.read(text(42));
  await second.requested(1);
  await reader.sees(".count", [`${LOADING} 20 of 60`]);
  await places.watch(text(42));
  second.release();
  await rows(60, 21);
  const { moved } = await places.watched();
  assert.ok(moved <= STILL_PX, `the entry that is read moved by ${moved} px`);
  assert.deepEqual(await reader.all(".count"), ["40 of 60"]);
  assert.equal(third.requests, 0);

  await places.read(text(22));
  await rows(60, 1);
  assert.deepEqual(await reader.all(".count"), []);
  assert.deepEqual(await reader.all(".older"), []);
  assert.deepEqual([second.requests, third.requests], [1, 1]);
});

test("a feed that does not fill the view is continued at once", async () => {
  site.feed("/live/feed.json", feedOf([entry(3)], {}, { next_url: "2.json" }));
  site.feed("/live/2.json", feedOf([entry(2)], {}, { next_url: "3.json" }));
  site.feed("/live/3.json", feedOf([entry(1)]));
  await open("short", NEWEST);
  await rows(3, 1);
});

test("a dead page leaves all that is shown, says so, and is asked for again when the reader wants it", async () => {
  const { second } = three({ total: 60 });
  second.status = 404;
  await open("dead", NEWEST);
  await places.read(text(42));
  await reader.sees(".count", [`${FAILED} 20 of 60`]);
  await reader.sees(".older", ["Retry"]);
  assert.deepEqual(await reader.all(".body"), texts(60, 41));
  assert.deepEqual(await told(), [
    `<live-feed> 1 problem:\n- ${site.url("/live/older/2.json")} answered with HTTP status 404`,
  ]);

  second.publish(page(40, 21));
  await reader.press(".older", "Retry");
  await rows(60, 21);
  assert.deepEqual(await reader.all(".count"), []);
});

test("pages that lead back end, and the developer is told", async () => {
  site.feed("/live/feed.json", feedOf([entry(3)], {}, { next_url: "2.json" }));
  const second = site.feed("/live/2.json", feedOf([entry(2)], {}, { next_url: "2.json" }));
  await open("loop", NEWEST);
  await reader.sees(".older", []);
  assert.deepEqual(await reader.all(".body"), texts(3, 2));
  assert.deepEqual(await told(), [
    `<live-feed> 1 problem:\n- feed: \`next_url\` is not a page of older entries: ${site.url("/live/2.json")}`,
  ]);
  assert.equal(second.requests, 4);
});

test("a page of older entries retracts only within itself", async () => {
  const { feed, second } = three({ version: 1 });
  await open("retracts", NEWEST);
  // It has been moved down to a page that lacks two others.
  feed.publish(page(60, 45, "older/2.json", { version: 2 }));
  await reader.call("refresh");
  second.publish(feedOf([entry(43), entry(41), entry(40)], { version: 3 }));
  await places.read(text(42));
  await reader.sees(".body", [...texts(60, 43), ...texts(41, 40)]);
});

test("what was missed while the page was hidden is filled in, and counted", async () => {
  const { feed } = three();
  await open("missed", NEWEST);
  await places.read(text(50));
  await hide(true);
  feed.publish(page(120, 101, "/live/newer/2.json"));
  const second = site.feed("/live/newer/2.json", page(100, 81, "3.json"));
  const third = site.feed("/live/newer/3.json", page(80, 55, "4.json"));
  const fourth = site.feed("/live/newer/4.json", page(54, 41));
  second.hold();
  await hide(false);
  await reader.call("refresh");
  await second.requested(1);
  await reader.sees(".pill", ["20 new updates"]);
  await places.watch(text(50));
  second.release();
  await reader.sees(".pill", ["60 new updates"]);
  const { moved } = await places.watched();
  assert.ok(moved <= STILL_PX, `the entry that is read moved by ${moved} px`);
  assert.deepEqual([third.requests, fourth.requests], [1, 0]);
  await reader.press(".pill");
  await reader.sees(".line", ["New since you left"]);
  const seen = await reader.all(".body");
  assert.deepEqual(seen, texts(120, 41).slice(texts(120, 41).indexOf(seen[0]), texts(120, 41).indexOf(String(seen.at(-1))) + 1));
  assert.ok(seen.includes(text(61)) && seen.includes(text(60)));
});

test("Old first begins with the true beginning, and says how far it is from there to the newest", async () => {
  const { second, third } = three({ total: 80, oldest_url: "oldest.json" });
  third.publish(page(20, 11, "oldest.json"));
  site.feed("/live/oldest.json", page(0, -19));
  second.hold();
  await open("oldest", OLDEST);
  await rows(-19, 0);
  assert.deepEqual(await reader.all(".count"), ["40 of 80"]);
  assert.equal(second.requests, 0);
  await places.read(text(-1));
  await second.requested(1);
  await reader.sees(".count", [`${LOADING} 40 of 80`]);
  assert.deepEqual(await reader.all(".body"), texts(-19, 0));
  await places.watch(text(-1));
  third.status = 404;
  second.release();
  await reader.sees(".count", [`${FAILED} 60 of 80`]);
  assert.deepEqual(await reader.all(".body"), texts(-19, 0));
  third.publish(page(20, 1, "/live/oldest.json"));
  await reader.press(".older", "Retry");
  await rows(-19, 60);
  const { moved } = await places.watched();
  assert.ok(moved <= STILL_PX, `the entry that is read moved by ${moved} px`);
});

test("pressed at the top, Old first goes through all pages to the true beginning", async () => {
  const { second, third } = three({ total: 60 });
  third.hold();
  await open("switch", NEWEST);
  await reader.press(".toolbar button", "Old first");
  await third.requested(1);
  await reader.sees(".count", [`${LOADING} 40 of 60`]);
  assert.equal((await reader.all(".body"))[0], text(21));
  third.release();
  await reader.sees(".count", []);
  const seen = await reader.all(".body");
  assert.deepEqual(seen, texts(1, seen.length));
  assert.equal(await places.scrolled(), 0);
  assert.deepEqual([second.requests, third.requests], [1, 1]);
});

test("in Old first an entry that is read stays while the beginning is loaded above it", async () => {
  const { second } = three();
  second.hold();
  await open("above", OLDEST);
  await second.requested(1);
  await places.read(text(44));
  await places.watch(text(44));
  second.release();
  await browser.until("what has come to stand above", () => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    return [...(root?.querySelectorAll(".body") ?? [])].some((body) => body.textContent === "Text 40.");
  });
  const { moved } = await places.watched();
  assert.ok(moved <= STILL_PX, `the entry that is read moved by ${moved} px`);
});

test("paused, nothing is loaded until the reader asks for it", async () => {
  const { second } = three();
  await open("paused", NEWEST);
  await reader.press(".pause");
  await places.read(text(42));
  await reader.sees(".older", ["Show earlier updates"]);
  assert.equal(second.requests, 0);
  await reader.press(".older");
  await rows(60, 21);
});
