/** A reader of the hub without a page: what comes, in what order, through every break of the connection. */
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { EventSourceParserStream } from "eventsource-parser/stream";

/** Long enough for Redis and nginx to find each other again, short enough to wait for when something is broken. */
const PATIENCE_MS = 30_000;
/** Soon, so that a test has not long to wait; pages wait longer, see `src/push.rs`. */
const PAUSE_MS = 50;

/**
 * @typedef {{ id: string, type: string, data: any }} Received
 */

export class StreamReader {
  /** Every event but the heartbeat, as it came. @type {Received[]} */
  events = [];
  /** How many heartbeats came. */
  pings = 0;
  /** When each connection was opened, and how many have ended or failed. @type {number[]} */
  opened = [];
  ended = 0;
  #url;
  #opened;
  #pause;
  #lastId = "";
  #end = new AbortController();
  #changed = new EventTarget();
  #reading;

  /**
   * @param {string} url of the hub
   * @param {{ opened?: () => void, pause?: () => Promise<number> | number }} [options] what it does when it is connected,
   *   and how long it waits when that is over
   */
  constructor(url, { opened = () => {}, pause = () => PAUSE_MS } = {}) {
    this.#url = url;
    this.#opened = opened;
    this.#pause = pause;
    this.#reading = this.#read();
  }

  /** Until it is connected (again): so many times in all. */
  async connected(times = 1) {
    await this.until(`${times} connections`, () => this.opened.length >= times);
  }

  /**
   * Until so many events have come.
   * @param {number} count
   */
  async received(count) {
    await this.until(`${count} events`, () => this.events.length >= count);
  }

  /**
   * @param {string} what
   * @param {() => boolean} condition
   */
  async until(what, condition) {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    while (!condition()) {
      try {
        await once(this.#changed, "change", { signal: patience });
      } catch {
        throw new Error(`Waited ${PATIENCE_MS} ms for ${what}; came: ${JSON.stringify(this.events.slice(-5))}`);
      }
    }
  }

  async close() {
    this.#end.abort();
    await this.#reading;
  }

  async #read() {
    while (!this.#end.signal.aborted) {
      await this.#connection().catch(() => {});
      this.ended += 1;
      this.#tell();
      if (this.#end.signal.aborted) return;
      await sleep(await this.#pause(), undefined, { signal: this.#end.signal }).catch(() => {});
    }
  }

  /** One connection, to its end. */
  async #connection() {
    const url = new URL(this.#url);
    if (this.#lastId !== "") url.searchParams.set("lastEventID", this.#lastId);
    const headers = { accept: "text/event-stream" };
    const answer = await fetch(url, { headers, signal: this.#end.signal });
    if (!answer.ok || answer.body === null) throw new Error(`HTTP ${answer.status}`);
    this.opened.push(performance.now());
    this.#opened();
    this.#tell();
    const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
    for await (const { id = "", event = "", data } of events) {
      this.#lastId = id;
      if (event === "ping") this.pings += 1;
      else this.events.push({ id, type: event, data: JSON.parse(data) });
      this.#tell();
    }
  }

  #tell() {
    this.#changed.dispatchEvent(new Event("change"));
  }
}
