/** Chromium: what classic WebDriver lacks comes by the DevTools protocol. */
import { Builder, Browser, logging } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";
import { Session } from "./session.js";

/**
 * `--no-sandbox` because containers run as root; the rest keeps the browser from talking to anyone but us and from
 * slowing down pages that nobody looks at.
 */
const FLAGS = [
  "--headless=new",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-background-timer-throttling",
  "--disable-component-update",
  "--disable-sync",
  "--hide-scrollbars",
  "--no-first-run",
];

export class ChromiumSession extends Session {
  /**
   * @param {import("./session.js").Programs} programs
   * @param {import("./session.js").Proxy} proxy
   */
  static async open({ browser, driver: program }, proxy) {
    const preferences = new logging.Preferences();
    preferences.setLevel(logging.Type.BROWSER, logging.Level.ALL);
    const options = new chrome.Options();
    options.setBinaryPath(browser);
    options.addArguments(...FLAGS);
    options.setLoggingPrefs(preferences);
    options.set("proxy", proxy);
    const driver = await new Builder()
      .forBrowser(Browser.CHROME)
      .setChromeOptions(options)
      .setChromeService(new chrome.ServiceBuilder(program))
      .build();
    return new ChromiumSession(driver);
  }

  /** Errors, uncaught exceptions, failed requests and policy violations. @override */
  async complaints() {
    const entries = await this.driver.manage().logs().get(logging.Type.BROWSER);
    return entries.filter(({ level }) => level.value >= logging.Level.SEVERE.value).map(({ message }) => message);
  }

  /** @override @param {import("./session.js").Size} size */
  async resize({ width, height }) {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false };
    await this.devTools("Emulation.setDeviceMetricsOverride", metrics);
  }

  /** @override @param {{ whole: boolean }} options */
  async screenshot({ whole }) {
    if (!whole) return super.screenshot({ whole });
    return (await this.devTools("Page.captureScreenshot", { captureBeyondViewport: true, format: "png" })).data;
  }

  /** @override @param {string} zone */
  async inZone(zone) {
    await this.devTools("Emulation.setTimezoneOverride", { timezoneId: zone });
  }

  /** @override @param {import("./session.js").Preferences} preferences */
  async prefer({ dark = false, reducedMotion = false, print = false, forcedColors = false }) {
    await this.devTools("Emulation.setEmulatedMedia", {
      media: print ? "print" : "",
      features: [
        { name: "prefers-color-scheme", value: dark ? "dark" : "light" },
        { name: "prefers-reduced-motion", value: reducedMotion ? "reduce" : "no-preference" },
        { name: "forced-colors", value: forcedColors ? "active" : "none" },
      ],
    });
  }

  /**
   * Every string that JavaScript in the page still holds, after a garbage collection; of a long one its beginning.
   * @returns {Promise<string[]>}
   */
  async heapStrings() {
    const driver = /** @type {any} */ (this.driver);
    const connection = await driver.createCDPConnection("page");
    const chunks = /** @type {string[]} */ ([]);
    /** @param {Buffer} message */
    const take = (message) => {
      const { method, params } = JSON.parse(message.toString());
      if (method === "HeapProfiler.addHeapSnapshotChunk") chunks.push(params.chunk);
    };
    connection._wsConnection.on("message", take);
    try {
      await connection.send("HeapProfiler.collectGarbage", {});
      await connection.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
    } finally {
      connection._wsConnection.close();
    }
    return JSON.parse(chunks.join("")).strings;
  }

  /**
   * Several collections: what the finalizers of one free is collected by the next.
   * @override
   * @returns {Promise<import("./session.js").Counters>}
   */
  async counters() {
    for (const _ of "four") await this.devTools("HeapProfiler.collectGarbage", {});
    const { nodes, jsEventListeners: listeners } = await this.devTools("Memory.getDOMCounters", {});
    const { usedSize: heap } = await this.devTools("Runtime.getHeapUsage", {});
    return { nodes, listeners, heap };
  }

  /**
   * Any command of the DevTools protocol.
   * @param {string} command
   * @param {Record<string, unknown>} parameters
   */
  async devTools(command, parameters) {
    const driver = /** @type {import("selenium-webdriver/chrome.js").Driver} */ (this.driver);
    return /** @type {any} */ (await driver.sendAndGetDevToolsCommand(command, parameters));
  }
}
