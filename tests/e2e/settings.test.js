/** Attributes that change under a reader's eyes: they stay where they are, and what they hold stays in their hands. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { PLACES, Places, STILL_PX } from "./support/place.js";

const { browser, site, reader, open, heard } = usePages();
const places = new Places(browser);

const german = JSON.parse(await readFile(new URL("../../www/words/de.json", import.meta.url), "utf8"));

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const COUNT = 30;
/** The entry that is read, in the middle of the list. */
const TEXT = "Text 15.";

/** Entries from the newest down, an hour apart, two of them key moments, below a long standfirst. */
const feed = (livefeed = {}) =>
  feedOf(
    Array.from({ length: COUNT }, (_, index) => COUNT - index).map((number) =>
      entry(number, { date_published: at(60 * number), _livefeed: { kind: number % 10 === 5 ? "key" : undefined } }),
    ),
    { summary_html: "<p>One sentence after the other, until the line is full.</p>".repeat(12), ...livefeed },
  );

/** @param {string} name @param {string} value */
const set = (name, value) =>
  browser.run((name, value) => document.querySelector("live-feed")?.setAttribute(name, value), name, value);

/** Has the feed shown in German, and waits until it is. */
async function inGerman() {
  await set("lang", "de");
  await reader.sees(".order button", [german.new_first, german.old_first]);
  await browser.frames();
}

/** @param {number} now @param {number} before */
const still = (now, before) =>
  assert.ok(Math.abs(now - before) <= STILL_PX, `what stood ${before} px from the view's end now stands ${now} px from it`);

/** Gives the focus to the first element of that kind that has that text, or to what it holds. @param {string[]} which */
const focus = (...which) =>
  browser.run(
    ([css, text, within]) => {
      const all = [.../** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot).querySelectorAll(css)];
      const element = all.find((element) => !text || element.textContent?.includes(text));
      const inner = within ? element?.querySelector(within) : element;
      /** @type {HTMLElement} */ (inner).focus({ preventScroll: true });
    },
    which,
  );

/** What has the focus, in words. */
const focused = () =>
  browser.run(() => {
    const active = document.querySelector("live-feed")?.shadowRoot?.activeElement;
    return active && `${active.getAttribute("part")}: ${active.querySelector(".body")?.textContent ?? active.textContent}`;
  });

/** What was done to a row of the feed stays with the row as long as it is the same node. */
const mark = () =>
  browser.run(() => {
    for (const row of document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item") ?? []) {
      /** @type {any} */ (row).marked = true;
    }
  });
const unmarked = () =>
  browser.run(
    () =>
      [.../** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot).querySelectorAll(".item")].filter(
        (row) => !(/** @type {any} */ (row).marked),
      ).length,
  );

/** The ids of the entries that the host was told were seen, in order. @returns {Promise<string[]>} */
const seenIds = () =>
  browser.run(() =>
    /** @type {any} */ (globalThis).heard
      .filter((/** @type {any} */ { detail }) => detail?.action === "seen")
      .map((/** @type {any} */ { detail }) => detail.id),
  );

for (const [place, page] of Object.entries(PLACES)) {
  test(`in ${place}, another language leaves the entry that is read where it is`, async () => {
    site.feed("/feed.json", feed());
    await open("language", page(FEED));
    await places.read(TEXT);
    await focus(".entry", TEXT, ".permalink");
    const before = await places.stands(TEXT);
    await inGerman();
    still(await places.stands(TEXT), before);
    assert.equal(await focused(), `entry: ${TEXT}`);
  });

  test(`in ${place}, another language leaves who is past the list where they are`, async () => {
    site.feed("/feed.json", feed());
    await open("past", page(FEED));
    await places.scroll(1e6);
    const before = await places.stands("Text 1.");
    assert.ok(before < 0);
    await inGerman();
    still(await places.stands("Text 1."), before);
  });

  test(`in ${place}, another zone that begins another day elsewhere does not move the entry that is read`, async () => {
    site.feed("/feed.json", feed({ time_zone: "Etc/UTC" }));
    await open("days", page(FEED));
    await places.read(TEXT);
    await places.watch(TEXT);
    // Where the day begins ten entries above the one that is read, and not four below it.
    await set("time-zone", "Pacific/Auckland");
    assert.equal((await reader.all(".absolute"))[0], "07:00 NZDT 03.03.2026");
    const { moved, deeper } = await places.watched();
    assert.ok(deeper > 20, `the line that parts the days has not come above: ${deeper} px`);
    assert.ok(moved <= STILL_PX, `the entry that is read moved by ${moved} px`);
  });
}

test("another language leaves who is at the list's beginning where they are, on a page that ends with the feed", async () => {
  site.feed("/feed.json", feed());
  // A header that is taller in German.
  const head = `<style>live-feed::part(summary):lang(de) { padding-block-end: 80px }</style>`;
  await open("beginning", `<p style="block-size: 2000px">Above</p>${FEED}`, { head });
  const first = `Text ${COUNT}.`;
  // All of the header shows: it stays. Some of it is above: the list stays.
  await places.scroll(1980);
  await inGerman();
  still(await places.scrolled(), 1980);
  await places.scroll(2240);
  const before = await places.stands(first);
  assert.ok(before > 0);
  await set("lang", "en");
  await reader.sees(".order button", ["New first", "Old first"]);
  await browser.frames();
  still(await places.stands(first), before);
});

