/** Many readers at once: what breaks for all of them in one moment must not bring all of them back in one moment. */
import assert from "node:assert/strict";
import { startPush } from "../../examples/push/start.js";
import { useExample } from "./support/examples.js";
import { StreamReader } from "./support/stream-reader.js";
import { Waits } from "./support/waits.js";

const { test, example } = useExample(["nginx", "brotli", "nchan", "redis"], startPush);

const READERS = 200;
/** The first wait of a page: 5 to 10 seconds, by chance. So each second gets a fifth of them, 40, more or less. */
const WAITS_MS = { least: 5_000, most: 10_000 };
/** Twice as many as an even second brings: chance alone never makes so many of them. */
const MOST_IN_A_SECOND = 80;
/** What a busy machine adds. */
const SLACK_MS = 1_500;

test(`nginx -s reload sends ${READERS} readers away, and they come back one by one`, async () => {
  const waits = await Waits.start();
  /** @type {StreamReader[]} */
  let readers = [];
  try {
    readers = Array.from({ length: READERS }, (_, number) =>
      new StreamReader(`${example().origin}/updates`, {
        opened: () => waits.opened(number),
        pause: () => waits.broke(number),
      }),
    );
    await Promise.all(readers.map((reader) => reader.connected()));

    const start = performance.now();
    example().nginx.reload();
    await Promise.all(readers.map((reader) => reader.until("the end", () => reader.ended > 0)));
    const gone = performance.now() - start;
    await Promise.all(readers.map((reader) => reader.connected(2)));

    const back = readers.map(({ opened }) => opened[1] - start).sort((a, b) => a - b);
    assert.ok(back[0] >= WAITS_MS.least, `the first was back after ${back[0]} ms`);
    const last = back[READERS - 1];
    assert.ok(last <= gone + WAITS_MS.most + SLACK_MS, `the last was back after ${last} ms, gone within ${gone} ms`);
    const fullest = Math.max(...back.map((time) => back.filter((other) => other >= time && other < time + 1000).length));
    console.log(`${READERS} readers came back within ${Math.round(last - back[0])} ms, at most ${fullest} in one second`);
    assert.ok(fullest <= MOST_IN_A_SECOND, `${fullest} readers came back in one second`);
  } finally {
    await Promise.all(readers.map((reader) => reader.close()));
    await waits.stop();
  }
});
