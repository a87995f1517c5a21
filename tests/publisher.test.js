import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { startPublisher } from "../scripts/publisher.js";

const START = Date.parse("2026-05-01T09:00:00Z");
const EVERY_MS = 5_000;
/** Longer than story and cap together, so that both ends are seen. */
const STEPS = 150;

const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false });
addFormats.default(ajv);
const schema = new URL("../www/demo/feed.schema.json", import.meta.url);
const isFeed = ajv.compile(JSON.parse(await readFile(schema, "utf8")));

/** @type {string} */
let directory;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "livefeed-publisher-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** A clock that stands still until `tick`, which lets one interval pass and waits for what it sets off. */
function handClock() {
  let time = START;
  let act = async () => {};
  return {
    now: () => time,
    every(ms, callback) {
      assert.equal(ms, EVERY_MS);
      act = callback;
      return () => {
        act = async () => {};
      };
    },
    async tick() {
      time += EVERY_MS;
      await act();
    },
  };
}

/** Numbers from 0 to 1 that look random and are the same every time (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function read() {
  return JSON.parse(await readFile(join(directory, "feed.json"), "utf8"));
}

/** Runs the publisher for a while and gives every document that it wrote. */
async function day(seed = 1) {
  const clock = handClock();
  const publisher = await startPublisher({ directory, everyMs: EVERY_MS, clock, random: chance(seed) });
  const feeds = [await read()];
  for (let step = 0; step < STEPS; step++) {
    await clock.tick();
    feeds.push(await read());
  }
  await publisher.stop();
  return feeds;
}

const ids = (feed) => feed.items.map((item) => item.id);

test("it starts with twelve entries, newest first, the last of them now", async () => {
  const clock = handClock();
  const publisher = await startPublisher({ directory, everyMs: EVERY_MS, clock, random: chance(1) });
  const { items, _livefeed } = await read();
  assert.equal(items.length, 12);
  assert.equal(items[0].date_published, "2026-05-01T09:00:00Z");
  assert.equal(_livefeed.updated, "2026-05-01T09:00:00Z");
  const dates = items.map((item) => item.date_published);
  assert.deepEqual(dates, dates.toSorted().reverse());
  await publisher.stop();
});

test("every document is a valid feed", async () => {
  for (const feed of await day()) assert.ok(isFeed(feed), ajv.errorsText(isFeed.errors));
});

test("every document has a greater version and is stamped with its time", async () => {
  const feeds = await day();
  feeds.forEach(({ _livefeed }, step) => {
    assert.equal(Date.parse(_livefeed.updated), START + step * EVERY_MS);
    if (step > 0) assert.ok(_livefeed.version > feeds[step - 1]._livefeed.version);
  });
});

test("each step is one new entry, one edit or one removal, and mostly a new entry", async () => {
  const feeds = await day();
  const done = { added: 0, edited: 0, removed: 0 };
  feeds.slice(1).forEach((feed, step) => {
    const before = new Map(feeds[step].items.map((item) => [item.id, item]));
    const added = feed.items.filter((item) => !before.has(item.id));
    const edited = feed.items.filter((item) => item.date_modified !== before.get(item.id)?.date_modified);
    const gone = ids(feeds[step]).filter((id) => !ids(feed).includes(id));
    assert.equal(new Set(ids(feed)).size, feed.items.length);
    if (added.length) {
      done.added += 1;
      assert.deepEqual(added, [feed.items[0]]);
      assert.equal(added[0].date_published, feed._livefeed.updated);
    } else if (edited.length) {
      done.edited += 1;
      assert.equal(edited.length, 1);
      assert.equal(edited[0].date_modified, feed._livefeed.updated);
      assert.notEqual(edited[0].content_html, before.get(edited[0].id).content_html);
      assert.deepEqual(ids(feed), ids(feeds[step]));
    } else {
      done.removed += 1;
      assert.equal(gone.length, 1);
    }
  });
  assert.ok(done.added > STEPS / 2, JSON.stringify(done));
  assert.ok(done.edited > 0 && done.removed > 0, JSON.stringify(done));
});

test("there are never more than sixty entries, and at most one of them is pinned", async () => {
  const feeds = await day();
  for (const { items } of feeds) {
    assert.ok(items.length <= 60);
    assert.ok(items.filter((item) => item._livefeed?.pinned).length <= 1);
  }
  assert.equal(feeds.at(-1).items.length, 60);
  assert.ok(feeds.some(({ items }) => items.some((item) => item._livefeed?.pinned)));
  assert.ok(feeds.some(({ items }) => items.some((item) => item._livefeed?.kind === "key")));
});

test("the same clock and the same chance publish the same day", async () => {
  assert.deepEqual(await day(7), await day(7));
});

test("nothing but the feed is left in the directory", async () => {
  await day();
  assert.deepEqual(await readdir(directory), ["feed.json"]);
});

test("after it was stopped nothing is written", async () => {
  const clock = handClock();
  const publisher = await startPublisher({ directory, everyMs: EVERY_MS, clock, random: chance(1) });
  await publisher.stop();
  const last = await read();
  await clock.tick();
  assert.deepEqual(await read(), last);
});

test("it tells what it does, and a directory that has gone is told and survived", async () => {
  const clock = handClock();
  const lines = [];
  const log = (line) => lines.push(line.replace(directory, "…"));
  const publisher = await startPublisher({ directory, everyMs: EVERY_MS, clock, random: () => 0.99, log });
  await clock.tick();
  await rm(directory, { recursive: true });
  await clock.tick();
  await publisher.stop();
  assert.deepEqual(lines, [
    "published 12 entries",
    `new entry ${Math.floor(START / 1000).toString(36)}-12`,
    "could not write feed.json: ENOENT: no such file or directory, open '…/.feed.json.new'",
  ]);
  directory = await mkdtemp(join(tmpdir(), "livefeed-publisher-"));
});

test("the events of a publication turn the last document into the new one", async () => {
  const clock = handClock();
  const published = [];
  const publish = async (feed, events) => void published.push({ feed, events });
  const publisher = await startPublisher({ publish, everyMs: EVERY_MS, clock, random: chance(1) });
  for (let step = 0; step < STEPS; step++) await clock.tick();
  await publisher.stop();
  assert.equal(published.length, STEPS + 1);
  assert.deepEqual(published[0].events, []);
  const seen = { entry: 0, remove: 0 };
  published.slice(1).forEach(({ feed, events }, step) => {
    const items = new Map(published[step].feed.items.map((item) => [item.id, item]));
    for (const { type, data } of events) {
      seen[type] += 1;
      const { version, ...livefeed } = data._livefeed;
      assert.equal(version, feed._livefeed.version);
      if (type === "remove") items.delete(data.id);
      else items.set(data.id, { ...data, _livefeed: livefeed });
    }
    const bare = (item) => ({ ...item, _livefeed: { ...item._livefeed } });
    assert.deepEqual(feed.items.map((item) => bare(items.get(item.id))), feed.items.map(bare));
    // What leaves the tail is not removed: readers who have it keep it.
    const left = [...items.keys()].filter((id) => !ids(feed).includes(id));
    assert.equal(left.length, items.size - feed.items.length);
    assert.ok(left.length === 0 || feed.items.length === 60);
  });
  assert.ok(seen.entry > STEPS / 2 && seen.remove > 0, JSON.stringify(seen));
});
