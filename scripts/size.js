/**
 * What a page loads, in bytes: raw, gzip and brotli, held against the budgets. `npm run size` fails over any of them.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { DIST } from "./build.js";

const KB = 1024;

/** The strongest a server can compress; what a CDN serves. */
const BROTLI_QUALITY = 11;
const GZIP_LEVEL = 9;

/**
 * Files that are loaded together, and what they may weigh with brotli.
 * @typedef {object} Group
 * @property {string} title
 * @property {string[]} files
 * @property {number} [limit] over it, the command fails
 * @property {number} [aim] what we wish for
 */

/** @typedef {{ raw: number, gzip: number, brotli: number }} Size */

/** @returns {Promise<Group[]>} */
async function groups() {
  return [
    {
      title: "Shows a feed and keeps it up to date, where the browser has setHTML",
      files: ["live-feed.js", "live-feed.wasm"],
      // Bytes are a means: what readers feel is measured by `npm run bench -- first`. The aim is 120 KB, and 135 is what a
      // page should load at most. The stack that documents are read with (serde_json, chrono's parser, the standard
      // library's formatting and maps) brought 50 KB; until they are won back, this holds that no more come.
      limit: 173 * KB,
      aim: 135 * KB,
    },
    { title: "Besides that, where the browser has no setHTML", files: ["purifier.js"], limit: 11 * KB },
    // It stands in other people's pages, before anything of ours is wanted.
    { title: "The one-line script tag", files: ["embed.js"], limit: 2 * KB },
    // What the page that it frames loads besides the feed; nothing of the feed is in the host's own page.
    { title: "The same in a frame, besides", files: ["embed.html", "embed.css", "frame.js"], limit: 2 * KB },
    { title: "By npm, before a bundler", files: ["index.js", "element.js", "live-feed.wasm"] },
    { title: "On demand", files: ["around.js", "json-ld.js", "lost.js", "missing.js", "players.js", ...(await under("formats")), ...(await under("words"))] },
    { title: "In no page", files: ["server/index.js", "server/cli.js", "server/check.wasm"] },
  ];
}

/** @param {string} folder */
async function under(folder) {
  const names = await readdir(join(DIST, folder)).catch(() => []);
  return names.filter((name) => /\.(js|json)$/.test(name)).sort().map((name) => `${folder}/${name}`);
}

/**
 * @param {string} file
 * @returns {Promise<Size>}
 */
async function sizeOf(file) {
  const bytes = await readFile(join(DIST, file));
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: GZIP_LEVEL }).length, brotli: brotli.length };
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / KB).toFixed(2)} KB`;
}

/** @param {string} name @param {...(string | number)} cells */
function row(name, ...cells) {
  const [widest, cell] = [34, 12];
  return `  ${name.padEnd(widest)}${cells.map((value) => String(value).padStart(cell)).join("")}`;
}

/** @param {string} name @param {Size} size */
function sizeRow(name, { raw, gzip, brotli }) {
  return row(name, kilobytes(raw), kilobytes(gzip), kilobytes(brotli));
}

/** @param {Group} group @returns {Promise<boolean>} whether it is within its limit */
async function report({ title, files, limit, aim }) {
  if (files.length === 0) return true;
  console.log(`\n${title}`);
  console.log(row("", "raw", "gzip", "brotli"));
  const sum = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of files) {
    const size = await sizeOf(file);
    console.log(sizeRow(file, size));
    for (const key of /** @type {(keyof Size)[]} */ (Object.keys(sum))) sum[key] += size[key];
  }
  if (limit === undefined) return true;

  if (files.length > 1) console.log(sizeRow("together", sum));
  const within = sum.brotli <= limit;
  const budget = `${kilobytes(sum.brotli)} of ${kilobytes(limit)} brotli`;
  console.log(within ? `  ✓ ${budget}` : `  ✗ ${budget}: ${kilobytes(sum.brotli - limit)} too much`);
  if (aim !== undefined && sum.brotli > aim) {
    console.log(`  ! the aim is ${kilobytes(aim)}: ${kilobytes(sum.brotli - aim)} more than that`);
  } else if (aim !== undefined) {
    console.log(`  ✓ the aim is ${kilobytes(aim)}: ${kilobytes(aim - sum.brotli)} left`);
  }
  return within;
}

let within = true;
try {
  for (const group of await groups()) within = (await report(group)) && within;
} catch (error) {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  console.error("\n✗ dist/ is not complete. Run npm run build first.");
  process.exit(1);
}
if (!within) {
  console.error("\n✗ Over budget.");
  process.exit(1);
}
