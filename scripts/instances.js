/**
 * What wasm-bindgen makes of the crate, made to be begun more than once: it keeps one instance in the variables of its
 * module, and one that has failed can't be begun anew. So its text becomes a function, of which each call has variables
 * of its own, and what an earlier instance has left about goes on asking that one alone.
 */
import { appendFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MODULE } from "./names.js";

/** What the rest imports from the first half comes from a module of that name. */
export const FIRST_HALF = "b";

/** What the function is given and gives back, for www/load.js. */
const TYPES = `
/**
 * Begins an instance of the first half; \`join\` adds the rest, with what it asks of the page. It is given up at the first
 * error that leaves it: \`lost\` is told, and nothing is done any more. The error goes on to the page where \`lost\` says so.
 */
export function begin(
  module: WebAssembly.Module,
  lost: (error: unknown) => boolean,
): { Widget: typeof Widget; join: (rest: WebAssembly.Module, asked: import("./rest.js").Asked) => void };
`;

/** The same of what the rest asks of the page. */
const REST_TYPES = `
export type Asked = (length: () => number, ...scope: unknown[]) => Record<string, Function>;
export const asked: Asked;
`;

/** One function that WebAssembly imports, and one that is imported as it is. */
const IMPORT = /^ {8}(\w+): function\([^]*?^ {8}\}(?:, arguments\); \})?,\n/gm;
const DIRECT = /(\w+): (import\d+\.\w+),? ?/g;

/** What is declared for all of them. */
const DECLARED = /^(?:function|const|class) (\w+)/gm;

/** The one thing that is left about by one call for the next. */
const LENGTH = "WASM_VECTOR_LEN";

/** The imports; what follows from them, and the one variable of the instance; how it is begun, in one way or another. */
const PARTS =
  /^(.*\n(?:import .*\n)+)([^]*)^let wasmModule, wasmInstance, wasm;\nfunction __wbg_finalize_init[^]*?wasm\.(\w+)\(\);[^]*$/m;

/** For browsers older than ours, and for who would free an element's core by hand. */
const UNUSED = [
  /\(typeof FinalizationRegistry === 'undefined'\)\s*\? \{ register: \(\) => \{\}, unregister: \(\) => \{\} \}\s*: /g,
  /^if \(!\('encodeInto' in cachedTextEncoder\)\) \{$[^]*?^\}$/m,
  /^if \(Symbol\.dispose\) .*$/m,
  /^    __destroy_into_raw\(\) \{$[^]*?^    \}$/m,
  /^    free\(\) \{$[^]*?^    \}$/m,
];

/**
 * @param {string} js what wasm-bindgen made; beside it `rest.js` is written, with what only the rest asks of the page
 * @param {string} types the types that it made beside it
 * @param {(name: string) => boolean} isFirst whether the first half imports what has that name
 */
export async function makeInstances(js, types, isFirst) {
  const text = await readFile(js, "utf8");
  const [whole, imports, all, start] = text.match(PARTS) ?? [];
  if (whole !== text) {
    throw new Error(`${js} is not as it was expected: adapt scripts/instances.js to this version of wasm-bindgen`);
  }
  let later = "";
  const leave = (/** @type {string} */ entry, /** @type {string} */ name) => {
    if (isFirst(name)) return entry;
    later += entry;
    return "";
  };
  const body = all.replace(IMPORT, leave).replace(DIRECT, (entry, name, of) => {
    if (isFirst(name)) return entry;
    later += `        ${name}: ${of},\n`;
    return "";
  });
  const scope = ["wasm", ...[...body.matchAll(DECLARED)].map(([, name]) => name)];
  const used = scope.filter((name) => new RegExp(`\\b${name}\\b`).test(later)).join(", ");
  const made = [
    `${imports}import { guarded } from "../www/guarded.js";`,
    "export function begin(module, lost) {",
    UNUSED.reduce((text, unused) => text.replace(unused, ""), body).replace(/^export /gm, ""),
    "let wasm;",
    "const imports = __wbg_get_imports();",
    "const { exports } = new WebAssembly.Instance(module, imports);",
    "const guard = guarded(lost);",
    "wasm = guard(exports);",
    `wasm.${start}();`,
    "const join = (rest, asked) => {",
    `  const more = { ${MODULE}: { ...imports.${MODULE}, ...asked(() => ${LENGTH}, ${used}) }, ${FIRST_HALF}: exports };`,
    "  Object.assign(wasm, guard(new WebAssembly.Instance(rest, more).exports));",
    "};",
    "return { Widget, join };",
    "}",
  ];
  await writeFile(js, made.join("\n"));
  const rest = later.replaceAll(LENGTH, "length()");
  await writeFile(join(dirname(js), "rest.js"), `${imports}export const asked = (length, ${used}) => ({\n${rest}});\n`);
  await writeFile(join(dirname(js), "rest.d.ts"), REST_TYPES);
  await appendFile(types, TYPES);
}
