/** Node itself and the npm packages of package-lock.json. */
import { text } from "../places.js";
import { run } from "../run.js";

/** The first Node whose test runner knows `--test-timeout`. */
const OLDEST_NODE = [20, 11];

/** @returns {import("../setup.js").Need} */
export function node() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const fits = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  return {
    name: `Node (${OLDEST_NODE.join(".")} or newer)`,
    find: () => (fits ? process.versions.node : undefined),
    takes: "",
    remedy: "install a current Node from https://nodejs.org/",
    install: undefined,
  };
}

/** @returns {import("../setup.js").Need} */
export function packages() {
  return {
    name: "npm packages",
    find: () => (installedAsLocked() ? "as locked" : undefined),
    takes: "about 10 s",
    remedy: "npm ci",
    install: () => run("npm", ["ci", "--no-audit", "--no-fund"], { quiet: true }),
  };
}

/** Whether node_modules holds every package in the version that package-lock.json names. */
function installedAsLocked() {
  const wanted = packagesIn("package-lock.json");
  let found;
  try {
    found = packagesIn("node_modules", ".package-lock.json");
  } catch {
    return false;
  }
  return Object.entries(wanted)
    .filter(([path, { optional }]) => path !== "" && !optional)
    .every(([path, { version }]) => found[path]?.version === version);
}

/**
 * @param {...string} lockFile
 * @returns {Record<string, { version: string, optional?: boolean }>}
 */
function packagesIn(...lockFile) {
  return JSON.parse(text(...lockFile)).packages;
}
