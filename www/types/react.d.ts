/** Types for JSX in React 19: `import type {} from "livefeed/react";` once in your project. */
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { LiveFeedElement } from "../live-feed.js";
import type { LiveFeedAttributes, LiveFeedListeners } from "./attributes.js";

type Own = LiveFeedAttributes & LiveFeedListeners<"on">;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "live-feed": Own & Omit<DetailedHTMLProps<HTMLAttributes<LiveFeedElement>, LiveFeedElement>, keyof Own>;
    }
  }
}
