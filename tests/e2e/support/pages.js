/**
 * Pages as a partner has them: their own site with its feeds, and our files from another origin.
 *
 *     const { browser, site, cdn, reader, open } = usePages();      // at the top of a test file
 *
 *     site.feed("/feed.json", feedOf(entries(3)));
 *     await open("three", `<live-feed src="/feed.json"></live-feed>`);
 *     assert.deepEqual(await reader.all(".body"), ["Text 3.", "Text 2.", "Text 1."]);
 */
import { beforeEach } from "node:test";
import { useBrowser } from "./browser.js";
import { Reader } from "./reader.js";
import { useServer } from "./server.js";

/** Keeps every event of ours, in order, as `heard`, and what the console is told as `told`. */
const LISTEN = `<script>
  var told = [];
  for (const level of ["error", "warn"]) {
    console[level] = (...args) => void told.push(args[0] instanceof Error ? args[0].message : String(args[0]));
  }
  var heard = [];
  for (const type of ["loadstart", "load", "error", "loadend",
    "live-feed-update", "live-feed-order", "live-feed-embed", "live-feed-entry"]) {
    document.addEventListener(type, (event) => {
      if (event.target.localName === "live-feed") heard.push({ type, detail: event.detail });
    }, true);
  }
</script>`;

/**
 * The reader's clock, stopped at that moment; `advance()` moves it on.
 * @param {string} time RFC 3339
 */
export function clockAt(time) {
  return `<script>var clock = Date.parse("${time}"); Date.now = () => clock;</script>`;
}

/** Every draw is in the middle, so that waits are what they are on average. */
export const EVEN = `<script>Math.random = () => 0.5;</script>`;

/** @typedef {NonNullable<Parameters<import("./server.js").TestServer["page"]>[2]>} PageOptions */

/**
 * A browser, the partner's site, our files, and what a reader sees. Each test begins with nothing: no page, no feed,
 * nothing remembered; unless they share one page, from the first of them on.
 * @param {{ shared?: boolean }} [options]
 */
export function usePages({ shared = false } = {}) {
  const browser = useBrowser();
  const cdn = useServer();
  const site = useServer();
  const reader = new Reader(browser);

  /** The tag that a front-end team writes when our files come from elsewhere. */
  const moduleTag = () => `<script type="module" src="${cdn.url("/live-feed.js")}"></script>`;

  /**
   * Opens a page of the site, and waits until every feed in it is shown and drawn, unless `shown` is false.
   * @param {string} name
   * @param {string} body
   * @param {PageOptions & { shown?: boolean, hash?: string }} [options] `hash`: what the page's address ends with
   */
  async function open(name, body, { shown = true, hash = "", head = "", script = moduleTag(), ...options } = {}) {
    await browser.open(site.page(name, body, { ...options, head: LISTEN + head, script }) + hash);
    if (!shown) return;
    await reader.shown();
    await browser.frames();
  }

  /**
   * The events of our elements so far, without those that only say that an entry was seen.
   * @param {string} [type] only these
   * @returns {Promise<{ type: string, detail: any }[]>}
   */
  async function heard(type) {
    /** @type {{ type: string, detail: any }[]} */
    const all = await browser.run(() => /** @type {any} */ (globalThis).heard);
    return all.filter((event) => (type ? event.type === type : event.detail?.action !== "seen"));
  }

  /**
   * What the console was told by scripts: errors and warnings.
   * @returns {Promise<string[]>}
   */
  const told = () => browser.run(() => /** @type {any} */ (globalThis).told);

  /**
   * Moves a stopped clock on. What came due happens at once, as it does when a reader comes back to the page.
   * @param {number} milliseconds
   */
  async function advance(milliseconds) {
    await browser.run(async (more) => {
      /** @type {any} */ (window).clock += more;
      document.dispatchEvent(new Event("visibilitychange"));
      // A request that this has caused is at the server when a later one is answered: a test may count them.
      await fetch(location.href, { cache: "no-store" }).catch(() => {});
    }, milliseconds);
  }

  /**
   * Hides the page from its reader, or shows it again.
   * @param {boolean} hidden
   */
  async function hide(hidden) {
    await browser.run((hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);
  }

  beforeEach(async () => {
    if (shared) return;
    await browser.run(() => location.origin === "null" || localStorage.clear());
    // Or the last page's requests would count as the next one's.
    await browser.open("about:blank");
    for (const server of [site, cdn]) server.forget({ everything: true });
  });

  return { browser, cdn, site, reader, moduleTag, open, heard, told, advance, hide };
}
