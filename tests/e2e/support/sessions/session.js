/** A browser session by classic WebDriver alone; each engine adds what its own driver can do besides. */

/**
 * How long a script in the page may take. No length that the widget waits for itself: WebKit's driver sets the page's
 * own timer for it, and some tests take the widget's timers over by their lengths.
 */
const PATIENCE_MS = 20_500;

/**
 * @typedef {{ browser: string, driver: string }} Programs
 * @typedef {{ proxyType: "manual", httpProxy: string, sslProxy: string, noProxy: string[] }} Proxy
 * @typedef {{ width: number, height: number }} Size
 * @typedef {{ dark?: boolean, reducedMotion?: boolean, print?: boolean, forcedColors?: boolean }} Preferences
 * @typedef {{ nodes: number, listeners: number, heap: number }} Counters of the DOM and of the JavaScript heap, in bytes
 * @typedef {{ value?: any, error?: string }} Outcome what a script in the page gave, or how it failed
 */

export class Session {
  /** Selenium's own driver, for what is not here. @type {import("selenium-webdriver").WebDriver} */
  driver;

  /** @param {import("selenium-webdriver").WebDriver} driver */
  constructor(driver) {
    this.driver = driver;
  }

  /** What every session needs once. */
  async begin() {
    await this.driver.manage().setTimeouts({ script: PATIENCE_MS });
  }

  /** Ends the browser and its driver. */
  async close() {
    await this.driver.quit();
  }

  /**
   * Calls an async function in the page that gives an outcome.
   * @param {string} source
   * @param {unknown[]} args
   * @returns {Promise<Outcome>}
   */
  async call(source, args) {
    const script = `const [args, done] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      (${source})(...args).then(done);`;
    return /** @type {Outcome} */ (await this.driver.executeAsyncScript(script, ...args));
  }

  /** Goes into the page's first frame: scripts run there from now on. @returns {Promise<void>} */
  async enterFrame() {
    await this.driver.switchTo().frame(0);
  }

  /** Comes back to the page. @returns {Promise<void>} */
  async leaveFrame() {
    await this.driver.switchTo().defaultContent();
  }

  /** What the console complained about since this was last asked. @returns {Promise<string[]>} */
  async complaints() {
    return [];
  }

  /**
   * What is left of the page's nodes, listeners and heap after a garbage collection; nothing where no driver can cause one.
   * @returns {Promise<Counters | undefined>}
   */
  async counters() {
    return undefined;
  }

  /**
   * Makes the viewport this large. The frame of the window counts too, so it is measured and added; a narrow window
   * may not be had at all, then it stays as narrow as it gets.
   * @param {Size} size
   */
  async resize({ width, height }) {
    const window = this.driver.manage().window();
    await window.setRect({ x: 0, y: 0, width, height });
    const inner = /** @type {number[]} */ (await this.driver.executeScript("return [innerWidth, innerHeight]"));
    await window.setRect({ x: 0, y: 0, width: 2 * width - inner[0], height: 2 * height - inner[1] });
  }

  /**
   * A picture of the viewport, in base64.
   * @param {{ whole: boolean }} options `whole`: of all that can be scrolled to
   * @returns {Promise<string>}
   */
  async screenshot({ whole }) {
    if (whole) throw new Error("This engine's driver takes pictures of the viewport alone.");
    return this.driver.takeScreenshot();
  }

  /**
   * Puts the reader into a time zone.
   * @param {string} zone an IANA name
   * @returns {Promise<void>}
   */
  async inZone(zone) {
    throw new Error(`This engine's driver cannot put a reader into ${zone}.`);
  }

  /**
   * Sets what the reader prefers.
   * @param {Preferences} preferences
   * @returns {Promise<void>}
   */
  async prefer(preferences) {
    const names = Object.keys(preferences).join(", ");
    throw new Error(`This engine's driver cannot set ${names}: guard the test by lacks("preferences").`);
  }
}
