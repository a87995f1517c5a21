import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { message } from "./support/hub.js";
import { EVEN, clockAt, usePages } from "./support/pages.js";

const { browser, site, reader, open, heard, told, advance, hide } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** More than the default interval with its jitter. */
const NEXT_POLL_MS = 17_000;
/** More than the longest wait for another connection after the first failure. */
const NEXT_TRY_MS = 10_000;
/** The longest wait of all after failures. */
const LONGEST_WAIT_MS = 300_000;
/** A hub that has sent a ping may be silent for so long. */
const SILENCE_MS = 60_000;

/**
 * A feed that names a hub.
 * @param {Record<string, unknown>[]} items
 * @param {Record<string, unknown>} [livefeed]
 * @param {string} [url]
 */
const streamed = (items, livefeed = {}, url = "hub") =>
  feedOf(items, livefeed, { hubs: [{ type: "WebSub", url: "/other" }, { type: "EventSource", url }] });

/** Opens a page whose stream is connected, and whose document was asked for after that. */
async function connect(/** @type {string} */ name, livefeed = { version: 1 }, body = FEED, head = "") {
  const feed = site.feed("/feed.json", streamed(entries(2), livefeed));
  const hub = site.hub("/hub");
  await open(name, body, { head: clockAt(at(5)) + EVEN + head });
  await hub.connected(1);
  await feed.requested(2);
  await reader.sees(".status-text", ["Live"]);
  return { feed, hub };
}

/**
 * Publishes a document, and has the page read it. A first request may have been sent before, by a stream that has just
 * opened; then `refresh()` waits for that one, so a second is needed.
 * @param {import("./support/resource.js").Resource} feed
 * @param {Record<string, unknown>} document
 */
async function publishes(feed, document) {
  feed.publish(document);
  await reader.call("refresh");
  await reader.call("refresh");
}

/** An event's own version of the feed. */
const version = (/** @type {number} */ number) => ({ _livefeed: { version: number } });

test("what the hub sends is shown without a request: entries, edits, removals, the header", async () => {
  const { feed, hub } = await connect("events");
  hub.send("entry", entry(3, version(2)));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  hub.send("entry", entry(2, { content_html: "<p>Corrected.</p>", ...version(3) }));
  await reader.sees(".body", ["Text 3.", "Corrected.", "Text 1."]);
  hub.send("remove", { id: "e2", ...version(4) });
  await reader.sees(".body", ["Text 3.", "Text 1."]);
  hub.send("remove", JSON.stringify("e1"));
  await reader.sees(".body", ["Text 3."]);
  const { items, ...header } = streamed([], { version: 5, status: "upcoming" });
  hub.send("feed", { ...header, title: "Another title" });
  await reader.sees(".title", ["Another title"]);
  assert.equal(await reader.is("upcoming"), true);
  assert.deepEqual(items, []);
  assert.equal(feed.requests, 2);
  assert.equal(hub.requests, 1);
  assert.deepEqual((await heard("live-feed-update")).map(({ detail }) => detail), [
    { added: ["e3"], changed: [], removed: [], pending: 0 },
    { added: [], changed: ["e2"], removed: [], pending: 0 },
    { added: [], changed: [], removed: ["e2"], pending: 0 },
    { added: [], changed: [], removed: ["e1"], pending: 0 },
  ]);
  assert.deepEqual(await told(), []);
});

test("a hint makes the page ask, within a second", async () => {
  const { feed, hub } = await connect("hint");
  feed.publish(streamed(entries(3), { version: 2 }));
  hub.send("hint", "1");
  await browser.until("the request", () => {
    /** @type {any} */ (window).clock += 100;
    document.dispatchEvent(new Event("visibilitychange"));
    const root = document.querySelector("live-feed")?.shadowRoot;
    return root?.querySelectorAll(".body").length === 3;
  });
  assert.equal(feed.requests, 3);
});

