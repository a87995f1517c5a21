/** What other systems publish, as a whole and in its odd corners, becomes a feed. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { DOMParser } from "@xmldom/xmldom";
import * as atom from "../www/formats/atom.js";
import * as automattic from "../www/formats/automattic-liveblog.js";
import * as guardian from "../www/formats/guardian-blocks.js";
import * as rss from "../www/formats/rss.js";
import * as superdesk from "../www/formats/superdesk-live-blog.js";

const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false });
addFormats.default(ajv);
const isFeed = ajv.compile(
  JSON.parse(await readFile(new URL("../www/demo/feed.schema.json", import.meta.url), "utf8")),
);

const fixture = (name) => readFile(new URL(`fixtures/feeds/formats/${name}`, import.meta.url), "utf8");

/** What a format makes of it, which has to be a valid feed. */
function valid(format, input, options = {}) {
  /** @type {Record<string, any>} */
  const feed = format.convert(input, { DOMParser, ...options });
  assert.ok(isFeed(feed), ajv.errorsText(isFeed.errors));
  return feed;
}

for (const [format, url] of /** @type {[any, string][]} */ ([
  [automattic, "https://example.org/wp-json/liveblog/v1/7/get-entries/1/0"],
  [superdesk, "https://example.org/api/client_blogs/5c/posts?max_results=25"],
  [guardian, "https://api.example.org/world/live/2026/may/01/harbour-day?show-blocks=all"],
])) {
  test(`a whole document of ${format.name} becomes a whole feed`, async () => {
    const feed = valid(format, JSON.parse(await fixture(`${format.name}.json`)), { url });
    assert.deepEqual(feed, JSON.parse(await fixture(`${format.name}.feed.json`)));
  });
}

for (const format of [rss, atom]) {
  test(`a whole document of ${format.name} becomes a whole feed`, async () => {
    const feed = valid(format, await fixture(`${format.name}.xml`));
    assert.deepEqual(feed, JSON.parse(await fixture(`${format.name}.feed.json`)));
  });
}

for (const [format, input, message] of /** @type {[any, unknown, string][]} */ ([
  [automattic, { code: "rest_no_route" }, 'these are no entries of a Liveblog: expected an object with a list of "entries", found an object with code'],
  [superdesk, [], 'these are no posts of a Live Blog: expected an object with a list of "_items", found a list'],
  [
    guardian,
    { response: { content: { id: "a", fields: {} } } },
    'this is no live blog of the Content API: expected "response.content.blocks" (ask for it with show-blocks=all), found an object with id, fields',
  ],
  [guardian, null, 'this is no live blog of the Content API: expected "response.content.blocks" (ask for it with show-blocks=all), found null'],
  [rss, "<feed xmlns='http://www.w3.org/2005/Atom'/>", "this is not RSS 2.0: expected <rss> with a <channel>, found <feed>"],
  [rss, { items: [] }, "this is not XML, but an object with items"],
  [atom, "<rss><channel/></rss>", 'this is not Atom: expected <feed xmlns="http://www.w3.org/2005/Atom">, found <rss>'],
  [atom, "<feed/>", 'this is not Atom: expected <feed xmlns="http://www.w3.org/2005/Atom">, found <feed>'],
])) {
  test(`${format.name} refuses what it is not: ${JSON.stringify(input)}`, () => {
    assert.throws(() => format.convert(input, { DOMParser }), { message });
  });
}

test("what is no XML is told so, with the parser's own reason", () => {
  assert.throws(() => rss.convert("<rss><channel></rss>", { DOMParser }), /^Error: this is not XML: /);
});

test("what does not begin as XML does is told by its beginning, not by all of it", () => {
  for (const [input, beginning] of [
    ["Gateway Timeout", "Gateway Timeout"],
    ['\ufeff\n{\n  "items": []\n}', "{"],
    ['{"version":"https://jsonfeed.org/version/1.1","items":[]}', '{"version":"https://'],
    ["", "nothing"],
  ]) {
    assert.throws(() => rss.convert(input, { DOMParser }), { message: `this is not XML: it begins with ${beginning}` });
  }
});

