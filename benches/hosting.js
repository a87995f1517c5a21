/**
 * What readers cost who hosts a feed: `node benches/hosting.js` prints the table of the README's "Hosting".
 *
 * Every answer is a real one, of the nginx of `examples/push` with the demo's feed; nginx itself counts its bytes,
 * headers included. What lies below HTTP (TLS, TCP) is not counted; over HTTP/2 headers are smaller than here.
 */
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPush } from "../examples/push/start.js";
import { freePort } from "../examples/support/program.js";
import { place } from "../scripts/places.js";

const HOUR_S = 3600;
/** The default interval; a reader with a stream asks once in five minutes, to be sure. See `src/pace.rs`. */
const POLL_S = 15;
const POLL_WITH_STREAM_S = 300;
/** The hub's heartbeat, as in `examples/push/hub.js`. */
const PING_S = 20;
/** What "in live use" is: the demo's feed, with a new entry or an edit a minute. */
const CHANGES = 60;
const AUDIENCES = [1_000, 100_000];
/** Enough pings to see what one takes. */
const PINGS = 10;
const PING = /** @type {const} */ ({ type: "ping", data: 1 });

/** What Chromium sends along when an element of another origin asks for its feed. */
const BROWSER = {
  "Accept": "*/*",
  "Accept-Encoding": "gzip, deflate, br, zstd",
  "Accept-Language": "en-GB,en;q=0.9",
  "Cache-Control": "max-age=0",
  "Origin": "https://news.example",
  "Referer": "https://news.example/",
  "User-Agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
};

const folder = await mkdtemp(join(tmpdir(), "livefeed-hosting-"));
/** No heartbeat but those that are counted. */
const heartbeatMs = HOUR_S * 1000;
const push = await startPush({ folder, port: await freePort(), dist: place("www", "demo"), heartbeatMs });
try {
  const feed = JSON.parse(await readFile(place("www", "demo", "feed.json"), "utf8"));
  await push.publish(feed);
  await push.hub.publish();
  report(feed.items.length, await measure(feed));
} finally {
  await push.stop();
  await rm(folder, { recursive: true });
}

/** @typedef {{ whole: number, unchanged: number, connection: number, event: number, ping: number }} Costs in bytes */

/** @param {any} feed @returns {Promise<Costs>} */
async function measure(feed) {
  const { etag = "" } = await ask({});
  await ask({ "If-None-Match": etag });
  const [whole, unchanged] = (await answers("/feed.json", 2)).map(({ sent }) => sent);

  // A new reader gets every event of the last minutes, so each connection gets what the last one got, and the new ones.
  /** @type {number[]} */
  const streams = [];
  let events = 1;
  const stream = async () => streams.push(await streamed(events, streams.length + 1));
  await stream();
  for (const item of feed.items) {
    push.hub.publish({ type: "entry", data: { ...item, _livefeed: { ...item._livefeed, version: 1 } } });
  }
  events += feed.items.length;
  await stream();
  for (let count = 0; count < PINGS; count += 1) push.hub.publish(PING);
  events += PINGS;
  await stream();

  const [first, withEntries, withPings] = streams;
  const ping = (withPings - withEntries) / PINGS;
  return { whole, unchanged, connection: first - ping, event: (withEntries - first) / feed.items.length, ping };
}

/** One request for the feed, to its end. @param {Record<string, string>} headers */
async function ask(headers) {
  const answer = await sent("/feed.json", headers);
  answer.resume();
  await once(answer, "end");
  return answer.headers;
}

/**
 * The bytes that a reader of the stream gets until so many events have come.
 * @param {number} events
 * @param {number} streams how many there were by then, this one included
 */
async function streamed(events, streams) {
  await push.hub.publish();
  const answer = await sent("/updates", { Accept: "text/event-stream" });
  let text = "";
  answer.setEncoding("utf8");
  while (text.split(/^data: .*\n\n/m).length - 1 < events) {
    const [piece] = await once(answer, "data");
    text += piece;
  }
  answer.destroy();
  return (await answers("/updates", streams))[streams - 1].sent;
}

/**
 * @param {string} path
 * @param {Record<string, string>} headers
 * @returns {Promise<import("node:http").IncomingMessage>}
 */
async function sent(path, headers) {
  const asked = request(`${push.origin}${path}`, { headers: { ...BROWSER, ...headers }, agent: false });
  asked.end();
  const [answer] = await once(asked, "response");
  return answer;
}

/**
 * What nginx has answered there, once it has written it down.
 * @param {string} path
 * @param {number} count
 */
async function answers(path, count) {
  const [patience, look] = [10_000, 20];
  for (let waited = 0; waited < patience; waited += look) {
    const all = (await push.nginx.answers()).filter(({ uri }) => uri === path);
    if (all.length >= count) return all;
    await sleep(look);
  }
  throw new Error(`nginx has not answered ${path} ${count} times.`);
}

/** @param {number} entries @param {Costs} costs */
function report(entries, costs) {
  const round = (/** @type {number} */ bytes) => Math.round(bytes);
  console.log(`A feed of ${entries} entries. Bytes with headers: the feed with brotli ${costs.whole}, not changed (304) \
${costs.unchanged}; the stream's beginning ${round(costs.connection)}, an event ${round(costs.event)}, a ping ${round(costs.ping)}.\n`);
  const [polls, fewPolls] = [HOUR_S / POLL_S, HOUR_S / POLL_WITH_STREAM_S];
  const polled = (/** @type {number} */ times, /** @type {number} */ changed) =>
    changed * costs.whole + (times - changed) * costs.unchanged;
  const open = costs.connection + (HOUR_S / PING_S) * costs.ping;
  /** @type {[string, number, number][]} */
  const rows = [
    ["polling, nothing new", polls, polled(polls, 0)],
    ["polling, a change a minute", polls, polled(polls, CHANGES)],
    ["stream, nothing new", fewPolls + 1, open + polled(fewPolls, 0)],
    ["stream, a change a minute", fewPolls + 1, open + CHANGES * costs.event + polled(fewPolls, fewPolls)],
    ["a hidden tab", 0, 0],
  ];
  const audience = (/** @type {number} */ readers) => `${readers.toLocaleString("en")} readers`;
  console.log(line(["one reader, an hour", "requests", "bytes", ...AUDIENCES.map(audience)]));
  console.log(line(["---", "---:", "---:", ...AUDIENCES.map(() => "---:")]));
  for (const [name, requests, bytes] of rows) {
    const together = AUDIENCES.map((readers) => {
      const megabits = (readers * bytes * 8) / HOUR_S / 1e6;
      return `${amount((readers * requests) / HOUR_S)} requests/s, ${amount(megabits)} Mbit/s`;
    });
    console.log(line([name, String(requests), `${amount(bytes / 1000)} KB`, ...together]));
  }
}

/** @param {string[]} cells */
function line(cells) {
  return `| ${cells.join(" | ")} |`;
}

/** As exactly as anyone plans. @param {number} value */
function amount(value) {
  return Number(value.toPrecision(2)).toLocaleString("en");
}
