/** The element's own types, in plain TypeScript. */
import "livefeed";
import { LiveFeedElement } from "livefeed/element";
import { render, jsonLd } from "livefeed/server";
import { convert } from "livefeed/formats/rss";

const feed = document.createElement("live-feed");
const same: LiveFeedElement = feed;
feed.order = "oldest";
feed.interval = 30;
// @ts-expect-error there is no such order
feed.order = "sideways";
feed.addEventListener("live-feed-update", (event) => {
  const ids: string[] = event.detail.added;
  // @ts-expect-error it is a list
  const wrong: number = event.detail.added;
  console.log(ids, wrong);
});
await feed.upsert({ id: "1", content_text: "Good morning." });
const html: string = render({ items: [] }, { attributes: { src: "feed.json" }, limit: 20 });
console.log(same, html, jsonLd({ items: [] })["@type"], convert("<rss/>").title);
