/** nginx with its modules, Redis and Varnish: what the tests of the examples run. Only Debian's packages are known. */
import { existsSync } from "node:fs";
import { chmod, readFile, rm, writeFile } from "node:fs/promises";
import { APT_INSTALL } from "../engines.js";
import { which } from "../places.js";
import { run } from "../run.js";
import { missingServers, serversRemedy, SERVERS } from "../servers.js";

/** Debian asks this program whether a server may be started when it is installed. */
const POLICY = "/usr/sbin/policy-rc.d";
/** "No": a service that nobody asked for would take ports, and stay. */
const REFUSE = "#!/bin/sh\nexit 101\n";
const PROGRAM = 0o755;

/** @returns {import("../setup.js").Need} */
export function servers() {
  const missing = missingServers();
  const mayInstall = process.getuid?.() === 0 && which("apt-get") !== undefined;
  return {
    name: missing.length === 0 ? "Servers" : `Servers (no ${missing.map(({ label }) => label).join(", ")})`,
    find: () => (missingServers().length === 0 ? SERVERS.map(({ label }) => label).join(", ") : undefined),
    takes: "about 1 min",
    remedy: serversRemedy(missing),
    install: mayInstall
      ? () => startingNothing(async () => {
          const options = { quiet: true, env: { DEBIAN_FRONTEND: "noninteractive" } };
          await run("apt-get", ["update"], options);
          await run("apt-get", [...APT_INSTALL, ...missing.flatMap(({ packages }) => packages)], options);
        })
      : undefined,
  };
}

/**
 * Installs while nothing may start by itself, and leaves the machine's own policy as it was.
 * @param {() => Promise<void>} install
 */
async function startingNothing(install) {
  const before = existsSync(POLICY) ? await readFile(POLICY) : undefined;
  try {
    await writeFile(POLICY, REFUSE);
    await chmod(POLICY, PROGRAM);
    await install();
  } finally {
    if (before === undefined) await rm(POLICY, { force: true });
    else await writeFile(POLICY, before);
  }
}
