/**
 * A newsroom in small, for the live demo: writes `feed.json` into a directory every few seconds, or hands it to whoever
 * publishes it. Mostly there is a new entry; now and then an edit of a recent one, or a removal. Clock and chance are
 * handed in, so that a test can let a day pass in a moment and see the same day twice.
 */

import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { corrections, opening, routine, story } from "./publisher-story.js";

/**
 * @typedef {{ now: () => number, every: (ms: number, act: () => Promise<void>) => () => void }} Clock
 *   `every` returns what ends it
 * @typedef {import("./publisher-story.js").Text} Text
 * @typedef {Record<string, any>} Item one item of JSON Feed
 * @typedef {{ type: "entry" | "remove", data: Item }} FeedEvent what has changed, as readers of a stream are told it
 * @typedef {(feed: Record<string, any>, events: FeedEvent[]) => Promise<void>} Publish
 */

/** How often something is published, unless told otherwise: often enough to watch, slow enough to read along. */
const EVERY_MS = 8_000;

/** How many entries there are at the start: a page and a half, so that there is something to scroll. */
const AT_START = 12;

/** How many are kept; what is older leaves the tail. */
const AT_MOST = 60;

/** How often something else than a new entry happens. */
const CHANCE = { edit: 0.18, removal: 0.06 };

/** Only an entry this near the top is edited or removed: where a reader can see it happen. */
const RECENT = 8;

/** The gaps between the entries at the start, in minutes. */
const GAP = { least: 2, more: 7 };

const MINUTE = 60_000;
const SECOND = 1_000;

/** @type {Clock} */
const systemClock = {
  now: Date.now,
  every(ms, act) {
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  },
};

/**
 * Starts publishing; the first `feed.json` is there when the promise resolves.
 *
 * @param {{
 *   directory?: string, publish?: Publish,
 *   everyMs?: number, clock?: Clock, random?: () => number, log?: (line: string) => void
 * }} options either the directory for `feed.json`, or what publishes the feed
 * @returns {Promise<{ stop: () => Promise<void> }>} `stop` resolves when nothing is being written any more
 */
export async function startPublisher({
  directory = "",
  publish = (feed) => write(directory, feed),
  everyMs = EVERY_MS,
  clock = systemClock,
  random = Math.random,
  log = () => {},
}) {
  const newsroom = new Newsroom(clock.now(), random);
  if (directory !== "") await mkdir(directory, { recursive: true });
  await publish(structuredClone(newsroom.feed), []);
  log(`published ${newsroom.feed.items.length} entries`);

  let writing = Promise.resolve();
  const end = clock.every(everyMs, () => {
    const { done, events } = newsroom.publish(clock.now());
    const feed = structuredClone(newsroom.feed);
    writing = writing
      .then(() => publish(feed, events))
      .then(() => log(done))
      .catch((error) => log(`could not write feed.json: ${error.message}`));
    return writing;
  });
  return {
    async stop() {
      end();
      await writing;
    },
  };
}

/** In one piece: whoever reads it meanwhile gets the old document or the new one, never half of one. */
async function write(/** @type {string} */ directory, /** @type {object} */ feed) {
  // A file server leaves out what begins with a dot.
  const beside = join(directory, ".feed.json.new");
  await writeFile(beside, `${JSON.stringify(feed, null, 2)}\n`);
  await rename(beside, join(directory, "feed.json"));
}

class Newsroom {
  /** @type {() => number} */ #random;
  /** Ids differ from one run to the next, so that a page left open takes no entry for an edit of an old one. */
  /** @type {string} */ #run;
  #written = 0;
  #corrected = 0;
  /** @type {Set<string>} */ #edited = new Set();
  /** @type {Item[]} newest first */ #items = [];

