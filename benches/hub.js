/**
 * How long an entry takes from the POST at the hub to the page, beside a bare EventSource in the same page that only
 * sets textContent. `npm run bench -- hub`
 *
 * The two get their events in turns, so that neither waits for the other. Of each event two moments are taken: when it
 * stands in the tree, and when the frame is done that shows it, which is what a reader sees.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { at, entries, feedOf } from "../tests/e2e/support/feeds.js";
import { onStage, percentile, print, promise } from "./support/stage.js";

const EVENTS = 500;
/** Between two POSTs: longer than both take, and never in step with the frames. */
const [PAUSE_MS, PAUSE_MORE_MS, STEP] = [40, 40, 17];
/** How much longer than the bare one the slowest of a hundred may take, and what is aimed at. */
const MOST = 2;
const AIM_MS = 100;
/** The page's way to say that all has come. */
const PATIENCE_MS = 10_000;

/** In the page: when each event stands in the tree, and when it was painted. */
const WATCH = `<script>
  var now = () => performance.timeOrigin + performance.now();
  var seen = { feed: {}, bare: {} };
  var watch = (kind, root, number) => {
    new MutationObserver((records) => {
      for (const { addedNodes } of records) {
        for (const node of addedNodes) {
          const found = number(node);
          if (found === undefined || seen[kind][found]) continue;
          const times = (seen[kind][found] = [now()]);
          // The frame's own work comes after its callbacks, and before the next task.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => times.push(now());
            port2.postMessage(null);
          });
        }
      }
    }).observe(root, { childList: true, subtree: true });
  };
  addEventListener("load", async () => {
    await customElements.whenDefined("live-feed");
    const numberOf = (text) => text?.match(/number (\\d+)\\./)?.[1];
    watch("feed", document.querySelector("live-feed").shadowRoot, (node) => numberOf(node.textContent));
    const line = document.querySelector("#bare");
    watch("bare", line, (node) => numberOf(node.textContent));
    const source = new EventSource("HUB/bare");
    source.addEventListener("entry", ({ data }) => { line.textContent = JSON.parse(data).content_text; });
  });
</script>`;

/** A hub: who comes by GET is told what is sent by POST to the same address. */
function createHub() {
  /** @type {Map<string, Set<import("node:http").ServerResponse>>} */
  const readers = new Map([["/feed", new Set()], ["/bare", new Set()]]);
  const server = createServer(async (request, response) => {
    const open = readers.get(new URL(request.url ?? "", "http://hub").pathname);
    response.setHeader("access-control-allow-origin", "*");
    if (open === undefined) return void response.writeHead(404).end();
    if (request.method === "POST") {
      const text = Buffer.concat(await request.toArray()).toString();
      for (const reader of open) reader.write(`event: entry\ndata: ${text}\n\n`);
      return void response.writeHead(204).end();
    }
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" }).write(":\n\n");
    open.add(response);
    response.on("close", () => open.delete(response));
  });
  return { server, readers };
}

/** @param {string} hub @param {"feed" | "bare"} kind @param {number} number @returns {Promise<number>} when it was sent */
async function post(hub, kind, number) {
  const content_text = `This is number ${number}.`;
  const entry = { id: `s${number}`, content_text, date_published: at(number), _livefeed: { version: number + 1 } };
  const body = JSON.stringify(entry);
  const sent = performance.timeOrigin + performance.now();
  await fetch(`${hub}/${kind}`, { method: "POST", body });
  return sent;
}

await onStage(async ({ browser, server }) => {
  const { server: http, readers } = createHub();
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (http.address());
  const hub = `http://127.0.0.1:${port}`;
  try {
    const hubs = [{ type: "EventSource", url: `${hub}/feed` }];
    server.feed("/feed.json", feedOf(entries(1), { version: 1 }, { hubs }));
    const page = `<div id="bare"></div><live-feed src="/feed.json" live="stream" storage="none"></live-feed>`;
    await browser.open(server.page("hub", page, { head: WATCH.replace("HUB", hub) }));
    for (const [path, open] of readers) await until(() => open.size === 1, `somebody listens at ${path}`);

    /** @type {{ feed: number[], bare: number[] }} */
    const sent = { feed: [], bare: [] };
    for (let number = 1; number <= EVENTS; number += 1) {
      for (const kind of /** @type {const} */ (["feed", "bare"])) {
        sent[kind][number] = await post(hub, kind, number);
        await sleep(PAUSE_MS + ((number * STEP) % PAUSE_MORE_MS));
      }
    }
    const seen = await browser.until("every event to be painted", (count) => {
      const { seen } = /** @type {any} */ (globalThis);
      const missing = Object.entries(seen).map(([kind, events]) => {
        const painted = Object.values(events).filter((times) => times.length === 2).length;
        return `${kind} ${count - painted}`;
      });
      return missing.every((text) => text.endsWith(" 0")) ? seen : Promise.reject(new Error(`missing: ${missing}`));
    }, EVENTS);

    /** @param {"feed" | "bare"} kind @param {0 | 1} moment @param {number} percent */
    const after = (kind, moment, percent) => {
      const times = /** @type {Record<string, number[]>} */ (seen[kind]);
      return percentile(Object.entries(times).map(([number, moments]) => moments[moment] - sent[kind][Number(number)]), percent);
    };
    const row = (/** @type {string} */ name, /** @type {0 | 1} */ moment, /** @type {number} */ percent) => {
      const [feed, bare] = [after("feed", moment, percent), after("bare", moment, percent)];
      return [name, feed.toFixed(1), bare.toFixed(1), (feed / bare).toFixed(2)];
    };
    console.log(`Milliseconds from the POST at the hub, ${EVENTS} events each.`);
    print(["", "the feed", "bare EventSource", "ratio"], [
      row("in the tree, median", 0, 50),
      row("in the tree, 99 %", 0, 99),
      row("painted, median", 1, 50),
      row("painted, 99 %", 1, 99),
    ]);
    const [feed, bare] = [after("feed", 1, 99), after("bare", 1, 99)];
    promise(feed <= MOST * bare, `99 of 100 painted within ${MOST}x of a bare EventSource`);
    console.log(`${feed <= AIM_MS ? "✓" : "–"} the aim: within ${AIM_MS} ms`);
  } finally {
    http.close();
    http.closeAllConnections();
  }
});

/** @param {() => boolean} condition @param {string} what */
async function until(condition, what) {
  const end = performance.now() + PATIENCE_MS;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Waited ${PATIENCE_MS} ms until ${what}.`);
    await sleep(1);
  }
}
