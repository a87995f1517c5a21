/**
 * What is loaded: the core at once, everything else on demand.
 */
import { attach, initSync, Widget, __wbg_reset_state as reset } from "../pkg/livefeed.js";
import { jsonOf } from "./json-of.js";

/** The languages that have a file of words; English is built in. */
const LANGUAGES = ["ar", "de", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh"];

/**
 * A format module: it turns a document into JSON Feed, or throws a sentence where it can't. What is no JSON is text.
 * @typedef {{convert: (input: unknown, options: {url?: string, now?: number}) => object}} Format
 */

/** Formats other than JSON Feed. @type {Record<string, () => Promise<Format>>} */
const FORMATS = {
  "live-blog-posting": () => import("./formats/live-blog-posting.js"),
  "automattic-liveblog": () => import("./formats/automattic-liveblog.js"),
  "superdesk-live-blog": () => import("./formats/superdesk-live-blog.js"),
  "guardian-blocks": () => import("./formats/guardian-blocks.js"),
  rss: () => import("./formats/rss.js"),
  atom: () => import("./formats/atom.js"),
};

/** Compiles the core and starts its first instance. @type {Promise<void> | undefined} */
let loading;

/**
 * Dispatches `lost` after the core has failed and a fresh instance has been started. The event's detail is what was thrown,
 * and the URL of the feed that has failed more than once.
 * @type {EventTarget}
 */
export const core = new EventTarget();

/** How often the core has failed while it worked for a feed, by the feed's URL. @type {Map<string, number>} */
const failures = new Map();

/** What is thrown here ends the instance that is in use. @type {((error: unknown) => void) | undefined} */
let fail;

/** How long a feed may take in all; the core gives its own requests as long. */
const PATIENCE_MS = 25_000;

/**
 * A request that was sent before the core was there, and how many elements want its response.
 * @typedef {{response: Promise<Response> | undefined, wanted: number, abort: () => void}} Request
 */

/** These requests, by URL and format, as long as they are wanted. @type {Map<string, Request>} */
const requests = new Map();

/**
 * The core's class of elements, which is loaded once a page.
 * @returns {Promise<typeof Widget>}
 */
export async function loadCore() {
  try {
    await (loading ??= compile().then(start));
    return Widget;
  } catch (error) {
    // The next element, or the next page of an application, may have more luck.
    loading = undefined;
    throw remedy(error);
  }
}

/** @param {WebAssembly.Module} [module] none for a fresh instance of the same one */
function start(module) {
  if (module) initSync({ module });
  else reset();
  let failed = false;
  let worksFor = "";
  /** What ends what the browser does for this instance. @type {Set<() => void>} */
  const endings = new Set();
  const mine = (/** @type {unknown} */ error) => {
    if (failed) return;
    failed = true;
    const times = (failures.get(worksFor) ?? 0) + 1;
    failures.set(worksFor, times);
    console.error("<live-feed> the core has failed, and is begun anew", error);
    // Not in the middle of whatever called it.
    setTimeout(() => {
      for (const end of endings) end();
      start();
      core.dispatchEvent(new CustomEvent("lost", { detail: { error, url: times > 1 ? worksFor : undefined } }));
    });
  };
  fail = mine;
  attach({
    workFor: (/** @type {string} */ url) => void (worksFor = url),
    keep: (/** @type {() => void} */ end) => void endings.add(end),
    forget: (/** @type {() => void} */ end) => void endings.delete(end),
    // What a failed instance has left behind does nothing.
    guard: (/** @type {Function} */ callback) => (/** @type {unknown[]} */ ...args) =>
      failed ? undefined : enter(() => callback(...args)),
    settle: (/** @type {unknown} */ promise) =>
      new Promise((resolve, reject) => {
        Promise.resolve(promise).then(
          (value) => failed || resolve(value),
          (error) => failed || reject(error),
        );
      }),
    enter,
  });
}

/**
 * Calls into the core. It answers with errors, and throws none: what is thrown has left it in the middle of its work.
 * @template T
 * @param {() => T} call
 * @returns {T}
 */
export function enter(call) {
  const mine = fail;
  try {
    return call();
  } catch (error) {
    mine?.(error);
    throw error;
  }
}

async function compile() {
  if (!globalThis.WebAssembly) throw new Error("this browser has no WebAssembly, or it is switched off");
  const response = await fetchCore();
  // While it is still arriving, which the browser does only where the host serves it with its own type.
  const streams = response.headers.get("content-type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

async function fetchCore() {
  // Beside this module, unless the page says otherwise: `<meta name="live-feed-wasm" content="…">`.
  const given = document.querySelector('meta[name="live-feed-wasm"]')?.getAttribute("content");
  const url = given ? new URL(given, document.baseURI).href : new URL("./live-feed.wasm", import.meta.url).href;
  const response = await fetch(url, { integrity: WASM_INTEGRITY }).catch((error) => {
    throw new Error(`${url} could not be loaded, or is not the file that belongs to live-feed.js ${VERSION}`, {
      cause: error,
    });
  });
  if (!response.ok) throw new Error(`${url} answered with HTTP status ${response.status}`);
  return response;
}

/** Names what to do about a core that can't be compiled. @param {unknown} error */
function remedy(error) {
  if (globalThis.WebAssembly && error instanceof WebAssembly.CompileError || /Content Security Policy|unsafe-eval/i.test(String(error))) {
    return new Error(
      "WebAssembly is blocked by this page's Content-Security-Policy: add 'wasm-unsafe-eval' to its script-src",
      { cause: error },
    );
  }
  return error;
}

/**
 * Sends a feed's first request while the core is still loading; elements with the same feed share it. With the last of
 * these that leaves it is aborted, or the browser would keep the next request for that URL waiting for it.
 * @param {string} url
 * @param {string | null} format
 * @param {AbortSignal} signal ends with the element's wish for it
 * @returns {Promise<Response> | undefined}
 */
export function askFor(url, format, signal) {
  const key = `${url}\n${format ?? ""}`;
  const request = requests.get(key) ?? (fail ? undefined : ask(key, url));
  if (!request) return undefined;
  request.wanted += 1;
  signal.addEventListener("abort", () => {
    request.wanted -= 1;
    if (request.wanted === 0) request.abort();
  });
  return request.response;
}

/** @param {string} key @param {string} url @returns {Request} */
function ask(key, url) {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const abort = () => {
    requests.delete(key);
    controller.abort();
  };
  /** @type {Request} */
  const request = { response: send(url, signal), wanted: 0, abort };
  // The core hears of a failure; the browser need not complain of it before. Nor is the response kept.
  const end = () => void (request.response = undefined);
  request.response?.then(end, end);
  requests.set(key, request);
  return request;
}

/** Whatever the page has made of `fetch`: a promise. @param {string} url @param {AbortSignal} signal */
async function send(url, signal) {
  return await fetch(url, { cache: "no-cache", signal });
}

/** Languages' words, each asked for once for all feeds of the page. @type {Map<string, Promise<unknown>>} */
const words = new Map();

/**
 * Does something with the module that helps the reader around; where it can't be loaded, links are still links.
 * @param {(module: typeof import("./around.js")) => unknown} work
 */
export const around = (work) => import("./around.js").then(work).catch(() => {});

/** Puts a link in the place of what could not be loaded. @param {Event} event */
export const missing = ({ target }) => void import("./missing.js").then(({ link }) => link(target)).catch(() => {});

/** What the core asks for. */
export const hooks = {
  /** Holds a row where the reader was brought to it. @param {Element} row */
  hold: (row) => around(({ hold }) => hold(row)),


  /** Other services and their players; where these can't be loaded, a card stays a link. */
  players: {
    /** @param {HTMLElement} row */
    dress(row) {
      if (!row.querySelector(".embed, .attachments, .body :is(blockquote, a[type])")) return;
      void import("./players.js").then(({ dress }) => dress(row, hooks.words)).catch(() => {});
    },
  },

  /**
   * All that a view needs besides; what can't be had is missing. With the players, where there is something to play, and
   * with the purifier, where the browser has no sanitizer.
   * @param {string} lang
   * @param {boolean} players
   * @param {boolean} purifier
   */
  async prepare(lang, players, purifier) {
    const [words, module] = await Promise.all([
      perhaps(hooks.words(lang)),
      perhaps(purifier ? import("./purifier.js") : undefined),
      players && perhaps(import("./players.js")),
    ]);
    return { words, purify: module?.purify };
  },

  /**
   * A document of another format as JSON Feed; nothing where no format is named and none recognises it.
   * @param {string | undefined} name
   * @param {string} text
   * @param {string} url
   */
  convert(name, text, url) {
    const document = parsed(text);
    if (!name && !isLinkedData(document)) return undefined;
    return convert(name ?? "live-blog-posting", document, url);
  },

  /**
   * A language's words; nothing for English and for languages that have none.
   * @param {string} lang
   */
  words(lang) {
    const language = lang.toLowerCase().split("-")[0];
    if (!LANGUAGES.includes(language)) return undefined;
    let read = words.get(language);
    if (!read) {
      read = jsonOf(new URL(`./words/${language}.json`, import.meta.url));
      words.set(language, read);
      // The next feed may have more luck.
      read.catch(() => words.delete(language));
    }
    return read;
  },
};

/** What is promised; nothing where the promise is broken. @template T @param {Promise<T> | undefined} promise */
async function perhaps(promise) {
  return promise?.catch(() => undefined);
}

/** Formats of XML take their text. @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param {string} name
 * @param {unknown} document
 * @param {string} url
 */
async function convert(name, document, url) {
  // Not what every object has: "constructor" is no format.
  if (!Object.hasOwn(FORMATS, name)) throw new Error(`known formats are json-feed, ${Object.keys(FORMATS).join(", ")}`);
  return JSON.stringify((await FORMATS[name]()).convert(document, { url, now: Date.now() }));
}

/** @param {unknown} json */
function isLinkedData(json) {
  const first = Array.isArray(json) ? json[0] : json;
  return typeof first === "object" && first !== null && "@context" in first;
}
