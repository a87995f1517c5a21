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
import { HTML } from "../tests/fixtures/hostile.js";
import { place, text } from "./places.js";
import { ensureOrExit } from "./setup.js";

const TYPES = /** @type {Record<string, string>} */ ({
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
});

/** What is remembered of a reader who was here before, up to when and in which order. */
const SEEN = `localStorage.setItem("live-feed:seen:" + new URL("/www/demo/feed.json", location), "1601899200");`;
const TURNED = `localStorage.setItem("live-feed:order:" + new URL("/www/demo/feed.ar.json", location), "oldest");`;

/** A page that says nothing of its language. */
const NO_LANGUAGE = `document.documentElement.removeAttribute("lang");`;

/** What the server breaks off. */
const BROKEN = "/broken.json";

/** What the server takes its time for, long enough for an element to leave meanwhile. */
const LATE = "/words/nl.json";

/** An element that leaves after so many milliseconds, while it waits for its feed or for its words. @param {number} after */
const leaving = (after) => [
  `src="/www/demo/feed.json" lang="nl"`,
  `addEventListener("loadstart", ({ target }) => setTimeout(() => target.remove(), ${after}), true);`,
];

/** What an element can be told, and what a page can remember, that shows in the first look. `XXX` is an offset (UTS 35). @type {[string, string][]} */
const WAYS = [
  [`src="/www/demo/feed.json"`, ""],
  [`src="/www/demo/feed.json" order="oldest" page-size="5" time-zone="reader" summary="open"`, ""],
  [`src="/www/demo/feed.json" time-format="relative" time-zone="Asia/Kolkata" summary="none" lang="de"`, ""],
  [`src="/www/demo/feed.json" time-format="absolute" time-pattern="EEEE d MMMM yyyy hh:mm a XXX" dir="rtl" live="off"`, ""],
  [`src="/www/demo/feed.json" image-proxy="/proxy?{url}" storage="none" interval="20" frames="https://maps.example"`, ""],
  [`src="/www/demo/feed.json" format="json-feed" lang="en-GB" loading="lazy" json-ld`, SEEN],
  [`src="/www/demo/feed.ar.json"`, TURNED],
  [`src="/tests/fixtures/feeds/formats/rss.xml" format="rss"`, NO_LANGUAGE],
  [`src="/tests/fixtures/feeds/formats/atom.xml" format="atom"`, NO_LANGUAGE],
  [`src="/tests/fixtures/feeds/formats/live-blog-posting.json"`, NO_LANGUAGE],
  ["", ""],
];

/** An entry so many hours after the first of May. @param {number} hour @param {object} [more] */
const entry = (hour, more) => ({
  id: `e${hour}`,
  content_html: `<p>Text ${hour}.</p>`,
  date_published: new Date(Date.UTC(2026, 4, 1, hour)).toISOString(),
  ...more,
});

/** Entries in the order of their numbers. @param {number} count */
const many = (count) => Array.from({ length: count }, (_, hour) => entry(hour));

/** All that feed HTML may be, but what is too long or too deep and shown as text: that is the rest's. */
const PIECES = Object.values(HTML).map(([html]) => html).filter((html) => html.length < 720);

/** Pictures as content management systems write them. */
const PICTURES = `<p>Text.</p><figure><img src="a.jpg" srcset="a-300.jpg 300w, a-600.jpg 600w" sizes="(max-width: 300px) 100vw, 300px"
  width="640px" height="360" loading="lazy" alt="A &quot;b&quot;"><figcaption>It is here.</figcaption></figure>
  <picture><source srcset="b.webp 1x, c.webp 2x" media="(min-width: 1px)"><img src="b.jpg" alt=""></picture>
  <iframe src="https://maps.example/?a=1&amp;b=&quot;2&quot;" title="A map of &lt;here&gt;"></iframe>`;

/** Many authors, tags and attachments. */
const MUCH = {
  authors: Array.from({ length: 10 }, (_, at) => ({ name: `Author ${at}`, url: "https://example.org/" })),
  tags: Array.from({ length: 10 }, (_, at) => `tag ${at}`),
  attachments: Array.from({ length: 10 }, (_, at) => ({ url: `https://example.org/${at}.mp3`, mime_type: "audio/mpeg", title: `${at}` })),
};

