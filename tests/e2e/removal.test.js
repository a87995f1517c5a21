/** What a newsroom takes back is gone: from the page, from what is stored, and from the heap. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** In no other text, and never sent to the page in one piece but by the feed. */
const TEXT = "Withdrawn: the plover sings at midnight.";

/** Where that text is, of the places where a page could look. */
const places = () =>
  browser.run((reversed) => {
    const text = [...reversed].reverse();
    const tree = document.documentElement.outerHTML + document.querySelector("live-feed")?.shadowRoot?.innerHTML;
    const has = (/** @type {string} */ all) => all.includes(text.join(""));
    return {
      page: has(tree),
      storage: has(JSON.stringify([localStorage, sessionStorage])),
    };
  }, [...TEXT].reverse().join(""));

const EVERYWHERE = { page: true, storage: false };
const NOWHERE = { page: false, storage: false };

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
  test(`of an entry that ${how} no text is left in page and storage`, async () => {
    const feed = site.feed("/feed.json", feedOf([removed, entry(3), entry(1)], { version: 1 }));
    await open("removed", FEED);
    assert.deepEqual(await places(), EVERYWHERE);
    await act(feed);
    await browser.until("the removal", () => !document.querySelector("live-feed")?.shadowRoot?.textContent?.includes("plover"));
    assert.deepEqual(await places(), NOWHERE);
  });
}

const short = entry(2, { content_html: `<p>${TEXT}</p>` });

test("a snapshot of the heap never holds it, nor the answer that it came with", { skip: lacks("devTools") }, async () => {
  const feed = site.feed("/feed.json", feedOf([short, entry(3), entry(1)], { version: 1 }));
  await open("heap", FEED, { head: `<script>var kept = ["Kept: ", "by the page itself."].join("");</script>` });
  const session = /** @type {import("./support/sessions/chromium.js").ChromiumSession} */ (browser.session);
  const found = async (/** @type {string} */ text) => (await session.heapStrings()).filter((string) => string.includes(text)).length;
  assert.equal(await found("Kept: by the page itself."), 1, "a snapshot holds the page's own strings");
  assert.equal(await found(TEXT), 0);
  feed.publish(feedOf([entry(3), entry(1)], { version: 2 }));
  await reader.call("refresh");
  await reader.sees(".body", ["Text 3.", "Text 1."]);
  assert.equal(await found(TEXT), 0);
});
