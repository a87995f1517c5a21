/**
 * Defines `<live-feed>`. Loaded twice, or in two versions, the first definition stands.
 */
import { LiveFeedElement } from "./element.js";

if (globalThis.customElements && !customElements.get("live-feed")) {
  customElements.define("live-feed", LiveFeedElement);
}

export { LiveFeedElement };
