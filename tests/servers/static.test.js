/** Plain files behind nginx: each answer as a CDN would send it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { startStatic } from "../../examples/static/start.js";
import { text } from "../../scripts/places.js";
import { entries, feedOf } from "../e2e/support/feeds.js";
import { ask, documentOf, FORMS } from "./support/ask.js";
import { useExample } from "./support/examples.js";

const { test, example } = useExample(["nginx", "brotli"], startStatic);

const { version: VERSION } = JSON.parse(text("package.json"));
const CORS = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Date, Age, Retry-After, Last-Modified",
};
const FRESH = { "cache-control": "max-age=5, stale-while-revalidate=30, stale-if-error=86400" };
const url = (/** @type {string} */ path) => `${example().origin}${path}`;

/**
 * The headers, with the times looked at and taken out.
 * @param {import("./support/ask.js").Answer} answer
 * @returns {Record<string, unknown>}
 */
function withoutTimes({ headers: { date, etag, "last-modified": modified, ...headers } }) {
  assert.match(date, / GMT$/);
  if (etag !== undefined) assert.match(etag, /^"[0-9a-f]+-[0-9a-f]+"$/);
  if (modified !== undefined) assert.match(modified, / GMT$/);
  return { ...headers, tagged: etag !== undefined && modified !== undefined };
}

test("the feed comes in three forms, each with exactly these headers", async () => {
  const feed = feedOf(entries(30), { version: 1 });
  await example().publish(feed);
  for (const { name, headers } of FORMS) {
    const answer = await ask(url("/feed.json"), headers);
    assert.equal(answer.status, 200);
    assert.deepEqual(documentOf(answer), feed);
    assert.deepEqual(withoutTimes(answer), {
      server: "nginx",
      "content-type": "application/feed+json; charset=utf-8",
      "content-length": String(answer.body.length),
      vary: "Accept-Encoding",
      ...(name ? { "content-encoding": name } : { "accept-ranges": "bytes" }),
      ...CORS,
      ...FRESH,
      tagged: true,
    });
  }
});

test("a feed that has not changed costs a 304 without a body, in each form", async () => {
  await example().publish(feedOf(entries(3), { version: 2 }));
  for (const { headers } of FORMS) {
    const { headers: first } = await ask(url("/feed.json"), headers);
    for (const [condition, value] of [["if-none-match", first.etag], ["if-modified-since", first["last-modified"]]]) {
      const answer = await ask(url("/feed.json"), { ...headers, [condition]: value });
      assert.equal(answer.status, 304);
      assert.equal(answer.body.length, 0);
      assert.equal(answer.headers.etag, first.etag);
      const { vary, ...rest } = withoutTimes(answer);
      assert.deepEqual(rest, { server: "nginx", ...CORS, ...FRESH, tagged: true });
    }
  }
});

test("two documents of one second and one length are told apart", async () => {
  const told = [];
  for (const title of ["One", "Two", "Six"]) {
    await example().publish(feedOf([], {}, { title }));
    for (const { name, headers } of FORMS) {
      const { headers: sent, body } = await ask(url("/feed.json"), headers);
      told.push(`${name} ${sent.etag}`);
      assert.equal(String(FORMS.find((form) => form.name === name)?.open(body)).includes(title), true);
    }
  }
  assert.equal(new Set(told).size, told.length, told.join("\n"));
});

test("once it is published nobody gets an older one, and while it is published nobody goes back", async () => {
  let published = 10;
  let done = false;
  await example().publish(feedOf(entries(30), { version: published }));
  const readers = FORMS.map(async ({ name, headers }) => {
    let last = 0;
    while (!done) {
      const sure = published;
      const { version } = documentOf(await ask(url("/feed.json"), headers))._livefeed;
      assert.ok(version >= sure && version >= last, `${name}: ${version} after ${sure} was published, ${last} seen`);
      last = version;
    }
    return last;
  });
  for (let version = 11; version <= 40; version += 1) {
    await example().publish(feedOf(entries(30), { version }));
    published = version;
  }
  done = true;
  for (const last of await Promise.all(readers)) assert.ok(last >= 39);
});

test("the files of livefeed are kept for a year, and have their types and their compressed forms", async () => {
  const types = { "live-feed.js": "text/javascript; charset=utf-8", "live-feed.wasm": "application/wasm" };
  for (const [file, type] of Object.entries(types)) {
    const sizes = [];
    for (const { name, headers, open } of FORMS) {
      const answer = await ask(url(`/livefeed/${VERSION}/${file}`), headers);
      sizes.push(answer.body.length);
      assert.equal(answer.headers["content-type"], type);
      assert.equal(answer.headers["content-encoding"], name);
      assert.equal(answer.headers["cache-control"], "public, max-age=31536000, immutable");
      assert.equal(answer.headers["access-control-allow-origin"], "*");
      const plain = await readFile(new URL(`../../dist/${file}`, import.meta.url));
      assert.ok(open(answer.body).equals(plain), `${file} as ${name}`);
    }
    assert.deepEqual(sizes, sizes.toSorted((a, b) => a - b), `${file}: brotli, gzip, plain`);
  }
});

test("the page asks for the feed and for livefeed by addresses that are there", async () => {
  const page = String((await ask(url("/"))).body);
  const addresses = [...page.matchAll(/src="([^"]+)"/g)].map(([, address]) => address);
  assert.deepEqual(addresses, [`/livefeed/${VERSION}/live-feed.js`, "/feed.json"]);
  for (const address of addresses) assert.equal((await ask(url(address))).status, 200);
});

test("an error can be read by pages of other origins, too", async () => {
  const answer = await ask(url("/none.json"));
  assert.equal(answer.status, 404);
  const { "content-length": _, ...headers } = withoutTimes(answer);
  assert.deepEqual(headers, {
    server: "nginx",
    "content-type": "text/html; charset=utf-8",
    ...CORS,
    ...FRESH,
    tagged: false,
  });
});

test("what is still being written is not served", async () => {
  assert.equal((await ask(url("/.feed.json.new"))).status, 404);
});
