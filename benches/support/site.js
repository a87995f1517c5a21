/**
 * A server of what the benches need: the packed `dist/`, another build beside it, the bare widget, and documents that change.
 */
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { place } from "../../scripts/places.js";
import { packed } from "../../tests/e2e/support/packed.js";

const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/feed+json; charset=utf-8",
  ".wasm": "application/wasm",
});

/** The folder of another build, named by `--beside`; undefined where none is. */
export const BESIDE = besides();

function besides() {
  const { beside } = parseArgs({ options: { beside: { type: "string" } } }).values;
  return beside === undefined ? undefined : resolve(beside);
}

/** A server at a free port of this machine. */
export class Site {
  /** Where each build under test is served, by its name. @type {Record<string, string>} */
  builds = { "live-feed": "/dist" };
  /** Where each build stands on the disk, by where it is served. @type {Record<string, string>} */
  #folders = {};
  /** @type {Map<string, Buffer>} */
  #bodies = new Map();
  #compressed;
  #origin = "";
  #server = createServer((request, response) => {
    this.#respond((request.url ?? "/").split("?")[0], response).catch((error) => response.destroy(error));
  });

  /** @param {{ compressed?: boolean }} [options] whether bodies are sent by brotli, as a CDN does */
  constructor({ compressed = false } = {}) {
    this.#compressed = compressed;
  }

  async start() {
    const { folder } = await packed();
    this.#folders["/dist"] = join(folder, "dist");
    if (BESIDE !== undefined) {
      this.#folders["/beside"] = BESIDE;
      this.builds["the other build"] = "/beside";
    }
    await this.#bundleBare();
    await once(this.#server.listen(0, "127.0.0.1"), "listening");
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    this.#origin = `http://127.0.0.1:${port}`;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** @param {string} path */
  url(path) {
    return this.#origin + path;
  }

  /** The folder of a build on the disk. @param {string} path where it is served: "/dist" */
  folder(path) {
    return this.#folders[path];
  }

  /**
   * Serves this body from now on. Gives its URL.
   * @param {string} path
   * @param {string | Buffer} body
   */
  put(path, body) {
    this.#bodies.set(path, this.#encoded(Buffer.from(body)));
    return this.url(path);
  }

  /**
   * Serves a page. Gives its URL.
   * @param {string} name
   * @param {string} head
   * @param {string} body
   */
  page(name, head, body) {
    const start = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">`;
    return this.put(`/${name}.html`, `${start}${head}</head><body>${body}</body></html>`);
  }

  /** @param {Buffer} body */
  #encoded(body) {
    return this.#compressed ? brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }) : body;
  }

  /** What a team would deploy of the bare widget: one minified file, DOMPurify in it. */
  async #bundleBare() {
    const entry = place("benches", "support", "bare.js");
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, format: "esm", minify: true, write: false });
    this.put("/bare.js", Buffer.from(outputFiles[0].contents));
  }

  /** @param {string} path @param {import("node:http").ServerResponse} response */
  async #respond(path, response) {
    const body = this.#bodies.get(path) ?? (await this.#file(path));
    if (body === undefined) return response.writeHead(404).end();
    const encoding = this.#compressed ? { "content-encoding": "br" } : {};
    const type = TYPES[extname(path)] ?? "text/plain";
    response.writeHead(200, { "content-type": type, "content-length": body.length, "cache-control": "no-cache", ...encoding });
    response.end(body);
  }

  /** A file of a build; kept, since compressing takes longer than many a page. @param {string} path */
  async #file(path) {
    const root = Object.keys(this.#folders).find((root) => path.startsWith(`${root}/`));
    if (root === undefined) return undefined;
    const body = await readFile(join(this.#folders[root], path.slice(root.length))).catch(() => undefined);
    if (body === undefined) return undefined;
    const encoded = this.#encoded(body);
    this.#bodies.set(path, encoded);
    return encoded;
  }
}

/**
 * Runs something with a site that is stopped after it.
 * @param {{ compressed?: boolean }} options
 * @param {(site: Site) => Promise<void>} work
 */
export async function withSite(options, work) {
  const site = new Site(options);
  await site.start();
  try {
    await work(site);
  } finally {
    site.stop();
  }
}
