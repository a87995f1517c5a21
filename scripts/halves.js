/**
 * The WebAssembly in two halves: one that shows a feed, and the rest, which keeps it up to date and is loaded when the
 * first half is there. The rest has nothing of its own but functions; memory, tables and globals are the first half's.
 *
 * Which functions show a feed is what `scripts/first-half.txt` lists. Where one half calls a function of the other, a
 * bridge stands in its place: a call by number through the table that both share. Until the rest is there its places in
 * the table are empty, and such a call is a trap (see www/load.js for what follows).
 */
import { readFile } from "node:fs/promises";
import binaryen from "binaryen";
import { FIRST_HALF } from "./instances.js";
import { place } from "./places.js";

/** The functions that show a feed, by name. */
export const LIST = place("scripts", "first-half.txt");

/** What the first half hands on besides its memory: the tables and the global variables, each under such a name. */
const SHARED = "_";

/** A name in the text of a module: bare, or in quotes. */
const NAME = /\$("(?:[^"\\]|\\.)*"|[^\s()]+)/.source;

/** The names of crates carry a hash that each compiler makes anew. @param {string} name */
export const plainName = (name) => name.replace(/\[[0-9a-f]{12,16}\]/g, "");

/** The listed functions. */
export async function firstHalf() {
  return new Set((await readFile(LIST, "utf8")).split("\n").filter(Boolean));
}

/**
 * @param {Uint8Array} wasm a module with the names of its functions
 * @param {Set<string>} listed which of them show a feed, by plain name
 */
export function halve(wasm, listed) {
  const module = binaryen.readBinary(wasm);
  const text = module.emitText();
  const calls = callsIn(text);
  const isFirst = (/** @type {string} */ name) => listed.has(plainName(name));
  const tables = Array.from({ length: 2 }, (_, at) => binaryen.getTableInfo(module.getTableByIndex(at)).name);
  const globals = matches(text, `^ \\(global ${NAME} \\(mut `).map(([, name]) => unquoted(name));
  const exported = matches(text, `^ \\(export "([^"]*)" \\((\\w+) ${NAME}\\)`);
  const [, memory, , memoryName] = exported.find(([, , kind]) => kind === "memory") ?? [];

  // A function that is called from the other half has a place in the table, if it has none already.
  const segment = binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(0));
  const slots = ["", .../** @type {string[]} */ (segment.data)];
  const bridged = new Set();
  for (const [caller, called] of calls) {
    for (const name of called) if (calls.has(name) && isFirst(name) !== isFirst(caller)) bridged.add(name);
  }
  // Those of the first half before those of the rest, so that each fills one run of them.
  for (const half of [true, false]) {
    for (const name of bridged) if (isFirst(name) === half && !slots.includes(name)) slots.push(name);
  }
  const size = slots.length;

  /** @param {boolean} half whether it is the first one */
  const cut = (half) => {
    const module = binaryen.readBinary(wasm);
    for (const [, name, kind, of] of exported) {
      if (kind === "func" && isFirst(unquoted(of)) !== half && calls.has(unquoted(of))) module.removeExport(name);
    }
    for (const name of calls.keys()) {
      if (isFirst(name) === half) continue;
      const { params, results } = binaryen.getFunctionInfo(module.getFunction(name));
      module.removeFunction(name);
      if (!bridged.has(name)) continue;
      const operands = binaryen.expandType(params).map((type, at) => module.local.get(at, type));
      const number = module.i32.const(slots.indexOf(name));
      module.addFunction(name, params, results, [], module.call_indirect(tables[0], number, operands, params, results));
    }
    module.removeElementSegment(segment.name);
    module.removeTable(tables[0]);
    module.addTable(tables[0], size, size);
    return module;
  };

  const first = cut(true);
  const last = slots.findLastIndex((name) => name && isFirst(name));
  first.addFunction("missing", binaryen.none, binaryen.none, [], first.unreachable());
  const filled = slots.slice(1, last + 1).map((name) => (isFirst(name) ? name : "missing"));
  first.addActiveElementSegment(tables[0], "first", filled, first.i32.const(1));

  const rest = cut(false);
  rest.runPasses(["remove-memory-init"]);
  for (const [at, names] of runs(slots, (name) => name !== "" && !isFirst(name))) {
    rest.addActiveElementSegment(tables[0], `from ${at}`, names, rest.i32.const(at));
  }
  for (const [, name, kind] of exported) if (kind !== "func") rest.removeExport(name);
  rest.addMemoryImport(memoryName, FIRST_HALF, memory);
  for (const [at, name] of tables.entries()) {
    first.addTableExport(name, `${SHARED}${at}`);
    rest.addTableImport(name, FIRST_HALF, `${SHARED}${at}`);
  }
  for (const name of globals) {
    first.addGlobalExport(name, SHARED + name);
    rest.addGlobalImport(name, FIRST_HALF, SHARED + name, binaryen.i32, true);
  }
  return { first, rest, bridged };
}

/** Which functions each function calls by name. @param {string} text @returns {Map<string, Set<string>>} */
function callsIn(text) {
  const called = new RegExp(`\\((?:call|return_call|ref\\.func) ${NAME}`, "g");
  const bodies = text.split(/\n \(func (?=\$)/).slice(1);
  return new Map(
    bodies.map((body) => {
      const [, name] = /** @type {RegExpMatchArray} */ (body.match(NAME));
      return [unquoted(name), new Set([...body.matchAll(called)].map(([, name]) => unquoted(name)))];
    }),
  );
}

/** @param {string} text @param {string} pattern */
function matches(text, pattern) {
  return [...text.matchAll(new RegExp(pattern, "gm"))];
}

/** A name without the quotes and escapes that it has in a module's text. @param {string} name */
function unquoted(name) {
  if (!name.startsWith('"')) return name;
  const character = (/** @type {string} */ _, /** @type {string} */ code) =>
    code.length === 2 ? String.fromCharCode(Number.parseInt(code, 16)) : code;
  return name.slice(1, -1).replace(/\\([0-9a-f]{2}|.)/g, character);
}

/**
 * The longest runs of names that are wanted, each with the place of its first.
 * @param {string[]} names @param {(name: string) => boolean} wanted
 */
function runs(names, wanted) {
  /** @type {[number, string[]][]} */
  const runs = [];
  for (const [at, name] of names.entries()) {
    if (!wanted(name)) continue;
    const last = runs.at(-1);
    if (last && at === last[0] + last[1].length) last[1].push(name);
    else runs.push([at, [name]]);
  }
  return runs;
}
