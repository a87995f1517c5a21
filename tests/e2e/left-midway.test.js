/** Whatever a feed is doing when it is removed, nothing of it is left. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { has, TEXT, useApplication } from "./support/application.js";
import { counted, leaves } from "./support/counting.js";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { trapIn } from "./support/trap.js";

const pages = usePages();
const { browser, cdn, site, told } = pages;
const { serve, openPage, mount, call, unmount } = useApplication(pages);

/**
 * What an element may be doing when it is removed. `begin` shows it as far as that; `then` is done after its end, before
 * anything is counted.
 * @typedef {object} Ending
 * @property {string} [html]
 * @property {() => Promise<unknown>} begin
 * @property {() => unknown} [then]
 * @property {string[]} [complaints] what the console is told
 */

const FEED = `<live-feed src="/feed.json"></live-feed>`;
/** Long enough to be put in order in a task of its own. */
const LONG = 2000;

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
          const prototype = /** @type {any} */ (Response.prototype);
          const { arrayBuffer, text } = prototype;
          const read = new Promise((done) => {
            for (const [name, take] of Object.entries({ arrayBuffer, text })) {
              prototype[name] = function () {
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
          Object.assign(prototype, { arrayBuffer, text });
          for (let left = page.delay; left > 1; left -= 1) await new Promise((done) => setTimeout(done));
        }),
    };
  },
  "while its language is loaded": () => {
    const feed = site.feed("/feed.json", TEXT);
    const words = cdn.add("/words/uk.json", "{}", { "content-type": "application/json" });
    words.hold();
    return {
      begin: async () => {
        const { requests } = feed;
        await mount(`<live-feed src="/feed.json" lang="uk"></live-feed>`, false);
        await feed.requested(requests + 1);
        // Once for all feeds of the page; until then the one request that is counted may be the feed's.
        await words.requested(1);
        await browser.until("the feed's answer", () => /** @type {any} */ (globalThis).running.requests === 1);
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
    const feed = site.feed("/feed.json", TEXT);
    feed.status = 404;
    return {
      begin: async () => {
        await mount(FEED, false);
        await browser.until("the line", has, ".failure");
      },
      complaints: [`<live-feed> ${feed.url} answered with HTTP status 404`],
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
    const { begin, then, complaints = [] } = prepare();
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
    assert.deepEqual([...new Set(await told())], complaints);
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
    await browser.until("all to be at rest", () => {
      const { requests, frames, idle } = /** @type {any} */ (globalThis).running;
      return requests + frames + idle === 0;
    });
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
    assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).told.splice(0)), [FAILED]);
    const { instances, left } = await leaves(browser, running, { unended: true });
    if ("nodes" in left) assert.equal(instances, 1);
    await unmount();
    await hub.left();
    await leaves(browser, before, { unended: true });
  }
});

