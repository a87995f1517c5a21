/**
 * What a long feed costs beside a short one: 10,000 entries and 500, each act in the main thread's own time.
 * `npm run bench -- length`
 */
import { at } from "../tests/e2e/support/feeds.js";
import { median, onStage, print, promise } from "./support/stage.js";

const SHORT = 500;
const LONG = 10_000;
/** How much more an act may cost in the long feed. */
const MOST = 2;
/** Pages for the first paint, and on the last of them repetitions of each act: enough for a median. The order is turned an
 * even number of times, so that it ends as it began. */
const PAGES = 5;
const TIMES = 16;

/** In the page: as many entries as the address says, one a minute, parsed already; and what is done with them. */
const SCRIPT = `<script>
  var count = Number(location.search.slice(1));
  var last = count;
  var clock = Date.parse("${at(1)}") + count * 60_000;
  Date.now = () => clock;

  var text = "A sentence of our own that says as much as sentences in a live feed say. ";
  var item = (number, title = "Entry " + number) => ({
    id: "e" + number,
    title,
    content_html: "<p>" + text.repeat(2) + "</p><p>" + text.repeat(2) + "</p>",
    date_published: new Date(Date.parse("${at(0)}") + number * 60_000).toISOString(),
  });
  var feedOf = (count) => ({
    version: "https://jsonfeed.org/version/1.1",
    title: "A feed",
    _livefeed: { time_zone: "Etc/UTC" },
    items: Array.from({ length: count }, (_, index) => item(count - index)),
  });
  var feed = feedOf(count);

  // setFeed() takes a copy by way of text: that is what parsing costs, and not counted here.
  var { parse, stringify } = JSON;
  JSON.stringify = (value, ...more) => (value === feed ? "the feed" : stringify(value, ...more));
  JSON.parse = (text, ...more) => (text === "the feed" ? feed : parse(text, ...more));

  // What is left to idle time is not done until it is asked for, so that it is counted by itself.
  var left = new Map();
  var number = 0;
  requestIdleCallback = (call) => {
    left.set((number += 1), call);
    return number;
  };
  cancelIdleCallback = (number) => left.delete(number);
  var longest = 0;

  var live = document.getElementsByTagName("live-feed");
  var painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  var acts = {
    "nothing": () => {},
    "first paint": () => live[0].setFeed(feed),
    "new entry": () => live[0].upsert(item(last += 1)),
    "edit": () => live[0].upsert(item(last, "Edited " + Math.random())),
    "removal": () => live[0].remove("e" + last--),
    "order switch": () => live[0].shadowRoot.querySelector(".order [aria-pressed=false]").click(),
    "tick": () => {
      clock += 60_000;
      document.dispatchEvent(new Event("visibilitychange"));
    },
    "rows built ahead": async () => {
      while (left.size > 0) {
        var [number, call] = left.entries().next().value;
        left.delete(number);
        var began = performance.now();
        call({ didTimeout: false, timeRemaining: () => 50 });
        longest = Math.max(longest, performance.now() - began);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
    "new document": () => {
      last += 1;
      feed = { ...feed, items: [item(last), ...feed.items] };
      return live[0].setFeed(feed);
    },
  };
</script>`;

/** One to be measured, and one with which the core is warmed up; neither remembers anything for the next page. */
const FEEDS = `<live-feed storage="none"></live-feed>`.repeat(2);

/** Up to 500 rows, in idle time: after the first paint, and after the order of a feed with more than them is switched. */
const AHEAD = "rows built ahead";
/** What must not cost more in a long feed; a whole document has to be read, however little of it is new. */
const PROMISED = ["first paint", "new entry", "edit", "removal", "order switch", "tick"];
const TOLD = [...PROMISED, "new document", AHEAD];

await onStage(async (stage) => {
  const { browser, server } = stage;

  /** What an act takes of the main thread, until it is painted. @param {string} name */
  async function cost(name) {
    const before = await stage.metrics();
    await browser.run(async (name) => {
      const page = /** @type {any} */ (globalThis);
      await page.acts[name]();
      await page.painted();
    }, name);
    const after = await stage.metrics();
    return after.task - before.task;
  }

  /** Opens a page in which the core is at work already. @param {number} count */
  async function open(count) {
    await browser.open(`${server.page("length", FEEDS, { head: SCRIPT })}?${count}`);
    await browser.run(async () => {
      const page = /** @type {any} */ (globalThis);
      await customElements.whenDefined("live-feed");
      const warm = page.live[1];
      await warm.setFeed(page.feedOf(1));
      await page.painted();
      warm.remove();
    });
    await stage.collectGarbage();
  }

  /** The medians of all acts. @param {number} count @returns {Promise<Record<string, number>>} */
  async function medians(count) {
    /** @type {Record<string, number[]>} */
    const costs = Object.fromEntries(["nothing", ...TOLD].map((name) => [name, []]));
    for (let time = 0; time < PAGES; time += 1) {
      await open(count);
      costs["first paint"].push(await cost("first paint"));
      costs[AHEAD].push(await cost(AHEAD));
    }
    for (const [name, values] of Object.entries(costs)) {
      if (name === "first paint" || name === AHEAD) continue;
      for (let time = 0; time < TIMES; time += 1) {
        values.push(await cost(name));
        await cost(AHEAD);
      }
    }
    // What asking costs is no part of the act.
    const nothing = median(costs["nothing"]);
    return Object.fromEntries(TOLD.map((name) => [name, Math.max(0, median(costs[name]) - nothing)]));
  }

  const [short, long] = [await medians(SHORT), await medians(LONG)];
  const ratio = (/** @type {string} */ name) => long[name] / short[name];
  console.log("Main-thread milliseconds of an act, until it is painted; medians.");
  print(
    ["act", `${SHORT} entries`, `${LONG} entries`, "ratio"],
    TOLD.map((name) => [name, short[name].toFixed(1), long[name].toFixed(1), ratio(name).toFixed(2)]),
  );
  for (const name of PROMISED) promise(ratio(name) <= MOST, `${name}: at ${LONG} entries within ${MOST}x`);
});
