/** A time as the element writes it by default: 18:19 GMT 05.10.2020, in the feed's zone. */

/**
 * @param {number} time in milliseconds
 * @param {unknown} zone an IANA name; where it is none, times are in UTC
 */
export function stamp(time, zone) {
  const parts = Object.fromEntries(formatter(zone).formatToParts(time).map(({ type, value }) => [type, value]));
  // As readers know it, and as the element writes it.
  const name = parts.timeZoneName === "UTC" ? "GMT" : parts.timeZoneName;
  return `${parts.hour}:${parts.minute} ${name} ${parts.day}.${parts.month}.${parts.year}`;
}

/** Making one costs more than using it a thousand times. @type {Map<unknown, Intl.DateTimeFormat>} */
const formatters = new Map();

/** @param {unknown} zone */
function formatter(zone) {
  let made = formatters.get(zone);
  if (!made) {
    made = build(typeof zone === "string" ? zone : "UTC") ?? /** @type {Intl.DateTimeFormat} */ (build("UTC"));
    // A publisher names a handful; what else comes is noise, which is not kept.
    if (formatters.size < MOST) formatters.set(zone, made);
  }
  return made;
}

const MOST = 100;

/** @param {string} timeZone */
function build(timeZone) {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      timeZone,
      hourCycle: "h23",
      hour: "2-digit",
      minute: "2-digit",
      day: "2-digit",
      month: "2-digit",
      year: "numeric",
      timeZoneName: "short",
    });
  } catch {
    return undefined;
  }
}
