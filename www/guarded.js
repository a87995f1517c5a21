/**
 * One instance of the core, for as long as it is whole. An error that leaves WebAssembly (a trap, the end of the stack, a
 * function of the page's that has thrown) has tidied nothing up there: what was being worked at is half done, and stays
 * so. No later call is let in.
 */

/**
 * @param {WebAssembly.Exports} exports
 * @param {(error: unknown) => void} lost is told of the error, once
 */
export function guarded(exports, lost) {
  let isLost = false;
  const guard = (/** @type {Function} */ call) => (/** @type {any[]} */ ...args) => {
    if (isLost) {
      // What it has left about goes silent by itself, but for its streams.
      for (const arg of args) if (arg?.target instanceof EventSource) arg.target.close();
      return undefined;
    }
    try {
      return call(...args);
    } catch (error) {
      // A call inside of which another one has failed fails, too.
      if (!isLost) lost(error);
      isLost = true;
      throw error;
    }
  };
  const all = Object.entries(exports).map(([name, it]) => [name, typeof it === "function" ? guard(it) : it]);
  return Object.fromEntries(all);
}
