/**
 * An example, started for the tests of a file and stopped after them.
 *
 *     const { test, example } = useExample(["nginx", "brotli"], startStatic);
 *
 *     test("…", async () => { await example().publish(feed); … });
 *
 * Where a server is not installed the tests are skipped, and say what is missing; with CI=true they fail.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodeTest, { after, before } from "node:test";
import { freePort } from "../../../examples/support/program.js";
import { missingServers, serversRemedy } from "../../../scripts/servers.js";
import { packed } from "../../e2e/support/packed.js";

/**
 * @template {{ stop: () => Promise<void> }} Example
 * @template Options
 * @param {import("../../../scripts/servers.js").ServerName[]} servers what it needs
 * @param {(options: { folder: string, port: number, dist: string } & Options) => Promise<Example>} start
 * @param {Options} [options]
 */
export function useExample(servers, start, options = /** @type {Options} */ ({})) {
  const missing = missingServers(servers);
  const names = missing.map(({ label }) => label).join(", ");
  const reason = missing.length > 0 ? `not installed: ${names}; ${serversRemedy(missing)}` : undefined;
  /** @type {Example | undefined} */
  let example;
  let folder = "";

  before(async () => {
    if (reason !== undefined && !process.env.CI) return;
    if (reason !== undefined) throw new Error(reason);
    folder = await mkdtemp(join(tmpdir(), "livefeed-servers-"));
    const dist = join((await packed()).folder, "dist");
    example = await start({ folder, port: await freePort(), dist, ...options });
  });
  after(async () => {
    await example?.stop();
    if (folder !== "") await rm(folder, { recursive: true });
  });

  return {
    /** @param {string} name @param {(context: import("node:test").TestContext) => Promise<void>} work */
    test: (name, work) => void nodeTest(name, { skip: process.env.CI ? undefined : reason }, work),
    example: () => /** @type {Example} */ (example),
  };
}
