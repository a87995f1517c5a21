/**
 * The packed tarball in the smallest project of each kind (examples/apps): installed by npm, built as its README says,
 * and run in a browser. npm needs its registry the first time; what it installed is used again.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { place } from "../../scripts/places.js";
import { useBrowser } from "../e2e/support/browser.js";
import { packed } from "../e2e/support/packed.js";
import { Reader } from "../e2e/support/reader.js";

const EXAMPLES = place("examples", "apps");
const CACHE = place(".cache", "examples");

/** What a usual server serves them as. */
const TYPES = /** @type {Record<string, string>} */ ({
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
});

/** Installing and building is not the browser's patience. */
const INSTALLING = { timeout: 300_000 };

const browser = useBrowser();
const reader = new Reader(browser);
let root = "";
/** The folder that is served, and what it was asked for. */
let served = "";
/** @type {string[]} */
let missing = [];
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  const file = join(served, normalize(pathname === "/" ? "/index.html" : pathname));
  // Browsers ask for an icon by themselves.
  const body = pathname === "/favicon.ico" ? "" : await readFile(file).catch(() => undefined);
  if (body === undefined) missing.push(pathname);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": TYPES[extname(file)] ?? "text/plain" }).end(body);
});

before(async () => {
  root = await install();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}, INSTALLING);
after(() => void server.close());

/** Copies the examples, with the tarball in place of the version that they name, and installs them. */
async function install() {
  const { folder, tarball } = await packed();
  const names = (await readdir(EXAMPLES, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const manifests = await Promise.all(names.map((name) => readFile(join(EXAMPLES, name, "package.json"), "utf8").catch(() => "")));
  const copy = join(CACHE, createHash("sha256").update(manifests.join()).digest("hex").slice(0, 16));
  const isNew = !(await readdir(join(copy, "node_modules")).catch(() => undefined));
  if (isNew) await rm(CACHE, { recursive: true, force: true });
  await mkdir(copy, { recursive: true });
  await cp(EXAMPLES, copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
  for (const name of names) {
    const file = join(copy, name, "package.json");
    const manifest = await readFile(file, "utf8").catch(() => "");
    if (manifest) await writeFile(file, manifest.replace(/"livefeed": "[^"]*"/, `"livefeed": "file:${tarball}"`));
  }
  if (isNew) await run(copy, "npm", "install", "--no-audit", "--no-fund");
  else {
    // What npm would unpack there.
    await rm(join(copy, "node_modules", "livefeed"), { recursive: true, force: true });
    await cp(folder, join(copy, "node_modules", "livefeed"), { recursive: true });
  }
  return copy;
}

/**
 * @param {string} cwd
 * @param {string} program
 * @param {string[]} args
 */
async function run(cwd, program, ...args) {
  const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const [code] = await once(child, "close");
  assert.equal(code, 0, `${program} ${args.join(" ")} in ${cwd}:\n${output}`);
  return output;
}

/** Opens what is served and asserts that it shows the feed, and that nothing was asked for in vain. @param {string} url */
async function showsTheFeed(url) {
  missing = [];
  await browser.open(url);
  await reader.shown();
  assert.deepEqual(await reader.all(".entry-title"), ["The first tram is across"]);
  assert.deepEqual(await reader.all(".body"), ["It took forty seconds.", "Good morning from the quay."]);
  // Another language is a file that bundlers have to find, too.
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("lang", "de"));
  await reader.sees(".order button", ["Neueste zuerst", "Älteste zuerst"]);
  assert.deepEqual(missing, []);
  assert.deepEqual(await browser.complaints(), []);
}

/** @param {string} folder */
function serve(folder) {
  served = folder;
  return `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
}

test("a plain page with a copy of dist/ shows the feed", async () => {
  const { folder } = await packed();
  await cp(join(folder, "dist"), join(root, "plain", "livefeed"), { recursive: true });
  await showsTheFeed(serve(join(root, "plain")));
});

for (const [name, folder] of [
  ["vite", "dist"],
  ["webpack", "public"],
  ["esbuild", "public"],
  ["rollup", "public"],
  ["vue", "dist"],
  ["svelte", "dist"],
]) {
  test(`built with ${name} it shows the feed`, INSTALLING, async () => {
    await run(join(root, name), "npm", "run", "build");
    await showsTheFeed(serve(join(root, name, folder)));
  });
}

for (const name of ["vue", "svelte"]) {
  test(`${name} hears our events, and sets the attribute by what it hears`, INSTALLING, async () => {
    await browser.open(serve(join(root, name, "dist")));
    await reader.shown();
    // The reader's own choice is remembered for each feed, and all of them have the same address here.
    await browser.run(() => localStorage.clear());
    await browser.open(serve(join(root, name, "dist")));
    await reader.shown();
    await reader.press(".order button", "Old first");
    await browser.until("the framework to say so", () => document.querySelector("p")?.textContent === "oldest");
    assert.equal(await browser.run(() => document.querySelector("live-feed")?.getAttribute("order")), "oldest");
  });
}

test("React renders the feed on the server, and goes on from there in the browser", INSTALLING, async () => {
  await run(join(root, "react"), "npm", "run", "build");
  const app = spawn(process.execPath, ["server/server.js"], { cwd: join(root, "react"), env: { ...process.env, PORT: "0" } });
  try {
    const url = String(await once(app.stdout, "data")).trim();
    const html = await (await fetch(url)).text();
    assert.match(html, /<live-feed src="\/feed\.json"><script type="application\/ld\+json">.*<span>The first tram is across<\/span>/s);
    await showsTheFeed(url);
    await reader.press(".order button", "Älteste zuerst");
    await browser.until("React to hear of it", () => document.title === "oldest");
    assert.equal(await browser.run(() => document.querySelectorAll('live-feed > script[type="application/ld+json"]').length), 1);
  } finally {
    app.kill();
    await once(app, "exit");
  }
});

test("types hold in TypeScript, React, Preact, Solid, Vue and Svelte, and refuse what is wrong", INSTALLING, async () => {
  await run(join(root, "types"), "npm", "run", "check");
});

test("npm puts the command where npx finds it", async () => {
  assert.equal((await run(join(root, "vite"), "npx", "--no-install", "livefeed", "--version")).trim().split("\n").at(-1), "0.1.0");
});
