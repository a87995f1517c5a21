/** What helps the reader around is loaded as soon as it may be wanted. */
import { around } from "./load.js";

/** @param {import("./around.js").Feed} feed */
export function attend(feed) {
  const { shadow, signal } = feed;
  /** @param {Event} [event] */
  const come = (event) => {
    // After the event nobody knows any more where inside the shadow tree it was.
    const target = event?.composedPath()[0];
    around((module) => module.attend(feed, target));
  };
  if (location.hash || matchMedia("(hover: none)").matches) come();
  for (const type of ["pointerover", "focusin"]) shadow.addEventListener(type, come, { once: true, signal });
  addEventListener("hashchange", come, { once: true, signal });
}
