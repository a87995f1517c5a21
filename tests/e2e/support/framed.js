/** A feed in a frame that is as high as the feed, and where its entries stand on the screen: the page around scrolls. */
import { entry, feedOf } from "./feeds.js";

/** The feed is asked for by our own page, from another origin than its own. */
export const SHARED = { "access-control-allow-origin": "*" };
/** A paragraph of two lines or more at any width. */
export const LINES = "One sentence after the other, until the line is full and the next one has begun. ".repeat(3);
/** So that the page goes on. */
export const BELOW = `<p style="block-size: 3000px">Below</p>`;
/** How many entries a feed here has. */
export const COUNT = 30;

/**
 * Entries of different heights, from the newest down; `change` is given each.
 * @param {number} version
 * @param {{ newest?: number, change?: (number: number) => Record<string, unknown> | null }} [options] `change`: other
 * members of an entry, or null to leave it out
 */
export function tallFeed(version, { newest = COUNT, change = () => ({}) } = {}) {
  const numbers = Array.from({ length: newest }, (_, index) => newest - index);
  const items = numbers.flatMap((number) => {
    const more = change(number);
    return more === null ? [] : [entry(number, { title: number % 3 ? undefined : LINES, ...more })];
  });
  return feedOf(items, { version, summary_html: `<p>${LINES}</p>`.repeat(6) });
}

/** Shows and looks at the feed in the first frame of a page. */
export class Framed {
  #browser;
  #pages;

  /** @param {ReturnType<typeof import("./pages.js").usePages>} pages */
  constructor(pages) {
    this.#pages = pages;
    this.#browser = pages.browser;
  }

  /** The tag. Nothing is asked for but what a test asks for. */
  tag(attributes = "") {
    const src = this.#pages.cdn.url("/embed.js");
    return `<script async src="${src}" data-src="/feed.json" data-mode="iframe" data-interval="3600" ${attributes}></script>`;
  }

