import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, told, heard } = usePages();

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const EMBED = { _livefeed: { embed: { url: "https://www.youtube.com/watch?v=dQw4w9WgXcQ", title: "Film" } } };

/** Every event of ours. */
const EVENTS = ["loadstart", "load", "error", "loadend"].concat(
  ["live-feed-update", "live-feed-order", "live-feed-embed", "live-feed-entry"],
);

/** Has the page do something inside each event, a few times, since some of it makes events in turn. @param {string} act */
const inEachEvent = (act) => `<script>
  var acted = {}, broken = [];
  addEventListener("unhandledrejection", ({ reason }) => broken.push(String(reason)));
  addEventListener("error", ({ message }) => {
    if (!/the host has thrown/.test(message)) broken.push(message);
  });
  for (const type of ${JSON.stringify(EVENTS)}) {
    document.addEventListener(type, (event) => {
      const element = event.target;
      if (element.localName !== "live-feed") return;
      acted[type] = (acted[type] ?? 0) + 1;
      if (acted[type] <= 3) (${act})(element, type);
    }, true);
  }
</script>`;

/** Until there is something to play, or no feed any more. */
const playable = () =>
  browser.until("the embed's button, or the feed's end", () => {
    const element = document.querySelector("live-feed");
    return !element || element.shadowRoot?.querySelector(".embed-button");
  });

/** Makes every event happen, and says which did. */
async function goThroughAll() {
  const feed = site.feed("/feed.json", feedOf([entry(2, EMBED), entry(1)]));
  feed.status = 500;
  // The first answer may be that of a request already under way.
  for (const _ of "ab") await reader.call("refresh");
  feed.publish(feedOf([entry(3), entry(2, EMBED), entry(1)]));
  await reader.call("refresh");
  await reader.call("refresh");
  await playable();
  await browser.run(() => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    for (const css of [".order button[aria-pressed=false]", ".embed-button"]) {
      /** @type {HTMLElement | null | undefined} */ (root?.querySelector(css))?.click();
    }
  });
  await browser.until("an entry to be seen", () => /** @type {any} */ (globalThis).acted["live-feed-entry"] > 0);
  return browser.run(() => Object.keys(/** @type {any} */ (globalThis).acted).sort());
}

/** Whether the feed is alive: it takes what the page gives it, and turns round. */
async function isAlive() {
  // More than once, since a handler that asks for another feed may do so after one has taken it.
  await browser.until("the entry that came last", async (added) => {
    const element = /** @type {any} */ (document.querySelector("live-feed"));
    await element.resume().then(() => element.upsert(added)).then(() => element.showPending());
    const bodies = [...(element.shadowRoot?.querySelectorAll(".body") ?? [])];
    return bodies.some(({ textContent }) => textContent === "Text 9.");
  }, entry(9));
  const failures = (await told()).filter((line) => line.includes("core"));
  assert.deepEqual(failures, []);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).broken), []);
}

test("a handler that calls every method inside every event harms nothing", async () => {
  site.feed("/feed.json", feedOf([entry(2, EMBED), entry(1)]));
  const act = `(element, type) => {
    const told = (promise) => promise.catch((error) => broken.push(type + ": " + error));
    told(element.refresh());
    told(element.pause());
    told(element.resume());
    told(element.showPending());
    told(element.goTo("e1"));
    told(element.upsert({ id: type, content_text: type, date_published: "2026-03-01T11:00:00Z" }));
    told(element.remove(type));
    element.order = element.order === "oldest" ? "newest" : "oldest";
    element.lang = element.lang === "de" ? "en" : "de";
    element.pageSize = 20;
    element.summary = "open";
    element.timeZone = "reader";
    element.live = "poll";
    element.shadowRoot.querySelector(".pause")?.click();
    element.shadowRoot.querySelector(".pause")?.click();
  }`;
  await open("calls", FEED, { head: inEachEvent(act) });
  assert.deepEqual(await goThroughAll(), [...EVENTS].sort());
  await isAlive();
});

test("a handler that gives another feed inside every event harms nothing", async () => {
  site.feed("/feed.json", feedOf([entry(2, EMBED), entry(1)]));
  const act = `(element, type) => {
    const items = [{ id: "given", content_text: type, date_published: "2026-03-01T12:08:00Z" }];
    element.setFeed({ version: "https://jsonfeed.org/version/1.1", title: type, items })
      .catch((error) => broken.push(type + ": " + error));
    element.src = element.getAttribute("src") === "/feed.json" ? "/feed.json?again" : "/feed.json";
  }`;
  await open("gives", FEED, { head: inEachEvent(act) });
  await isAlive();
});

