/**
 * Getting around in a feed: addresses that lead to an entry, keys, and a button that shares one. Loaded when somebody
 * does: with an address that names something, at the first pointer or focus inside a feed, on touch screens at once.
 */
import { dress, page, share } from "./share.js";

/**
 * What a feed hands over of itself.
 * @typedef {object} Feed
 * @property {HTMLElement} element
 * @property {ShadowRoot} shadow
 * @property {AbortSignal} signal ends everything that is begun here
 * @property {(id: string) => Promise<boolean>} goTo brings the reader to an entry, if it is there; whether it is
 * @property {(id: string) => Promise<void>} seek looks for an entry on older pages, until it is there or will not be found;
 *   an empty id ends that
 * @property {(lang: string) => Promise<unknown> | undefined} words loads a language's words; none for English
 */

/** Less than that is rounding, in pixels. */
const A_HAIR = 1;
/** What scrolls, or is about to. */
const ACTS = ["wheel", "touchmove", "keydown"];
/** What has keys of its own. */
const TYPING = "input, textarea, select, audio, video, iframe, [contenteditable]";

const STYLE = `
.share { position: absolute; min-block-size: 24px; padding: 0.2em 0; border: 0; color: var(--lf-muted); font-size: 0.8125em; font-weight: 400; }
.share:hover { color: var(--lf-accent); background: none; text-decoration: underline; }
/* In wide columns it stands below the time, where nothing moves it. */
@container (inline-size >= 36em) { .item:not([data-pinned]) > .share { inset-block-start: 4.75em; inset-inline-start: 0; } }
@media (hover: hover) { .item:not(:hover, :focus-within) > .share { opacity: 0; } }
@media print { .share { display: none; } }
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** The feeds that are looked after. @type {Set<Feed>} */
const feeds = new Set();

/** The ids that the address may mean, until a feed has one of them, or the reader has gone on. @type {string[]} */
let wanted = [];

/** Whether older pages have been searched for it: a dead address costs that once. */
let isSearched = false;

/**
 * Looks after a feed.
 * @param {Feed} feed
 * @param {EventTarget} [target] what was pointed at, or took the focus, before this was there
 */
export function attend(feed, target) {
  const { element, shadow, signal } = feed;
  // This module may come later than the feed has gone, of which nobody would be told any more.
  if (signal.aborted) return;
  if (![...feeds].some((other) => other.shadow === shadow && !other.signal.aborted)) {
    if (feeds.size === 0) {
      follow();
      addEventListener("hashchange", follow);
    }
    feeds.add(feed);
    signal.addEventListener("abort", () => {
      feeds.delete(feed);
      if (feeds.size === 0) removeEventListener("hashchange", follow);
    });
    begin(feed);
    for (const type of ["loadend", "live-feed-update"]) element.addEventListener(type, seek, { signal });
    void seek();
  }
  const row = rowOf(target);
  if (row) void dress(feed, row);
}

/** @param {Feed} feed */
function begin(feed) {
  const { shadow, signal } = feed;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
  }
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets.push(sheet);
  /** @param {Event} event */
  const come = (event) => {
    const row = rowOf(event.target);
    if (row) void dress(feed, row);
  };
  shadow.addEventListener("pointerover", come, { signal });
  shadow.addEventListener("focusin", come, { signal });
  shadow.addEventListener("click", (event) => press(feed, event), { signal });
  shadow.addEventListener("keydown", (event) => step(feed, /** @type {KeyboardEvent} */ (event)), { signal });
  if (matchMedia("(hover: hover)").matches) return;
  const all = () => shadow.querySelectorAll(".item").forEach((row) => void dress(feed, row));
  const observer = new MutationObserver(all);
  observer.observe(shadow, { childList: true, subtree: true });
  signal.addEventListener("abort", () => observer.disconnect());
  all();
}

/** @param {EventTarget | null | undefined} target */
function rowOf(target) {
  return target instanceof Element ? target.closest(".item") : null;
}

// ---- The address ----

/** The address names something else now. */
function follow() {
  const raw = location.hash.slice(1);
  wanted = raw ? [raw] : [];
  try {
    wanted = raw ? [decodeURIComponent(raw), raw] : [];
  } catch {
    // "100%" is no code of anything; then it is meant as it stands.
  }
  isSearched = false;
  searching?.abort();
  void seek();
}

/** Who has begun to read is not taken away from it. */
function leave() {
  wanted = [];
}

/** Goes to the entry that the address names, in the first feed that has it. What is not there yet may still come. */
async function seek() {
  for (const id of wanted) {
    for (const { element, goTo } of inOrder()) {
      if (element.matches(":state(loading), :state(error)") || !(await goTo(id))) continue;
      wanted = [];
      return;
    }
  }
  const shown = [...feeds].filter(({ element }) => !element.matches(":state(loading)"));
  if (shown.length === 0 || wanted.length === 0) return;
  for (const type of ACTS) addEventListener(type, leave, { once: true, passive: true });
  // A feed that is still on its way may have it; and what the page itself has of that name is meant.
  if (isSearched || shown.length < feeds.size || document.querySelector(":target")) return;
  isSearched = true;
  const [id] = wanted;
  for (const feed of inOrder()) {
    const isFound = await search(feed, id);
    if (isFound) wanted = [];
    if (isFound !== false) return;
  }
}

/** Ends the search that is under way; there is one at a time. @type {AbortController | undefined} */
let searching;

/**
 * Looks for an entry on older pages, and brings the reader to it; whether it was found. Nothing where the reader has begun
 * to read something else.
 * @param {Pick<Feed, "goTo" | "seek" | "signal">} feed
 * @param {string} id
 */
export async function search({ goTo, seek, signal: leaving }, id) {
  searching?.abort();
  const search = new AbortController();
  searching = search;
  const { signal } = search;
  const end = () => search.abort();
  signal.addEventListener("abort", () => seek("").catch(() => {}));
  leaving.addEventListener("abort", end, { signal });
  for (const type of ACTS) addEventListener(type, end, { capture: true, passive: true, signal });
  try {
    await seek(id);
    return signal.aborted ? undefined : await goTo(id);
  } finally {
    end();
    // What it has listened to would be kept with it.
    if (searching === search) searching = undefined;
  }
}

/** The feeds in the order of the page; that in which modules arrive is by chance. */
function inOrder() {
  const { DOCUMENT_POSITION_FOLLOWING } = Node;
  const isBefore = (/** @type {Feed} */ a, /** @type {Feed} */ b) =>
    a.element.compareDocumentPosition(b.element) & DOCUMENT_POSITION_FOLLOWING;
  return [...feeds].sort((a, b) => (isBefore(a, b) ? -1 : 1));
}

/** Ends what is held. @type {AbortController | undefined} */
let holding;

/**
 * Brings a row to the upper end of the view and holds it there, whatever grows late above it, until the reader goes on.
 * @param {Element} row
 * @param {{mark?: boolean}} [options] `mark`: points it out
 */
export function hold(row, { mark = true } = {}) {
  holding?.abort();
  searching?.abort();
  const held = new AbortController();
  holding = held;
  const { signal } = held;
  // The row would be kept with it.
  signal.addEventListener("abort", () => holding === held && (holding = undefined));
  if (mark) {
    row.parentNode?.querySelector(".is-target")?.classList.remove("is-target");
    row.classList.add("is-target");
  }
  const top = () => row.getBoundingClientRect().top;
  let place = 0;
  /** How often something has grown. */
  let growths = 0;
  let isSettling = false;
  const put = () => {
    if (!row.isConnected) return held.abort();
    row.scrollIntoView({ block: "start", behavior: "instant" });
    place = top();
    isSettling = true;
    const before = ++growths;
    inTwoFrames(() => {
      if (before === growths) isSettling = false;
    });
  };
  for (let node = row.parentNode; node; node = around(node)) {
    if (node instanceof Element) signal.addEventListener("abort", resized(node, put));
  }

  const scrolled = () => {
    if (Math.abs(top() - place) <= A_HAIR) return;
    if (isSettling) return put();
    // The browser may have scrolled for what has grown, which is told only after that. Else the reader has.
    const before = growths;
    inTwoFrames(() => before === growths && held.abort());
  };
  addEventListener("scroll", scrolled, { capture: true, passive: true, signal });
  for (const type of [...ACTS, "pointerdown"]) {
    addEventListener(type, () => held.abort(), { capture: true, passive: true, signal });
  }
  put();
}

/** @param {Node} node */
function around(node) {
  if (node instanceof ShadowRoot) return node.host;
  return (node instanceof Element && node.assignedSlot) || node.parentNode;
}

/** @param {() => unknown} then */
function inTwoFrames(then) {
  requestAnimationFrame(() => requestAnimationFrame(then));
}

// ---- Keys ----

/**
 * The next entry or the one before, the first or the last.
 * @param {Feed} feed
 * @param {KeyboardEvent} event
 */
function step({ shadow }, event) {
  const target = /** @type {Element} */ (event.composedPath()[0]);
  const hasOther = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey;
  if (event.defaultPrevented || hasOther || target.closest(TYPING)) return;
  const rows = [...shadow.querySelectorAll(".item")];
  const at = rows.indexOf(/** @type {Element} */ (target.closest(".item")));
  // From outside of the list, to what is in view.
  const first = () => Math.max(0, rows.findIndex((row) => row.getBoundingClientRect().top >= 0));
  // Where the keyboard has no Latin letters, those that stand on its keys count.
  const key = /^[^a-z]$/i.test(event.key) ? event.code.replace("Key", "").toLowerCase() : event.key;
  /** @type {Record<string, () => number>} */
  const places = {
    j: () => (at < 0 ? first() : at + 1),
    k: () => (at < 0 ? first() : at - 1),
    Home: () => 0,
    End: () => rows.length - 1,
  };
  const row = rows[places[key]?.() ?? -1];
  const article = /** @type {HTMLElement | null | undefined} */ (row?.querySelector(".entry"));
  if (!row || !article) return;
  event.preventDefault();
  if (!article.hasAttribute("tabindex")) article.tabIndex = -1;
  article.focus({ preventScroll: true });
  hold(row, { mark: false });
}

// ---- Heights ----

/**
 * Calls back in the very frame in which an element's height has changed. Until the next one it looks away: what changes
 * by the call itself would be told to the page as an error, "ResizeObserver loop".
 * @param {Element} element
 * @param {() => void} call
 */
function resized(element, call) {
  let height = -1;
  let again = 0;
  const observer = new ResizeObserver(() => {
    if (element.clientHeight === height) return;
    call();
    height = element.clientHeight;
    observer.disconnect();
    again = requestAnimationFrame(() => observer.observe(element));
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(again);
    observer.disconnect();
  };
}

// ---- Links ----

/** @param {Feed} feed @param {Event} event */
function press(feed, event) {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest(".share");
  if (button) void share(feed, button);
  const link = /** @type {HTMLAnchorElement | null} */ (target.closest(".permalink"));
  const { button: which, ctrlKey, metaKey, shiftKey, altKey } = /** @type {MouseEvent} */ (event);
  // A new tab or window is the browser's own business.
  if (!link || event.defaultPrevented || which || ctrlKey || metaKey || shiftKey || altKey) return;
  // The address says so already, which nobody is told of; or a <base> leads somewhere else.
  if (link.hash === location.hash) follow();
  else if (link.href.split("#")[0] !== page()) location.hash = link.hash;
  else return;
  event.preventDefault();
}
