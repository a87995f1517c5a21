/** Attributes that change under a reader's eyes: they stay where they are, and what they hold stays in their hands. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { PLACES, Places, STILL_PX } from "./support/place.js";

const { browser, site, reader, open } = usePages();
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
      const element = all.find((element) => element.textContent?.includes(text));
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

  test(`in ${place}, another language leaves who is past the list, or at its beginning, where they are`, async () => {
    site.feed("/feed.json", feed());
    await open("around", page(FEED));
    const far = 100_000;
    await places.scroll(far);
    const end = await places.scrolled();
    const before = await places.stands("Text 1.");
    await inGerman();
    assert.ok(end > 0);
    still(await places.stands("Text 1."), before);

    await places.scroll(40);
    await set("lang", "en");
    await reader.sees(".order button", ["New first", "Old first"]);
    await browser.frames();
    still(await places.scrolled(), 40);
  });
}

test("another language leaves the focus on the same button, and an open standfirst open", async () => {
  site.feed("/feed.json", feed());
  await open("focus", FEED);
  await reader.press("[part=summary-button]");
  await focus(".order button", "Old first");
  await inGerman();
  assert.equal(await focused(), `order-button: ${german.old_first}`);
  assert.deepEqual(await reader.attributes("[part=summary-button]", "aria-expanded"), ["true"]);
});

test("another zone, form or pattern of times touches no row", async () => {
  site.feed("/feed.json", feed({ time_zone: "Etc/UTC" }));
  await open("times", FEED);
  await places.read(TEXT);
  await mark();
  await places.watch(TEXT);
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
  assert.ok((await places.watched()).moved <= STILL_PX);
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
