/** A page of another origin, over plain files behind nginx. */
import assert from "node:assert/strict";
import { startStatic } from "../../examples/static/start.js";
import { entries, feedOf } from "../e2e/support/feeds.js";
import { useExample } from "./support/examples.js";
import { usePartner } from "./support/partner.js";

const { test, example } = useExample(["nginx", "brotli"], startStatic);
const { browser, reader, open, settles } = usePartner();

/** The statuses of all answers for the feed, in order. */
const statuses = async () =>
  (await example().nginx.answers()).filter(({ uri }) => uri === "/feed.json").map(({ status }) => status);

test("it is shown, a poll without news costs a 304, and what is published comes by itself", async () => {
  await example().publish(feedOf(entries(2), { version: 1 }));
  await open(example().origin, `interval="5"`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await statuses(), [200]);
  await reader.call("refresh");
  await reader.call("refresh");
  assert.deepEqual(await statuses(), [200, 304, 304]);
  await example().publish(feedOf(entries(3), { version: 2 }));
  await settles(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal((await statuses()).filter((status) => status === 200).length, 2);
  assert.deepEqual(await browser.complaints(), []);
});

test("its files come from the browser's own cache the next time", async () => {
  // What helps a reader around is asked for when somebody touches the feed, on some screens at once.
  const isOurs = (/** @type {string} */ uri) => uri.startsWith("/livefeed/") && !uri.endsWith("/around.js");
  const asked = async () => (await example().nginx.answers()).map(({ uri }) => uri).filter(isOurs);
  const before = await asked();
  const files = before.map((uri) => uri.split("/").at(-1)).sort();
  assert.deepEqual(files, ["live-feed.js", "live-feed.wasm"]);
  await open(example().origin);
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await asked(), before);
});

test("while nginx is down the page keeps what it shows and says so; when it is back it goes on", async () => {
  await example().nginx.kill();
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await reader.is("stale"), true);
  await example().nginx.start();
  await example().publish(feedOf(entries(4), { version: 3 }));
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await reader.is("stale"), false);
});
