/**
 * Members of objects that somebody else wrote: none is certain, and none is trusted to have its type.
 *
 * @typedef {Record<string, any>} Json
 */

/** An opening or closing tag: what tells HTML from plain text. */
export const TAG = /<\/?[a-z][a-z0-9]*(\s[^<>]*)?\/?>/i;

/**
 * A value as a list: one that stands alone is a list of one.
 *
 * @param {any} value
 * @returns {any[]}
 */
export function list(value) {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * The objects among the values.
 *
 * @param {any} value
 * @returns {Json[]}
 */
export function objects(value) {
  return list(value).filter((each) => typeof each === "object" && each !== null && !Array.isArray(each));
}

/**
 * A string that says something; a number as its digits.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
export function words(value) {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

/**
 * A number above nought, or digits that say one: pixels, pages, counts.
 *
 * @param {any} value
 * @returns {number | undefined}
 */
export function count(value) {
  const number = Math.round(Number.parseFloat(value));
  return number > 0 && Number.isSafeInteger(number) ? number : undefined;
}

/**
 * Milliseconds since 1970 of a time in text, as far as it is one.
 *
 * @param {any} value
 * @returns {number | undefined}
 */
export function millis(value) {
  // "+0200" is ISO 8601, but not what every engine's Date reads.
  const time = Date.parse((words(value) ?? "").trim().replace(/(:\d\d(?:\.\d+)?)([+-]\d\d)(\d\d)$/, "$1$2:$3"));
  return Number.isNaN(time) ? undefined : time;
}

/**
 * A time as RFC 3339. What is no time at all stands, to be warned about.
 *
 * @param {any} value
 * @returns {string | undefined}
 */
export function moment(value) {
  const time = millis(value);
  return time === undefined ? words(value) : new Date(time).toISOString();
}

/**
 * What `read` makes of the first value of which it makes anything.
 *
 * @template T
 * @param {any[]} values
 * @param {(value: any) => T | undefined} read
 * @returns {T | undefined}
 */
export function first(values, read) {
  for (const value of values) {
    const found = read(value);
    if (found !== undefined && found !== "") return found;
  }
  return undefined;
}

/**
 * Without the members that say nothing; a feed may have no items, but says so.
 *
 * @param {Json} object
 * @returns {Json}
 */
export function present(object) {
  const said = Object.entries(object).filter(([key, value]) => {
    const empty = value === undefined || value === false || (Array.isArray(value) && value.length === 0);
    return !empty || key === "items";
  });
  return Object.fromEntries(said);
}

/**
 * The same, and nothing at all where nothing is left.
 *
 * @param {Json} object
 * @returns {Json | undefined}
 */
export function some(object) {
  const said = present(object);
  return Object.keys(said).length > 0 ? said : undefined;
}

/**
 * FNV-1a in 32 bits, twice with different beginnings: stable between publications and engines, and nothing secret.
 *
 * @param {string} of
 */
export function hash(of) {
  const PRIME = 0x01000193;
  /** FNV's own offset basis, and one other number, for a second half. */
  const BASES = [0x811c9dc5, 0x9747b28c];
  const HEXADECIMAL = 16;
  return BASES.map((basis) => {
    let sum = basis;
    for (let at = 0; at < of.length; at++) sum = Math.imul(sum ^ of.charCodeAt(at), PRIME) >>> 0;
    return sum.toString(HEXADECIMAL).padStart(8, "0");
  }).join("");
}

/** What a JSON Feed says of itself. */
export const VERSION_OF_FEED = "https://jsonfeed.org/version/1.1";

/**
 * What was found where something else was expected, for an error's sentence.
 *
 * @param {any} value
 */
export function found(value) {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `a text that begins with ${JSON.stringify(value.trim().slice(0, SHOWN))}`;
  if (typeof value !== "object" || value === null) return String(value);
  const names = Object.keys(value).slice(0, NAMED);
  return names.length > 0 ? `an object with ${names.join(", ")}` : "an empty object";
}

/** How much of a text, and how many names of an object, an error shows. */
const SHOWN = 40;
const NAMED = 5;
