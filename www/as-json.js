/**
 * A host's object as JSON text. One that refers to itself or has a getter that throws can't be written so, and rejects the
 * promise of the method that it was given to.
 * @param {unknown} value
 */
export function asJson(value) {
  return JSON.stringify(value) ?? "null";
}
