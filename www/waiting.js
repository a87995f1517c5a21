/**
 * What the core waits for. Promises are dear in WebAssembly: each `await` there becomes a machine of its own.
 */

/**
 * Calls back when a promise is kept or broken, and says which.
 * @param {unknown} promise
 * @param {(value: unknown, kept: boolean) => void} call
 */
export function settled(promise, call) {
  Promise.resolve(promise).then(
    (value) => call(value, true),
    (error) => call(error, false),
  );
}

/** Lets the browser do what waits. */
export function breathe() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** A simple GET of one static URL, revalidated by the browser's own cache, that ends within a time limit. */
export class Asking {
  /**
   * @param {string} url
   * @param {Promise<Response> | undefined} first the request that the page has already sent
   * @param {number} limit in milliseconds
   */
  constructor(url, first, limit) {
    this.controller = new AbortController();
    this.limit = setTimeout(() => this.abort(), limit);
    // No header of our own: it would cost a preflight that static hosts refuse.
    this.response = first ?? fetch(url, { cache: "no-cache", signal: this.controller.signal });
  }

  abort() {
    this.controller.abort();
  }

  /**
   * What came of it. No time is NaN, and a body that is said to be longer than `most` bytes is not waited for.
   * @param {number} most
   */
  async answer(most) {
    try {
      // Another element may be waiting for the same one.
      const response = (await this.response).clone();
      const { ok, status, headers } = response;
      const header = (/** @type {string} */ name) => headers.get(name) ?? "";
      // A cache gives the origin's date, which is as much older as it says itself.
      const date = Date.parse(header("date")) + (Number(header("age")) || 0) * 1000;
      const announced = Number(header("content-length")) || 0;
      // Its bytes count, as they came out of any compression: characters would be fewer.
      const body = ok && announced <= most ? await response.arrayBuffer() : new ArrayBuffer(0);
      const length = Math.max(announced, body.byteLength);
      const text = length <= most ? new TextDecoder().decode(body) : "";
      return {
        status,
        ok,
        date,
        modified: Date.parse(header("last-modified")),
        retryAfter: wait(header("retry-after").trim(), date),
        length,
        text,
      };
    } catch (error) {
      // Ours are aborted, whatever an engine says of the body; the first one, which the page has sent, ends by itself.
      const { aborted } = this.controller.signal;
      return { status: 0, late: aborted || /^(Abort|Timeout)Error$/.test(/** @type {Error} */ (error).name) };
    } finally {
      clearTimeout(this.limit);
    }
  }
}

/**
 * `Retry-After` in milliseconds: seconds, or a date beside the server's own.
 * @param {string} text
 * @param {number} date
 */
function wait(text, date) {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Math.max(0, Date.parse(text) - date);
}
