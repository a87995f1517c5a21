/** A page of another origin, with a stream from the hub: whatever is killed, a reader sees everything, once, in order. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startPush } from "../../examples/push/start.js";
import { at, entry, feedOf } from "../e2e/support/feeds.js";
import { useExample } from "./support/examples.js";
import { usePartner } from "./support/partner.js";

const { test, example } = useExample(["nginx", "brotli", "nchan", "redis"], startPush);
const { reader, open, updates, settles, settled } = usePartner();

/** How often something is published while servers are killed. */
const EVERY_MS = 200;
const OUTAGE_MS = 1_000;
/** So much is published before and after. */
const SOME = 5;

/** Entries are numbered throughout. */
let newest = 0;
let version = 0;
/** @type {Set<number>} */
const removed = new Set();
/** @type {Map<number, string>} */
const edited = new Map();
const numbers = () =>
  Array.from({ length: newest }, (_, index) => newest - index).filter((number) => !removed.has(number));
const text = (/** @type {number} */ number) => edited.get(number) ?? `Text ${number}.`;
const texts = () => numbers().map(text);
const items = () => numbers().map((number) => entry(number, { content_html: `<p>${text(number)}</p>` }));
const feed = () => feedOf(items(), { version });

/**
 * Publishes the feed as it is now, and what has changed.
 * @param {"entry" | "remove"} type
 * @param {Record<string, unknown>} data
 */
async function publish(type, data) {
  version += 1;
  await example().publish(feed(), [{ type, data: { ...data, _livefeed: { version } } }]);
}

/** Publishes one more entry, and gives its id. */
async function publishNext() {
  newest += 1;
  await publish("entry", entry(newest));
  return `e${newest}`;
}

/** How often the feed was asked for, and the hub. */
async function asked() {
  const answers = await example().nginx.answers();
  return answers.filter(({ uri }) => uri === "/feed.json").length;
}

/** Opens the page, and waits until its stream is there, and the feed was fetched once more after that. */
async function openStream() {
  version += 1;
  await example().publish(feed());
  const before = await asked();
  await open(example().origin);
  await settles(".status-text", ["Live"]);
  await settled("the feed to be fetched again", async () => (await asked()) === before + 2);
}

/**
 * Publishes all the time, does something bad meanwhile, and goes on until all is well again: then the page has taken each
 * entry once, in its order, and shows all of them.
 * @param {() => Promise<void>} harm
 */
async function survives(harm) {
  await openStream();
  const published = [];
  for (let count = 0; count < SOME; count += 1) published.push(await publishNext());
  await settles(".body", texts());
  let harmed = false;
  const done = harm().finally(() => (harmed = true));
  while (!harmed) {
    published.push(await publishNext());
    await sleep(EVERY_MS);
  }
  await done;
  for (let count = 0; count < SOME; count += 1) published.push(await publishNext());
  await settles(".body", texts());
  // Nothing more comes when all events are through.
  await example().hub.publish();
  const { added, ...others } = await updates();
  assert.deepEqual(added.toSorted(byNumber), published);
  assert.deepEqual(others, { changed: [], removed: [] });
  assert.deepEqual(await reader.all(".body"), texts());
}

const byNumber = (/** @type {string} */ a, /** @type {string} */ b) => Number(a.slice(1)) - Number(b.slice(1));

test("entries, edits and removals come without a request", async () => {
  newest = 3;
  await openStream();
  const before = await asked();
  await publishNext();
  await settles(".body", ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  edited.set(2, "Corrected.");
  await publish("entry", { ...items().find(({ id }) => id === "e2"), date_modified: at(9) });
  await settles(".body", ["Text 4.", "Text 3.", "Corrected.", "Text 1."]);
  removed.add(3);
  await publish("remove", { id: "e3" });
  await settles(".body", ["Text 4.", "Corrected.", "Text 1."]);
  assert.equal(await asked(), before);
});

test("a new page is told again of what was removed meanwhile, and does not show it", async () => {
  await openStream();
  const next = await publishNext();
  await settles(".body", texts());
  assert.deepEqual(await updates(), { added: [next], changed: [], removed: [] });
});

test("nginx is killed in mid-stream and comes back", async () => {
  await survives(async () => {
    await example().nginx.kill();
    await sleep(OUTAGE_MS);
    await example().nginx.start();
  });
});

test("nginx is reloaded in mid-stream", async () => {
  await survives(async () => example().nginx.reload());
});

test("Redis is killed in mid-stream and comes back", async () => {
  await survives(async () => {
    await example().redis.kill();
    await sleep(OUTAGE_MS);
    await example().redis.start();
  });
});

test("nginx and Redis are killed in mid-stream and come back", async () => {
  await survives(async () => {
    await Promise.all([example().nginx.kill(), example().redis.kill()]);
    await sleep(OUTAGE_MS);
    await example().redis.start();
    await example().nginx.start();
  });
});
