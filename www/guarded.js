/**
 * One instance of the core, for as long as it is whole. An error that leaves WebAssembly (a trap, the end of the stack, a
 * function of the page's that has thrown) has tidied nothing up there: what was being worked at is half done, and stays
 * so. No later call is let in.
 */

/**
 * Guards the exports of one instance, which may come in several parts.
 * @param {(error: unknown) => boolean} lost is told of the error, once; whether the page hears of it, too
 */
export function guarded(lost) {
  let isLost = false;
  let isHeard = true;
  let depth = 0;
  const guard = (/** @type {Function} */ call) => (/** @type {any[]} */ ...args) => {
    if (isLost) {
      // What it has left about goes silent by itself, but for its streams.
      for (const arg of args) if (arg?.target instanceof EventSource) arg.target.close();
      return undefined;
    }
    depth += 1;
    try {
      return call(...args);
    } catch (error) {
      // A call inside of which another one has failed fails, too.
      if (!isLost) isHeard = lost(error);
      isLost = true;
      if (isHeard || depth > 1) throw error;
    } finally {
      depth -= 1;
    }
  };
  return (/** @type {WebAssembly.Exports} */ exports) => {
    const all = Object.entries(exports).map(([name, it]) => [name, typeof it === "function" ? guard(it) : it]);
    return Object.fromEntries(all);
  };
}
