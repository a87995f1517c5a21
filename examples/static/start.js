/** `node examples/static/start.js`: a feed as plain files behind nginx, as a CDN would send it. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { isMain, runExample } from "../support/example.js";
import { writeFeed } from "../support/feed-file.js";
import { Nginx } from "../support/nginx.js";
import { layOutSite } from "../support/site.js";

/**
 * Starts nginx over a new site that has no feed yet.
 * @param {{ folder: string, port: number, dist: string }} options `folder` takes everything that is written
 */
export async function startStatic({ folder, port, dist }) {
  const site = join(folder, "site");
  await mkdir(site, { recursive: true });
  await layOutSite(site, dist);
  const nginx = await Nginx.prepare(folder, "static", { PORT: port });
  await nginx.start();
  return {
    origin: nginx.origin,
    nginx,
    publish: (/** @type {unknown} */ feed) => writeFeed(site, feed),
    stop: () => nginx.stop(),
  };
}

if (isMain(import.meta)) {
  await runExample(["nginx", "brotli"], startStatic);
}
