import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, feedOf } from "./support/feeds.js";
import { EVEN, clockAt, usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, heard, told, advance } = usePages();

const FALLBACK = `<p id="fallback">Read the <a href="/feed.json">updates</a>.</p>`;
const FEED = `<live-feed src="/feed.json">${FALLBACK}</live-feed>`;
const LINE = "The updates could not be loaded. Retry";
/** More than the default interval, several times doubled. */
const LONG_MS = 400_000;

const fallbackIsSeen = () =>
  browser.run(() => document.getElementById("fallback")?.checkVisibility({ visibilityProperty: true }) ?? false);

/** Waits until the line is there that stands for a feed that could not be shown. */
const failed = () => reader.sees(".failure", [LINE]);

/** @param {string} type */
const types = async (type) => (await heard(type)).map(({ detail }) => detail);

test("before the first load: the fallback stays, with one plain line and Retry; the developer gets one message", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  feed.status = 503;
  await open("status", FEED, { shown: false });
  await failed();
  assert.equal(await fallbackIsSeen(), true);
  assert.equal(await reader.is("error"), true);
  assert.equal(await reader.is("loading"), false);
  const message = `${feed.url} answered with HTTP status 503`;
  assert.deepEqual(await heard(), [
    { type: "loadstart", detail: null },
    { type: "error", detail: { code: "http-status", message } },
    { type: "loadend", detail: null },
  ]);
  assert.deepEqual(await told(), [`<live-feed> ${message}`]);

  // Another failure in a row says nothing new.
  await reader.press(".retry");
  await feed.requested(2);
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".failure"), [LINE]);
  assert.equal((await told()).length, 1);

  feed.publish(feedOf(entries(2)));
  await reader.press(".retry", "Retry");
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  assert.equal(await fallbackIsSeen(), false);
  assert.deepEqual(await reader.all(".failure"), []);
  assert.equal(await reader.is("error"), false);
  assert.deepEqual((await heard()).slice(3), [
    { type: "load", detail: null },
    { type: "loadend", detail: null },
  ]);
});

test("a page's own fetch that rejects without a reason fails as any request, and the next one is sent", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  const head = `<script>
    const theirs = fetch;
    var broken = true;
    globalThis.fetch = (url, ...more) => {
      return broken && String(url.url ?? url).endsWith("/feed.json") ? Promise.reject() : theirs(url, ...more);
    };
  </script>`;
  await open("no-reason", FEED, { head, shown: false });
  await failed();
  assert.deepEqual((await heard("error")).map(({ detail }) => detail.code), ["network"]);
  // Again, by the core itself.
  await reader.call("refresh");
  await browser.run(() => void (/** @type {any} */ (globalThis).broken = false));
  await reader.press(".retry");
  await reader.sees(".body", ["Text 1."]);
});

test("it tries again by itself too", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(1)));
  feed.broken = true;
  await open("again", FEED, { shown: false, head: clockAt(at(5)) });
  await failed();
  feed.broken = false;
  await advance(LONG_MS);
  await reader.sees(".body", ["Text 1."]);
});

test("each kind of failure has its code and says what to do", async () => {
  const feed = site.feed("/feed.json", "");
  const foreign = cdn.feed("/closed.json", feedOf(entries(1)));
  delete foreign.headers["access-control-allow-origin"];
  /** @type {[string, () => string, () => void, string, string][]} */
  const cases = [
    [
      "network",
      () => "/feed.json",
      () => (feed.broken = true),
      "network",
      `${feed.url} could not be reached: check the address, the network, and that the server sends ` +
        "Access-Control-Allow-Origin",
    ],
    [
      "cors",
      () => foreign.url,
      () => {},
      "network",
      `${foreign.url} could not be reached: check the address, the network, and that the server sends ` +
        "Access-Control-Allow-Origin",
    ],
    [
      "html",
      () => "/feed.json",
      () => feed.publish("<!doctype html><title>Sign in</title>"),
      "not-json",
      `${feed.url} is not JSON: it begins with "<!doctype html><title>Sign in</title>"`,
    ],
    ["empty", () => "/feed.json", () => feed.publish(""), "not-json", `${feed.url} is not JSON: it begins with nothing`],
    [
      "object",
      () => "/feed.json",
      () => feed.publish({ posts: [] }),
      "not-a-feed",
      'this is not a JSON Feed: expected an object with a "version" of "https://jsonfeed.org/version/1.1" and a list ' +
        'of "items", found an object with posts',
    ],
  ];
  for (const [name, src, arrange, code, message] of cases) {
    arrange();
    await open(`kind-${name}`, `<live-feed src="${src()}"></live-feed>`, { shown: false });
    await failed();
    assert.deepEqual(await types("error"), [{ code, message }], name);
    assert.deepEqual(await told(), [`<live-feed> ${message}`], name);
  }
});

test("the page may put its own line in the place of ours", async () => {
  site.feed("/feed.json", "");
  await open("own", `<live-feed src="/feed.json"><p slot="error" id="own">Come back later.</p></live-feed>`, {
    shown: false,
  });
  await browser.until("the page's own line", () => document.getElementById("own")?.checkVisibility());
  assert.deepEqual(await reader.all(".failure"), []);
});

