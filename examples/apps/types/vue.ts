import type {} from "livefeed/vue";
import type { GlobalComponents } from "vue";

type Props = InstanceType<GlobalComponents["live-feed"]>["$props"];

export const feed: Props = {
  src: "feed.json",
  order: "oldest",
  "page-size": 20,
  class: "updates",
  onLiveFeedUpdate: (event) => console.log(event.detail.added.length),
};

// @ts-expect-error there is no such order
export const wrong: Props = { order: "sideways" };
