/** A page of another origin, with Varnish between it and the files. */
import assert from "node:assert/strict";
import { startVarnish } from "../../examples/varnish/start.js";
import { entries, feedOf } from "../e2e/support/feeds.js";
import { useExample } from "./support/examples.js";
import { usePartner } from "./support/partner.js";

const { test, example } = useExample(["nginx", "brotli", "varnish"], startVarnish);
const { browser, reader, open, settles } = usePartner();

test("what is published comes through the cache", async () => {
  await example().publish(feedOf(entries(2), { version: 1 }));
  await open(example().origin, `interval="5"`);
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
  await example().publish(feedOf(entries(3), { version: 2 }));
  await settles(".body", ["Text 3.", "Text 2.", "Text 1."]);
});

test("while the origin is down pages go on, and new ones are served", async () => {
  await example().nginx.kill();
  await reader.call("refresh");
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await reader.is("stale"), false);
  await open(example().origin, `interval="5"`);
  assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  await example().publish(feedOf(entries(4), { version: 3 }));
  await example().nginx.start();
  await settles(".body", ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await browser.complaints(), []);
});
