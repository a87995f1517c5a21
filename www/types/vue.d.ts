/** Types for Vue's templates: `import type {} from "livefeed/vue";` once in your project. */
import type { HTMLAttributes } from "vue";
import type { LiveFeedElementEventMap } from "../live-feed.js";
import type { LiveFeedAttributes, LiveFeedEventName } from "./attributes.js";

/** `@live-feed-update` is `onLiveFeedUpdate` to Vue. */
type Camel<Name extends string> = Name extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Name;

type Listeners = {
  [Name in LiveFeedEventName as `on${Capitalize<Camel<Name>>}`]?: (event: LiveFeedElementEventMap[Name]) => void;
};

type Own = LiveFeedAttributes & Listeners;

declare module "vue" {
  interface GlobalComponents {
    "live-feed": new () => { $props: Own & Omit<HTMLAttributes, keyof Own> };
  }
}
