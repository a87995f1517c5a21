import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, feedOf } from "./support/feeds.js";
import { EVEN, clockAt, usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, heard, told, advance } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** The moment at which the reader's clock and the server's stand. */
const NOW = "2026-03-01T18:19:00Z";
const DATE = "Sun, 01 Mar 2026 18:19:00 GMT";
const CLOCK = clockAt(NOW) + EVEN;

/** Every draw is the least, so that no wait is longer than it has to be. */
const LEAST = `<script>Math.random = () => 0;</script>`;

/** Where the page is impatient, a request's time limit of 25 seconds is no longer than a moment. */
const IMPATIENT = `<script>
  const wait = setTimeout;
  setTimeout = (call, delay) => wait(call, delay === 25_000 && globalThis.impatient ? 50 : delay);
</script>`;

const second = 1000;
const minute = 60 * second;

/** A feed of two entries, whose server's clock is right. */
function serve(livefeed = {}) {
  const feed = site.feed("/feed.json", feedOf(entries(2), livefeed));
  feed.headers.date = DATE;
  return feed;
}

test("whatever the server answers, what is shown stays, and the line says since when it is old", async () => {
  const feed = serve();
  await open("failing", FEED, { head: CLOCK + IMPATIENT });
  const url = feed.url;
  const unreachable =
    `${url} could not be reached: check the address, the network, and that the server sends ` +
    "Access-Control-Allow-Origin";
  const status = (/** @type {number} */ status) => /** @type {const} */ ([
    () => (feed.status = status), "http-status", `${url} answered with HTTP status ${status}`,
  ]);
  /** @type {Record<string, readonly [() => unknown, string, string]>} */
  const failures = {
    "not found": status(404),
    forbidden: status(403),
    "a broken server": status(500),
    "a server under load": status(503),
    "no connection": [() => (feed.broken = true), "network", unreachable],
    "a redirect in a circle": [
      () => { feed.status = 302; feed.headers.location = "/feed.json"; },
      "network",
      unreachable,
    ],
    "broken JSON": [
      () => feed.publish(`{"version": "https://jsonfeed.org/version/1.1", "items": [`),
      "not-json",
      `${url} is not JSON: it begins with "{"version": "https://jsonfeed.org/versio"`,
    ],
    "an error page": [
      () => feed.publish("<!doctype html><title>Sorry</title>"),
      "not-json",
      `${url} is not JSON: it begins with "<!doctype html><title>Sorry</title>"`,
    ],
    "half a body": [() => (feed.sends = "truncated"), "network", unreachable],
    "a body that never ends": [
      () => {
        feed.sends = "stuck";
        return browser.run(() => void (/** @type {any} */ (window).impatient = true));
      },
      "timeout",
      `${url} gave no answer within 25 seconds`,
    ],
  };
  for (const [name, [arrange, code, message]] of Object.entries(failures)) {
    await arrange();
    await reader.call("refresh");
    assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."], name);
    const line = "Not updated since 18:19 · Trying again in 25 sec. Retry";
    assert.deepEqual(await reader.all(".status"), [line], name);
    assert.equal(await reader.is("stale"), true, name);
    assert.deepEqual((await heard("error")).at(-1)?.detail, { code, message }, name);

    feed.publish(feedOf(entries(2)));
    delete feed.headers.location;
    await reader.call("refresh");
    assert.deepEqual(await reader.all(".status-text"), ["Live · Checked now"], name);
    assert.equal(await reader.is("stale"), false, name);
  }
  assert.equal((await heard("error")).length, Object.keys(failures).length);
});

test("a feed that is gone is not asked for again, but by the reader", async () => {
  const feed = serve();
  await open("gone", FEED, { head: CLOCK });
  feed.status = 410;
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".status"), ["Not updated since 18:19 Retry"]);
  await advance(60 * minute);
  assert.equal(feed.requests, 2);
  feed.publish(feedOf(entries(3)));
  await reader.press(".status .retry");
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await reader.sees(".status-text", ["Live · Checked now"]);
});

for (const [name, value] of [
  ["seconds", "120"],
  ["a date", "Sun, 01 Mar 2026 18:21:00 GMT"],
]) {
  test(`Retry-After as ${name} is waited for, and never undercut`, async () => {
    const feed = serve();
    await open(`retry-after-${value.length}`, FEED, { head: clockAt(NOW) + LEAST });
    feed.status = 503;
    feed.headers["retry-after"] = value;
    await reader.call("refresh");
    assert.deepEqual(await reader.all(".status"), ["Not updated since 18:19 · Trying again in 2 min. Retry"]);
    await advance(2 * minute - second);
    assert.equal(feed.requests, 2);
    await advance(second);
    await feed.requested(3);
  });
}

