/**
 * What wasm-bindgen makes of the crate, made to be begun more than once: it keeps one instance in the variables of its
 * module, and one that has failed can't be begun anew. So its text becomes a function, of which each call has variables
 * of its own, and what an earlier instance has left about goes on asking that one alone.
 */
import { appendFile, readFile, writeFile } from "node:fs/promises";

/** What the rest imports from the first half comes from a module of that name. */
export const FIRST_HALF = "b";

/** What the function is given and gives back, for www/load.js. */
const TYPES = `
/**
 * Begins an instance of the first half; \`join\` adds the rest. It is given up at the first error that leaves it: \`lost\` is
 * told, and nothing is done any more. The error goes on to the page where \`lost\` says so.
 */
export function begin(
  module: WebAssembly.Module,
  lost: (error: unknown) => boolean,
): { Widget: typeof Widget; join: (rest: WebAssembly.Module) => void };
`;

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
 * @param {string} js what wasm-bindgen made
 * @param {string} types the types that it made beside it
 */
export async function makeInstances(js, types) {
  const text = await readFile(js, "utf8");
  const [whole, imports, body, start] = text.match(PARTS) ?? [];
  if (whole !== text) {
    throw new Error(`${js} is not as it was expected: adapt scripts/instances.js to this version of wasm-bindgen`);
  }
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
    "const join = (rest) => {",
    `  Object.assign(wasm, guard(new WebAssembly.Instance(rest, { ...imports, ${FIRST_HALF}: exports }).exports));`,
    "};",
    "return { Widget, join };",
    "}",
  ];
  await writeFile(js, made.join("\n"));
  await appendFile(types, TYPES);
}
