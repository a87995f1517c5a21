/**
 * The world outside of a test: a proxy that every browser here has to go through for any other machine. It answers
 * nobody, so that no test depends on third parties, and notes who was asked for.
 *
 *     assert.deepEqual(browser.outside.asked, []);
 *     await browser.outside.hears("https://player.vimeo.com");
 */
import { once } from "node:events";
import { createServer } from "node:http";

/** Our own servers listen here, and are asked directly. */
const OURS = ["127.0.0.1", "localhost"];

/** Long enough for any page here on a busy machine, short enough to wait for when something is broken. */
const PATIENCE_MS = 10_000;

/** What browsers ask for by themselves, whatever page is open: their makers' updates, settings and clocks. */
const THEIRS = [
  /^https?:\/\/([\w-]+\.)*(mozilla\.(com|org|net)|firefox\.com)(\/|$)/,
  /^https?:\/\/(accounts|clients\d*)\.google\.com(\/|$)/,
  /^https?:\/\/(update|optimizationguide-pa|safebrowsing|content-autofill)\.googleapis\.com(\/|$)/,
];

export class Outside {
  /**
   * Each once, in order: "https://example.org" (all that a proxy sees of it), or the whole URL where it is plain http.
   * @type {string[]}
   */
  asked = [];
  #http = createServer((request, response) => {
    this.#note(request.url ?? "");
    response.writeHead(502).end();
  }).on("connect", (request, socket) => {
    this.#note(`https://${(request.url ?? "").replace(/:443$/, "")}`);
    socket.on("error", () => {});
    socket.end("HTTP/1.1 502 Outside of the test\r\n\r\n");
  });

  /**
   * Starts at a free port; gives what the browser has to be told.
   * @returns {Promise<import("./sessions/session.js").Proxy>}
   */
  async start() {
    this.#http.listen(0, "127.0.0.1");
    await once(this.#http, "listening");
    // A browser that did not start has nobody who stops this.
    this.#http.unref();
    const { port } = /** @type {import("node:net").AddressInfo} */ (this.#http.address());
    const address = `127.0.0.1:${port}`;
    return { proxyType: "manual", httpProxy: address, sslProxy: address, noProxy: OURS };
  }

  /**
   * Until somebody was asked for.
   * @param {string} url as it stands in `asked`
   */
  async hears(url) {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    while (!this.asked.includes(url)) {
      await once(this.#http, "noted", { signal }).catch(() => {
        throw new Error(`${url} was not asked for in ${PATIENCE_MS} ms, but: ${this.asked.join(", ") || "nobody"}.`);
      });
    }
  }

  /** @param {string} url */
  #note(url) {
    if (this.asked.includes(url) || THEIRS.some((theirs) => theirs.test(url))) return;
    this.asked.push(url);
    this.#http.emit("noted");
  }

  async stop() {
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }
}
