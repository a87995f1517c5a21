/** The newsroom's side of the hub: hands it one event after the other, each until the hub has taken it, and only once. */
import { setTimeout as sleep } from "node:timers/promises";

/** A hub that does not answer within this has a fault. */
const PATIENCE_MS = 5_000;
/** After a fault it is tried again this much later, twice as much each time, up to the longest. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** Readers take a silent stream for a dead one: a heartbeat this often says that all of the way is open. */
const HEARTBEAT_MS = 20_000;
/** What Nchan calls the newest event where there is none. */
const NO_ID = "0:0";

/**
 * @typedef {{ type: "entry" | "remove" | "feed" | "hint" | "ping", data: unknown }} HubEvent
 *   an `entry` is an item of the feed, a `remove` the id of one, `feed` the feed's own fields, a `hint` says that it is
 *   time to fetch; each but `ping` with the feed's `_livefeed.version`
 */

/** Where events are published. */
export class Hub {
  #url;
  #log;
  /** What is under way; events are taken in their order. */
  #last = Promise.resolve();
  #waiting = 0;
  /** The id of the newest event that the hub has confirmed. @type {string | undefined} */
  #newest;
  #end = new AbortController();
  /** @type {NodeJS.Timeout} */ #heart;

  /**
   * @param {string} url the hub's address for publishers
   * @param {{ heartbeatMs?: number, log?: (line: string) => void }} [options]
   */
  constructor(url, { heartbeatMs = HEARTBEAT_MS, log = () => {} } = {}) {
    this.#url = url;
    this.#log = log;
    // Published like any event, not made by the nginx at the reader's end: so it also tells that Redis is well.
    this.#heart = setInterval(() => this.#waiting === 0 && this.publish({ type: "ping", data: 1 }), heartbeatMs);
  }

  /**
   * Publishes events after all that were published before.
   * @param {...HubEvent} events
   * @returns {Promise<void>} when the hub has taken them, or this was closed
   */
  publish(...events) {
    for (const event of events) {
      this.#waiting += 1;
      this.#last = this.#last.then(() => this.#untilTaken(event)).finally(() => (this.#waiting -= 1));
    }
    return this.#last;
  }

  /** Gives up what the hub has not taken yet, and ends. */
  async close() {
    clearInterval(this.#heart);
    this.#end.abort();
    await this.#last;
  }

  /** @param {HubEvent} event */
  async #untilTaken(event) {
    let pause = FIRST_PAUSE_MS;
    let unclear = false;
    while (!this.#end.signal.aborted) {
      try {
        // Who gets no answer does not know whether the event was taken; the hub does.
        if (unclear && (await this.#hasMore())) return;
        this.#newest ??= await this.#ask("GET");
        this.#newest = await this.#ask("POST", event);
        return;
      } catch (error) {
        this.#log(`the hub did not take "${event.type}", trying again: ${/** @type {Error} */ (error).message}`);
        unclear = true;
      }
      await sleep(pause, undefined, { signal: this.#end.signal }).catch(() => {});
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    }
  }

  /** Whether the hub has a newer event than the last one that it has confirmed: nobody else publishes here. */
  async #hasMore() {
    const newest = await this.#ask("GET");
    const more = this.#newest !== undefined && isLater(newest, this.#newest);
    if (more) this.#newest = newest;
    return more;
  }

  /**
   * @param {"GET" | "POST"} method
   * @param {HubEvent} [event]
   * @returns {Promise<string>} the id of the hub's newest event; of none where it has not had any yet
   */
  async #ask(method, event) {
    const answer = await fetch(this.#url, {
      method,
      headers: { "Accept": "text/json", ...(event && { "X-EventSource-Event": event.type }) },
      body: event && JSON.stringify(event.data),
      signal: AbortSignal.any([this.#end.signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    const text = await answer.text();
    if (method === "GET" && answer.status === 404) return NO_ID;
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return JSON.parse(text).last_message_id;
  }
}

/** Whether an id, a time and a number within it, comes after another. @param {string} id @param {string} other */
function isLater(id, other) {
  const [[time, number], [otherTime, otherNumber]] = [id, other].map((each) => each.split(":").map(Number));
  return time > otherTime || (time === otherTime && number > otherNumber);
}
