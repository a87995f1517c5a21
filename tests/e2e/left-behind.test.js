/** What an element leaves behind when it is removed: nothing, however it was shown and whatever it was doing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { COUNTING, counted, leaves } from "./support/counting.js";
import { ENGINE } from "./support/engine.js";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { trapIn } from "./support/trap.js";

const { browser, cdn, site, open, told } = usePages();

/** Other engines tell less, and are driven more slowly. */
const ROUNDS = ENGINE === "chromium" ? 1000 : 100;
/** In how many rounds at a time; the driver waits so long for each. */
const AT_ONCE = 50;
/** How much more JavaScript heap may be used after a thousand rounds: code that is compiled late, and its caches, in bytes. */
const HEAP_BYTES = 400_000;

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>`;
const FILM = "https://www.youtube.com/watch?v=abc";
const TEXT = feedOf(entries(8));

/** Feeds of every kind, as a page has them. `feed`: the page hands it over. */
const KINDS = [
  { html: `<live-feed src="/text.json"></live-feed>` },
  { html: `<live-feed src="/pictures.json" order="oldest"></live-feed>` },
  { html: `<live-feed src="/cards.json" lang="de"></live-feed>` },
  { html: `<live-feed src="/stream.json"></live-feed>`, streams: 1 },
  { html: `<live-feed src="/text.json" loading="lazy" json-ld></live-feed>` },
  { html: `<live-feed><script type="application/feed+json">${JSON.stringify(TEXT)}</script></live-feed>` },
  { html: `<live-feed></live-feed>`, feed: TEXT },
];

/** Serves what all kinds show. */
function serve() {
  const image = { url: "/picture.svg", alt: "A picture", width: 40, height: 30 };
  site.add("/picture.svg", PICTURE, { "content-type": "image/svg+xml" });
  site.feed("/text.json", TEXT);
  site.feed("/pictures.json", feedOf(entries(8).map((item) => ({ ...item, _livefeed: { image } })), { image }));
  const quotation = `<blockquote cite="${FILM}"><p>Quoted</p></blockquote>`;
  site.feed("/cards.json", feedOf([entry(2, { _livefeed: { embed: { url: FILM } } }), entry(1, { content_html: quotation })]));
  site.feed("/stream.json", feedOf(entries(8), {}, { hubs: [{ type: "EventSource", url: "/hub" }] }));
  return site.hub("/hub");
}

/** Opens a page of an application: an empty place for feeds, and everything counted. */
const openPage = () => open("application", "<main></main><aside></aside>", { head: COUNTING, shown: false });

/**
 * Shows feeds one after another, and takes each out of the page as applications do.
 * @param {number} rounds
 * @param {{ html: string, feed?: object, streams?: number }[]} kinds
 */
const visit = (rounds, kinds) =>
  browser.run(
    async (rounds, kinds) => {
      const page = /** @type {any} */ (globalThis);
      const [main, aside] = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main, aside")]);
      const task = () => new Promise((done) => setTimeout(done));
      const ends = [
        (/** @type {Element} */ element) => element.remove(),
        () => main.replaceChildren(),
        () => (main.innerHTML = ""),
        // From one container into another, and out with that one's child.
        async (/** @type {Element} */ element) => {
          const route = document.createElement("div");
          aside.append(route);
          route.append(element);
          await task();
          route.remove();
        },
        // Kept for a while, shown again, and then removed.
        async (/** @type {Element} */ element) => {
          element.remove();
          await task();
          main.append(element);
          await task();
          main.replaceChildren();
        },
      ];
      for (let round = 0; round < rounds; round += 1) {
        const { html, feed, streams = 0 } = kinds[round % kinds.length];
        const template = document.createElement("template");
        template.innerHTML = html;
        const element = /** @type {any} */ (template.content.firstChild);
        const shown = new Promise((done) => element.addEventListener("load", done, { once: true }));
        main.append(element);
        if (feed) await element.setFeed(feed);
        await shown;
        while (page.running.streams < streams) await task();
        await ends[round % ends.length](element);
        await task();
      }
    },
    rounds,
    kinds,
  );

/** @param {number} rounds @param {typeof KINDS} kinds */
async function visits(rounds, kinds) {
  for (let left = rounds; left > 0; left -= AT_ONCE) await visit(Math.min(left, AT_ONCE), kinds);
}

test(`${ROUNDS} feeds of every kind, shown and removed, leave nothing`, async () => {
  serve();
  await openPage();
  const some = ROUNDS / 10;
  await visits(some, KINDS);
  const before = await counted(browser);
  await visits(ROUNDS - some, KINDS);
  const now = await leaves(browser, before);
  assert.equal(now.memory, before.memory);
  assert.equal(now.instances, 1);
  assert.ok(now.heap - before.heap < HEAP_BYTES, `${now.heap - before.heap} bytes more of JavaScript's heap`);
});

