/**
 * Random walks: whatever a newsroom and a reader do, and in whatever order, the list is the newest document's, the focus
 * is where it was, what is read has not moved, and what plays goes on. Each engine takes walks of its own, so that all
 * together take three times as many. `WALKS=500` takes more in each, `WALK=17` takes that one alone, in any engine.
 *
 * They are taken in several files, each of which ends in time.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { engines } from "../../../scripts/engines.js";
import { ENGINE } from "./engine.js";
import { chance, Newsroom } from "./newsroom.js";
import { usePages } from "./pages.js";
import { Places, STILL_PX } from "./place.js";

const { browser, site, reader, open } = usePages();
const places = new Places(browser);

const WALKS = Number(process.env.WALKS ?? 24);
const ONLY = process.env.WALK;
const STEPS = 10;
/** No request but those that the walk asks for. */
const feed = (/** @type {string} */ order) =>
  `<live-feed src="/feed.json" interval="3600" storage="none" order="${order}"></live-feed>
  <p style="block-size: 1500px">Below</p>`;

/** What the page shows, when every row has come to its place. */
const look = () =>
  browser.run(async () => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    // What is displaced begins to glide in the second frame after a change.
    for (const _ of "abc") await new Promise((done) => requestAnimationFrame(done));
    const gliding = root.getAnimations().filter(({ effect }) => /** @type {any} */ (effect).target.matches(".item"));
    await Promise.allSettled(gliding.map((animation) => animation.finished));
    const text = (/** @type {Element | null | undefined} */ element) => element?.querySelector(".body")?.textContent ?? "";
    const shown = (/** @type {string} */ css) => [...root.querySelectorAll(css)].filter((one) => one.checkVisibility());
    const rows = shown(".item");
    const line = Math.max(0, root.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0);
    const isRead = (/** @type {Element} */ row) =>
      (row.querySelector(".entry")?.getBoundingClientRect().bottom ?? 0) > line + 2;
    const begins = (root.querySelector(".list")?.getBoundingClientRect().top ?? 0) >= line - 2;
    const page = /** @type {any} */ (globalThis);
    return {
      texts: rows.map(text),
      held: Number.parseInt(shown(".pill")[0]?.textContent ?? "0"),
      newestFirst: root.querySelector(".order [aria-pressed=true]")?.textContent === "New first",
      /** The entry that is read; none where the list's beginning shows. */
      read: begins ? "" : text(rows.find(isRead)),
      focus: text(root.activeElement?.closest(".entry")),
      isSame: root.activeElement === page.focused,
      plays: text(page.player?.closest?.(".entry")),
      loads: page.loads,
    };
  });

/** Puts the focus on an entry's link. @param {string} text */
const focus = (text) =>
  browser.run((text) => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    const body = [...root.querySelectorAll(".body")].find((body) => body.textContent === text);
    const link = /** @type {any} */ (body?.querySelector("a"));
    link?.focus({ preventScroll: true });
    /** @type {any} */ (globalThis).focused = root.activeElement;
  }, text);

/** Lets an entry play: a frame, as players are, which tells each time that it is loaded. @param {string} text */
const play = (text) =>
  browser.run(async (text) => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    const page = /** @type {any} */ (globalThis);
    page.player?.remove();
    page.player = document.createElement("iframe");
    page.player.src = "/player.html";
    page.loads = 0;
    const row = [...root.querySelectorAll(".entry")].find((row) => row.querySelector(".body")?.textContent === text);
    await new Promise((loaded) => {
      page.player.addEventListener("load", () => loaded((page.loads += 1)));
      row?.append(page.player);
    });
  }, text);

