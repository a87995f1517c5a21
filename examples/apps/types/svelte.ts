import type {} from "livefeed/svelte";
import type { SvelteHTMLElements } from "svelte/elements";

type Props = SvelteHTMLElements["live-feed"];

export const feed: Props = {
  src: "feed.json",
  order: "oldest",
  "page-size": 20,
  class: "updates",
  "onlive-feed-update": (event) => console.log(event.detail.added.length),
};

// @ts-expect-error there is no such order
export const wrong: Props = { order: "sideways" };
