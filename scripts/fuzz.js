/**
 * `npm run fuzz`: each target of `fuzz/` for a minute; `npm run fuzz -- timeline` one of them, `npm run fuzz -- timeline
 * 1800` for half an hour. It begins with `fuzz/corpus/`, and keeps what it finds in `fuzz/found/`, which is not committed.
 */
import { existsSync, mkdirSync } from "node:fs";
import { place, text, which } from "./places.js";
import { ask, attempt, run } from "./run.js";

/** The one that we install. */
const CARGO_FUZZ = "0.13.2";
/** Coverage is asked of the compiler by options that only this one has. */
const NIGHTLY = "+nightly";
const SECONDS = 60;
/** What stands in `fuzz/Cargo.toml`. */
const targets = Array.from(text("fuzz", "Cargo.toml").matchAll(/^name = "(.+)"\npath = /gm), ([, name]) => name);

const words = process.argv.slice(2);
const seconds = Number(words.find((word) => /^\d+$/.test(word)) ?? SECONDS);
const wanted = words.filter((word) => !/^\d+$/.test(word));
const unknown = wanted.find((name) => !targets.includes(name));
if (unknown !== undefined) {
  console.error(`There is no target "${unknown}"; there are ${targets.join(", ")}.`);
  process.exit(1);
}
if (which("rustup") === undefined) {
  console.error("Fuzzing needs the nightly toolchain: install rustup from https://rustup.rs/, then try again.");
  process.exit(1);
}
if (ask("cargo", [NIGHTLY, "--version"], { RUSTUP_AUTO_INSTALL: "0" }) === undefined) {
  console.log("… The nightly toolchain: installing (about 1 min)");
  await run("rustup", ["toolchain", "install", "nightly", "--profile", "minimal"]);
}
if (which("cargo-fuzz") === undefined) {
  console.log(`… cargo-fuzz ${CARGO_FUZZ}: installing (about 2 min)`);
  await run("cargo", ["install", "cargo-fuzz", "--version", CARGO_FUZZ]);
}

/** @type {string[]} */
const failed = [];
for (const target of wanted.length > 0 ? wanted : targets) {
  console.log(`\n════ ${target}, ${seconds} s ════`);
  const [found, corpus, dictionary] = [`fuzz/found/${target}`, `fuzz/corpus/${target}`, `fuzz/${target}.dict`];
  mkdirSync(place(found), { recursive: true });
  const options = [`-max_total_time=${seconds}`, ...(existsSync(place(dictionary)) ? [`-dict=${dictionary}`] : [])];
  const { ok } = await attempt("cargo", [NIGHTLY, "fuzz", "run", target, found, corpus, "--", ...options]);
  if (!ok) failed.push(target);
}
if (failed.length > 0) console.log(`\nSomething was found by: ${failed.join(", ")}. What brings it about is in fuzz/artifacts/.`);
process.exitCode = failed.length === 0 ? 0 : 1;
