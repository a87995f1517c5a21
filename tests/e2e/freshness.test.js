import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { EVEN, clockAt, usePages } from "./support/pages.js";

const { browser, site, reader, open, told, advance, hide } = usePages();

const FALLBACK = `<p id="fallback">Read the <a href="/feed.json">updates</a>.</p>`;
const FEED = `<live-feed src="/feed.json">${FALLBACK}</live-feed>`;
const DATE = "Sun, 01 Mar 2026 18:19:00 GMT";
const HEAD = clockAt("2026-03-01T18:19:00Z") + EVEN;
const second = 1000;

/** A feed whose server's clock is right. */
function serve(/** @type {unknown} */ document = feedOf(entries(2))) {
  const feed = site.feed("/feed.json", document);
  feed.headers.date = DATE;
  return feed;
}

const fallbackIsSeen = () =>
  browser.run(() => document.getElementById("fallback")?.checkVisibility({ visibilityProperty: true }) ?? false);

/** What has the focus in the shadow tree: what it does, else its class. */
const focused = () =>
  browser.run(() => {
    const element = document.querySelector("live-feed")?.shadowRoot?.activeElement;
    return element?.getAttribute("data-act") ?? element?.className;
  });

const focusOn = (/** @type {string} */ css) =>
  browser.run((css) => {
    const found = document.querySelector("live-feed")?.shadowRoot?.querySelector(css);
    /** @type {HTMLElement} */ (found).focus();
  }, css);

/** Moves the clock on by less than it takes to ask again, in steps in which the line is looked at. */
async function lines(/** @type {number[]} */ ...steps) {
  const texts = [];
  for (const step of steps) {
    await advance(step * second);
    texts.push(await reader.text(".status-text"));
  }
  return texts;
}

test("the line says when the feed was checked, in steps of five seconds, until it is checked again", async () => {
  const feed = serve();
  await open("checked", FEED, { head: HEAD });
  assert.deepEqual(await lines(0, 4, 1, 4, 1), [
    "Live · Checked now",
    "Live · Checked now",
    "Live · Checked 5 sec. ago",
    "Live · Checked 5 sec. ago",
    "Live · Checked 10 sec. ago",
  ]);
  await advance(5 * second);
  await feed.requested(2);
  await reader.sees(".status-text", ["Live · Checked now"]);
});

test("a failure counts down to the next attempt, which is sent then", async () => {
  const feed = serve();
  await open("counts-down", FEED, { head: HEAD });
  feed.status = 503;
  await reader.call("refresh");
  assert.deepEqual(await lines(0, 3, 15), [
    "Not updated since 18:19 · Trying again in 25 sec.",
    "Not updated since 18:19 · Trying again in 20 sec.",
    "Not updated since 18:19 · Trying again in 5 sec.",
  ]);
  feed.hold();
  await advance(5 * second);
  await feed.requested(3);
  assert.equal(await reader.text(".status-text"), "Not updated since 18:19");
  feed.release();
});

test("the line is written in the reader's language", async () => {
  const feed = serve(feedOf(entries(2), {}, { language: "de" }));
  await open("german", FEED, { head: HEAD });
  assert.deepEqual(await lines(5), ["Live · Geprüft vor 5 Sek."]);
  feed.status = 503;
  await reader.call("refresh");
  assert.deepEqual(await lines(0), ["Nicht aktualisiert seit 18:19 · Neuer Versuch in 25 Sek."]);
});

test("it ticks only while it is in view, and nobody is told of it", async () => {
  const hear = `<script>
    var spoken = [];
    Element.prototype.ariaNotify = (text) => void spoken.push(text);
  </script>`;
  serve();
  await open("in-view", `<div style="height: 3000px"></div>${FEED}`, { head: HEAD + hear });
  await advance(10 * second);
  assert.equal(await reader.text(".status-text"), "Live · Checked now");
  await browser.run(() => document.querySelector("live-feed")?.scrollIntoView());
  await reader.sees(".status-text", ["Live · Checked 10 sec. ago"]);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).spoken), []);
  const live = await reader.attributes(".status, .status *", "aria-live");
  assert.deepEqual([...new Set(live)], [null]);
});

test("the line's changes move nothing below it", async () => {
  serve();
  await open("still", FEED, { head: HEAD });
  const top = () =>
    browser.run(() => document.querySelector("live-feed")?.shadowRoot?.querySelector(".list")?.getBoundingClientRect().top);
  const before = await top();
  for (const width of [1280, 360]) {
    await browser.resize({ width, height: 800 });
    const wide = await top();
    assert.deepEqual(await lines(0), ["Live · Checked now"]);
    await advance(10 * second);
    assert.equal(await reader.text(".status-text"), "Live · Checked 10 sec. ago");
    assert.equal(await top(), wide, `${width} px`);
    await reader.call("refresh");
  }
  assert.equal(typeof before, "number");
  await browser.resize({ width: 1280, height: 800 });
});

test("a feed that is not live says what it is", async () => {
  const feed = serve(feedOf(entries(1), { status: "upcoming" }));
  await open("status", FEED, { head: HEAD });
  assert.equal(await reader.text(".status-text"), "Coming up · Checked now");
  feed.publish(feedOf(entries(1), { status: "ended" }));
  await reader.call("refresh");
  assert.equal(await reader.text(".status-text"), "Coverage ended");
  feed.publish(feedOf(entries(1), { poll_seconds: 0 }));
  await reader.call("refresh");
  assert.equal(await reader.text(".status-text"), "Checked now");
});

