/** Types for Svelte's templates: `import type {} from "livefeed/svelte";` once in your project. */
import type { HTMLAttributes } from "svelte/elements";
import type { LiveFeedElement } from "../live-feed.js";
import type { LiveFeedAttributes, LiveFeedListeners } from "./attributes.js";

type Own = LiveFeedAttributes & LiveFeedListeners<"on"> & LiveFeedListeners<"on:">;

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "live-feed": Own & Omit<HTMLAttributes<LiveFeedElement>, keyof Own>;
  }
}
