/**
 * Writes `scripts/first-half.txt`: which functions show a feed. It counts them where they run: in Chromium, in pages of
 * every kind, which are given the whole core as if it were its first half, and never the rest. `npm run first-half`, after
 * a change that the test "the first half shows a feed by itself" fails for.
 */
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import binaryen from "binaryen";
import { build, DIST } from "./build.js";
import { compileWhole, FIRST, PKG, REST, WHOLE } from "./core.js";
import { LIST, plainName } from "./halves.js";
import { place, text } from "./places.js";
import { ensureOrExit } from "./setup.js";

const TYPES = /** @type {Record<string, string>} */ ({
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
});

/** What a reader may have been here for before. */
const SEEN = `localStorage.setItem("seen:" + new URL("/www/demo/feed.json", location), "1601899200");`;

/** What the server breaks off. */
const BROKEN = "/broken.json";

/** What an element can be told, and what a page can remember, that shows in the first look. @type {[string, string][]} */
const WAYS = [
  [`src="/www/demo/feed.json"`, ""],
  [`src="/www/demo/feed.json" order="oldest" page-size="5" time-zone="reader" summary="open"`, ""],
  [`src="/www/demo/feed.json" time-format="relative" time-zone="Asia/Kolkata" summary="none" lang="de"`, ""],
  [`src="/www/demo/feed.json" time-format="absolute" time-pattern="EEEE d MMMM yyyy hh:mm a XXX" dir="rtl" live="off"`, ""],
  [`src="/www/demo/feed.json" image-proxy="/proxy?{url}" storage="none" interval="20" frames="https://maps.example"`, ""],
  [`src="/www/demo/feed.json" format="json-feed" lang="en-GB" loading="lazy" json-ld`, SEEN],
  [`src="/www/demo/feed.ar.json"`, ""],
  ["", ""],
];

/** Feeds that can't be shown: refused, broken off, no JSON, no feed. What is wrong is told by the rest. */
const NONE = ["/nothing.json", BROKEN, "/www/demo/index.html", "/package.json"];

/** Counts each function of a module as it is entered. @param {Uint8Array} wasm */
function counting(wasm) {
  const module = binaryen.readBinary(wasm);
  const names = Array.from({ length: module.getNumFunctions() }, (_, at) => binaryen.getFunctionInfo(module.getFunctionByIndex(at)));
  module.addFunctionImport("count", "count", "count", binaryen.i32, binaryen.none);
  for (const [at, { name, module: from, body, results }] of names.entries()) {
    if (from) continue;
    const count = module.call("count", [module.i32.const(at)], binaryen.none);
    // Its types don't know of it yet.
    /** @type {any} */ (binaryen).Function.setBody(module.getFunction(name), module.block(null, [count, body], results));
  }
  // What the rest imports is never asked for.
  return { wasm: module.emitBinary(), names: names.map(({ name }) => plainName(name)) };
}

/** @param {string} attributes @param {string} script @param {string} inside */
const page = (attributes, script, inside = "") => `<!doctype html><html lang="en"><meta charset="utf-8"><script>
  var counted = new Set();
  ${script}
  var shown = new Promise((done) => document.addEventListener("load", ({ target }) => target.localName === "live-feed" && done(), true));
</script><script type="module" src="/live-feed.js"></script><live-feed ${attributes}>${inside}</live-feed>`;

/** The feeds that show every field, and those in which something is wrong that is only skipped. */
async function feeds() {
  const folders = ["valid", "invalid"].map((name) => `tests/fixtures/feeds/${name}`);
  const all = await Promise.all(folders.map(async (folder) => (await readdir(place(folder))).map((file) => `/${folder}/${file}`)));
  return all.flat();
}

await ensureOrExit({ browser: true });
console.log("… the crate, counting");
await compileWhole();
const { wasm, names } = counting(await readFile(WHOLE));
await writeFile(FIRST, wasm);
await writeFile(REST, "");
const js = join(PKG, "livefeed.js");
const begin = "const imports = __wbg_get_imports();";
const glue = text("pkg/livefeed.js");
if (!glue.includes(begin)) throw new Error(`${js} is not as it was expected: adapt scripts/first-half.js`);
await writeFile(js, glue.replace(begin, `${begin}\nimports.count = { count: (at) => void globalThis.counted.add(at) };`));
await build({ keepCrate: true, log: () => {} });

/** @type {Map<string, string>} */
const pages = new Map();
const server = createServer(async ({ url = "/" }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  // Never: the first half is all there is.
  if (pathname === "/live-feed-rest.wasm") return;
  if (pathname === BROKEN) return void response.destroy();
  const made = pages.get(pathname);
  const body = made ?? (await readFile(join(DIST, pathname)).catch(() => readFile(place(pathname.slice(1))).catch(() => undefined)));
  if (body === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": made ? "text/html" : (TYPES[extname(pathname)] ?? "text/plain") }).end(body);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const { Browser } = await import("../tests/e2e/support/browser.js");
const browser = new Browser();
await browser.start();
const counted = new Set();
try {
  const inline = `<script type="application/feed+json">${text("tests/fixtures/feeds/valid/least.json")}</script>`;
  const all = [...WAYS.map(([attributes, script]) => page(attributes, script, attributes ? "" : inline))];
  for (const feed of [...NONE, ...(await feeds())]) all.push(page(`src="${feed}"`, ""));
  for (const [number, html] of all.entries()) {
    pages.set(`/page/${number}`, html);
    await browser.open(`http://127.0.0.1:${port}/page/${number}`);
    const ran = await browser.run(async () => {
      const scope = /** @type {any} */ (globalThis);
      await Promise.race([scope.shown, new Promise((done) => setTimeout(done, 1500))]);
      // The standfirst is measured in the next frame.
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      // And it may leave again.
      document.querySelector("live-feed")?.remove();
      await new Promise((done) => setTimeout(done));
      return [...scope.counted];
    });
    const before = counted.size;
    for (const at of ran) counted.add(names[at]);
    console.log(`  ${number}: ${ran.length} functions, ${counted.size - before} of them new`);
  }
} finally {
  await browser.stop();
  server.close();
  server.closeAllConnections();
}
await writeFile(LIST, `${[...counted].sort().join("\n")}\n`);
console.log(`✓ ${counted.size} functions of ${names.length} show a feed: scripts/first-half.txt`);
await build();
