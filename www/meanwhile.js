/**
 * A feed that is shown while the rest of the core is still on its way. What the reader and the page do to it is done when
 * that is there.
 */
import { hooks, hurry } from "./load.js";

/** @typedef {import("../pkg/livefeed.js").Widget} Widget */

export class Meanwhile {
  #element;
  #shadow;
  /** Attributes that have another value. @type {Set<string>} */
  #changed = new Set();
  /** The button that was pressed last. @type {HTMLElement | undefined} */
  #pressed;
  #end = new AbortController();
  /** Takes away the line that says that the rest can't be had. */
  #unsay = () => {};

  /**
   * @param {HTMLElement} element
   * @param {ShadowRoot} shadow
   * @param {import("./load.js").Core} core
   * @param {(error: unknown) => void} late is told each time that the rest can't be had
   */
  constructor(element, shadow, core, late) {
    this.#element = element;
    this.#shadow = shadow;
    const { signal } = this.#end;
    shadow.addEventListener("click", (event) => this.#press(event), { signal });
    const wait = (/** @type {Event} */ event) => {
      late(/** @type {CustomEvent} */ (event).detail);
      this.#say();
    };
    core.told.addEventListener("late", wait, { signal });
  }

  /** @param {Event} event */
  #press(event) {
    // After the event nobody knows any more what inside the shadow tree was pressed.
    const [target] = event.composedPath();
    if (!(target instanceof HTMLElement) || !target.closest("[data-act]")) return;
    this.#pressed = target;
    // A link within the feed leads the reader there, and the page to no other address.
    event.preventDefault();
  }

  /** What is shown stays; the reader is told that it gets older. */
  async #say() {
    const lost = await import("./lost.js").catch(() => undefined);
    const line = await lost?.say(this.#element, this.#shadow, hooks.words, () => hurry());
    if (!line) return;
    if (this.#end.signal.aborted) line();
    this.#unsay = line;
  }

  /** @param {string} attribute */
  change(attribute) {
    this.#changed.add(attribute);
  }

  /**
   * Does it all, where there is a whole core to do it.
   * @param {Widget} [widget]
   * @param {() => unknown} [then] what comes after that
   */
  end(widget, then) {
    this.#end.abort();
    this.#unsay();
    if (!widget) return;
    // What is shown is taken over in a task of its own.
    setTimeout(() => {
      for (const name of this.#changed) widget.set(name, this.#element.getAttribute(name) ?? undefined);
      this.#pressed?.click();
      then?.();
    });
  }
}