test("a removed feed that its page still holds is shown as it was, and runs nothing", async () => {
  serve();
  await openPage();
  const before = await counted(browser);
  await browser.run(async () => {
    const page = /** @type {any} */ (globalThis);
    page.kept = document.createElement("live-feed");
    page.kept.src = "/stream.json";
    const shown = new Promise((done) => page.kept.addEventListener("load", done));
    document.querySelector("main")?.append(page.kept);
    await shown;
    page.kept.remove();
  });
  const held = await counted(browser);
  const { nodes: _, "all listeners": __, ...running } = held.left;
  const { nodes: ___, "all listeners": ____, ...nothing } = before.left;
  assert.deepEqual(running, nothing);
  assert.equal(await browser.run(() => /** @type {any} */ (globalThis).kept.shadowRoot.querySelectorAll(".item").length), 8);
});

/**
 * What an element may be doing when it is removed. `begin` shows it as far as that; `then` is done after its end, before
 * anything is counted.
 * @typedef {object} Ending
 * @property {string} [html]
 * @property {() => Promise<unknown>} begin
 * @property {() => unknown} [then]
 */

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** Long enough to be put in order in a task of its own. */
const LONG = 2000;

/** Puts an element into the page. @param {string} html @param {boolean} [isShown] whether to wait until it is shown */
const mount = (html, isShown = true) =>
  browser.run(
    async (html, isShown) => {
      const template = document.createElement("template");
      template.innerHTML = html;
      const element = /** @type {Element} */ (template.content.firstChild);
      const shown = new Promise((done) => element.addEventListener("load", done, { once: true }));
      document.querySelector("main")?.append(element);
      if (isShown) await shown;
    },
    html,
    isShown,
  );

/** Does something with the element, or in its shadow tree. @param {string} method @param {unknown[]} args */
const call = (method, ...args) =>
  browser.run(
    (method, args) => /** @type {any} */ (document.querySelector("live-feed"))[method](...args),
    method,
    args,
  );

/** Whether it shows that. A driver would keep every element that it is given. @param {string} css */
const has = (css) => !!document.querySelector("live-feed")?.shadowRoot?.querySelector(css);

/** Removes all, as an application's router does. */
const unmount = () =>
  browser.run(async () => {
    document.querySelector("main")?.replaceChildren();
    await new Promise((done) => setTimeout(done));
  });

