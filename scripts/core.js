/**
 * The crate as WebAssembly, as small as it can be made: `pkg/`, which `www/load.js` imports.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeInstances } from "./instances.js";
import { shortenNames } from "./names.js";
import { optimise } from "./optimise.js";
import { place } from "./places.js";
import { run } from "./run.js";

/** What wasm-bindgen makes of the crate, and its two halves. */
export const PKG = place("pkg");
export const WHOLE = join(PKG, "livefeed_bg.wasm");
export const FIRST = join(PKG, "first.wasm");
export const REST = join(PKG, "rest.wasm");

const TARGET = "wasm32-unknown-unknown";
const COMPILED = place("target", TARGET, "release", "livefeed.wasm");

/**
 * The standard library compiled anew, without the messages of panics (which end in an abort either way, and would tell a
 * reader nothing): what every page loads shrinks by a tenth. These are options of nightly compilers, which the first
 * variable opens in the pinned stable one. Tests and debug builds do without.
 */
const SMALL = {
  RUSTC_BOOTSTRAP: "1",
  // Nor does anyone read where a panic was, or what only a debugger would print. Calls compress better than copies. And
  // scripts/halves.js has to know every function by name.
  RUSTFLAGS: "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=0 -Csymbol-mangling-version=v0",
  CARGO_UNSTABLE_BUILD_STD: "std,panic_abort",
  CARGO_UNSTABLE_BUILD_STD_FEATURES: "optimize_for_size",
};

/** What is imported by WebAssembly, for JavaScript that is not cut in two. */
const ALL = () => true;

const [JS, TYPES] = [join(PKG, "livefeed.js"), join(PKG, "livefeed.d.ts")];

/** Compiles the crate and makes its JavaScript, for who needs it in one piece. */
export async function compileWhole() {
  await compile();
  await makeInstances(JS, TYPES, ALL);
}

/** Compiles the crate, makes its JavaScript, and shortens the names in both. */
async function compile() {
  await run("cargo", ["build", "--release", "--lib", "--target", TARGET], { quiet: true, env: SMALL });
  await rm(join(PKG, "snippets"), { recursive: true, force: true });
  // www/load.js alone says where the WebAssembly is: bundlers would stumble over a second place.
  const options = ["--target", "web", "--omit-default-module-path", "--out-dir", PKG];
  await run("wasm-bindgen", [...options, COMPILED], { quiet: true });
  await shortenNames(WHOLE, JS);
}

/** Compiles the crate, cuts it in two halves, and optimises both. */
export async function compileCore() {
  // Only here, since it needs the npm packages.
  const { firstHalf, halve } = await import("./halves.js");
  await compile();
  const { first, rest } = halve(await readFile(WHOLE), await firstHalf());
  for (const [half, file] of /** @type {const} */ ([[first, FIRST], [rest, REST]])) {
    if (!half.validate()) throw new Error(`${file} is no valid module: see scripts/halves.js`);
    await writeFile(file, half.emitBinary());
    await optimise(file, file);
  }
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(await readFile(FIRST)));
  const names = new Set(imports.map(({ name }) => name));
  await makeInstances(JS, TYPES, (name) => names.has(name));
}
