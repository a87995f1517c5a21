/** `npx livefeed`, as it is packed: what it says of feeds and servers, and what it writes. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { packed } from "../e2e/support/packed.js";

let cli = "";
let folder = "";
let origin = "";
/** What the server answers, by path. @type {Record<string, { status?: number, headers?: Record<string, string>, body?: string, plain?: boolean }>} */
const answers = {};
const server = createServer((request, response) => {
  const { status = 200, headers = {}, body = "", plain = false } = answers[request.url ?? ""] ?? { status: 404 };
  const etag = headers.etag;
  if (etag && request.headers["if-none-match"] === etag) return void response.writeHead(304, headers).end();
  if (plain) return void response.writeHead(status, headers).end(body);
  response.writeHead(status, { ...headers, "content-encoding": "br" }).end(brotliCompressSync(body));
});

before(async () => {
  cli = join((await packed()).folder, "dist", "server", "cli.js");
  folder = await mkdtemp(join(tmpdir(), "livefeed-"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});
after(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

/** Runs the command. @param {string[]} args @returns {Promise<{ code: number, out: string, err: string }>} */
const livefeed = (...args) =>
  new Promise((resolve) => {
    execFile(process.execPath, [cli, ...args], { cwd: folder }, (error, out, err) => {
      resolve({ code: Number(error?.code ?? 0), out, err });
    });
  });

const GOOD = {
  version: "https://jsonfeed.org/version/1.1",
  title: "Harbour day",
  language: "en",
  _livefeed: { version: 2, time_zone: "Europe/London", summary_html: "<p>A day.</p>" },
  items: [
    { id: "2", title: "The first boat", date_published: "2026-05-01T09:12:00Z", _livefeed: { kind: "key" } },
    { id: "1", content_text: "Good morning.", date_published: "2026-05-01T08:00:00Z", _livefeed: { pinned: true } },
  ],
};

/** Headers that leave nothing to wish. */
const FINE = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "Date, ETag",
  "cache-control": "no-cache",
  "content-type": "application/feed+json; charset=utf-8",
  etag: '"1"',
};

/** Writes a file and checks it. @param {unknown} document */
async function checked(document, ...args) {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  await writeFile(join(folder, "feed.json"), text);
  return livefeed("check", "feed.json", ...args);
}

/** The findings about a document. */
async function found(document, ...args) {
  const { findings } = JSON.parse((await checked(document, "--json", ...args)).out);
  return findings.map(({ level, code, message }) => `${level} ${code}: ${message}`);
}

/** The codes of what is found about an answer. */
async function foundAt(headers, more = {}) {
  answers["/feed.json"] = { headers, body: JSON.stringify(GOOD), ...more };
  const { findings } = JSON.parse((await livefeed("check", `${origin}/feed.json`, "--json")).out);
  return findings.map(({ level, code }) => `${level} ${code}`);
}

test("a good feed is told as readers see it, and ends with 0", async () => {
  const { code, out } = await checked(GOOD);
  assert.equal(code, 0);
  assert.equal(
    out,
    `feed.json

What readers see:
  title       Harbour day
  status      live
  header      a standfirst
  entries     2, 1 pinned, 1 key moment
  newest      10:12 BST 01.05.2026
  oldest      09:00 BST 01.05.2026

✓ No errors and no warnings.
`,
  );
});

test("the feed of the README is good", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, json] = /```json\n(\{\n {2}"version"[^]*?)```/.exec(readme) ?? [];
  const { code, out } = await checked(json);
  assert.equal(code, 0, out);
  assert.match(out, /✓ No errors and no warnings\.\n$/);
});

test("what is wrong is told with its place and what to do, and ends with 1", async () => {
  const items = [...GOOD.items, { title: "No id" }, { id: "1", title: "Again" }, { id: "9", title: "A", date_published: "yesterday" }];
  const { code, out } = await checked({ ...GOOD, items });
  assert.equal(code, 1);
  const told = out.slice(out.indexOf("! "));
  assert.equal(
    told,
    `! entry 3 has no id: a hash of its date and content is used; give each entry an id that never changes
  → give it an id that no other entry has, and that stays the same when it is edited
! entry 4 was skipped: entry 2 has its id "1" too, and is not older
  → give each entry an id of its own; of two with one id, the newer is shown
! entry 5: \`date_published\` is not an RFC 3339 time: "yesterday"
  → write times with their zone: 2026-05-01T09:12:00Z, or 2026-05-01T11:12:00+02:00
· 2 entries without \`date_published\`
  → they show no time, and stand beside their neighbour in the file

0 errors, 3 warnings, 1 hint.
`,
  );
});

