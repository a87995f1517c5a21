/** What `npm install` gets: entries that resolve in every tool, with their types, and do nothing where there is no page. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { place } from "../../scripts/places.js";
import { packed } from "../e2e/support/packed.js";

const run = promisify(execFile);

/** A project that has the package installed. */
let project = "";
before(async () => {
  const { folder } = await packed();
  project = await mkdtemp(join(tmpdir(), "livefeed-"));
  await mkdir(join(project, "node_modules"));
  await run("cp", ["-r", folder, join(project, "node_modules", "livefeed")]);
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
});
after(() => rm(project, { recursive: true }));

/** What a script of that project prints. @param {string} script */
async function printed(script) {
  const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "--eval", script], { cwd: project });
  assert.equal(stderr, "");
  return stdout.trim();
}

test("publint has nothing to say", async () => {
  const { folder } = await packed();
  const { messages, pkg } = await publint({ pkgDir: folder, pack: false, strict: true });
  assert.deepEqual(messages.map((message) => formatMessage(message, pkg)), []);
});

test("the types are right in every way of resolving them", async () => {
  const { tarball } = await packed();
  const result = await checkPackage(createPackageFromTarballData(new Uint8Array(await readFile(tarball))), {
    // A stylesheet, a WebAssembly and data have no types.
    excludeEntrypoints: ["./tokens.css", "./live-feed.wasm", "./custom-elements.json", "./feed.schema.json", "./embed.js"],
  });
  assert.ok(result.types);
  const problems = result.problems
    // It is of modules alone (no require), as every browser is; and older than `exports` is no TypeScript we care for.
    .filter((problem) => !("resolutionKind" in problem && ["node10", "node16-cjs"].includes(problem.resolutionKind)))
    .map((problem) => JSON.stringify(problem));
  assert.deepEqual(problems, []);
});

test("types stand first in every entry, and every entry that is a module has them", async () => {
  const { exports } = JSON.parse(await readFile(place("package.json"), "utf8"));
  for (const [name, entry] of Object.entries(exports)) {
    if (typeof entry === "string") assert.match(entry, /\.(wasm|css|json)$|embed\.js$/, name);
    else assert.deepEqual(Object.keys(entry), ["types", "default"], name);
  }
});

test("without a page, importing does nothing and throws nothing", async () => {
  const script = `
    const before = Object.getOwnPropertyNames(globalThis);
    for (const entry of ["livefeed", "livefeed/element", "livefeed/live-feed.js", "livefeed/server", "livefeed/formats/rss", "livefeed/formats/rss.js", "livefeed/react"]) await import(entry);
    console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))));
  `;
  assert.equal(await printed(script), "[]");
});

test("the class is one, however it is imported, and livefeed/element defines nothing", async () => {
  // As much of a page as defining an element needs.
  const page = `
    globalThis.HTMLElement = class {};
    const defined = [];
    globalThis.customElements = { get: () => undefined, define: (...both) => defined.push(both) };
  `;
  const script = `${page}
    const { LiveFeedElement } = await import("livefeed/element");
    console.log(defined.length);
    const { LiveFeedElement: same } = await import("livefeed");
    console.log(defined.length, defined[0][0], defined[0][1] === LiveFeedElement, same === LiveFeedElement);
  `;
  assert.equal(await printed(script), "0\n1 live-feed true true");
});

test("what has effects is listed, so that bundlers drop the rest", async () => {
  const { build } = await import("esbuild");
  const bundle = async (code) => {
    const { outputFiles } = await build({ stdin: { contents: code, resolveDir: project }, bundle: true, format: "esm", write: false, splitting: true, outdir: "out", logLevel: "silent" });
    return outputFiles.find(({ path }) => path.endsWith("stdin.js"))?.text.length ?? 0;
  };
  assert.ok((await bundle('import "livefeed";')) > 1000);
  assert.ok((await bundle('import "livefeed/element"; import "livefeed/server"; import "livefeed/formats/rss";')) < 100);
});

test("the WebAssembly, the tokens and the manifest can be named by their subpaths", async () => {
  const script = `console.log(["live-feed.wasm", "tokens.css", "custom-elements.json", "embed.js", "package.json"].map((name) => import.meta.resolve("livefeed/" + name).split("/livefeed/").at(-1)).join(" "));`;
  assert.equal(
    await printed(script),
    "dist/live-feed.wasm dist/tokens.css dist/custom-elements.json dist/embed.js package.json",
  );
});

test("the tokens are those of the README, with their defaults", async () => {
  const css = await readFile(place("www", "tokens.css"), "utf8");
  const tokens = [...css.matchAll(/^ {2}(--live-feed-[a-z-]+): (.*);$/gm)].map(([, name, value]) => [name, value]);
  const readme = await readFile(place("README.md"), "utf8");
  const rows = [...readme.matchAll(/^\| `(--live-feed-[a-z-]+)` \| (.*?) \|/gm)].map(([, name, value]) => {
    const [light, dark] = [...value.matchAll(/`([^`]+)`/g)].map(([, each]) => each);
    // The titles' font is the text's, which is inherited.
    return [name, dark ? `light-dark(${light}, ${dark})` : (light ?? "inherit")];
  });
  assert.deepEqual(tokens, rows);
});

test("the frameworks' types know every attribute of the element", async () => {
  const config = await readFile(place("src", "config.rs"), "utf8");
  const [, list] = /ATTRIBUTES: &\[&str\] = &\[([^\]]*)\]/.exec(config) ?? [];
  const attributes = [...(list ?? "").matchAll(/"([^"]+)"/g)].map(([, name]) => name);
  const types = await readFile(place("www", "types", "attributes.d.ts"), "utf8");
  const typed = [...types.matchAll(/^ {2}"?([a-z-]+)"?\?: /gm)].map(([, name]) => name);
  // These two are every element's.
  assert.deepEqual(typed, attributes.filter((name) => name !== "lang" && name !== "dir"));
});