  constructor(/** @type {number} */ now, /** @type {() => number} */ random) {
    this.#random = random;
    this.#run = Math.floor(now / SECOND).toString(36);
    let at = now;
    const times = Array.from({ length: AT_START }, () => {
      const time = at;
      at -= (GAP.least + Math.floor(random() * GAP.more)) * MINUTE;
      return time;
    });
    for (const time of times.reverse()) this.#add(time);
    /** @type {Record<string, any>} */
    this.feed = { ...opening, _livefeed: { ...opening._livefeed, version: 0 }, items: this.#items };
    this.#close(now);
  }

  /**
   * Publishes one thing.
   *
   * @param {number} now
   * @returns {{ done: string, events: FeedEvent[] }} what was done, in words and for readers of a stream
   */
  publish(now) {
    const { done, changed = [], removed = [] } = this.#act(now, this.#random());
    this.#close(now);
    const { version } = this.feed._livefeed;
    const entry = (/** @type {Item} */ item) => ({ ...item, _livefeed: { ...item._livefeed, version } });
    return {
      done,
      events: [
        ...removed.map(({ id }) => ({ type: /** @type {const} */ ("remove"), data: { id, _livefeed: { version } } })),
        ...changed.map((item) => ({ type: /** @type {const} */ ("entry"), data: structuredClone(entry(item)) })),
      ],
    };
  }

  /** @returns {{ done: string, changed?: Item[], removed?: Item[] }} */
  #act(/** @type {number} */ now, /** @type {number} */ chance) {
    const recent = this.#items.slice(0, RECENT);
    if (chance < CHANCE.removal) {
      const item = this.#pick(recent.filter((each) => !each._livefeed?.kind && !each._livefeed?.pinned));
      if (item) return this.#remove(item);
    } else if (chance < CHANCE.removal + CHANCE.edit) {
      const item = this.#pick(recent.filter((each) => each.content_html && !this.#edited.has(each.id)));
      if (item) return this.#edit(item, now);
    }
    return this.#add(now);
  }

  #add(/** @type {number} */ now) {
    const text = story[this.#written] ?? routine(this.#written - story.length);
    const id = `${this.#run}-${this.#written}`;
    this.#written += 1;
    const unpinned = text._livefeed?.pinned ? this.#unpin() : [];
    const item = { id, ...structuredClone(text), date_published: iso(now) };
    this.#items.unshift(item);
    if (this.#items.length > AT_MOST) {
      this.#items.splice(
        this.#items.findLastIndex((item) => !item._livefeed?.pinned),
        1,
      );
    }
    const done = `new entry ${id}${text._livefeed?.kind ? ` (${text._livefeed.kind})` : ""}`;
    return { done, changed: [...unpinned, item] };
  }

  #edit(/** @type {Item} */ item, /** @type {number} */ now) {
    const correction = corrections[this.#corrected % corrections.length];
    this.#corrected += 1;
    this.#edited.add(item.id);
    item.content_html += `\n<p><em>${correction}</em></p>`;
    item.date_modified = iso(now);
    return { done: `edited entry ${item.id}`, changed: [item] };
  }

  #remove(/** @type {Item} */ item) {
    this.#items.splice(this.#items.indexOf(item), 1);
    return { done: `removed entry ${item.id}`, removed: [item] };
  }

  /** One entry stays on top at a time. */
  #unpin() {
    const pinned = this.#items.filter((item) => item._livefeed?.pinned);
    for (const { _livefeed } of pinned) delete _livefeed.pinned;
    return pinned;
  }

  #pick(/** @type {Item[]} */ items) {
    return items[Math.floor(this.#random() * items.length)];
  }

  #close(/** @type {number} */ now) {
    const { _livefeed } = this.feed;
    // Seconds since 1970, so that a publisher started anew goes on above the last one.
    _livefeed.version = Math.max(_livefeed.version + 1, Math.floor(now / SECOND));
    _livefeed.updated = iso(now);
    _livefeed.total = this.#items.length;
  }
}

/** To the second: nobody publishes by the millisecond. */
function iso(/** @type {number} */ time) {
  return new Date(Math.floor(time / SECOND) * SECOND).toISOString().replace(".000Z", "Z");
}
