import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, heard } = usePages();

const NEWEST = ["Text 4.", "Text 3.", "Text 2.", "Text 1."];
const OLDEST = NEWEST.toReversed();
const FEED = `<live-feed src="/feed.json"></live-feed>`;

const pressed = async () => {
  const states = await reader.attributes(".order button", "aria-pressed");
  return (await reader.all(".order button")).filter((_, index) => states[index] === "true");
};
const attribute = () => browser.run(() => document.querySelector("live-feed")?.getAttribute("order"));

test("the switch reverses the list at once, without a request, and every entry keeps its nodes", async () => {
  site.feed("/feed.json", feedOf(entries(4)));
  await open("switch", FEED);
  assert.deepEqual(await reader.all(".order button"), ["New first", "Old first"]);
  assert.deepEqual(await reader.attributes(".order", "aria-label"), ["Order"]);
  assert.deepEqual(await pressed(), ["New first"]);
  assert.deepEqual(await reader.all(".body"), NEWEST);
  const requests = site.seen.length;

  const { same, texts } = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const rows = () => [...root.querySelectorAll(".item")];
    const all = () => rows().flatMap((row) => [row, ...row.querySelectorAll("*")]);
    const before = rows();
    const nodes = new Set(all());
    root.querySelector(".order button:last-child").click();
    const reversed = rows();
    return {
      same: reversed.every((row, index) => row === before.at(-1 - index)) && all().every((node) => nodes.has(node)),
      texts: reversed.map((row) => row.querySelector(".body").textContent),
    };
  });
  assert.deepEqual(texts, OLDEST);
  assert.equal(same, true);
  assert.deepEqual(await pressed(), ["Old first"]);
  assert.equal(await attribute(), "oldest");
  assert.deepEqual(await heard("live-feed-order"), [{ type: "live-feed-order", detail: { order: "oldest" } }]);
  assert.equal(site.seen.length, requests);

  await reader.press(".order button", "New first");
  assert.deepEqual(await reader.all(".body"), NEWEST);
  assert.deepEqual(await pressed(), ["New first"]);
  assert.equal(await attribute(), "newest");
});

test("pressing the order that rules already changes nothing and tells nobody", async () => {
  site.feed("/feed.json", feedOf(entries(4)));
  await open("same", FEED);
  await reader.press(".order button", "New first");
  assert.deepEqual(await reader.all(".body"), NEWEST);
  assert.deepEqual(await heard("live-feed-order"), []);
});

test("the choice is remembered for this feed and no other, also over the page's own attribute", async () => {
  site.feed("/feed.json", feedOf(entries(4)));
  site.feed("/other.json", feedOf(entries(4)));
  await open("remembered", `<live-feed src="/feed.json" order="newest"></live-feed>`);
  await reader.press(".order button", "Old first");
  await open("remembered", `<live-feed src="/feed.json" order="newest"></live-feed>`);
  assert.deepEqual(await reader.all(".body"), OLDEST);
  assert.deepEqual(await pressed(), ["Old first"]);
  await open("other", `<live-feed src="/other.json"></live-feed>`);
  assert.deepEqual(await reader.all(".body"), NEWEST);
});

test("with storage=none nothing is remembered", async () => {
  site.feed("/feed.json", feedOf(entries(4)));
  const body = `<live-feed src="/feed.json" storage="none"></live-feed>`;
  await open("none", body);
  await reader.press(".order button", "Old first");
  assert.equal(await browser.run(() => localStorage.length), 0);
  await open("none", body);
  assert.deepEqual(await reader.all(".body"), NEWEST);
});

test("the page may choose the order by attribute and by property", async () => {
  site.feed("/feed.json", feedOf(entries(4)));
  await open("attribute", `<live-feed src="/feed.json" order="oldest"></live-feed>`);
  assert.deepEqual(await reader.all(".body"), OLDEST);
  assert.deepEqual(await pressed(), ["Old first"]);
  await browser.run(() => {
    /** @type {any} */ (document.querySelector("live-feed")).order = "newest";
  });
  assert.deepEqual(await reader.all(".body"), NEWEST);
  assert.deepEqual(await pressed(), ["New first"]);
});

test("pinned entries stand on top in both orders", async () => {
  const pinned = { _livefeed: { pinned: true } };
  site.feed("/feed.json", feedOf([entry(4), entry(3, pinned), entry(2), entry(1, pinned)]));
  await open("pinned", FEED);
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 1.", "Text 4.", "Text 2."]);
  assert.deepEqual(await reader.all(".label"), ["Pinned", "Pinned"]);
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 3.", "Text 2.", "Text 4."]);
});

test("two entries of one moment are reversed too, and one without a date takes its neighbour's place", async () => {
  const items = [entry(4), entry(3, { date_published: at(2) }), entry(2), entry(1)];
  delete (/** @type {any} */ (items[3]).date_published);
  site.feed("/feed.json", feedOf(items));
  await open("ties", FEED);
  assert.deepEqual(await reader.all(".body"), NEWEST);
  assert.equal((await reader.all(".item time")).length, 3);
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".body"), OLDEST);
});

