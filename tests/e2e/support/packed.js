/**
 * The package as npm would publish it, unpacked: page tests run over this, not over the working folder.
 *
 *     const { folder, files } = await packed();
 */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { place } from "../../../scripts/places.js";
import { run } from "../../../scripts/run.js";

/** One folder for each state of `dist/`. */
const CACHE = place(".cache", "packed");

/** How a folder's name begins while it is being filled. */
const UNFINISHED = "new-";

/** All that the tarball is made of; `npm pack` adds the README and the licences by itself. */
const SOURCES = ["dist", "package.json", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-APACHE", "LICENSE-MIT"];

/**
 * @typedef {object} Packed
 * @property {string} folder the unpacked package
 * @property {string} tarball what `npm install` can be given
 * @property {string[]} files every file in it, sorted: "dist/live-feed.js"
 */

/**
 * Packs and unpacks the package; what an earlier test made of the same files is used again.
 * @returns {Promise<Packed>}
 */
export function packed() {
  once ??= prepare();
  return once;
}

/** The two origins of one test ask at the same time. @type {Promise<Packed> | undefined} */
let once;

/** @returns {Promise<Packed>} */
async function prepare() {
  const ready = join(CACHE, await fingerprint());
  if (!(await readdir(ready).catch(() => undefined))) await pack(ready);
  const folder = join(ready, "package");
  const tarball = (await readdir(ready)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`${ready} holds no tarball; delete it and try again.`);
  return { folder, tarball: join(ready, tarball), files: await filesUnder(folder) };
}

/**
 * Test files run in processes of their own, so each packs into a folder of its own; the first to be done wins.
 * @param {string} ready
 */
async function pack(ready) {
  await mkdir(CACHE, { recursive: true });
  // Not what others are still packing.
  const earlier = (await readdir(CACHE)).filter((name) => !name.startsWith(UNFINISHED));
  const mine = await mkdtemp(join(CACHE, UNFINISHED));
  // The scripts would build again, while other tests read dist/.
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", mine], { quiet: true });
  const [tarball] = await readdir(mine);
  await run("tar", ["-xzf", join(mine, tarball), "-C", mine], { quiet: true });
  try {
    await rename(mine, ready);
    for (const old of earlier) await rm(join(CACHE, old), { recursive: true, force: true });
  } catch {
    await rm(mine, { recursive: true, force: true });
  }
}

async function fingerprint() {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of source === "dist" ? (await filesUnder(place("dist"))).map((name) => `dist/${name}`) : [source]) {
      hash.update(`${file}\0`);
      hash.update(await readFile(place(file)).catch(() => ""));
    }
  }
  return hash.digest("hex");
}

/** @param {string} folder */
async function filesUnder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))
    .sort();
}