/** @param {number} seed */
async function walk(seed) {
  const newsroom = new Newsroom(chance(seed));
  const resource = site.feed("/feed.json", newsroom.document());
  await open(`walk-${seed}`, feed(newsroom.draw(2) === 0 ? "newest" : "oldest"));
  /** @type {string[]} */
  const way = [];
  const publish = async (/** @type {string} */ what) => {
    resource.publish(newsroom.document());
    await reader.call("refresh");
    return what;
  };
  const any = async () => {
    const { texts } = await look();
    return texts[newsroom.draw(texts.length)];
  };
  /** What may happen; what moves the reader on purpose, or lets lines break anew, is marked. */
  const acts = {
    add: () => publish(newsroom.add()),
    late: () => publish(newsroom.addLate()),
    edit: () => publish(newsroom.edit()),
    remove: () => publish(newsroom.remove()),
    switch: async () => {
      const { newestFirst } = await look();
      await reader.press(".order button", newestFirst ? "Old first" : "New first");
      return "switch";
    },
    header: async () => {
      if ((await reader.all(".summary-button")).length > 0) await reader.press(".summary-button");
      return "open or close the header";
    },
  };
  const moves = {
    read: async () => {
      const text = await any();
      await places.read(text);
      return `read "${text}"`;
    },
    top: async () => {
      await places.scroll(0);
      return "scroll to the top";
    },
    resize: async () => {
      const width = 320 + newsroom.draw(500);
      await browser.run((width) => {
        document.body.style.inlineSize = `${width}px`;
      }, width);
      await browser.frames();
      return `${width} pixels wide`;
    },
    focus: async () => {
      const text = await any();
      await focus(text);
      return `focus on "${text}"`;
    },
    play: async () => {
      const text = await any();
      await play(text);
      await browser.frames();
      return `play in "${text}"`;
    },
  };
  const steps = [...Object.values(acts), ...Object.values(acts), ...Object.values(moves), moves.read];
  for (let step = 0; step < STEPS; step += 1) {
    const act = steps[newsroom.draw(steps.length)];
    const before = await look();
    const isMove = Object.values(moves).some((move) => move === act);
    if (before.read && !isMove) await places.watch(before.read);
    way.push(await act());
    const watched = before.read && !isMove ? await places.watched() : undefined;
    const after = await look();
    const taken = `seed ${seed}: ${way.join(", ")}`;

    const all = newsroom.texts(after.newestFirst);
    assert.deepEqual(after.texts, all.filter((text) => after.texts.includes(text)), taken);
    assert.equal(after.texts.length + after.held, all.length, taken);
    const isGone = (/** @type {string} */ text) => !all.includes(text);
    if (watched && !isGone(before.read ?? "")) {
      assert.ok(watched.moved <= STILL_PX, `${taken}: "${before.read}", which is read, moved by ${watched.moved} px`);
    }
    if (act !== moves.focus && before.focus && before.isSame && !isGone(before.focus)) {
      assert.deepEqual([after.focus, after.isSame], [before.focus, true], `${taken}: the focus`);
    }
    if (act !== moves.play && before.plays && !isGone(before.plays)) {
      assert.deepEqual([after.plays, after.loads], [before.plays, 1], `${taken}: what plays`);
    }
  }
  await reader.call("showPending");
  const { texts, newestFirst } = await look();
  assert.deepEqual(texts, newsroom.texts(newestFirst), `seed ${seed}: ${way.join(", ")}, show all`);
}

/** How many files share the walks, and how many walks are one test. */
const FILES = 3;
const TOGETHER = 10;

/** Takes the walks of one file. @param {number} file from 0 */
export function walks(file) {
  const start = WALKS * engines().findIndex(({ name }) => name === ENGINE);
  const seeds = ONLY === undefined ? Array.from({ length: WALKS }, (_, index) => start + index) : [Number(ONLY)];
  const ours = seeds.filter((seed) => seed % FILES === file);
  for (let first = 0; first < ours.length; first += TOGETHER) {
    const some = ours.slice(first, first + TOGETHER);
    test(`walks ${some.join(", ")}: the list is the truth, and nothing is lost to the reader`, async () => {
      site.add("/player.html", "<!doctype html><title>Player</title>", { "content-type": "text/html" });
      for (const seed of some) await walk(seed);
    });
  }
}
