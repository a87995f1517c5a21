/**
 * A feed in a frame that is as high as the feed: what is new waits while the reader of the page around is elsewhere in it,
 * and what is older comes in time.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { feedOf } from "./support/feeds.js";
import { BELOW, COUNT, Framed, SHARED, tallFeed } from "./support/framed.js";
import { usePages } from "./support/pages.js";
import { STILL_PX } from "./support/place.js";

const pages = usePages();
const { browser, site } = pages;
const framed = new Framed(pages);

/** The entry that is read, in the middle of the list. */
const text = "Text 15.";

/** Where the pill stands, in what the page shows. */
async function pillsPlace() {
  const top = await framed.inside(() =>
    browser.run(() => {
      const pill = document.querySelector("live-feed")?.shadowRoot?.querySelector(".pill");
      return pill?.getBoundingClientRect().top ?? 0;
    }),
  );
  return top + (await framed.edges()).top;
}

test("new entries wait while the reader is in the midst of the frame; the pill is in view, and leads to the first unread", async () => {
  const resource = await framed.show(`${framed.tag()}${BELOW}`);
  await framed.read(text);
  const before = await framed.place(text);
  resource.publish(tallFeed(2, { newest: COUNT + 2 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["2 new updates"]);
  assert.equal(await framed.place(text), before);
  const place = await pillsPlace();
  assert.ok(place > 0 && place < 100, `the pill stands at ${place} px`);
  await framed.scroll(150);
  const further = await pillsPlace();
  assert.ok(Math.abs(further - place) <= STILL_PX, `further down the pill stands at ${further} px, not at ${place} px`);

  await framed.inside((reader) => reader.press(".pill"));
  await framed.rest();
  const unread = await framed.place(`Text ${COUNT + 1}.`);
  assert.ok(unread > 0 && unread < 200, `the first unread entry stands at ${unread} px`);
  assert.deepEqual(await framed.pill(), []);
});

test("back at the list's beginning in the frame, the reader sees what was held back without asking", async () => {
  const resource = await framed.show(`${framed.tag()}${BELOW}`);
  await framed.read(text);
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["1 new update"]);
  await framed.read(`Text ${COUNT}.`, 300);
  await framed.inside((reader) => reader.sees(".pill", []));
  assert.equal((await framed.inside((reader) => reader.all(".body")))[0], `Text ${COUNT + 1}.`);
});

test("in the frame, where no toolbar sticks, the live edge goes with the list's beginning", async () => {
  const resource = await framed.show(`${framed.tag()}${BELOW}`);
  await framed.read(`Text ${COUNT}.`, 20);
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  assert.equal((await framed.inside((reader) => reader.all(".body")))[0], `Text ${COUNT + 1}.`);
  await framed.read(`Text ${COUNT + 1}.`, -20);
  resource.publish(tallFeed(3, { newest: COUNT + 2 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["1 new update"]);
});

test("who has not come down to the frame yet is not told by the pill, who comes up to it from below is", async () => {
  const resource = await framed.show(`<p style="block-size: 3000px">Above</p>${framed.tag()}${BELOW}`);
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), []);
  // At one bound past all of it, and back into its midst.
  await browser.run(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
  await framed.rest();
  await framed.read("Text 3.");
  const before = await framed.place("Text 3.");
  resource.publish(tallFeed(3, { newest: COUNT + 3 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["2 new updates"]);
  assert.equal(await framed.place("Text 3."), before);
});

test("in Old first the live edge of a frame is the lower end of the list", async () => {
  const resource = await framed.show(`${framed.tag('data-order="oldest"')}${BELOW}`);
  await framed.read(text);
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["1 new update"]);
  await framed.read(`Text ${COUNT}.`, 300);
  await framed.inside((reader) => reader.sees(".pill", []));
  resource.publish(tallFeed(3, { newest: COUNT + 2 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), []);
  assert.equal((await framed.inside((reader) => reader.all(".body"))).at(-1), `Text ${COUNT + 2}.`);
});

test("older entries are asked for as the reader comes near the end of the frame, before it is shown", async () => {
  const older = site.feed("/older.json", feedOf([]), SHARED);
  await framed.show(`${framed.tag()}${BELOW}`, { ...tallFeed(1, { newest: 60 }), next_url: "/older.json" });
  for (let steps = 0; older.requests === 0; steps += 1) {
    assert.ok(steps < 100, "older entries are not asked for");
    await framed.scroll(300);
  }
  const { bottom } = await framed.edges();
  const height = await browser.run(() => innerHeight);
  assert.ok(bottom > height + 100, `the end stands at ${bottom} px in a view of ${height} px`);
});

test("only the page around tells the frame what it shows", async () => {
  const resource = await framed.show(`${framed.tag()}${BELOW}`);
  await browser.run(() => {
    document.addEventListener("live-feed-update", (event) => {
      document.title = `${/** @type {CustomEvent} */ (event).detail.pending} wait`;
    });
  });
  // From the frame itself and from another one, again and again: each word of the page's own puts it right.
  const lie = { liveFeed: true, top: 2000, bottom: 2500, room: 0 };
  await framed.inside(() => browser.run((lie) => void setInterval(() => postMessage(lie, "*"), 5), lie));
  await browser.run((lie) => {
    const other = document.createElement("iframe");
    other.srcdoc = `<script>setInterval(() => parent.frames[0].postMessage(${JSON.stringify(lie)}, "*"), 5)</script>`;
    document.body.append(other);
  }, lie);
  // For who is at the live edge, nothing waits.
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  await browser.until("the update", () => document.title.endsWith("wait"));
  assert.equal(await browser.run(() => document.title), "0 wait");
});

test("in a frame of a fixed height, which scrolls by itself, new entries wait, too", async () => {
  const resource = site.feed("/feed.json", tallFeed(1), SHARED);
  await pages.open("fixed", framed.tag('data-height="600"'), { shown: false, script: "" });
  await framed.inside((reader) => reader.shown());
  await framed.inside(() => browser.run(() => scrollTo({ top: 1500, behavior: "instant" })));
  await framed.rest();
  const before = await framed.depth(text);
  resource.publish(tallFeed(2, { newest: COUNT + 1 }));
  await framed.refresh();
  assert.deepEqual(await framed.pill(), ["1 new update"]);
  assert.equal(await framed.depth(text), before);
});
