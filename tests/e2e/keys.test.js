/** Keys that lead from entry to entry, with the focus inside the feed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, open } = usePages();

const FEED = `<input id="outside"><live-feed src="/feed.json"><input id="inside" slot="header"></live-feed>`;

/**
 * Presses a key where the focus is; whether somebody did something with it.
 * @param {string} key
 * @param {KeyboardEventInit} [more]
 */
const press = (key, more = {}) =>
  browser.run(
    (key, more) => {
      const host = document.querySelector("live-feed");
      const active = document.activeElement === host ? host?.shadowRoot?.activeElement : document.activeElement;
      const options = { key, bubbles: true, composed: true, cancelable: true, ...more };
      return !active?.dispatchEvent(new KeyboardEvent("keydown", options));
    },
    key,
    more,
  );

/** The text of the entry with the focus, and whether its beginning is in view below the toolbar. */
const focused = () =>
  browser.run(() => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    const active = root?.activeElement;
    if (!active?.matches(".entry")) return null;
    const top = active.getBoundingClientRect().top;
    const bar = root?.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0;
    return { text: active.querySelector(".body")?.textContent, isSeen: top > bar - 1 && top < innerHeight };
  });

/** Puts the focus on the switch, which has what knows the keys loaded. */
const enter = async () => {
  await browser.run(() => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    /** @type {HTMLElement} */ (root?.querySelector(".order button")).focus();
  });
  await browser.until("the sheet of what was loaded", () => {
    return document.querySelector("live-feed")?.shadowRoot?.adoptedStyleSheets.length === 2;
  });
};

const seen = (/** @type {string} */ text) => ({ text, isSeen: true });

test("j and k lead to the next entry and the one before, Home and End to the first and the last", async () => {
  site.feed("/feed.json", feedOf(entries(30)));
  await open("keys", FEED);
  await browser.until("all rows", () => document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item").length === 30);
  await enter();
  const walk = [
    ["j", "Text 30."],
    ["j", "Text 29."],
    ["j", "Text 28."],
    ["k", "Text 29."],
    ["End", "Text 1."],
    ["k", "Text 2."],
    ["Home", "Text 30."],
  ];
  for (const [key, text] of walk) {
    assert.equal(await press(key), true, key);
    assert.deepEqual(await focused(), seen(text), key);
  }
  // Beyond the ends there is nothing; the key is the browser's again.
  assert.equal(await press("k"), false);
  assert.deepEqual(await focused(), seen("Text 30."));
});

test("the order on the page counts, past lines and the page's own blocks, and a focus within an entry", async () => {
  const link = entry(2, { content_html: `<p>Text 2.</p><p><a href="https://example.org/">Link</a></p>` });
  site.feed("/feed.json", feedOf([entry(3), link, entry(1)]));
  await open("blocks", `<live-feed src="/feed.json" order="oldest"><p slot="after-2">Ours</p></live-feed>`);
  await enter();
  await browser.run(() => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    /** @type {HTMLElement} */ (root?.querySelector(".body a")).focus();
  });
  await press("j");
  assert.equal((await focused())?.text, "Text 3.");
});

test("keys with modifiers, in a field, or outside of the feed are left alone", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  await open("alone", FEED);
  await enter();
  for (const modifier of ["ctrlKey", "altKey", "metaKey", "shiftKey"]) {
    assert.equal(await press("j", { [modifier]: true }), false, modifier);
  }
  for (const id of ["inside", "outside"]) {
    await browser.run((id) => document.getElementById(id)?.focus(), id);
    for (const key of ["j", "k", "Home", "End"]) assert.equal(await press(key), false, `${key} ${id}`);
  }
  assert.equal(await focused(), null);
});

test("where the keyboard has no Latin letters, those of its keys count", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  await open("other", FEED);
  await enter();
  assert.equal(await press("о", { code: "KeyJ" }), true);
  assert.deepEqual((await focused())?.text, "Text 3.");
  assert.equal(await press("q", { code: "KeyJ" }), false);
});
