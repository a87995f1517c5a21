import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
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
