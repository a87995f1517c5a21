/** Nothing that an example has started outlives it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, listens } from "../examples/support/program.js";
import { place } from "../scripts/places.js";

const PATIENCE_MS = 10_000;
const LOOK_MS = 10;

/** A server, and another one that it starts itself, as nginx does its workers. */
const SERVER = `
  const [port, workers] = process.argv.slice(1);
  require("node:net").createServer().listen(port, "127.0.0.1");
  if (workers) require("node:child_process").spawn(process.execPath, ["-e", process.env.SERVER, workers]);
`;

/** Starts it as an example does. */
const EXAMPLE = `
  import { Program } from "./examples/support/program.js";
  const [port, workers] = process.argv.slice(1);
  await Program.start(process.execPath, ["-e", process.env.SERVER, port, workers], { cwd: ".", port });
  setInterval(() => {}, 1000);
`;

/** @param {number} port @param {boolean} wanted */
async function until(port, wanted) {
  const end = performance.now() + PATIENCE_MS;
  while ((await listens(port)) !== wanted) {
    assert.ok(performance.now() < end, `port ${port} ${wanted ? "never listened" : "still listens"}`);
    await sleep(LOOK_MS);
  }
}

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  test(`${signal} ends what was started, and what that has started`, async () => {
    const ports = [await freePort(), await freePort()];
    const args = ["--input-type=module", "-e", EXAMPLE, ...ports.map(String)];
    const env = { ...process.env, SERVER };
    const example = spawn(process.execPath, args, { cwd: place(), env, stdio: "inherit" });
    try {
      for (const port of ports) await until(port, true);
      example.kill(signal);
      await once(example, "exit");
      for (const port of ports) await until(port, false);
    } finally {
      example.kill("SIGKILL");
    }
  });
}
