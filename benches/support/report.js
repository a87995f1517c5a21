/** Tables of what was measured, with what each row may be. */
import { print, promise } from "./stage.js";

/**
 * @typedef {object} Row
 * @property {string} name
 * @property {(number | undefined)[]} values one for each column; undefined where nothing was shown
 * @property {number} [budget] how many times the last column's value the first one's may be; told only, where there is none
 */

/**
 * Prints what was measured: the first column is what is judged, the last what it is compared with.
 * @param {string} title
 * @param {string[]} columns
 * @param {Row[]} rows
 */
export function report(title, columns, rows) {
  const against = columns[columns.length - 1];
  console.log(title);
  print(
    ["", ...columns, ...columns.slice(0, -1).map((column) => `${column} : ${against}`), "budget"],
    rows.map(({ name, values, budget }) => [
      name,
      ...values.map((value) => value?.toFixed(1) ?? "not shown"),
      ...values.slice(0, -1).map((value) => ratio(value, values[values.length - 1])?.toFixed(2) ?? "–"),
      budget === undefined ? "–" : `${budget.toFixed(2)}`,
    ]),
  );
  for (const { name, values, budget } of rows) {
    if (budget === undefined) continue;
    const judged = ratio(values[0], values[values.length - 1]);
    promise(judged !== undefined && judged <= budget, `${name}: at most ${budget} times ${against}`);
  }
  console.log();
}

/** @param {number | undefined} value @param {number | undefined} beside */
function ratio(value, beside) {
  return value === undefined || beside === undefined ? undefined : value / beside;
}
