/**
 * A promise to be kept or broken from outside. Where a page has put another `Promise` in the place of the browser's, it may
 * not have `withResolvers`.
 * @template T
 * @returns {PromiseWithResolvers<T>}
 */
export function deferred() {
  /** @type {any} */
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
