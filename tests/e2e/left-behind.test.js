/** What a feed leaves behind when it is removed, or has changed for long: nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, TEXT, useApplication } from "./support/application.js";
import { counted, leaves } from "./support/counting.js";
import { ENGINE } from "./support/engine.js";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const pages = usePages();
const { browser, site } = pages;
const { serve, openPage, mount, call } = useApplication(pages);

/** Other engines tell less, and are driven more slowly. */
const ROUNDS = ENGINE === "chromium" ? 1000 : 100;
/** In how many rounds at a time; the driver waits so long for each. */
const AT_ONCE = 50;
/** How much more JavaScript heap may be used after a thousand rounds: code that is compiled late, and its caches, in bytes. */
const HEAP_BYTES = 400_000;

/**
 * Shows feeds one after another, and takes each out of the page as applications do.
 * @param {number} rounds
 * @param {{ html: string, feed?: object, streams?: number }[]} kinds
 */
const visit = (rounds, kinds) =>
  browser.run(
    async (rounds, kinds) => {
      const page = /** @type {any} */ (globalThis);
      const [main, aside] = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main, aside")]);
      const task = () => new Promise((done) => setTimeout(done));
      const ends = [
        (/** @type {Element} */ element) => element.remove(),
        () => main.replaceChildren(),
        () => (main.innerHTML = ""),
        // From one container into another, and out with that one's child.
        async (/** @type {Element} */ element) => {
          const route = document.createElement("div");
          aside.append(route);
          route.append(element);
          await task();
          route.remove();
        },
        // Kept for a while, shown again, and then removed.
        async (/** @type {Element} */ element) => {
          element.remove();
          await task();
          main.append(element);
          await task();
          main.replaceChildren();
        },
      ];
      for (let round = 0; round < rounds; round += 1) {
        const { html, feed, streams = 0 } = kinds[round % kinds.length];
        const template = document.createElement("template");
        template.innerHTML = html;
        const element = /** @type {any} */ (template.content.firstChild);
        const shown = new Promise((done) => element.addEventListener("load", done, { once: true }));
        main.append(element);
        if (feed) await element.setFeed(feed);
        await shown;
        while (page.running.streams < streams) await task();
        await ends[round % ends.length](element);
        await task();
      }
    },
    rounds,
    kinds,
  );

/** @param {number} rounds @param {typeof KINDS} kinds */
async function visits(rounds, kinds) {
  for (let left = rounds; left > 0; left -= AT_ONCE) await visit(Math.min(left, AT_ONCE), kinds);
}

test(`${ROUNDS} feeds of every kind, shown and removed, leave nothing`, async () => {
  serve();
  await openPage();
  const some = ROUNDS / 10;
  await visits(some, KINDS);
  const before = await counted(browser);
  await visits(ROUNDS - some, KINDS);
  const now = await leaves(browser, before);
  assert.equal(now.memory, before.memory);
  assert.equal(now.instances, 1);
  assert.ok(now.heap - before.heap < HEAP_BYTES, `${now.heap - before.heap} bytes more of JavaScript's heap`);
});

test("a removed feed that its page still holds is shown as it was, and runs nothing", async () => {
  serve();
  await openPage();
  const before = await counted(browser);
  await browser.run(async () => {
    const page = /** @type {any} */ (globalThis);
    page.kept = document.createElement("live-feed");
    page.kept.src = "/stream.json";
    const shown = new Promise((done) => page.kept.addEventListener("load", done));
    document.querySelector("main")?.append(page.kept);
    await shown;
    page.kept.remove();
  });
  const held = await counted(browser);
  const { nodes: _, "all listeners": __, ...running } = held.left;
  const { nodes: ___, "all listeners": ____, ...nothing } = before.left;
  assert.deepEqual(running, nothing);
  assert.equal(await browser.run(() => /** @type {any} */ (globalThis).kept.shadowRoot.querySelectorAll(".item").length), 8);
});

test(`a feed that changes ${ROUNDS} times keeps no more than one that changed a tenth as often`, async () => {
  const feed = site.feed("/feed.json", TEXT);
  await openPage();
  await mount(`<live-feed src="/feed.json" live="off"></live-feed>`);
  /** Documents, edits, new entries, removals and another order of them, on the way that a host has. */
  const change = (/** @type {number} */ from, /** @type {number} */ to) =>
    browser.run(
      async (from, to) => {
        const element = /** @type {any} */ (document.querySelector("live-feed"));
        const time = (/** @type {number} */ minute) => new Date(Date.UTC(2026, 2, 2, 0, minute)).toISOString();
        for (let round = from; round < to; round += 1) {
          const item = (/** @type {number} */ index) => ({
            id: `e${index % 16}`,
            content_html: `<p>Text ${index}, as of ${round}, with <a href="/a">a link</a>.</p>`,
            date_published: time(index),
            date_modified: time(round + 100),
          });
          const changes = [
            () =>
              element.setFeed({
                version: "https://jsonfeed.org/version/1.1",
                title: `As of ${round}`,
                _livefeed: { version: round, summary_html: `<p>Summary ${round}.</p>` },
                items: Array.from({ length: 12 }, (_, index) => item(index + round)),
              }),
            () => element.upsert(item(round)),
            () => element.upsert({ ...item(round), id: "more" }),
            () => element.remove("more"),
            () => (element.order = element.order === "oldest" ? "newest" : "oldest"),
          ];
          await changes[round % changes.length]();
        }
        // The reader ends where they began.
        element.order = "newest";
        scrollTo(0, 0);
      },
      from,
      to,
    );
  /** The same by a poll. @param {number} round */
  const poll = async (round) => {
    feed.publish(feedOf(entries(8), { version: round }, { title: `As of ${round}` }));
    await call("refresh");
    await browser.frames();
  };
  const some = ROUNDS / 10;
  await change(1, some);
  await poll(some);
  const before = await counted(browser);
  for (let round = some; round < ROUNDS; round += AT_ONCE) {
    await change(round + 1, round + AT_ONCE);
    await poll(round + AT_ONCE);
  }
  // A row that was removed last, and is still glided or measured from.
  const now = await leaves(browser, before, { nodes: 20 });
  assert.equal(now.memory, before.memory);
  assert.ok(now.heap - before.heap < HEAP_BYTES, `${now.heap - before.heap} bytes more of JavaScript's heap`);
});
