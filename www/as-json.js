/**
 * A host's object as it is now, and as JSON has it: one that goes in circles or has a getter that throws can't be
 * written so, and breaks the promise instead of the core.
 * @param {unknown} value
 */
export function asJson(value) {
  return JSON.parse(JSON.stringify(value) ?? "null");
}
