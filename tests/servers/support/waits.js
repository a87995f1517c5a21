/** How long each of many readers waits before it connects again: asked from the very code that runs in a page. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { place } from "../../../scripts/places.js";
import { run } from "../../../scripts/run.js";

export class Waits {
  #program;
  /** @type {Map<string, (milliseconds: number) => void>} */
  #asked = new Map();

  /** @param {import("node:child_process").ChildProcessByStdio<import("node:stream").Writable, import("node:stream").Readable, null>} program */
  constructor(program) {
    this.#program = program;
    createInterface({ input: program.stdout }).on("line", (line) => {
      const [reader, milliseconds] = line.split(" ");
      this.#asked.get(reader)?.(Number(milliseconds));
    });
  }

  /** Builds `waits.rs` and starts it. */
  static async start() {
    await run("cargo", ["build", "--quiet", "--example", "waits"]);
    const folder = process.env.CARGO_TARGET_DIR ?? place("target");
    return new Waits(spawn(`${folder}/debug/examples/waits`, [], { stdio: ["pipe", "pipe", "inherit"] }));
  }

  /**
   * A reader's connection stands.
   * @param {number} reader
   */
  opened(reader) {
    this.#program.stdin.write(`${reader} opened ${Math.round(performance.now())}\n`);
  }

  /**
   * A reader's connection broke, or came to nothing. Gives how long it waits.
   * @param {number} reader
   * @returns {Promise<number>}
   */
  broke(reader) {
    return new Promise((resolve) => {
      this.#asked.set(String(reader), resolve);
      this.#program.stdin.write(`${reader} broke ${Math.round(performance.now())} ${Math.random()}\n`);
    });
  }

  async stop() {
    this.#program.stdin.end();
    await once(this.#program, "exit");
  }
}