test("a copy that the browser may keep for an hour is not shown in place of the feed", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)), { "cache-control": "max-age=3600" });
  await open("kept", FEED);
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
});

test("another origin's feed is asked for by its very URL, and nobody's leave is asked before", async () => {
  cdn.feed("/feed.json", feedOf(entries(1)));
  await open("simple", `<live-feed src="${cdn.url("/feed.json?edition=2")}"></live-feed>`, { head: CLOCK });
  await reader.call("refresh");
  const asked = cdn.seen.filter(({ path }) => path === "/feed.json").map(({ method, query }) => `${method} ${query}`);
  assert.deepEqual(asked, ["GET edition=2", "GET edition=2"]);
});

test("where a document does not say how old it is, Last-Modified does", async () => {
  const feed = serve();
  feed.headers["last-modified"] = "Sun, 01 Mar 2026 18:10:00 GMT";
  await open("last-modified", FEED, { head: CLOCK });
  feed.publish(feedOf(entries(3)));
  feed.headers["last-modified"] = "Sun, 01 Mar 2026 18:05:00 GMT";
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  feed.headers["last-modified"] = "Sun, 01 Mar 2026 18:15:00 GMT";
  feed.publish(feedOf(entries(4)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
});

test("another pace in the feed reaches pages that are open", async () => {
  const feed = serve();
  await open("pace", FEED, { head: CLOCK });
  feed.publish(feedOf(entries(2), { poll_seconds: 60 }));
  await reader.call("refresh");
  await advance(59 * second);
  assert.equal(feed.requests, 2);
  await advance(second);
  await feed.requested(3);
});

test("elements with one feed are asked for at the pace of the fastest among them, as long as it is there", async () => {
  const feed = serve();
  const slow = `<live-feed id="slow" src="/feed.json" interval="60"></live-feed>`;
  await open("paces", slow + `<live-feed id="fast" src="/feed.json" interval="10"></live-feed>`, { head: CLOCK });
  assert.equal(feed.requests, 1);
  await advance(9 * second);
  assert.equal(feed.requests, 1);
  await advance(second);
  await feed.requested(2);
  await browser.run(() => document.querySelector("#fast")?.remove());
  await advance(59 * second);
  assert.equal(feed.requests, 2);
  await advance(second);
  await feed.requested(3);
  await browser.run(() => document.querySelector("#slow")?.remove());
  await advance(10 * minute);
  assert.equal(feed.requests, 3);
});

test("a reader who saves data asks half as often", async () => {
  const feed = serve();
  const saving = `<script>Object.defineProperty(navigator, "connection", { value: { saveData: true } });</script>`;
  await open("saving", FEED, { head: CLOCK + saving });
  await advance(29 * second);
  assert.equal(feed.requests, 1);
  await advance(second);
  await feed.requested(2);
});

test("there is one request at a time, however often it is wanted", async () => {
  const feed = serve();
  await open("one", FEED, { head: CLOCK });
  feed.hold();
  await browser.run(() => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    /** @type {any} */ (window).asked = Promise.all([element.refresh(), element.refresh()]);
  });
  await feed.requested(2);
  await advance(60 * minute);
  assert.equal(feed.requests, 2);
  feed.release();
  await browser.run(() => /** @type {any} */ (window).asked);
});

test("coverage that ended is asked for every five minutes", async () => {
  const feed = serve({ status: "ended" });
  await open("ended", FEED, { head: CLOCK });
  assert.deepEqual(await reader.all(".status-text"), ["Coverage ended"]);
  await advance(5 * minute - second);
  assert.equal(feed.requests, 1);
  await advance(second);
  await feed.requested(2);
});

test("the last element to leave ends the request under way, and nobody waits for it any more", async () => {
  const feed = serve();
  await open("leaves", FEED, { head: CLOCK });
  feed.hold();
  await browser.run(() => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    /** @type {any} */ (window).asked = element.refresh();
  });
  await feed.requested(2);
  await browser.run(async () => {
    document.querySelector("live-feed")?.remove();
    await /** @type {any} */ (window).asked;
  });
  await feed.deserted(1);
  feed.release();
});

test("a page that hands its feed over is not told that a src is missing", async () => {
  const patience = `<script>
    const wait = setTimeout;
    setTimeout = (call, delay) => delay === 15_000 ? void (globalThis.patience = call) : wait(call, delay);
  </script>`;
  await open("handed", "<live-feed></live-feed>", { shown: false, head: patience });
  await reader.call("setFeed", feedOf(entries(2)));
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  await browser.run(() => /** @type {any} */ (globalThis).patience());
  assert.deepEqual(await told(), []);
});
