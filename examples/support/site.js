/** What nginx serves: a page, the files of livefeed under an address that holds their version, the demo's pictures. */
import { copyFile, cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { place, text } from "../../scripts/places.js";
import { filled } from "./nginx.js";

/** What gets smaller by compression. */
const TEXTS = /\.(?:js|json|svg|wasm)$/;

/**
 * Lays it out in a folder.
 * @param {string} folder
 * @param {string} dist the built files of livefeed
 */
export async function layOutSite(folder, dist) {
  const { version } = JSON.parse(text("package.json"));
  const assets = join(folder, "livefeed", version);
  await mkdir(dirname(assets), { recursive: true });
  await cp(dist, assets, { recursive: true });
  for (const name of await readdir(place("www", "demo"))) {
    if (name.endsWith(".svg")) await copyFile(place("www", "demo", name), join(folder, name));
  }
  const page = await readFile(place("examples", "static", "index.html.template"), "utf8");
  await writeFile(join(folder, "index.html"), filled(page, { VERSION: version }));
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && TEXTS.test(entry.name)) await compress(join(entry.parentPath ?? entry.path, entry.name));
  }
}

/** Writes FILE.br and FILE.gz, as strong as can be: it is done once. @param {string} file */
async function compress(file) {
  const bytes = await readFile(file);
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}
