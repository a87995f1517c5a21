/**
 * What a reader sees of a core that was lost: where it goes on, that they still read what they read; where it can't, a line
 * below the feed, in their language as far as it has a file.
 */
/** What is said where there is no other language. */
const ENGLISH = { failed: "The updates could not be loaded.", retry: "Retry" };

/** For how long rows are brought back: as they come into view, they take their true height for an estimated one. */
const FRAMES = 5;

/**
 * Says so, until the reader tries again. What is shown above it stays. Gives what takes the line away.
 * @param {HTMLElement} element
 * @param {ShadowRoot} shadow
 * @param {(lang: string) => Promise<unknown> | undefined} words
 * @param {() => void} again
 */
export async function say(element, shadow, words, again) {
  const lang = element.closest("[lang]")?.getAttribute("lang") ?? "";
  const theirs = await words(lang)?.catch(() => undefined);
  const { failed, retry } = { ...ENGLISH, .../** @type {Partial<typeof ENGLISH>} */ (theirs) };
  shadow.querySelector("[data-lost]")?.remove();
  const line = document.createElement("p");
  line.className = "failure";
  line.dataset.lost = "";
  line.part = "error";
  line.role = "alert";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "retry";
  button.part = "retry-button";
  button.textContent = retry;
  button.addEventListener("click", () => {
    line.remove();
    again();
  });
  line.append(failed, " ", button);
  shadow.append(line);
  return () => line.remove();
}

/**
 * Keeps the reader's place when a fresh core builds the list anew.
 * @param {HTMLElement} element
 * @param {ShadowRoot} shadow
 */
export function keep(element, shadow) {
  const top = (/** @type {Element | undefined} */ row) => row?.getBoundingClientRect().top ?? 0;
  const rows = () => [.../** @type {NodeListOf<HTMLElement>} */ (shadow.querySelectorAll(".item"))];
  const read = rows().find((row) => row.getBoundingClientRect().bottom > 0);
  // At the list's beginning nothing above can push it away.
  if (!read || top(rows()[0]) >= 0) return;
  const was = top(read);
  let frames = FRAMES;
  const restore = () => {
    const row = rows().find((row) => row.dataset.id === read.dataset.id);
    if (row) scrollBy({ top: top(row) - was, behavior: "instant" });
    frames -= 1;
    if (frames > 0) requestAnimationFrame(restore);
  };
  element.addEventListener("load", restore, { once: true });
}
