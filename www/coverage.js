/** Coverage as search engines want it told: what the server writes and what the element writes have in common. */

/** The longest headline that search engines show whole, in characters. */
const MAX_HEADLINE = 110;

/** Coverage whose end nobody knows is said to end so long after its newest entry; it may go on after that. */
export const OPEN_END_MS = 12 * 60 * 60 * 1000;

/** As much as search engines show, cut between words. @param {string} words */
export function shorten(words) {
  const line = words.replaceAll(/\s+/g, " ").trim();
  if (line.length <= MAX_HEADLINE) return line;
  const cut = line.slice(0, MAX_HEADLINE - 1);
  const space = cut.lastIndexOf(" ");
  // A letter of two halves is not cut through.
  return `${(space > MAX_HEADLINE / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
