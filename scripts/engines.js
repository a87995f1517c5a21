/**
 * The browser engines that tests run in: which are installed, and how to install the others.
 * Chromium has to be there; Firefox and WebKit are used where they are.
 */
import { isProgram, which } from "./places.js";

/**
 * @typedef {"chromium" | "firefox" | "webkit"} EngineName
 * @typedef {object} Engine
 * @property {EngineName} name
 * @property {string} label as it is shown
 * @property {string | undefined} browser the browser's program
 * @property {string | undefined} driver its WebDriver's program
 * @property {string} remedy the exact command that installs what is missing
 * @property {string[]} before what has to stand before a command that opens this browser
 */

/** Debian's packages; `--no-install-recommends` leaves out a desktop's worth of others. */
export const APT_INSTALL = ["install", "-y", "--no-install-recommends"];
export const APT_CHROMIUM = ["chromium", "chromium-driver"];

const MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
const MAC_CHROMIUM = "/Applications/Chromium.app/Contents/MacOS/Chromium";
/** WebKitGTK's browser for automation stands outside PATH, in a folder named after the machine. */
const MINI_BROWSERS = [
  "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
  "/usr/libexec/webkit2gtk-4.1/MiniBrowser",
];

/** Large enough for every window of a test; kept as it is between two browsers, or the second may find no display. */
const SCREEN = "-screen 0 1600x1200x24 -noreset";

/** @returns {Engine} */
export function chromium() {
  return {
    name: "chromium",
    label: "Chromium",
    browser:
      which("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome") ??
      [MAC_CHROME, MAC_CHROMIUM].find(isProgram),
    driver: which("chromedriver"),
    remedy:
      process.platform === "darwin"
        ? "brew install --cask google-chrome chromedriver"
        : process.platform === "win32"
          ? "winget install Google.Chrome Chromium.ChromeDriver"
          : ["sudo apt-get", ...APT_INSTALL, ...APT_CHROMIUM].join(" "),
    before: [],
  };
}

/** @returns {Engine} */
export function firefox() {
  return {
    name: "firefox",
    label: "Firefox",
    browser: which("firefox-esr", "firefox"),
    driver: which("geckodriver"),
    remedy: "sudo apt-get install -y --no-install-recommends firefox-esr && cargo install geckodriver",
    before: [],
  };
}

/** @returns {Engine} */
export function webkit() {
  // Without a display WebKitGTK hangs in silence, so it gets one of its own.
  const display = which("xvfb-run");
  return {
    name: "webkit",
    label: "WebKit",
    browser: MINI_BROWSERS.find(isProgram),
    driver: display === undefined ? undefined : which("WebKitWebDriver"),
    remedy: "sudo apt-get install -y --no-install-recommends webkit2gtk-driver xvfb xauth",
    before: display === undefined ? [] : [display, "-a", `--server-args=${SCREEN}`],
  };
}

/** All of them, the one that has to be there first. */
export function engines() {
  return [chromium(), firefox(), webkit()];
}

/**
 * The engine of this name.
 * @param {string} name
 */
export function engineNamed(name) {
  const found = engines().find((engine) => engine.name === name);
  if (found === undefined) throw new Error(`There is no engine "${name}"; there are chromium, firefox and webkit.`);
  return found;
}

/**
 * Whether tests can run in it.
 * @param {Engine} engine
 * @returns {engine is Engine & { browser: string, driver: string }}
 */
export function installed(engine) {
  return engine.browser !== undefined && engine.driver !== undefined;
}
