/**
 * Lays `dist/` out for a CDN, in `cdn/`: `npm run cdn`, after a build.
 *
 *     /1.2.3/   all of it, and it never changes: to be cached for ever
 *     /1.2/     embed.js, live-feed.js and embed.html of the newest 1.2.x, which lead on to its folder
 *     /1/       the same of the newest 1.x
 *
 * What leads on is small and soon asked for again; what it leads to always belongs together, whatever is in which cache.
 * `_headers` says so to hosts that read such a file (Netlify, Cloudflare Pages); for others it is a list to copy.
 */
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { BROWSERS, DIST } from "./build.js";
import { place, text } from "./places.js";

export const CDN = place("cdn");

/** How long what leads on may be kept, in seconds: a release is out after five minutes. */
const SHORT = "public, max-age=300, stale-while-revalidate=3600";
const FOR_EVER = "public, max-age=31536000, immutable";

/** Everyone may load it. */
const SHARED = ["Access-Control-Allow-Origin: *", "Cross-Origin-Resource-Policy: cross-origin", "X-Content-Type-Options: nosniff"];

/**
 * @param {{ from?: string, to?: string, version?: string }} [options]
 * @returns {Promise<string[]>} the folders, the one that never changes first
 */
export async function layOut({ from = DIST, to = CDN, version = JSON.parse(text("package.json")).version } = {}) {
  const { transform } = await import("esbuild");
  const [major, minor] = version.split(".");
  await rm(to, { recursive: true, force: true });
  await cp(from, join(to, version), { recursive: true });
  const aliases = [`${major}.${minor}`, major];
  for (const alias of aliases) {
    const home = `../${version}/`;
    await mkdir(join(to, alias), { recursive: true });
    const write = (/** @type {string} */ name, /** @type {string} */ words) => writeFile(join(to, alias, name), words);
    const source = (await readFile(place("www", "embed.js"), "utf8"));
    const options = /** @type {const} */ ({ minify: true, target: BROWSERS, charset: "utf8" });
    const { code } = await transform(source, { ...options, define: { HOME: JSON.stringify(home) } });
    await write("embed.js", code);
    await write("live-feed.js", `export*from"${home}live-feed.js";\n`);
    const page = await readFile(join(from, "embed.html"), "utf8");
    await write("embed.html", page.replace(/(href|src)="(embed\.css|frame\.js)"/g, `$1="${home}$2"`));
  }
  await writeFile(join(to, "_headers"), headers(version, aliases));
  return [version, ...aliases];
}

/** @param {string} version @param {string[]} aliases */
function headers(version, aliases) {
  const block = (/** @type {string} */ folder, /** @type {string} */ caching) =>
    [`/${folder}/*`, `  Cache-Control: ${caching}`, ...SHARED.map((line) => `  ${line}`), ""].join("\n");
  return [block(version, FOR_EVER), ...aliases.map((alias) => block(alias, SHORT))].join("\n");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const folder of await layOut()) console.log(`✓ cdn/${folder}/`);
}
