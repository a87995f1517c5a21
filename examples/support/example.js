/** Runs an example from the command line, with the demo's newsroom publishing into it, until Ctrl-C. */
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { place } from "../../scripts/places.js";
import { startPublisher } from "../../scripts/publisher.js";
import { missingServers, serversRemedy } from "../../scripts/servers.js";
import { ensureOrExit } from "../../scripts/setup.js";

const PORT = 8090;
const PUBLISH_EVERY_MS = 5_000;

/** Whether this module is the one that Node was told to run. @param {ImportMeta} meta */
export function isMain(meta) {
  return meta.url === pathToFileURL(process.argv[1] ?? "").href;
}

/**
 * @param {import("../../scripts/servers.js").ServerName[]} servers what it needs
 * @param {(options: { folder: string, port: number, dist: string, log: (line: string) => void }) => Promise<{
 *   origin: string,
 *   publish: (feed: Record<string, any>, events?: import("../push/hub.js").HubEvent[]) => Promise<void>,
 *   stop: () => Promise<void>,
 * }>} start
 */
export async function runExample(servers, start) {
  const { values } = parseArgs({ options: { port: { type: "string" } } });
  const port = Number(values.port ?? process.env.PORT ?? PORT);
  const missing = missingServers(servers);
  if (missing.length > 0) {
    const names = missing.map(({ label }) => label).join(", ");
    console.error(`✗ Not installed: ${names}. Run this, then try again:\n\n  ${serversRemedy(missing)}\n`);
    process.exit(1);
  }
  await ensureOrExit();
  const dist = place("dist");
  if (!existsSync(join(dist, "live-feed.wasm"))) await (await import("../../scripts/build.js")).build();

  const told = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, resolve);
  });
  const folder = await mkdtemp(join(tmpdir(), "livefeed-example-"));
  /** What has been started, the last first. @type {(() => Promise<unknown>)[]} */
  const undo = [() => rm(folder, { recursive: true })];
  try {
    const log = console.log;
    const { origin, publish, stop } = await start({ folder, port, dist, log });
    undo.unshift(stop);
    const publisher = await startPublisher({ publish, everyMs: PUBLISH_EVERY_MS, log });
    undo.unshift(() => publisher.stop());
    console.log(`\nThe feed is at ${origin}/\nCtrl-C stops it.\n`);
    await told;
  } finally {
    for (const step of undo) await step();
  }
}