test("an event that can't be read is a warning that names it, and not the end", async () => {
  const { hub } = await connect("malformed");
  hub.send("entry", "{");
  hub.send("entry", { title: "Nobody" });
  hub.send("entry", "3");
  hub.send("remove", { title: "Nobody" });
  hub.send("feed", "[]");
  hub.send("entry", entry(2, { tags: 7, ...version(1) }));
  hub.send("unknown", "{}");
  hub.send("entry", entry(3, version(2)));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await told(), [
    '<live-feed> 1 problem:\n- the event "entry" is not JSON: it begins with "{"',
    '<live-feed> 1 problem:\n- the event "entry" was skipped: it has no id',
    '<live-feed> 1 problem:\n- the event "entry" was skipped: it is 3, not an object',
    '<live-feed> 1 problem:\n- the event "remove" was skipped: it has no id',
    '<live-feed> 1 problem:\n- the event "feed" was skipped: it is a list, not an object',
    '<live-feed> 1 problem:\n- the event "entry": `tags` is not a list of strings: 7',
  ]);
  assert.equal(hub.requests, 1);
});

test("a burst of 1,000 loses none, and the events of one frame are one update, in their order", async () => {
  const { hub } = await connect("burst", { version: 1 }, `<live-feed src="/feed.json" page-size="2000"></live-feed>`);
  const burst = Array.from({ length: 1000 }, (_, index) => message("entry", entry(index + 3, version(index + 2))));
  burst.push(message("remove", { id: "e500", ...version(2000) }));
  burst.push(message("entry", entry(501, { content_html: "<p>Corrected.</p>", ...version(2001) })));
  hub.write(burst.join(""));
  const count = () => document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item").length;
  await browser.until("all to be there", (count) => Function(`return (${count})()`)() === 1001, String(count));
  const bodies = await reader.all(".body");
  const expected = Array.from({ length: 1002 }, (_, index) => 1002 - index)
    .filter((number) => number !== 500)
    .map((number) => (number === 501 ? "Corrected." : `Text ${number}.`));
  assert.deepEqual(bodies, expected);
  const updates = (await heard("live-feed-update")).map(({ detail }) => detail);
  assert.ok(updates.length < 100, `${updates.length} updates`);
  const added = new Set(updates.flatMap((detail) => detail.added));
  assert.ok(added.size >= 999, `${added.size} told`);
});

/** The page's frames come when `frame()` says so. */
const frame = () => browser.run(() => /** @type {any} */ (window).nextFrame());
const withoutFrames = () =>
  browser.run(() => {
    /** @type {any} */ const page = window;
    /** @type {Map<number, () => void>} */ const calls = new Map();
    let id = 0;
    page.requestAnimationFrame = (/** @type {() => void} */ call) => calls.set((id += 1), call) && id;
    page.cancelAnimationFrame = (/** @type {number} */ id) => calls.delete(id);
    page.nextFrame = () => {
      const due = [...calls.values()];
      calls.clear();
      for (const call of due) call();
    };
  });
/** What was sent before has come when another connection of the same page is answered. @param {string} name */
const come = (name) => browser.run((name) => fetch(`/page/${name}`).then((response) => response.text()), name);

test("an entry is shown at once, and those that follow before the next frame are one update of that frame", async () => {
  const { hub } = await connect("frames");
  await withoutFrames();
  hub.send("entry", entry(3, version(2)));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  for (const [first, ids] of /** @type {const} */ ([[4, ["e6", "e5", "e4"]], [7, ["e9", "e8", "e7"]]])) {
    const before = (await heard("live-feed-update")).length;
    for (const number of [first, first + 1, first + 2]) hub.send("entry", entry(number, version(number)));
    await come("frames");
    assert.equal((await heard("live-feed-update")).length, before);
    await frame();
    assert.deepEqual((await heard("live-feed-update")).slice(before).map(({ detail }) => detail.added), [ids]);
  }
  // A frame in which nothing waits is the last one that is asked for.
  await frame();
  hub.send("entry", entry(10, version(10)));
  await browser.until("it to be shown at once", () => {
    return document.querySelector("live-feed")?.shadowRoot?.querySelector(".body")?.textContent === "Text 10.";
  });
});

