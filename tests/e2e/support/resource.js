/** One thing a test server serves: what it answers next, how late, and how often it was asked. */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

/** Long enough for any page here on a busy machine, short enough to wait for when something is broken. */
const PATIENCE_MS = 10_000;

/** What a test can change at any time; the next request gets it. */
export class Resource {
  /** The status of the answer; 200 with an ETag becomes 304 by itself when the browser has the same text. */
  status = 200;
  /** How long the answer waits. */
  delayMs = 0;
  /** Ends the connection without an answer, as a dead network does. */
  broken = false;
  /** Sends half of the body, and then breaks off, or never goes on. @type {"whole" | "truncated" | "stuck"} */
  sends = "whole";
  /** How often it was asked, since the start or the last `forget()`. */
  requests = 0;
  /** How many of these ended before they were answered. */
  abandoned = 0;
  /** How many of these had not changed: 304. */
  unchanged = 0;
  /** @type {{ promise: Promise<void>, open: () => void } | undefined} */
  #gate;
  /** @type {Set<() => void>} */
  #waiting = new Set();

  /**
   * @param {string} url
   * @param {string | Buffer} body
   * @param {Record<string, string>} headers
   */
  constructor(url, body, headers) {
    this.url = url;
    this.body = body;
    /** Sent with every answer; CORS is open unless a test deletes it. @type {Record<string, string>} */
    this.headers = { "access-control-allow-origin": "*", "cache-control": "no-cache", ...headers };
  }

  /**
   * Publishes a document: what the next request gets.
   * @param {unknown} document a value, or the very text
   */
  publish(document) {
    this.body = typeof document === "string" ? document : JSON.stringify(document);
    this.status = 200;
    this.broken = false;
    this.sends = "whole";
  }

  /** Holds every answer back until `release()`; what is published meanwhile is for the requests after. */
  hold() {
    if (this.#gate !== undefined) return;
    let open = () => {};
    const promise = /** @type {Promise<void>} */ (new Promise((resolve) => (open = resolve)));
    this.#gate = { promise, open };
  }

  /** Sends what was held. */
  release() {
    this.#gate?.open();
    this.#gate = undefined;
  }

  /**
   * Until it was asked so many times in all.
   * @param {number} times
   * @param {number} [timeoutMs]
   * @returns {Promise<void>}
   */
  requested(times, timeoutMs = PATIENCE_MS) {
    return this.#counted("requests", "asked", times, timeoutMs);
  }

  /**
   * Until so many requests ended before they were answered.
   * @param {number} times
   */
  deserted(times) {
    return this.#counted("abandoned", "deserted", times, PATIENCE_MS);
  }

  /**
   * @param {"requests" | "abandoned"} count
   * @param {string} what
   * @param {number} times
   * @param {number} timeoutMs
   * @returns {Promise<void>}
   */
  async #counted(count, what, times, timeoutMs) {
    if (this[count] >= times) return;
    await new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`${this.url} was ${what} ${this[count]} times in ${timeoutMs} ms, not ${times} times.`));
      }, timeoutMs);
      const look = () => {
        if (this[count] < times) return;
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(undefined);
      };
      this.#waiting.add(look);
    });
  }

  /** Counts from nought again. */
  forget() {
    this.requests = 0;
    this.abandoned = 0;
    this.unchanged = 0;
  }

  /**
   * Answers one request; called by the server.
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async answer(request, response) {
    this.requests += 1;
    for (const look of this.#waiting) look();
    response.once("close", () => {
      if (response.writableFinished) return;
      this.abandoned += 1;
      for (const look of this.#waiting) look();
    });
    // Taken now: what is held or late is the state at the time of asking, as it is with a slow network.
    const { status, body, broken, sends } = this;
    const headers = { ...this.headers };
    await this.#gate?.promise;
    if (this.delayMs > 0) await sleep(this.delayMs);
    if (broken) {
      response.destroy();
      return;
    }

    if (sends !== "whole") {
      response.writeHead(status, { ...headers, "content-length": String(Buffer.byteLength(body)) });
      response.write(body.slice(0, body.length / 2));
      if (sends === "truncated") setImmediate(() => response.destroy());
      return;
    }
    if (status !== 200) {
      response.writeHead(status, headers).end(body);
      return;
    }
    const etag = `"${createHash("sha256").update(body).digest("base64url")}"`;
    if (request.headers["if-none-match"] === etag) {
      this.unchanged += 1;
      response.writeHead(304, { etag, ...headers }).end();
    } else {
      response.writeHead(200, { etag, ...headers }).end(body);
    }
  }
}
