import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { at, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { Places } from "./support/place.js";

const { browser, site, reader, open } = usePages();
const places = new Places(browser);

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const COUNT = 30;
const SENTENCE = "One sentence after the other, until the line is full and the next one has begun. ";

/** @type {(number: number) => Record<string, unknown>} */
const NOTHING_ELSE = () => ({});
/** One of those in view, corrected. @type {typeof NOTHING_ELSE} */
const edited = (number) =>
  number === COUNT + 3 ? { content_html: `<p>${SENTENCE.repeat(9)}</p>`, date_modified: at(99) } : {};

/** Entries from `newest` down, without those in `gone`. @param {number} newest @param {number[]} [gone] */
const feed = (newest, gone = [], more = NOTHING_ELSE, version = 1) => {
  const numbers = Array.from({ length: newest }, (_, index) => newest - index).filter((number) => !gone.includes(number));
  const items = numbers.map((number) => entry(number, { title: SENTENCE.repeat(number % 3) || undefined, ...more(number) }));
  return feedOf(items, { version });
};

/** Nothing in four decimals. */
const NOTHING = 0.0001;

/** Every layout shift from now on, but for those that the reader caused. */
const watchShifts = () =>
  browser.run((NOTHING) => {
    const page = /** @type {any} */ (globalThis);
    page.shifts = [];
    const note = (/** @type {PerformanceObserverEntryList} */ list) => {
      for (const entry of /** @type {any[]} */ (list.getEntries())) {
        if (entry.hadRecentInput || entry.value < NOTHING) continue;
        page.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map((/** @type {any} */ source) => `${Math.round(source.previousRect.y)}-${Math.round(source.previousRect.bottom)}>${Math.round(source.currentRect.y)}-${Math.round(source.currentRect.bottom)}`)}`);
      }
    };
    new PerformanceObserver(note).observe({ type: "layout-shift" });
  }, NOTHING);
/** All that came until every row is where it belongs, and a frame more. */
const shifts = () =>
  browser.run(async () => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    for (const _ of "abcd") await new Promise((done) => requestAnimationFrame(done));
    const gliding = root.getAnimations().filter(({ effect }) => /** @type {any} */ (effect).target.matches(".item"));
    await Promise.allSettled(gliding.map((animation) => animation.finished));
    for (const _ of "abc") await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => setTimeout(done));
    return /** @type {any} */ (globalThis).shifts;
  });
/** Only Chromium measures shifts, and has its settings changed. */
const chromium = { skip: lacks("preferences") };

for (const reducedMotion of [false, true]) {
  const motion = reducedMotion ? "without motion" : "with motion";
  test(`updates shift nothing, ${motion}: new, late, removed and edited entries in view`, chromium, async () => {
    await browser.prefer({ reducedMotion });
    const resource = site.feed("/feed.json", feed(COUNT, [27], undefined, 1));
    await open("shifts", FEED);
    await watchShifts();
    const acts = {
      "a new entry": feed(COUNT + 1, [27], undefined, 2),
      "three more": feed(COUNT + 4, [27], undefined, 3),
      "one with an early date": feed(COUNT + 4, [], undefined, 4),
      "a removal": feed(COUNT + 4, [COUNT + 2], undefined, 5),
      "an edit that grows": feed(COUNT + 4, [COUNT + 2], edited, 6),
    };
    for (const [act, document] of Object.entries(acts)) {
      resource.publish(document);
      await reader.call("refresh");
      assert.deepEqual(await shifts(), [], act);
    }
    await browser.prefer({ reducedMotion: false });
  });
}

test("in a narrow column, with the line for sharing below each entry, an edit shifts nothing either", chromium, async () => {
  const resource = site.feed("/feed.json", feed(COUNT, [], undefined, 1));
  const narrow = "<style>body { inline-size: 320px } live-feed::part(share-button) { opacity: 1 !important }</style>";
  await open("narrow", FEED, { head: narrow });
  await browser.run(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    root.querySelector(".item")?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true }));
  });
  await browser.until("the line", () => document.querySelector("live-feed")?.shadowRoot?.querySelector(".item .share"));
  await browser.frames();
  await watchShifts();
  resource.publish(feed(COUNT, [], (number) => (number === COUNT ? { title: SENTENCE.repeat(3), date_modified: at(99) } : {}), 2));
  await reader.call("refresh");
  assert.deepEqual(await shifts(), []);
});

test("at the live edge the rows glide to their places, with motion reduced they are there at once", chromium, async () => {
  const resource = site.feed("/feed.json", feed(COUNT));
  await browser.prefer({ reducedMotion: false });
  await open("glide", FEED);
  /** Where an entry is seen from frame to frame, from where it was to where it belongs. */
  const way = (/** @type {string} */ text) =>
    browser.run(async (text) => {
      const feed = /** @type {any} */ (document.querySelector("live-feed"));
      const row = [...feed.shadowRoot.querySelectorAll(".item")].find((row) => row.querySelector(".body").textContent === text);
      const tops = [row.getBoundingClientRect().top];
      await feed.refresh();
      const ends = performance.now() + 600;
      while (performance.now() < ends) {
        await new Promise((done) => requestAnimationFrame(done));
        tops.push(row.getBoundingClientRect().top);
      }
      const [from, to] = [tops[0], tops.at(-1)];
      return { moved: to > from, between: tops.filter((top) => top > from + 1 && top < to - 1).length };
    }, text);
  resource.publish(feed(COUNT + 1));
  const gently = await way(`Text ${COUNT}.`);
  assert.equal(gently.moved, true);
  assert.ok(gently.between > 2, `${gently.between} frames on the way`);
  await browser.prefer({ reducedMotion: true });
  resource.publish(feed(COUNT + 2));
  assert.deepEqual(await way(`Text ${COUNT + 1}.`), { moved: true, between: 0 });
  await browser.prefer({ reducedMotion: false });
});

test("while a finger is on the screen, and until the page is at rest, updates wait; then they come, none is lost", async () => {
  const resource = site.feed("/feed.json", feed(COUNT));
  await open("finger", FEED);
  await places.read("Text 20.");
  const touch = (/** @type {string} */ type) =>
    browser.run((type) => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
      const target = /** @type {any} */ (globalThis).finger ?? root.querySelectorAll(".body")[10];
      /** @type {any} */ (globalThis).finger = target;
      target.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    }, type);
  await touch("touchstart");
  resource.publish(feed(COUNT, [25]));
  await reader.call("refresh");
  await reader.call("upsert", entry(22, { content_html: "<p>Other text.</p>", date_modified: at(99) }));
  assert.equal((await reader.all(".body")).length, COUNT);
  // The finger is lifted, and the page runs on.
  await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    page.runs = setInterval(() => scrollBy({ top: 3, behavior: "instant" }), 10);
  });
  await touch("touchend");
  await browser.run(() => new Promise((done) => setTimeout(done, 350)));
  assert.equal((await reader.all(".body")).length, COUNT);
  await browser.run(() => clearInterval(/** @type {any} */ (globalThis).runs));
  await browser.until("the updates", () =>
    document.querySelector("live-feed")?.shadowRoot?.textContent?.includes("Other text."),
  );
  const texts = await reader.all(".body");
  assert.equal(texts.length, COUNT - 1);
  assert.equal(texts.includes("Text 25."), false);
});
