import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { PLACES, Places, STILL_PX } from "./support/place.js";

const { browser, site, reader, open } = usePages();
const places = new Places(browser);

const NEWEST = `<live-feed src="/feed.json"></live-feed>`;
const OLDEST = `<live-feed src="/feed.json" order="oldest"></live-feed>`;
const COUNT = 30;
/** A paragraph of two lines or more at any width. */
const LINES = "One sentence after the other, until the line is full and the next one has begun. ".repeat(3);

/**
 * Entries of different heights, from the newest down; `change` is given each.
 * @param {(number: number) => Record<string, unknown> | null} [change] other members of an entry, or null to leave it out
 */
const feed = (change = () => ({}), livefeed = {}) => {
  const numbers = Array.from({ length: COUNT }, (_, index) => COUNT - index);
  const items = numbers.flatMap((number) => {
    const more = change(number);
    const body = `<p>Text ${number}.</p>`;
    return more === null ? [] : [entry(number, { title: number % 3 ? undefined : LINES, content_html: body, ...more })];
  });
  return feedOf(items, { summary_html: `<p>${LINES}</p>`.repeat(6), ...livefeed });
};

/** The entry that is read, in the middle of the list. */
const READ = 15;
const text = `Text ${READ}.`;

/** @param {{ moved: number, deeper: number }} watched @param {string} what */
const still = ({ moved, deeper }, what) => {
  assert.ok(deeper !== 0, `${what}: nothing changed above the entry, so that the test shows nothing`);
  assert.ok(moved <= STILL_PX, `${what}: the entry that is read moved by ${moved} px`);
};

