/**
 * The line that stands below a feed which the core could not go on with, in the reader's language as far as it has a file.
 */
/** What is said where there is no other language. */
const ENGLISH = { failed: "The updates could not be loaded.", retry: "Retry" };

/**
 * Says so, until the reader tries again. What is shown above it stays.
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
}
