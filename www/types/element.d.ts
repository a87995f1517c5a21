/** `livefeed/element`: the class alone. It defines no element; `customElements.define` is yours. */
export {
  LiveFeedElement,
  type LiveFeedElementEventMap,
  type LiveFeedEntryAction,
  type LiveFeedUpdate,
} from "../live-feed.js";
