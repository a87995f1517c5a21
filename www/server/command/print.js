/**
 * A check's outcome for people.
 *
 * @import { Finding } from "./finding.js"
 * @import { Report } from "./document.js"
 */
import { stamp } from "../stamp.js";

const MARKS = { error: "✗", warning: "!", hint: "·" };

/** Where the words begin. */
const COLUMN = 12;

/**
 * @param {string} name
 * @param {Report} report
 * @param {Finding[]} findings
 * @param {Record<string, string[]>} needs
 */
export function outcome(name, report, findings, needs) {
  const lines = [name, ""];
  if (report.feed && report.entries) lines.push("What readers see:", ...seen(report.feed, report.entries), "");
  const policy = Object.entries(needs).filter(([, origins]) => origins.length > 0);
  if (policy.length > 0) {
    lines.push("What a page's Content-Security-Policy has to allow, if it has one:");
    lines.push(...policy.map(([directive, origins]) => row(directive, origins.join(" "))), "");
  }
  const told = findings.flatMap(({ level, message, remedy }) => [`${MARKS[level]} ${message}`, `  → ${remedy}`]);
  if (told.length > 0) lines.push(...told, "");
  return [...lines, sum(findings)].join("\n");
}

/** @param {Record<string, any>} feed @param {Record<string, any>} entries */
function seen(feed, entries) {
  const at = (/** @type {number} */ time) => stamp(time, feed.timeZone);
  const of = (/** @type {string} */ word, /** @type {number} */ count) => (count > 0 ? [`${count} ${word}`] : []);
  const kinds = [
    ...of("pinned", entries.pinned),
    ...of(entries.key === 1 ? "key moment" : "key moments", entries.key),
    ...of("with pictures", entries.images),
    ...of("with embeds", entries.embeds),
    ...of("with attachments", entries.attachments),
    ...of("removed", entries.removed),
    ...of("skipped", entries.skipped),
  ];
  const header = [feed.image && "a lead picture", feed.standfirst && "a standfirst"].filter(Boolean).join(", ");
  return [
    row("title", feed.title ?? "none"),
    row("status", feed.status),
    ...(header ? [row("header", header)] : []),
    row("entries", [String(entries.shown), ...kinds].join(", ")),
    ...(entries.newest === null ? [] : [row("newest", at(entries.newest)), row("oldest", at(entries.oldest))]),
  ];
}

/** @param {string} what @param {string} words */
function row(what, words) {
  return `  ${what.padEnd(COLUMN)}${words}`;
}

/** @param {Finding[]} findings */
function sum(findings) {
  const count = (/** @type {string} */ level) => findings.filter((each) => each.level === level).length;
  const some = (/** @type {number} */ number, /** @type {string} */ word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const [errors, warnings, hints] = ["error", "warning", "hint"].map(count);
  const rest = hints > 0 ? `, ${some(hints, "hint")}` : "";
  return errors + warnings === 0 ? `✓ No errors and no warnings${rest}.` : `${some(errors, "error")}, ${some(warnings, "warning")}${rest}.`;
}
