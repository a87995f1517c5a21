/**
 * Chromium by its DevTools protocol, over a pipe: pages of their own profile, so that each is a reader's first visit, the
 * processor time of a page's main thread, and traces.
 *
 *     await withChromium(async (chromium) => {
 *       const page = await chromium.open(url);
 *       const before = await page.task();
 *       await page.run("refresh()");
 *       …
 *       await page.close();
 *     });
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { chromium as engine } from "../../scripts/engines.js";
import { Trace } from "./trace.js";

/** As a reader's own browser, but that it runs in containers, and talks to no one but us. */
const FLAGS = [
  "--headless=new",
  "--remote-debugging-pipe",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];
const SIZE = { width: 1280, height: 800, deviceScaleFactor: 1, mobile: false };

/** A page is at rest when it has used less than this in so long. */
const REST_MS = 0.6;
const LOOK_MS = 40;
/** For how long a page may take to come to rest, or to show what is waited for. */
const PATIENCE_MS = 30_000;

/** What is traced: the tasks of each thread, and the marks that pages set. */
const TRACED = ["toplevel", "blink.user_timing"];

/** @typedef {{ latency: number, downloadThroughput: number, uploadThroughput: number }} Network */

/** The browser. */
export class Chromium {
  #profile = "";
  /** @type {import("node:child_process").ChildProcess | undefined} */
  #process;
  #last = 0;
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** @type {Set<(event: { method: string, params: any, sessionId?: string }) => void>} */
  #listeners = new Set();

  async start() {
    const { browser, remedy } = engine();
    if (browser === undefined) throw new Error(`Chromium is not installed. Run: ${remedy}`);
    this.#profile = await mkdtemp(join(tmpdir(), "livefeed-bench-"));
    this.#process = spawn(browser, [...FLAGS, `--user-data-dir=${this.#profile}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
    });
    let rest = "";
    const pipe = /** @type {import("node:stream").Readable} */ (this.#process.stdio[4]);
    pipe.setEncoding("utf8").on("data", (/** @type {string} */ piece) => {
      const messages = (rest + piece).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.#take(JSON.parse(message));
    });
  }

  async stop() {
    if (this.#process === undefined) return;
    const ended = once(this.#process, "exit");
    await this.send("Browser.close");
    await ended;
    await rm(this.#profile, { recursive: true, force: true });
  }

  /**
   * Sends a command and gives its result.
   * @param {string} method
   * @param {Record<string, unknown>} [params]
   * @param {string} [sessionId] the page's, or none for the browser
   * @returns {Promise<any>}
   */
  send(method, params = {}, sessionId) {
    const id = (this.#last += 1);
    const pipe = /** @type {import("node:stream").Writable} */ (this.#process?.stdio[3]);
    pipe.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /**
   * Opens a page in a profile of its own, in which nothing is cached; done when its HTML is parsed.
   * @param {string} url
   * @param {{ network?: Network, slowdown?: number, still?: boolean }} [options] `slowdown`: by how much the processor is
   *   slower; `still`: for a reader who wants no motion
   */
  async open(url, { network, slowdown, still = false } = {}) {
    const { browserContextId } = await this.send("Target.createBrowserContext");
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank", browserContextId, newWindow: true });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, sessionId, browserContextId);
    await page.send("Emulation.setDeviceMetricsOverride", SIZE);
    await page.send("Performance.enable", { timeDomain: "threadTicks" });
    const motion = { name: "prefers-reduced-motion", value: still ? "reduce" : "no-preference" };
    await page.send("Emulation.setEmulatedMedia", { features: [motion] });
    if (network) {
      await page.send("Network.enable");
      await page.send("Network.emulateNetworkConditions", { offline: false, ...network });
    }
    if (slowdown) await page.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.send("Page.enable");
    const parsed = this.#next("Page.domContentEventFired", sessionId);
    await page.send("Page.navigate", { url });
    await parsed;
    return page;
  }

  /**
   * Does something, and gives what the browser's threads did meanwhile.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<[T, Trace]>}
   */
  async traced(work) {
    const trace = new Trace();
    const take = (/** @type {{ method: string, params: any }} */ { method, params }) => {
      if (method === "Tracing.dataCollected") trace.add(params.value);
    };
    this.#listeners.add(take);
    await this.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: TRACED } });
    const result = await work();
    const complete = this.#next("Tracing.tracingComplete");
    await this.send("Tracing.end");
    await complete;
    this.#listeners.delete(take);
    return [result, trace];
  }

  /** @param {string} method @param {string} [session] @returns {Promise<void>} */
  #next(method, session) {
    return new Promise((resolve) => {
      const take = (/** @type {{ method: string, sessionId?: string }} */ event) => {
        if (event.method !== method || event.sessionId !== session) return;
        this.#listeners.delete(take);
        resolve();
      };
      this.#listeners.add(take);
    });
  }

  /** @param {any} message */
  #take(message) {
    if (message.id === undefined) {
      for (const listener of [...this.#listeners]) listener(message);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}

/** A page of it. */
export class Page {
  #chromium;
  #session;
  #context;

  /** @param {Chromium} chromium @param {string} session @param {string} context */
  constructor(chromium, session, context) {
    this.#chromium = chromium;
    this.#session = session;
    this.#context = context;
  }

  /** @param {string} method @param {Record<string, unknown>} [params] */
  send(method, params) {
    return this.#chromium.send(method, params, this.#session);
  }

  /**
   * Evaluates an expression in the page and gives its value, awaited.
   * @param {string} expression
   * @returns {Promise<any>}
   */
  async run(expression) {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", asked);
    if (exceptionDetails) {
      throw new Error(`In the page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Milliseconds of processor time that its main thread has used so far. */
  async task() {
    const { metrics } = await this.send("Performance.getMetrics");
    return metrics.find((/** @type {{ name: string }} */ { name }) => name === "TaskDuration").value * 1000;
  }

  /** Waits until its main thread has nothing more to do. */
  async rest() {
    const end = performance.now() + PATIENCE_MS;
    let before = await this.task();
    while (performance.now() < end) {
      await wait(LOOK_MS);
      const now = await this.task();
      if (now - before < REST_MS) return;
      before = now;
    }
    throw new Error(`The page was still busy after ${PATIENCE_MS} ms.`);
  }

  /** Frees what nothing holds any more, so that no act pays for what was before it. */
  async collectGarbage() {
    await this.send("HeapProfiler.collectGarbage");
  }

  async close() {
    await this.#chromium.send("Target.disposeBrowserContext", { browserContextId: this.#context });
  }
}

/**
 * Runs something with a browser that is closed after it.
 * @param {(chromium: Chromium) => Promise<void>} work
 */
export async function withChromium(work) {
  const chromium = new Chromium();
  await chromium.start();
  try {
    await work(chromium);
  } finally {
    await chromium.stop();
  }
}
