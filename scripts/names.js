/**
 * The names by which the WebAssembly and its JavaScript know each other, made short: some two hundred of them, each with
 * a hash that no compression shrinks, stand in both files.
 */
import { readFile, writeFile } from "node:fs/promises";
import { run } from "./run.js";

/**
 * Shortens the names in both files. Those of the functions stay, for who has to know them.
 * @param {string} wasm
 * @param {string} js what wasm-bindgen made beside it
 */
export async function shortenNames(wasm, js) {
  const args = ["--debuginfo", "--minify-imports-and-exports-and-modules"];
  const { output } = await run("wasm-opt", [...args, wasm, "-o", wasm], { quiet: true });
  /** @type {{ imports: [string, string, string][], exports: [string, string][] }} */
  const names = JSON.parse(output.slice(output.indexOf("{"), output.lastIndexOf("}") + 1));
  const imports = new Map(names.imports.map(([, name, short]) => [name, short]));
  const exports = new Map(names.exports);

  const before = await readFile(js, "utf8");
  // What needs no conversion is imported from its own file of www/ without a detour. All have one module's name now.
  const files = new Map([...before.matchAll(/^import \* as (\w+) from "(.+)"/gm)].map(([, as, file]) => [file, as]));
  const direct = names.imports.filter(([file]) => files.has(file));
  const own = direct.map(([file, name, short]) => `${short}: ${files.get(file)}.${name}`).join(", ");
  const text = before
    .replace(/\bwasm\.([\w$]+)/g, (all, name) => (exports.has(name) ? `wasm.${exports.get(name)}` : all))
    .replace(/\b__wb\w+/g, (name) => imports.get(name) ?? name)
    .replace(/^ *"\.\/snippets\/.+": \w+,\n/gm, "")
    .replace(/".+_bg\.js": (\w+),/, (_, made) => `${JSON.stringify(MODULE)}: Object.assign(${made}, { ${own} }),`);
  await writeFile(js, text);
}

/** The one module that imports come from, as wasm-opt names it. */
export const MODULE = "a";
