/**
 * Firefox: what classic WebDriver lacks comes by WebDriver BiDi. So do scripts: those of classic WebDriver run in a
 * sandbox there, whose globals are not the page's.
 */
import { Builder, Browser } from "selenium-webdriver";
import firefox from "selenium-webdriver/firefox.js";
import { Session } from "./session.js";

export class FirefoxSession extends Session {
  /** The tab, and what in it scripts run in: itself, or a frame. */
  #tab = "";
  #context = "";
  /** What the console said; it comes by itself. @type {string[]} */
  #heard = [];

  /**
   * @param {import("./session.js").Programs} programs
   * @param {import("./session.js").Proxy} proxy
   */
  static async open({ browser, driver: program }, proxy) {
    const options = new firefox.Options();
    options.setBinary(browser);
    options.addArguments("-headless");
    options.enableBidi();
    options.set("proxy", proxy);
    const driver = await new Builder()
      .forBrowser(Browser.FIREFOX)
      .setFirefoxOptions(options)
      .setFirefoxService(new firefox.ServiceBuilder(program))
      .build();
    return new FirefoxSession(driver);
  }

  /** @override */
  async begin() {
    await super.begin();
    this.#tab = this.#context = await this.driver.getWindowHandle();
    const bidi = await this.driver.getBidi();
    bidi.on("log.entryAdded", (/** @type {{ level: string, text: string }} */ { level, text }) => {
      if (level === "error") this.#heard.push(text);
    });
    await this.#send("session.subscribe", { events: ["log.entryAdded"] });
  }

  /**
   * @param {string} source
   * @param {unknown[]} args
   * @returns {Promise<import("./session.js").Outcome>}
   * @override
   */
  async call(source, args) {
    // As JSON both ways: BiDi's own notation of values would have to be written and read here.
    const { result, exceptionDetails } = await this.#send("script.callFunction", {
      functionDeclaration: `async (args) => JSON.stringify(await (${source})(...JSON.parse(args)))`,
      arguments: [{ type: "string", value: JSON.stringify(args) }],
      target: { context: this.#context },
      awaitPromise: true,
    });
    return exceptionDetails ? { error: exceptionDetails.text } : JSON.parse(result.value);
  }

  /** @override */
  async enterFrame() {
    await super.enterFrame();
    const { contexts } = await this.#send("browsingContext.getTree", { root: this.#tab });
    this.#context = contexts[0].children[0].context;
  }

  /** @override */
  async leaveFrame() {
    await super.leaveFrame();
    this.#context = this.#tab;
  }

  /** Errors and uncaught exceptions. @override */
  async complaints() {
    return this.#heard.splice(0);
  }

  /** @override @param {import("./session.js").Size} viewport */
  async resize(viewport) {
    await this.#send("browsingContext.setViewport", { context: this.#tab, viewport });
  }

  /** @override @param {{ whole: boolean }} options */
  async screenshot({ whole }) {
    const origin = whole ? "document" : "viewport";
    return (await this.#send("browsingContext.captureScreenshot", { context: this.#tab, origin })).data;
  }

  /** @override @param {string} timezone */
  async inZone(timezone) {
    await this.#send("emulation.setTimezoneOverride", { timezone, contexts: [this.#tab] });
  }

  /**
   * @param {string} method
   * @param {Record<string, unknown>} params
   * @returns {Promise<any>}
   */
  async #send(method, params) {
    const bidi = await this.driver.getBidi();
    const { error, message, result } = /** @type {any} */ (await bidi.send({ method, params }));
    if (error !== undefined) throw new Error(`Firefox, ${method}: ${error}, ${message}`);
    return result;
  }
}
