/** Starting other programs: quietly, or with their output shown as it comes. */
import { spawn, spawnSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { ENVIRONMENT, ROOT } from "./places.js";

/** On Windows npm is a `.cmd` file, which only a shell can start. */
const NEEDS_SHELL = process.platform === "win32";

/**
 * @typedef {object} Options
 * @property {boolean} [quiet] keep the output, do not show it
 * @property {Record<string, string | undefined>} [env] added to the environment
 * @property {string} [cwd] the folder it runs in: the project's, if none is named
 * @property {AbortSignal} [signal] ends the program
 */

/** What a program did: its exit code and its output as plain text, both streams in the order they came. */
export class Outcome {
  /**
   * @param {string} command the whole command, as one would type it
   * @param {number} code
   * @param {string} output
   */
  constructor(command, code, output) {
    this.command = command;
    this.code = code;
    this.output = output;
  }

  get ok() {
    return this.code === 0;
  }
}

/** A program that failed; its output is part of the message. */
export class Failure extends Error {
  /** @param {Outcome} outcome */
  constructor(outcome) {
    super(`${outcome.command}\nended with ${outcome.code}.\n${outcome.output}`);
    this.name = "Failure";
  }
}

/**
 * Runs a program to its end, whatever that is.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 */
export function attempt(program, args, { quiet = false, env = {}, cwd = ROOT, signal } = {}) {
  const command = [program, ...args].join(" ");
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...ENVIRONMENT, ...(process.stdout.isTTY ? { CARGO_TERM_COLOR: "always" } : {}), ...env },
      shell: NEEDS_SHELL,
      signal,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const [from, to] of /** @type {const} */ ([[child.stdout, process.stdout], [child.stderr, process.stderr]])) {
      from.setEncoding("utf8").on("data", (/** @type {string} */ piece) => {
        output += piece;
        if (!quiet) to.write(piece);
      });
    }
    const end = (/** @type {number} */ code) => resolve(new Outcome(command, code, stripVTControlCharacters(output)));
    child.on("error", (error) => {
      output += `${error.message}\n`;
      end(1);
    });
    child.on("close", (code) => end(code ?? 1));
  });
}

/**
 * Runs a program that has to succeed.
 * @param {string} program
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Outcome>}
 * @throws {Failure}
 */
export async function run(program, args, options) {
  const outcome = await attempt(program, args, options);
  if (!outcome.ok) throw new Failure(outcome);
  return outcome;
}

/**
 * What a program answers on its standard output; undefined where it is missing or fails.
 * @param {string} program
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {string | undefined}
 */
export function ask(program, args, env = {}) {
  const { status, stdout } = spawnSync(program, args, {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...ENVIRONMENT, ...env },
    shell: NEEDS_SHELL,
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** Seconds since a moment of `performance.now()`, as text: "3.2 s". @param {number} start */
export function since(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
