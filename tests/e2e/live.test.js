import assert from "node:assert/strict";
import { test } from "node:test";
import { lacks } from "./support/engine.js";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, reader, open, heard, told, advance, hide } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** More than the default interval with its jitter. */
const NEXT_POLL_MS = 17_000;

/** Counts from now on what is touched inside the feed: the texts of the rows, or "outside" of them. */
const watch = () =>
  browser.run(async () => {
    // The header is measured in the frame after it was shown.
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const page = /** @type {any} */ (globalThis);
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const row = (/** @type {any} */ node) => {
      const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
      return element?.closest(".item")?.querySelector(".body")?.textContent ?? "outside";
    };
    page.touched = [];
    // While the list moves, rows are styled for the way: that is no change of what they hold.
    const note = (/** @type {MutationRecord[]} */ records) => {
      page.touched.push(...records.filter((record) => record.attributeName !== "style").map(({ target }) => row(target)));
    };
    page.observer = new MutationObserver(note);
    page.note = note;
    page.observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  });
/** @returns {Promise<string[]>} */
const touched = async () => {
  const all = await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    page.note(page.observer.takeRecords());
    return page.touched;
  });
  return [...new Set(/** @type {string[]} */ (all))].sort();
};

test("an unchanged poll touches nothing: 304, or the same text again", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(4)));
  await open("unchanged", FEED, { head: clockAt(at(5)) });
  await watch();
  await reader.call("refresh");
  assert.equal(feed.requests, 2);
  if (!lacks("cache")) assert.equal(feed.unchanged, 1);
  feed.headers["cache-control"] = "no-store";
  await reader.call("refresh");
  await reader.call("refresh");
  assert.equal(feed.requests, 4);
  assert.deepEqual(await touched(), []);
  assert.deepEqual(await heard("live-feed-update"), []);
});

test("a feed that is published anew with another time alone touches nothing but that time", async () => {
  const updated = (/** @type {number} */ minute, description = "What happens at the harbour.") =>
    feedOf(entries(2), { updated: at(minute), version: minute }, { description });
  const feed = site.feed("/feed.json", updated(1), { date: "Sun, 01 Mar 2026 12:05:00 GMT" });
  await open("republished", FEED, { head: clockAt(at(5)) });
  assert.deepEqual(await reader.all(".updated"), ["Updated 4 minutes ago"]);
  await watch();
  await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    page.header = [];
    page.headers = new MutationObserver((records) => page.header.push(...records.map(({ target }) => target)));
    page.headers.observe(root.querySelector(".summary"), { subtree: true, childList: true, attributes: true, characterData: true });
  });
  const inHeader = () =>
    browser.run(() => {
      const page = /** @type {any} */ (globalThis);
      page.header.push(...page.headers.takeRecords().map((/** @type {MutationRecord} */ { target }) => target));
      const parts = page.header.splice(0).map((/** @type {any} */ node) => (node.part ?? node.parentElement.part).value);
      return [...new Set(parts)].sort();
    });
  feed.publish(updated(4));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".updated"), ["Updated 1 minute ago"]);
  assert.deepEqual(await inHeader(), ["updated"]);
  feed.publish(updated(4, "What happened at the harbour."));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".standfirst"), ["What happened at the harbour."]);
});

test("a new entry comes on top, and no other row is touched", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  await open("new", FEED);
  await watch();
  feed.publish(feedOf(entries(4)));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual((await touched()).filter((row) => row !== "Text 4."), ["outside"]);
  assert.deepEqual(await heard("live-feed-update"), [
    { type: "live-feed-update", detail: { added: ["e4"], changed: [], removed: [], pending: 0 } },
  ]);
});

test("an edit changes its own entry in place and touches no other", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  await open("edit", FEED);
  await watch();
  const kept = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const page = /** @type {any} */ (globalThis);
    page.kept = [...root.querySelectorAll(".item, .item h3")];
    return page.kept.length;
  });
  assert.equal(kept, 6);
  const edited = entry(2, { content_html: "<p>Text 2, corrected.</p>", date_modified: at(9) });
  feed.publish(feedOf([entry(3), edited, entry(1)]));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2, corrected.", "Text 1."]);
  assert.deepEqual(await touched(), ["Text 2, corrected."]);
  const same = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    const now = [...root.querySelectorAll(".item, .item h3")];
    return now.every((node, index) => node === /** @type {any} */ (globalThis).kept[index]);
  });
  assert.equal(same, true);
  assert.deepEqual(await heard("live-feed-update"), [
    { type: "live-feed-update", detail: { added: [], changed: ["e2"], removed: [], pending: 0 } },
  ]);
});