test("where no frame comes before the page gets hidden, nothing is lost", async () => {
  const { hub } = await connect("no-frames");
  await withoutFrames();
  hub.send("entry", entry(3, version(2)));
  hub.send("remove", { id: "e1", ...version(3) });
  await come("no-frames");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  await hide(true);
  await reader.sees(".body", ["Text 3.", "Text 2."]);
});

test("another connection tells the last id, and is followed by one request for what was missed", async () => {
  const feed = site.feed("/feed.json", streamed(entries(1), { version: 1 }, "/hub?topic=a%20b&x"));
  const hub = site.hub("/hub");
  await open("last-id", FEED, { head: clockAt(at(5)) + EVEN });
  await hub.connected(1);
  await feed.requested(2);
  hub.send("entry", entry(2, version(2)), "urn:ü&1");
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  feed.publish(streamed(entries(3), { version: 3 }, "/hub?topic=a%20b&x"));
  hub.drop();
  await hub.left();
  await browser.until("the loss to be known", () => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    return root?.querySelector(".status-text")?.textContent?.startsWith("Live · Checked");
  });
  await advance(NEXT_TRY_MS);
  await hub.connected(2);
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(hub.queries.map((query) => [...query]), [
    [["topic", "a b"], ["x", ""]],
    [["topic", "a b"], ["x", ""], ["lastEventID", "urn:ü&1"]],
  ]);
});

for (const status of [204, 429, 502, 503]) {
  test(`a hub that answers ${status}, after which browsers give up, is tried again; meanwhile the feed is asked`, async () => {
    const feed = site.feed("/feed.json", streamed(entries(1), { version: 1 }));
    const hub = site.hub("/hub");
    hub.status = status;
    await open(`refused-${status}`, FEED, { head: clockAt(at(5)) + EVEN });
    await hub.connected(1, 0);
    await reader.sees(".status-text", ["Live · Checked now"]);
    feed.publish(streamed(entries(2), { version: 2 }));
    await advance(NEXT_POLL_MS);
    await reader.sees(".body", ["Text 2.", "Text 1."]);
    await hub.connected(2, 0);
    hub.status = 200;
    await reader.sees(".status-text", ["Live · Checked now"]);
    await advance(LONGEST_WAIT_MS);
    await hub.connected(3, 1);
    await reader.sees(".status-text", ["Live"]);
  });
}

test("a hub that never answers is given up after a while", async () => {
  const feed = site.feed("/feed.json", streamed(entries(1)));
  const hub = site.hub("/hub");
  hub.silent = true;
  await open("silent", FEED, { head: clockAt(at(5)) + EVEN });
  await hub.connected(1);
  await advance(NEXT_POLL_MS);
  await feed.requested(2);
  assert.equal(hub.size, 1);
  await advance(NEXT_POLL_MS);
  await hub.left();
  hub.silent = false;
  await advance(NEXT_TRY_MS);
  await hub.connected(2);
  await reader.sees(".status-text", ["Live"]);
});

test("a hub that has sent a ping is given up when it falls silent; one without pings is not", async () => {
  const { hub } = await connect("heartbeat");
  await advance(4 * SILENCE_MS);
  assert.equal(hub.size, 1);
  hub.send("ping", "1");
  hub.send("entry", entry(3, version(2)));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await advance(SILENCE_MS - 1000);
  assert.equal(hub.size, 1);
  await advance(1000);
  await hub.left();
  await advance(NEXT_TRY_MS);
  await hub.connected(2);
});

