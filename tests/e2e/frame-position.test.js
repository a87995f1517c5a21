/** A feed in a frame that is as high as the feed: what the reader of the page around it reads stands still. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "./support/feeds.js";
import { BELOW, COUNT, Framed, LINES, tallFeed } from "./support/framed.js";
import { usePages } from "./support/pages.js";
import { PLACES, STILL_PX } from "./support/place.js";

const pages = usePages();
const { browser, site } = pages;
const framed = new Framed(pages);

/** The entry that is read, in the middle of the list. */
const READ = 15;
const text = `Text ${READ}.`;
/** So far a reader scrolls at one go. */
const STEP = 150;

const summary = (/** @type {string} */ value) =>
  framed.inside(() => browser.run((value) => document.querySelector("live-feed")?.setAttribute("summary", value), value));

const grown = (/** @type {number} */ number) =>
  number === READ + 1 ? { content_html: `<p>${LINES}</p>`.repeat(4), date_modified: at(90) } : {};
const gone = (/** @type {number} */ number) => (number === READ + 3 ? null : grown(number));

/**
 * Does something that changes the feed above an entry, which stands still meanwhile.
 * @param {string} what in words
 * @param {() => Promise<unknown>} act
 */
async function still(what, act) {
  const [before, depth] = [await framed.place(text), await framed.depth(text)];
  await framed.watch(text);
  await act();
  const moved = await framed.watched();
  const deeper = Math.abs((await framed.depth(text)) - depth);
  assert.ok(deeper > 50, `${what}: nothing changed above the entry, so that the test shows nothing`);
  assert.ok(moved <= STILL_PX, `${what}: the entry that is read moved by ${moved} px for a moment`);
  const off = Math.abs((await framed.place(text)) - before);
  assert.ok(off <= STILL_PX, `${what}: the entry that is read moved by ${off} px`);
}

for (const [place, page] of Object.entries(PLACES)) {
  test(`in a frame in ${place}, what grows and goes above does not move the entry that is read`, async () => {
    const resource = await framed.show(page(framed.tag()));
    await framed.read(text);
    await still("an edit that grows", async () => {
      resource.publish(tallFeed(2, { change: grown }));
      await framed.refresh();
    });
    await still("a removal", async () => {
      resource.publish(tallFeed(3, { change: gone }));
      await framed.refresh();
    });
    for (const value of ["open", "collapsed", "none"]) await still(`summary="${value}"`, () => summary(value));
  });
}

test("what has grown above is there for who goes up to it, and nothing jumps on the way", async () => {
  const resource = await framed.show(`${framed.tag()}${BELOW}`);
  await framed.read(text);
  resource.publish(tallFeed(2, { change: grown }));
  await framed.refresh();
  for (let steps = 0; ; steps += 1) {
    assert.ok(steps < 60, "the beginning of the frame does not come");
    const before = await framed.place(text);
    await framed.scroll(-STEP);
    if ((await framed.edges()).top >= 0) break;
    const by = (await framed.place(text)) - before;
    assert.ok(Math.abs(by - STEP) <= STILL_PX, `step ${steps}: what is read went ${by} px, the page ${STEP} px`);
  }
  await framed.whole();
});

test("where the frame's beginning is shown, a header that grows or shrinks does not move what stands below it", async () => {
  await framed.show(`<p style="block-size: 900px">Above</p>${framed.tag()}${BELOW}`);
  const newest = `Text ${COUNT}.`;
  await framed.read(newest, 600);
  for (const value of ["open", "collapsed", "none", "open"]) {
    const [before, depth] = [await framed.place(newest), await framed.depth(newest)];
    await summary(value);
    await framed.rest();
    assert.ok(Math.abs((await framed.depth(newest)) - depth) > 50, `summary="${value}" changes nothing`);
    const off = Math.abs((await framed.place(newest)) - before);
    assert.ok(off <= STILL_PX, `summary="${value}": the first entry moved by ${off} px`);
    // Nothing is cut off where it would be seen.
    await framed.whole();
  }
});

test("who reads what stands below the frame is not moved by what comes, grows or goes in it", async () => {
  const resource = await framed.show(`${framed.tag()}<p id="below">Below</p>${BELOW}`);
  const below = () => browser.run(() => document.querySelector("#below")?.getBoundingClientRect().top ?? 0);
  // In steps, so that each entry has been drawn.
  for (let steps = 0; (await framed.edges()).bottom > -200; steps += 1) {
    assert.ok(steps < 60, "the end of the frame does not come");
    await framed.scroll(4 * STEP);
  }
  const before = await below();
  const height = async () => (({ top, bottom }) => bottom - top)(await framed.edges());
  for (const [version, change] of /** @type {const} */ ([[2, grown], [3, gone]])) {
    const high = await height();
    resource.publish(tallFeed(version, { change }));
    await framed.refresh();
    assert.ok(Math.abs((await height()) - high) > 50, "the feed is as high as it was, so that the test shows nothing");
    const off = Math.abs((await below()) - before);
    assert.ok(off <= STILL_PX, `what stands below moved by ${off} px`);
  }
  await framed.whole();
});

test("a picture above that comes late does not move the entry that is read", async () => {
  const picture = site.add("/late-in-frame.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240"/>`, {
    "content-type": "image/svg+xml",
  });
  picture.hold();
  const image = '<p>Before.</p><img src="/late-in-frame.svg" alt=""><p>After.</p>';
  const change = (/** @type {number} */ number) => (number === READ + 1 ? { content_html: image } : {});
  await framed.show(`${framed.tag()}${BELOW}`, tallFeed(1, { change }));
  // It is asked for as it comes into view.
  await framed.read("Before.After.", 50);
  await picture.requested(1);
  await framed.read(text);
  await still("a late picture", async () => {
    picture.release();
    await framed.inside(() =>
      browser.until("the picture", () =>
        [...(document.querySelector("live-feed")?.shadowRoot?.querySelectorAll("img") ?? [])].every((img) => img.naturalWidth),
      ),
    );
  });
});

