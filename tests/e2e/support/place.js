/** Where entries stand on the screen, before, while and after something happens. */

/** So far an entry that is read may move, in CSS pixels. */
export const STILL_PX = 2;

/** Where a feed may stand: in the page, in a box that scrolls, in a host's own shadow tree with such a box. */
export const PLACES = {
  "the page": (/** @type {string} */ feed) => `${feed}<p style="block-size: 1500px">Below</p>`,
  "a box that scrolls": (/** @type {string} */ feed) =>
    `<p>Above</p><div id="box" style="overflow: auto; block-size: 500px">${feed}<p style="block-size: 900px">Below</p></div>`,
  "a shadow tree that scrolls": (/** @type {string} */ feed) =>
    `<div id="host"><template shadowrootmode="open"><div id="box" style="overflow: auto; block-size: 500px"><slot></slot>
    <p style="block-size: 900px">Below</p></div></template>${feed}</div>`,
};

/** Looks at one feed of the page. */
export class Places {
  #browser;

  /** @param {import("./browser.js").Browser} browser */
  constructor(browser) {
    this.#browser = browser;
  }

  /**
   * Scrolls, so that an entry's beginning stands so far below the toolbar's end (above it, if negative), and lets
   * everyone take note who observes it.
   * @param {string} text the entry's
   * @param {number} [offset]
   */
  read(text, offset = -10) {
    return this.#browser.run(
      async (text, offset) => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
        const box = document.querySelector("#box") ?? document.querySelector("#host")?.shadowRoot?.querySelector("#box");
        const rest = async () => {
          for (const _ of "abc") await new Promise((done) => requestAnimationFrame(done));
          await new Promise((done) => setTimeout(done));
        };
        const row = [...root.querySelectorAll(".entry")].find((row) => row.querySelector(".body")?.textContent === text);
        if (!row) throw new Error(`There is no "${text}"`);
        const toolbar = /** @type {Element} */ (root.querySelector(".toolbar"));
        const away = () => row.getBoundingClientRect().top - toolbar.getBoundingClientRect().bottom - offset;
        // Again and again: the toolbar goes along until it sticks, and what comes near may turn out taller.
        for (let tries = 0; tries < 20 && Math.abs(away()) >= 1; tries += 1) {
          (box ?? window).scrollBy({ top: away(), behavior: "instant" });
          await rest();
        }
      },
      text,
      offset,
    );
  }

  /**
   * Scrolls to so many pixels from the beginning.
   * @param {number} top
   */
  scroll(top) {
    return this.#browser.run(async (top) => {
      const box = document.querySelector("#box") ?? document.querySelector("#host")?.shadowRoot?.querySelector("#box");
      (box ?? window).scrollTo({ top, behavior: "instant" });
      for (const _ of "abc") await new Promise((done) => requestAnimationFrame(done));
      await new Promise((done) => setTimeout(done));
    }, top);
  }

  /**
   * How far the feed, or the box around it, is scrolled.
   * @returns {Promise<number>}
   */
  scrolled() {
    return this.#browser.run(() => {
      const box = document.querySelector("#box") ?? document.querySelector("#host")?.shadowRoot?.querySelector("#box");
      return (box ?? /** @type {Element} */ (document.scrollingElement)).scrollTop;
    });
  }

  /**
   * Where an entry's upper edge stands in the view.
   * @param {string} text
   * @returns {Promise<number>}
   */
  stands(text) {
    return this.#browser.run((text) => {
      const rows = [...(document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".entry") ?? [])];
      const row = rows.find((row) => row.querySelector(".body")?.textContent === text);
      if (!row) throw new Error(`There is no "${text}"`);
      return row.getBoundingClientRect().top;
    }, text);
  }

  /**
   * Begins to note in every frame where an entry stands in the view, and how far below the feed's own beginning.
   * @param {string} text
   */
  watch(text) {
    return this.#browser.run((text) => {
      const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
      const page = /** @type {any} */ (globalThis);
      const row = [...root.querySelectorAll(".entry")].find((row) => row.querySelector(".body")?.textContent === text);
      if (!row) throw new Error(`There is no "${text}"`);
      const feed = /** @type {Element} */ (root.querySelector(".feed"));
      const depth = () => row.getBoundingClientRect().top - feed.getBoundingClientRect().top;
      const before = depth();
      /** @type {number[]} */
      const tops = [row.getBoundingClientRect().top];
      // It tells what is painted; a script that asks may come before those who put things right.
      const painted = new IntersectionObserver((seen) => void tops.push(...seen.map((one) => one.boundingClientRect.top)));
      const look = () => {
        painted.unobserve(row);
        painted.observe(row);
      };
      page.notes = setInterval(look);
      page.note = async () => {
        for (const _ of "abcd") {
          await new Promise((done) => requestAnimationFrame(done));
          look();
        }
        await new Promise((done) => setTimeout(done));
        clearInterval(page.notes);
        painted.disconnect();
        const far = Math.max(...tops.map((top) => Math.abs(top - tops[0])));
        return { moved: Math.round(far * 10) / 10, deeper: Math.round(depth() - before) };
      };
    }, text);
  }

  /**
   * How far it moved at most in the view since `watch()`, in any frame; and how much deeper it stands in the feed.
   * @returns {Promise<{ moved: number, deeper: number }>}
   */
  watched() {
    return this.#browser.run(() => /** @type {any} */ (globalThis).note());
  }
}
