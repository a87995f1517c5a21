/** `npm run check`: formatting, lints with warnings denied, and types. Stops at the first failure. */
import { existsSync } from "node:fs";
import { build } from "./build.js";
import { place } from "./places.js";
import { attempt } from "./run.js";
import { ensureOrExit } from "./setup.js";

const WASM = ["--target", "wasm32-unknown-unknown"];
const DENY = ["--", "-D", "warnings"];

/** @type {[string, string, string[]][]} */
const CHECKS = [
  ["formatting", "cargo", ["fmt", "--check"]],
  ["formatting, fuzz targets", "cargo", ["fmt", "--check", "--manifest-path", "fuzz/Cargo.toml"]],
  ["lints, fuzz targets", "cargo", ["clippy", "--manifest-path", "fuzz/Cargo.toml", ...DENY]],
  ["lints, native", "cargo", ["clippy", "--all-targets", ...DENY]],
  ["lints, WebAssembly", "cargo", ["clippy", "--lib", ...WASM, ...DENY]],
  ["lints, the checker", "cargo", ["clippy", "--lib", "--features", "check", ...WASM, ...DENY]],
  ["lints, headless tests", "cargo", ["clippy", "--tests", ...WASM, ...DENY]],
  ["types of the JavaScript", "tsc", ["--project", "tsconfig.json"]],
  ["types of its tests", "tsc", ["--project", "tests/tsconfig.json"]],
];

await ensureOrExit();
// The types of the crate's own JavaScript come out of the build.
if (!existsSync(place("pkg", "check", "livefeed.d.ts"))) await build();

for (const [what, program, args] of CHECKS) {
  console.log(`\n── ${what} ──`);
  const { ok } = await attempt(program, args);
  console.log(`${ok ? "✓" : "✗"} ${what}`);
  if (!ok) process.exit(1);
}
