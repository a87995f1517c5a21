/** Serves public/, and at / the page with the feed as it is now. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import "livefeed"; // Without a DOM this does nothing.
import { renderInside } from "livefeed/server";
import { renderToString } from "react-dom/server";
import { App } from "./app.jsx";

const PUBLIC = fileURLToPath(new URL("../public/", import.meta.url));
const FEED = join(PUBLIC, "feed.json");
const TYPES = { ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };

async function page() {
  const feed = JSON.parse(await readFile(FEED, "utf8"));
  const app = renderToString(<App inside={renderInside(feed, { url: "http://localhost/feed.json" })} />);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>React</title>
    <script type="module" src="/client.js"></script></head><body><div id="app">${app}</div></body></html>`;
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  try {
    if (pathname === "/favicon.ico") return response.end();
    if (pathname === "/") return response.setHeader("content-type", "text/html; charset=utf-8").end(await page());
    const body = await readFile(join(PUBLIC, normalize(pathname)));
    response.setHeader("content-type", TYPES[extname(pathname)] ?? "application/octet-stream").end(body);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(process.env.PORT ?? 8080, () => console.log(`http://localhost:${server.address().port}/`));