test("without a parser it says where to take one from", () => {
  assert.throws(() => rss.convert("<rss/>"), {
    message: "there is no XML parser here: hand one over as `DOMParser`, for instance @xmldom/xmldom's",
  });
});

const wordPress = (...entries) => valid(automattic, { entries }).items;

test("an update of Liveblog replaces its entry, whichever of the two comes first", () => {
  const old = { id: 1, type: "new", render: "<p>Opn.</p>", timestamp: "100", entry_time: 100 };
  const update = { id: 1, type: "update", render: "<p>Open.</p>", timestamp: "160", entry_time: 100 };
  for (const entries of [[old, update], [update, old]]) {
    const [item, ...others] = wordPress(...entries);
    assert.deepEqual(others, []);
    assert.deepEqual([item.content_html, item.date_modified], ["<p>Open.</p>", "1970-01-01T00:02:40.000Z"]);
  }
});

test("a delete of Liveblog is a removal, also where the entry itself is not in the list", () => {
  assert.deepEqual(wordPress({ id: 9, type: "delete", content: "", timestamp: "60", entry_time: 30 }), [
    { id: "9", date_modified: "1970-01-01T00:01:00.000Z", _livefeed: { deleted: true } },
  ]);
});

test("the last page of Liveblog has no next one, and a list by times has none at all", () => {
  const url = "https://example.org/wp-json/liveblog/v1/7/get-entries/3/0";
  assert.equal(automattic.convert({ entries: [], page: 3, pages: 3 }, { url }).next_url, undefined);
  const times = "https://example.org/wp-json/liveblog/v1/7/entries/0/9";
  assert.equal(automattic.convert({ entries: [], page: 1, pages: 3 }, { url: times }).next_url, undefined);
});

const post = (items, more = {}) =>
  valid(superdesk, { _items: [{ _id: "a", published_date: "2026-05-01T09:00:00+00:00", items, ...more }] }).items[0];

test("a second picture and a second embed of a post stand in its text", () => {
  const image = (name) => ({ item_type: "image", meta: { caption: name }, renditions: { original: { href: `${name}.jpg` } } });
  const video = (name) => ({ item_type: "embed", meta: { original_url: `https://example.org/${name}`, title: name } });
  const shown = post([image("one"), image("two"), video("three"), video("four")]);
  assert.deepEqual(shown._livefeed, {
    image: { url: "one.jpg", caption: "one" },
    embed: { url: "https://example.org/three", title: "three" },
  });
  assert.equal(
    shown.content_html,
    '<figure><img src="two.jpg" alt=""><figcaption>two</figcaption></figure><p><a href="https://example.org/four">four</a></p>',
  );
});

test("what a post quotes is text, whatever it looks like", () => {
  const quote = { item_type: "quote", meta: { quote: "1 < 2 & 3", credit: '<b>"Me"</b>' } };
  assert.equal(
    post([quote]).content_html,
    "<blockquote><p>1 &lt; 2 &amp; 3</p><p>— &lt;b&gt;&quot;Me&quot;&lt;/b&gt;</p></blockquote>",
  );
});

test("the last page of a Live Blog has no next one", () => {
  const page = (number) => ({ _items: [], _meta: { page: number, max_results: 25, total: 50 } });
  const url = "https://example.org/api/client_blogs/5c/posts?page=1";
  assert.equal(superdesk.convert(page(1), { url }).next_url, "https://example.org/api/client_blogs/5c/posts?page=2");
  assert.equal(superdesk.convert(page(2), { url }).next_url, undefined);
});

const block = (elements, more = {}) =>
  valid(guardian, { response: { content: { blocks: { body: [{ id: "b", bodyHtml: "<p>B</p>", elements, ...more }] } } } }).items[0];

test("a block without elements is its own HTML, with elements it is what they say", () => {
  assert.equal(block([]).content_html, "<p>B</p>");
  assert.equal(block([{ type: "text", textTypeData: { html: "<p>T</p>" } }]).content_html, "<p>T</p>");
});

