/** What a newsroom takes back is gone: from the page, from what is stored, and from memory. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** In no other text, and never sent to the page in one piece but by the feed. */
const TEXT = "Withdrawn: the plover sings at midnight.";

/** Keeps the core's memory where a test can look at it. */
const HEAD = `<script>
  WebAssembly.Instance = class extends WebAssembly.Instance {
    constructor(...args) {
      super(...args);
      // The rest of the core has none of its own.
      globalThis.memory ??= Object.values(this.exports).find((value) => value instanceof WebAssembly.Memory);
    }
  };
</script>`;

/** Where that text is, of the places where a page could look. */
const places = () =>
  browser.run((reversed) => {
    const text = [...reversed].reverse();
    const wanted = text.map((letter) => letter.charCodeAt(0));
    const bytes = new Uint8Array(/** @type {any} */ (globalThis).memory.buffer);
    const isAt = (/** @type {number} */ start) => wanted.every((byte, index) => bytes[start + index] === byte);
    let inMemory = 0;
    for (let at = bytes.indexOf(wanted[0]); at >= 0; at = bytes.indexOf(wanted[0], at + 1)) inMemory += isAt(at) ? 1 : 0;
    const tree = document.documentElement.outerHTML + document.querySelector("live-feed")?.shadowRoot?.innerHTML;
    const has = (/** @type {string} */ all) => all.includes(text.join(""));
    return {
      page: has(tree),
      storage: has(JSON.stringify([localStorage, sessionStorage])),
      memory: inMemory > 0,
    };
  }, [...TEXT].reverse().join(""));

const EVERYWHERE = { page: true, storage: false, memory: true };
const NOWHERE = { page: false, storage: false, memory: false };

/** Long enough that what comes into its place does not cover all of it. */
const removed = entry(2, { content_html: `<p>${TEXT}</p>`.repeat(50) });

for (const [how, act] of /** @type {[string, (feed: any) => Promise<unknown>][]} */ ([
  [
    "is left out of the feed",
    (feed) => {
      feed.publish(feedOf([entry(3), entry(1)], { version: 2 }));
      return reader.call("refresh");
    },
  ],
  [
    "is marked as deleted",
    (feed) => {
      feed.publish(feedOf([entry(3), { id: "e2", _livefeed: { deleted: true } }, entry(1)], { version: 2 }));
      return reader.call("refresh");
    },
  ],
  [
    "is edited away",
    (feed) => {
      feed.publish(feedOf(entries(3), { version: 2 }));
      return reader.call("refresh");
    },
  ],
])) {
  test(`of an entry that ${how} no text is left in page, storage and memory`, async () => {
    const feed = site.feed("/feed.json", feedOf([removed, entry(3), entry(1)], { version: 1 }));
    await open("removed", FEED, { head: HEAD });
    assert.deepEqual(await places(), EVERYWHERE);
    await act(feed);
    await browser.until("the removal", () => !document.querySelector("live-feed")?.shadowRoot?.textContent?.includes("plover"));
    assert.deepEqual(await places(), NOWHERE);
  });
}

const short = entry(2, { content_html: `<p>${TEXT}</p>` });

test("nor does a snapshot of the heap hold it, the answer that was kept to compare with included", { skip: lacks("devTools") }, async () => {
  const feed = site.feed("/feed.json", feedOf([short, entry(3), entry(1)], { version: 1 }));
  await open("heap", FEED);
  const session = /** @type {import("./support/sessions/chromium.js").ChromiumSession} */ (browser.session);
  const found = async () => (await session.heapStrings()).filter((string) => string.includes(TEXT)).length;
  assert.notEqual(await found(), 0);
  feed.publish(feedOf([entry(3), entry(1)], { version: 2 }));
  await reader.call("refresh");
  await reader.sees(".body", ["Text 3.", "Text 1."]);
  assert.equal(await found(), 0);
});