/** @type {Record<string, () => Ending>} */
const ENDINGS = {
  "while it asks": () => {
    const feed = site.feed("/feed.json", TEXT);
    feed.hold();
    return {
      begin: async () => {
        const { requests } = feed;
        await mount(FEED, false);
        await feed.requested(requests + 1);
      },
    };
  },
  "while the answer arrives": () => {
    const feed = site.feed("/feed.json", TEXT);
    feed.sends = "stuck";
    return {
      begin: async () => {
        const { requests } = feed;
        await mount(FEED, false);
        await feed.requested(requests + 1);
        await browser.until("the answer's head", () => /** @type {any} */ (globalThis).running.requests === 0);
      },
    };
  },
  "while a long document is read": () => {
    site.feed("/feed.json", feedOf(entries(LONG)));
    return {
      begin: () =>
        browser.run(async () => {
          // In the task in which the body is there, and in one of those after it, another each time.
          const page = /** @type {any} */ (globalThis);
          page.delay = (page.delay ?? 0) + 1;
          const { arrayBuffer, text } = Response.prototype;
          const read = new Promise((done) => {
            for (const [name, take] of Object.entries({ arrayBuffer, text })) {
              /** @type {any} */ (Response.prototype)[name] = function () {
                const taken = take.call(this);
                void taken.then(done);
                return taken;
              };
            }
          });
          const element = document.createElement("live-feed");
          element.setAttribute("src", "/feed.json");
          document.querySelector("main")?.append(element);
          await read;
          Object.assign(Response.prototype, { arrayBuffer, text });
          for (let left = page.delay; left > 1; left -= 1) await new Promise((done) => setTimeout(done));
        }),
    };
  },
  "while its language is loaded": () => {
    const feed = site.feed("/feed.json", TEXT);
    cdn.add("/words/uk.json", "{}", { "content-type": "application/json" }).hold();
    return {
      begin: async () => {
        const { requests } = feed;
        await mount(`<live-feed src="/feed.json" lang="uk"></live-feed>`, false);
        await feed.requested(requests + 1);
        await browser.until("the words to be asked for", () => /** @type {any} */ (globalThis).running.requests === 1);
      },
    };
  },
  "while the module of its format is loaded": () => {
    const feed = site.add("/feed.xml", "<rss/>", { "content-type": "application/xml" });
    cdn.add("/formats/rss.js", "", { "content-type": "text/javascript" }).hold();
    return {
      begin: async () => {
        const { requests } = feed;
        await mount(`<live-feed src="/feed.xml" format="rss"></live-feed>`, false);
        await feed.requested(requests + 1);
        await browser.until("the answer", () => /** @type {any} */ (globalThis).running.requests === 0);
        await browser.frames();
      },
    };
  },
  "while a stream is open": () => {
    const hub = serve();
    return {
      begin: async () => {
        const { requests } = hub;
        await mount(`<live-feed src="/stream.json"></live-feed>`);
        await hub.connected(requests + 1);
        hub.send("entry", entry(9));
        await browser.until("the entry", has, "[data-id=e9]");
      },
      then: () => hub.left(),
    };
  },
  "while it is paused, with updates held back": () => {
    const feed = site.feed("/feed.json", TEXT);
    return {
      begin: async () => {
        feed.publish(TEXT);
        await mount(FEED);
        await call("pause");
        feed.publish(feedOf(entries(12)));
        await call("refresh");
      },
    };
  },
  "while a finger is on the screen, and an update waits for that": () => {
    const feed = site.feed("/feed.json", TEXT);
    return {
      begin: async () => {
        feed.publish(TEXT);
        await mount(FEED);
        await browser.run(() => {
          const row = document.querySelector("live-feed")?.shadowRoot?.querySelector(".item");
          row?.dispatchEvent(new Event("touchstart", { bubbles: true, composed: true }));
        });
        feed.publish(feedOf(entries(12)));
        await call("refresh");
      },
    };
  },
  "while it looks for an entry on older pages": () => {
    site.feed("/feed.json", feedOf(entries(8), {}, { next_url: "older.json" }));
    const older = site.feed("/older.json", feedOf([]));
    older.hold();
    return {
      begin: async () => {
        const { requests } = older;
        await mount(FEED);
        await browser.run(() => void /** @type {any} */ (document.querySelector("live-feed")).goTo("unknown"));
        await older.requested(requests + 1);
      },
    };
  },
  "after it has brought the reader to an entry": () => {
    site.feed("/feed.json", feedOf(entries(40)));
    return {
      begin: async () => {
        await mount(FEED);
        await call("goTo", "e9");
        await browser.until("the entry", has, ".is-target");
      },
    };
  },
  "with a share button at an entry": () => {
    site.feed("/feed.json", TEXT);
    return {
      begin: async () => {
        await mount(FEED);
        await browser.run(() => {
          const row = document.querySelector("live-feed")?.shadowRoot?.querySelector(".item");
          row?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true }));
        });
        await browser.until("the button", has, ".share");
      },
    };
  },
  "while a player plays": () => {
    serve();
    return {
      begin: async () => {
        await browser.run(() => {
          // How long it waits for the page's policy to forbid the player is up to this test.
          const page = /** @type {any} */ (globalThis);
          page.late ??= new AbortController();
          AbortSignal.timeout = () => page.late.signal;
        });
        await mount(`<live-feed src="/cards.json"></live-feed>`);
        await browser.until("the button", has, ".embed-button");
        await browser.run(() => {
          const root = document.querySelector("live-feed")?.shadowRoot;
          /** @type {HTMLElement | null | undefined} */ (root?.querySelector(".embed-button"))?.click();
        });
        await browser.until("the player", has, "iframe");
      },
      then: () =>
        browser.run(() => {
          const page = /** @type {any} */ (globalThis);
          page.late.abort();
          page.late = undefined;
        }),
    };
  },
  "when its feed could not be loaded": () => {
    site.feed("/feed.json", TEXT).status = 404;
    return {
      begin: async () => {
        await mount(FEED, false);
        await browser.until("the line", has, ".failure");
      },
    };
  },
  "from within its own event": () => {
    site.feed("/feed.json", TEXT);
    return {
      begin: () =>
        browser.run(async () => {
          const element = document.createElement("live-feed");
          element.setAttribute("src", "/feed.json");
          const shown = new Promise((done) => element.addEventListener("load", () => done(element.remove())));
          document.querySelector("main")?.append(element);
          await shown;
        }),
    };
  },
  "and something is asked of it in the same task": () => {
    site.feed("/feed.json", TEXT);
    return {
      begin: async () => {
        await mount(FEED);
        await browser.run((item) => {
          const element = /** @type {any} */ (document.querySelector("live-feed"));
          element.remove();
          for (const name of ["refresh", "pause", "resume", "showPending"]) void element[name]();
          void element.goTo("e1");
          void element.upsert(item);
          void element.setFeed({ version: "https://jsonfeed.org/version/1.1", items: [] });
        }, entry(9));
      },
    };
  },
};

