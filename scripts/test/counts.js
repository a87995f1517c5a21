/** Reads how many tests ran from what a test runner printed, so that a ring that ran none is known as one. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** One line per test program, by Rust's own harness and by wasm-bindgen's. */
const CARGO = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;

/** The closing lines of Node's "spec" reporter. */
const NODE = /^. (pass|fail|cancelled|skipped|todo) (\d+)$/gmu;

/** Node reports a file without a single test as one that passed, under the file's own name. */
const EMPTY_FILE = /^✔ .*\.test\.js \([\d.]+ms\)$/gmu;

/**
 * @param {string} output of `cargo test` or `wasm-pack test`
 * @returns {Counts}
 */
export function cargoCounts(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of output.matchAll(CARGO)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
    counts.skipped += Number(ignored);
  }
  return counts;
}

/**
 * @param {string} output of `node --test --test-reporter=spec`
 * @returns {Counts}
 */
export function nodeCounts(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const meaning = /** @type {const} */ ({
    pass: "passed",
    fail: "failed",
    // A file that crashed or hung took its tests with it.
    cancelled: "failed",
    skipped: "skipped",
    // A test marked "todo" promises nothing, so it counts as one that did not run.
    todo: "skipped",
  });
  for (const [, word, number] of output.matchAll(NODE)) {
    counts[meaning[/** @type {keyof typeof meaning} */ (word)]] += Number(number);
  }
  counts.passed -= output.match(EMPTY_FILE)?.length ?? 0;
  return counts;
}
