/** The layout of a CDN: what leads on, and what never changes. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { layOut } from "../../scripts/cdn.js";
import { entries, feedOf } from "./support/feeds.js";
import { packed } from "./support/packed.js";
import { usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, told } = usePages();

let to = "";
before(async () => {
  const { folder } = await packed();
  to = await mkdtemp(join(tmpdir(), "livefeed-"));
  await layOut({ from: join(folder, "dist"), to, version: "1.2.3" });
});
after(() => rm(to, { recursive: true }));

const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
});

/** Serves the layout, and nothing at its root. */
async function serveAll() {
  for (const entry of await readdir(to, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const type = TYPES[extname(path)];
    if (entry.isFile() && type) cdn.add(path.slice(to.length), await readFile(path), { "content-type": type });
  }
  cdn.forget();
}

/** What some browsers need besides: the purifier, and on a touch screen the buttons that share. */
const BESIDES = ["/1.2.3/purifier.js", "/1.2.3/around.js"];
const asked = () => cdn.seen.map(({ path }) => path).filter((path) => !BESIDES.includes(path)).sort();

test("a major version, a minor one and the whole are folders, the last one whole", async () => {
  const { files } = await packed();
  assert.deepEqual((await readdir(to)).sort(), ["1", "1.2", "1.2.3", "_headers"]);
  for (const alias of ["1", "1.2"]) {
    assert.deepEqual((await readdir(join(to, alias))).sort(), ["embed.html", "embed.js", "live-feed.js"]);
    assert.equal(await readFile(join(to, alias, "live-feed.js"), "utf8"), 'export*from"../1.2.3/live-feed.js";\n');
  }
  const whole = (await readdir(join(to, "1.2.3"), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  assert.equal(whole.length, files.filter((file) => file.startsWith("dist/")).length);
});

test("what never changes is cached for ever, what leads on for minutes, and everyone may load both", async () => {
  const blocks = (await readFile(join(to, "_headers"), "utf8")).trim().split("\n\n");
  assert.deepEqual(
    blocks.map((block) => block.split("\n").slice(0, 3).map((line) => line.trim())),
    [
      ["/1.2.3/*", "Cache-Control: public, max-age=31536000, immutable", "Access-Control-Allow-Origin: *"],
      ["/1.2/*", "Cache-Control: public, max-age=300, stale-while-revalidate=3600", "Access-Control-Allow-Origin: *"],
      ["/1/*", "Cache-Control: public, max-age=300, stale-while-revalidate=3600", "Access-Control-Allow-Origin: *"],
    ],
  );
});

for (const folder of ["1", "1.2", "1.2.3"]) {
  test(`/${folder}/embed.js loads all else from the folder that never changes`, async () => {
    await serveAll();
    site.feed("/feed.json", feedOf(entries(2)));
    const tag = `<script async src="${cdn.url(`/${folder}/embed.js`)}" data-src="/feed.json" data-lang="de"></script>`;
    await open("versions", tag, { shown: false, script: "" });
    await reader.shown();
    await reader.sees(".order button", ["Neueste zuerst", "Älteste zuerst"]);
    assert.deepEqual(asked(), [`/${folder}/embed.js`, "/1.2.3/live-feed.js", "/1.2.3/live-feed.wasm", "/1.2.3/words/de.json"].sort());
    assert.deepEqual(await told(), []);
  });
}

test("/1/live-feed.js as a module, and /1/embed.html in a frame, lead there too", async () => {
  await serveAll();
  site.feed("/feed.json", feedOf(entries(2)), { "access-control-allow-origin": "*" });
  const script = `<script type="module" src="${cdn.url("/1/live-feed.js")}"></script>`;
  await open("module", `<live-feed src="/feed.json"></live-feed>`, { script });
  assert.deepEqual(asked(), ["/1.2.3/live-feed.js", "/1.2.3/live-feed.wasm", "/1/live-feed.js"]);
  await browser.open(`${cdn.url("/1/embed.html")}#${new URLSearchParams({ src: site.url("/feed.json") })}`);
  await reader.shown();
  assert.deepEqual(await reader.all(".body"), ["Text 2.", "Text 1."]);
});
