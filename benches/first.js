/**
 * How long a reader waits for the first entry on a slow phone, and for how many bytes: the element, the same with what
 * the server renders, and a script of ten lines that shows the same text and does nothing else.
 * `npm run bench -- first`
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { render } from "../www/server/index.js";
import { place } from "../scripts/places.js";
import { entries, feedOf } from "../tests/e2e/support/feeds.js";
import { median, onStage, print, promise } from "./support/stage.js";

const ENTRIES = 50;
const PAGES = 9;
/** What Lighthouse takes for a slow phone: 1.6 Mbit/s, 150 ms there and back, a processor at a quarter of its speed. */
const NETWORK = { offline: false, latency: 150, downloadThroughput: (1.6e6 / 8) * 0.9, uploadThroughput: 750e3 / 8 };
const CPU_SLOWDOWN = 4;
/** A feed that the server has rendered is there as soon as a page that is nothing else. */
const MOST = 1.5;

const feed = feedOf(entries(ENTRIES));
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/feed+json" };
/** What stands before everything in each page. */
const HEAD = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">`;

/** In each page: the moment at which an entry's text is painted first. */
const WATCH = `<script>
  var first = new Promise((shown) => {
    var look = () => {
      var roots = [document, document.querySelector("live-feed")?.shadowRoot];
      var texts = roots.flatMap((root) => [...(root?.querySelectorAll("p") ?? [])]);
      var text = texts.some((p) => p.checkVisibility() && p.textContent.startsWith("Text "));
      if (text) requestAnimationFrame(() => shown(performance.now()));
      else requestAnimationFrame(look);
    };
    look();
  });
</script>`;

/** The least that can be done: fetch, and write into the page. Whoever writes the feed owns the page. */
const BARE = `<ol></ol><script type="module">
  const { items } = await (await fetch("/feed.json")).json();
  const time = (item) => new Date(item.date_published).toLocaleString();
  const row = (item) => \`<li><time>\${time(item)}</time>\${item.content_html}</li>\`;
  document.querySelector("ol").innerHTML = items.map(row).join("");
</script>`;
const TAG = `<script type="module" src="/live-feed.js"></script>`;
const PAGES_OF = {
  "a bare script": BARE,
  "the element": `${TAG}<live-feed src="/feed.json"></live-feed>`,
  "rendered by the server": TAG + render(feed, { attributes: { src: "/feed.json" }, url: "https://example.org/feed.json" }),
};

/** Every file compressed, as a CDN sends it. */
async function serve() {
  const answer = async (/** @type {string} */ path) => {
    const name = decodeURIComponent(path.slice(1));
    if (path === "/feed.json") return JSON.stringify(feed);
    if (Object.hasOwn(PAGES_OF, name)) {
      return HEAD + WATCH + PAGES_OF[/** @type {keyof typeof PAGES_OF} */ (name)];
    }
    return readFile(join(place("dist"), path));
  };
  /** @type {Map<string, Buffer>} */
  const compressed = new Map();
  const server = createServer(async ({ url = "/" }, response) => {
    try {
      const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(url))] ?? "text/html";
      // Once: to compress takes longer than many a page here.
      const body = compressed.get(url) ?? brotliCompressSync(await answer(url));
      compressed.set(url, body);
      response.writeHead(200, { "content-type": type, "content-encoding": "br", "cache-control": "no-store" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

const server = await serve();
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
try {
  await onStage(async (stage) => {
    const { browser } = stage;
    await stage.devTools("Network.enable");
    await stage.devTools("Network.emulateNetworkConditions", NETWORK);
    await stage.devTools("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    /** @type {Record<string, number[]>} */
    const times = {};
    /** @type {Record<string, number>} */
    const bytes = {};
    for (let page = 0; page < PAGES; page += 1) {
      for (const name of Object.keys(PAGES_OF)) {
        await browser.open(`http://127.0.0.1:${port}/${encodeURIComponent(name)}`);
        (times[name] ??= []).push(await browser.run(() => /** @type {any} */ (globalThis).first));
        bytes[name] = await browser.run(async () => {
          const live = document.querySelector("live-feed");
          while (live && !live.shadowRoot?.querySelector(".entry")) await new Promise((done) => setTimeout(done));
          const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
          return all.reduce((sum, one) => sum + /** @type {PerformanceResourceTiming} */ (one).encodedBodySize, 0);
        });
      }
    }
    const bare = median(times["a bare script"]);
    const ratio = (/** @type {string} */ name) => median(times[name]) / bare;
    console.log("Milliseconds to the first entry's text, on a slow phone and a slow network; medians.");
    print(
      ["page", "ms", "ratio", "KB"],
      Object.keys(PAGES_OF).map((name) => [
        name,
        median(times[name]).toFixed(0),
        ratio(name).toFixed(2),
        (bytes[name] / 1024).toFixed(1),
      ]),
    );
    promise(ratio("rendered by the server") <= MOST, `rendered by the server: within ${MOST}x of a bare script`);
  });
} finally {
  server.close();
}
