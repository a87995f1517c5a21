/**
 * A hub of server-sent events that a page test steers.
 *
 *     const hub = server.hub("/hub");                   // a feed names it: hubs: [{ type: "EventSource", url: "/hub" }]
 *     await hub.connected(1);                           // until the page has come
 *     hub.send("entry", entry(3), "id-3");
 *     hub.drop();                                       // every connection breaks
 */
import { once } from "node:events";

/** Long enough for any page here on a busy machine, short enough to wait for when something is broken. */
const PATIENCE_MS = 10_000;
/** How often a condition is looked at. */
const LOOK_MS = 10;

/** A hub; what it is told counts for connections that come from then on. */
export class Hub {
  /** The query of every connection that was asked for, in order. @type {URLSearchParams[]} */
  queries = [];
  /** The status of the answer; any but 200 refuses. */
  status = 200;
  /** Takes connections, and never says anything, not even that it is there. */
  silent = false;
  /** @type {Set<import("node:http").ServerResponse>} */
  #open = new Set();

  /** How many are connected now. */
  get size() {
    return this.#open.size;
  }

  /** How many connections were asked for. */
  get requests() {
    return this.queries.length;
  }

  /**
   * Sends an event to all who are connected.
   * @param {string} event
   * @param {unknown} data a value, or the very text
   * @param {string} [id]
   */
  send(event, data, id) {
    this.write(message(event, data, id));
  }

  /**
   * Sends the very text: several messages in one piece, or what is none.
   * @param {string} text
   */
  write(text) {
    for (const response of this.#open) response.write(text);
  }

  /** Breaks every connection, as a server does that is restarted. */
  drop() {
    for (const response of this.#open) response.destroy();
  }

  /**
   * Until so many connections were asked for, and just `open` are.
   * @param {number} requests
   * @param {number} [open]
   */
  async connected(requests, open = 1) {
    await this.#until(() => this.requests >= requests && this.size === open, `asked ${requests} times, ${open} open`);
  }

  /** Until nobody is connected. */
  async left() {
    await this.#until(() => this.size === 0, "left by all");
  }

  /**
   * Answers one request; called by the server.
   * @param {import("node:http").IncomingMessage} request
   * @param {import("node:http").ServerResponse} response
   */
  async answer(request, response) {
    this.queries.push(new URL(request.url ?? "", "http://hub").searchParams);
    const headers = { "access-control-allow-origin": "*", "cache-control": "no-store" };
    if (this.status !== 200) {
      response.writeHead(this.status, headers).end();
      return;
    }
    this.#open.add(response);
    if (!this.silent) response.writeHead(200, { ...headers, "content-type": "text/event-stream" }).write(":\n\n");
    await once(response, "close");
    this.#open.delete(response);
  }

  /** Called by the server: nobody waits here for its end. */
  release() {
    this.drop();
  }

  /** Counts from nought again. */
  forget() {
    this.queries = [];
  }

  /**
   * @param {() => boolean} condition
   * @param {string} what
   */
  async #until(condition, what) {
    const end = performance.now() + PATIENCE_MS;
    while (!condition()) {
      if (performance.now() > end) {
        throw new Error(`The hub was not ${what} in ${PATIENCE_MS} ms: asked ${this.requests} times, ${this.size} open.`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
}

/**
 * One event, as it goes over the line.
 * @param {string} event
 * @param {unknown} data a value, or the very text
 * @param {string} [id]
 */
export function message(event, data, id) {
  const text = typeof data === "string" ? data : JSON.stringify(data);
  return `event: ${event}\n${id === undefined ? "" : `id: ${id}\n`}data: ${text}\n\n`;
}