test("of two entries with one id the one is named that is not shown", async () => {
  const items = [{ id: "a", title: "Old", date_published: "2026-05-01T08:00:00Z" }, { id: "a", title: "New", date_published: "2026-05-01T09:00:00Z" }];
  assert.deepEqual(await found({ ...GOOD, items }), ['warning entry-skipped: entry 1 was skipped: entry 2 has its id "a" too, and is newer']);
});

test("what is no JSON is told with line and column", async () => {
  assert.deepEqual(await found('{\n  "items": [1 2]\n}'), [
    "error not-json: feed.json is not JSON: expected `,` or `]` at line 2 column 15",
  ]);
});

test("a trailing comma, a page and XML are told with what to do", async () => {
  const remedies = async (text) => JSON.parse((await checked(text, "--json")).out).findings.map(({ message, remedy }) => [message, remedy]);
  assert.deepEqual(await remedies('{ "items": [1, ] }'), [
    ["feed.json is not JSON: trailing comma at line 1 column 16", "take out the comma before the closing bracket: JSON has none there"],
  ]);
  for (const text of ["<!doctype html><title>Live</title>", '<?xml version="1.0"?><rss></rss>']) {
    assert.deepEqual(await remedies(text), [
      ["feed.json is not JSON: it begins with <, as HTML and XML do", "hand over the feed, not the page that shows it; RSS and Atom are read with --format rss and --format atom"],
    ]);
  }
});

test("a text under another name is told where it goes", async () => {
  const { out } = await checked({ ...GOOD, items: [{ id: "1", body: "Good morning." }] });
  assert.ok(out.includes("entry 1 was skipped: it has no title, no content, no image, no embed and no attachment\n  → give it something to show, or leave it out: the text goes into content_text or content_html\n"), out);
});

test("a value that is none of those there are is told with them, and with where the schema is", async () => {
  const { out } = await checked({ ...GOOD, items: [{ ...GOOD.items[0], _livefeed: { kind: "keymoment" } }] });
  const [, schema] = /→ correct it, or leave it out: (.*) says what it may be\n/.exec(out) ?? [];
  assert.equal(schema, await realpath(join(cli, "../../feed.schema.json")));
  assert.equal(JSON.parse(await readFile(schema, "utf8")).title, "JSON Feed 1.1 with _livefeed");
  assert.deepEqual(await found({ ...GOOD, items: [{ ...GOOD.items[0], _livefeed: { kind: "keymoment" } }] }), [
    'warning bad-field: entry 1: `_livefeed.kind` is not one of key, summary, breaking: "keymoment"',
  ]);
});

test("an entry of which nothing is left is found, one with anything to see is none", async () => {
  const items = [
    '<script src="https://example.org/widget.js"></script>',
    '<form action="/vote"><button>Yes</button></form><style>p { color: red }</style>',
    "<p>&nbsp;</p>",
    "<p>Text.</p><script></script>",
    '<img src="a.png">',
    '<iframe src="https://example.org/map"></iframe>',
  ].map((content_html, at) => ({ id: String(at), content_html, date_published: `2026-05-01T09:0${at}:00Z` }));
  const others = [{ title: "T" }, { image: "a.png" }, { _livefeed: { embed: { url: "https://example.org/" } } }, { _livefeed: { deleted: true } }];
  const also = others.map((members, at) => ({ ...items[0], id: `also-${at}`, ...members }));
  assert.deepEqual(
    (await found({ ...GOOD, items: [...items, ...also] })).filter((line) => line.startsWith("warning")),
    [1, 2, 3].map((place) => `warning nothing-left: entry ${place}: nothing of its \`content_html\` can be shown`),
  );
});

test("what is no feed is told in the words of the element", async () => {
  assert.match((await found({ entries: [] }))[0], /^error not-a-feed: this is not a JSON Feed: .* found an object with entries$/);
});

test("a feed that says little gets hints, which are no findings", async () => {
  const { code, out } = await checked({ version: GOOD.version, items: [] });
  assert.equal(code, 0);
  assert.deepEqual(
    (await found({ version: GOOD.version, items: [] })).map((line) => line.split(":")[0]),
    ["hint no-title", "hint no-language", "hint no-time-zone", "hint no-version", "hint empty"],
  );
  assert.match(out, /✓ No errors and no warnings, 5 hints\.\n$/);
});

