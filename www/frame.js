/**
 * The script of embed.html: a feed with the options that stand behind `#` in its address, which tells the page around it
 * how high it is. Whoever frames it chooses the options: only the element's own attributes are taken.
 */
import { LiveFeedElement } from "./live-feed.js";
import { surround } from "./outside.js";

/** What embed.js hands on to the host, as events of the frame. */
const EVENTS = ["live-feed-update", "live-feed-order", "live-feed-embed", "live-feed-entry"];

const options = new URLSearchParams(location.hash.slice(1));
const host = options.get("host");
const element = document.createElement("live-feed");
for (const name of LiveFeedElement.observedAttributes) {
  const value = options.get(name);
  if (value !== null) element.setAttribute(name, value);
}
for (const [name, value] of options) {
  if (/^css-[a-z-]+$/.test(name)) element.style.setProperty(name.replace("css", "--live-feed"), value);
}
document.documentElement.lang = options.get("page-lang") ?? "";

const page = parent !== window && host;
/** @param {Record<string, unknown>} [what] */
let tell = (what) => {
  if (page) parent.postMessage({ liveFeed: true, ...what }, page);
};

// A frame of a fixed height scrolls by itself.
if (page && !options.get("height")) {
  document.documentElement.style.setProperty("overflow-y", "hidden");
  const { hear, report } = surround(element, tell);
  addEventListener("message", ({ source, origin, data }) => {
    if (source === parent && origin === page && data?.liveFeed) hear(data);
  });
  tell = report;
} else document.body.append(element);

for (const type of EVENTS) {
  element.addEventListener(type, (event) => tell({ event: type, detail: /** @type {CustomEvent} */ (event).detail }));
}
element.addEventListener("load", () => {
  const title = element.shadowRoot?.querySelector("h2")?.textContent?.trim();
  if (title) document.title = title;
  tell({ title: document.title });
});
