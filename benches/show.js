/**
 * What it costs to show a long feed and to switch its order, beside the bare widget, which shows all of it; and what each act costs
 * at 10,000 entries beside 500: the main thread's own processor time. `npm run bench -- show`
 */
import { withChromium } from "./support/chromium.js";
import { Document } from "./support/documents.js";
import { promise, median } from "./support/stage.js";
import { report } from "./support/report.js";
import { withSite } from "./support/site.js";
import { IN_PAGE, turned, widgetsOf } from "./support/widgets.js";

const [SHORT, MIDDLE, LONG] = [500, 1_000, 10_000];
const PAGES = 3;
/** An even number, so that the order ends as it began. */
const SWITCHES = 4;
const REPEATED = 4;
/** How much of the bare widget's time a long feed may take, and how many times a short one's. */
const [MOST_BESIDE_BARE, MOST_BESIDE_SHORT] = [0.12, 2];
const TASK_MS = 50;

const SHOW = "first paint";
const SWITCH = "order switch";

/** In the page: what is done with a feed of so many entries, "e1" being the oldest. */
const ACTS = `<script>
  // The clock goes on: with one that stands, a timer for its next minute would fire again and again.
  const now = Date.now;
  let ahead = 0;
  Date.now = () => now() + ahead;
  let last = Number(new URLSearchParams(location.search).get("count"));
  const item = (name, number) => ({
    id: "e" + number,
    content_html: "<p>" + name + ".</p><p>" + "A sentence as they stand in live feeds. ".repeat(20) + "</p>",
    date_published: new Date(Date.now() - 60_000).toISOString(),
  });
  /** How many switches were not painted in the next frame. */
  let late = 0;
  const pressed = () => widget().shadowRoot?.querySelector(".order [aria-pressed=false]") ?? widget().querySelector("button");
  const first = () => beginnings(1)[0];
  const acts = {
    "nothing": () => {},
    "order switch": async () => {
      const before = first();
      pressed().click();
      await new Promise(requestAnimationFrame);
      await new Promise((done) => setTimeout(done));
      if (first() === before) late += 1;
    },
    "new entry": () => widget().upsert(item("New", (last += 1))),
    "edit": () => widget().upsert(item("Edited " + Math.random(), last)),
    "removal": () => widget().remove("e" + last--),
    "tick": () => {
      ahead += 60_000;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
  const act = async (name) => {
    await acts[name]();
    await painted();
  };
  /** Shows what the page holds anew, in a page that has shown a feed before. */
  const show = async (html) => {
    widget()?.remove();
    await painted();
    performance.mark("asked");
    document.body.insertAdjacentHTML("beforeend", html);
    const refused = new Promise((done) => widget().addEventListener("error", () => done(false)));
    const shown = await Promise.race([until(() => rows().length > 0).then(() => true), refused]);
    if (shown) await painted();
    performance.mark("shown");
    return shown;
  };
</script>`;

/** @typedef {Record<string, number[]>} Costs by what was done */

