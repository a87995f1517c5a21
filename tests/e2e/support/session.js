/** A WebDriver session in the engine that ENGINE names: Chromium (default), Firefox or WebKit. */
import { once } from "node:events";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { Builder, Browser as Name, Capabilities, logging } from "selenium-webdriver";
import chrome from "selenium-webdriver/chrome.js";
import firefox from "selenium-webdriver/firefox.js";
import { engineNamed, installed } from "../../../scripts/engines.js";

/**
 * `--no-sandbox` because containers run as root; the rest keeps the browser from talking to anyone but us and from
 * slowing down pages that nobody looks at.
 */
const CHROMIUM_FLAGS = [
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

/** How long the WebKit driver may take to listen, and how often we look. */
const DRIVER_START_MS = 10_000;
const DRIVER_LOOK_MS = 50;

/** The engine of this run. */
export const ENGINE = process.env.ENGINE ?? "chromium";

/**
 * @typedef {object} Session
 * @property {import("selenium-webdriver").WebDriver} driver
 * @property {() => Promise<void>} close ends the browser and its driver
 */

/** @returns {Promise<Session>} */
export async function openSession() {
  const engine = engineNamed(ENGINE);
  if (!installed(engine)) throw new Error(`${engine.label} with its driver is not installed. Run: ${engine.remedy}`);
  if (engine.name === "chromium") return openChromium(engine);
  if (engine.name === "firefox") return openFirefox(engine);
  return openWebKit(engine);
}

/** @typedef {{ browser: string, driver: string }} Programs */

/** @param {Programs} programs @returns {Promise<Session>} */
async function openChromium({ browser, driver: program }) {
  const preferences = new logging.Preferences();
  preferences.setLevel(logging.Type.BROWSER, logging.Level.ALL);
  const options = new chrome.Options();
  options.setBinaryPath(browser);
  options.addArguments(...CHROMIUM_FLAGS);
  options.setLoggingPrefs(preferences);
  const driver = await new Builder()
    .forBrowser(Name.CHROME)
    .setChromeOptions(options)
    .setChromeService(new chrome.ServiceBuilder(program))
    .build();
  return { driver, close: () => driver.quit() };
}

/** @param {Programs} programs @returns {Promise<Session>} */
async function openFirefox({ browser, driver: program }) {
  const options = new firefox.Options();
  options.setBinary(browser);
  options.addArguments("-headless");
  options.enableBidi();
  const driver = await new Builder()
    .forBrowser(Name.FIREFOX)
    .setFirefoxOptions(options)
    .setFirefoxService(new firefox.ServiceBuilder(program))
    .build();
  return { driver, close: () => driver.quit() };
}

/**
 * Selenium knows Safari's driver, not WebKitGTK's, so that one is started here.
 * @param {Programs} programs
 * @returns {Promise<Session>}
 */
async function openWebKit({ browser, driver: program }) {
  const port = await freePort();
  const service = spawn(program, [`--port=${port}`], { stdio: "ignore" });
  const stop = async () => {
    if (service.exitCode !== null) return;
    service.kill();
    await once(service, "exit");
  };
  try {
    const server = `http://127.0.0.1:${port}`;
    await listening(server);
    const capabilities = new Capabilities({
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: browser, args: ["--automation"] },
    });
    const driver = await new Builder().usingServer(server).withCapabilities(capabilities).build();
    return { driver, close: () => driver.quit().finally(stop) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  return port;
}

/** @param {string} server */
async function listening(server) {
  const last = performance.now() + DRIVER_START_MS;
  while (performance.now() < last) {
    if (await fetch(`${server}/status`).then((answer) => answer.ok, () => false)) return;
    await sleep(DRIVER_LOOK_MS);
  }
  throw new Error(`WebKitWebDriver did not listen within ${DRIVER_START_MS} ms.`);
}
