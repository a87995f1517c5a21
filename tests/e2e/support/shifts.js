/** What jumped on a page: layout shifts, as Chromium measures them. */

/**
 * Every jump since the page began: its weight, and what jumped from where to where. Guard the test by `lacks("shifts")`.
 * @param {import("./browser.js").Browser} browser
 * @returns {Promise<string[]>}
 */
export async function jumps(browser) {
  await browser.frames();
  return browser.run(
    () =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries().map(told)));
        const told = (/** @type {any} */ { value, sources }) => {
          const moves = sources.map((/** @type {any} */ { node, previousRect, currentRect }) => {
            return `${node?.localName}.${node?.className} from ${previousRect.y} to ${currentRect.y}`;
          });
          return `${value}: ${moves.join(", ")}`;
        };
        observer.observe({ type: "layout-shift", buffered: true });
        // Without a jump the observer stays silent; what was buffered would have come within two frames.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(observer.takeRecords().map(told))));
      }),
  );
}
