/** Types for JSX in Solid: `import type {} from "livefeed/solid";` once in your project. */
import type { JSX } from "solid-js";
import type { LiveFeedElement } from "../live-feed.js";
import type { LiveFeedAttributes, LiveFeedListeners } from "./attributes.js";

type Own = LiveFeedAttributes & LiveFeedListeners<"on:">;

declare module "solid-js" {
  namespace JSX {
    interface IntrinsicElements {
      "live-feed": Own & Omit<JSX.HTMLAttributes<LiveFeedElement>, keyof Own>;
    }
  }
}
