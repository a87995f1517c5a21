/**
 * Serves the demo: `dist/` at `/`, `www/demo/` at `/demo/`, and what the live publisher writes at `/demo/live/`.
 * `npm run serve` serves what is built; `npm start` builds first.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { pathToFileURL } from "node:url";
import express from "express";
import { DIST } from "./build.js";
import { place } from "./places.js";
import { startPublisher } from "./publisher.js";

const FIRST_PORT = 8080;
/** So many busy ports in a row mean that something else is wrong. */
const PORTS_TRIED = 20;

/** Slow enough to read an entry, quick enough to see the next one come. */
const PUBLISH_EVERY_MS = 5000;

/** Where the live publisher writes: not in `www/`, whose files are under version control. */
const LIVE = place(".cache", "demo", "live");

/** @type {import("serve-static").ServeStaticOptions} */
const FILES = {
  cacheControl: false,
  setHeaders(response, path) {
    // Ask each time, and get 304 where nothing changed: the ETag is Express's own.
    response.setHeader("Cache-Control", "no-cache");
    // As a CDN would, so that pages of other origins can be tried against this server.
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader("Access-Control-Expose-Headers", "Date, ETag");
    if (path.endsWith("feed.json")) response.setHeader("Content-Type", "application/feed+json; charset=utf-8");
  },
};

/**
 * Starts the publisher and the server.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>} `url` is the demo's first page
 */
export async function serve({ log = console.log } = {}) {
  const app = express();
  app.disable("x-powered-by");
  app.use("/demo/live", express.static(LIVE, FILES));
  app.use("/demo", express.static(place("www", "demo"), FILES));
  app.use("/", express.static(DIST, FILES));
  app.get("/", (_request, response) => response.redirect("/demo/"));

  const server = createServer(app);
  const port = await listen(server);
  const publisher = await startPublisher({ directory: LIVE, everyMs: PUBLISH_EVERY_MS, log });
  return {
    url: `http://localhost:${port}/demo/`,
    async stop() {
      await publisher.stop();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/**
 * Listens at the first free port.
 * @param {import("node:http").Server} server
 */
async function listen(server) {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    server.listen(port);
    try {
      await once(server, "listening");
      return port;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EADDRINUSE") throw error;
    }
  }
  throw new Error(`The ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are all taken.`);
}

/** Serves until Ctrl-C or a polite kill, then leaves nothing behind. */
export async function serveUntilStopped() {
  const { url, stop } = await serve();
  console.log(`\nThe demo is at ${url}\nCtrl-C stops it.\n`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await stop();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await serveUntilStopped();