test("while the stream is open the document is asked for every five minutes, and no more often", async () => {
  const { feed, hub } = await connect("rests");
  await advance(LONGEST_WAIT_MS - 1000);
  assert.equal(feed.requests, 2);
  feed.publish(streamed(entries(3), { version: 2 }));
  await advance(1000);
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 3);
  assert.equal(hub.requests, 1);
});

test("a stream that breaks is made up for by asking, until it is back", async () => {
  const { feed, hub } = await connect("breaks");
  hub.status = 503;
  hub.drop();
  await reader.sees(".status-text", ["Live · Checked now"]);
  feed.publish(streamed(entries(3), { version: 2 }));
  await advance(NEXT_POLL_MS);
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(feed.requests, 3);
  await advance(NEXT_POLL_MS);
  await feed.requested(4);
});

test("an older copy that is fetched after a streamed entry does not take it away", async () => {
  const { feed, hub } = await connect("older-copy");
  hub.send("entry", entry(3, version(3)));
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await publishes(feed, streamed(entries(2), { version: 2 }, "hub"));
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  await publishes(feed, streamed([entry(2), entry(1)], { version: 4 }, "hub"));
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
});

test("the stream is closed while nobody may ask: hidden, offline, paused", async () => {
  const { hub } = await connect("closed");
  await hide(true);
  await hub.left();
  await advance(LONGEST_WAIT_MS);
  assert.equal(hub.requests, 1);
  await hide(false);
  await hub.connected(2);
  await browser.run(() => dispatchEvent(new Event("offline")));
  await hub.left();
  await browser.run(() => dispatchEvent(new Event("online")));
  await hub.connected(3);
  await reader.press(".pause", "Pause");
  await hub.left();
  await reader.press(".pause", "Resume");
  await hub.connected(4);
});

test("a feed that has ended, or stops everything, closes its stream, and opens it again", async () => {
  const { feed, hub } = await connect("stops");
  let requests = 1;
  for (const livefeed of [{ status: "ended" }, { poll_seconds: 0 }]) {
    await publishes(feed, streamed(entries(2), { version: 2 * requests, ...livefeed }));
    await hub.left();
    await publishes(feed, streamed(entries(2), { version: 2 * requests + 1 }));
    requests += 1;
    await hub.connected(requests);
  }
});

test("a feed that names another hub is followed there, without the old one's id", async () => {
  const { feed, hub } = await connect("moves");
  const other = site.hub("/other-hub");
  hub.send("entry", entry(3, version(2)), "7");
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await publishes(feed, streamed(entries(3), { version: 3 }, "/other-hub"));
  await other.connected(1);
  await hub.left();
  assert.equal(String(other.queries[0]), "");
});

test("live says whether there is a stream: poll and off have none, stream and auto have one", async () => {
  for (const live of ["poll", "off", "stream", "auto"]) {
    const feed = site.feed("/feed.json", streamed(entries(1)));
    const hub = site.hub("/hub");
    await open(`live-${live}`, `<live-feed src="/feed.json" live="${live}"></live-feed>`, { head: clockAt(at(5)) });
    if (live === "stream" || live === "auto") {
      await hub.connected(1);
      await feed.requested(2);
      continue;
    }
    await advance(1000);
    assert.equal(hub.requests, 0, live);
    // Whoever changes their mind is heard.
    await browser.run(() => document.querySelector("live-feed")?.setAttribute("live", "auto"));
    await hub.connected(1);
  }
});

test("elements with the same feed share one stream; the last one to go ends it", async () => {
  const { feed, hub } = await connect("shared", { version: 1 }, `${FEED}<live-feed src="/feed.json" id="b"></live-feed>`);
  assert.equal(hub.requests, 1);
  assert.equal(feed.requests, 2);
  hub.send("entry", entry(3, version(2)));
  await reader.of("#b").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await browser.run(() => document.getElementById("b")?.remove());
  await advance(1000);
  assert.equal(hub.size, 1);
  await browser.run(() => document.querySelector("live-feed")?.remove());
  await hub.left();
});
