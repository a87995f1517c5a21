/** What npm would publish: a page's needs, and nothing else. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { integrities } from "../../scripts/build.js";
import { packed } from "../e2e/support/packed.js";

const FILES = [
  "CHANGELOG.md",
  "LICENSE",
  "LICENSE-APACHE",
  "LICENSE-MIT",
  "README.md",
  "dist/around.js",
  "dist/custom-elements.json",
  "dist/element.js",
  "dist/embed.css",
  "dist/embed.html",
  "dist/embed.js",
  "dist/feed.schema.json",
  "dist/formats/atom.js",
  "dist/formats/automattic-liveblog.js",
  "dist/formats/format.d.ts",
  "dist/formats/guardian-blocks.js",
  "dist/formats/live-blog-posting.js",
  "dist/formats/rss.js",
  "dist/formats/superdesk-live-blog.js",
  "dist/frame.js",
  "dist/generator/generator.css",
  "dist/generator/generator.js",
  "dist/generator/index.html",
  "dist/index.js",
  "dist/integrity.json",
  "dist/json-ld.js",
  "dist/live-feed.d.ts",
  "dist/live-feed.js",
  "dist/live-feed.wasm",
  "dist/lost.js",
  "dist/missing.js",
  "dist/players.js",
  "dist/purifier.js",
  "dist/server/LICENSES.txt",
  "dist/server/check.wasm",
  "dist/server/cli.js",
  "dist/server/index.d.ts",
  "dist/server/index.js",
  "dist/tokens.css",
  "dist/types/attributes.d.ts",
  "dist/types/element.d.ts",
  "dist/types/nothing.js",
  "dist/types/preact.d.ts",
  "dist/types/react.d.ts",
  "dist/types/solid.d.ts",
  "dist/types/svelte.d.ts",
  "dist/types/vue.d.ts",
  "dist/words/ar.json",
  "dist/words/de.json",
  "dist/words/es.json",
  "dist/words/fr.json",
  "dist/words/he.json",
  "dist/words/it.json",
  "dist/words/ja.json",
  "dist/words/nl.json",
  "dist/words/pl.json",
  "dist/words/pt.json",
  "dist/words/ru.json",
  "dist/words/tr.json",
  "dist/words/uk.json",
  "dist/words/zh.json",
  "package.json",
];

test("the tarball holds exactly these files", async () => {
  const { files } = await packed();
  assert.deepEqual(files, FILES);
});

test("every path that package.json names is in the tarball", async () => {
  const { folder, files } = await packed();
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const named = [
    ...Object.values(manifest.exports).flatMap((to) => (typeof to === "string" ? to : Object.values(to))),
    ...manifest.sideEffects,
    manifest.customElements,
    manifest.unpkg,
    manifest.jsdelivr,
  ].map((path) => path.replace("./", ""));
  const there = (/** @type {string} */ path) =>
    files.some((file) => new RegExp(`^${path.replaceAll(".", "\\.").replace("*", "[^/]+")}$`).test(file));
  const missing = named.filter((path) => !there(path));
  assert.deepEqual(missing, []);
});

test("the build tells the hash of every file that a page may run, and the element knows its core's", async () => {
  const { folder, files } = await packed();
  const hashes = new Map(await integrities(join(folder, "dist")));
  const run = files.filter((file) => /\.(js|wasm)$/.test(file) && !/^dist\/(server|types)\//.test(file));
  assert.deepEqual([...hashes.keys()].map((name) => `dist/${name}`).sort(), run);
  for (const [name, hash] of hashes) {
    const bytes = await readFile(join(folder, "dist", name));
    assert.equal(hash, `sha384-${createHash("sha384").update(bytes).digest("base64")}`, name);
  }
  for (const name of ["live-feed.js", "element.js"]) {
    const text = await readFile(join(folder, "dist", name), "utf8");
    assert.ok(text.includes(/** @type {string} */ (hashes.get("live-feed.wasm"))), name);
  }
});

test("the package asks for no other package", async () => {
  const { folder } = await packed();
  const { dependencies, peerDependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  assert.deepEqual([dependencies, peerDependencies], [undefined, undefined]);
});