test("the second of two tweets is a link, and a table stands as it is", () => {
  const tweet = (id) => ({ type: "tweet", tweetTypeData: { originalUrl: `https://twitter.com/harbour/status/${id}` } });
  const table = { type: "table", tableTypeData: { html: "<table></table>" } };
  const shown = block([tweet(1), tweet(2), table]);
  assert.deepEqual(shown._livefeed, { embed: { url: "https://twitter.com/harbour/status/1" } });
  const address = "https://twitter.com/harbour/status/2";
  assert.equal(shown.content_html, `<p><a href="${address}">${address}</a></p><table></table>`);
});

test("the picture of a block is the widest of the sizes that were made, not the original", () => {
  const asset = (width, more = {}) => ({ file: `${width}.jpg`, typeData: { width, height: width / 2, ...more } });
  const image = (...assets) => block([{ type: "image", assets }])._livefeed.image;
  assert.deepEqual(image(asset(500), asset(1000), asset(6000, { isMaster: true })), { url: "1000.jpg", width: 1000, height: 500 });
  assert.equal(image(asset(6000, { isMaster: true })).url, "6000.jpg");
});

test("a live blog that is over says so", () => {
  const status = (liveBloggingNow) =>
    valid(guardian, { response: { content: { fields: { liveBloggingNow }, blocks: {} } } })._livefeed?.status;
  assert.deepEqual(["true", "false", true, false, undefined].map(status), ["live", "ended", "live", "ended", undefined]);
});

const item = (xml) => valid(rss, `<rss version="2.0"><channel><title>T</title><item>${xml}</item></channel></rss>`).items[0];

test("a guid is the address unless it says that it is none, and is no address where it is none", () => {
  assert.equal(item("<title>A</title><guid>https://example.org/a</guid>").url, "https://example.org/a");
  assert.equal(item(`<title>A</title><guid isPermaLink="false">https://example.org/a</guid>`).url, undefined);
  assert.equal(item("<title>A</title><guid>a-1</guid>").url, undefined);
});

test("a description with tags or entities is HTML, any other is text", () => {
  assert.deepEqual(
    [item("<description>Two &lt; three</description>"), item("<description>&lt;b&gt;Two&lt;/b&gt;</description>")].map(
      ({ content_text, content_html }) => [content_text, content_html],
    ),
    [
      ["Two < three", undefined],
      [undefined, "<b>Two</b>"],
    ],
  );
});

test("an item without a guid or a link is known by its time and text", () => {
  const [one, same, other] = ["A", "A", "B"].map((text) => item(`<description>${text}</description>`).id);
  assert.match(one, /^[0-9a-f]{16}$/);
  assert.equal(one, same);
  assert.notEqual(one, other);
});

test("what stands before the first tag does no harm", () => {
  assert.equal(valid(rss, '\ufeff\n <?xml version="1.0"?><rss><channel><title>T</title></channel></rss>').title, "T");
});

test("entities that a document declares itself are not unfolded without end", () => {
  const laughs = ["a", "b", "c", "d", "e", "f", "g", "h"].map(
    (name, at, names) => `<!ENTITY ${name} "${at === 0 ? "ha" : `&${names[at - 1]};`.repeat(50)}">`,
  );
  const xml = `<!DOCTYPE rss [${laughs.join("")}]><rss><channel><title>T</title><item><guid>&h;</guid><title>T</title></item></channel></rss>`;
  let length = 0;
  try {
    length = JSON.stringify(rss.convert(xml, { DOMParser })).length;
  } catch (error) {
    assert.match(String(error), /not XML/);
  }
  assert.ok(length < 1000, String(length));
});

test("XHTML of Atom keeps nothing that could end an attribute or begin a tag", () => {
  const xhtml = '<div xmlns="http://www.w3.org/1999/xhtml"><p title="a&quot;&gt;&lt;b">&lt;script&gt;</p><![CDATA[<i>]]><!-- gone --></div>';
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id><content type="xhtml">${xhtml}</content></entry></feed>`;
  assert.equal(
    valid(atom, feed).items[0].content_html,
    '<p title="a&quot;&gt;&lt;b">&lt;script&gt;</p>&lt;i&gt;',
  );
});

test("content of Atom that is no text is left to its link", () => {
  const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>a</id><title>A</title>
    <content type="image/png" src="a.png"/></entry></feed>`;
  assert.deepEqual(valid(atom, feed).items, [{ id: "a", title: "A" }]);
});
