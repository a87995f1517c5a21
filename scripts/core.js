/**
 * The crate as WebAssembly, as small as it can be made: `pkg/`, which `www/load.js` imports.
 */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { shortenNames } from "./names.js";
import { place } from "./places.js";
import { ask, run } from "./run.js";

/** What wasm-bindgen makes of the crate. */
const PKG = place("pkg");
export const WASM = join(PKG, "livefeed_bg.wasm");

const TARGET = "wasm32-unknown-unknown";

/** Where the compiler's target with our one change is described; its name is that of the folder in `target/`, too. */
const SPECIFICATION = place("target", "wasm32-multivalue.json");
const COMPILED = place("target", "wasm32-multivalue", "release", "livefeed.wasm");

/**
 * The standard library compiled anew, without the messages of panics (which end in an abort either way, and would tell a
 * reader nothing): what every page loads shrinks by a tenth. These are options of nightly compilers, which the first
 * variable opens in the pinned stable one. Tests and debug builds do without.
 */
const SMALL = {
  RUSTC_BOOTSTRAP: "1",
  // Nor does anyone read where a panic was, or what only a debugger would print.
  RUSTFLAGS: "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
  CARGO_UNSTABLE_BUILD_STD: "std,panic_abort",
  CARGO_UNSTABLE_BUILD_STD_FEATURES: "optimize_for_size",
  CARGO_UNSTABLE_JSON_TARGET_SPEC: "true",
};

/** Compiles the crate, makes its JavaScript, optimises, and shortens the names in both. */
export async function compileCore() {
  await describeTarget();
  await run("cargo", ["build", "--release", "--lib", "--target", SPECIFICATION], { quiet: true, env: SMALL });
  await refuseWideNumbers();
  await rm(PKG, { recursive: true, force: true });
  // www/load.js alone says where the WebAssembly is: bundlers would stumble over a second place.
  const options = ["--target", "web", "--omit-default-module-path", "--out-dir", PKG];
  await run("wasm-bindgen", [...options, COMPILED], { quiet: true });
  await shortenNames(WASM, join(PKG, "livefeed.js"));
}

/**
 * The compiler's own target, but that a function gives back several values as WebAssembly can, instead of writing them
 * to memory for its caller to read: 5 % of what is sent. No option of the compiler says so, only a target's description.
 */
async function describeTarget() {
  const own = ask("rustc", ["-Zunstable-options", "--print", "target-spec-json", "--target", TARGET], SMALL);
  if (own === undefined) throw new Error(`rustc does not describe its target ${TARGET}: npm run setup`);
  await mkdir(place("target"), { recursive: true });
  await writeFile(SPECIFICATION, JSON.stringify({ ...JSON.parse(own), "llvm-abiname": process.env.MV ?? "" }));
}

/**
 * With that target, the compiler's own functions for numbers of 128 bits take their arguments otherwise than they are
 * called, and the linker puts a trap in their place. `checked_mul` and `saturating_mul` of an `i64` are such.
 */
async function refuseWideNumbers() {
  const traps = (await readFile(COMPILED, "latin1")).match(/(?<=signature_mismatch:)\w+/g);
  if (traps) throw new Error(`the crate reckons in 128 bits, which this target can't: ${[...new Set(traps)].join(", ")}`);
}
