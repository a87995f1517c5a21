/** Types for JSX in Preact: `import type {} from "livefeed/preact";` once in your project. */
import type { HTMLAttributes } from "preact";
import type { LiveFeedElement } from "../live-feed.js";
import type { LiveFeedAttributes, LiveFeedListeners } from "./attributes.js";

type Own = LiveFeedAttributes & LiveFeedListeners<"on">;

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "live-feed": Own & Omit<HTMLAttributes<LiveFeedElement>, keyof Own>;
    }
  }
}
