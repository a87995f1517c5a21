/**
 * Where things are, and which programs are there. Only Node's own modules are used here and in everything that
 * the set-up imports, since it runs before the npm packages are there.
 */
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Cargo tools of the version this project needs, where those on PATH do not fit. Every checkout of this user shares them,
 * since compiling them takes minutes; no other project sees them.
 */
export const TOOLS = join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "livefeed", "tools");

const WINDOWS = process.platform === "win32";

/**
 * A place in the project.
 * @param {...string} parts
 */
export function place(...parts) {
  return join(ROOT, ...parts);
}

/**
 * The text of a file of the project.
 * @param {...string} parts
 */
export function text(...parts) {
  return readFileSync(place(...parts), "utf8");
}

/** The environment for every program we start: our own tools first, then the npm packages' (wasm-opt, tsc). */
export const ENVIRONMENT = {
  ...process.env,
  PATH: [join(TOOLS, "bin"), place("node_modules", ".bin"), process.env.PATH ?? ""].join(delimiter),
};

/**
 * The full path of the first of these programs that is on PATH.
 * @param {...string} names
 * @returns {string | undefined}
 */
export function which(...names) {
  const folders = ENVIRONMENT.PATH.split(delimiter).filter((folder) => folder !== "");
  const endings = WINDOWS ? [".exe", ".cmd"] : [""];
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    .find(isProgram);
}

/**
 * Whether a program stands at this path.
 * @param {string} path
 */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
