import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, reader, open, heard, advance } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** So many entries are higher than any window here. */
const LONG = 40;
/** More than the default interval with its jitter. */
const NEXT_POLL_MS = 17_000;

/** What screen readers are told, kept as `spoken`. */
const HEAR = `<script>
  var spoken = [];
  Element.prototype.ariaNotify = (text) => void spoken.push(text);
</script>`;
const spoken = () => browser.run(() => /** @type {any} */ (globalThis).spoken);

/** Scrolls, and lets the browser tell who observes it: that is done within the next frame. */
const scrollPage = (/** @type {number} */ y) =>
  browser.run(async (y) => {
    scrollTo({ top: y, behavior: "instant" });
    for (const _ of "ab") await new Promise((done) => requestAnimationFrame(done));
    await new Promise((done) => setTimeout(done));
  }, y);

test("a reader at the live edge sees what is new; one who has scrolled away is told of it by a pill", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(LONG), { version: 1 }));
  await open("pill", FEED, { head: HEAR });
  assert.deepEqual(await reader.all(".pill"), []);
  await scrollPage(2000);
  const items = [entry(LONG + 2), entry(LONG + 1), ...entries(LONG)];
  feed.publish(feedOf([...items, entry(LONG + 1)], { version: 2 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["2 new updates"]);
  assert.equal((await reader.all(".body"))[0], `Text ${LONG}.`);
  assert.deepEqual((await heard("live-feed-update")).at(-1)?.detail, {
    added: [`e${LONG + 2}`, `e${LONG + 1}`],
    changed: [],
    removed: [],
    pending: 2,
  });

  // Asked again without a change, it counts nothing twice; one more counts, one removed counts no longer.
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["2 new updates"]);
  feed.publish(feedOf([entry(LONG + 3), ...items], { version: 3 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["3 new updates"]);
  feed.publish(feedOf([entry(LONG + 3), ...entries(LONG)], { version: 4 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["1 new update"]);
});

test("the pill shows what it counted, and leads to the first that is unread", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(LONG)));
  await open("unread", FEED);
  await scrollPage(2000);
  feed.publish(feedOf(entries(LONG + 3)));
  await reader.call("refresh");
  await reader.press(".pill", "3 new updates");
  assert.deepEqual((await reader.all(".body")).slice(0, 4), [43, 42, 41, 40].map((number) => `Text ${number}.`));
  assert.deepEqual(await reader.all(".pill"), []);
  await browser.frames();
  const focused = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const { top, bottom } = root.activeElement.getBoundingClientRect();
    return { text: root.activeElement.querySelector(".body")?.textContent, inView: top >= 0 && bottom <= innerHeight };
  });
  assert.deepEqual(focused, { text: "Text 41.", inView: true });
});

test("back at the live edge, the reader sees what was held back without asking", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(LONG)));
  await open("back", FEED);
  await scrollPage(2000);
  feed.publish(feedOf(entries(LONG + 1)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["1 new update"]);
  await scrollPage(0);
  await reader.sees(".pill", []);
  assert.equal((await reader.all(".body"))[0], `Text ${LONG + 1}.`);
});

test("in the other order the live edge is the lower end", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(LONG)));
  await open("lower", `<live-feed src="/feed.json" order="oldest"></live-feed>`);
  await scrollPage(0);
  feed.publish(feedOf(entries(LONG + 2)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["2 new updates"]);
  await reader.press(".pill");
  assert.deepEqual((await reader.all(".body")).slice(-2), ["Text 41.", "Text 42."]);
  const focused = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return root.activeElement.querySelector(".body")?.textContent;
  });
  assert.equal(focused, "Text 41.");
});

test("screen readers are told once for each update, and nothing for a poll without one", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("told", FEED, { head: HEAR });
  assert.deepEqual(await spoken(), []);
  await reader.call("refresh");
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  feed.publish(feedOf(entries(5)));
  await reader.call("refresh");
  assert.deepEqual(await spoken(), ["1 new update", "2 new updates"]);
});

test("where ariaNotify is missing, one unseen status in the body says it, for all feeds of the page", async () => {
  const head = `<script>delete Element.prototype.ariaNotify; delete Document.prototype.ariaNotify;</script>`;
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  site.feed("/other.json", feedOf(entries(2)));
  const body = `${FEED}<live-feed src="/other.json" id="other"></live-feed>`;
  await open("status", body, { head });
  const status = () =>
    browser.run(() =>
      [...document.querySelectorAll("body > [role=status]")].map((element) => ({
        text: element.textContent,
        width: /** @type {HTMLElement} */ (element).offsetWidth,
        height: /** @type {HTMLElement} */ (element).offsetHeight,
      })),
    );
  assert.deepEqual(await status(), [{ text: "", width: 1, height: 1 }]);
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  assert.deepEqual(await status(), [{ text: "1 new update", width: 1, height: 1 }]);
  await browser.run(() => document.querySelectorAll("live-feed").forEach((element) => element.remove()));
  await browser.until("the status to go with the last feed", () => !document.querySelector("[role=status]"));
});

test("Pause holds everything back, tells so, and asks for nothing; Resume brings it", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2), { version: 1 }));
  await open("pause", FEED, { head: clockAt(at(5)) + HEAR });
  await reader.press(".pause", "Pause");
  await reader.sees(".pause", ["Resume"]);
  assert.equal(await reader.text(".status-text"), "Paused");
  assert.equal(await reader.is("paused"), true);
  await advance(10 * NEXT_POLL_MS);
  assert.equal(feed.requests, 1);

  // What the page itself brings is held back too, an edit as well as a new entry.
  await reader.call("upsert", entry(3));
  await reader.call("upsert", entry(2, { content_html: "<p>Text 2, corrected.</p>", date_modified: at(9) }));
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await reader.all(".pill"), ["1 new update"]);
  assert.equal(await reader.text(".status-text"), "Paused · 1 new update");
  assert.deepEqual(await spoken(), []);

  await reader.press(".pause", "Resume");
  await reader.sees(".body", ["Text 3.", "Text 2, corrected.", "Text 1."]);
  assert.deepEqual(await reader.all(".pill"), []);
  assert.equal(await reader.is("paused"), false);
  await feed.requested(2);
  await reader.sees(".status-text", ["Live · Checked now"]);
});

test("the page can do the same: pause(), showPending(), resume()", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("methods", FEED);
  await reader.call("pause");
  assert.equal(await reader.text(".pause"), "Resume");
  await reader.call("upsert", entry(3));
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await reader.call("showPending");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await reader.is("paused"), true);
  await reader.call("resume");
  assert.equal(await reader.text(".pause"), "Pause");
});

test("the live edge is at the other end as soon as the order is another", async () => {
  const resource = site.feed("/feed.json", feedOf(entries(40)));
  await open("edge-of-order", `<live-feed src="/feed.json" order="oldest"></live-feed>`);
  // At the page's top, far from where old-first feeds grow; the observer says so once the list is on the page.
  await browser.until("the lower end of the list below the window", () => {
    const ends = document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".edge");
    return ends?.[1] && ends[1].getBoundingClientRect().top > innerHeight;
  });
  await browser.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  resource.publish(feedOf(entries(41)));
  await browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).refresh());
  await reader.sees(".pill", ["1 new update"]);
  await reader.press(".order button", "New first");
  await reader.sees(".pill", []);
  assert.equal((await reader.all(".body"))[0], "Text 41.");
});
