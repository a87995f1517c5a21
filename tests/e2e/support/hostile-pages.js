/** Pages of hostile feeds, and what happened to them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { TOGETHER } from "../../fixtures/hostile.js";
import { WATCH, aftermath, provoke } from "./hostile.js";
import { usePages } from "./pages.js";

/** How many files share the pages, so that each ends in time. */
const FILES = 3;

/** How many feeds stand on one page: more would be slow to lay out, fewer slow to open. */
const FEEDS_ON_A_PAGE = 100;

/** Whom nobody may ask for, but for the test itself, last of all. */
const CONTROL = "https://control.example";

export const NOTHING = { found: [], asked: [], own: [], ours: [] };

/** The browser and both servers, with a page of feeds that is watched, and what happened to it. */
export function useHostile() {
  const pages = usePages();
  const { browser, site, cdn, reader, moduleTag } = pages;

  /**
   * A page of feeds, watched.
   * @param {string} name
   * @param {unknown[]} feeds
   * @param {{ head?: string, headers?: Record<string, string> }} [options]
   */
  async function watch(name, feeds, { head = "", headers = {} } = {}) {
    const tags = feeds.map((feed, index) => {
      site.feed(`/case/${index}.json`, feed);
      return `<live-feed src="/case/${index}.json" live="off" summary="open" image-proxy="/proxy?of={url}"></live-feed>`;
    });
    const body = `<header>The site</header><main>${tags.join("")}</main><footer>Its end</footer>`;
    await browser.open(site.page(`hostile-${name}`, body, { head: head + WATCH, script: moduleTag(), headers }));
    await reader.shown();
    await browser.frames();
  }

  /** What happened to the page, and who was asked: nobody but the page's own files, its feeds, and its proxy. */
  async function damage() {
    await browser.run(provoke);
    await browser.frames();
    const found = await browser.run(aftermath);
    // What was asked for before this has been heard of when this is.
    await browser.run((url) => void new Image().setAttribute("src", url), `${CONTROL}/`);
    await browser.outside.hears(CONTROL);
    const asked = browser.outside.asked.filter((origin) => origin !== CONTROL);
    const own = site.seen.map(({ path }) => path).filter((path) => !/^\/(page\/hostile-|case\/\d+\.json$|proxy$)/.test(path));
    const ours = cdn.seen.map(({ path }) => path).filter((path) => !/^\/(live-feed|lost|purifier|players|around|missing)\.(js|wasm)$/.test(path));
    return { found, asked, own, ours };
  }

  return { ...pages, watch, damage };
}

/**
 * The tests of one file: every so-manieth page of feeds, of which each has a hostile value in one field.
 * @param {number} file from 0 on
 */
export function testPages(file) {
  const { watch, damage } = useHostile();
  for (let start = file * FEEDS_ON_A_PAGE; start < TOGETHER.length; start += FILES * FEEDS_ON_A_PAGE) {
    const cases = TOGETHER.slice(start, start + FEEDS_ON_A_PAGE);
    test(`nothing happens to a page by ${cases[0][0]}, and ${cases.length - 1} more`, async () => {
      await watch(`page-${start}`, cases.map(([, feed]) => feed));
      assert.deepEqual(await damage(), NOTHING);
    });
  }
}
