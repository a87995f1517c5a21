/**
 * What is loaded: the core at once, everything else on demand.
 */
import { begin } from "../pkg/livefeed.js";
import { jsonOf } from "./json-of.js";
import { idle } from "./page.js";
import { parser } from "./parser.js";

/** @typedef {[WebAssembly.Module, import("../pkg/rest.js").Asked]} Rest */

/**
 * An instance of the core. `told` hears `lost`, with its error, when it can't go on, and `late` when the rest of it can't
 * be had; `alone` is one feed's own, `gone` what was lost.
 * @typedef {object} Core
 * @property {ReturnType<typeof begin>["Widget"]} Widget
 * @property {EventTarget} told
 * @property {boolean} alone
 * @property {boolean} gone
 * @property {boolean} whole
 * @property {Promise<void>} rest
 */

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

/** Its two files, beside this module: what shows a feed, and what keeps it up to date from then on. */
const FIRST = { file: "live-feed.wasm", url: () => new URL("./live-feed.wasm", import.meta.url), integrity: WASM_INTEGRITY };
const REST = { file: "live-feed-rest.wasm", url: () => new URL("./live-feed-rest.wasm", import.meta.url), integrity: REST_INTEGRITY };

/** The first half compiled. @type {Promise<WebAssembly.Module> | undefined} */
let loading;

/** The rest, with what it asks of the page: promised, and there. @type {Promise<Rest> | undefined} */
let awaited;
/** @type {Rest | undefined} */
let rest;

/** Has the rest asked for at once, where it could not be had. @type {() => void} */
export let hurry = () => {};

/** The instances: one that all feeds share, under an empty name, or one for each feed. @type {Map<string, Core>} */
const cores = new Map();

/** Set when the shared one is lost. From then on no feed can take another one with it. */
let apart = false;

/** How long a feed may take in all; the core gives its own requests as long. */
const PATIENCE_MS = 25_000;

/** How long the rest may wait for an idle moment. */
const LEISURE_MS = 1_000;

/** How long until the rest is asked for again, the first time and at most; half of it by chance. */
const [AGAIN_MS, AGAIN_AT_MOST_MS] = [10_000, 300_000];

/** Requests that were sent before the core was there, by URL and format. @type {Map<string, Promise<Response>>} */
const requests = new Map();

/**
 * An instance of the core, which is loaded once a page. Its first half can show a feed; it is whole when `rest` is kept.
 * @param {string} feed which one it is, where each has its own
 * @returns {Promise<Core>}
 */
export async function loadCore(feed) {
  try {
    const module = await (loading ??= compile(FIRST));
    const name = apart ? feed : "";
    return cores.get(name) ?? instance(module, name);
  } catch (error) {
    // The next element, or the next page of an application, may have more luck.
    loading = undefined;
    throw remedy(error);
  }
}

/** @param {WebAssembly.Module} module @param {string} name @returns {Core} */
function instance(module, name) {
  const told = new EventTarget();
  const give = (/** @type {unknown} */ error) => {
    core.gone = true;
    cores.delete(name);
    const tell = () => told.dispatchEvent(new CustomEvent("lost", { detail: error }));
    if (core.whole) {
      console.error("<live-feed> the core has failed, and is begun anew", error);
      apart = true;
      // Not in the middle of whatever called it.
      setTimeout(tell);
    } else {
      // What the first half does not know: the whole core begins anew with it, which costs time. A developer sees the mark.
      performance.mark("live-feed-anew");
      core.rest.then(tell);
    }
    return core.whole;
  };
  const { Widget, join } = begin(module, give);
  /** @type {Core} */
  const core = { Widget, told, alone: apart, whole: false, gone: false, rest: Promise.resolve() };
  cores.set(name, core);
  const complete = (/** @type {Rest} */ rest) => {
    join(...rest);
    core.whole = true;
    requests.clear();
  };
  if (rest) complete(rest);
  else core.rest = (awaited ??= leisure().then(loadRest)).then(complete);
  return core;
}

/** Kept when the page has nothing better to do: first of all, what can be shown is shown. */
function leisure() {
  return new Promise((resolve) => idle(() => resolve(undefined), LEISURE_MS));
}

/** The rest, for as long as it takes: what is shown meanwhile is whole, and only gets older. */
async function loadRest() {
  for (let wait = AGAIN_MS; ; wait = Math.min(2 * wait, AGAIN_AT_MOST_MS)) {
    try {
      const [module, { asked }] = await Promise.all([compile(REST), import("./rest.js")]);
      rest = [module, asked];
      return rest;
    } catch (error) {
      for (const { told } of cores.values()) told.dispatchEvent(new CustomEvent("late", { detail: error }));
      await new Promise((done) => {
        hurry = () => done(undefined);
        setTimeout(done, wait * (0.5 + Math.random() / 2));
      });
    }
  }
}

/** @param {typeof FIRST} half */
async function compile(half) {
  if (!globalThis.WebAssembly) throw new Error("this browser has no WebAssembly, or it is switched off");
  const response = await fetchHalf(half);
  // While it is still arriving, which the browser does only where the host serves it with its own type.
  const streams = response.headers.get("content-type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** @param {typeof FIRST} half */
async function fetchHalf({ file, url: beside, integrity }) {
  // Beside this module, unless the page says otherwise: `<meta name="live-feed-wasm" content="…">`.
  const given = document.querySelector('meta[name="live-feed-wasm"]')?.getAttribute("content");
  const first = given ? new URL(given, document.baseURI) : undefined;
  const url = !first ? beside().href : file === FIRST.file ? first.href : new URL(file, first).href;
  const response = await fetch(url, { integrity }).catch((error) => {
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
 * Sends a feed's first request while the core is still loading; elements with the same feed share it.
 * @param {string} url
 * @param {string | null} format
 * @returns {Promise<Response> | undefined}
 */
export function askFor(url, format) {
  if (rest) return undefined;
  const key = `${url}\n${format ?? ""}`;
  let request = requests.get(key);
  if (!request) {
    request = ask(url);
    // The core hears of a failure; the browser need not complain of it before.
    request.catch(() => {});
    requests.set(key, request);
  }
  return request;
}

/** Whatever the page has made of `fetch`: a promise. @param {string} url */
async function ask(url) {
  return await fetch(url, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE_MS) });
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
   * All that a view needs besides; what can't be had is missing. With the players, where there is something to play.
   * @param {string} lang
   * @param {boolean} players
   */
  async prepare(lang, players) {
    const [words, parse] = await Promise.all([
      perhaps(hooks.words(lang)),
      // For browsers that have no sanitizer of their own.
      perhaps(parser(() => import("./purifier.js"))),
      players && perhaps(import("./players.js")),
    ]);
    return { words, parse };
  },

  /**
   * A document of another format as JSON Feed; nothing where no format is named and none recognises it.
   * @param {string | undefined} name
   * @param {unknown} json
   * @param {string} url
   */
  convert(name, json, url) {
    if (name === "json-feed" || (!name && !isLinkedData(json))) return undefined;
    return convert(name ?? "live-blog-posting", json, url);
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

/**
 * @param {string} name
 * @param {unknown} json
 * @param {string} url
 */
async function convert(name, json, url) {
  // Not what every object has: "constructor" is no format.
  if (!Object.hasOwn(FORMATS, name)) throw new Error(`known formats are json-feed, ${Object.keys(FORMATS).join(", ")}`);
  return (await FORMATS[name]()).convert(json, { url, now: Date.now() });
}

/** @param {unknown} json */
function isLinkedData(json) {
  const first = Array.isArray(json) ? json[0] : json;
  return typeof first === "object" && first !== null && "@context" in first;
}
