/**
 * The crate as WebAssembly, by stock tools: `pkg/`, which `www/load.js` imports.
 */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { place } from "./places.js";
import { run } from "./run.js";

/** What wasm-bindgen makes of the crate. */
const PKG = place("pkg");
export const CORE = join(PKG, "livefeed_bg.wasm");

const TARGET = "wasm32-unknown-unknown";
const COMPILED = place("target", TARGET, "release", "livefeed.wasm");

/**
 * `www/load.js` alone says where the WebAssembly is: bundlers would stumble over a second place. After a trap it starts a
 * fresh instance, by the last one.
 */
const BIND = ["--target", "web", "--omit-default-module-path", "--out-dir", PKG, "--experimental-reset-state-function"];

/** For size, without inlining: inlined code makes the file smaller, and what is sent larger (3 % of brotli). */
const OPTIMISE = ["-Oz", "-aimfs", "0", "-fimfs", "0", "-ocimfs", "0"];

/** Compiles the crate, makes its JavaScript, and optimises the WebAssembly. */
export async function compileCore() {
  await run("cargo", ["build", "--release", "--lib", "--target", TARGET], { quiet: true });
  await rm(join(PKG, "snippets"), { recursive: true, force: true });
  await run("wasm-bindgen", [...BIND, COMPILED], { quiet: true });
  const optimised = `${CORE}.optimised`;
  await run("wasm-opt", [...OPTIMISE, CORE, "-o", optimised], { quiet: true });
  await rename(optimised, CORE);
}
