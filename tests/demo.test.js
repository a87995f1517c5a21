import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { test } from "node:test";

/** How far a text's length may be from the reference page's. */
const TOLERANCE = 0.03;

const demo = new URL("../www/demo/", import.meta.url);
const json = async (url) => JSON.parse(await readFile(url, "utf8"));
const shape = await json(new URL("fixtures/feeds/reference-shape.json", import.meta.url));
const feed = await json(new URL("feed.json", demo));

/** The length of each block at the top of the HTML, one to a line, without its tags. */
const lengths = (html) => (html ? html.split("\n").map((block) => block.replace(/<[^>]*>/g, "").length) : []);

function assertNear(found, expected, where) {
  assert.equal(found.length, expected.length, `${where}: as many paragraphs`);
  found.forEach((length, at) => {
    const off = Math.abs(length - expected[at]) / expected[at];
    assert.ok(off <= TOLERANCE, `${where}, paragraph ${at + 1}: ${length} characters instead of ${expected[at]}`);
  });
}

/** How the reference page calls an entry of that make. */
function kind({ content_html, _livefeed }) {
  if (content_html) return "text";
  return _livefeed.image?.caption ? "image and caption" : "media only";
}

test("the demo has the reference page's header", () => {
  assert.equal(feed.title.length, shape.title_length);
  assert.equal(feed._livefeed.image.caption.length, shape.lead_image_caption_length);
  assertNear(lengths(feed._livefeed.summary_html), shape.standfirst_paragraph_lengths, "standfirst");
});

test("the demo has the reference page's entries: their number, times, kinds and lengths", () => {
  assert.equal(feed.items.length, shape.entries.length);
  shape.entries.forEach((expected, at) => {
    const item = feed.items[at];
    const where = `entry ${at + 1}, ${expected.stamp}`;
    const [time, , date] = expected.stamp.split(" ");
    assert.equal(item.date_published, `${date.split(".").reverse().join("-")}T${time}:00Z`);
    assert.equal(kind(item), expected.kind, where);
    const found = kind(item) === "text" ? lengths(item.content_html) : [item._livefeed.image?.caption?.length];
    assertNear(found.filter(Boolean), expected.paragraph_lengths, where);
  });
});

test("39 entries, 14 of media alone, one image with a caption, two in the minute 12:17", () => {
  const kinds = feed.items.map(kind);
  assert.equal(kinds.length, 39);
  assert.equal(kinds.filter((each) => each === "media only").length, 14);
  assert.equal(kinds.filter((each) => each === "image and caption").length, 1);
  assert.equal(feed.items.filter((item) => item.date_published === "2020-10-05T12:17:00Z").length, 2);
});

test("most entries have no title, five are key moments, one is a summary, one was edited", () => {
  const count = (holds) => feed.items.filter(holds).length;
  assert.equal(
    count((item) => item._livefeed?.kind === "key"),
    5,
  );
  assert.equal(
    count((item) => item._livefeed?.kind === "summary"),
    1,
  );
  assert.equal(
    count((item) => item.date_modified),
    1,
  );
  assert.ok(count((item) => item.title) < feed.items.length / 4);
});

test("the texts hold links, a list, a quotation, a table and emphasis", () => {
  const html = feed.items.map((item) => item.content_html ?? "").join("\n") + feed._livefeed.summary_html;
  for (const tag of ["a", "ul", "blockquote", "table", "strong", "em"]) assert.match(html, new RegExp(`<${tag}[ >]`));
});

test("every picture that a demo feed names is there", async () => {
  for (const name of ["feed.json", "feed.ar.json"]) {
    const { _livefeed, items } = await json(new URL(name, demo));
    const pictures = [_livefeed, ...items.map((item) => item._livefeed ?? {})].flatMap((own) => [
      own.image?.url,
      own.embed?.image,
    ]);
    for (const picture of pictures.filter(Boolean)) await access(new URL(picture, demo));
  }
});