for (const [when, prepare] of Object.entries(ENDINGS)) {
  test(`removed ${when}, a feed leaves nothing`, async () => {
    const { begin, then } = prepare();
    await openPage();
    const end = async () => {
      await begin();
      await unmount();
      await then?.();
    };
    // What is loaded once, and what the engine keeps for the next time.
    for (const _ of "ab") await end();
    const before = await counted(browser);
    assert.equal(before.left["streams"], 0);
    for (const _ of "abc") await end();
    await leaves(browser, before);
    assert.deepEqual(await told(), []);
  });
}

test("removed while the core is loaded, a feed leaves nothing", async () => {
  site.feed("/feed.json", TEXT);
  const slow = site.feed("/slow.json", TEXT);
  slow.hold();
  const answer = await fetch(cdn.url("/live-feed.wasm"));
  const wasm = cdn.add("/live-feed.wasm", Buffer.from(await answer.arrayBuffer()), { "content-type": "application/wasm" });
  wasm.hold();
  await openPage();
  await browser.until("the element to be defined", () => customElements.get("live-feed") !== undefined);
  const before = await counted(browser);
  for (const html of [FEED, `<live-feed src="/slow.json"></live-feed>`]) await mount(html, false);
  await wasm.requested(1);
  await slow.requested(1);
  await unmount();
  await slow.deserted(1);
  wasm.release();
  await browser.until("the core", () => /** @type {any} */ (globalThis).running.requests === 0);
  await browser.frames();
  await leaves(browser, before);
  // It is there for the next one.
  await mount(FEED);
});

test("a feed whose core can't be loaded leaves nothing", async () => {
  site.feed("/feed.json", TEXT);
  cdn.add("/live-feed.wasm", "", {}).status = 404;
  await openPage();
  const end = async () => {
    await mount(FEED, false);
    await browser.until("the error", () => document.querySelector("live-feed")?.matches(":state(error)") ?? false);
    await unmount();
  };
  await end();
  const before = await counted(browser);
  for (const _ of "abc") await end();
  await leaves(browser, before);
});