for (const [what, members, code] of /** @type {[string, object, string][]} */ ([
  ["a language that is none", { language: "English, mostly" }, "warning bad-language"],
  ["a zone that is none", { _livefeed: { version: 1, time_zone: "London" } }, "warning bad-time-zone"],
  ["a feed that stops its readers", { _livefeed: { version: 1, time_zone: "Etc/UTC", poll_seconds: 0 } }, "hint no-polling"],
  ["an entry from tomorrow", { items: [{ id: "1", title: "A", date_published: "2999-01-01T00:00:00Z" }] }, "warning future"],
  ["an entry that is too long", { items: [{ id: "1", content_html: "x".repeat(300_000), date_published: "2026-05-01T08:00:00Z" }] }, "warning long-entry"],
  ["a document that is too long", { description: "x".repeat(34_000_000) }, "error too-large"],
])) {
  test(`${what} is found`, async () => {
    assert.deepEqual((await found({ ...GOOD, ...members })).map((line) => line.split(":")[0]), [code]);
  });
}

test("a server that does all rightly gets no finding, and a policy is told", async () => {
  assert.deepEqual(await foundAt(FINE), []);
  const { code, out } = await livefeed("check", `${origin}/feed.json`);
  assert.equal(code, 0);
  assert.ok(out.includes(`has to allow, if it has one:\n  connect-src ${origin}\n`), out);
});

for (const [what, headers, codes] of /** @type {[string, object, string[]][]} */ ([
  ["without Access-Control-Allow-Origin", { "access-control-allow-origin": undefined }, ["warning no-cors"]],
  ["for one origin only", { "access-control-allow-origin": "https://example.org" }, ["warning narrow-cors"]],
  ["that repeats the origin", { "access-control-allow-origin": "https://a-page-elsewhere.example" }, ["warning cors-without-vary"]],
  ["that repeats the origin and says so", { "access-control-allow-origin": "https://a-page-elsewhere.example", vary: "Origin" }, []],
  ["without its date", { "access-control-expose-headers": undefined }, ["hint no-date"]],
  ["as HTML", { "content-type": "text/html" }, ["warning mime-type"]],
  ["without a type", { "content-type": undefined }, ["warning mime-type"]],
  ["with no-store", { "cache-control": "no-store" }, ["warning no-store"]],
  ["with an hour's age", { "cache-control": "public, max-age=3600" }, ["warning old-copies"]],
  ["with a stale hour", { "cache-control": "max-age=5, stale-while-revalidate=3600" }, ["warning old-copies"]],
  ["with a few seconds' age", { "cache-control": "max-age=5" }, []],
  ["without a word on caching", { "cache-control": undefined }, ["hint no-cache-control"]],
  ["without a validator", { etag: undefined }, ["warning no-validator"]],
  ["for every cookie", { vary: "Cookie" }, ["warning vary"]],
])) {
  test(`a feed ${what} is found`, async () => {
    const all = Object.entries({ ...FINE, ...headers }).filter(([, value]) => value !== undefined);
    assert.deepEqual(await foundAt(Object.fromEntries(all)), codes);
  });
}

test("a long feed that is not compressed is found, a short one is none", async () => {
  assert.deepEqual(await foundAt(FINE, { plain: true }), []);
  const long = JSON.stringify({ ...GOOD, description: "x".repeat(2000) });
  assert.deepEqual(await foundAt(FINE, { plain: true, body: long }), ["warning uncompressed"]);
  assert.deepEqual(await foundAt(FINE, { body: long }), []);
});

test("a server that never answers 304 is found", async () => {
  answers["/feed.json"] = { body: JSON.stringify(GOOD), headers: { ...FINE, etag: "", "last-modified": "Fri, 01 May 2026 09:12:00 GMT" } };
  const { findings } = JSON.parse((await livefeed("check", `${origin}/feed.json`, "--json")).out);
  assert.deepEqual(findings.map(({ message }) => message), ["an unchanged feed is answered with 200, and not with 304"]);
});

