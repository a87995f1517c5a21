/**
 * Which elements and attributes of a feed's HTML readers get to see: the list of src/markup/allow.rs, to which a test
 * holds it. What is in no table here does not exist.
 */

const names = (/** @type {string} */ list) => list.split(" ");

/** Elements that are shown under their own name. */
export const KEPT = names(
  "a abbr address b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption " +
    "figure hr i img ins kbd li mark ol p picture pre q rp rt ruby s samp small source span strong sub summary sup table tbody td " +
    "tfoot th thead time tr u ul var wbr",
);

/** Elements that are shown under another one: headings below an entry's own, landmarks as plain blocks. */
export const RENAMED = new Map(
  /** @type {[string, string][]} */ ([
    ["h1 h2 h3", "h4"],
    ["h4", "h5"],
    ["h5 h6", "h6"],
    ["article aside center dialog fieldset footer header hgroup main nav section", "div"],
  ]).flatMap(([list, shown]) => names(list).map((name) => /** @type {const} */ ([name, shown]))),
);

/** Elements whose content is nothing to read either. */
export const DROPPED = names(
  "applet area base button canvas datalist embed frame frameset head iframe input link math meta meter noembed " +
    "noframes object param plaintext progress script select style svg template textarea title track xmp",
);

/** The widest and highest image that is believed, in CSS pixels. */
const MAX_PIXELS = 16_384;
/** The most columns or rows that a cell spans. */
const MAX_SPAN = 100;
/** The greatest number that a list may count to. */
const MAX_COUNT = 99_999;

/** What an attribute's value has to be; it becomes what the rule makes of it, or nothing. */
const text = (/** @type {string} */ value) => value;
const flag = () => "";
const word = (/** @type {string} */ list) => (/** @type {string} */ value) =>
  names(list).find((known) => known === value || (/[a-z]{2}/.test(known) && known === value.toLowerCase()));
const number = (/** @type {number} */ least, /** @type {number} */ most) => (/** @type {string} */ value) => {
  const [digits] = /^\s*[-+]?\d+(?=p?x?\s*$)/.exec(value) ?? [];
  const found = Number(digits);
  return digits !== undefined && found >= least && found <= most ? String(found) : undefined;
};

/** What an address is for decides which schemes it may have. */
const SCHEMES = { link: ["http:", "https:", "mailto:", "tel:"], image: ["http:", "https:"] };

/**
 * A feed's reference as an absolute URL, if it may be used so.
 *
 * @param {unknown} reference
 * @param {string | undefined} base
 * @param {keyof typeof SCHEMES} use
 */
export function absolute(reference, base, use) {
  if (typeof reference !== "string" || !reference.trim() || !URL.canParse(reference, base)) return undefined;
  const { href, protocol } = new URL(reference, base);
  return SCHEMES[use].includes(protocol) ? href : undefined;
}

const link = (/** @type {string} */ value, /** @type {string | undefined} */ base) => absolute(value, base, "link");
const image = (/** @type {string} */ value, /** @type {string | undefined} */ base) => absolute(value, base, "image");

/** A `srcset`, each of its addresses absolute; one that can't be used makes the whole worthless. */
function images(/** @type {string} */ value, /** @type {string | undefined} */ base) {
  const list = [];
  // An address may hold commas, but not end in one.
  for (const [, address, descriptor = ""] of value.matchAll(/(?:^|[\s,]*)([^\s,]\S*?)(?:,|\s+([^,]*)|$)(?:,|$)?/g)) {
    const url = image(address, base)?.replace(/,+$/, "");
    if (!url || !/^(?:[\d.]+[wx])?$/.test(descriptor.trim())) return undefined;
    list.push([url, descriptor.trim()].filter(Boolean).join(" "));
  }
  return list.join(", ") || undefined;
}

/** @typedef {(value: string, base: string | undefined) => string | undefined} Rule */

/** Which elements may have an attribute, and what its value has to be; no name means all. */
export const ATTRIBUTES = /** @type {[string, string, Rule][]} */ ([
  ["", "dir", word("ltr rtl auto")],
  ["", "hidden", flag],
  ["", "lang", text],
  ["", "title", text],
  ["a", "href", link],
  ["a", "hreflang", text],
  ["a", "type", word("frame")],
  ["img source", "width", number(1, MAX_PIXELS)],
  ["img source", "height", number(1, MAX_PIXELS)],
  ["img", "alt", text],
  ["source", "media", text],
  ["source", "type", text],
  ["img source", "sizes", text],
  ["img source", "srcset", images],
  ["img", "src", image],
  ["blockquote q ins del", "cite", link],
  ["ins del time", "datetime", text],
  ["td th", "colspan", number(1, MAX_SPAN)],
  ["td th", "rowspan", number(1, MAX_SPAN)],
  ["th", "scope", word("row col rowgroup colgroup")],
  ["th", "abbr", text],
  ["col colgroup", "span", number(1, MAX_SPAN)],
  ["ol", "start", number(-MAX_COUNT, MAX_COUNT)],
  ["ol", "reversed", flag],
  ["ol", "type", word("1 a A i I")],
  ["li", "value", number(-MAX_COUNT, MAX_COUNT)],
  ["details", "open", flag],
]);

/**
 * What of an element's attributes is shown.
 *
 * @param {string} element
 * @param {Record<string, string>} given
 * @param {string | undefined} base
 */
export function attributesOf(element, given, base) {
  /** @type {Record<string, string>} */
  const kept = element === "img" ? { loading: "lazy", decoding: "async", referrerpolicy: "no-referrer", alt: "" } : {};
  for (const [elements, name, rule] of ATTRIBUTES) {
    if ((elements !== "" && !names(elements).includes(element)) || !Object.hasOwn(given, name)) continue;
    const value = rule(given[name], base);
    if (value !== undefined) kept[name] = value;
  }
  if (element === "a" && kept.href) kept.rel = "noopener";
  return kept;
}
