import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { lacks } from "./support/engine.js";
import { usePages } from "./support/pages.js";
import { jumps } from "./support/shifts.js";

const { browser, site, reader, open } = usePages();

test("the first render of a feed with pictures and cards moves nothing, above or below", { skip: lacks("shifts") }, async () => {
  const feed = site.feed("/feed.json", JSON.parse(await readFile(new URL("../../www/demo/feed.json", import.meta.url), "utf8")));
  const room = "<style>live-feed:not(:defined) { display: flow-root; min-block-size: 100svh }</style>";
  const page = `<h1>Above</h1><live-feed src="/feed.json"><p>Fallback</p></live-feed><p>Below</p>`;
  // What stands there before is painted: what has not been seen can't be seen to move.
  feed.hold();
  await open("shift", page, { head: room, shown: false });
  await browser.until("the element", () => document.querySelector("live-feed:state(loading)"));
  await browser.frames();
  feed.release();
  await reader.shown();
  assert.deepEqual(await jumps(browser), []);
});

for (const width of ["20em", "50em"]) {
  test(`times that are written after the first paint move nothing, ${width} wide`, { skip: lacks("shifts") }, async () => {
    // More than a window shows: its end takes its place when rows there take their height.
    const items = Array.from({ length: 30 }, (_, index) => entry(30_000 - index * 1000));
    const feed = site.feed("/feed.json", feedOf(items, { time_zone: "Europe/Berlin", updated: at(2) }, { language: "de" }));
    feed.hold();
    const head = `<style>live-feed { inline-size: ${width}; --live-feed-min-height: 0 } live-feed:not(:defined) { display: block }</style>`;
    await open("late", `<live-feed src="/feed.json"></live-feed>`, { head, shown: false });
    await browser.until("the element", () => document.querySelector("live-feed:state(loading)"));
    await browser.frames();
    feed.release();
    await reader.shown();
    assert.deepEqual(await jumps(browser), []);
  });
}