test("what is new comes at the end where the order puts it", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(4)));
  await open("new", `<live-feed src="/feed.json" order="oldest"></live-feed>`);
  feed.publish(feedOf(entries(5)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), [...OLDEST, "Text 5."]);
  await reader.press(".order button", "New first");
  assert.deepEqual(await reader.all(".body"), ["Text 5.", ...NEWEST]);
});

test("a feed of any usual length is soon there whole, in either order", async () => {
  site.feed("/feed.json", feedOf(entries(7)));
  await open("pages", `<live-feed src="/feed.json" page-size="3"></live-feed>`);
  await reader.sees(".body", [7, 6, 5, 4, 3, 2, 1].map((number) => `Text ${number}.`));
  assert.deepEqual(await reader.all(".older"), []);
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".body"), [1, 2, 3, 4, 5, 6, 7].map((number) => `Text ${number}.`));
});

test("on a machine so busy that every slice of time is over when it begins, the rest is built all the same", async () => {
  site.feed("/feed.json", feedOf(entries(70)));
  const busy = `<script>let now = Date.now(); Date.now = () => (now += 10);</script>`;
  await open("busy", FEED, { head: busy });
  await browser.until("all entries", () => {
    return document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".body").length === 70;
  });
});

test("what is built below in idle time has nothing measured", async (context) => {
  site.feed("/feed.json", feedOf(entries(200)));
  const counting = `<script>
    var measured = [];
    var idle = false;
    var ask = globalThis.requestIdleCallback;
    globalThis.requestIdleCallback &&= (call, options) => ask((deadline) => {
      idle = true;
      measured.push(0);
      call(deadline);
      idle = false;
    }, options);
    var measure = Element.prototype.getBoundingClientRect;
    Element.prototype.getBoundingClientRect = function () {
      if (idle) measured[measured.length - 1] += 1;
      return measure.call(this);
    };
  </script>`;
  await open("measured", FEED, { head: counting });
  // WebKit gives none: there rows are built in tasks of their own, which a page can't tell from others.
  if (!(await browser.run(() => "requestIdleCallback" in globalThis))) return context.skip("there is no idle time");
  await browser.until("all entries", () => {
    return document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".body").length === 200;
  });
  const measured = await browser.run(() => /** @type {any} */ (globalThis).measured);
  assert.ok(measured.length > 0);
  assert.deepEqual(new Set(measured), new Set([0]));
});

test("of a very long feed 500 entries are built, a line says so, and the rest comes on request", async () => {
  site.feed("/feed.json", feedOf(entries(560)));
  await open("long", FEED);
  await reader.sees(".count", ["500 of 560"]);
  assert.equal((await reader.all(".body")).length, 500);
  assert.equal(await reader.text(".older"), "Show earlier updates");
  await reader.press(".order button", "Old first");
  assert.equal((await reader.all(".body"))[0], "Text 1.");
  assert.equal(await reader.text(".older"), "Show later updates");
  await reader.sees(".count", ["500 of 560"]);
  await reader.press(".older");
  await reader.sees(".count", ["550 of 560"]);
  await reader.press(".older");
  assert.equal((await reader.all(".body")).length, 560);
  assert.deepEqual([await reader.all(".older"), await reader.all(".count")], [[], []]);
});

test("what has the focus keeps it, through a switch, a new entry and an edit of another", async () => {
  const link = (/** @type {number} */ number) => entry(number, { content_html: `<p><a href="/${number}">${number}</a></p>` });
  const feed = site.feed("/feed.json", feedOf([link(3), link(2), link(1)]));
  await open("focus", FEED);
  const focused = () =>
    browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.activeElement?.textContent);
  await browser.run(() => {
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelectorAll(".body a")[1].focus();
  });
  // Where a node cannot be moved without being taken out, its focus goes with it; one that stays keeps it anyway.
  if (await browser.run(() => "moveBefore" in Element.prototype)) {
    await browser.run(() => document.querySelector("live-feed")?.setAttribute("order", "oldest"));
    assert.deepEqual(await reader.all(".body"), ["1", "2", "3"]);
    assert.equal(await focused(), "2");
  }
  feed.publish(feedOf([link(4), entry(3, { content_html: "<p>3, corrected</p>" }), link(2), link(1)]));
  await reader.call("refresh");
  assert.equal((await reader.all(".body")).length, 4);
  assert.equal(await focused(), "2");
});

test("what the page chooses is not remembered as if the reader had", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("page-chooses", FEED);
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("order", "oldest"));
  await reader.sees(".body", ["Text 1.", "Text 2."]);
  const remembered = await browser.run(() => Object.keys(localStorage).filter((key) => key.includes("order")));
  assert.deepEqual(remembered, []);
});
