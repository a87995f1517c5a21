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
import { logging } from "selenium-webdriver";
import logInspector from "selenium-webdriver/bidi/logInspector.js";
import { ENGINE, openSession } from "./session.js";

/** Long enough for a page on a busy machine, short enough to wait for when something is broken. */
const PATIENCE_MS = 10_000;
/** How often a condition is looked at. */
const LOOK_MS = 20;

/** A usual laptop and a usual phone. */
export const WIDE = { width: 1280, height: 800 };
export const NARROW = { width: 360, height: 740 };

export { ENGINE };

/** A browser window under test. */
export class Browser {
  /** @type {import("./session.js").Session | undefined} */
  #session;
  /** What the console said, where it comes by itself (Firefox). @type {string[]} */
  #heard = [];

  /** Starts the browser. */
  async start() {
    this.#session = await openSession();
    if (ENGINE === "firefox") {
      const inspector = await logInspector(this.driver);
      await inspector.onLog((/** @type {{ level: string, text: string }} */ { level, text }) => {
        if (level === "error") this.#heard.push(text);
      });
    }
    await this.driver.manage().setTimeouts({ script: PATIENCE_MS });
    await this.resize(WIDE);
  }

  /** Ends it; does nothing if it never started. */
  async stop() {
    await this.#session?.close();
    this.#session = undefined;
  }

  /** Selenium's own driver, for what is not here. */
  get driver() {
    if (this.#session === undefined) throw new Error("The browser runs only within tests: use it inside test().");
    return this.#session.driver;
  }

  /**
   * Opens a page and waits for its load event. Earlier complaints are forgotten.
   * @param {string} url
   */
  async open(url) {
    await this.complaints();
    await this.driver.get(url);
  }

  /**
   * Runs a function in the page and gives what it returns, awaited. It sees the page, its arguments and nothing else.
   * @template {unknown[]} Args
   * @template Result
   * @param {(...args: Args) => Result} work
   * @param {Args} args anything that JSON can carry, and elements
   * @returns {Promise<Awaited<Result>>}
   */
  async run(work, ...args) {
    /** @type {{ value?: Awaited<Result>, error?: string }} */
    const { value, error } = await this.driver.executeAsyncScript(
      `const [args, done] = [Array.from(arguments).slice(0, -1), arguments[arguments.length - 1]];
       (async () => (${work})(...args))().then(
         (value) => done({ value }),
         (error) => done({ error: String(error?.stack ?? error) }),
       );`,
      ...args,
    );
    if (error !== undefined) throw new Error(`In the page: ${error}`);
    return /** @type {Awaited<Result>} */ (value);
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
   * What the console complained about since the page was opened or this was last asked: errors, uncaught exceptions
   * and, in Chromium, failed requests and policy violations. WebKit's driver tells nothing: there it is always empty.
   * @returns {Promise<string[]>}
   */
  async complaints() {
    if (ENGINE === "webkit") return [];
    if (ENGINE === "firefox") return this.#heard.splice(0);
    const entries = await this.driver.manage().logs().get(logging.Type.BROWSER);
    return entries.filter(({ level }) => level.value >= logging.Level.SEVERE.value).map(({ message }) => message);
  }

  /**
   * Makes the page's viewport exactly this large.
   * @param {{ width: number, height: number }} size
   */
  async resize({ width, height }) {
    if (ENGINE === "chromium") {
      const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
      await this.#devTools("Emulation.setDeviceMetricsOverride", metrics);
      return;
    }
    const window = this.driver.manage().window();
    await window.setRect({ x: 0, y: 0, width, height });
    // The frame of the window counts too; a narrow one may not be had at all, then it stays as narrow as it gets.
    const inner = await this.run(() => [innerWidth, innerHeight]);
    await window.setRect({ x: 0, y: 0, width: 2 * width - inner[0], height: 2 * height - inner[1] });
  }

  /**
   * Makes the page believe in the reader's settings. Chromium only.
   * @param {{ dark?: boolean, reducedMotion?: boolean, print?: boolean, forcedColors?: boolean }} settings
   */
  async prefer({ dark = false, reducedMotion = false, print = false, forcedColors = false }) {
    await this.#devTools("Emulation.setEmulatedMedia", {
      media: print ? "print" : "",
      features: [
        { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
        { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
        { name: "forced-colors", value: forcedColors ? "active" : "none" },
      ],
    });
  }

  /**
   * Puts the reader into another time zone, until told otherwise. Chromium only.
   * @param {string} timezoneId an IANA name
   */
  async inZone(timezoneId) {
    await this.#devTools("Emulation.setTimezoneOverride", { timezoneId });
  }

  /**
   * Refuses every request to such addresses, so that no test reaches a third party. Chromium only.
   * @param {string[]} urls patterns: "https://*"
   */
  async refuse(urls) {
    await this.#devTools("Network.enable", {});
    await this.#devTools("Network.setBlockedURLs", { urls });
  }

  /**
   * Writes a picture of the viewport, or in Chromium with `whole` of the whole page.
   * @param {string} path of a .png file
   * @param {{ whole?: boolean }} [options]
   */
  async screenshot(path, { whole = false } = {}) {
    const picture = whole
      ? (await this.#devTools("Page.captureScreenshot", { captureBeyondViewport: true, format: "png" })).data
      : await this.driver.takeScreenshot();
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, picture, "base64");
  }

  /**
   * @param {string} command
   * @param {Record<string, unknown>} parameters
   */
  async #devTools(command, parameters) {
    if (ENGINE !== "chromium") throw new Error(`Only Chromium can do this (${command}); guard the test by ENGINE.`);
    const driver = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (this.driver);
    return /** @type {any} */ (await driver.sendAndGetDevToolsCommand(command, parameters));
  }
}

/** A browser for the tests of this file (or of the `describe` it stands in): starts before them, closes after them. */
export function useBrowser() {
  const browser = new Browser();
  before(() => browser.start());
  after(() => browser.stop());
  return browser;
}
