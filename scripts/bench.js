/**
 * `npm run bench`: what it costs, in tables with the budget of each row; fails if one is over its budget.
 * `npm run bench -- update` runs one of them, `npm run bench -- update --beside path/to/other/dist` measures another build in the
 * same run, without a budget.
 */
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.js";
import { place } from "./places.js";
import { attempt } from "./run.js";
import { ensureOrExit } from "./setup.js";

/** Each bench, and how it is run. @type {Record<string, [string, string[]]>} */
const BENCHES = {
  readers: ["cargo", ["bench", "--bench", "readers"]],
  update: ["node", [place("benches", "update.js")]],
  first: ["node", [place("benches", "first.js")]],
  show: ["node", [place("benches", "show.js")]],
  idle: ["node", [place("benches", "idle.js")]],
  hub: ["node", [place("benches", "hub.js")]],
  hosting: ["node", [place("benches", "hosting.js")]],
};
/** Only when it is named: it needs nginx. */
const BY_NAME = "hosting";
/** Pages in Chromium, over what was just built. */
const PAGES = ["update", "first", "show", "idle", "hub"];
/** Those that can measure another build in the same run. */
const BESIDE = ["update", "first", "show"];

const { values, positionals: wanted } = parseArgs({ allowPositionals: true, options: { beside: { type: "string" } } });
const { beside } = values;
if (beside !== undefined && !existsSync(join(beside, "live-feed.js"))) {
  console.error(`There is no live-feed.js in "${beside}": --beside takes the dist/ of another build.`);
  process.exit(1);
}
const unknown = wanted.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exit(1);
}

const names = wanted.length > 0 ? wanted : Object.keys(BENCHES).filter((name) => name !== BY_NAME);
const pages = names.some((name) => PAGES.includes(name));
await ensureOrExit({ browser: pages });
if (pages) await build();

/** @type {string[]} */
const failed = [];
for (const name of names) {
  // Where elapsed time is measured, a busy machine moves the ratios as well.
  console.log(`\n════ ${name} ════ (load ${loadavg()[0].toFixed(1)})`);
  const [program, args] = BENCHES[name];
  const more = beside !== undefined && BESIDE.includes(name) ? ["--beside", beside] : [];
  if (!(await attempt(program, [...args, ...more])).ok) failed.push(name);
}
if (failed.length > 0) console.log(`\nOver budget, or failed: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
