/**
 * The names by which the WebAssembly and its JavaScript know each other, made short: some two hundred of them, each with
 * a hash that no compression shrinks, stand in both files.
 */
import { readFile, writeFile } from "node:fs/promises";
import { run } from "./run.js";

/**
 * Optimises the WebAssembly once more, and shortens the names in both files.
 * @param {string} wasm
 * @param {string} js what wasm-bindgen made beside it
 */
export async function shortenNames(wasm, js) {
  // One more round of -Oz: it finds a little that the first has left over.
  const { output } = await run("wasm-opt", ["-Oz", "--minify-imports-and-exports-and-modules", wasm, "-o", wasm], {
    quiet: true,
  });
  /** @type {{ imports: [string, string, string][], exports: [string, string][] }} */
  const names = JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
  const imports = new Map(names.imports.map(([, name, short]) => [name, short]));
  const exports = new Map(names.exports);
  const [[module]] = names.imports;

  const text = (await readFile(js, "utf8"))
    .replace(/\bwasm\.([\w$]+)/g, (all, name) => (exports.has(name) ? `wasm.${exports.get(name)}` : all))
    .replace(/\b__wb\w+/g, (name) => imports.get(name) ?? name)
    .replaceAll(JSON.stringify(module), JSON.stringify(MODULE));
  await writeFile(js, text);
}

/** The one module that imports come from, as wasm-opt names it. */
const MODULE = "a";
