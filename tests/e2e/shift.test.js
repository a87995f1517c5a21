import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { usePages } from "./support/pages.js";
import { jumps } from "./support/shifts.js";

const { browser, site, open } = usePages();

test("the first render of a feed with pictures and cards moves nothing, above or below", { skip: lacks("shifts") }, async () => {
  site.feed("/feed.json", JSON.parse(await readFile(new URL("../../www/demo/feed.json", import.meta.url), "utf8")));
  const room = "<style>live-feed:not(:defined) { display: flow-root; min-block-size: 100svh }</style>";
  const page = `<h1>Above</h1><live-feed src="/feed.json"><p>Fallback</p></live-feed><p>Below</p>`;
  await open("shift", page, { head: room });
  assert.deepEqual(await jumps(browser), []);
});
