/**
 * `dist/server/`: what renders a feed on a server, and the command. Each is one file with all that it needs, so that
 * those who only want the page's element install nothing for it. The first names no module of Node's, and runs wherever
 * JavaScript does.
 */
import { chmod, copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { place } from "../places.js";
import { run } from "../run.js";

/** What wasm-bindgen makes of the crate's checker. */
const CHECK = place("pkg", "check");
const TARGET = "wasm32-unknown-unknown";

/** A program, for everybody. */
const EXECUTABLE = 0o755;

/** The folder of a package in the path of a module that came into the bundle. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/** What both bundles have in common. */
const COMMON = /** @satisfies {import("esbuild").BuildOptions} */ ({
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  logLevel: "warning",
  mainFields: ["module", "main"],
  metafile: true,
  minify: true,
  target: "node20",
});

/**
 * @param {typeof import("esbuild")} esbuild
 * @param {string} from
 * @param {string} to
 */
export async function bundleServer(esbuild, from, to) {
  await esbuild.build({
    ...COMMON,
    entryPoints: [join(from, "index.js")],
    outfile: join(to, "index.js"),
    platform: "neutral",
    plugins: [withoutStyles],
  });
}

/**
 * `npx livefeed`, with the reader that the element has, compiled for Node; and the licences of all that came along.
 * @param {typeof import("esbuild")} esbuild
 * @param {string} from
 * @param {string} to
 * @param {Record<string, string>} define
 */
export async function bundleCommand(esbuild, from, to, define) {
  const { metafile } = await esbuild.build({
    ...COMMON,
    banner: { js: "#!/usr/bin/env node" },
    define,
    entryPoints: [join(from, "command", "cli.js")],
    outfile: join(to, "cli.js"),
    platform: "node",
    plugins: [withoutStyles],
  });
  await chmod(join(to, "cli.js"), EXECUTABLE);
  await copyFile(join(CHECK, "livefeed_bg.wasm"), join(to, "check.wasm"));
  await writeFile(join(to, "LICENSES.txt"), await notices(Object.keys(metafile.inputs)));
}

/** The crate's pure floor as a WebAssembly of its own: it knows no browser, and no page loads it. */
export async function compileCheck() {
  const target = place("target", "check");
  await run("cargo", ["build", "--release", "--lib", "--target", TARGET, "--features", "check", "--target-dir", target], { quiet: true });
  const wasm = join(target, TARGET, "release", "livefeed.wasm");
  await run("wasm-bindgen", ["--target", "web", "--omit-default-module-path", "--out-dir", CHECK, wasm], { quiet: true });
}

/** sanitize-html reads styles with PostCSS, which needs Node. We let no style through, so nothing ever calls it. */
const withoutStyles = /** @type {import("esbuild").Plugin} */ ({
  name: "without-styles",
  setup(bundler) {
    bundler.onResolve({ filter: /^postcss$/ }, () => ({ path: "postcss", namespace: "empty" }));
    bundler.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export {};" }));
  },
});

/**
 * The licences of all that is in the bundle and not ours.
 * @param {string[]} inputs
 */
export async function notices(inputs) {
  const folders = new Set(inputs.map((input) => PACKAGE.exec(input)?.[1]).filter((folder) => folder !== undefined));
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence that could go with it`);
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
