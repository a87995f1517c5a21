/**
 * Sets up a machine that has Rust and Node: uses what is there, installs what is missing, and where that needs rights
 * that are not there, names the exact command. `npm start` and `npm test` call it first.
 */
import { pathToFileURL } from "node:url";
import { Failure, since } from "./run.js";
import { required } from "./engines.js";
import { browsers } from "./setup/browsers.js";
import { node, packages } from "./setup/packages.js";
import { servers } from "./setup/servers.js";
import { toolchain, wasmBindgen, wasmPack } from "./setup/rust.js";

/**
 * One thing that has to be there.
 * @typedef {object} Need
 * @property {string} name
 * @property {() => string | undefined} find what is there (a version, a path), or undefined
 * @property {string} takes how long installing usually takes, for those who wait
 * @property {string} remedy the exact command that a person can run instead
 * @property {(() => Promise<unknown>) | undefined} install undefined where it needs rights or tools that are not there
 */

/** Something is missing that we may not or could not install. */
export class Missing extends Error {
  /**
   * @param {Need} need
   * @param {string} [why]
   */
  constructor({ name, remedy }, why = "") {
    super(`${why}${name} is missing and could not be installed from here. Run this, then try again:\n\n  ${remedy}\n`);
    this.name = "Missing";
  }
}

/**
 * Makes sure that everything is there that building needs, and with `browser` also what testing in browsers needs (in
 * Chromium; with CI=true in every engine), with `servers` the servers that the examples run.
 * @param {{ browser?: boolean, servers?: boolean, log?: (line: string) => void }} [options]
 * @throws {Missing}
 */
export async function ensure({ browser: withBrowser = false, servers: withServers = false, log = console.log } = {}) {
  const wanted = [...(withBrowser ? browsers(required()) : []), ...(withServers ? [servers] : [])];
  // wasm-pack runs the browser's tests, and nothing else.
  for (const need of [node, packages, toolchain, wasmBindgen, ...(withBrowser ? [wasmPack] : []), ...wanted]) {
    await ensureOne(need(), log);
  }
}

/**
 * @param {Need} need
 * @param {(line: string) => void} log
 */
async function ensureOne(need, log) {
  const there = need.find();
  if (there !== undefined) return log(`✓ ${need.name}: ${there}, already there`);
  if (need.install === undefined) throw new Missing(need);

  log(`… ${need.name}: installing (${need.takes})`);
  const start = performance.now();
  try {
    await need.install();
  } catch (error) {
    throw error instanceof Failure ? new Missing(need, `${error.message}\n`) : error;
  }
  const installed = need.find();
  if (installed === undefined) throw new Missing(need, `The installation ran, but nothing was found after it.\n`);
  log(`✓ ${need.name}: ${installed}, installed in ${since(start)}`);
}

/**
 * For commands: like `ensure`, but a missing thing is told in plain words and ends the process.
 * @param {{ browser?: boolean, servers?: boolean }} [options]
 */
export async function ensureOrExit(options) {
  try {
    await ensure(options);
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    console.error(`\n✗ ${error.message}`);
    process.exit(1);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await ensureOrExit({ browser: process.argv.includes("--browser"), servers: process.argv.includes("--servers") });
}
