/**
 * `dist/server/`: what renders a feed on a server, in one file with all that it needs, so that those who only want the
 * page's element install nothing for it. It names no module of Node's, and runs wherever JavaScript does.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The folder of a package in the path of a module that came into the bundle. */
const PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;

/**
 * @param {typeof import("esbuild")} esbuild
 * @param {string} from
 * @param {string} to
 */
export async function bundleServer(esbuild, from, to) {
  const { metafile } = await esbuild.build({
    entryPoints: [join(from, "index.js")],
    outfile: join(to, "index.js"),
    bundle: true,
    charset: "utf8",
    format: "esm",
    legalComments: "none",
    logLevel: "warning",
    mainFields: ["module", "main"],
    metafile: true,
    minify: true,
    platform: "neutral",
    plugins: [withoutStyles],
    target: "node20",
  });
  await writeFile(join(to, "LICENSES.txt"), await notices(Object.keys(metafile.inputs)));
}

/** sanitize-html reads styles with PostCSS, which needs Node. We let no style through, so nothing ever calls it. */
const withoutStyles = /** @type {import("esbuild").Plugin} */ ({
  name: "without-styles",
  setup(bundler) {
    bundler.onResolve({ filter: /^postcss$/ }, () => ({ path: "postcss", namespace: "empty" }));
    bundler.onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "export {};" }));
  },
});

/**
 * The licences of all that is in the bundle and not ours.
 * @param {string[]} inputs
 */
export async function notices(inputs) {
  const folders = new Set(inputs.map((input) => PACKAGE.exec(input)?.[1]).filter((folder) => folder !== undefined));
  const texts = [...folders].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
    if (!file) throw new Error(`${name} has no licence that could go with it`);
    return `${name} ${version}\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}
