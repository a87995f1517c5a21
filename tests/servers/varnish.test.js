/** Varnish in front of the static files: it spares the origin, and stands in for it. */
import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { startVarnish } from "../../examples/varnish/start.js";
import { entries, feedOf } from "../e2e/support/feeds.js";
import { ask, documentOf, FORMS } from "./support/ask.js";
import { useExample } from "./support/examples.js";

const { test, example } = useExample(["nginx", "brotli", "varnish"], startVarnish);

/** `max-age` and `stale-while-revalidate` of the origin. */
const FRESH_MS = 5_000;
const REVALIDATE_MS = 30_000;
/** Ages are told in whole seconds. */
const OLDER_MS = 1_500;
const READERS = 100;

const [{ headers: BROWSER }] = FORMS;
const feedAt = (/** @type {string} */ origin) => ask(`${origin}/feed.json`, BROWSER);
const versionOf = (/** @type {import("./support/ask.js").Answer} */ answer) => documentOf(answer)._livefeed.version;

/** How often the origin was asked for the feed. */
async function asked() {
  return (await example().nginx.answers()).filter(({ uri }) => uri.startsWith("/feed.json")).length;
}

/**
 * Until a condition holds.
 * @param {string} what
 * @param {() => Promise<boolean>} condition
 */
async function until(what, condition) {
  const [patience, look] = [15_000, 20];
  const end = performance.now() + patience;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`Waited ${patience} ms for ${what}.`);
    await sleep(look);
  }
}

test("a hundred readers in one moment cost the origin one request", async () => {
  const { nginx, sleeping } = example();
  await example().publish(feedOf(entries(30), { version: 1 }));
  const [before, asleep] = [await asked(), await sleeping()];
  // The origin takes its time, until all of them are there.
  nginx.program.signal("SIGSTOP");
  const answers = Array.from({ length: READERS }, () => feedAt(example().origin));
  try {
    await until("all but the first to wait", async () => (await sleeping()) - asleep >= READERS - 1);
  } finally {
    nginx.program.signal("SIGCONT");
  }
  for (const answer of await Promise.all(answers)) assert.deepEqual([answer.status, versionOf(answer)], [200, 1]);
  assert.equal((await asked()) - before, 1);
});

test("an answer has the origin's headers and its age, in each form, and a copy costs the origin nothing", async () => {
  const url = `${example().origin}/feed.json`;
  for (const { name, headers } of FORMS) {
    await until("a new copy", async () => (await ask(url, headers)).headers.age === "0");
    const before = await asked();
    const answer = await ask(url, headers);
    const { etag, date, "last-modified": modified, "content-length": length, age, ...rest } = answer.headers;
    assert.equal(versionOf(answer), 1);
    assert.equal(length, String(answer.body.length));
    assert.match(`${date} ${modified}`, / GMT .* GMT$/);
    assert.match(age, /^[0-4]$/);
    assert.deepEqual(rest, {
      server: "nginx",
      "content-type": "application/feed+json; charset=utf-8",
      vary: "Accept-Encoding",
      ...(name ? { "content-encoding": name } : {}),
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "Date, Age, Retry-After, Last-Modified",
      "cache-control": "max-age=5, stale-while-revalidate=30, stale-if-error=86400",
      "accept-ranges": "bytes",
    });
    const unchanged = await ask(url, { ...headers, "if-none-match": etag, "cache-control": "max-age=0" });
    assert.deepEqual([unchanged.status, unchanged.body.length], [304, 0]);
    assert.equal(await asked(), before);
  }
});

test("a copy that is a little too old is handed out at once, while the next one is fetched", async () => {
  await feedAt(example().origin);
  await example().publish(feedOf(entries(30), { version: 3 }));
  await sleep(FRESH_MS + OLDER_MS);
  const stale = await feedAt(example().origin);
  assert.deepEqual([stale.status, versionOf(stale)], [200, 1]);
  assert.ok(Number(stale.headers.age) >= 5, stale.headers.age);
  await until("the new copy", async () => versionOf(await feedAt(example().origin)) === 3);
});

test("while the origin is down the last copy is handed out, from the first request on", async () => {
  const { nginx } = example();
  await sleep(FRESH_MS + REVALIDATE_MS + OLDER_MS);
  await nginx.kill();
  for (let reader = 0; reader < READERS; reader += 1) {
    const answer = await feedAt(example().origin);
    assert.deepEqual([answer.status, versionOf(answer)], [200, 3]);
    assert.ok(Number(answer.headers.age) > REVALIDATE_MS / 1000, answer.headers.age);
  }
  // What it has no copy of, it can't answer; the page is told when to try again.
  const { status, headers } = await ask(`${example().origin}/other.json`, BROWSER);
  assert.equal(status, 503);
  assert.equal(headers["retry-after"], "10");
  assert.equal(headers["access-control-allow-origin"], "*");
  assert.equal(headers["access-control-expose-headers"], "Date, Age, Retry-After, Last-Modified");

  await example().publish(feedOf(entries(30), { version: 4 }));
  await nginx.start();
  await until("the new copy", async () => versionOf(await feedAt(example().origin)) === 4);
});

test("no query gets past the copy, and nothing but reading is passed on", async () => {
  await feedAt(example().origin);
  const before = await asked();
  const answer = await ask(`${example().origin}/feed.json?${Date.now()}`, BROWSER);
  assert.deepEqual([answer.status, versionOf(answer)], [200, 4]);
  assert.equal(await asked(), before);
  const { status, headers } = await ask(`${example().origin}/feed.json`, {}, "POST");
  assert.deepEqual([status, headers.allow], [405, "GET, HEAD"]);
});
