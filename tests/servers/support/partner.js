/**
 * A partner's page, of another origin than the servers under test, from which it takes livefeed and the feed.
 *
 *     const { reader, open, updates, settles } = usePartner();
 *
 *     await open(example().origin);
 *     await settles(".body", ["Text 2.", "Text 1."]);
 */
import { setTimeout as sleep } from "node:timers/promises";
import { text } from "../../../scripts/places.js";
import { useBrowser } from "../../e2e/support/browser.js";
import { Reader } from "../../e2e/support/reader.js";
import { useServer } from "../../e2e/support/server.js";

/** A page may wait for ten seconds before it connects again, and its servers take a few to come back. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

/** Keeps what each update of the feed brought. */
const LISTEN = `<script>
  var updates = [];
  document.addEventListener("live-feed-update", ({ detail }) => updates.push(detail));
</script>`;

const { version: VERSION } = JSON.parse(text("package.json"));

export function usePartner() {
  const browser = useBrowser();
  const site = useServer();
  const reader = new Reader(browser);

  return {
    browser,
    reader,

    /**
     * Opens a page that shows the feed of these servers.
     * @param {string} origin
     * @param {string} [attributes] of the element
     */
    async open(origin, attributes = "") {
      const body = `<live-feed src="${origin}/feed.json" page-size="1000" ${attributes}></live-feed>`;
      const script = `<script type="module" src="${origin}/livefeed/${VERSION}/live-feed.js"></script>`;
      await browser.open(site.page(`page-${Date.now()}`, body, { head: LISTEN, script }));
      await reader.shown();
    },

    /** What the updates since the page was opened have brought, one after the other. */
    updates: () =>
      browser.run(() => {
        /** @type {{ added: string[], changed: string[], removed: string[] }[]} */
        const all = /** @type {any} */ (globalThis).updates;
        return {
          added: all.flatMap(({ added }) => added),
          changed: all.flatMap(({ changed }) => changed),
          removed: all.flatMap(({ removed }) => removed),
        };
      }),

    /**
     * Waits until the rendered elements have just these texts, however long servers take.
     * @param {string} css
     * @param {string[]} texts
     */
    async settles(css, texts) {
      let seen = "";
      const wanted = JSON.stringify(texts);
      await settled(
        () => `${css}:\n${wanted}\nlast seen:\n${seen}`,
        async () => (seen = JSON.stringify(await reader.all(css))) === wanted,
      );
    },

    settled,
  };
}

/**
 * Waits for a condition, however long servers take.
 * @param {string | (() => string)} what
 * @param {() => Promise<boolean>} condition
 */
async function settled(what, condition) {
  const end = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`Waited ${PATIENCE_MS} ms for ${typeof what === "string" ? what : what()}`);
    }
    await sleep(LOOK_MS);
  }
}
