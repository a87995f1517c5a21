/**
 * Makes `dist/`, everything a page needs: the crate as WebAssembly, and `www/` bundled and minified around it.
 * `npm run build`; `npm run build -- --keep-crate` takes the crate as it was built last, `--verbose` tells each file.
 */
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleCommand, bundleServer, compileCheck } from "./build/server.js";
import { compileCore, CORE } from "./core.js";
import { place, text } from "./places.js";
import { since } from "./run.js";

const WWW = place("www");
export const DIST = place("dist");

/** The browser floor: all of mid-2024. */
export const BROWSERS = ["chrome125", "edge125", "firefox126", "safari17.5"];

/** Loaded by a page only when it needs them: files of their own, never part of another. */
const ON_DEMAND = ["around.js", "json-ld.js", "lost.js", "missing.js", "players.js", "purifier.js"];
const APART = [...ON_DEMAND.map((file) => `./${file}`), "./formats/*", "./words/*", "./live-feed.js", "./live-feed.wasm"];

/** Taken as they are. */
const COPIED = [
  "live-feed.d.ts",
  "custom-elements.json",
  "tokens.css",
  "embed.html",
  "embed.css",
  "generator/index.html",
  "generator/generator.css",
  "formats/format.d.ts",
  "server/index.d.ts",
];

/** The algorithm of integrity attributes; the browser checks the WebAssembly against it. */
const HASH = "sha384";

/**
 * Builds everything anew, telling the main steps and their times.
 * @param {{ log?: (line: string) => void, keepCrate?: boolean, verbose?: boolean }} [options] `keepCrate`: all but the
 *   crate; `verbose`: each file is told, and its integrity
 */
export async function build({ log = console.log, keepCrate = false, verbose = false } = {}) {
  // Only here, so that this module can be read before the npm packages are there.
  const esbuild = await import("esbuild");
  const told = async (/** @type {string} */ name, /** @type {() => Promise<unknown>} */ work) => {
    const start = performance.now();
    await work();
    log(`✓ ${name}: ${since(start)}`);
  };
  /** One file of many. @type {typeof told} */
  const step = (name, work) => (verbose ? told(name, work) : work().then(() => {}));

  await rm(DIST, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  if (!keepCrate) {
    await told("pkg, the crate as WebAssembly", compileCore);
    await told("pkg/check, its reader for Node", compileCheck);
  }
  const start = performance.now();
  await step("dist/live-feed.wasm", () => copyFile(CORE, join(DIST, "live-feed.wasm")));
  const { version } = JSON.parse(text("package.json"));
  const define = {
    VERSION: JSON.stringify(version),
    WASM_INTEGRITY: JSON.stringify(await integrity(CORE)),
    HOME: '"./"',
  };

  /** @param {string} from @param {string} to @param {"esm" | "iife"} format @param {string[]} [external] */
  const bundle = (from, to, format, external = APART) =>
    step(`dist/${to}`, () =>
      esbuild.build({
        entryPoints: [join(WWW, from)],
        outfile: join(DIST, to),
        bundle: true,
        charset: "utf8",
        define,
        external,
        format,
        logLevel: "warning",
        minify: true,
        plugins: [styleAsText(esbuild)],
        target: BROWSERS,
      }),
    );
  await bundle("live-feed.js", "live-feed.js", "esm");
  // For those who bundle: the class in a module of its own, and the one that defines it.
  await bundle("element.js", "element.js", "esm");
  await bundle("live-feed.js", "index.js", "esm", ["./element.js"]);
  for (const file of ON_DEMAND) await bundle(file, file, "esm");
  await bundle("embed.js", "embed.js", "iife");
  await bundle("frame.js", "frame.js", "esm");
  await bundle("generator/generator.js", "generator/generator.js", "esm", ["../live-feed.js"]);
  for (const file of await filesIn("formats", ".js")) await bundle(file, file, "esm");

  for (const file of await filesIn("words", ".json")) {
    await step(`dist/${file}`, async () => {
      await mkdir(join(DIST, "words"), { recursive: true });
      await writeFile(join(DIST, file), JSON.stringify(JSON.parse(await readFile(join(WWW, file), "utf8"))));
    });
  }
  await step("dist/server/index.js", () => bundleServer(esbuild, join(WWW, "server"), join(DIST, "server")));
  await step("dist/server/cli.js", () => bundleCommand(esbuild, join(WWW, "server"), join(DIST, "server"), define));
  await step("dist/feed.schema.json", () => copyFile(join(WWW, "demo", "feed.schema.json"), join(DIST, "feed.schema.json")));
  for (const file of COPIED) await step(`dist/${file}`, () => copyFile(join(WWW, file), join(DIST, file)));
  await step("dist/types", () => cp(join(WWW, "types"), join(DIST, "types"), { recursive: true }));

  const hashes = await integrities(DIST);
  await writeFile(join(DIST, "integrity.json"), `${JSON.stringify(Object.fromEntries(hashes), null, 2)}\n`);
  log(`✓ dist, everything a page needs: ${since(start)}; the hash of each file is in dist/integrity.json`);
  if (!verbose) return;
  log("\nIntegrity, for those who write it into their pages:");
  for (const [file, hash] of hashes) log(`  ${file.padEnd(LONGEST_NAME)}  ${hash}`);
}

/** `formats/automattic-liveblog.js` */
const LONGEST_NAME = 30;

/**
 * The integrity value of each file that a page may run.
 * @param {string} folder what was built
 */
export async function integrities(folder) {
  const names = (await readdir(folder, { recursive: true })).sort();
  const run = names.filter((name) => /\.(js|wasm)$/.test(name) && !/^(server|types)\b/.test(name));
  return Promise.all(run.map(async (name) => /** @type {const} */ ([name, await integrity(join(folder, name))])));
}

/**
 * `import css from "….css"` gives the minified text, for `adoptedStyleSheets`.
 * @param {typeof import("esbuild")} esbuild
 * @returns {import("esbuild").Plugin}
 */
function styleAsText(esbuild) {
  return {
    name: "style-as-text",
    setup(bundler) {
      bundler.onLoad({ filter: /\.css$/ }, async ({ path }) => {
        const css = await readFile(path, "utf8");
        const { code, warnings } = await esbuild.transform(css, { loader: "css", minify: true, target: BROWSERS });
        return { contents: code.trim(), loader: "text", warnings };
      });
    },
  };
}

/**
 * The integrity value of a file, as in `<script integrity>`.
 * @param {string} file
 */
export async function integrity(file) {
  return `${HASH}-${createHash(HASH).update(await readFile(file)).digest("base64")}`;
}

/**
 * The files of a folder of `www/`, as "folder/name"; none where nobody has written one yet.
 * @param {string} folder
 * @param {string} ending
 */
async function filesIn(folder, ending) {
  const names = await readdir(join(WWW, folder)).catch(() => []);
  return names
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { ensureOrExit } = await import("./setup.js");
  await ensureOrExit();
  const start = performance.now();
  try {
    await build({ keepCrate: process.argv.includes("--keep-crate"), verbose: process.argv.includes("--verbose") });
  } catch (error) {
    console.error(`\n✗ ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
  console.log(`\nBuilt in ${since(start)}.`);
}
