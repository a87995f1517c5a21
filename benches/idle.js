/**
 * What a page costs on which nothing happens: all of 500 entries built, a request every 15 seconds that brings nothing
 * new, and a minute's worth of relative times. Then the same page hidden. `npm run bench -- idle`
 */
import { entries, feedOf } from "../tests/e2e/support/feeds.js";
import { onStage, print, promise } from "./support/stage.js";

const ENTRIES = 500;
const MINUTE_MS = 60_000;
/** One byte in so many is looked at: near enough to all of them. */
const SAMPLING_BYTES = 512;
/** All that was allocated, and not only what is still there. */
const ALL = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };

/** In the page, before all else: counts what is begun and what is called while the page is hidden, and what waits. */
const WATCH = `<script>
  var hiddenCalls = [];
  var waiting = new Map();
  var note = (what) => document.hidden && hiddenCalls.push(what);
  for (const [begin, end] of [
    ["setTimeout", "clearTimeout"], ["setInterval", "clearInterval"],
    ["requestAnimationFrame", "cancelAnimationFrame"], ["requestIdleCallback", "cancelIdleCallback"],
  ]) {
    const [begins, ends] = [window[begin], window[end]];
    window[begin] = (call, ...more) => {
      note(begin);
      const id = begins.call(window, (...args) => {
        note(begin + " called");
        if (begin !== "setInterval") waiting.delete(begin + id);
        return call(...args);
      }, ...more);
      waiting.set(begin + id, begin);
      return id;
    };
    window[end] = (id) => {
      waiting.delete(begin + id);
      ends.call(window, id);
    };
  }
  for (const name of ["fetch", "EventSource", "XMLHttpRequest", "WebSocket"]) {
    window[name] = new Proxy(window[name], {
      apply: (target, self, args) => (note(name), Reflect.apply(target, self, args)),
      construct: (target, args) => (note(name), Reflect.construct(target, args)),
    });
  }
  var memory;
  var { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...args) => {
    const made = await instantiateStreaming(...args);
    memory = Object.values(made.instance.exports).find((item) => item instanceof WebAssembly.Memory);
    return made;
  };
</script>`;

await onStage(async (stage) => {
  const { browser, server } = stage;
  const wasm = () => browser.run(() => /** @type {any} */ (globalThis).memory?.buffer.byteLength ?? 0);

  /** What the page that is open does in a minute. */
  async function minute() {
    await stage.collectGarbage();
    const [before, wasmBefore] = [await stage.metrics(), await wasm()];
    await stage.devTools("HeapProfiler.startSampling", { samplingInterval: SAMPLING_BYTES, ...ALL });
    await browser.driver.sleep(MINUTE_MS);
    const { profile } = await stage.devTools("HeapProfiler.stopSampling");
    const during = await stage.metrics();
    await stage.collectGarbage();
    const [after, wasmAfter] = [await stage.metrics(), await wasm()];
    return {
      task: during.task - before.task,
      script: during.script - before.script,
      allocated: allocated(profile.head),
      kept: after.heap - before.heap,
      wasm: wasmAfter - wasmBefore,
    };
  }

  await browser.open(server.page("empty", "<p>Nothing.</p>", { head: WATCH, script: "" }));
  const empty = await minute();

  const feed = server.feed("/feed.json", feedOf(entries(ENTRIES)));
  await browser.open(
    server.page("idle", `<live-feed src="/feed.json" storage="none"></live-feed>`, { head: WATCH }),
  );
  await browser.until(`${ENTRIES} rows`, (count) => {
    return document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item").length === count;
  }, ENTRIES);
  const asked = feed.requests;
  const idle = await minute();
  const requests = feed.requests - asked;

  await browser.driver.manage().window().minimize();
  await browser.until("the page to be hidden", () => document.hidden);
  const askedBefore = feed.requests;
  await browser.driver.sleep(MINUTE_MS);
  const [calls, waiting] = await browser.run(() => {
    const page = /** @type {any} */ (globalThis);
    return [page.hiddenCalls, [...page.waiting.values()]];
  });
  const askedHidden = feed.requests - askedBefore;

  const kilobytes = (/** @type {number} */ bytes) => (bytes / 1024).toFixed(1);
  console.log(`A minute of a page on which nothing happens, ${ENTRIES} entries shown, ${requests} requests.`);
  print(
    ["", "main thread ms", "script ms", "allocated KB", "kept KB", "WebAssembly KB"],
    [["an empty page", empty], ["the feed", idle]].map(([name, cost]) => {
      const { task, script, allocated, kept, wasm } = /** @type {typeof idle} */ (cost);
      return [String(name), task.toFixed(1), script.toFixed(1), kilobytes(allocated), kilobytes(kept), kilobytes(wasm)];
    }),
  );
  console.log(`Hidden for a minute: ${askedHidden} requests; begun or called: ${tell(calls)}; waiting: ${tell(waiting)}.`);
  promise(askedHidden === 0 && calls.length === 0 && waiting.length === 0, "a hidden page: no request, no timer");
  promise(idle.wasm === 0, "the WebAssembly's memory does not grow");
});

/** @param {{ selfSize: number, children: any[] }} node @returns {number} */
function allocated({ selfSize, children }) {
  return children.reduce((sum, child) => sum + allocated(child), selfSize);
}

/** @param {string[]} names */
function tell(names) {
  return names.length === 0 ? "nothing" : names.join(", ");
}
