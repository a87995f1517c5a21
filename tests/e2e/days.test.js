/** Days are set apart where the list spans more than one, as clocks show them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const on = (/** @type {number} */ number, /** @type {string} */ date, more = {}) =>
  entry(number, { date_published: date, ...more });

/** Two days in UTC, and two others in Tokyo. */
const ITEMS = [
  on(4, "2026-03-02T16:00:00Z"),
  on(3, "2026-03-02T14:00:00Z"),
  on(2, "2026-03-02T09:00:00Z"),
  on(1, "2026-03-01T14:00:00Z"),
];

/** The list from top to bottom, with its days. */
const rows = () =>
  browser.run(() => {
    const list = document.querySelector("live-feed")?.shadowRoot?.querySelector(".list");
    return [...(list?.children ?? [])].map((row) => (row.querySelector(".body") ?? row).textContent);
  });

test("another day than that of the entry above is headed by its date, in either order", async () => {
  site.feed("/feed.json", feedOf(ITEMS));
  await open("days", FEED);
  assert.deepEqual(await rows(), ["Text 4.", "Text 3.", "Text 2.", "Sunday, March 1, 2026", "Text 1."]);
  await reader.press(".order button", "Old first");
  assert.deepEqual(await rows(), ["Text 1.", "Monday, March 2, 2026", "Text 2.", "Text 3.", "Text 4."]);
  assert.deepEqual(await reader.attributes(".day", "part"), ["day"]);
});

test("a feed of one day has none, and gets one with the first entry of the next", async () => {
  const feed = site.feed("/feed.json", feedOf(ITEMS.slice(1, 3), { version: 1 }));
  await open("one-day", FEED);
  assert.deepEqual(await rows(), ["Text 3.", "Text 2."]);
  feed.publish(feedOf([on(5, "2026-03-03T01:00:00Z"), ...ITEMS.slice(1, 3)], { version: 2 }));
  await reader.call("refresh");
  assert.deepEqual(await rows(), ["Text 5.", "Monday, March 2, 2026", "Text 3.", "Text 2."]);
  feed.publish(feedOf(ITEMS.slice(1, 3), { version: 3 }));
  await reader.call("refresh");
  await reader.sees(".body", ["Text 3.", "Text 2."]);
  assert.deepEqual(await rows(), ["Text 3.", "Text 2."]);
});

test("days are those of the zone in which times are shown", async () => {
  await browser.inZone("Asia/Tokyo");
  site.feed("/feed.json", feedOf(ITEMS));
  await open("zone", FEED);
  assert.deepEqual(await rows(), ["Text 4.", "Text 3.", "Text 2.", "Sunday, March 1, 2026", "Text 1."]);
  const zones = await reader.attributes(".zone", "class");
  assert.ok(zones.length > 0);
  await reader.press(".zone");
  assert.deepEqual(await rows(), ["Text 4.", "Monday, March 2, 2026", "Text 3.", "Text 2.", "Sunday, March 1, 2026", "Text 1."]);
  await reader.press(".zone");
  assert.deepEqual(await rows(), ["Text 4.", "Text 3.", "Text 2.", "Sunday, March 1, 2026", "Text 1."]);
  await browser.inZone("UTC");
});

test("dates are in the feed's language, and pinned entries and those without a date are of no day", async () => {
  const [four, three, two, one] = ITEMS;
  const undated = { ...entry(9), date_published: undefined };
  site.feed("/feed.json", feedOf([four, undated, { ...one, _livefeed: { pinned: true } }, three, two, on(0, "2026-02-28T10:00:00Z")], {}, { language: "de" }));
  await open("language", FEED);
  assert.deepEqual(await rows(), ["Text 1.", "Text 4.", "Text 9.", "Text 3.", "Text 2.", "Samstag, 28. Februar 2026", "Text 0."]);
});
