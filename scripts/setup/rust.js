/** The Rust toolchain of rust-toolchain.toml and the two cargo tools that turn the crate into a web package. */
import { existsSync } from "node:fs";
import { text, TOOLS, which } from "../places.js";
import { ask, attempt, run } from "../run.js";

const TARGET = "wasm32-unknown-unknown";

/** Any from this on knows `omit-default-module-path` and `--no-pack`; this is also the one we install. */
const WASM_PACK = "0.15.1";
const OLDEST_WASM_PACK = [0, 13];

/** The one that we install. */
const GECKODRIVER = "0.37.1";

/** Never let a mere question install a toolchain behind the reader's back. */
const NO_SURPRISE = { RUSTUP_AUTO_INSTALL: "0" };

/** The tools run for seconds and are compiled once: less optimisation, less waiting for them. */
const QUICK_COMPILE = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
  CARGO_PROFILE_RELEASE_DEBUG: "0",
};

/** @returns {import("../setup.js").Need} */
export function toolchain() {
  const channel = firstMatch("rust-toolchain.toml", /^channel = "(.+)"$/m);
  const args = ["toolchain", "install", channel, "--profile", "minimal", "--target", TARGET];
  args.push("--component", "clippy", "--component", "rustfmt");
  const mayInstall = which("rustup") !== undefined && process.env.RUSTUP_AUTO_INSTALL !== "0";
  // With the toolchain itself there, adding the target to it is no surprise to anyone.
  const targetAlone = ask("rustc", ["--version"], NO_SURPRISE) !== undefined && which("rustup") !== undefined;
  return {
    name: `Rust ${channel} for ${TARGET}`,
    find: () => {
      const folder = ask("rustc", ["--print", "target-libdir", "--target", TARGET], NO_SURPRISE);
      const there = folder !== undefined && existsSync(folder);
      return there ? ask("rustc", ["--version"], NO_SURPRISE) : undefined;
    },
    takes: "about 1 min",
    remedy: which("rustup") === undefined ? "install rustup from https://rustup.rs/" : `rustup ${args.join(" ")}`,
    install: targetAlone
      ? () => run("rustup", ["target", "add", TARGET], { quiet: true })
      : mayInstall
        ? () => run("rustup", args, { quiet: true })
        : undefined,
  };
}

/** The command line tool has to be of the very version that the crate is linked with. */
export function wasmBindgen() {
  const linked = firstMatch("Cargo.lock", /name = "wasm-bindgen"\nversion = "(.+)"/);
  return cargoTool("wasm-bindgen", "wasm-bindgen-cli", linked, (version) => version === linked);
}

/** wasm-pack only starts the others, so any recent one does. */
export function wasmPack() {
  return cargoTool("wasm-pack", "wasm-pack", WASM_PACK, (version) => {
    const [major, minor] = version.split(".").map(Number);
    return major > OLDEST_WASM_PACK[0] || minor >= OLDEST_WASM_PACK[1];
  });
}

/** Firefox's driver. It goes with every Firefox of the last years. */
export function geckodriver() {
  return cargoTool("geckodriver", "geckodriver", GECKODRIVER, () => true);
}

/**
 * A program from crates.io: the one on PATH if it fits, else one of our own in the project's `.cache`.
 * @param {string} program
 * @param {string} crate
 * @param {string} version the one to install
 * @param {(version: string) => boolean} fits
 * @returns {import("../setup.js").Need}
 */
function cargoTool(program, crate, version, fits) {
  const args = ["install", crate, "--version", version, "--root", TOOLS];
  return {
    name: program,
    find: () => {
      const found = ask(program, ["--version"])?.match(/\d+\.\d+\.\d+/)?.[0];
      return found !== undefined && fits(found) ? found : undefined;
    },
    takes: "2 to 5 min",
    remedy: `cargo install ${crate} --version ${version}`,
    // Its own lock file first; a registry mirror that lags behind may lack a version named there.
    install: async () => {
      const options = { quiet: true, env: QUICK_COMPILE };
      const locked = await attempt("cargo", [...args, "--locked"], options);
      if (!locked.ok) await run("cargo", args, options);
    },
  };
}

/**
 * What the pattern's group matches in a file of the project.
 * @param {string} file
 * @param {RegExp} pattern
 */
function firstMatch(file, pattern) {
  const found = text(file).match(pattern)?.[1];
  if (found === undefined) throw new Error(`${file} holds nothing like ${pattern}.`);
  return found;
}
