/**
 * Getting around in a feed: addresses that lead to an entry, keys, and a button that shares one. Loaded when somebody
 * does: with an address that names something, at the first pointer or focus inside a feed, on touch screens at once.
 */
import { resized } from "./page.js";

/** What it says, as long as the feed's language says nothing else. */
export const ENGLISH = { copy_link: "Copy link", share: "Share", link_copied: "Link copied" };

/**
 * What a feed hands over of itself.
 * @typedef {object} Feed
 * @property {HTMLElement & {goTo: (id: string) => Promise<boolean>}} element
 * @property {ShadowRoot} shadow
 * @property {AbortSignal} signal ends everything that is begun here
 * @property {(lang: string) => Promise<unknown> | undefined} words loads a language's words; none for English
 */

/** How long a button tells what it has done: long enough to be read, in milliseconds. */
const TOLD_MS = 3000;
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

/**
 * Looks after a feed.
 * @param {Feed} feed
 * @param {EventTarget} [target] what was pointed at, or took the focus, before this was there
 */
export function attend(feed, target) {
  const { element, shadow, signal } = feed;
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
    for (const type of ["load", "live-feed-update"]) element.addEventListener(type, seek, { signal });
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
  void seek();
}

/** Goes to the entry that the address names, in the first feed that has it. What is not there yet may still come. */
async function seek() {
  for (const id of wanted) {
    for (const { element } of inOrder()) {
      if (element.matches(":state(loading), :state(error)") || !(await element.goTo(id))) continue;
      wanted = [];
      return;
    }
  }
  // Who has begun to read is not taken away from it.
  const leave = () => void (wanted = []);
  const isShown = [...feeds].some(({ element }) => !element.matches(":state(loading)"));
  if (isShown && wanted.length > 0) for (const type of ACTS) addEventListener(type, leave, { once: true, passive: true });
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
  const held = new AbortController();
  holding = held;
  const { signal } = held;
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

// ---- Links ----

/** The page's own address, without what it ends with. */
const page = () => location.href.split("#")[0];

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

/** The rows whose button is on its way or there. @type {WeakMap<Element, Promise<HTMLElement>>} */
const buttons = new WeakMap();

/**
 * Gives a row the button that shares its entry.
 * @param {Feed} feed
 * @param {Element} row
 */
function dress(feed, row) {
  let button = buttons.get(row);
  if (!button) {
    button = read(feed).then((words) => {
      const made = Object.assign(document.createElement("button"), { type: "button", className: "share" });
      made.part.add("share-button");
      made.textContent = "share" in navigator ? words.share : words.copy_link;
      row.append(made);
      return made;
    });
    buttons.set(row, button);
  }
  return button;
}

/** @param {Feed} feed @returns {Promise<typeof ENGLISH>} */
async function read({ shadow, words }) {
  const lang = shadow.querySelector(".feed")?.getAttribute("lang") ?? "";
  return { ...ENGLISH, .../** @type {object} */ (await Promise.resolve(words(lang)).catch(() => {})) };
}

/** @param {Feed} feed @param {Element} button */
async function share(feed, button) {
  const row = /** @type {HTMLElement} */ (button.closest(".item"));
  const id = row.dataset.id ?? "";
  const url = `${page()}#${encodeURIComponent(id)}`;
  const title = row.querySelector(".entry-title")?.textContent ?? document.title;
  const offered = await offer({ url, title });
  if (offered === undefined) return;
  if (!offered) {
    if (!(await copy(url))) return;
    const text = button.textContent;
    const { link_copied: told } = await read(feed);
    if (text === told) return;
    say(feed.element, button, told);
    setTimeout(() => {
      button.textContent = text;
    }, TOLD_MS);
  }
  const detail = { id, action: "shared" };
  feed.element.dispatchEvent(new CustomEvent("live-feed-entry", { detail, bubbles: true, composed: true }));
}

/**
 * Hands it to the device's own list of ways to share: whether that is there; nothing where the reader thought better.
 * @param {ShareData} data
 */
async function offer(data) {
  if (!("share" in navigator)) return false;
  return navigator.share(data).then(
    () => true,
    (error) => (error.name === "AbortError" ? undefined : false),
  );
}

/** @param {string} text */
function copy(text) {
  // Only pages that came safely have a clipboard.
  return (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error("no clipboard"))).then(
    () => true,
    () => {
      const put = (/** @type {ClipboardEvent} */ event) => {
        event.clipboardData?.setData("text/plain", text);
        event.preventDefault();
      };
      document.addEventListener("copy", put);
      const done = document.execCommand("copy");
      document.removeEventListener("copy", put);
      return done;
    },
  );
}

/**
 * Tells it in the button's place, and those who don't see it.
 * @param {HTMLElement} element
 * @param {Element} button
 * @param {string} text
 */
function say(element, button, text) {
  button.textContent = text;
  const notifier = /** @type {{ariaNotify?: (text: string) => void}} */ (/** @type {unknown} */ (element));
  if (notifier.ariaNotify) notifier.ariaNotify(text);
  else {
    const line = document.querySelector("body > [role=status]");
    if (line) line.textContent = text;
  }
}
