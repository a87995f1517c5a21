/**
 * Embeds of known services: a card that asks nobody for anything, and the player that takes its place when the reader
 * asks for it. Loaded when an entry comes into being that may hold one; without it a card is a link.
 */
import { recognise } from "./services.js";

/** @typedef {import("./services.js").Player} Player */
/** @typedef {(lang: string) => Promise<unknown> | undefined} Words loads a language's words; none for English */

/** What it says, as long as the feed's language says nothing else. */
export const ENGLISH = {
  video: "Video",
  audio: "Audio",
  post: "Post",
  media: "Media",
  show_video: "Show the video from {provider}",
  show_post: "Show the post from {provider}",
  show_embed: "Show the content from {provider}",
  open_on: "Open on {provider}",
  always_show: "Always show content from {provider}",
};

/** How long after a click a policy may forbid its frame, in milliseconds: a player's host may lead on to another. */
const BLOCKED_MS = 10_000;

/** The rights of a player's frame; without its own origin hardly any would play. */
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
const ALLOW = "autoplay; fullscreen; picture-in-picture; encrypted-media";

/** What is always shown is remembered under this and the provider's name. */
const ALWAYS = "live-feed:always:";

/**
 * Makes cards of the embeds in an entry's row, and offers their players.
 * @param {HTMLElement} row
 * @param {Words} words
 */
export async function dress(row, words) {
  const root = row.getRootNode();
  const host = root instanceof ShadowRoot ? root.host : undefined;
  const lang = row.closest(".feed")?.getAttribute("lang") ?? "";
  const said = { ...ENGLISH, .../** @type {object} */ (await Promise.resolve(words(lang)).catch(() => {})) };
  const at = { row, host, words: said, frames: host?.getAttribute("frames") ?? "" };
  for (const card of row.querySelectorAll(".entry > .embed, :scope > .embed")) offer(card, at, true);
  for (const [place, url] of found(row)) {
    const player = recognise(url, at.frames);
    if (player && mayFrame(player)) offer(wrap(place, url), at, false);
  }
}

/** @typedef {{ row: HTMLElement, host: Element | undefined, words: typeof ENGLISH, frames: string }} Place */

/**
 * What stands for an embed in a feed's HTML and among its attachments, and whose address: a link in the place of a frame,
 * a quotation that names its post or ends in a link to it, a link to a page with a player.
 * @param {Element} row
 * @returns {[Element, string][]}
 */
function found(row) {
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (row.querySelectorAll('.body a[type="frame"], .attachments > li > a'));
  const quotes = /** @type {NodeListOf<HTMLQuoteElement>} */ (row.querySelectorAll(".body blockquote"));
  /** @type {[Element, string][]} */
  const all = Array.from(links, (link) => [link, link.href]);
  for (const quote of quotes) {
    const last = [...quote.querySelectorAll("a")].at(-1)?.href ?? "";
    // A quotation may stand around a frame.
    if (quote.querySelector('a[type="frame"]')) continue;
    all.push([quote, recognise(quote.cite)?.frame ? quote.cite : last]);
  }
  return all.filter(([place]) => !place.closest(".embed"));
}

/**
 * Puts a card around what stands for an embed. @param {Element} place @param {string} url
 */
function wrap(place, url) {
  const card = make("div", "embed");
  const actions = document.createElement("div");
  actions.className = "embed-actions";
  actions.append(make("a", "embed-link", { href: url, rel: "noopener" }));
  const name = place.textContent?.trim() ?? "";
  // A paragraph that holds nothing else is no longer one.
  const parent = place.parentElement;
  const alone = parent?.localName === "p" && parent.textContent?.trim() === name && !parent.querySelector("img");
  (alone ? parent : place).replaceWith(card);
  card.append(make("p", "embed-provider"));
  if (place.localName === "blockquote") card.append(place);
  else if (name && !URL.canParse(name)) card.append(Object.assign(make("p", "embed-title"), { textContent: name }));
  card.append(actions);
  return card;
}

/**
 * Tells on a card whose it is, and offers the player where there is one.
 * @param {Element} card
 * @param {Place} at
 * @param {boolean} named whether the entry is called after it, where it has no other name
 */