test("each state is there while it holds, and no longer", async () => {
  const feed = serve();
  const states = () =>
    browser.run(() => {
      const names = ["loading", "upcoming", "live", "paused", "stale", "offline", "ended", "empty", "error"];
      return names.filter((name) => document.querySelector("live-feed")?.matches(`:state(${name})`)).join(" ");
    });
  feed.status = 503;
  feed.hold();
  await open("states", FEED, { head: HEAD, shown: false });
  await feed.requested(1);
  assert.equal(await states(), "loading");
  feed.release();
  await browser.until("the failure", () => document.querySelector("live-feed:state(error)"));
  assert.equal(await states(), "error");
  feed.publish(feedOf([], { status: "upcoming" }));
  await reader.call("refresh");
  await reader.shown();
  assert.equal(await states(), "upcoming empty");
  feed.publish(feedOf(entries(2)));
  await reader.call("refresh");
  assert.equal(await states(), "live");
  await reader.call("pause");
  assert.equal(await states(), "live paused");
  await reader.call("resume");
  assert.equal(await states(), "live");
  feed.status = 500;
  await reader.call("refresh");
  assert.equal(await states(), "live stale");
  await browser.run(() => dispatchEvent(new Event("offline")));
  assert.equal(await states(), "live stale offline");
  feed.publish(feedOf(entries(2), { status: "ended" }));
  await browser.run(() => dispatchEvent(new Event("online")));
  await browser.until("an answer", () => document.querySelector("live-feed:state(ended)"));
  assert.equal(await states(), "ended");
});

test("Retry that goes hands the focus on, in the toolbar and before anything is shown", async () => {
  const feed = serve();
  feed.status = 503;
  await open("focus", FEED, { head: HEAD, shown: false });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  await focusOn(".failure .retry");
  feed.publish(feedOf(entries(2)));
  await reader.press(".retry");
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  assert.equal(await focused(), "list");

  feed.status = 503;
  await reader.call("refresh");
  await focusOn(".status .retry");
  feed.publish(feedOf(entries(3)));
  await reader.press(".status .retry");
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await focused(), "newest");
});

test("another src that fails leaves nothing of the old feed behind", async () => {
  serve();
  const other = site.feed("/other.json", "");
  other.status = 404;
  await open("other", FEED, { head: HEAD });
  assert.equal(await fallbackIsSeen(), false);
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("src", "/other.json"));
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.equal(await fallbackIsSeen(), true);
  assert.deepEqual(await reader.all(".body, .toolbar"), []);
  assert.equal(await reader.is("live"), false);
  other.publish(feedOf([entry(7)]));
  await reader.press(".failure .retry");
  await reader.sees(".body", ["Text 7."]);
  assert.equal(await fallbackIsSeen(), false);
});

test("a feed that is put back into the page and can't be had any more leaves no dead buttons", async () => {
  const feed = serve();
  await open("back", FEED, { head: HEAD });
  feed.status = 404;
  await browser.run(async () => {
    const element = /** @type {HTMLElement} */ (document.querySelector("live-feed"));
    element.remove();
    await new Promise((done) => setTimeout(done));
    document.body.append(element);
  });
  await reader.sees(".failure", ["The updates could not be loaded. Retry"]);
  assert.deepEqual(await reader.all(".body, .toolbar"), []);
  assert.equal(await fallbackIsSeen(), true);
});

test("an element without its src any more shows its fallback, and waits for nothing", async () => {
  const feed = serve();
  await open("without", FEED, { head: HEAD });
  await browser.run(() => document.querySelector("live-feed")?.removeAttribute("src"));
  await browser.until("the fallback", () => document.getElementById("fallback")?.checkVisibility());
  assert.equal(await reader.is("loading"), false);
  assert.equal(await reader.is("live"), false);
  assert.deepEqual(await reader.all(".body"), []);
  assert.equal(feed.requests, 1);
  assert.deepEqual(await told(), []);
});

test("a clock that is a day off tells the age all the same, and nothing lies ahead", async () => {
  for (const [name, clock] of [
    ["behind", "2026-02-28T12:10:00Z"],
    ["ahead", "2026-03-02T12:10:00Z"],
  ]) {
    // The feed's server is another origin, so that only what the feed says tells the time; one entry is a plan.
    const plan = entry(9, { date_published: "2030-01-01T00:00:00Z", title: "Planned" });
    const feed = site.feed("/feed.json", feedOf([plan, ...entries(2)], { updated: at(10) }));
    delete feed.headers.date;
    const body = `<live-feed src="${feed.url.replace("127.0.0.1", "localhost")}"></live-feed>`;
    await open(`day-${name}`, body, { head: clockAt(clock) });
    const ages = await reader.all(".item .relative");
    const day = name === "ahead" ? ["now", "1 day ago", "1 day ago"] : ["now", "8 minutes ago", "9 minutes ago"];
    assert.deepEqual(ages, day, name);
    await hide(false);
  }
});