/** What a page's console is told after a trap. */
const FAILED = "<live-feed> the core has failed, and is begun anew";

test("after a trap nothing of the failed core is left but what is shown, and after the feeds nothing", async () => {
  const hub = serve();
  await openPage();
  // One with which the core has failed before is not begun again.
  const show = async (round = "") => {
    const { requests } = hub;
    await mount(`<live-feed id="good" src="/pictures.json"></live-feed>`);
    await mount(`<live-feed id="bad" src="/stream.json?${round}"></live-feed>`);
    await hub.connected(requests + 1);
  };
  await show();
  await unmount();
  await hub.left();
  const before = await counted(browser);
  for (const round of "abc") {
    await show(round);
    const running = await counted(browser);
    await browser.run(() => {
      const page = /** @type {any} */ (globalThis);
      page.again = Promise.all(["good", "bad"].map((id) =>
        new Promise((done) => document.getElementById(id)?.addEventListener("load", done, { once: true }))));
    });
    const { requests } = hub;
    await trapIn(browser)("bad", 1);
    await browser.run(() => /** @type {any} */ (globalThis).again.then(() => delete /** @type {any} */ (globalThis).again));
    await hub.connected(requests + 1);
    assert.deepEqual(await told(), [FAILED]);
    assert.equal((await leaves(browser, running)).instances, 1);
    await unmount();
    await hub.left();
    await leaves(browser, before);
  }
});

test(`a feed that changes ${ROUNDS} times keeps no more than one that changed a tenth as often`, async () => {
  const feed = site.feed("/feed.json", TEXT);
  await openPage();
  await mount(`<live-feed src="/feed.json" live="off"></live-feed>`);
  /** Documents, edits, new entries, removals and another order of them, on the way that a host has. */
  const change = (/** @type {number} */ from, /** @type {number} */ to) =>
    browser.run(
      async (from, to) => {
        const element = /** @type {any} */ (document.querySelector("live-feed"));
        const time = (/** @type {number} */ minute) => new Date(Date.UTC(2026, 2, 2, 0, minute)).toISOString();
        for (let round = from; round < to; round += 1) {
          const item = (/** @type {number} */ index) => ({
            id: `e${index % 16}`,
            content_html: `<p>Text ${index}, as of ${round}, with <a href="/a">a link</a>.</p>`,
            date_published: time(index),
            date_modified: time(round + 100),
          });
          const changes = [
            () =>
              element.setFeed({
                version: "https://jsonfeed.org/version/1.1",
                title: `As of ${round}`,
                _livefeed: { version: round, summary_html: `<p>Summary ${round}.</p>` },
                items: Array.from({ length: 12 }, (_, index) => item(index + round)),
              }),
            () => element.upsert(item(round)),
            () => element.upsert({ ...item(round), id: "more" }),
            () => element.remove("more"),
            () => (element.order = element.order === "oldest" ? "newest" : "oldest"),
          ];
          await changes[round % changes.length]();
        }
        // The reader ends where they began.
        element.order = "newest";
        scrollTo(0, 0);
      },
      from,
      to,
    );
  /** The same by a poll. @param {number} round */
  const poll = async (round) => {
    feed.publish(feedOf(entries(8), { version: round }, { title: `As of ${round}` }));
    await call("refresh");
    await browser.frames();
  };
  const some = ROUNDS / 10;
  await change(1, some);
  await poll(some);
  const before = await counted(browser);
  for (let round = some; round < ROUNDS; round += AT_ONCE) {
    await change(round + 1, round + AT_ONCE);
    await poll(round + AT_ONCE);
  }
  // A row that was removed last, and is still glided or measured from.
  const now = await leaves(browser, before, { nodes: 20 });
  assert.equal(now.memory, before.memory);
  assert.ok(now.heap - before.heap < HEAP_BYTES, `${now.heap - before.heap} bytes more of JavaScript's heap`);
});
