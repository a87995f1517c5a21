/** The rings of tests, from the inside out: what runs each, and what of it ran. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, dirname, relative } from "node:path";
import { build } from "../build.js";
import { enginesAsked, installed, required } from "../engines.js";
import { place } from "../places.js";
import { attempt, Failure } from "../run.js";
import { missingServers, serversRemedy } from "../servers.js";
import { cargoCounts, nodeCounts } from "./counts.js";

/**
 * One line of the closing table.
 * @typedef {import("./counts.js").Counts & {
 *   ring: string, engine: string, seconds: number, ok: boolean, note: string,
 * }} Row
 */

/**
 * @typedef {object} Ring
 * @property {string} name
 * @property {boolean} browser whether it needs one
 * @property {(files: string[]) => AsyncGenerator<Row>} rows runs it; `files` are those asked for, none means all
 */

/** How long wasm-bindgen's runner may take for one file; its own 20 s are short for a busy machine. */
const HEADLESS_TIMEOUT_S = 120;

/** A page that waits for what never comes is ended after this, and named. */
const TEST_TIMEOUT_MS = 120_000;
/** The same for a whole file of pages, where two browsers at a time are slower each. */
const PAGES_TIMEOUT_MS = 240_000;
/** The same for a whole file of servers that are killed and come back, and readers who wait before they do. */
const SERVERS_TIMEOUT_MS = 300_000;

/**
 * As many files at a time as there are processors: Node leaves one idle, which is half of two. For Chromium, whose
 * windows know nothing of each other; those of WebKit share a display, and with it the focus.
 */
const ON_EACH_PROCESSOR = `--test-concurrency=${availableParallelism()}`;

/** @type {Ring[]} */
export const RINGS = [
  { name: "native", browser: false, rows: native },
  { name: "headless", browser: true, rows: headless },
  { name: "pages", browser: true, rows: pages },
  { name: "package", browser: true, rows: packed },
  { name: "servers", browser: true, rows: servers },
];

/**
 * The pure floor: `cargo test`. A file is `tests/NAME.rs`; anything else is the filter that cargo knows.
 * @param {string[]} files
 * @returns {AsyncGenerator<Row>}
 */
async function* native(files) {
  // A test of several files is the folder's: tests/session/day.rs belongs to "session".
  const test = (/** @type {string} */ file) => relative("tests", file).split(/[/\\]/, 1)[0].replace(/\.rs$/, "");
  const args = files.flatMap((file) => (file.endsWith(".rs") ? ["--test", test(file)] : [file]));
  yield command("native", "", cargoCounts, ["cargo", "test", ...args]);
}

/**
 * The browser floor, one module at a time, in every engine: `wasm-pack test --headless`.
 * @param {string[]} files
 * @returns {AsyncGenerator<Row>}
 */
async function* headless(files) {
  const tests = files.length > 0 ? files : listed("tests", ".rs").filter(runsInBrowser);
  const names = tests.flatMap((file) => ["--test", basename(file, ".rs")]);
  if (names.length === 0) {
    yield nothing("headless", "", "no file of tests/*.rs uses wasm_bindgen_test");
    return;
  }

  for (const engine of enginesAsked()) {
    if (!installed(engine)) {
      yield absent("headless", engine);
      continue;
    }
    /** @type {Record<string, string>} */
    const env = { WASM_BINDGEN_TEST_TIMEOUT: String(HEADLESS_TIMEOUT_S) };
    if (engine.name === "webkit") env.WASM_BINDGEN_TEST_WEBDRIVER_JSON = webkitCapabilities(engine);
    const driver = { chromium: "chrome", firefox: "gecko", webkit: "safari" }[engine.name];
    const browser = { chromium: "--chrome", firefox: "--firefox", webkit: "--safari" }[engine.name];
    yield command(
      "headless",
      engine.label,
      cargoCounts,
      [
        ...engine.before,
        ...["wasm-pack", "test", "--headless", "--mode", "no-install", browser, `--${driver}driver`, engine.driver],
        ...[".", ...names],
      ],
      env,
    );
  }
}

/**
 * wasm-bindgen's runner knows Safari, but not WebKitGTK's browser: a file has to tell it. Gives its path.
 * @param {{ browser: string }} engine
 */
function webkitCapabilities({ browser }) {
  const file = place(".cache", "webkit.json");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] } }));
  return file;
}

/**
 * What a reader sees: whole pages over the packed tarball, in every engine.
 * @param {string[]} files
 * @returns {AsyncGenerator<Row>}
 */
async function* pages(files) {
  const built = await buildFor("pages");
  if (built !== undefined) {
    yield built;
    return;
  }
  const tests = files.length > 0 ? files : listed("tests/e2e", ".test.js");
  const there = enginesAsked().filter(installed);
  const run = (/** @type {import("../engines.js").Engine} */ engine, /** @type {string[]} */ options = [], quiet = false) => {
    const commandLine = [...engine.before, ...nodeTest(tests, { timeout: PAGES_TIMEOUT_MS, options })];
    return command("pages", engine.label, nodeCounts, commandLine, { ENGINE: engine.name }, quiet);
  };
  const [chromium, others] = [there.find(({ name }) => name === "chromium"), there.filter(({ name }) => name !== "chromium")];
  if (chromium) yield run(chromium, [ON_EACH_PROCESSOR]);
  // One file at a time in each of them, and both at once: each waits for its driver as often as it works.
  yield* await Promise.all(others.map((engine, at) => run(engine, [], at > 0)));
  for (const engine of enginesAsked().filter((engine) => !installed(engine))) yield absent("pages", engine);
}