test("in a box that is no higher than it must be, at the end of a page, another language moves neither", async () => {
  site.feed("/feed.json", feed());
  const box = `<div id="box" style="overflow: auto; max-block-size: 80vh">${FEED.replace(" ", ` summary="none" `)}</div>`;
  await open("low", `<p style="block-size: 2000px">Above</p>${box}`);
  await browser.run(() => scrollTo({ top: 1e6, behavior: "instant" }));
  await places.read(TEXT);
  const [before, page] = [await places.stands(TEXT), await browser.run(() => scrollY)];
  await inGerman();
  still(await places.stands(TEXT), before);
  still(await browser.run(() => scrollY), page);
});

test("another language leaves the focus on the same button, and the standfirst as the reader left it", async () => {
  site.feed("/feed.json", feed());
  const isOpen = () => reader.attributes("[part=summary-button]", "aria-expanded");
  await open("focus", FEED);
  await reader.press("[part=summary-button]");
  await focus(".order button", "Old first");
  await inGerman();
  assert.equal(await focused(), `order-button: ${german.old_first}`);
  assert.deepEqual(await isOpen(), ["true"]);

  await open("closed", `<live-feed src="/feed.json" summary="open"></live-feed>`);
  await reader.press("[part=summary-button]");
  await inGerman();
  assert.deepEqual(await isOpen(), ["false"]);
});

test("another language tells nothing twice: what was seen, what was edited, what has just come", async () => {
  const resource = site.feed("/feed.json", feed({ version: 1 }));
  await open("twice", FEED);
  await places.scroll(200);
  const items = feed().items.with(0, entry(COUNT, { date_published: at(60 * COUNT), title: "A title" }));
  const next = entry(COUNT + 1, { date_published: at(60 * COUNT + 30) });
  resource.publish({ ...feed({ version: 2 }), items: [next, ...items] });
  await reader.call("refresh");
  await browser.frames();
  const seen = async () => (await heard()).length + (await seenIds()).length;
  const before = await seen();
  assert.ok((await seenIds()).includes(`e${COUNT}`));
  await inGerman();
  assert.equal(await seen(), before);
  assert.equal((await reader.all(".edited")).length, 1);
  assert.deepEqual(await reader.all(".is-new"), []);
});

test("while a finger is on the screen nothing is built anew; once it is lifted, it is", async () => {
  site.feed("/feed.json", feed());
  await open("finger", FEED);
  await places.read(TEXT);
  const touch = (/** @type {string} */ type) =>
    browser.run((type) => void document.querySelector("live-feed")?.dispatchEvent(new Event(type, { bubbles: true })), type);
  await touch("touchstart");
  const before = await places.stands(TEXT);
  await set("lang", "de");
  await set("time-format", "absolute");
  await browser.until("the language to be there", () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("de.json")));
  await browser.frames();
  assert.deepEqual(await reader.all(".order button"), ["New first", "Old first"]);
  await touch("touchend");
  await reader.sees(".order button", [german.new_first, german.old_first]);
  still(await places.stands(TEXT), before);
  assert.equal((await reader.all(".permalink > *")).length, COUNT);
});

test("a page that sets an attribute as a part of the feed gets the focus is heard", async () => {
  site.feed("/feed.json", feed());
  await open("within", FEED);
  await focus(".order button", "Old first");
  await browser.run(() => {
    const element = /** @type {HTMLElement} */ (document.querySelector("live-feed"));
    element.addEventListener("focusin", () => element.setAttribute("time-format", "absolute"), { once: true });
  });
  await inGerman();
  assert.equal((await reader.all(".permalink > *")).length, COUNT);
});

test("another zone, form or pattern of times touches no row, and takes the focus from nothing", async () => {
  site.feed("/feed.json", feed({ time_zone: "Etc/UTC" }));
  await open("times", FEED);
  await mark();
  await focus(".key-moment", "Text 15.");
  const first = async () => (await reader.all(".absolute"))[0];
  assert.equal(await first(), "18:00 GMT 02.03.2026");
  await set("time-pattern", "HH.mm");
  assert.equal(await first(), "18.00");
  await set("time-zone", "Asia/Kolkata");
  assert.equal(await first(), "23.30");
  assert.deepEqual(await reader.all(".moment-time"), ["18:30", "08:30", "22:30"]);
  assert.deepEqual(await reader.all(".day"), ["Sunday, March 1, 2026"]);
  await set("time-format", "absolute");
  assert.deepEqual((await reader.all(".permalink > *")).slice(0, 2), ["23.30", "22.30"]);
  assert.equal(await unmarked(), 0);
  assert.equal(await focused(), "key-moment: 08:30 Text 15.");

  await focus(".zone");
  await set("time-zone", "reader");
  assert.equal(await focused(), "order-button: New first");
});

test("a feed that names another zone has its times written anew, and no row is touched", async () => {
  const resource = site.feed("/feed.json", feed({ time_zone: "Etc/UTC", version: 1 }));
  await open("zone", FEED);
  await mark();
  resource.publish(feed({ time_zone: "Asia/Kolkata", version: 2 }));
  await reader.call("refresh");
  assert.equal((await reader.all(".absolute"))[0], "23:30 IST 02.03.2026");
  assert.equal(await unmarked(), 0);
});

test("a smaller page size takes away nothing that is shown", async () => {
  site.feed("/feed.json", feed());
  await open("size", FEED);
  await places.read(TEXT);
  await places.watch(TEXT);
  await set("page-size", "5");
  assert.equal((await reader.all(".body")).length, COUNT);
  assert.ok((await places.watched()).moved <= STILL_PX);
});
