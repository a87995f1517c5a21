/** What Chromium's trace says of the thread that a page runs in, in the thread's own processor time. */

/**
 * Times are microseconds; `tts` and `tdur` those of the thread.
 * @typedef {{ name: string, ts: number, tts: number, dur?: number, tdur?: number, pid: number, tid: number }} TraceEvent
 */

const TASK = "ThreadControllerImpl::RunTask";
const PER_MS = 1000;

export class Trace {
  /** @type {TraceEvent[]} */
  #events = [];

  /** @param {TraceEvent[]} events */
  add(events) {
    for (const event of events) this.#events.push(event);
  }

  /**
   * Milliseconds of processor time between two marks of `performance.mark()`.
   * @param {string} from
   * @param {string} to
   */
  between(from, to) {
    return (this.#mark(to).tts - this.#mark(from).tts) / PER_MS;
  }

  /**
   * Milliseconds of processor time of the longest task that ended after a mark, in the mark's thread.
   * @param {string} from
   */
  longestTask(from) {
    const { pid, tid, ts } = this.#mark(from);
    const tasks = this.#events.filter((event) => event.name === TASK && event.pid === pid && event.tid === tid);
    const times = tasks.filter((task) => task.ts + (task.dur ?? 0) > ts).map((task) => task.tdur ?? 0);
    return Math.max(0, ...times) / PER_MS;
  }

  /** @param {string} name */
  #mark(name) {
    const mark = this.#events.find((event) => event.name === name);
    if (mark === undefined) throw new Error(`The page has not set the mark "${name}".`);
    return mark;
  }
}
