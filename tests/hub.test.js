/** The newsroom's side of the hub, beside a hub that answers as told. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { afterEach, beforeEach, test } from "node:test";
import { Hub } from "../examples/push/hub.js";

/** Never, as far as these tests are concerned. */
const NO_HEARTBEAT_MS = 3_600_000;

/** What was published, in order. @type {{ type: string, data: unknown }[]} */
let taken = [];
/** What becomes of the next POSTs: the event is lost, taken without an answer, or refused. @type {string[]} */
let faults = [];
/** What the newsroom was told. @type {string[]} */
let lines = [];
/** @type {import("node:http").Server} */
let server;
/** @type {Hub} */
let hub;

beforeEach(async () => {
  [taken, faults, lines] = [[], [], []];
  server = createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const fault = request.method === "POST" ? faults.shift() : undefined;
    if (request.method === "POST" && (fault === undefined || fault === "taken")) {
      const type = String(request.headers["x-eventsource-event"]);
      taken.push({ type, data: JSON.parse(String(Buffer.concat(pieces))) });
    }
    if (fault === "refused") return response.writeHead(503).end();
    if (fault !== undefined) return response.destroy();
    if (taken.length === 0) return response.writeHead(404).end();
    response.end(JSON.stringify({ last_message_id: `1700000000:${taken.length - 1}` }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  hub = new Hub(`http://127.0.0.1:${port}`, { heartbeatMs: NO_HEARTBEAT_MS, log: (line) => lines.push(line) });
});
afterEach(async () => {
  await hub.close();
  server.closeAllConnections();
  server.close();
});

const entry = (/** @type {number} */ data) => ({ type: /** @type {const} */ ("entry"), data });
const numbers = () => taken.map(({ data }) => data);

test("events are taken in their order, with their names", async () => {
  hub.publish({ type: "entry", data: { id: "1" } }, { type: "remove", data: { id: "1" } });
  await hub.publish({ type: "ping", data: 1 });
  assert.deepEqual(taken, [
    { type: "entry", data: { id: "1" } },
    { type: "remove", data: { id: "1" } },
    { type: "ping", data: 1 },
  ]);
});

test("an event that was taken without an answer is not published again", async () => {
  faults = ["taken"];
  await hub.publish(entry(1), entry(2));
  assert.deepEqual(numbers(), [1, 2]);
  faults = ["taken", "taken"];
  await hub.publish(entry(3), entry(4), entry(5));
  assert.deepEqual(numbers(), [1, 2, 3, 4, 5]);
});

test("an event that was lost or refused is published again, before the next one", async () => {
  faults = ["lost", "refused"];
  await hub.publish(entry(1), entry(2));
  faults = ["refused", "lost", "taken"];
  await hub.publish(entry(3), entry(4));
  assert.deepEqual(numbers(), [1, 2, 3, 4]);
  assert.deepEqual(lines[1], 'the hub did not take "entry", trying again: HTTP 503');
});

test("who closes it does not wait for a hub that is down", async () => {
  faults = Array.from({ length: 1000 }, () => "refused");
  hub.publish(entry(1), entry(2));
  await hub.close();
  assert.deepEqual(numbers(), []);
});
