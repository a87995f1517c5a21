/** Browsers with their drivers: Chromium for every test run, the others where all tests have to run. */
import { APT_INSTALL, engines, installed } from "../engines.js";
import { which } from "../places.js";
import { ask, run } from "../run.js";
import { geckodriver } from "./rust.js";

/**
 * What is asked and done here; tests hand over something else.
 * @typedef {object} Surroundings
 * @property {() => import("../engines.js").Engine[]} look
 * @property {boolean} apt whether Debian's packages may be installed
 * @property {(program: string, args: string[], options: import("../run.js").Options) => Promise<unknown>} run
 */

/** @type {Surroundings} */
const HERE = { look: engines, apt: process.getuid?.() === 0 && which("apt-get") !== undefined, run };

/**
 * The needs of tests that open these browsers.
 * @param {import("../engines.js").EngineName[]} names
 * @param {Surroundings} [here]
 * @returns {(() => import("../setup.js").Need)[]}
 */
export function browsers(names, here = HERE) {
  return names.flatMap((name) => [...(name === "firefox" ? [geckodriver] : []), () => browser(name, here)]);
}

/**
 * @param {import("../engines.js").EngineName} name
 * @param {Surroundings} here
 * @returns {import("../setup.js").Need}
 */
function browser(name, { look, apt, run }) {
  const engine = () => /** @type {import("../engines.js").Engine} */ (look().find((each) => each.name === name));
  const { label, remedy, packages } = engine();
  return {
    name: `${label} with its driver`,
    find: () => {
      const found = engine();
      return installed(found) ? (ask(found.browser, ["--version"]) ?? found.browser) : undefined;
    },
    takes: "about 1 min",
    remedy,
    install: apt
      ? async () => {
          const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
          await run("apt-get", ["update"], options);
          await run("apt-get", [...APT_INSTALL, ...packages], options);
        }
      : undefined,
  };
}
