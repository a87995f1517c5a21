import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { trapIn } from "./support/trap.js";

const { browser, site, reader, open, told, heard } = usePages();
const trap = trapIn(browser);

const LINE = "The updates could not be loaded. Retry";
const TWO = `<live-feed id="good" src="/good.json"></live-feed><live-feed id="bad" src="/bad.json"></live-feed>`;

const FAILED = "<live-feed> the core has failed, and is begun anew";

test("after a trap a fresh core goes on with every feed, and what was shown stays meanwhile", async () => {
  const good = site.feed("/good.json", feedOf(entries(2)));
  const bad = site.feed("/bad.json", feedOf(entries(3)));
  await open("trap", TWO);
  good.hold();
  bad.hold();
  await trap("bad", 1);
  await good.requested(2);
  await bad.requested(2);
  assert.deepEqual(await reader.of("#good").all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await reader.of("#bad").all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal(await reader.of("#good").is("loading"), false);
  // Asked while the fresh one begins, it is the fresh one's to answer.
  good.publish(feedOf(entries(3)));
  bad.publish(feedOf(entries(4)));
  good.release();
  bad.release();
  for (const id of ["#good", "#bad"]) await reader.of(id).call("refresh");
  for (const id of ["#good", "#bad"]) await reader.of(id).call("refresh");
  await reader.of("#good").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  await reader.of("#bad").sees(".body", ["Text 4.", "Text 3.", "Text 2.", "Text 1."]);
  await reader.of("#good").press(".order button", "Old first");
  assert.deepEqual(await reader.of("#good").all(".body"), ["Text 1.", "Text 2.", "Text 3."]);
  assert.deepEqual(await told(), [FAILED]);
  assert.deepEqual(await heard("error"), []);
  for (const id of ["#good", "#bad"]) assert.deepEqual(await reader.of(id).all(".failure"), []);
});

test("who reads in the midst of the list when its core is lost goes on reading there", async () => {
  site.feed("/bad.json", feedOf(entries(40)));
  await open("midst", `<p>Above</p><live-feed id="bad" src="/bad.json"></live-feed><p>Below</p>`);
  /** The row that is read, and where it stands, once that is the same for some frames. */
  const read = () =>
    browser.run(async () => {
      const look = () => {
        const rows = document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item") ?? [];
        const row = [...rows].find((row) => row.getBoundingClientRect().bottom > 60);
        return `${row?.getAttribute("data-id")} at ${Math.round(row?.getBoundingClientRect().top ?? 0)}`;
      };
      let [seen, same] = [look(), 0];
      while (same < 20) {
        await new Promise((done) => requestAnimationFrame(done));
        same = look() === seen ? same + 1 : 0;
        seen = look();
      }
      return seen;
    });
  await browser.run(() => scrollTo(0, 1200));
  const before = await read();
  await browser.run(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    /** @type {any} */ (globalThis).first = root.querySelectorAll(".item")[0];
  });
  await trap("bad", 1);
  await browser.until("other rows", () => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    const first = root?.querySelector(".item");
    return first && first !== /** @type {any} */ (globalThis).first;
  });
  assert.equal(await read(), before);
});

test("a feed that fails again says so in one line, and leaves the others alive; Retry begins anew", async () => {
  const good = site.feed("/good.json", feedOf(entries(2)));
  site.feed("/bad.json", feedOf(entries(2)));
  await open("traps", TWO);
  await trap("bad", 2);
  await reader.of("#bad").sees(".failure", [LINE]);
  assert.deepEqual(await reader.of("#bad").all(".body"), ["Text 2.", "Text 1."]);
  assert.equal(await reader.of("#bad").is("error"), true);
  const [error, ...others] = await heard("error");
  assert.deepEqual(others, []);
  assert.equal(error.detail.code, "core");
  assert.match(error.detail.message, /unreachable/i);
  assert.deepEqual(await told(), [FAILED, FAILED, `<live-feed> ${error.detail.message}`]);
  assert.match(String(await reader.of("#bad").call("refresh")), /^RuntimeError: .*unreachable/i);

  good.publish(feedOf(entries(3)));
  await reader.of("#good").call("refresh");
  await reader.of("#good").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual(await reader.of("#good").all(".failure"), []);

  await reader.of("#bad").press(".failure .retry", "Retry");
  await browser.until("the fresh one", () => !document.querySelector("#bad")?.matches(":state(error)"));
  assert.deepEqual(await reader.of("#bad").all(".failure"), []);
  await reader.of("#bad").call("upsert", entry(3));
  await reader.of("#bad").sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
});

test("what waits for an answer when the core is lost is told", async () => {
  const feed = site.feed("/bad.json", feedOf(entries(1)));
  await open("waits", `<live-feed id="bad" src="/bad.json"></live-feed>`);
  feed.hold();
  await browser.run(() => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    /** @type {any} */ (globalThis).answer = element.refresh().catch(String);
  });
  await feed.requested(2);
  await trap("bad", 1);
  assert.match(String(await browser.run(() => /** @type {any} */ (globalThis).answer)), /^RuntimeError: .*unreachable/i);
  feed.release();
  assert.ok(!(await reader.call("refresh")));
});

test("the stream of a lost core is closed", async () => {
  const hub = site.hub("/hub");
  site.feed("/bad.json", feedOf(entries(1), {}, { hubs: [{ type: "EventSource", url: "/hub" }] }));
  await open("stream", `<live-feed id="bad" src="/bad.json"></live-feed>`);
  await hub.connected(1);
  await trap("bad", 1);
  await hub.connected(2);
});
