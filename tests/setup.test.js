/** What the set-up finds and installs for the browsers, on machines of all kinds: none of them is this one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { chromium, engines, firefox, required, webkit } from "../scripts/engines.js";
import { browsers } from "../scripts/setup/browsers.js";

const MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";

/**
 * A machine that has these programs and no others.
 * @param {string[]} programs
 * @param {NodeJS.Platform} [platform]
 */
function machine(programs, platform = "linux") {
  return {
    platform,
    which: (/** @type {string[]} */ ...names) => {
      const found = names.find((name) => programs.includes(name));
      return found && `/usr/bin/${found}`;
    },
    isProgram: (/** @type {string} */ path) => programs.includes(path),
  };
}

/**
 * The set-up's needs on a machine whose programs it may add to, and the commands that it runs there.
 * @param {Parameters<typeof browsers>[0]} names
 * @param {string[]} programs
 * @param {{ apt?: boolean, brings?: string[] }} [options] `brings`: the programs that Debian's packages add
 */
function setUp(names, programs, { apt = true, brings = [] } = {}) {
  /** @type {string[]} */
  const commands = [];
  const needs = browsers(names, {
    look: () => engines(machine(programs)),
    apt,
    run: async (program, args) => {
      commands.push([program, ...args].join(" "));
      programs.push(...brings.splice(0));
    },
  });
  return { needs, commands };
}

test("Chromium alone is required, unless another engine is asked for; with CI=true all are", () => {
  assert.deepEqual(required({}), ["chromium"]);
  assert.deepEqual(required({ ENGINE: "webkit" }), ["webkit"]);
  assert.deepEqual(required({ CI: "true" }), ["chromium", "firefox", "webkit"]);
  assert.deepEqual(required({ CI: "true", ENGINE: "firefox" }), ["firefox"]);
  assert.throws(() => required({ ENGINE: "gecko" }), {
    message: 'There is no engine "gecko"; there are chromium, firefox and webkit.',
  });
});

test("what is missing of an engine is named by the command that installs just that", () => {
  const remedies = (/** @type {string[]} */ programs) => engines(machine(programs)).map(({ remedy }) => remedy);
  const apt = "sudo apt-get install -y --no-install-recommends";
  assert.deepEqual(remedies([]), [
    `${apt} chromium chromium-driver`,
    `${apt} firefox-esr && cargo install geckodriver`,
    `${apt} webkit2gtk-driver xvfb xauth`,
  ]);
  assert.deepEqual(remedies(["google-chrome", "firefox", "WebKitWebDriver", MINI_BROWSER]), [
    `${apt} chromium-driver`,
    "cargo install geckodriver",
    `${apt} xvfb xauth`,
  ]);
});

test("on another system the remedy is that system's", () => {
  assert.equal(chromium(machine([], "darwin")).remedy, "brew install --cask google-chrome chromedriver");
  assert.equal(chromium(machine([], "win32")).remedy, "winget install Google.Chrome Chromium.ChromeDriver");
  assert.equal(firefox(machine([], "darwin")).remedy, "brew install --cask firefox && cargo install geckodriver");
  assert.equal(webkit(machine([], "darwin")).remedy, "WebKitGTK is there on Linux alone");
});

test("WebKit without a display is as good as none", () => {
  assert.equal(webkit(machine(["WebKitWebDriver", MINI_BROWSER])).driver, undefined);
  const whole = webkit(machine(["WebKitWebDriver", "xvfb-run", MINI_BROWSER]));
  assert.equal(whole.driver, "/usr/bin/WebKitWebDriver");
  assert.equal(whole.before[0], "/usr/bin/xvfb-run");
});

test("where packages may be installed, those that are missing are, without what they recommend", async () => {
  const programs = ["WebKitWebDriver", MINI_BROWSER];
  const { needs, commands } = setUp(["webkit"], programs, { brings: ["xvfb-run"] });
  const need = needs[0]();
  assert.equal(need.name, "WebKit with its driver");
  assert.equal(need.find(), undefined);
  await need.install?.();
  assert.deepEqual(commands, ["apt-get update", "apt-get install -y --no-install-recommends xvfb xauth"]);
  assert.equal(need.find(), MINI_BROWSER);
});

test("where they may not, nothing is tried", () => {
  const { needs } = setUp(["chromium"], [], { apt: false });
  assert.equal(needs[0]().install, undefined);
  assert.equal(needs[0]().remedy, "sudo apt-get install -y --no-install-recommends chromium chromium-driver");
});

test("Firefox's driver comes from crates.io, before Firefox is looked for", () => {
  const { needs } = setUp(["chromium", "firefox", "webkit"], []);
  assert.deepEqual(
    needs.map((need) => need().name),
    ["Chromium with its driver", "geckodriver", "Firefox with its driver", "WebKit with its driver"],
  );
  assert.match(needs[1]().remedy, /^cargo install geckodriver --version \d+\.\d+\.\d+$/);
});
