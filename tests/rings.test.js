/** The counting behind `npm test`: a ring that ran nothing, or crashed, must not look green. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cargoCounts, nodeCounts } from "../scripts/test/counts.js";
import { closingLine } from "../scripts/test/rings.js";

test("cargo's counts are added over all of its test programs", () => {
  const output = `
running 2 tests
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
`;
  assert.deepEqual(cargoCounts(output), { passed: 5, failed: 1, skipped: 1 });
});

test("wasm-bindgen's closing line, which measures nothing, is read too", () => {
  const output = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.01s\n";
  assert.deepEqual(cargoCounts(output), { passed: 4, failed: 0, skipped: 0 });
});

test("a Node test that was cancelled has failed, and one to be done has not run", () => {
  const output = "ℹ tests 6\nℹ pass 2\nℹ fail 1\nℹ cancelled 1\nℹ skipped 1\nℹ todo 1\nℹ duration_ms 1.5\n";
  assert.deepEqual(nodeCounts(output), { passed: 2, failed: 2, skipped: 2 });
});

test("a file without a test is none, though Node says that it passed", () => {
  const output = "✔ /home/me/livefeed/tests/e2e/order.test.js (75.6ms)\nℹ tests 1\nℹ pass 1\nℹ fail 0\n";
  assert.deepEqual(nodeCounts(output), { passed: 0, failed: 0, skipped: 0 });
});

test("an output without counts counts nothing", () => {
  assert.deepEqual(cargoCounts("error: could not compile"), { passed: 0, failed: 0, skipped: 0 });
  assert.deepEqual(nodeCounts("SyntaxError"), { passed: 0, failed: 0, skipped: 0 });
});

test("a ring closes with one line that says what ran", () => {
  const counts = { passed: 3, failed: 1, skipped: 2 };
  const row = { ring: "pages", engine: "Chromium", ...counts, ok: false, seconds: 4.25, note: "" };
  assert.equal(closingLine(row), "✗ pages, Chromium: 3 passed, 1 failed, 2 skipped in 4.3 s");
});