  /**
   * Opens a page with the tag in it, and waits until the frame is as high as the feed.
   * @param {string} page
   * @param {Record<string, unknown>} [feed]
   */
  async show(page, feed = tallFeed(1)) {
    const resource = this.#pages.site.feed("/feed.json", feed, SHARED);
    await this.#pages.open("framed", page, { shown: false, script: "" });
    await this.inside((reader) => reader.shown());
    await this.#browser.until(
      "the frame to be as high as the feed",
      () => (document.querySelector("iframe")?.clientHeight ?? 0) > 2 * innerHeight,
    );
    await this.rest();
    return resource;
  }

  /**
   * Does something with the feed.
   * @template T
   * @param {(reader: import("./reader.js").Reader) => Promise<T>} work
   */
  inside(work) {
    return this.#browser.inFrame(() => work(this.#pages.reader));
  }

  /** Asks for the feed again, and lets page and frame tell each other. */
  async refresh() {
    await this.inside((reader) => reader.call("refresh"));
    await this.rest();
  }

  /** What the pill says, if there is one. */
  pill() {
    return this.inside((reader) => reader.all(".pill"));
  }

  /** Waits until nothing of the feed is cut off, and nothing of the frame is blank. */
  whole() {
    return this.#browser.inFrame(() =>
      this.#browser.until("the frame to show the whole feed", () => {
        const { top, height } = document.body.getBoundingClientRect();
        return Math.abs(top) < 1 && Math.abs(innerHeight - height) <= 1;
      }),
    );
  }

  /**
   * How far below the beginning of what the page shows, or the box in it, the frame begins and ends.
   * @returns {Promise<{ top: number, bottom: number }>}
   */
  edges() {
    return this.#browser.run(() => {
      const box = document.querySelector("#box") ?? document.querySelector("#host")?.shadowRoot?.querySelector("#box");
      const begin = Math.max(0, box?.getBoundingClientRect().top ?? 0);
      const { top, bottom } = /** @type {Element} */ (document.querySelector("iframe")).getBoundingClientRect();
      return { top: top - begin, bottom: bottom - begin };
    });
  }

  /**
   * How far below the beginning of what the page shows an entry stands.
   * @param {string} text the entry's
   * @returns {Promise<number>}
   */
  async place(text) {
    const { top } = await this.#inside(text);
    return top + (await this.edges()).top;
  }

  /**
   * How deep in the feed it stands.
   * @param {string} text
   * @returns {Promise<number>}
   */
  async depth(text) {
    return (await this.#inside(text)).depth;
  }

  /** @param {string} text @returns {Promise<{ top: number, depth: number }>} */
  #inside(text) {
    return this.#browser.inFrame(() =>
      this.#browser.run((text) => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
        const row = [...root.querySelectorAll(".entry")].find((row) => row.querySelector(".body")?.textContent === text);
        if (!row) throw new Error(`There is no "${text}"`);
        const { top } = row.getBoundingClientRect();
        return { top, depth: top - document.body.getBoundingClientRect().top };
      }, text),
    );
  }

  /**
   * Scrolls the page, or the box in it, so that an entry's beginning stands so far below what is shown of it.
   * @param {string} text
   * @param {number} [offset]
   */
  async read(text, offset = -10) {
    // Again and again: what comes near may turn out taller.
    for (let tries = 0; tries < 20; tries += 1) {
      const away = (await this.place(text)) - offset;
      if (Math.abs(away) < 1) return;
      await this.scroll(away);
    }
    throw new Error(`"${text}" does not come to where it is to be read`);
  }

  /**
   * Scrolls on by so much, and lets page and frame tell each other.
   * @param {number} by
   */
  async scroll(by) {
    await this.#browser.run((by) => {
      const box = document.querySelector("#box") ?? document.querySelector("#host")?.shadowRoot?.querySelector("#box");
      (box ?? window).scrollBy({ top: by, behavior: "instant" });
    }, by);
    await this.rest();
  }

  /** Waits until the frame is as it has told the page, and has heard what the page shows. */
  async rest() {
    for (let times = 0; times < 2; times += 1) {
      await this.#browser.frames();
      await this.#browser.inFrame(() => this.#browser.frames());
    }
  }

  /**
   * Begins to note in every frame that is painted how much of an entry is above what the page shows.
   * @param {string} text the entry's, which has to be read: its beginning is not shown, its end is
   */
  watch(text) {
    return this.#browser.inFrame(() =>
      this.#browser.run((text) => {
        const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
        const page = /** @type {any} */ (globalThis);
        const row = [...root.querySelectorAll(".entry")].find((row) => row.querySelector(".body")?.textContent === text);
        if (!row) throw new Error(`There is no "${text}"`);
        /** @type {number[]} */
        const hidden = [];
        // It knows what the page shows, and tells what is painted.
        const painted = new IntersectionObserver((seen) => {
          for (const { isIntersecting, intersectionRect, boundingClientRect } of seen) {
            hidden.push(isIntersecting ? intersectionRect.top - boundingClientRect.top : Number.MAX_SAFE_INTEGER);
          }
        });
        const look = () => {
          painted.unobserve(row);
          painted.observe(row);
        };
        const notes = setInterval(look);
        page.note = async () => {
          for (const _ of "abcd") {
            await new Promise((done) => requestAnimationFrame(done));
            look();
          }
          await new Promise((done) => setTimeout(done));
          clearInterval(notes);
          painted.disconnect();
          return Math.max(...hidden.map((one) => Math.abs(one - hidden[0])));
        };
        look();
        // The first note is what is painted now.
        return new Promise((done) => {
          const wait = () => (hidden.length > 0 ? done(undefined) : requestAnimationFrame(wait));
          wait();
        });
      }, text),
    );
  }

  /**
   * How far it moved at most since `watch()`, in any frame.
   * @returns {Promise<number>}
   */
  async watched() {
    await this.rest();
    return this.#browser.inFrame(() => this.#browser.run(() => /** @type {any} */ (globalThis).note()));
  }
}
