/** What `<live-feed>` may be given in markup, for the frameworks' own types. A property is for those that set properties. */
import type { LiveFeedElement, LiveFeedElementEventMap } from "../live-feed.js";

type Text = string | null | undefined;
type Digits = number | `${number}` | null | undefined;

export interface LiveFeedAttributes {
  src?: Text;
  format?: Text;
  order?: LiveFeedElement["order"] | undefined;
  live?: LiveFeedElement["live"] | undefined;
  interval?: Digits;
  "page-size"?: Digits;
  "time-zone"?: Text;
  "time-format"?: LiveFeedElement["timeFormat"] | undefined;
  "time-pattern"?: Text;
  summary?: LiveFeedElement["summary"] | undefined;
  loading?: LiveFeedElement["loading"] | undefined;
  "image-proxy"?: Text;
  frames?: Text;
  storage?: LiveFeedElement["storage"] | undefined;
  "json-ld"?: boolean | "" | null | undefined;
}

/** The names of our events. */
export type LiveFeedEventName = Extract<keyof LiveFeedElementEventMap, `live-feed-${string}`>;

/** A listener for each of our events, under a name that begins so: `on` in React, `on:` in Solid and Svelte. */
export type LiveFeedListeners<Prefix extends string> = {
  [Name in LiveFeedEventName as `${Prefix}${Name}`]?: (event: LiveFeedElementEventMap[Name]) => void;
};
