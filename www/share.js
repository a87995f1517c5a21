/** The button that shares an entry: its address, by the device's own ways or by the clipboard. */

/** @typedef {import("./around.js").Feed} Feed */

/** What it says, as long as the feed's language says nothing else. */
export const ENGLISH = { copy_link: "Copy link", share: "Share", link_copied: "Link copied" };

/** How long a button tells what it has done: long enough to be read, in milliseconds. */
const TOLD_MS = 3000;

/** The page's own address, without what it ends with. */
export const page = () => location.href.split("#")[0];

/** The rows whose button is on its way or there. @type {WeakMap<Element, Promise<HTMLElement>>} */
const buttons = new WeakMap();

/**
 * Gives a row the button that shares its entry.
 * @param {Feed} feed
 * @param {Element} row
 */
export function dress(feed, row) {
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
export async function share(feed, button) {
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
