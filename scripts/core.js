/**
 * The crate as WebAssembly, as small as it can be made: `pkg/`, which `www/load.js` imports.
 */
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeInstances } from "./instances.js";
import { shortenNames } from "./names.js";
import { place } from "./places.js";
import { run } from "./run.js";

/** What wasm-bindgen makes of the crate. */
const PKG = place("pkg");
export const WASM = join(PKG, "livefeed_bg.wasm");

const TARGET = "wasm32-unknown-unknown";
const COMPILED = place("target", TARGET, "release", "livefeed.wasm");

/**
 * The standard library compiled anew, without the messages of panics (which end in an abort either way, and would tell a
 * reader nothing): what every page loads shrinks by a tenth. These are options of nightly compilers, which the first
 * variable opens in the pinned stable one. Tests and debug builds do without.
 */
const SMALL = {
  RUSTC_BOOTSTRAP: "1",
  // Nor does anyone read where a panic was, or what only a debugger would print. And calls compress better than copies.
  RUSTFLAGS: "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none -Cllvm-args=-inline-threshold=0",
  CARGO_UNSTABLE_BUILD_STD: "std,panic_abort",
  CARGO_UNSTABLE_BUILD_STD_FEATURES: "optimize_for_size",
};

/** Compiles the crate, makes its JavaScript, optimises, and shortens the names in both. */
export async function compileCore() {
  await run("cargo", ["build", "--release", "--lib", "--target", TARGET], { quiet: true, env: SMALL });
  await rm(PKG, { recursive: true, force: true });
  // www/load.js alone says where the WebAssembly is: bundlers would stumble over a second place.
  const options = ["--target", "web", "--omit-default-module-path", "--out-dir", PKG];
  await run("wasm-bindgen", [...options, COMPILED], { quiet: true });
  await shortenNames(WASM, join(PKG, "livefeed.js"));
  await makeInstances(join(PKG, "livefeed.js"), join(PKG, "livefeed.d.ts"));
}
