/**
 * Counts what a page has running and what it keeps, so that a test can say what an element leaves behind.
 *
 *     await open("page", "<main></main>", { head: COUNTING, shown: false });
 *     const before = await counted(browser);
 *     …
 *     await leaves(browser, before);
 */
import assert from "node:assert/strict";

/** Long enough for aborted requests to be told, shorter than any timer that would end by itself. */
const PATIENCE_MS = 2_000;

/** Counts what a script begins until it is ended. Runs in the page, before any other script. */
const count = () => {
  const page = /** @type {any} */ (globalThis);
  const running = { timers: 0, frames: 0, idle: 0, observers: 0, listeners: 0, streams: 0, requests: 0 };
  page.running = running;

  /** @param {"timers" | "frames" | "idle"} kind @param {string} begin @param {string} end @param {boolean} [repeats] */
  const timers = (kind, begin, end, repeats = false) => {
    const [begins, ends] = [page[begin], page[end]];
    if (!begins) return;
    /** @type {Set<number>} */
    const waiting = new Set();
    const done = (/** @type {number} */ id) => void (waiting.delete(id) && (running[kind] -= 1));
    page[begin] = (/** @type {Function} */ call, /** @type {unknown[]} */ ...rest) => {
      const id = begins((/** @type {unknown[]} */ ...args) => {
        if (!repeats) done(id);
        return call(...args);
      }, ...rest);
      waiting.add(id);
      running[kind] += 1;
      return id;
    };
    page[end] = (/** @type {number} */ id) => {
      done(id);
      ends(id);
    };
  };
  timers("timers", "setTimeout", "clearTimeout");
  timers("timers", "setInterval", "clearInterval", true);
  timers("frames", "requestAnimationFrame", "cancelAnimationFrame");
  timers("idle", "requestIdleCallback", "cancelIdleCallback");

  // One that nobody has ended ends with what it observes.
  const collected = new FinalizationRegistry((/** @type {{ isRunning: boolean }} */ state) => {
    if (state.isRunning) running.observers -= 1;
  });
  for (const name of ["IntersectionObserver", "ResizeObserver", "MutationObserver"]) {
    page[name] = class extends page[name] {
      #targets = new WeakSet();
      #count = 0;
      #state = { isRunning: false };
      constructor(/** @type {unknown[]} */ ...args) {
        super(...args);
        collected.register(this, this.#state);
      }
      #look() {
        if (this.#state.isRunning === this.#count > 0) return;
        this.#state.isRunning = this.#count > 0;
        running.observers += this.#state.isRunning ? 1 : -1;
      }
      observe(/** @type {Node} */ target, /** @type {unknown[]} */ ...rest) {
        super.observe(target, ...rest);
        if (!this.#targets.has(target)) this.#count += 1;
        this.#targets.add(target);
        this.#look();
      }
      unobserve(/** @type {Element} */ target) {
        super.unobserve(target);
        if (this.#targets.delete(target)) this.#count -= 1;
        this.#look();
      }
      disconnect() {
        super.disconnect();
        this.#targets = new WeakSet();
        this.#count = 0;
        this.#look();
      }
    };
  }

  // Those of what lives as long as the page. By a key of what makes two the same one.
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  /** @type {Map<unknown, Map<string, Map<unknown, boolean>>>} */
  const listeners = new Map();
  const options = (/** @type {any} */ given) => (typeof given === "object" && given ? given : { capture: !!given });
  const kept = (/** @type {unknown} */ target, /** @type {string} */ type, /** @type {any} */ { capture }) => {
    const key = `${type} ${!!capture}`;
    const types = listeners.get(target) ?? listeners.set(target, new Map()).get(target);
    return types?.get(key) ?? types?.set(key, new Map()).get(key) ?? new Map();
  };
  const ended = (/** @type {Map<unknown, boolean>} */ all, /** @type {unknown} */ call) => {
    if (all.delete(call)) running.listeners -= 1;
  };
  EventTarget.prototype.addEventListener = function (type, call, given) {
    const target = this ?? window;
    const { once, signal, ...rest } = options(given);
    addEventListener.call(target, type, call, given);
    if ((target !== window && target !== document) || !call || signal?.aborted) return;
    const all = kept(target, type, rest);
    if (all.has(call)) return;
    all.set(call, true);
    running.listeners += 1;
    const end = () => ended(all, call);
    if (once) addEventListener.call(target, type, end, { ...rest, once, signal });
    if (signal) addEventListener.call(signal, "abort", end, { once: true });
  };
  EventTarget.prototype.removeEventListener = function (type, call, given) {
    const target = this ?? window;
    removeEventListener.call(target, type, call, given);
    if (target === window || target === document) ended(kept(target, type, options(given)), call);
  };

  page.EventSource = class extends EventSource {
    #isOpen = true;
    constructor(/** @type {string} */ url) {
      super(url);
      running.streams += 1;
    }
    /** @override */
    close() {
      super.close();
      if (this.#isOpen) running.streams -= 1;
      this.#isOpen = false;
    }
  };

  const { fetch } = page;
  page.fetch = async (/** @type {unknown[]} */ ...args) => {
    running.requests += 1;
    try {
      return await fetch(...args);
    } finally {
      running.requests -= 1;
    }
  };

  // Not kept alive by being counted.
  /** @type {WeakRef<WebAssembly.Memory>[]} */
  const memories = [];
  page.memories = () => memories.flatMap((memory) => memory.deref()?.buffer.byteLength ?? []);
  const keep = (/** @type {WebAssembly.Instance} */ instance) => {
    const { memory } = instance.exports;
    if (memory instanceof WebAssembly.Memory) memories.push(new WeakRef(memory));
    return instance;
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  const started = (/** @type {any} */ result) => (keep(result.instance ?? result), result);
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (...args) => keep(Reflect.construct(...args)) });
  Object.assign(WebAssembly, {
    instantiate: (/** @type {any} */ ...args) => instantiate(.../** @type {[any]} */ (args)).then(started),
    instantiateStreaming: (/** @type {any} */ ...args) => instantiateStreaming(.../** @type {[any]} */ (args)).then(started),
  });
};

/** The script for a page's head. */
export const COUNTING = `<script>(${count})();</script>`;

/**
 * @typedef {object} Counted
 * @property {Record<string, number>} left what is running; in Chromium also the nodes that are kept without being in the
 *   page, and all listeners
 * @property {number} heap of JavaScript, in bytes; 0 where the engine does not tell
 * @property {number} memory of WebAssembly, in bytes
 * @property {number} instances of WebAssembly that are kept; in engines that collect no garbage on demand, all there were
 */

/**
 * What is running in the page, and what it keeps.
 * @param {import("./browser.js").Browser} browser
 * @returns {Promise<Counted>}
 */
export async function counted(browser) {
  const counters = await browser.session.counters();
  const { running, memories, shown } = await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    // What the test itself was told.
    page.heard.length = 0;
    /** How many nodes are in the page. @param {Node} node @returns {number} */
    const size = (node) => {
      const inside = [...node.childNodes, .../** @type {any} */ ([node]).map((node) => node.shadowRoot).filter(Boolean)];
      return inside.reduce((sum, child) => sum + size(child), 1);
    };
    return { running: { ...page.running }, memories: /** @type {number[]} */ (page.memories()), shown: size(document) };
  });
  const { nodes = 0, listeners, heap = 0 } = counters ?? {};
  const left = { ...running, ...(counters && { nodes: nodes - shown, "all listeners": listeners }) };
  return { left, heap, memory: Math.max(0, ...memories), instances: memories.length };
}

/**
 * Asserts that no more is left than there was before, soon.
 * @param {import("./browser.js").Browser} browser
 * @param {Counted} before
 * @param {{ nodes?: number, unended?: boolean }} [allowed] how many nodes more are kept of what was changed last; whether
 *   observers end with what they observe, which is seen only where garbage can be collected on demand
 * @returns {Promise<Counted>} what is there now
 */
export async function leaves(browser, before, { nodes = 0, unended = false } = {}) {
  const most = { ...before.left, ...("nodes" in before.left && { nodes: before.left["nodes"] + nodes }) };
  if (unended && !("nodes" in before.left)) most["observers"] = Infinity;
  const isMore = (/** @type {Counted} */ { left }) => Object.entries(left).some(([name, number]) => number > most[name]);
  const end = performance.now() + PATIENCE_MS;
  let now = await counted(browser);
  while (isMore(now) && performance.now() < end) now = await counted(browser);
  if (isMore(now)) assert.deepEqual(now.left, most);
  return now;
}
