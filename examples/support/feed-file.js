/** Publishes a feed as files: `feed.json`, and beside it `feed.json.br` and `feed.json.gz`. */
import { rename, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";

const NAME = "feed.json";
const SECOND = 1000;
/** What a publication is written as until all of it is there. nginx serves nothing that begins with a dot. */
const beside = (/** @type {string} */ ending) => `.${NAME}${ending}.new`;

/**
 * Publishes a feed. Whoever reads it meanwhile gets the old document or the new one, never half of one; and once this is
 * done nobody gets the old one, however they take it compressed.
 *
 * @param {string} folder
 * @param {unknown} feed
 */
export async function writeFeed(folder, feed) {
  const text = Buffer.from(JSON.stringify(feed));
  const [br, gz] = await Promise.all([promisify(brotliCompress)(text), promisify(gzip)(text)]);
  // The compressed ones first, since nearly everyone takes these: nobody who has seen the new one gets the old one again
  // if we are ended between two of them.
  const files = /** @type {[string, Buffer][]} */ ([[".br", br], [".gz", gz], ["", text]]);
  const time = await nextTime(folder);
  for (const [ending, bytes] of files) {
    await writeFile(join(folder, beside(ending)), bytes);
    await utimes(join(folder, beside(ending)), time, time);
  }
  for (const [ending] of files) await rename(join(folder, beside(ending)), join(folder, NAME + ending));
}

/**
 * When it is published, in seconds. nginx makes the ETag of a file's time in whole seconds and its length: two documents
 * of one second that are as long as each other would pass for the same, so each gets a second of its own.
 *
 * @param {string} folder
 */
async function nextTime(folder) {
  const times = ["", ".br", ".gz"].map(async (ending) => {
    const last = await stat(join(folder, NAME + ending)).catch(() => undefined);
    return last === undefined ? 0 : Math.floor(last.mtimeMs / SECOND) + 1;
  });
  return Math.max(Math.floor(Date.now() / SECOND), ...(await Promise.all(times)));
}
