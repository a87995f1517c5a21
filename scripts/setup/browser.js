/** Chromium (or Chrome) with its driver: what tests in a browser need at the least. */
import { APT_CHROMIUM, APT_INSTALL, chromium, installed } from "../engines.js";
import { which } from "../places.js";
import { ask, run } from "../run.js";

/** @returns {import("../setup.js").Need} */
export function browser() {
  const { browser: program, driver, remedy } = chromium();
  const missing = [program ? "" : "browser", driver ? "" : "chromedriver"].filter(Boolean).join(" and ");
  const mayInstall = process.getuid?.() === 0 && which("apt-get") !== undefined;
  return {
    name: missing === "" ? "Chromium with its driver" : `Chromium with its driver (no ${missing} on PATH)`,
    find: () => {
      const engine = chromium();
      return installed(engine) ? (ask(engine.browser, ["--version"]) ?? engine.browser) : undefined;
    },
    takes: "about 1 min",
    remedy,
    install: mayInstall
      ? async () => {
          const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
          await run("apt-get", ["update"], options);
          await run("apt-get", [...APT_INSTALL, ...APT_CHROMIUM], options);
        }
      : undefined,
  };
}
