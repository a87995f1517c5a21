/** The element's own types, in plain TypeScript. */
import "livefeed";
import { LiveFeedElement, type Feed, type FeedItem } from "livefeed/element";
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
feed.addEventListener("error", ({ detail }) => {
  const { code, message }: { code: string; message: string } = detail;
  console.log(code, message);
});
await feed.upsert({ id: "1", content_text: "Good morning.", _livefeed: { kind: "key" } });
// @ts-expect-error there is no such kind
await feed.upsert({ id: "1", content_text: "Good morning.", _livefeed: { kind: "keymoment" } });
// @ts-expect-error it has no id
await feed.upsert({ content_text: "Good morning." });
const items: FeedItem[] = [{ id: 2, title: "The first boat" }];
await feed.setFeed({ version: "https://jsonfeed.org/version/1.1", title: "Harbour day", items } satisfies Feed);
await feed.setFeed({ "@type": "LiveBlogPosting", liveBlogUpdate: [] });
const html: string = render({ items: [] }, { attributes: { src: "feed.json" }, limit: 20 });
console.log(same, html, jsonLd({ items: [] })["@type"], convert("<rss/>").title);