/**
 * What a partner and a front-end engineer get.
 * @param {string[]} files
 * @returns {AsyncGenerator<Row>}
 */
async function* packed(files) {
  const built = await buildFor("package");
  if (built !== undefined) {
    yield built;
    return;
  }
  const tests = files.length > 0 ? files : [...listed("tests/package", ".test.js"), ...listed("tests", ".test.js")];
  yield command("package", "", nodeCounts, nodeTest(tests));
}

/**
 * What happens when servers are killed: the examples, run by nginx, Nchan, Redis and Varnish. What is not installed is
 * left out, and named; with CI=true it fails.
 * @param {string[]} files
 * @returns {AsyncGenerator<Row>}
 */
async function* servers(files) {
  const missing = missingServers();
  const names = missing.map(({ label }) => label).join(", ");
  const note = missing.length > 0 ? `not installed: ${names}; ${serversRemedy(missing)}` : "";
  // Without these two there is no test that could run.
  if (missing.some(({ name }) => name === "nginx" || name === "brotli") && !process.env.CI) {
    yield { ring: "servers", engine: "", passed: 0, failed: 0, skipped: 0, seconds: 0, ok: true, note };
    return;
  }
  const built = await buildFor("servers");
  if (built !== undefined) {
    yield built;
    return;
  }
  const tests = files.length > 0 ? files : listed("tests/servers", ".test.js");
  // One after the other: each has readers enough to keep the machine busy.
  const how = { timeout: SERVERS_TIMEOUT_MS, options: ["--test-concurrency=1"] };
  const row = await command("servers", "", nodeCounts, nodeTest(tests, how));
  yield { ...row, note: [row.note, note].filter(Boolean).join("; ") };
}

/** @param {string[]} files @param {{ timeout?: number, options?: string[] }} [how] */
function nodeTest(files, { timeout = TEST_TIMEOUT_MS, options = [] } = {}) {
  // With no file named, Node would look for tests everywhere, node_modules included.
  if (files.length === 0) return [];
  return [process.execPath, "--test", "--test-reporter=spec", `--test-timeout=${timeout}`, ...options, ...files];
}

/**
 * Runs one command and reads its counts. No test at all is a failure: a ring that tests nothing must not look green.
 * @param {string} ring
 * @param {string} engine
 * @param {(output: string) => import("./counts.js").Counts} counts
 * @param {string[]} commandLine
 * @param {Record<string, string>} [env]
 * @param {boolean} [quiet] shows its output when it has ended, since another one's comes meanwhile
 * @returns {Promise<Row>}
 */
async function command(ring, engine, counts, [program, ...args], env = {}, quiet = false) {
  if (program === undefined) return nothing(ring, engine, "there is no test file");
  console.log(`\n── ${[ring, engine].filter(Boolean).join(", ")} ──`);
  const start = performance.now();
  const { code, output } = await attempt(program, args, { env, quiet });
  if (quiet) console.log(`\n── ${[ring, engine].filter(Boolean).join(", ")}, which ran beside others ──\n${output}`);
  const found = counts(output);
  const ran = found.passed + found.failed > 0;
  const silent = code !== 0 && found.failed === 0;
  // A program that fails without a failing test failed before or after them: that is a failure, too.
  if (silent || !ran) found.failed = 1;
  const note = silent ? `the command ended with ${code}` : ran ? "" : "ran no test";
  const ok = found.failed === 0;
  const row = { ring, engine, ...found, ok, note, seconds: (performance.now() - start) / 1000 };
  console.log(closingLine(row));
  return row;
}

/** @param {Row} row */
export function closingLine({ ring, engine, ok, passed, failed, skipped, seconds, note }) {
  const counts = [`${passed} passed`, `${failed} failed`, ...(skipped > 0 ? [`${skipped} skipped`] : [])].join(", ");
  const name = [ring, engine].filter(Boolean).join(", ");
  return `${ok ? "✓" : "✗"} ${name}: ${counts} in ${seconds.toFixed(1)} s${note === "" ? "" : ` (${note})`}`;
}

/**
 * A ring that has no test.
 * @param {string} ring
 * @param {string} engine
 * @param {string} note
 * @returns {Row}
 */
function nothing(ring, engine, note) {
  const row = { ring, engine, passed: 0, failed: 1, skipped: 0, seconds: 0, ok: false, note };
  console.log(`\n${closingLine(row)}`);
  return row;
}

/**
 * An engine that is not here. Those that are required are, or the set-up would have said so.
 * @param {string} ring
 * @param {import("../engines.js").Engine} engine
 * @returns {Row}
 */
function absent(ring, engine) {
  const note = `not installed: ${engine.remedy}`;
  const ok = !required().includes(engine.name);
  return { ring, engine: engine.label, passed: 0, failed: ok ? 0 : 1, skipped: 0, seconds: 0, ok, note };
}

/** One build serves all rings of a run. @type {Promise<Error | undefined> | undefined} */
let building;

/**
 * Builds `dist/` if this run has not yet; a row only if that failed.
 * @param {string} ring
 * @returns {Promise<Row | undefined>}
 */
async function buildFor(ring) {
  building ??= (async () => {
    console.log("\n── build ──");
    try {
      await build();
    } catch (error) {
      console.error(error instanceof Failure ? error.message : error);
      return error instanceof Error ? error : new Error(String(error));
    }
  })();
  return (await building) === undefined ? undefined : nothing(ring, "", "the build failed");
}

/** @param {string} folder @param {string} ending */
function listed(folder, ending) {
  return readdirSync(place(folder))
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => `${folder}/${name}`);
}

/** @param {string} file */
function runsInBrowser(file) {
  return readFileSync(place(file), "utf8").includes("wasm_bindgen_test");
}