test("a handler that throws inside every event harms nothing", async () => {
  site.feed("/feed.json", feedOf([entry(2, EMBED), entry(1)]));
  await open("throws", FEED, { head: inEachEvent(`() => { throw new Error("the host has thrown"); }`) });
  assert.deepEqual(await goThroughAll(), [...EVENTS].sort());
  await isAlive();
});

test("a handler that removes the element inside an event harms nothing, and put back it goes on", async () => {
  const act = `(element, type) => {
    if (element.dataset.in !== type) return;
    delete element.dataset.in;
    element.remove();
    gone = element;
  }`;
  for (const type of EVENTS) {
    const feed = site.feed("/feed.json", feedOf([entry(2, EMBED), entry(1)]));
    if (type === "error") feed.status = 500;
    const body = `<live-feed src="/feed.json" data-in="${type}"></live-feed>`;
    await open(`removes-${type}`, body, { head: `<script>var gone;</script>${inEachEvent(act)}`, shown: false });
    if (!["loadstart", "error", "load", "loadend"].includes(type)) {
      await playable();
      await browser.run((added) => {
        const element = /** @type {any} */ (document.querySelector("live-feed"));
        if (!element) return;
        for (const css of [".order button[aria-pressed=false]", ".embed-button"]) {
          element.shadowRoot.querySelector(css)?.click();
        }
        // Of one that has left with a click, this waits until it is back.
        element.upsert(added);
      }, entry(3));
    }
    await browser.until(`its removal in ${type}`, () => /** @type {any} */ (globalThis).gone !== undefined);
    feed.publish(feedOf([entry(2), entry(1)]));
    await browser.run(() => document.body.append(/** @type {any} */ (globalThis).gone));
    await reader.shown();
    await isAlive();
  }
});

test("a page in which every second feed is taken out by the first one's events shows the others", async () => {
  for (const name of ["a", "b", "c"]) site.feed(`/${name}.json`, feedOf(entries(2)));
  const head = `<script>
    document.addEventListener("load", (event) => {
      if (event.target.id === "a") document.getElementById("b").remove();
    }, true);
  </script>`;
  const body = ["a", "b", "c"].map((name) => `<live-feed id="${name}" src="/${name}.json"></live-feed>`).join("");
  await open("others", body, { head });
  for (const id of ["#a", "#c"]) assert.deepEqual(await reader.of(id).all(".body"), ["Text 2.", "Text 1."]);
  assert.deepEqual(await told(), []);
  assert.deepEqual(await heard("error"), []);
});

/**
 * Has the page act once, inside one event.
 * @param {string} type
 * @param {string} act
 */
const inOne = (type, act) => `<script>
  document.addEventListener("${type}", function handle({ target }) {
    if (target.localName !== "live-feed") return;
    document.removeEventListener("${type}", handle, true);
    (${act})(target);
  }, true);
</script>`;

/** @param {string} state */
const matches = (state) =>
  browser.run((state) => document.querySelector("live-feed")?.matches(`:state(${state})`), state);

test("a button that is pressed when an entry gets the focus is obeyed", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  const head = inOne("focusin", `({ shadowRoot }) => shadowRoot.querySelector(".pause").click()`);
  await open("pressed-in-focus", FEED, { head });
  assert.equal(await reader.call("goTo", "e1"), true);
  await browser.until("the pause", () => document.querySelector("live-feed")?.matches(":state(paused)"));
  assert.equal(await reader.text(".pause"), "Resume");
});

test("a button that is pressed when the focus leaves a removed entry is obeyed", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  await open("pressed-in-removal", FEED);
  await reader.call("goTo", "e3");
  await browser.run(() => {
    const element = /** @type {HTMLElement} */ (document.querySelector("live-feed"));
    const press = () =>
      /** @type {HTMLElement} */ (element.shadowRoot?.querySelector(".order button[aria-pressed=false]")).click();
    element.shadowRoot?.addEventListener("focusin", press, { once: true });
  });
  feed.publish(feedOf([entry(2), entry(1)], { version: 2 }));
  // An entry counts as removed when two consecutive responses omit it.
  for (const _ of "ab") await reader.call("refresh");
  await reader.sees(".body", ["Text 1.", "Text 2."]);
  assert.deepEqual((await heard("live-feed-order")).map(({ detail }) => detail), [{ order: "oldest" }]);
});

