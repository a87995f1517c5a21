/**
 * The widgets that are measured: this build, another one where `--beside` names it, and the bare widget. Of each only what a
 * page sees of it is used: attributes, methods, the rows of its tree.
 */

/**
 * @typedef {object} Widget
 * @property {string} name
 * @property {string} head what loads it
 * @property {(attributes: string) => string} tag
 */

/** Goes into each page: how rows are found in any of them, and when what was done is painted. */
export const IN_PAGE = `<script>
  const widget = () => document.querySelector("live-feed, bare-feed");
  const rows = () => [...(widget()?.shadowRoot?.querySelectorAll(".entry") ?? widget()?.querySelectorAll("li") ?? [])];
  const beginnings = (count) =>
    rows().slice(0, count).map((row) => (row.querySelector(".body") ?? row).querySelector("p")?.textContent.replace(/[.]$/, ""));
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const until = async (condition) => {
    while (!condition()) await new Promise(requestAnimationFrame);
  };
</script>`;

/** @param {string} head @param {string} element @returns {Pick<Widget, "head" | "tag">} */
const loaded = (head, element) => ({
  head: `<script type="module" src="${head}"></script>`,
  tag: (attributes) => `<${element} ${attributes}></${element}>`,
});

export const BARE = "the bare widget";

/**
 * All of them.
 * @param {import("./site.js").Site} site
 * @returns {Widget[]}
 */
export function widgetsOf(site) {
  const builds = Object.entries(site.builds).map(([name, path]) => ({ name, ...loaded(`${path}/live-feed.js`, "live-feed") }));
  return [...builds, { name: BARE, ...loaded("/bare.js", "bare-feed") }];
}

/**
 * The same list begun at another place, so that none is always measured first.
 * @template T
 * @param {T[]} list
 * @param {number} by
 */
export function turned(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
