/** The WebAssembly as small as it can be sent. */
import { run } from "./run.js";

/** @param {string} from @param {string} to */
export async function optimise(from, to) {
  await run("wasm-opt", [...OPTIMISE, ...KEEP_FUNCTIONS, from, "-o", to], { quiet: true });
}

/**
 * Twice for size, from code whose branches were put together anew, until nothing gets smaller; then few locals, of
 * which those that are used most have the shortest numbers. No object stands in the lowest kilobyte: Rust puts the far
 * end of the stack there.
 */
const OPTIMISE = ["--low-memory-unused", "--flatten", "--rereloop", "-Oz", "-Oz", "--converge", "--merge-locals"];
OPTIMISE.push("--coalesce-locals-learning", "--reorder-locals");
// What tells tools of the compiler, and of what it uses; no browser reads it.
OPTIMISE.push("--strip-producers", "--strip-target-features");

/**
 * Nothing is inlined: that makes the file smaller, but what is sent larger (measured: 3 % of brotli). The largest
 * function that is inlined always, when it is small, when it has one caller:
 */
const KEEP_FUNCTIONS = ["-aimfs", "0", "-fimfs", "0", "-ocimfs", "0"];
