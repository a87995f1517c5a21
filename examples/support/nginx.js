/** nginx as an unprivileged program, with a folder of its own for everything that it reads and writes. */
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { place } from "../../scripts/places.js";
import { nginxModules, serverProgram } from "../../scripts/servers.js";
import { Program } from "./program.js";

/** What every server here shares. */
const SHARED = ["http.conf", "site.conf"];

/** Workers give up root's rights, and then can't read a folder that is root's alone; so in a container they stay root. */
const AS_ROOT = process.getuid?.() === 0 ? ["-g", "user root;"] : [];

/** An nginx that can be killed and started again in the same folder. */
export class Nginx {
  /** @type {Program | undefined} */
  #program;
  #folder;
  #port;

  /**
   * @param {string} folder
   * @param {number} port
   */
  constructor(folder, port) {
    this.#folder = folder;
    this.#port = port;
  }

  /**
   * Writes the configuration into the folder.
   * @param {string} folder
   * @param {string} template the folder of `examples/` whose nginx.conf.template it is
   * @param {Record<string, string | number> & { PORT: number }} values what is filled in
   */
  static async prepare(folder, template, values) {
    // It makes the folders in temp/ by itself, but not temp/.
    await mkdir(join(folder, "temp"), { recursive: true });
    for (const file of SHARED) await copyFile(place("examples", "static", file), join(folder, file));
    const text = await readFile(place("examples", template, "nginx.conf.template"), "utf8");
    await writeFile(join(folder, "nginx.conf"), filled(text, { MODULES: nginxModules() ?? "", ...values }));
    return new Nginx(folder, values.PORT);
  }

  get origin() {
    return `http://127.0.0.1:${this.#port}`;
  }

  get program() {
    if (this.#program === undefined) throw new Error("nginx was not started yet.");
    return this.#program;
  }

  async start() {
    const args = ["-p", this.#folder, "-c", join(this.#folder, "nginx.conf"), ...AS_ROOT];
    this.#program = await Program.start(serverProgram("nginx"), args, { cwd: this.#folder, port: this.#port });
  }

  /** As an administrator does after a change of the configuration: new workers come, the old ones end. */
  reload() {
    process.kill(/** @type {number} */ (this.program.pid), "SIGHUP");
  }

  async stop() {
    await this.#program?.stop();
  }

  async kill() {
    await this.program.kill();
  }

  /**
   * What it has answered so far, in order.
   * @returns {Promise<{ uri: string, status: number, received: number, sent: number }[]>}
   */
  async answers() {
    const log = await readFile(join(this.#folder, "access.log"), "utf8");
    return log.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  }
}

/**
 * A template with its ${NAMES} filled in.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function filled(text, values) {
  return text.replace(/\$\{([A-Z_]+)\}/g, (whole, name) => String(values[name] ?? whole));
}
