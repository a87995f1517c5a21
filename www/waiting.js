/**
 * What the core waits for. Promises are dear in WebAssembly: each `await` there becomes a machine of its own.
 */

/**
 * Calls back when a promise is kept or broken, and says which.
 * @param {unknown} promise
 * @param {(value: unknown, kept: boolean) => void} call
 */
export function settled(promise, call) {
  Promise.resolve(promise).then(
    (value) => call(value, true),
    (error) => call(error, false),
  );
}

/** Lets the browser do what waits. */
export function breathe() {
  return new Promise((resolve) => setTimeout(resolve));
}