await withSite({}, (site) =>
  withChromium(async (chromium) => {
    const widgets = widgetsOf(site);
    site.put("/warm.json", new Document(1).text);
    for (const count of [SHORT, MIDDLE, LONG]) site.put(`/${count}.json`, new Document(count).text);
    /** The longest task of each showing of the long feed, by widget. @type {Map<string, number[]>} */
    const longest = new Map();

    /** Switches that were not painted in the next frame, by widget. @type {Map<string, number>} */
    const late = new Map();

    /**
     * Shows a feed in a page of its own, and acts upon it; undefined where it is not shown.
     * @param {import("./support/widgets.js").Widget} widget
     * @param {number} count
     * @param {string[]} names
     * @param {Costs} costs
     */
    async function measure(widget, count, names, costs) {
      const tag = (/** @type {string} */ src) => widget.tag(`src="${src}" live="poll" interval="3600" storage="none" all`);
      const url = site.page("show", IN_PAGE + ACTS + widget.head, tag("/warm.json"));
      const page = await chromium.open(`${url}?count=${count}`, { still: true });
      try {
        await page.run("until(() => rows().length > 0)");
        await page.rest();
        await page.collectGarbage();
        const [shown, trace] = await chromium.traced(async () => {
          const shown = await page.run(`show(${JSON.stringify(tag(`/${count}.json`))})`);
          await page.rest();
          return shown;
        });
        if (!shown) return false;
        (costs[SHOW] ??= []).push(trace.between("asked", "shown"));
        if (count === LONG) longest.set(widget.name, [...(longest.get(widget.name) ?? []), trace.longestTask("asked")]);
        for (const name of names) {
          for (let time = 0; time < (name === SWITCH ? SWITCHES : REPEATED); time += 1) {
            const before = await page.task();
            await page.run(`act(${JSON.stringify(name)})`);
            (costs[name] ??= []).push((await page.task()) - before);
            await page.rest();
          }
        }
        late.set(widget.name, (late.get(widget.name) ?? 0) + (await page.run("late")));
        return true;
      } finally {
        await page.close();
      }
    }
    const of = (/** @type {Costs | undefined} */ costs, /** @type {string} */ name) => {
      if (costs?.[name] === undefined) return undefined;
      return median(costs[name]) - (name === SHOW ? 0 : median(costs["nothing"]));
    };

    /**
     * @param {{ widgets: import("./support/widgets.js").Widget[], counts: number[], pages: number, acts: string[] }} plan
     */
    async function rounds({ widgets, counts, pages, acts }) {
      /** @type {Map<string, Costs | undefined>} */
      const measured = new Map();
      for (let page = 0; page < pages; page += 1) {
        for (const count of counts) {
          for (const widget of turned(widgets, page)) {
            const key = `${widget.name} ${count}`;
            const costs = measured.has(key) ? measured.get(key) : {};
            const shown = costs !== undefined && (await measure(widget, count, ["nothing", ...acts], costs));
            measured.set(key, shown ? costs : undefined);
          }
        }
      }
      return (/** @type {string} */ widget, /** @type {number} */ count, /** @type {string} */ name) =>
        of(measured.get(`${widget} ${count}`), name);
    }

    const beside = await rounds({ widgets, counts: [MIDDLE], pages: PAGES, acts: [SWITCH] });
    report(
      `${MIDDLE.toLocaleString("en")} entries: milliseconds of the main thread, until it is painted; medians.`,
      widgets.map(({ name }) => name),
      [SHOW, SWITCH].map((name) => ({
        name,
        budget: MOST_BESIDE_BARE,
        values: widgets.map((widget) => beside(widget.name, MIDDLE, name)),
      })),
    );

    const builds = widgets.slice(0, -1);
    const acts = [SWITCH, "new entry", "edit", "removal", "tick"];
    const flat = await rounds({ widgets: builds, counts: [SHORT, LONG], pages: PAGES, acts });
    for (const { name: build } of builds) {
      const judged = build === builds[0].name;
      report(
        `${build}, ${LONG.toLocaleString("en")} entries beside ${SHORT}: milliseconds of the main thread, until it is painted; medians.`,
        [`${LONG} entries`, `${SHORT} entries`],
        [SHOW, ...acts].map((name) => ({
          name,
          budget: judged ? MOST_BESIDE_SHORT : undefined,
          values: [flat(build, LONG, name), flat(build, SHORT, name)],
        })),
      );
      const task = longest.has(build) ? median(longest.get(build) ?? []) : undefined;
      const missed = late.get(build) ?? 0;
      if (judged) promise(missed === 0, `${build}: each order switch is painted in the next frame; ${missed} were not`);
      const told = `${build}: the longest task of ${LONG.toLocaleString("en")} entries: ${task?.toFixed(0) ?? "not shown"} ms`;
      if (judged) promise(task !== undefined && task <= TASK_MS, `${told}, at most ${TASK_MS}`);
      else console.log(told);
      console.log();
    }
  }),
);