test("a removal takes its entry out and leaves the others alone", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(4), { version: 1 }));
  await open("removal", FEED);
  await watch();
  feed.publish(feedOf([entry(4), entry(2), entry(1)], { version: 2 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 4.", "Text 2.", "Text 1."]);
  assert.deepEqual(await touched(), ["outside"]);
  assert.deepEqual((await heard("live-feed-update")).at(-1)?.detail, {
    added: [],
    changed: [],
    removed: ["e3"],
    pending: 0,
  });
  // A cache that is behind does not bring it back.
  feed.publish(feedOf(entries(4), { version: 1 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 4.", "Text 2.", "Text 1."]);
});

test("a new header changes title, badge and standfirst, and no entry", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2), { summary_html: "<p>Before.</p>", status: "upcoming" }));
  await open("header", FEED);
  assert.equal(await reader.text(".badge"), "Coming up");
  assert.equal(await reader.is("upcoming"), true);
  await watch();
  const livefeed = { summary_html: "<p>After.</p>", status: "live" };
  feed.publish(feedOf(entries(2), livefeed, { title: "Another title" }));
  await reader.call("refresh");
  assert.equal(await reader.text(".title"), "Another title");
  assert.equal(await reader.text(".badge"), "Live");
  assert.equal(await reader.text(".standfirst"), "After.");
  assert.equal(await reader.is("upcoming"), false);
  assert.equal(await reader.is("live"), true);
  assert.deepEqual(await touched(), ["outside"]);
  feed.publish(feedOf(entries(2), livefeed, { title: "Another title", expired: true }));
  await reader.call("refresh");
  assert.equal(await reader.text(".badge"), "Coverage ended");
  assert.equal(await reader.is("ended"), true);
});

test("it asks by itself when the interval is over, and not before", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(1)));
  await open("polling", FEED, { head: clockAt(at(5)) });
  feed.publish(feedOf(entries(2)));
  await advance(13_000);
  assert.equal(feed.requests, 1);
  await advance(4_000);
  await feed.requested(2);
  await reader.sees(".body", ["Text 2.", "Text 1."]);
});

test("a feed that says 0 is never asked again, unless somebody wants to know", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(1), { poll_seconds: 0 }));
  await open("never", FEED, { head: clockAt(at(5)) });
  assert.deepEqual(await reader.all(".pause"), []);
  await advance(NEXT_POLL_MS * 1000);
  await reader.call("refresh");
  assert.equal(feed.requests, 2);
});

test("with live=off it asks once", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(1)));
  await open("off", `<live-feed src="/feed.json" live="off"></live-feed>`, { head: clockAt(at(5)) });
  assert.deepEqual(await reader.all(".pause"), []);
  await advance(NEXT_POLL_MS);
  await reader.call("refresh");
  assert.equal(feed.requests, 2);
});

test("while the page is hidden nothing is asked; on return once", async () => {
  // So long that no timer of the browser's own comes to the test's help.
  const feed = site.feed("/feed.json", feedOf(entries(1), { poll_seconds: 3600 }));
  await open("hidden", FEED, { head: clockAt(at(5)) });
  await hide(true);
  await advance(2 * 3600 * 1000);
  assert.equal(feed.requests, 1);
  feed.publish(feedOf(entries(2), { poll_seconds: 3600 }));
  await hide(false);
  await reader.sees(".body", ["Text 2.", "Text 1."]);
  assert.equal(feed.requests, 2);
});

test("a bad entry is skipped and named in one warning; the others stand", async () => {
  site.feed("/feed.json", feedOf([entry(3), { ...entry(2), id: [2] }, entry(1)]));
  await open("bad", FEED);
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 1."]);
  assert.deepEqual(await told(), [
    "<live-feed> 1 problem:\n- entry 2 was skipped: its id is a list",
  ]);
});

test("the focus stays in the feed when its entry is edited or removed", async () => {
  const linked = (/** @type {string} */ text) => entry(1, { content_html: `<p><a href="/more">${text}</a></p>` });
  const resource = site.feed("/feed.json", feedOf([linked("One")]));
  await open("focus", FEED);
  const focused = () =>
    browser.run(() => document.querySelector("live-feed")?.shadowRoot?.activeElement?.getAttribute("class"));
  const refresh = () => browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).refresh());
  await browser.run(() => {
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".body a").focus();
  });
  resource.publish(feedOf([linked("Two")]));
  await refresh();
  assert.deepEqual(await reader.all(".body"), ["Two"]);
  assert.equal(await focused(), "entry");
  resource.publish(feedOf([entry(2), { id: "e1", _livefeed: { deleted: true } }]));
  await refresh();
  assert.deepEqual(await reader.all(".body"), ["Text 2."]);
  assert.equal(await focused(), "list");
});
