/** `node examples/push/start.js`: the same feed, and every change pushed to its readers at once. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { serverProgram } from "../../scripts/servers.js";
import { isMain, runExample } from "../support/example.js";
import { writeFeed } from "../support/feed-file.js";
import { Nginx } from "../support/nginx.js";
import { freePort, Program } from "../support/program.js";
import { layOutSite } from "../support/site.js";
import { Hub } from "./hub.js";

/** @typedef {import("./hub.js").HubEvent} HubEvent */

/**
 * Starts Redis, nginx with its hub, and what publishes to it.
 * @param {{
 *   folder: string, port: number, dist: string, heartbeatMs?: number, log?: (line: string) => void
 * }} options `folder` takes everything that is written
 */
export async function startPush({ folder, port, dist, heartbeatMs, log }) {
  const site = join(folder, "site");
  await mkdir(site, { recursive: true });
  await layOutSite(site, dist);
  const [redisPort, publishPort] = [await freePort(), await freePort()];
  const redis = new Redis(join(folder, "redis"), redisPort);
  const values = { PORT: port, PUBLISH_PORT: publishPort, REDIS_PORT: redisPort };
  const nginx = await Nginx.prepare(folder, "push", values);
  await redis.start();
  await nginx.start();
  const hub = new Hub(`http://127.0.0.1:${publishPort}/publish`, { heartbeatMs, log });
  // nginx listens before its workers have found Redis.
  await hub.publish({ type: "ping", data: 1 });
  /** Two documents are never written at once. */
  let writing = Promise.resolve();
  return {
    origin: nginx.origin,
    nginx,
    redis,
    hub,
    /**
     * The feed first, then its events: who is told of an entry and fetches the feed finds it there. It does not wait for
     * the hub: where that is down, readers that poll are served all the same.
     * @param {Record<string, any>} feed
     * @param {HubEvent[]} [events] what has changed
     */
    publish(feed, events = []) {
      const document = { ...feed, hubs: [{ type: "EventSource", url: `${nginx.origin}/updates` }] };
      const written = writing.then(() => writeFeed(site, document)).then(() => void hub.publish(...events));
      writing = written.catch(() => {});
      return written;
    },
    async stop() {
      await writing;
      await hub.close();
      await nginx.stop();
      await redis.stop();
    },
  };
}

/** A Redis of its own, which can be killed and started again with what it had. */
class Redis {
  /** @type {Program | undefined} */
  #program;
  #folder;
  #port;

  /** @param {string} folder @param {number} port */
  constructor(folder, port) {
    this.#folder = folder;
    this.#port = port;
  }

  async start() {
    await mkdir(this.#folder, { recursive: true });
    // Every message is on the disk before the publisher is told that it was taken.
    const kept = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    const args = ["--bind", "127.0.0.1", "--port", String(this.#port), "--dir", this.#folder, ...kept];
    this.#program = await Program.start(serverProgram("redis"), args, { cwd: this.#folder, port: this.#port });
  }

  async stop() {
    await this.#program?.stop();
  }

  async kill() {
    await this.#program?.kill();
  }
}

if (isMain(import.meta)) {
  await runExample(["nginx", "brotli", "nchan", "redis"], startPush);
}
