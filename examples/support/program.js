/** A server program: started, known to listen, stopped or killed, never left behind. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a program may take to listen or to end, and how often we look. */
const PATIENCE_MS = 15_000;
const LOOK_MS = 10;

/** @type {Set<Program>} */
const running = new Set();
// Whatever ends this process, nothing stays behind.
process.on("exit", () => {
  for (const program of running) program.signal("SIGKILL");
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  // Unless somebody else here listens, who then puts things in order.
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(1));
}

/** One program that listens at a port of this machine. */
export class Program {
  /** What it wrote, on either stream. */
  output = "";
  #child;

  /**
   * @param {string} file
   * @param {string[]} args
   * @param {string} cwd
   */
  constructor(file, args, cwd) {
    this.name = file.split("/").at(-1) ?? file;
    // A group of its own: nginx's workers are reached with their master, and the terminal's Ctrl-C reaches us alone,
    // who stop what runs in the right order.
    this.#child = spawn(file, args, { cwd, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding("utf8").on("data", (/** @type {string} */ piece) => (this.output += piece));
    }
    running.add(this);
    /** Resolves when it has ended, whoever ended it. @type {Promise<void>} */
    this.ended = new Promise((resolve) => {
      const end = () => {
        running.delete(this);
        resolve();
      };
      this.#child.once("close", end);
      this.#child.once("error", (error) => {
        this.output += `${error.message}\n`;
        end();
      });
    });
  }

  /**
   * Starts a program, and waits until it listens.
   * @param {string} file
   * @param {string[]} args
   * @param {{ cwd: string, port: number }} options
   */
  static async start(file, args, { cwd, port }) {
    const program = new Program(file, args, cwd);
    const end = performance.now() + PATIENCE_MS;
    while (performance.now() < end && program.runs) {
      if (await listens(port)) return program;
      await sleep(LOOK_MS);
    }
    await program.kill();
    throw new Error(`${program.name} does not listen at port ${port}.\n${program.output}`);
  }

  get pid() {
    return this.#child.pid;
  }

  get runs() {
    return running.has(this);
  }

  /** Asks it to end, and waits until it has; what takes too long is killed. */
  async stop() {
    this.signal("SIGTERM");
    const patience = AbortSignal.timeout(PATIENCE_MS);
    await Promise.race([this.ended, once(patience, "abort")]);
    await this.kill();
  }

  /** Ends it at once, as a machine that loses power does: nothing is put in order. */
  async kill() {
    this.signal("SIGKILL");
    await this.ended;
  }

  /**
   * Sends a signal to it and to what it has started.
   * @param {NodeJS.Signals} signal
   */
  signal(signal) {
    if (!this.runs || this.pid === undefined) return;
    try {
      process.kill(-this.pid, signal);
    } catch (error) {
      // It ended just now, by itself.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
    }
  }
}

/** A port that nobody uses. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

/** Whether somebody listens at a port of this machine. @param {number} port */
export async function listens(port) {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
