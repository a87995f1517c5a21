/** The engine of this run: Chromium, or the one that the environment's ENGINE names; and what its driver lacks. */
import { engineNamed, installed } from "../../../scripts/engines.js";
import { ChromiumSession } from "./sessions/chromium.js";
import { FirefoxSession } from "./sessions/firefox.js";
import { WebKitSession } from "./sessions/webkit.js";

export const ENGINE = process.env.ENGINE ?? "chromium";

const SESSIONS = { chromium: ChromiumSession, firefox: FirefoxSession, webkit: WebKitSession };

/**
 * What cannot be done from outside of the page, engine by engine. What the page itself can or cannot do is asked there.
 * @type {Record<string, Partial<Record<import("../../../scripts/engines.js").EngineName, string>>>}
 */
const LACKS = {
  cache: { webkit: "WebKit keeps no HTTP cache while it is driven" },
  console: { webkit: "WebKit's driver does not tell what the console says" },
  preferences: {
    firefox: "Firefox's driver cannot set what a reader prefers",
    webkit: "WebKit's driver cannot set what a reader prefers",
  },
  shifts: {
    firefox: "Firefox does not measure how far things jump",
    webkit: "WebKit does not measure how far things jump",
  },
  tasks: {
    firefox: "Firefox does not tell how long a task held its page up",
    webkit: "WebKit does not tell how long a task held its page up",
  },
  devTools: { firefox: "Firefox has no DevTools protocol", webkit: "WebKit has no DevTools protocol" },
};

/**
 * Why a test that needs this is left out here; false where it runs: `test("…", { skip: lacks("preferences") }, …)`.
 * @param {"cache" | "console" | "preferences" | "shifts" | "tasks" | "devTools"} what
 * @returns {string | false}
 */
export function lacks(what) {
  return LACKS[what][engineNamed(ENGINE).name] ?? false;
}

/**
 * Opens a browser.
 * @param {import("./sessions/session.js").Proxy} proxy
 */
export async function openSession(proxy) {
  const engine = engineNamed(ENGINE);
  if (!installed(engine)) throw new Error(`${engine.label} with its driver is not installed. Run: ${engine.remedy}`);
  const session = await SESSIONS[engine.name].open(engine, proxy);
  await session.begin();
  return session;
}
