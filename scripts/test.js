/**
 * `npm test`: sets up what is missing, runs every ring, and says at the end what ran and what did not.
 * `npm run test:pages -- tests/e2e/order.test.js` runs one ring, or one file of it.
 */
import { parseArgs } from "node:util";
import { ensureOrExit } from "./setup.js";

const { values, positionals } = parseArgs({ options: { ring: { type: "string" } }, allowPositionals: true });

// Loaded after the set-up: building needs the npm packages.
const { RINGS } = await import("./test/rings.js");
const rings = RINGS.filter(({ name }) => values.ring === undefined || name === values.ring);
if (rings.length === 0) {
  console.error(`There is no ring "${values.ring}"; there are ${RINGS.map(({ name }) => name).join(", ")}.`);
  process.exit(1);
}

// Servers are installed where nobody works, never on a contributor's machine.
await ensureOrExit({
  browser: rings.some(({ browser }) => browser),
  servers: Boolean(process.env.CI) && rings.some(({ name }) => name === "servers"),
});

/** @type {import("./test/rings.js").Row[]} */
const rows = [];
for (const ring of rings) {
  for await (const row of ring.rows(positionals)) rows.push(row);
}

console.log(`\n${table(rows)}\n`);
const sum = (/** @type {"passed" | "failed"} */ key) => rows.reduce((total, row) => total + row[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exitCode = rows.every(({ ok }) => ok) ? 0 : 1;

/** @param {import("./test/rings.js").Row[]} all */
function table(all) {
  const cells = all.map(({ ring, engine, passed, failed, skipped, ok, seconds, note }) => {
    const ran = passed + failed + skipped > 0;
    return [
      ring,
      engine === "" ? "–" : engine,
      ran ? String(passed + failed) : "–",
      ran ? (ok ? "passed" : `${failed} failed`) : "did not run",
      ran ? seconds.toFixed(1) : "–",
      [...(skipped > 0 ? [`${skipped} skipped`] : []), ...(note === "" ? [] : [note])].join("; "),
    ];
  });
  const lines = [["ring", "engine", "tests", "result", "seconds", ""], ...cells];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd()).join("\n");
}