/** Feeds that few publishers write, and all that feed HTML may be. @type {[attributes: string, items: object[], more?: object][]} */
const MADE = [
  ["", [entry(2), entry(3), entry(1)]],
  [`page-size="20"`, many(60), { next_url: "2.json", _livefeed: { total: 90, time_zone: "Europe/London" } }],
  ["", many(60).sort((a, b) => a.id.localeCompare(b.id)), { next_url: "2.json", _livefeed: { total: 90 } }],
  // As old as a live feed's entries are.
  ["", [-3600, 1, 20, 300, 10_000, 200_000].map((seconds, hour) => entry(hour, { date_published: new Date(Date.now() - seconds * 1000).toISOString() }))],
  [`order="oldest"`, many(3), { next_url: "2.json" }],
  [`order="oldest"`, many(600).reverse(), { description: "In short.", _livefeed: { status: "upcoming" } }],
  ["", many(30).map((item, hour) => (hour % 2 ? { ...item, _livefeed: { pinned: true } } : { ...item, date_published: undefined }))],
  ["", [entry(3), entry(2, { _livefeed: { deleted: true } }), entry(2), entry(2, { title: "Again" }), entry(1)]],
  // More than the sort can hold on its stack.
  ["", many(3000).sort((a, b) => a.id.localeCompare(b.id))],
  // Without dates, and with more of everything than is common.
  ["", Array.from({ length: 30 }, (_, at) => ({ id: `u${at}`, content_html: `<p>Text ${at}.</p>`, ...MUCH }))],
  ["", [entry(1, { content_html: PICTURES }), entry(2, { _livefeed: { kind: "key" } }), entry(3, { title: "A title", _livefeed: { kind: "key" } })]],
  ["", PIECES.map((html, hour) => entry(hour, { content_html: html }))],
  ["", PIECES.map((html, hour) => entry(hour, { content_text: html, url: "https://example.org/a?b#c" }))],
];

/** The host's own block between entries. */
const BLOCK = `<aside slot="after-2">Ours</aside>`;

/** Feeds that can't be shown: refused, broken off, no JSON, and those of the fixtures that are none. The rest tells why. */
const NONE = ["/nothing.json", BROKEN, "/www/demo/index.html"];
const NO_FEED = ["a-list.json", "a-string.json", "items-an-object.json", "no-items.json"];

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
  return all.flat().filter((file) => !NO_FEED.some((name) => file.endsWith(`/${name}`)));
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

/** What the server makes up, by address: pages, and feeds. @type {Map<string, string>} */
const made = new Map();
const server = createServer(async ({ url = "/" }, response) => {
  const { pathname } = new URL(url, "http://localhost");
  // Never: the first half is all there is.
  if (pathname === "/live-feed-rest.wasm") return;
  if (pathname === BROKEN) return void response.destroy();
  if (pathname === LATE) await new Promise((done) => setTimeout(done, 400));
  const body = made.get(pathname) ?? (await readFile(join(DIST, pathname)).catch(() => readFile(place(pathname.slice(1))).catch(() => undefined)));
  if (body === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": pathname.startsWith("/page/") ? "text/html" : (TYPES[extname(pathname)] ?? "text/plain") }).end(body);
});
await once(server.listen(0, "127.0.0.1"), "listening");
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const { Browser } = await import("../tests/e2e/support/browser.js");
const browser = new Browser();
await browser.start();
const counted = new Set();
try {
  const inline = `<script type="application/feed+json">${text("tests/fixtures/feeds/valid/least.json")}</script>`;
  const all = [...[...WAYS, leaving(0), leaving(200)].map(([attributes, script]) => page(attributes, script, attributes ? "" : inline))];
  for (const [number, [attributes, items, more]] of MADE.entries()) {
    const address = `/made/${number}.json`;
    made.set(address, JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items, ...more }));
    all.push(page(`src="${address}" ${attributes}`, NO_LANGUAGE, BLOCK));
  }
  for (const feed of [...NONE, ...(await feeds())]) all.push(page(`src="${feed}"`, ""));
  for (const [number, html] of all.entries()) {
    made.set(`/page/${number}`, html);
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