for (const [place, page] of Object.entries(PLACES)) {
  test(`in ${place}, edits and removals above do not move the entry that is read`, async () => {
    const resource = site.feed("/feed.json", feed(undefined, { version: 1 }));
    await open("above", page(NEWEST));
    await places.read(text);
    await places.watch(text);
    const grown = (/** @type {number} */ number) =>
      number === READ + 1 ? { content_html: `<p>${LINES}</p>`.repeat(4), date_modified: at(90) } : {};
    resource.publish(feed(grown, { version: 2 }));
    await reader.call("refresh");
    still(await places.watched(), "an edit that grows");

    await places.watch(text);
    const gone = (/** @type {number} */ number) => (number === READ + 3 ? null : grown(number));
    resource.publish(feed(gone, { version: 3 }));
    await reader.call("refresh");
    still(await places.watched(), "a removal");

    // The entry just above, of which only the gap shows.
    await places.read(text, 10);
    await places.watch(text);
    resource.publish(feed((number) => (number === READ + 1 ? null : gone(number)), { version: 4 }));
    await reader.call("refresh");
    still(await places.watched(), "a removal of the one before it");
  });

  test(`in ${place}, a header that opens, changes or goes does not move the entry that is read`, async () => {
    const resource = site.feed("/feed.json", feed(undefined, { version: 1 }));
    await open("header", page(NEWEST));
    await places.read(text);
    const set = (/** @type {string} */ value) =>
      browser.run((value) => document.querySelector("live-feed")?.setAttribute("summary", value), value);
    for (const value of ["open", "collapsed", "none"]) {
      await places.watch(text);
      await set(value);
      still(await places.watched(), `summary="${value}"`);
    }
    await set("open");
    await places.watch(text);
    resource.publish(feed(undefined, { version: 2, summary_html: "<p>Short.</p>" }));
    await reader.call("refresh");
    still(await places.watched(), "another standfirst");
    await places.watch(text);
    await reader.press(".key-moment").catch(() => undefined);
    resource.publish(feed((number) => (number === 2 ? { _livefeed: { kind: "key" } } : {}), { version: 3 }));
    await reader.call("refresh");
    still(await places.watched(), "a key moment");
  });

  for (const [under, header] of [[10, 0], [40, 0], [10, 60]]) {
    const where = `${under} pixels under the toolbar, ${header} below a header of the page's own`;
    test(`in ${place}, a reader whose newest entry is ${where}, has left the live edge`, async () => {
      const newest = `Text ${COUNT - 1}.`;
      const resource = site.feed("/feed.json", feed((number) => (number < COUNT ? {} : null)));
      const head = `<style>live-feed { --live-feed-sticky-top: ${header}px }</style>`;
      await open(`under-${under}-${header}`, page(NEWEST), { head });
      await places.read(newest, -under);
      await places.watch(newest);
      resource.publish(feed());
      await reader.call("refresh");
      assert.deepEqual(await reader.all(".pill"), ["1 new update"]);
      assert.ok((await places.watched()).moved <= STILL_PX);

      await places.read(newest, 0);
      await reader.sees(".pill", []);
      assert.equal((await reader.all(".body"))[0], `Text ${COUNT}.`);
    });
  }

  test(`in ${place}, a reader past the list in Old first sees what is new without asking`, async () => {
    const resource = site.feed("/feed.json", feed((number) => (number < COUNT ? {} : null)));
    await open("past", page(OLDEST));
    await places.scroll(1e6);
    resource.publish(feed());
    await reader.call("refresh");
    assert.equal((await reader.all(".body")).at(-1), `Text ${COUNT}.`);
    assert.deepEqual(await reader.all(".pill"), []);
  });

  test(`in ${place}, an entry that comes late with an early date does not move the one that is read`, async () => {
    const short = (/** @type {number} */ number) => (number > COUNT - 4 ? {} : null);
    const last = `Text ${COUNT - 1}.`;
    const resource = site.feed("/feed.json", feed(short));
    await open("early", page(OLDEST));
    // The end of the list shows, so that nothing is held back.
    await places.read(last);
    await places.watch(last);
    resource.publish(feed((number) => (number > COUNT - 6 ? {} : null)));
    await reader.call("refresh");
    assert.equal((await reader.all(".body")).length, 6);
    still(await places.watched(), "entries above");
  });

  test(`in ${place} at its very beginning, where no browser holds anything, nothing moves either`, async () => {
    const short = (/** @type {number} */ number) => (number > COUNT - 2 ? { title: undefined } : null);
    const first = `Text ${COUNT - 1}.`;
    const resource = site.feed("/feed.json", feed(short, { version: 1, summary_html: undefined }));
    await open("beginning", page(OLDEST));
    await places.scroll(0);
    await places.watch(first);
    const more = (/** @type {number} */ number) => (number > COUNT - 3 ? { title: undefined } : null);
    resource.publish(feed(more, { version: 2, summary_html: undefined }));
    await reader.call("refresh");
    assert.deepEqual((await reader.all(".body")).slice(0, 2), [`Text ${COUNT - 2}.`, first]);
    still(await places.watched(), "an entry above");

    await places.scroll(0);
    await places.watch(first);
    resource.publish(feed(more, { version: 3, summary_html: `<p>${LINES}</p>` }));
    await reader.call("refresh");
    still(await places.watched(), "a header that grows");
  });

  test(`in ${place}, a picture above that comes late does not move the entry that is read`, async () => {
    // Each its own, which no earlier page has left in the browser's memory.
    const source = `/late-${Object.keys(PLACES).indexOf(place)}.svg`;
    const picture = site.add(source, `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240"/>`, {
      "content-type": "image/svg+xml",
    });
    picture.hold();
    const withPicture = (/** @type {number} */ number) =>
      number === READ + 1 ? { content_html: `<p>Before.</p><img src="${source}" alt=""><p>After.</p>` } : {};
    site.feed("/feed.json", feed(withPicture));
    await open("late", page(NEWEST));
    await places.read(text);
    await picture.requested(1);
    await places.watch(text);
    picture.release();
    await browser.until("the picture", () =>
      [...(document.querySelector("live-feed")?.shadowRoot?.querySelectorAll("img") ?? [])].every((img) => img.naturalWidth),
    );
    still(await places.watched(), "a late picture");
  });
}

test("in a window a few lines high, where the toolbar does not stick, the live edge goes with the list's beginning", async () => {
  await browser.resize({ width: 800, height: 340 });
  const upTo = (/** @type {number} */ newest) => feed((number) => (number <= newest ? {} : null));
  const resource = site.feed("/feed.json", upTo(COUNT - 2));
  await open("low", PLACES["the page"](NEWEST));
  const to = async (/** @type {string} */ text, /** @type {number} */ top) => {
    const at = await places.scrolled();
    await places.scroll(at + (await places.stands(text)) - top);
  };
  await to(`Text ${COUNT - 2}.`, 20);
  resource.publish(upTo(COUNT - 1));
  await reader.call("refresh");
  assert.equal((await reader.all(".body"))[0], `Text ${COUNT - 1}.`);

  await to(`Text ${COUNT - 1}.`, -20);
  resource.publish(upTo(COUNT));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".pill"), ["1 new update"]);
});
