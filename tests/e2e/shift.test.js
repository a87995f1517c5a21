import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { usePages } from "./support/pages.js";

const { browser, site, open } = usePages();

/** Every jump since the page began: its weight, and what jumped. */
const jumps = () =>
  browser.run(
    () =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
          resolve(list.getEntries().map((entry) => /** @type {any} */ (entry).value));
        });
        observer.observe({ type: "layout-shift", buffered: true });
        // Without a jump the observer stays silent; what was buffered would have come within two frames.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(observer.takeRecords().map(() => 1))));
      }),
  );

test("the first render of a feed with pictures and cards moves nothing, above or below", async (test) => {
  if (!(await browser.run(() => PerformanceObserver.supportedEntryTypes.includes("layout-shift")))) {
    return test.skip("this engine does not measure how far things jump");
  }
  site.feed("/feed.json", JSON.parse(await readFile(new URL("../../www/demo/feed.json", import.meta.url), "utf8")));
  const room = "<style>live-feed:not(:defined) { display: flow-root; min-block-size: 100svh }</style>";
  const page = `<h1>Above</h1><live-feed src="/feed.json"><p>Fallback</p></live-feed><p>Below</p>`;
  await open("shift", page, { head: room });
  assert.deepEqual(await jumps(), []);
});
