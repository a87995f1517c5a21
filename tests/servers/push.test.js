/** The hub: every reader is told everything, once and in order, whatever is killed. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach } from "node:test";
import { startPush } from "../../examples/push/start.js";
import { at, entry, feedOf } from "../e2e/support/feeds.js";
import { ask, documentOf, FORMS } from "./support/ask.js";
import { useExample } from "./support/examples.js";
import { StreamReader } from "./support/stream-reader.js";

const HEARTBEAT_MS = 500;
const { test, example } = useExample(["nginx", "brotli", "nchan", "redis"], startPush, { heartbeatMs: HEARTBEAT_MS });

/** So much is published before and after. */
const SOME = 10;
/** Nchan finds Redis again within two seconds, as its settings say; an outage that is as long as many are. */
const OUTAGE_MS = 1_000;

/** @type {StreamReader[]} */
let readers = [];
afterEach(async () => {
  await Promise.all(readers.map((reader) => reader.close()));
  readers = [];
});

/** @param {ConstructorParameters<typeof StreamReader>[1]} [options] */
function connect(options) {
  const reader = new StreamReader(`${example().origin}/updates`, options);
  readers.push(reader);
  return reader;
}

/** Each test publishes on, above what was published before it. */
let version = 0;
const events = () => {
  const item = { ...entry(version), _livefeed: { version } };
  return /** @type {import("../../examples/push/hub.js").HubEvent[]} */ ([{ type: "entry", data: item }]);
};
/** Publishes the next version, and gives its number. */
async function publishNext() {
  version += 1;
  await example().publish(feedOf([entry(version)], { version }), events());
  return version;
}
/** The versions that a reader was told, in the order they came, from one on. */
const told = (/** @type {StreamReader} */ reader, from = 0) =>
  reader.events.map(({ data }) => data._livefeed.version).filter((each) => each >= from);
/** The whole numbers from `first` to `last`. */
const range = (/** @type {number} */ first, /** @type {number} */ last) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

/** Hands the hub the next event, and waits until it has taken it. */
async function tellNext() {
  version += 1;
  await example().hub.publish(...events());
}

/**
 * Publishes all the time, does something bad meanwhile, and goes on until all is well again. Something is always under
 * way, so that what is killed is killed in the midst of it.
 * @param {() => Promise<void>} harm
 * @returns {Promise<[number, number]>} the first and the last version
 */
async function publishWhile(harm) {
  const first = version + 1;
  for (let count = 0; count < SOME; count += 1) await tellNext();
  let harmed = false;
  const done = harm().finally(() => (harmed = true));
  while (!harmed) await tellNext();
  await done;
  for (let count = 0; count < SOME; count += 1) await tellNext();
  return [first, version];
}

test("what is published is told in its order, with its name, its data and an id", async () => {
  const reader = connect();
  await reader.connected();
  const data = { id: "e1", content_html: "<p>“Ünïcode”, and\na line.</p>", date_published: at(1), _livefeed: { version: 1 } };
  version = 1;
  await example().publish(feedOf([entry(1)], { version }), [
    { type: "entry", data },
    { type: "remove", data: { id: "e0", _livefeed: { version } } },
    { type: "feed", data: { title: "Another title", _livefeed: { version } } },
    { type: "hint", data: { _livefeed: { version } } },
  ]);
  await reader.received(4);
  const [{ id }] = reader.events;
  assert.match(id, /^\d+:\d+$/);
  assert.equal(new Set(reader.events.map((event) => event.id)).size, 4);
  assert.deepEqual(
    reader.events.map(({ type, data }) => ({ type, data })),
    [
      { type: "entry", data },
      { type: "remove", data: { id: "e0", _livefeed: { version: 1 } } },
      { type: "feed", data: { title: "Another title", _livefeed: { version: 1 } } },
      { type: "hint", data: { _livefeed: { version: 1 } } },
    ],
  );
});

test("the feed names the hub, and pings come while nothing else does", async () => {
  await publishNext();
  const feed = documentOf(await ask(`${example().origin}/feed.json`));
  assert.deepEqual(feed.hubs, [{ type: "EventSource", url: `${example().origin}/updates` }]);
  const reader = connect();
  await reader.connected();
  const { pings } = reader;
  await reader.until("three pings", () => reader.pings >= pings + 3);
});

test("who is told of a version finds it in the feed, in each form", async () => {
  const reader = connect();
  await reader.connected();
  for (let count = 0; count < SOME; count += 1) {
    const published = await publishNext();
    await reader.until(`version ${published}`, () => told(reader).includes(published));
    for (const { headers } of FORMS) {
      const feed = documentOf(await ask(`${example().origin}/feed.json`, headers));
      assert.equal(feed._livefeed.version, published);
    }
  }
});

test("a stream can be read by pages of other origins, and is kept by no cache", async () => {
  const answer = await fetch(`${example().origin}/updates`, {
    headers: { accept: "text/event-stream", origin: "https://partner.example" },
  });
  await answer.body?.cancel();
  const { date: _, "transfer-encoding": __, "keep-alive": ___, ...headers } = Object.fromEntries(answer.headers);
  assert.deepEqual(headers, {
    server: "nginx",
    "content-type": "text/event-stream; charset=utf-8",
    connection: "keep-alive",
    "access-control-allow-origin": "*",
    "cache-control": "no-store",
  });
});