test("an address that leads on, or nowhere, is found", async () => {
  answers["/old.json"] = { status: 301, headers: { location: "/feed.json" } };
  answers["/feed.json"] = { headers: FINE, body: JSON.stringify(GOOD) };
  const { findings } = JSON.parse((await livefeed("check", `${origin}/old.json`, "--json")).out);
  assert.deepEqual(findings.map(({ code }) => code), ["redirected"]);
  const { code, out } = await livefeed("check", `${origin}/nothing.json`);
  assert.equal(code, 1);
  assert.match(out, /✗ .*\/nothing\.json answered with HTTP status 404\n {2}→ check the address\n/);
  const closed = await livefeed("check", "http://127.0.0.1:1/feed.json");
  assert.deepEqual([closed.code, closed.out], [1, ""]);
  assert.match(closed.err, /^livefeed: http:\/\/127\.0\.0\.1:1\/feed\.json could not be reached: /);
});

test("a page's policy is held against the feed, in headers and in meta elements", async () => {
  const image = { url: "https://media.example.org/a.png" };
  answers["/feed.json"] = { headers: FINE, body: JSON.stringify({ ...GOOD, items: [{ ...GOOD.items[0], _livefeed: { image } }] }) };
  const policy = (header, meta = "") => {
    const html = `<head>${meta && `<meta http-equiv="Content-Security-Policy" content="${meta}">`}<script type="module" src="https://cdn.example.org/1/live-feed.js"></script>`;
    answers["/page"] = { headers: { "content-type": "text/html", ...(header && { "content-security-policy": header }) }, body: html };
  };
  const remedies = async () => {
    const { findings } = JSON.parse((await livefeed("check", `${origin}/feed.json`, "--page", `${origin}/page`, "--json")).out);
    return findings.filter(({ code }) => code.startsWith("csp")).map(({ remedy }) => remedy);
  };
  policy("");
  assert.deepEqual(await remedies(), []);
  policy("default-src 'self'");
  assert.deepEqual(await remedies(), [
    "add to its connect-src: https://cdn.example.org",
    "add to its img-src: https://media.example.org",
    "add to its script-src: https://cdn.example.org",
    "add to its script-src: 'wasm-unsafe-eval'",
  ]);
  policy("", "script-src https: 'wasm-unsafe-eval'; img-src *.example.org; require-trusted-types-for 'script'; trusted-types own");
  assert.deepEqual(await remedies(), ["add it to trusted-types: without it Safari's readers see entries as plain text"]);
  policy("script-src *.example.org 'wasm-unsafe-eval'", "connect-src 'none'");
  assert.deepEqual(await remedies(), [`add to its connect-src: https://cdn.example.org ${origin}`]);
});

test("a page of the feed's own origin needs no permission, any other does", async () => {
  const { "access-control-allow-origin": _, "access-control-expose-headers": __, ...own } = FINE;
  answers["/feed.json"] = { headers: own, body: JSON.stringify(GOOD) };
  answers["/page"] = { headers: { "content-type": "text/html" }, body: "<p>A page.</p>" };
  const { code, out } = await livefeed("check", `${origin}/feed.json`, "--page", `${origin}/page`);
  assert.equal(code, 0, out);
  assert.match(out, /✓ No errors and no warnings\.\n$/);
  const elsewhere = await livefeed("check", `${origin}/feed.json`, "--page", `${origin.replace("127.0.0.1", "localhost")}/page`);
  assert.match(elsewhere.out, /Access-Control-Allow-Origin is missing/);
});

test("other formats are checked and converted by the name of their format", async () => {
  const fixture = new URL("../fixtures/feeds/formats/rss.xml", import.meta.url);
  const expected = await readFile(new URL("../fixtures/feeds/formats/rss.feed.json", import.meta.url), "utf8");
  const text = await readFile(fixture, "utf8");
  await writeFile(join(folder, "rss.xml"), text);
  const converted = await livefeed("convert", "rss.xml", "--format", "rss");
  assert.deepEqual([converted.code, JSON.parse(converted.out)], [0, JSON.parse(expected)]);
  const check = await livefeed("check", "rss.xml", "--format", "rss");
  assert.match(check.out, /^ {2}entries {5}3, 2 with pictures, 1 with attachments$/m);
  const wrong = await livefeed("check", "rss.xml", "--format", "atom");
  assert.equal(wrong.code, 1);
  assert.match(wrong.out, /✗ rss\.xml could not be read as atom: this is not Atom: expected <feed .*found <rss>/);
  await writeFile(join(folder, "broken.xml"), text.replace("</item>", ""));
  assert.match((await livefeed("convert", "broken.xml", "--format", "rss")).err, /^livefeed: this is not XML: /);
  await writeFile(join(folder, "feed.json"), JSON.stringify(GOOD, null, 2));
  assert.equal((await livefeed("convert", "feed.json", "--format", "rss")).err, "livefeed: this is not XML: it begins with {\n");
});

