/**
 * `npm run bench`: what it costs, in tables: the load at the origin, the first entry, a long feed, an idle page, from the hub to the
 * page. `npm run bench -- length` runs one of them. Each says itself what it promises, and fails where that is broken.
 */
import { build } from "./build.js";
import { place } from "./places.js";
import { attempt } from "./run.js";
import { ensureOrExit } from "./setup.js";

/** Each bench, and how it is run. @type {Record<string, [string, string[]]>} */
const BENCHES = {
  readers: ["cargo", ["bench", "--bench", "readers"]],
  length: ["node", [place("benches", "length.js")]],
  first: ["node", [place("benches", "first.js")]],
  idle: ["node", [place("benches", "idle.js")]],
  hub: ["node", [place("benches", "hub.js")]],
  hosting: ["node", [place("benches", "hosting.js")]],
};
/** Only when it is named: it needs nginx. */
const BY_NAME = "hosting";
/** Pages in Chromium, over what was just built. */
const PAGES = ["first", "length", "idle", "hub"];

const wanted = process.argv.slice(2);
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
  console.log(`\n════ ${name} ════`);
  const [program, args] = BENCHES[name];
  if (!(await attempt(program, args)).ok) failed.push(name);
}
if (failed.length > 0) console.log(`\nA promise is broken in: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;
