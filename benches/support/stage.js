/**
 * What the benches of pages share: Chromium over the packed files, what its main thread has done, and tables.
 *
 *     await onStage(async (stage) => {
 *       await stage.browser.open(stage.server.page("name", "<live-feed …></live-feed>"));
 *       const before = await stage.metrics();
 *       …
 *     });
 */
import { Browser } from "../../tests/e2e/support/browser.js";
import { TestServer } from "../../tests/e2e/support/server.js";

/** @typedef {{ script: number, task: number, heap: number }} Metrics milliseconds, milliseconds, bytes */

/** A browser and a server. */
export class Stage {
  browser = new Browser();
  server = new TestServer();

  /** @param {string} command @param {Record<string, unknown>} [parameters] @returns {Promise<any>} */
  async devTools(command, parameters = {}) {
    const driver = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (this.browser.driver);
    return driver.sendAndGetDevToolsCommand(command, parameters);
  }

  /**
   * What the page's main thread has done so far, in its own processor time: other programs on the machine don't count.
   * @returns {Promise<Metrics>}
   */
  async metrics() {
    const { metrics } = await this.devTools("Performance.getMetrics");
    const value = (/** @type {string} */ name) =>
      metrics.find((/** @type {{ name: string }} */ metric) => metric.name === name).value;
    return { script: value("ScriptDuration") * 1000, task: value("TaskDuration") * 1000, heap: value("JSHeapUsedSize") };
  }

  /** Frees what nothing holds any more. */
  async collectGarbage() {
    await this.devTools("HeapProfiler.collectGarbage");
  }
}

/**
 * Runs a bench on a stage of its own; the exit code says whether it held what it promises.
 * @param {(stage: Stage) => Promise<void>} work
 */
export async function onStage(work) {
  const stage = new Stage();
  try {
    await stage.server.start();
    await stage.browser.start();
    await stage.devTools("Performance.enable", { timeDomain: "threadTicks" });
    await work(stage);
  } finally {
    await stage.browser.stop();
    await stage.server.stop();
  }
}

/**
 * Prints rows below their heads; numbers to the right.
 * @param {string[]} heads
 * @param {(string | number)[][]} rows
 */
export function print(heads, rows) {
  const lines = [heads, ...rows.map((row) => row.map(String))];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const text = (/** @type {string[]} */ line) =>
    line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  console.log(`\n${lines.map(text).join("\n")}\n`);
}

/**
 * The value below which so many of a hundred lie.
 * @param {number[]} values
 * @param {number} percent
 */
export function percentile(values, percent) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))];
}

/** @param {number[]} values */
export function median(values) {
  return percentile(values, 50);
}

/**
 * Tells that a promise is broken.
 * @param {boolean} holds
 * @param {string} promise
 */
export function promise(holds, promise) {
  console.log(`${holds ? "✓" : "✗"} ${promise}`);
  if (!holds) process.exitCode = 1;
}
