/** What a command is given: the address of a feed, a file, or "-" for what comes in. */
import { readFile } from "node:fs/promises";
import { text as allOf } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

/** How long a server may take, as in the page. */
const PATIENCE_MS = 25_000;

/** What begins with a host, and lacks the scheme before it: example.org/feed.json, localhost:8080/feed.json. */
const LIKE_ADDRESS = /^(?:(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?|[\w.-]+:\d+)\//i;

/** Whose page asks, as far as a server is told: any that is not its own. */
export const STRANGER = "https://a-page-elsewhere.example";

/**
 * @typedef {object} Source
 * @property {string} name as it was given
 * @property {string} url absolute, `file:` for a file
 * @property {string} text
 * @property {Response} [response] where a server answered
 */

/**
 * @param {string} name
 * @returns {Promise<Source>}
 */
export async function read(name) {
  if (/^https?:\/\//i.test(name)) {
    const response = await ask(name);
    return { name, url: response.url || name, text: await response.text(), response };
  }
  if (name === "-") return { name: "the input", url: pathToFileURL("./").href, text: await allOf(process.stdin) };
  const text = await readFile(name, "utf8").catch((error) => {
    const address = LIKE_ADDRESS.test(name) ? "; if it is an address, write http:// or https:// before it" : "";
    throw new Error(`${name} could not be read: ${error.code === "ENOENT" ? `there is no such file${address}` : error.message}`);
  });
  return { name, url: pathToFileURL(name).href, text };
}

/**
 * Asks as a page of another origin does.
 *
 * @param {string} url
 * @param {Record<string, string>} [headers]
 */
export async function ask(url, headers = {}) {
  try {
    return await fetch(url, {
      headers: { origin: STRANGER, "accept-encoding": "br, gzip", ...headers },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch (error) {
    const { message, cause } = /** @type {Error & { cause?: Error }} */ (error);
    throw new Error(`${url} could not be reached: ${cause?.message || message}`, { cause: error });
  }
}