function offer(card, at, named) {
  const { row, words } = at;
  const link = /** @type {HTMLAnchorElement | null} */ (card.querySelector(".embed-link"));
  if (!link) return;
  const player = recognise(link.href, at.frames);
  if (!player) return;
  const { provider, noun } = player;
  const label = card.querySelector(".embed-provider");
  const title = card.querySelector(".embed-title")?.textContent ?? "";
  const name = named && row.querySelector(".heading .visually-hidden");
  const kind = { video: words.video, audio: words.audio, post: words.post, chart: words.media, map: words.media }[noun];
  if (name) name.textContent = title ? `${kind}: ${title}` : kind;
  const fillIn = (/** @type {string} */ text) => text.replace("{provider}", () => provider);
  if (label) label.textContent = provider;
  link.textContent = fillIn(words.open_on);
  if (!mayFrame(player) || card.querySelector(".embed-button")) return;
  const show = { video: words.show_video, post: words.show_post }[String(noun)] ?? words.show_embed;
  const button = make("button", "embed-button", { type: "button" });
  button.textContent = fillIn(show);
  const ask = (/** @type {boolean} */ always) => {
    const detail = { id: row.dataset.id, url: link.href };
    const tell = (/** @type {string} */ type, /** @type {object} */ what, cancelable = false) =>
      at.host?.dispatchEvent(new CustomEvent(type, { detail: what, bubbles: true, composed: true, cancelable })) ?? true;
    if (!tell("live-feed-embed", detail, true)) return;
    play(card, link.href, title, { always, host: at.host, words, frames: at.frames });
    if (!always) tell("live-feed-entry", { id: detail.id, action: "opened" });
  };
  button.addEventListener("click", () => ask(false));
  link.before(button);
  if (remembered(at.host, provider)) ask(true);
}

/**
 * Puts the player in the place of the card, and the focus into it.
 * @param {Element} card
 * @param {string} url
 * @param {string} title what is in it; the provider's name where the feed does not say
 * @param {{ always?: boolean, host?: Element, words?: typeof ENGLISH, frames?: string }} [how] `always`: nobody has
 *   clicked, so it waits until it is near, does not begin to play, and takes no focus
 */
export function play(card, url, title, { always = false, host, words = ENGLISH, frames } = {}) {
  const player = recognise(url, frames);
  if (!player || !mayFrame(player)) return;
  const address = player.frame ?? "";
  const attributes = {
    title: title || player.provider,
    sandbox: SANDBOX,
    allow: ALLOW,
    // YouTube plays nothing for a page that does not name its origin.
    referrerpolicy: "strict-origin-when-cross-origin",
    ...(always && { loading: "lazy" }),
    src: always ? address.replace(/([?&])autoplay=1&?/, "$1") : address,
  };
  const frame = make("iframe", "embed-player", attributes);
  frame.style.setProperty(...player.size);
  const shown = [...card.childNodes];
  const until = { signal: AbortSignal.timeout(BLOCKED_MS) };
  const blocked = (/** @type {SecurityPolicyViolationEvent} */ { effectiveDirective, blockedURI }) => {
    if (!/^(frame|child)-src$/.test(effectiveDirective) || !blockedURI.startsWith(new URL(address).origin)) return;
    card.classList.remove("is-playing");
    card.replaceChildren(...shown);
    card.querySelector(".embed-button")?.remove();
    if (!always) /** @type {HTMLElement | null} */ (card.querySelector(".embed-link"))?.focus();
  };
  // Where the page's policy forbids the frame, the card comes back, with its link alone.
  document.addEventListener("securitypolicyviolation", blocked, until);
  card.classList.add("is-playing");
  card.replaceChildren(frame, ...choice(player, host, words));
  if (!always) frame.focus();
}

/** Whether all of a provider's players shall be shown from now on, where that may be remembered. */
function choice(/** @type {Player} */ { provider }, /** @type {Element | undefined} */ host, /** @type {typeof ENGLISH} */ words) {
  if (!host || remembered(host, provider) === undefined) return [];
  const label = make("label", "embed-always");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: remembered(host, provider) });
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.setItem(ALWAYS + provider, "1");
      else localStorage.removeItem(ALWAYS + provider);
    } catch {
      // It is shown this time all the same.
    }
  });
  label.append(box, ` ${words.always_show.replace("{provider}", () => provider)}`);
  return [label];
}

/** Whether that provider is always shown; nothing where it can't be remembered. */
function remembered(/** @type {Element | undefined} */ host, /** @type {string} */ provider) {
  if (!host || host.getAttribute("storage") === "none") return undefined;
  try {
    return localStorage.getItem(ALWAYS + provider) !== null;
  } catch {
    return undefined;
  }
}

/** Never one of the page's own origin: a frame of that could take off its own sandbox. @param {Player} player */
function mayFrame({ frame }) {
  return frame !== undefined && new URL(frame).origin !== location.origin;
}

/**
 * @param {string} element
 * @param {string} name its class and its part
 * @param {Record<string, string>} [attributes]
 */
function make(element, name, attributes = {}) {
  const made = document.createElement(element);
  for (const [attribute, value] of Object.entries({ class: name, part: name, ...attributes })) {
    made.setAttribute(attribute, value);
  }
  return made;
}
