/**
 * A promise that is resolved or rejected from outside, and says whether it was. Where a page has replaced `Promise`, it may
 * not have `withResolvers`.
 * @template T
 * @returns {PromiseWithResolvers<T> & { settled: boolean }}
 */
export function deferred() {
  /** @type {any} */
  const made = { settled: false };
  const settling = (/** @type {(value: any) => void} */ way) => (/** @type {any} */ value) => {
    made.settled = true;
    way(value);
  };
  made.promise = new Promise((resolve, reject) => {
    Object.assign(made, { resolve: settling(resolve), reject: settling(reject) });
  });
  return made;
}
