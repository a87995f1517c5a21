/** `node examples/varnish/start.js`: the static files, with Varnish in front of them. */
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { place } from "../../scripts/places.js";
import { serverProgram } from "../../scripts/servers.js";
import { startStatic } from "../static/start.js";
import { isMain, runExample } from "../support/example.js";
import { filled } from "../support/nginx.js";
import { freePort, Program } from "../support/program.js";

/**
 * Varnish's own settings. Brotli would be lost if it compressed by itself; what the origin gives no time for is not kept.
 */
const SETTINGS = ["-p", "http_gzip_support=off", "-p", "default_ttl=0"];
/** Memory for copies: a feed has three, each smaller than a picture. */
const STORAGE = "malloc,64m";

/**
 * Starts Varnish, and nginx behind it.
 * @param {{ folder: string, port: number, dist: string }} options `folder` takes everything that is written
 */
export async function startVarnish({ folder, port, dist }) {
  const originPort = await freePort();
  const files = await startStatic({ folder, port: originPort, dist });
  const vcl = join(folder, "default.vcl");
  const template = await readFile(place("examples", "varnish", "default.vcl.template"), "utf8");
  await writeFile(vcl, filled(template, { ORIGIN_PORT: originPort }));
  const work = join(folder, "varnish");
  await mkdir(work);
  const args = ["-F", "-j", "none", "-n", work, "-a", `127.0.0.1:${port}`, "-f", vcl, "-s", STORAGE, "-T", "none"];
  const varnish = await Program.start(serverProgram("varnish"), [...args, ...SETTINGS], { cwd: folder, port });
  return {
    ...files,
    /** Where Varnish is; the origin itself is `nginx.origin`. */
    origin: `http://127.0.0.1:${port}`,
    /** How many requests have waited so far for the answer to another one. */
    async sleeping() {
      const counter = "MAIN.busy_sleep";
      const { stdout } = await promisify(execFile)("varnishstat", ["-n", work, "-1", "-j", "-f", counter]);
      return Number(JSON.parse(stdout).counters[counter].value);
    },
    async stop() {
      await varnish.stop();
      await files.stop();
    },
  };
}

if (isMain(import.meta)) {
  await runExample(["nginx", "brotli", "varnish"], startVarnish);
}