test("readers can't publish", async () => {
  const { origin } = example();
  for (const path of ["/publish", "/updates"]) {
    const answer = await fetch(`${origin}${path}`, { method: "POST", body: "{}" });
    await answer.text();
    assert.ok([403, 404, 405].includes(answer.status), `${path}: ${answer.status}`);
  }
});

test("who comes back with the last id gets what came since, and nothing twice", async () => {
  const reader = connect();
  await reader.connected();
  const first = await publishNext();
  await reader.until("the first", () => told(reader).includes(first));
  const lastId = reader.events.at(-1)?.id ?? "";
  await reader.close();
  for (let count = 0; count < SOME; count += 1) await publishNext();
  const url = `${example().origin}/updates?lastEventID=`;
  for (const id of [lastId, encodeURIComponent(lastId), encodeURIComponent(lastId).toLowerCase()]) {
    const again = new StreamReader(url + id);
    readers.push(again);
    await again.until("the last", () => told(again).includes(version));
    assert.deepEqual(told(again), range(first + 1, version));
  }
});

test("an id that is none is taken for no id, and does no harm", async () => {
  const process = example().nginx.program.pid;
  for (const id of ["x", "1:2:3", "9999999999:99999999", ":", "-1:-1", "%00", "1700000000:[1],2"]) {
    const reader = new StreamReader(`${example().origin}/updates?lastEventID=${id}`);
    readers.push(reader);
    await reader.connected();
    await reader.until(`the last, after "${id}"`, () => told(reader).includes(version));
  }
  assert.equal(example().nginx.program.pid, process);
  assert.doesNotMatch(example().nginx.program.output, /exited on signal/);
});

test("nginx is killed in mid-stream and comes back: nothing is lost, doubled or told in another order", async () => {
  const three = [connect(), connect(), connect()];
  for (const reader of three) await reader.connected();
  const [first, last] = await publishWhile(async () => {
    await example().nginx.kill();
    await sleep(OUTAGE_MS);
    await example().nginx.start();
    for (const reader of three) await reader.connected(2);
  });
  for (const reader of three) {
    await reader.until("the last", () => told(reader).includes(last));
    assert.deepEqual(told(reader, first), range(first, last));
  }
});

test("Redis is killed in mid-stream and comes back: nothing is lost, doubled or told in another order", async () => {
  const three = [connect(), connect(), connect()];
  for (const reader of three) await reader.connected();
  const [first, last] = await publishWhile(async () => {
    await example().redis.kill();
    await sleep(OUTAGE_MS);
    await example().redis.start();
  });
  for (const reader of three) {
    await reader.until("the last", () => told(reader).includes(last));
    assert.deepEqual(told(reader, first), range(first, last));
  }
});

test("both are killed at once and come back: nothing is lost, doubled or told in another order", async () => {
  const reader = connect();
  await reader.connected();
  const [first, last] = await publishWhile(async () => {
    await Promise.all([example().nginx.kill(), example().redis.kill()]);
    await sleep(OUTAGE_MS);
    await example().redis.start();
    await example().nginx.start();
    await reader.connected(2);
  });
  await reader.until("the last", () => told(reader).includes(last));
  assert.deepEqual(told(reader, first), range(first, last));
});

test("what the hub has taken outlives it: who was away while all was killed gets it when they come back", async () => {
  const reader = connect();
  await reader.connected();
  await tellNext();
  await reader.until("the last", () => told(reader).includes(version));
  const lastId = reader.events.at(-1)?.id ?? "";
  await reader.close();
  const first = version + 1;
  for (let count = 0; count < SOME; count += 1) await tellNext();
  await Promise.all([example().nginx.kill(), example().redis.kill()]);
  await example().redis.start();
  await example().nginx.start();
  const again = new StreamReader(`${example().origin}/updates?lastEventID=${encodeURIComponent(lastId)}`);
  readers.push(again);
  await again.until("the last", () => told(again).includes(version));
  assert.deepEqual(told(again), range(first, version));
});

test("while the hub is down the feed is written all the same", async () => {
  await example().redis.kill();
  try {
    const published = await publishNext();
    const feed = documentOf(await ask(`${example().origin}/feed.json`));
    assert.equal(feed._livefeed.version, published);
  } finally {
    await example().redis.start();
    await example().hub.publish();
  }
});

test("a reader who comes in the moment in which nginx starts misses nothing", async () => {
  const [times, burst] = [5, 20];
  for (let time = 0; time < times; time += 1) {
    await example().nginx.stop();
    await example().nginx.start();
    const reader = connect();
    await reader.connected();
    const first = version + 1;
    for (let count = 0; count < burst; count += 1) {
      version += 1;
      example().hub.publish(...events());
    }
    await reader.until("the last", () => told(reader).includes(version));
    assert.deepEqual(told(reader, first), range(first, version));
    await reader.close();
  }
});
