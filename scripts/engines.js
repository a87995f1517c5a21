/**
 * The browser engines that tests run in: which are installed, and how to install the others.
 * Chromium has to be there; Firefox and WebKit are used where they are, and have to be with CI=true.
 */
import { isProgram, which } from "./places.js";

/**
 * @typedef {"chromium" | "firefox" | "webkit"} EngineName
 * @typedef {object} Engine
 * @property {EngineName} name
 * @property {string} label as it is shown
 * @property {string | undefined} browser the browser's program
 * @property {string | undefined} driver its WebDriver's program
 * @property {string[]} packages those of Debian that hold what is missing
 * @property {string} remedy the exact command that installs what is missing
 * @property {string[]} before what has to stand before a command that opens this browser
 */

/**
 * The machine that is looked at; tests hand over another.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {typeof which} which
 * @property {typeof isProgram} isProgram
 */

/** @type {Machine} */
const HERE = { platform: process.platform, which, isProgram };

/** `--no-install-recommends` leaves out a desktop's worth of other packages. */
export const APT_INSTALL = ["install", "-y", "--no-install-recommends"];
const CARGO_GECKODRIVER = "cargo install geckodriver";

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
export function chromium({ platform, which, isProgram } = HERE) {
  const browser =
    which("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome") ??
    [MAC_CHROME, MAC_CHROMIUM].find(isProgram);
  const driver = which("chromedriver");
  const packages = [...(browser ? [] : ["chromium"]), ...(driver ? [] : ["chromium-driver"])];
  const remedies = /** @type {Partial<Record<NodeJS.Platform, string>>} */ ({
    darwin: "brew install --cask google-chrome chromedriver",
    win32: "winget install Google.Chrome Chromium.ChromeDriver",
  });
  const remedy = remedies[platform] ?? apt(packages);
  return { name: "chromium", label: "Chromium", browser, driver, packages, remedy, before: [] };
}

/** @returns {Engine} */
export function firefox({ platform, which } = HERE) {
  const browser = which("firefox-esr", "firefox");
  const driver = which("geckodriver");
  const packages = browser ? [] : ["firefox-esr"];
  const remedies = /** @type {Partial<Record<NodeJS.Platform, string>>} */ ({
    darwin: "brew install --cask firefox",
    win32: "winget install Mozilla.Firefox",
  });
  const both = [browser ? "" : (remedies[platform] ?? apt(packages)), driver ? "" : CARGO_GECKODRIVER];
  const remedy = both.filter(Boolean).join(" && ");
  return { name: "firefox", label: "Firefox", browser, driver, packages, remedy, before: [] };
}

/** @returns {Engine} */
export function webkit({ platform, which, isProgram } = HERE) {
  const browser = MINI_BROWSERS.find(isProgram);
  const webDriver = which("WebKitWebDriver");
  // Without a display WebKitGTK hangs in silence, so it gets one of its own.
  const display = which("xvfb-run");
  const driver = display && webDriver;
  const packages = [...(browser && webDriver ? [] : ["webkit2gtk-driver"]), ...(display ? [] : ["xvfb", "xauth"])];
  const remedy = platform === "linux" ? apt(packages) : "WebKitGTK is there on Linux alone";
  const before = display ? [display, "-a", `--server-args=${SCREEN}`] : [];
  return { name: "webkit", label: "WebKit", browser, driver, packages, remedy, before };
}

/** @param {string[]} packages */
function apt(packages) {
  return packages.length === 0 ? "" : ["sudo apt-get", ...APT_INSTALL, ...packages].join(" ");
}

/** All of them, the one that has to be there first. */
export function engines(machine = HERE) {
  return [chromium(machine), firefox(machine), webkit(machine)];
}

/**
 * The one that the environment's ENGINE asks for; all of them where it asks for none.
 * @param {string | undefined} [asked]
 */
export function enginesAsked(asked = process.env.ENGINE) {
  return asked === undefined ? engines() : [engineNamed(asked)];
}

/**
 * Those without which the tests have failed: Chromium, and the one that is asked for; all of them with CI=true.
 * @param {{ CI?: string, ENGINE?: string }} [environment]
 * @returns {EngineName[]}
 */
export function required({ CI, ENGINE } = process.env) {
  if (ENGINE !== undefined) return [engineNamed(ENGINE).name];
  return CI ? ["chromium", "firefox", "webkit"] : ["chromium"];
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
