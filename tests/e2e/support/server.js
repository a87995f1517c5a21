/**
 * A server that a page test steers: pages given as strings, feeds held in memory, every request counted.
 *
 *     const server = useServer();                       // at the top of a test file; stops by itself
 *
 *     const feed = server.feed("/feed.json", { version: "https://jsonfeed.org/version/1.1", … });
 *     await browser.open(server.page("article", `<live-feed src="/feed.json"></live-feed>`));
 *     feed.publish({ … });                              // what the next request gets
 *     await feed.requested(2);                          // until the page has asked twice
 *
 * A second `useServer()` is a second origin.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before } from "node:test";
import { Hub } from "./hub.js";
import { Resource } from "./resource.js";
import { packed } from "./packed.js";

/** What the packed files are served as. */
const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".wasm": "application/wasm",
});

/**
 * @typedef {object} Seen one request, as it came
 * @property {string} method
 * @property {string} path without the query
 * @property {URLSearchParams} query
 * @property {import("node:http").IncomingHttpHeaders} headers
 */

/** A server of the packed `dist/` at `/`, of pages at `/page/NAME` and of what a test adds. */
export class TestServer {
  /** Every request since the start or the last `forget()`, in order. @type {Seen[]} */
  seen = [];
  #folder = "";
  #origin = "";
  /** @type {Map<string, Resource | Hub>} */
  #resources = new Map();
  #http = createServer((request, response) => {
    this.#answer(request, response).catch((error) => response.destroy(error));
  });

  /** Starts at a free port. */
  async start() {
    const { folder } = await packed();
    this.#folder = join(folder, "dist");
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    const address = /** @type {import("node:net").AddressInfo} */ (this.#http.address());
    this.#origin = `http://127.0.0.1:${address.port}`;
  }

  /** Stops, even while requests are held. */
  async stop() {
    for (const resource of this.#resources.values()) resource.release();
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }

  /** "http://127.0.0.1:PORT" */
  get origin() {
    return this.#origin;
  }

  /**
   * The whole URL of a path here.
   * @param {string} path
   */
  url(path) {
    return new URL(path, this.#origin).href;
  }

  /**
   * A page that loads `live-feed.js` and holds `body`. Gives its URL.
   * @param {string} name
   * @param {string} body
   * @param {{ head?: string, headers?: Record<string, string>, attributes?: string, script?: string }} [options]
   *   `attributes` of the `<html>` element, " lang=en" by default; `script`: the tag that loads us, "" for none;
   *   `headers`: a Content-Security-Policy, for example
   */
  page(name, body, { head = "", headers = {}, attributes = `lang="en"`, script = MODULE } = {}) {
    const html = `<!doctype html>
<html ${attributes}>
<head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width">${head}${script}</head>
<body>${body}</body>
</html>`;
    return this.add(`/page/${name}`, html, { "content-type": "text/html; charset=utf-8", ...headers }).url;
  }

  /**
   * A feed (or any JSON) that a test can change at any time.
   * @param {string} path
   * @param {unknown} document a value, or the very text
   * @param {Record<string, string>} [headers]
   */
  feed(path, document, headers = {}) {
    const resource = this.add(path, "", { "content-type": "application/feed+json; charset=utf-8", ...headers });
    resource.publish(document);
    return resource;
  }

  /**
   * A hub of server-sent events that a test can use at any time.
   * @param {string} path
   */
  hub(path) {
    const hub = new Hub();
    this.#resources.set(path, hub);
    return hub;
  }

  /**
   * Anything else: an image, a script, a text.
   * @param {string} path
   * @param {string | Buffer} body
   * @param {Record<string, string>} headers
   */
  add(path, body, headers) {
    const resource = new Resource(this.url(path), body, headers);
    this.#resources.set(path, resource);
    return resource;
  }

  /**
   * How often a path was asked for.
   * @param {string} path
   */
  count(path) {
    return this.seen.filter((request) => request.path === path).length;
  }

  /** Forgets all requests so far, and with `everything` also all pages and feeds. */
  forget({ everything = false } = {}) {
    this.seen = [];
    for (const resource of this.#resources.values()) resource.forget();
    if (everything) this.#resources.clear();
  }

  /**
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async #answer(request, response) {
    const { pathname, searchParams } = new URL(request.url ?? "/", this.#origin);
    const path = decodeURIComponent(pathname);
    this.seen.push({ method: request.method ?? "", path, query: searchParams, headers: request.headers });
    const resource = this.#resources.get(path) ?? (await this.#packed(path));
    if (resource !== undefined) return resource.answer(request, response);
    response.writeHead(404, { "content-type": "text/plain" }).end(`There is no ${path} here.`);
  }

  /**
   * A file of the package, with the headers that a CDN gives it.
   * @param {string} path
   */
  async #packed(path) {
    const type = TYPES[extname(path)];
    const file = join(this.#folder, normalize(path));
    if (type === undefined || !file.startsWith(this.#folder)) return undefined;
    const body = await readFile(file).catch(() => undefined);
    return body && new Resource(this.url(path), body, { "content-type": type });
  }
}

/** The tag that a front-end team writes. */
export const MODULE = `<script type="module" src="/live-feed.js"></script>`;

/**
 * The integrity value of a text, for tests of policies.
 * @param {string} script
 */
export function cspHash(script) {
  return `'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

/**
 * A server for the tests of this file (or of the `describe` it stands in): starts before them, stops after them.
 */
export function useServer() {
  const server = new TestServer();
  before(() => server.start());
  after(() => server.stop());
  return server;
}
