import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { entries, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told } = usePages();

const german = JSON.parse(await readFile(new URL("../../www/words/de.json", import.meta.url), "utf8"));

const asked = () => cdn.seen.map(({ path }) => path).filter((path) => path.startsWith("/words/"));

test("English is built in: no language is asked for", async () => {
  site.feed("/feed.json", feedOf(entries(1)));
  await open("english", `<live-feed src="/feed.json"></live-feed>`);
  assert.deepEqual(await reader.all(".order button"), ["New first", "Old first"]);
  assert.deepEqual(asked(), []);
});

test("another language is one small file, asked for once for all feeds of the page", async () => {
  site.feed("/one.json", feedOf(entries(1), {}, { language: "de-AT" }));
  site.feed("/two.json", feedOf(entries(1), {}, { language: "de" }));
  await open("german", `<live-feed src="/one.json" id="one"></live-feed><live-feed src="/two.json" id="two"></live-feed>`);
  for (const id of ["#one", "#two"]) {
    assert.deepEqual(await reader.of(id).all(".order button"), [german.new_first, german.old_first]);
    assert.equal(await reader.of(id).text(".pause"), german.pause);
    assert.equal(await reader.of(id).text(".badge"), german.live);
  }
  assert.deepEqual(asked(), ["/words/de.json"]);
});

test("what went wrong is said in the page's language", async () => {
  site.feed("/feed.json", "");
  await open("failed", `<live-feed src="/feed.json"></live-feed>`, { shown: false, attributes: `lang="de"` });
  await reader.sees(".failure", [`${german.failed} ${german.retry}`]);
});

test("a language may change while the page is open", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  await open("changed", `<live-feed src="/feed.json"></live-feed>`);
  await reader.press(".order button", "Old first");
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("lang", "de"));
  await reader.sees(".order button", [german.new_first, german.old_first]);
  assert.deepEqual(await reader.all(".body"), ["Text 1.", "Text 2."]);
  assert.deepEqual(await reader.attributes(".order button", "aria-pressed"), ["false", "true"]);
});

test("where its file cannot be had, English stands in, and nobody is troubled", async () => {
  cdn.add("/words/de.json", "", { "content-type": "application/json" }).status = 404;
  site.feed("/feed.json", feedOf(entries(1)));
  await open("missing", `<live-feed src="/feed.json" lang="de"></live-feed>`);
  assert.deepEqual(await reader.all(".order button"), ["New first", "Old first"]);
  assert.deepEqual(await told(), []);
});
