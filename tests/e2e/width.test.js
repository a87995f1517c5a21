/** How wide the feed is, whatever it stands in: as wide as its column, and no page gets wider than its window by it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, open } = usePages();

/** How wide a phone's and a laptop's column are, in pixels. */
const PHONE = 360;
const LAPTOP = 1280;

/** The most that a feed takes of its column, 56em; and what it takes by itself where nothing says how much, 40em. */
const MOST = 896;
const ALONE = 640;

/** What pages make of what the feed stands in, and whether that is as wide as its content alone. */
const PARENTS = /** @type {[string, string, boolean][]} */ ([
  ["a plain block", "", false],
  ["a grid", "display: grid", false],
  ["a grid of fractions", "display: grid; grid-template-columns: 1fr", false],
  ["a column of a flexbox", "display: flex; flex-direction: column", false],
  ["a row of a flexbox", "display: flex", true],
  ["an inline block", "display: inline-block", true],
  ["a float", "float: left", true],
  ["a box that fits its content", "inline-size: fit-content", true],
  ["a cell of a table", "display: table-cell", true],
]);

/** What pages say of the element itself. */
const DISPLAYS = ["block", "flow-root", "grid", "flex", "flex; flex-direction: column"];

/**
 * A feed in a column of that width, in a parent with that style, and once more with an element between: only the feed
 * itself knows that it may be narrow.
 * @param {number} column
 * @param {string} parent
 * @param {string} [own] the feed's own style
 */
function columns(column, parent, own = "") {
  const feed = `<live-feed src="/feed.json" style="${own}"></live-feed>`;
  const inside = [feed, `<div>${feed}</div>`].map((child) => `<div style="${parent}">${child}</div>`);
  return inside.map((parent) => `<section style="display: flow-root; inline-size: ${column}px">${parent}</section>`).join("");
}

/** How wide each feed is as it is seen, and what it stands in with all that sticks out of it. */
const measured = () =>
  browser.run(() =>
    [...document.querySelectorAll("section")].map((section) => {
      const shown = section.querySelector("live-feed")?.shadowRoot?.querySelector(".feed");
      return [shown?.getBoundingClientRect().width, section.scrollWidth];
    }),
  );

for (const [what, style, shrinks] of PARENTS) {
  test(`${what} gives a feed all of a phone, and of a laptop what it reads well in`, async () => {
    site.feed("/feed.json", feedOf(entries(2)));
    await open("parent", columns(PHONE, style) + columns(LAPTOP, style));
    const [phone, laptop] = [[PHONE, PHONE], [shrinks ? ALONE : MOST, LAPTOP]];
    assert.deepEqual(await measured(), [phone, phone, laptop, laptop]);
  });
}

for (const display of DISPLAYS) {
  test(`a page that sets display: ${display} on the element changes nothing of that`, async () => {
    site.feed("/feed.json", feedOf(entries(2)));
    const own = `display: ${display}`;
    await open("display", [PHONE, LAPTOP].flatMap((column) => ["", "display: inline-block"].map((style) => columns(column, style, own))).join(""));
    const [phone, block, shrunk] = [[PHONE, PHONE], [MOST, LAPTOP], [ALONE, LAPTOP]];
    assert.deepEqual(await measured(), [phone, phone, phone, phone, block, block, shrunk, shrunk]);
  });
}
