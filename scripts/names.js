/**
 * The names under which WebAssembly and its glue know each other. wasm-bindgen's hold a hash each, which no compression
 * takes out, in two files; here they become a letter or two.
 */
import { readFile, writeFile } from "node:fs/promises";

/** A module's header: a magic number and the version. */
const HEADER = 8;
/** The section of imports, and among them a function. */
const IMPORTS = 2;
const FUNCTION = 0;
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder();

/**
 * Shortens the names of all imports, in both files.
 * @param {string} wasm
 * @param {string} glue
 */
export async function shortenImports(wasm, glue) {
  const { bytes, names } = rename(await readFile(wasm));
  let source = await readFile(glue, "utf8");
  for (const [name, short] of names) {
    const found = source.split(`${name}:`).length - 1;
    if (found !== 1) throw new Error(`${name} stands ${found} times in ${glue}`);
    source = source.replace(`${name}:`, `${short}:`);
  }
  await writeFile(wasm, bytes);
  await writeFile(glue, source);
}

/**
 * The module with short names, and which stand for which.
 * @param {Uint8Array} module
 */
function rename(module) {
  let at = HEADER;
  const number = () => {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = module[at++];
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  };
  const bytes = (/** @type {number} */ length) => module.subarray(at, (at += length));
  while (module[at] !== IMPORTS) {
    at++;
    bytes(number());
  }
  const start = at++;
  const end = number() + at;
  /** @type {Map<string, string>} */
  const names = new Map();
  const count = number();
  /** @type {number[]} */
  const section = leb(count);
  for (let index = 0; index < count; index++) {
    const from = bytes(number());
    const name = DECODER.decode(bytes(number()));
    // Digits and letters; the sign before them makes a property's name of any of them.
    const short = `_${index.toString(36)}`;
    names.set(name, short);
    const kind = at;
    // A function's kind and type: wasm-bindgen imports nothing else.
    if (module[at++] !== FUNCTION) throw new Error(`${name} is imported, but no function`);
    number();
    section.push(...text(from), ...text(ENCODER.encode(short)), ...module.subarray(kind, at));
  }
  if (at !== end) throw new Error("the section of imports ends in the middle of one");
  const head = [IMPORTS, ...leb(section.length), ...section];
  return { bytes: Buffer.concat([module.subarray(0, start), Uint8Array.from(head), module.subarray(end)]), names };
}

/** @param {Uint8Array} bytes */
const text = (bytes) => [...leb(bytes.length), ...bytes];

/** An unsigned number as WebAssembly writes it. @param {number} value */
function leb(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 0x80)) bytes.push((value % 0x80) | 0x80);
  return [...bytes, value];
}
