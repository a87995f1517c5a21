/** `livefeed/element`: the class alone. It defines no element; `customElements.define` is yours. */
export {
  type Feed,
  type FeedAuthor,
  type FeedImage,
  type FeedItem,
  LiveFeedElement,
  type LiveFeedElementEventMap,
  type LiveFeedEntryAction,
  type LiveFeedUpdate,
} from "../live-feed.js";
