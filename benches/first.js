/**
 * How long a reader who has never been here waits for the first entry, on a phone beside the bare widget and on a slow phone beside a
 * bare script, and how much of the main thread that takes. `npm run bench -- first`
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { withChromium } from "./support/chromium.js";
import { Document } from "./support/documents.js";
import { entries, feedOf } from "../tests/e2e/support/feeds.js";
import { report } from "./support/report.js";
import { median } from "./support/stage.js";
import { withSite } from "./support/site.js";
import { BARE, turned, widgetsOf } from "./support/widgets.js";

const ENTRIES = 50;
/** How often each page is opened. */
const PAGES = 7;
const CPU_PAGES = 9;

/** @param {number} megabits @param {number} latency @returns {import("./support/chromium.js").Network} */
const network = (megabits, latency) => ({
  latency,
  downloadThroughput: (megabits * 1e6 * 0.9) / 8,
  uploadThroughput: 750e3 / 8,
});
const SLOWDOWN = 4;
const PHONE = { network: network(9, 60), slowdown: SLOWDOWN };
const SLOW_PHONE = { network: network(1.6, 150), slowdown: SLOWDOWN };

/** In each page, before all else: the moment at which an entry's text is painted first. */
const WATCH = `<script>
  performance.mark("begun");
  const first = new Promise((shown) => {
    const look = () => {
      const root = document.querySelector("live-feed")?.shadowRoot;
      // What the server rendered stands in the document itself.
      const texts = [root?.querySelector(".entry .body"), document.querySelector("li p, article p")];
      if (!texts.some((text) => text?.checkVisibility())) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        performance.mark("shown");
        shown(performance.now());
      };
      requestAnimationFrame(() => channel.port2.postMessage(""));
    };
    look();
  });
</script>`;

/** The least that can be done: fetch, and write into the page. Only who writes the feed can trust it like this. */
const SCRIPT = `<ol></ol><script type="module">
  const { items } = await (await fetch("/feed.json")).json();
  const time = (item) => new Date(item.date_published).toLocaleString();
  const row = (item) => \`<li><time>\${time(item)}</time>\${item.content_html}</li>\`;
  document.querySelector("ol").innerHTML = items.map(row).join("");
</script>`;
const BARE_SCRIPT = "a bare script";

/** The two links of a page that wants the core still earlier. @param {string} base */
const links = (base) =>
  `<link rel="modulepreload" href="${base}/live-feed.js"><link rel="preload" href="${base}/live-feed.wasm" as="fetch" type="application/wasm" crossorigin>`;
const SRC = `src="/feed.json"`;

await withSite({ compressed: true }, (site) =>
  withChromium(async (chromium) => {
    const usual = new Document(ENTRIES).text;
    // Of a few words each: what has to be loaded besides the feed then counts for most.
    const short = feedOf(entries(ENTRIES));
    const widgets = widgetsOf(site);
    const builds = Object.entries(site.builds);

    /** The pages of each build, by its name and what is special. @type {Record<string, string>} */
    const pages = { [BARE_SCRIPT]: site.page("script", WATCH, SCRIPT) };
    for (const [index, { name, head, tag }] of widgets.entries()) pages[name] = site.page(`plain-${index}`, WATCH + head, tag(SRC));
    for (const [index, [name, base]] of builds.entries()) {
      const { head, tag } = widgets[index];
      const rendered = await renderedBy(join(site.folder(base), "server", "index.js"));
      pages[`${name}, two links`] = site.page(`links-${index}`, WATCH + links(base) + head, tag(SRC));
      pages[`${name}, rendered by the server`] = site.page(`rendered-${index}`, WATCH + head, rendered);
    }

    /** What a build's own server renders. @param {string} file */
    async function renderedBy(file) {
      const { render } = await import(pathToFileURL(file).href);
      return render(short, { attributes: { src: "/feed.json" }, url: "https://example.org/feed.json" });
    }

    /**
     * The medians of what is measured in each page, each page in its turn.
     * @param {string[]} names
     * @param {number} times
     * @param {(url: string) => Promise<number>} measure
     */
    async function medians(names, times, measure) {
      /** @type {Map<string, number[]>} */
      const values = new Map(names.map((name) => [name, []]));
      for (let time = 0; time < times; time += 1) {
        for (const name of turned(names, time)) values.get(name)?.push(await measure(pages[name]));
      }
      return (/** @type {string} */ name) => median(values.get(name) ?? []);
    }

    /** @param {typeof PHONE} conditions */
    const wait = (conditions) => async (/** @type {string} */ url) => {
      const page = await chromium.open(url, conditions);
      try {
        return /** @type {number} */ (await page.run("first"));
      } finally {
        await page.close();
      }
    };

    const variant = (/** @type {string} */ suffix) => builds.map(([name]) => name + suffix);
    const columns = (/** @type {string} */ against) => [...builds.map(([name]) => name), against];
    /** @param {(name: string) => number} of @param {string} against @param {[string, string, number?][]} rows */
    const rowsOf = (of, against, rows) =>
      rows.map(([name, suffix, budget]) => ({ name, budget, values: [...variant(suffix), against].map(of) }));

    site.put("/feed.json", usual);
    const phone = await medians([...variant(""), ...variant(", two links"), BARE], PAGES, wait(PHONE));
    report(
      "The first entry on a phone (processor : 4, 9 Mbit/s, 60 ms): milliseconds, nothing cached; medians.",
      columns(BARE),
      rowsOf(phone, BARE, [
        ["first entry", "", 1],
        ["with the two links", ", two links"],
      ]),
    );

    site.put("/feed.json", JSON.stringify(short));
    const names = [...variant(""), ...variant(", two links"), ...variant(", rendered by the server"), BARE_SCRIPT];
    const slow = await medians(names, PAGES, wait(SLOW_PHONE));
    report(
      "The first entry on a slow phone (processor : 4, 1.6 Mbit/s, 150 ms): milliseconds, nothing cached; medians.",
      columns(BARE_SCRIPT),
      rowsOf(slow, BARE_SCRIPT, [
        ["first entry", "", 2.6],
        ["with the two links", ", two links", 2.2],
        ["rendered by the server", ", rendered by the server", 0.7],
      ]),
    );

    site.put("/feed.json", usual);
    const cpu = await medians([...variant(""), BARE], CPU_PAGES, async (url) => {
      const [, trace] = await chromium.traced(() => wait({ network: PHONE.network, slowdown: 1 })(url));
      return trace.between("begun", "shown");
    });
    report(
      "The main thread until the first entry is painted: milliseconds of its own processor time; medians.",
      columns(BARE),
      rowsOf(cpu, BARE, [["processor time", "", 1]]),
    );
  }),
);
