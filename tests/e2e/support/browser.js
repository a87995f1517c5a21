/**
 * A browser for page tests, in the engine that the environment's ENGINE names (Chromium by default).
 *
 *     const browser = useBrowser();                     // at the top of a test file; closes by itself
 *
 *     await browser.open(url);
 *     await browser.until("the first entry", () => document.querySelector("live-feed").shadowRoot.querySelector("li"));
 *     const count = await browser.run((name) => document.getElementsByTagName(name).length, "li");
 *     assert.deepEqual(await browser.complaints(), []);
 */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { after, before } from "node:test";
import { openSession } from "./engine.js";
import { Outside } from "./outside.js";

/** Long enough for a page on a busy machine, short enough to wait for when something is broken. */
const PATIENCE_MS = 20_000;
/** How often a condition is looked at. */
const LOOK_MS = 20;

/** A usual laptop and a usual phone. */
export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };

/**
 * What runs in the page around a test's function. Firefox keeps the message out of an error's stack.
 * @param {Function} work
 */
const wrapped = (work) => `async (...args) => {
  try {
    return { value: await (${work})(...args) };
  } catch (error) {
    const [message, stack] = [String(error), String(error?.stack ?? "")];
    return { error: stack.includes(message) ? stack : message + "\\n" + stack };
  }
}`;

/** A browser window under test. */
export class Browser {
  /** Whom it has asked for besides the test's own servers; it never gets an answer there. */
  outside = new Outside();
  /** @type {import("./sessions/session.js").Session | undefined} */
  #session;

  /** Starts the browser. */
  async start() {
    this.#session = await openSession(await this.outside.start());
    await this.resize(WIDE);
  }

  /** Ends it; does nothing if it never started. */
  async stop() {
    if (this.#session === undefined) return;
    await this.#session.close();
    await this.outside.stop();
    this.#session = undefined;
  }

  /** The engine's session, for what only one engine can do. */
  get session() {
    if (this.#session === undefined) throw new Error("The browser runs only within tests: use it inside test().");
    return this.#session;
  }

  /** Selenium's own driver, for what is not here. */
  get driver() {
    return this.session.driver;
  }

  /**
   * Opens a page and waits for its load event. Earlier complaints and requests outside are forgotten.
   * @param {string} url
   */
  async open(url) {
    await this.complaints();
    this.outside.asked = [];
    await this.driver.get(url);
  }

  /**
   * Runs a function in the page and gives what it returns, awaited. It sees the page, its arguments and nothing else.
   * @template {unknown[]} Args
   * @template Result
   * @param {(...args: Args) => Result} work
   * @param {Args} args anything that JSON can carry
   * @returns {Promise<Awaited<Result>>}
   */
  async run(work, ...args) {
    const { value, error } = await this.session.call(wrapped(work), args);
    if (error !== undefined) throw new Error(`In the page: ${error}`);
    return value;
  }

  /**
   * Waits until a function in the page returns something truthy, and gives that.
   * @template {unknown[]} Args
   * @template Result
   * @param {string} what what is waited for, in words: it stands in the error
   * @param {(...args: Args) => Result} condition
   * @param {Args} args
   * @returns {Promise<NonNullable<Awaited<Result>>>}
   */
  async until(what, condition, ...args) {
    let seen = "";
    const end = performance.now() + PATIENCE_MS;
    do {
      try {
        const result = await this.run(condition, ...args);
        if (result) return result;
        seen = JSON.stringify(result);
      } catch (error) {
        // Not there yet, or the page was just changing; told below if it stays so.
        seen = String(error);
      }
      await this.driver.sleep(LOOK_MS);
    } while (performance.now() < end);
    const said = (await this.complaints()).map((line) => `\n  ${line}`).join("");
    const console = said === "" ? "" : `\nThe console said:${said}`;
    throw new Error(`Waited ${PATIENCE_MS} ms for ${what}; last seen: ${seen}.${console}`);
  }

  /**
   * Does something in the page's first frame, which may still have to come.
   * @template T
   * @param {() => Promise<T>} work
   */
  async inFrame(work) {
    await this.until("a frame", () => document.querySelector("iframe") !== null);
    await this.session.enterFrame();
    try {
      return await work();
    } finally {
      await this.session.leaveFrame();
    }
  }

  /**
   * Lets the page draw twice, so that layout and whoever observes it have run. Works where a test has taken over the
   * page's frames and timers, too: an observer is told of what it observes when that has been drawn.
   */
  async frames() {
    await this.run(async () => {
      for (const _ of "ab") {
        await new Promise((done) => {
          const drawn = new IntersectionObserver(() => {
            drawn.disconnect();
            done(undefined);
          });
          drawn.observe(document.documentElement);
        });
      }
    });
  }

  /**
   * What the console complained about since the page was opened or this was last asked: errors, uncaught exceptions
   * and, in Chromium, failed requests and policy violations. In WebKit always empty: `lacks("console")`.
   * @returns {Promise<string[]>}
   */
  async complaints() {
    return this.session.complaints();
  }

  /**
   * Makes the page's viewport this large; in WebKit as near as its window can come.
   * @param {import("./sessions/session.js").Size} size
   */
  async resize(size) {
    await this.session.resize(size);
  }

  /**
   * Makes the page believe in the reader's settings. Chromium only: `lacks("preferences")`.
   * @param {import("./sessions/session.js").Preferences} preferences
   */
  async prefer(preferences) {
    await this.session.prefer(preferences);
  }

  /**
   * Puts the reader into another time zone, until told otherwise. Open a page after it: WebKit starts anew for that.
   * @param {string} zone an IANA name
   */
  async inZone(zone) {
    await this.session.inZone(zone);
  }

  /**
   * Writes a picture of the viewport, or (not in WebKit) with `whole` of the whole page.
   * @param {string} path of a .png file
   * @param {{ whole?: boolean }} [options]
   */
  async screenshot(path, { whole = false } = {}) {
    const picture = await this.session.screenshot({ whole });
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, picture, "base64");
  }
}

/** A browser for the tests of this file (or of the `describe` it stands in): starts before them, closes after them. */
export function useBrowser() {
  const browser = new Browser();
  before(() => browser.start());
  after(() => browser.stop());
  return browser;
}