test("a handler of live-feed-update that pauses, turns the list, adds and removes has all of it done", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(3)));
  const head = inOne(
    "live-feed-update",
    `(element) => {
      element.pause();
      element.setAttribute("order", "oldest");
      element.upsert({ id: "own", content_text: "Text of the page.", date_published: "2026-03-01T13:00:00Z" });
      element.remove("e1");
      element.resume();
      element.showPending();
    }`,
  );
  await open("all-in-update", FEED, { head });
  feed.publish(feedOf(entries(4)));
  await reader.call("refresh");
  await reader.sees(".body", ["Text 2.", "Text 3.", "Text 4.", "Text of the page."]);
  assert.equal(await matches("paused"), false);
  const updates = (await heard("live-feed-update")).map(({ detail }) => [detail.added, detail.removed]);
  assert.deepEqual(updates, [[["e4"], []], [["own"], []], [[], ["e1"]]]);
});

test("a handler of live-feed-update that removes the element leaves what is shown, and hears no more", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  const head = inOne("live-feed-update", `(element) => { gone = element; element.remove(); }`);
  await open("removed-in-update", FEED, { head: `<script>var gone;</script>${head}` });
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  const bodies = await browser.run(() => {
    const found = /** @type {any} */ (globalThis).gone.shadowRoot.querySelectorAll(".body");
    return [...found].map(({ textContent }) => textContent);
  });
  assert.deepEqual(bodies, ["Text 3.", "Text 2.", "Text 1."]);
  assert.equal((await heard("live-feed-update")).length, 1);
  assert.deepEqual(await told(), []);
});

test("a handler of live-feed-order that sets the order back has the list as it was", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  const head = inOne("live-feed-order", `(element) => element.setAttribute("order", "newest")`);
  await open("order-back", FEED, { head });
  await reader.press(".order button", "Old first");
  await reader.sees(".body", ["Text 3.", "Text 2.", "Text 1."]);
  assert.deepEqual((await heard("live-feed-order")).map(({ detail }) => detail.order), ["oldest", "newest"]);
  assert.deepEqual(await reader.attributes(".order button", "aria-pressed"), ["true", "false"]);
  assert.equal(await browser.run(() => document.querySelector("live-feed")?.getAttribute("order")), "newest");
});

test("a handler of live-feed-order finds the list in that order", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  const look = `({ shadowRoot }) => {
    found = [...shadowRoot.querySelectorAll(".body")].map(({ textContent }) => textContent);
  }`;
  await open("order-done", FEED, { head: `<script>var found;</script>${inOne("live-feed-order", look)}` });
  await reader.press(".order button", "Old first");
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).found), ["Text 1.", "Text 2.", "Text 3."]);
});

test("a handler of the first error finds the element in that state", async () => {
  site.feed("/feed.json", feedOf(entries(1))).status = 500;
  const look = `(element) => { found = ["loading", "error"].map((state) => element.matches(":state(" + state + ")")); }`;
  await open("error-done", FEED, { head: `<script>var found;</script>${inOne("error", look)}`, shown: false });
  await browser.until("the error", () => /** @type {any} */ (globalThis).found);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).found), [false, true]);
});

test("a handler of load that names another feed has that one shown", async () => {
  site.feed("/feed.json", feedOf(entries(2)));
  site.feed("/other.json", feedOf([entry(9)]));
  await open("other-in-load", FEED, { head: inOne("load", `(element) => { element.src = "/other.json"; }`) });
  await reader.sees(".body", ["Text 9."]);
  await browser.until("the second loadend", () => {
    return /** @type {any} */ (globalThis).heard.filter(({ type }) => type === "loadend").length === 2;
  });
  const types = (await heard()).map(({ type }) => type);
  assert.deepEqual(types, ["loadstart", "load", "loadend", "loadstart", "load", "loadend"]);
});

test("a handler that asks for an entry that has just come is told that it is there", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(2)));
  const ask = `(element) => { answer = Promise.all(["e3", "e1", "e0"].map((id) => element.goTo(id))); }`;
  await open("asks-in-update", FEED, { head: `<script>var answer;</script>${inOne("live-feed-update", ask)}` });
  feed.publish(feedOf(entries(3)));
  await reader.call("refresh");
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).answer), [true, true, false]);
});
