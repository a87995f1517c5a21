/** What `livefeed/server` writes ends where it ends: an HTML parser finds the rest of the page where it was. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { parse, serialize } from "parse5";
import { packed } from "../e2e/support/packed.js";
import { CMS } from "../fixtures/cms.js";
import { HOSTILE, HTML } from "../fixtures/hostile.js";

/** @type {typeof import("../../www/server/index.js")} */
let server;
before(async () => {
  const { folder } = await packed();
  server = await import(pathToFileURL(join(folder, "dist", "server", "index.js")).href);
});

const PLAIN = { url: "https://example.org/live/feed.json", inline: false, jsonLd: false };
const LATER = "<article><p>A later entry</p></article>";
const FOOTER = '<footer><p>The page <a href="/imprint">itself</a></p></footer>';

/** A feed of one entry with that HTML, and a plain one below it. */
const feedOf = (html) => ({ items: [{ id: "a", content_html: html }, { id: "b", content_text: "A later entry" }] });

/** What is shown of an entry's HTML. */
const shown = (html) => {
  const written = server.renderInside({ items: [{ id: "a", content_html: html }, { id: "b", title: "B" }] }, PLAIN);
  return /^<article>(?:<article>([^]*)<\/article>)?<article><h3><span>B<\/span><\/h3><\/article><\/article>$/.exec(written)?.[1] ?? "";
};

const elements = ({ childNodes }) => childNodes.filter(({ tagName }) => tagName !== undefined);

/** What is not where it should be in a page that has that element, or nothing. */
function misplaced(written) {
  const document = parse(`<!DOCTYPE html><html><head></head><body><main>${written}</main>${FOOTER}</body></html>`);
  const [, body] = elements(elements(document)[0]);
  const outer = elements(body).map(({ tagName }) => tagName).join(" ");
  if (outer !== "main footer") return `the page is ${outer}`;
  const [main, footer] = elements(body);
  if (serialize({ ...body, childNodes: [footer] }) !== FOOTER) return `the footer is ${serialize(footer)}`;
  if (elements(main).map(({ tagName }) => tagName).join(" ") !== "live-feed") return `beside the feed is ${serialize(main)}`;
  // What stands as it was written was nowhere closed, opened or moved by the parser.
  // A parser skips the first line break of a `<pre>`, where one that stays is written twice.
  const read = serialize(main).replaceAll("<pre>\n", "<pre>\n\n");
  return read === written ? undefined : `it is read as ${read}`;
}

test("what is left out leaves what follows it as it was", () => {
  const link = '<a href="https://evil.example/" rel="noopener">read</a> on';
  const open = '<a href="https://evil.example/">read</a> on';
  for (const [given, expected] of [
    [`<img data-src="lazy.jpg">${open}`, link],
    [`<a>x</a>${open}`, `x${link}`],
    [`<a href="javascript:top.ran(1)">x</a>${open}`, `x${link}`],
    [`<img>${open}`, link],
    [`<img src="data:image/png;base64,AA">${open}`, link],
    [`<iframe src="javascript:top.ran(1)"></iframe>${open}`, link],
    ['<p>Watch <iframe src=""></iframe> this <b>now</b></p>', "<p>Watch  this <b>now</b></p>"],
    [`<video><source><p>Film</p></video>${open}`, `<p>Film</p>${link}`],
    [`<picture><source data-srcset="a.webp"></picture>${open}`, `<picture></picture>${link}`],
    ["<ul><li><div><li>x</li></div></li></ul>", "<ul><li><div></div></li><li>x</li></ul>"],
    ["<pre>\n\nx</pre>", "<pre>\n\nx</pre>"],
  ]) {
    assert.equal(shown(given), expected, given);
  }
});

test("no hostile feed moves, opens or closes anything in the page", () => {
  // A feed goes along as a script, which a parser keeps as it is; here it is the HTML that is looked at.
  for (const [what, feed] of HOSTILE) assert.equal(misplacedAround(feed), undefined, what);
});

test("no HTML moves, opens or closes anything in the page, however it is cut and joined", () => {
  const corpus = [...Object.values(HTML).map(([html]) => html), ...CMS].filter((html) => html.length < MAX_MUTATED);
  for (const html of corpus) assert.equal(wrong(html), undefined, html);
  const random = seeded(SEED);
  for (let count = 0; count < MUTATIONS; count += 1) {
    const html = mutated(corpus, random);
    assert.equal(wrong(html), undefined, html);
  }
});

const MUTATIONS = 3000;
/** What is longer says nothing more, and takes long. */
const MAX_MUTATED = 2000;
/** Any number; with the same one, the same mutations. */
const SEED = 20_260_501;

/** What is wrong with an entry of that HTML and the one below it. */
function wrong(html) {
  const written = server.render(feedOf(html), PLAIN);
  return written.endsWith(`${LATER}</article></live-feed>`) ? misplaced(written) : `the later entry is not there: ${written}`;
}

function misplacedAround(feed) {
  const document = parse(`<!DOCTYPE html><html><head></head><body><main>${server.render(feed, PLAIN)}</main>${FOOTER}</body></html>`);
  const [, body] = elements(elements(document)[0]);
  const [main, footer] = elements(body);
  const names = [...elements(body), ...elements(main)].map(({ tagName }) => tagName).join(" ");
  if (names !== "main footer live-feed") return names;
  return serialize({ ...body, childNodes: [footer] }) === FOOTER ? undefined : serialize(footer);
}

/** Numbers from 0 to 1, the same for each seed (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One document of the corpus with tags of others left out, doubled, moved and put in. */
function mutated(corpus, random) {
  const one = (list) => list[Math.floor(random() * list.length)];
  const parts = (html) => html.split(/(?=<)|(?<=>)/);
  const list = parts(one(corpus));
  for (let count = 1 + Math.floor(random() * 6); count > 0; count -= 1) {
    const at = Math.floor(random() * (list.length + 1));
    const change = random();
    if (change < 0.3) list.splice(at, 1);
    else if (change < 0.5) list.splice(at, 0, ...list.slice(Math.floor(random() * list.length)).slice(0, 3));
    else if (change < 0.9) list.splice(at, 0, one(parts(one(corpus))));
    else list.splice(at, 1, (list[at] ?? "").slice(0, Math.floor(random() * 20)));
  }
  return list.join("");
}