test("once there is a list it stays, with a line that says since when, and Retry", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  feed.headers.date = "Sun, 01 Mar 2026 18:19:00 GMT";
  await open("stale", FEED, { head: clockAt("2026-03-01T18:19:00Z") + EVEN });
  assert.deepEqual(await reader.all(".status-text"), ["Live · Checked now"]);
  assert.deepEqual(await reader.all(".retry"), []);
  feed.status = 500;
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".status"), ["Not updated since 18:19 · Trying again in 25 sec. Retry"]);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await reader.all(".failure"), []);
  assert.equal(await reader.is("stale"), true);
  assert.equal(await reader.is("error"), false);
  assert.equal((await types("error"))[0].code, "http-status");
  feed.publish(feedOf(entries(3)));
  await reader.press(".status .retry", "Retry");
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await reader.all(".status-text"), ["Live · Checked now"]);
  assert.deepEqual(await reader.all(".retry"), []);
  assert.equal(await reader.is("stale"), false);
});

test("without a network it says so, asks nobody, and goes on when it is back", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  feed.headers.date = "Sun, 01 Mar 2026 12:05:00 GMT";
  await open("offline", FEED, { head: clockAt(at(5)) });
  await browser.run(() => dispatchEvent(new Event("offline")));
  assert.deepEqual(await reader.all(".status"), ["You are offline · Not updated since 12:05 Retry"]);
  assert.equal(await reader.is("offline"), true);
  await advance(LONG_MS);
  assert.equal(feed.requests, 1);
  feed.publish(feedOf(entries(3)));
  await browser.run(() => dispatchEvent(new Event("online")));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await reader.all(".status-text"), ["Live · Checked now"]);
  assert.deepEqual(await reader.all(".retry"), []);
  assert.equal(await reader.is("offline"), false);
  assert.equal(feed.requests, 2);
});

test("a document that cannot be read leaves the page as it is", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  await open("broken", FEED);
  feed.publish(`{"version": "https://jsonfeed.org/version/1.1", "items": [`);
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  feed.publish(feedOf([]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
});

test("a feed without entries says so, and that goes with the first one", async () => {
  const feed = site.feed("/feed.json", feedOf([]));
  await open("empty", FEED);
  assert.deepEqual(await reader.all(".empty"), ["No updates yet."]);
  assert.equal(await reader.is("empty"), true);
  feed.publish(feedOf(entries(1)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".empty"), []);
  assert.equal(await reader.is("empty"), false);
});

test("an element without a src says what is missing, and asks nobody", async () => {
  // A page that hands its feed over may take its time; the test need not.
  const impatient = `<script>
    const wait = setTimeout;
    setTimeout = (call, delay) => wait(call, delay === 15_000 ? 0 : delay);
  </script>`;
  await open("nothing", `<live-feed>${FALLBACK}</live-feed>`, { shown: false, head: impatient });
  await browser.until("the warning", () => /** @type {any} */ (globalThis).told.length > 0);
  await reader.call("refresh");
  assert.deepEqual(await told(), [
    '<live-feed> 1 problem:\n- there is no src: add src="feed.json", or hand a feed over with setFeed()',
  ]);
  assert.equal(site.count("/page/nothing"), 1);
  assert.equal(await reader.is("loading"), false);
  assert.equal(await fallbackIsSeen(), true);
});

test("a first request that is never answered ends, and the feed goes on", async () => {
  const impatient = `<script>
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = () => timeout(50);
  </script>`;
  const resource = site.feed("/feed.json", feedOf(entries(2)));
  resource.hold();
  await open("hung", `<live-feed src="/feed.json"><p>Fallback</p></live-feed>`, { shown: false, head: impatient });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await told(), [`<live-feed> ${resource.url} gave no answer within 25 seconds`]);
  resource.release();
  await reader.press(".failure button", "Retry");
  await reader.sees(".body", ["Text 2.", "Text 1."]);
});

test("a broken feed inside the element is an error like any other", async () => {
  const inline = `<script type="application/feed+json">{broken</script>`;
  await open("inline-broken", `<live-feed>${inline}</live-feed>`, { shown: false });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await told(), ['<live-feed> the feed inside the element is not JSON: it begins with "{broken"']);
});

test("a src that is no address fails as any feed that can't be reached, and a good one after it is shown", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  await open("no-address", `<live-feed src="http://[">${FALLBACK}</live-feed>`, { shown: false });
  await failed();
  assert.deepEqual(await told(), [
    "<live-feed> http://[ could not be reached: check the address, the network, and that the server sends " +
      "Access-Control-Allow-Origin",
  ]);
  assert.deepEqual((await heard()).map(({ type }) => type), ["loadstart", "error", "loadend"]);
  assert.equal(await reader.is("loading"), false);
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("src", "/feed.json"));
  await reader.sees(".body", ["Text 1."]);
});