test("a page is written with the script, the element and all that it holds", async () => {
  await writeFile(join(folder, "feed.json"), JSON.stringify({ ...GOOD, title: "Harbour <day>" }));
  const { code, err } = await livefeed("render", "feed.json", "--src", "/feed.json", "--script", "/1/live-feed.js", "--order", "oldest", "--out", "page.html");
  assert.equal(code, 0);
  const page = await readFile(join(folder, "page.html"), "utf8");
  assert.match(
    page,
    /^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n<title>Harbour &lt;day&gt;<\/title>\n<script type="module" src="\/1\/live-feed\.js"><\/script>\n<\/head>\n<body>\n<live-feed src="\/feed\.json" order="oldest"><script type="application\/ld\+json">/,
  );
  assert.equal(err, "");
  const fragment = await livefeed("render", "feed.json", "--fragment", "--limit", "1");
  assert.match(fragment.out, /^<live-feed><script/);
  assert.equal(fragment.err, "livefeed: without --src the page never asks for updates\n");
  assert.equal(fragment.out.match(/<article>/g)?.length, 1);
});

for (const [what, args, message] of /** @type {[string, string[], string][]} */ ([
  ["without a command", [], "say what to do"],
  ["with one that is none", ["chek", "feed.json"], 'there is no command "chek"'],
  ["with a name that every object has", ["constructor", "feed.json"], 'there is no command "constructor"'],
  ["without a feed", ["check"], "check takes one feed, not 0"],
  ["without a folder", ["copy"], "copy takes one folder, not 0"],
  ["with two feeds", ["check", "a", "b"], "check takes one feed, not 2"],
  ["with a format that is none", ["check", "a", "--format", "minutes"], "--format minutes is not known"],
  ["without a format", ["convert", "feed.json"], "convert needs --format"],
  ["with a page that is no address", ["check", "feed.json", "--page", "example.org"], "--page example.org is no address: write https://…"],
  ["with an option that is none", ["check", "feed.json", "--jsno"], "Unknown option '--jsno'"],
  ["with an option without its value", ["check", "feed.json", "--page", "--json"], "Option '--page' argument is ambiguous"],
  ["with a limit that is none", ["render", "feed.json", "--limit", "many"], "--limit many is no number of entries"],
])) {
  test(`called ${what} it says so in a line, and where it says how, and ends with 2`, async () => {
    const { code, out, err } = await livefeed(...args);
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(err, `livefeed: ${message}\nsee livefeed --help\n`);
  });
}

test("what bundlers leave behind is copied", async () => {
  assert.deepEqual(await livefeed("copy", "public/assets"), { code: 0, out: "", err: "" });
  const files = await readdir(join(folder, "public", "assets"), { recursive: true });
  assert.ok(["live-feed.wasm", join("words", "de.json")].every((name) => files.includes(name)), files.join(" "));
});

test("a file that is not there is told, and help is no fault", async () => {
  const { code, err } = await livefeed("check", "nothing.json");
  assert.deepEqual([code, err], [1, "livefeed: nothing.json could not be read: there is no such file\n"]);
  for (const name of ["example.org/feed.json", "localhost:8080/feed.json"]) {
    assert.equal((await livefeed("check", name)).err, `livefeed: ${name} could not be read: there is no such file; if it is an address, write http:// or https:// before it\n`);
  }
  assert.equal((await livefeed("check", "live/feed.json")).err, "livefeed: live/feed.json could not be read: there is no such file\n");
  assert.deepEqual((await livefeed("--version")).out, "0.1.0\n");
  assert.equal((await livefeed("--help")).code, 0);
});

test("the reader of the command is no part of what a page loads", async () => {
  const { folder } = await packed();
  const hash = async (name) => createHash("sha256").update(await readFile(join(folder, "dist", name))).digest("hex");
  assert.notEqual(await hash("live-feed.wasm"), await hash("server/check.wasm"));
  const page = await readFile(join(folder, "dist", "live-feed.js"), "utf8");
  assert.doesNotMatch(page, /check\.wasm|server\//);
});
