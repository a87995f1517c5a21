/**
 * A page of an application that shows feeds for a while, with everything counted that they begin.
 *
 *     const { openPage, mount, unmount } = useApplication(usePages());      // at the top of a test file
 */
import { COUNTING } from "./counting.js";
import { entries, entry, feedOf } from "./feeds.js";

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>`;
const FILM = "https://www.youtube.com/watch?v=abc";
/** A plain feed. */
export const TEXT = feedOf(entries(8));

/** Feeds of every kind, as a page has them. `feed`: the page hands it over. */
export const KINDS = [
  { html: `<live-feed src="/text.json"></live-feed>` },
  { html: `<live-feed src="/pictures.json" order="oldest"></live-feed>` },
  { html: `<live-feed src="/cards.json" lang="de"></live-feed>` },
  { html: `<live-feed src="/stream.json"></live-feed>`, streams: 1 },
  { html: `<live-feed src="/text.json" loading="lazy" json-ld></live-feed>` },
  { html: `<live-feed><script type="application/feed+json">${JSON.stringify(TEXT)}</script></live-feed>` },
  { html: `<live-feed></live-feed>`, feed: TEXT },
];

/** Whether it shows that. A driver would keep every element that it is given. @param {string} css */
export const has = (css) => !!document.querySelector("live-feed")?.shadowRoot?.querySelector(css);

/**
 * @param {ReturnType<typeof import("./pages.js").usePages>} pages
 */
export function useApplication({ browser, site, open }) {
  /** Serves what all kinds show. */
  function serve() {
    const image = { url: "/picture.svg", alt: "A picture", width: 40, height: 30 };
    site.add("/picture.svg", PICTURE, { "content-type": "image/svg+xml" });
    site.feed("/text.json", TEXT);
    site.feed("/pictures.json", feedOf(entries(8).map((item) => ({ ...item, _livefeed: { image } })), { image }));
    const quotation = `<blockquote cite="${FILM}"><p>Quoted</p></blockquote>`;
    site.feed("/cards.json", feedOf([entry(2, { _livefeed: { embed: { url: FILM } } }), entry(1, { content_html: quotation })]));
    site.feed("/stream.json", feedOf(entries(8), {}, { hubs: [{ type: "EventSource", url: "/hub" }] }));
    return site.hub("/hub");
  }

  /** Opens a page of an application: an empty place for feeds, and everything counted. */
  async function openPage() {
    await open("application", "<main></main><aside></aside>", { head: COUNTING, shown: false });
    // The document to which the contents of all templates belong.
    await browser.run(() => void document.createElement("template").content);
  }

  /** Puts an element into the page. @param {string} html @param {boolean} [isShown] whether to wait until it is shown */
  const mount = (html, isShown = true) =>
    browser.run(
      async (html, isShown) => {
        const template = document.createElement("template");
        template.innerHTML = html;
        const element = /** @type {Element} */ (template.content.firstChild);
        const shown = new Promise((done) => element.addEventListener("load", done, { once: true }));
        document.querySelector("main")?.append(element);
        if (isShown) await shown;
      },
      html,
      isShown,
    );

  /** Does something with the element, or in its shadow tree. @param {string} method @param {unknown[]} args */
  const call = (method, ...args) =>
    browser.run(
      (method, args) => /** @type {any} */ (document.querySelector("live-feed"))[method](...args),
      method,
      args,
    );

  /** Removes all, as an application's router does. */
  const unmount = () =>
    browser.run(async () => {
      document.querySelector("main")?.replaceChildren();
      await new Promise((done) => setTimeout(done));
    });

  return { serve, openPage, mount, call, unmount };
}
