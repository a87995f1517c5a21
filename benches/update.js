/**
 * What a poll costs that brings the same bytes, the same entries in other bytes, one more entry, one edited, one removed: the main
 * thread's own processor time, beside the bare widget. `npm run bench -- update`
 */
import { withChromium } from "./support/chromium.js";
import { Document } from "./support/documents.js";
import { report } from "./support/report.js";
import { median } from "./support/stage.js";
import { withSite } from "./support/site.js";
import { IN_PAGE, turned, widgetsOf } from "./support/widgets.js";

/** Entries in the document, and how often each page is opened and each poll repeated in it. */
const SIZES = [
  { count: 1_000, pages: 3, polls: 7, gated: true },
  { count: 10_000, pages: 2, polls: 4, gated: false },
];

/** What each poll brings, and how much of the bare widget's time it may take. @type {[string, number, (document: Document) => Document][]} */
const POLLS = [
  ["the same bytes", 0.4, (document) => document],
  ["the same entries", 0.6, (document) => document.republish()],
  ["one more", 0.6, (document) => document.add()],
  ["one edited", 0.6, (document) => document.edit()],
  ["one removed", 0.6, (document) => document.remove()],
];
const NOTHING = "nothing";
/** How many rows are compared with what should be shown. */
const COMPARED = 20;

/** @typedef {Record<string, number[]>} Costs by what was done */

await withSite({}, (site) =>
  withChromium(async (chromium) => {
    const widgets = widgetsOf(site);

    /**
     * Opens a page and polls in it; false where the document is not shown.
     * @param {import("./support/widgets.js").Widget} widget
     * @param {number} count
     * @param {number} polls
     * @param {Costs} costs
     */
    async function measure(widget, count, polls, costs) {
      const document = new Document(count);
      site.put("/feed.json", document.text);
      const attributes = `src="/feed.json" live="poll" interval="3600" storage="none"`;
      // The fading mark of an edit is no part of the poll, and the bare widget has none.
      const page = await chromium.open(site.page("update", IN_PAGE + widget.head, widget.tag(attributes)), { still: true });
      try {
        const shown = await page.run(`Promise.race([
          until(() => rows().length > 0).then(() => true),
          new Promise((done) => widget().addEventListener("error", () => done(false))),
        ])`);
        if (!shown) return false;
        await page.rest();
        for (let poll = 0; poll < polls; poll += 1) {
          (costs[NOTHING] ??= []).push(await cost(page, "painted()"));
          for (const [name, , change] of POLLS) {
            site.put("/feed.json", change(document).text);
            (costs[name] ??= []).push(await cost(page, "widget().refresh().then(painted)"));
            const [seen, expected] = [await page.run(`beginnings(${COMPARED})`), document.beginnings(COMPARED)];
            if (String(seen) !== String(expected)) {
              throw new Error(`${widget.name}, ${name}: shows ${seen.join(", ")} and not ${expected.join(", ")}`);
            }
          }
        }
        return true;
      } finally {
        await page.close();
      }
    }

    for (const { count, pages, polls, gated } of SIZES) {
      /** @type {Map<string, Costs>} */
      const measured = new Map(widgets.map(({ name }) => [name, {}]));
      for (let page = 0; page < pages; page += 1) {
        for (const widget of turned(widgets, page)) {
          const costs = measured.get(widget.name);
          if (costs === undefined) continue;
          if (!(await measure(widget, count, polls, costs))) measured.delete(widget.name);
        }
      }
      const of = (/** @type {string} */ widget, /** @type {string} */ poll) => {
        const costs = measured.get(widget);
        return costs && median(costs[poll]) - median(costs[NOTHING]);
      };
      report(
        `A poll of ${count.toLocaleString("en")} entries: milliseconds of the main thread, until it is painted and at rest; medians.`,
        widgets.map(({ name }) => name),
        POLLS.map(([name, budget]) => ({
          name,
          budget: gated ? budget : undefined,
          values: widgets.map((widget) => of(widget.name, name)),
        })),
      );
    }
  }),
);

/**
 * What something costs in the page, with all that follows from it.
 * @param {import("./support/chromium.js").Page} page
 * @param {string} act
 */
async function cost(page, act) {
  const before = await page.task();
  await page.run(act);
  await page.rest();
  return (await page.task()) - before;
}
