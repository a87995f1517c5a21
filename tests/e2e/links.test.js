/** Addresses that lead to an entry: of its time, in the page's address, and handed on. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { entries, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { STILL_PX } from "./support/place.js";

const { browser, site, reader, open, heard } = usePages();

const FEED = `<live-feed src="/feed.json" page-size="5"></live-feed>`;

/** Waits until an entry is the one that the reader was brought to: marked, with the focus, below the toolbar. */
const arrives = (/** @type {string} */ text, /** @type {string} */ host = "live-feed") =>
  browser.until(
    `${text} to be where the reader is`,
    (text, host) => {
      const root = /** @type {ShadowRoot} */ (document.querySelector(host)?.shadowRoot);
      const row = root.querySelector(".is-target");
      const top = row?.getBoundingClientRect().top ?? -1;
      const toolbar = root.querySelector(".toolbar")?.getBoundingClientRect().bottom ?? 0;
      const is = {
        target: row?.querySelector(".body")?.textContent,
        hasFocus: root.activeElement === row?.firstElementChild,
        isBelowToolbar: top >= toolbar - 1,
        // At the end of a page it can't stand any higher.
        isHigh: top < innerHeight / 2 || scrollY + innerHeight > document.documentElement.scrollHeight - 2,
      };
      if (is.target === text && is.hasFocus && is.isBelowToolbar && is.isHigh) return true;
      throw new Error(JSON.stringify({ ...is, top, toolbar, scrollY }));
    },
    text,
    host,
  );

const built = (/** @type {number} */ count) =>
  browser.until(
    `${count} rows`,
    (count) => document.querySelector("live-feed")?.shadowRoot?.querySelectorAll(".item").length === count,
    count,
  );

/** A page that is used with a mouse; what a browser that is driven has, differs. */
const MOUSE = `<script>
  var real = matchMedia;
  matchMedia = (query) => query.includes("hover") ? { matches: query.includes("hover: hover") } : real(query);
</script>`;

const go = (/** @type {string} */ hash) => browser.run((hash) => void (location.hash = hash), hash);

test("an entry's time is a link to it, also where its id is an address or not Latin", async () => {
  const ids = ["e 1", "запись-2", "https://example.org/?a=b#c"];
  site.feed("/feed.json", feedOf(ids.map((id, index) => entry(index + 1, { id }))));
  await open("permalinks", FEED);
  assert.deepEqual(await reader.attributes(".stamp > .permalink", "href"), [
    "#https%3A%2F%2Fexample.org%2F%3Fa%3Db%23c",
    "#%D0%B7%D0%B0%D0%BF%D0%B8%D1%81%D1%8C-2",
    "#e%201",
  ]);
});

for (const [name, id, hash] of [
  ["as it is", "e3", "#e3"],
  ["percent-encoded", "e 3/b", "#e%203%2Fb"],
  ["not Latin", "запись-3", "#запись-3"],
  ["with a percent sign of its own", "100%", "#100%"],
  ["an address", "https://example.org/?a=b#c", "#https://example.org/?a=b#c"],
]) {
  test(`a page's address that names an entry ${name} opens at it`, async () => {
    const items = entries(30).map((item) => (item.id === "e3" ? { ...item, id } : item));
    site.feed("/feed.json", feedOf(items));
    await browser.open("about:blank");
    const length = await browser.run(() => history.length);
    await open("deep", FEED, { hash });
    await arrives("Text 3.");
    assert.equal(await browser.run(() => history.length), length + 1);
  });
}

test("the entry is held while rows and pictures above it come late, until the reader scrolls", async () => {
  const picture = site.add("/late.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="240"/>`, {
    "content-type": "image/svg+xml",
  });
  picture.hold();
  const late = entries(40).map((item) =>
    item.id === "e5" ? { ...item, content_html: `<p>Before.</p><img src="/late.svg" alt="">` } : item,
  );
  site.feed("/feed.json", feedOf(late));
  await open("held", FEED, { hash: "#e4" });
  await arrives("Text 4.");
  await built(40);
  const top = () =>
    browser.run(async () => {
      for (const _ of "abcd") await new Promise((done) => requestAnimationFrame(done));
      const row = document.querySelector("live-feed")?.shadowRoot?.querySelector(".is-target");
      return row?.getBoundingClientRect().top ?? NaN;
    });
  const before = await top();
  await picture.requested(1);
  picture.release();
  await browser.until("the picture", () => {
    const image = document.querySelector("live-feed")?.shadowRoot?.querySelector("img");
    return image?.naturalWidth && image.getBoundingClientRect().height > 100;
  });
  assert.ok(Math.abs((await top()) - before) <= STILL_PX, `${await top()}, not ${before}`);

  // The page's own growth above the feed.
  await browser.run(() => document.body.insertAdjacentHTML("afterbegin", `<div style="block-size: 333px"></div>`));
  assert.ok(Math.abs((await top()) - before) <= STILL_PX, `${await top()}, not ${before}`);

  await browser.run(() => scrollBy({ top: -200, behavior: "instant" }));
  const left = await top();
  assert.ok(Math.abs(left - before - 200) <= STILL_PX, `the reader came to ${left} from ${before}`);
});

test("an entry that is not there yet is gone to when it comes, unless the reader has begun to scroll", async () => {
  const feed = site.feed("/feed.json", feedOf(entries(10)));
  await open("later", FEED, { hash: "#e11" });
  assert.deepEqual(await reader.all(".is-target"), []);
  feed.publish(feedOf(entries(11)));
  await reader.call("refresh");
  await arrives("Text 11.");

  feed.publish(feedOf(entries(12)));
  await go("#e13");
  await reader.call("refresh");
  await reader.sees(".is-target .body", ["Text 11."]);
  await browser.run(() => void dispatchEvent(new WheelEvent("wheel")));
  feed.publish(feedOf(entries(13)));
  await reader.call("refresh");
  await browser.frames();
  await reader.sees(".is-target .body", ["Text 11."]);
});

test("of several feeds the one that has the entry goes to it; of two that have it, the first", async () => {
  site.feed("/one.json", feedOf(entries(20)));
  site.feed("/two.json", feedOf([...entries(20), entry(0)]));
  const two = `<live-feed id="one" src="/one.json"></live-feed><live-feed id="two" src="/two.json"></live-feed>`;
  await open("two", two, { hash: "#e0" });
  await arrives("Text 0.", "#two");
  assert.deepEqual(await reader.of("#one").all(".is-target"), []);
  await go("#e7");
  await arrives("Text 7.", "#one");
  assert.deepEqual(await reader.of("#two").all(".is-target .body"), ["Text 0."]);
});

/** So high that only the first of a page's five entries is near the view. */
const HIGH = "One sentence after the other, until the line is full and the next one has begun. ".repeat(40);

/** A feed of pages with five entries each, from the newest; each leads to the next. @param {string} name @param {number} pages */
const paged = (name, pages) =>
  Array.from({ length: pages }, (_, page) => {
    const items = [5, 4, 3, 2, 1].map((number) => entry((pages - page - 1) * 5 + number, { title: HIGH }));
    return site.feed(`/${name}/${page}.json`, feedOf(items, {}, page + 1 < pages ? { next_url: `${page + 1}.json` } : {}));
  });
/** @param {{ requests: number }[]} pages */
const requests = (pages) => pages.map(({ requests }) => requests);
/** @param {string} name */
const first = (name) => `<live-feed id="${name}" src="/${name}/0.json" page-size="5"></live-feed>`;

test("an entry on an older page is looked for page by page, and the list opens around it", async () => {
  const pages = paged("long", 6);
  await open("older", first("long"), { hash: "#e14" });
  await arrives("Text 14.");
  assert.deepEqual(requests(pages), [1, 1, 1, 1, 0, 0]);
  await go("#e3");
  await arrives("Text 3.");
  assert.deepEqual(requests(pages), [1, 1, 1, 1, 1, 1]);
});

test("goTo() looks on older pages too, and says whether there is such an entry when it knows", async () => {
  const pages = paged("long", 4);
  await open("goes", first("long"));
  assert.equal(await reader.call("goTo", "e9"), true);
  await arrives("Text 9.");
  assert.deepEqual(requests(pages), [1, 1, 1, 0]);
  assert.equal(await reader.call("goTo", "nowhere"), false);
  assert.deepEqual(requests(pages), [1, 1, 1, 1]);
});

test("an address that leads nowhere costs twenty pages, once; one that the page itself knows, none", async () => {
  const pages = paged("long", 30);
  await open("nowhere", first("long"), { hash: "#nowhere" });
  await pages[20].requested(1);
  pages[0].publish(feedOf([entry(151, { title: HIGH }), entry(150)], {}, { next_url: "1.json" }));
  await reader.call("refresh");
  assert.equal(await reader.call("goTo", "e151"), true);
  await browser.frames();
  assert.deepEqual(requests(pages), [2, ...Array(20).fill(1), ...Array(9).fill(0)]);

  const others = paged("other", 3);
  await open("own", `<p id="comments">Comments</p>${first("other")}`, { hash: "#comments" });
  await browser.frames();
  assert.deepEqual(requests(others), [1, 0, 0]);
});

test("a reader who has begun to scroll is not taken away, and nothing more is asked for", async () => {
  const pages = paged("long", 6);
  pages[1].hold();
  await open("scrolls", first("long"), { hash: "#e2" });
  await pages[1].requested(1);
  await browser.run(() => void dispatchEvent(new WheelEvent("wheel")));
  pages[1].release();
  await built(10);
  await browser.frames();
  assert.deepEqual(requests(pages), [1, 1, 0, 0, 0, 0]);
  assert.deepEqual(await reader.all(".is-target"), []);
});

test("of several feeds none looks on its older pages for what another one has", async () => {
  const one = paged("one", 5);
  const two = site.feed("/two/0.json", feedOf([entry(3), entry(2, { id: "theirs" })]));
  two.hold();
  // Or the end of the first one would be near the second.
  const between = `<div style="block-size: 3000px"></div>`;
  await open("two-feeds", first("one") + between + first("two"), { hash: "#theirs", shown: false });
  await browser.until("the first feed", () => document.querySelector("#one:not(:state(loading))"));
  await two.requested(1);
  two.release();
  await arrives("Text 2.", "#two");
  assert.deepEqual(requests(one), [1, 0, 0, 0, 0]);

  // What none of them has yet is looked for in one after the other.
  const three = paged("three", 3);
  const four = paged("four", 4).slice(0, 3);
  site.feed("/four/3.json", feedOf([entry(0, { id: "deep", title: HIGH })]));
  await open("two-long", first("three") + first("four"), { hash: "#deep" });
  await arrives("Text 0.", "#four");
  assert.deepEqual([requests(three), requests(four)], [[1, 1, 1], [1, 1, 1]]);
});

test("a click on a link to an entry makes an entry in the history, and nothing else does", async () => {
  const key = { _livefeed: { kind: "key" }, title: "The moment" };
  site.feed("/feed.json", feedOf([...entries(20), entry(0, key)]));
  await open("history", FEED);
  await built(21);
  const length = await browser.run(() => history.length);
  await reader.press(".key-moment");
  await arrives("Text 0.");
  await reader.call("goTo", "e9");
  await arrives("Text 9.");
  assert.deepEqual(await browser.run(() => [history.length, location.hash]), [length, ""]);
  await browser.run(() => {
    const link = document.querySelector("live-feed")?.shadowRoot?.querySelector('[href="#e4"]');
    /** @type {HTMLElement} */ (link).click();
  });
  await arrives("Text 4.");
  assert.deepEqual(await browser.run(() => [history.length, location.hash]), [length + 1, "#e4"]);
  // Again: the address does not change, the reader comes to it all the same.
  await reader.call("goTo", "e9");
  await arrives("Text 9.");
  await browser.run(() => {
    const link = document.querySelector("live-feed")?.shadowRoot?.querySelector('[href="#e4"]');
    link?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true }));
    /** @type {HTMLElement} */ (link).click();
  });
  await arrives("Text 4.");
  assert.equal(await browser.run(() => history.length), length + 1);
});

test("goTo() says whether there is such an entry", async () => {
  site.feed("/feed.json", feedOf(entries(3)));
  await open("says", FEED);
  assert.equal(await reader.call("goTo", "e2"), true);
  assert.equal(await reader.call("goTo", "e9"), false);
});

/** Points at an entry, and gives its button. */
const point = () =>
  browser.run(() => {
    const row = document.querySelector("live-feed")?.shadowRoot?.querySelector('[data-id="e 2"] .body');
    row?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, composed: true }));
  });

const SHARED = [{ type: "live-feed-entry", detail: { id: "e 2", action: "shared" } }];
const ITEMS = [entry(3), entry(2, { id: "e 2", title: "Second" }), entry(1)];

test("an entry that is pointed at offers its address: copied where the device has no way to share", async () => {
  site.feed("/feed.json", feedOf(ITEMS, {}, { language: "de" }));
  const head = `${MOUSE}<script>
    var copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => void copied.push(text) } });
    delete Navigator.prototype.share;
  </script>`;
  await open("copy", `<div>${FEED}</div>`, { head });
  assert.deepEqual(await reader.all(".share"), []);
  await point();
  await reader.sees(".share", ["Link kopieren"]);
  assert.deepEqual(await reader.attributes(".share", "part"), ["share-button"]);
  await reader.press(".share");
  await reader.sees(".share", ["Link kopiert"]);
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).copied), [
    `${site.origin}/page/copy#e%202`,
  ]);
  assert.deepEqual(await heard("live-feed-entry").then((all) => all.filter(({ detail }) => detail.action !== "seen")), SHARED);
  if (!(await browser.run(() => "ariaNotify" in Element.prototype))) {
    assert.equal(await browser.run(() => document.querySelector("[role=status]")?.textContent), "Link kopiert");
  }
});

test("it is shared where the device has a way to; who thinks better of it has shared nothing", async () => {
  site.feed("/feed.json", feedOf(ITEMS));
  const head = `${MOUSE}<script>
    var shared = [];
    Navigator.prototype.share = async (data) => {
      shared.push(data);
      if (shared.length === 1) throw new DOMException("", "AbortError");
    };
  </script>`;
  await open("share", FEED, { head });
  await point();
  await reader.sees(".share", ["Share"]);
  await reader.press(".share");
  await reader.press(".share");
  const data = { url: `${site.origin}/page/share#e%202`, title: "Second" };
  assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).shared), [data, data]);
  assert.deepEqual(await heard("live-feed-entry").then((all) => all.filter(({ detail }) => detail.action !== "seen")), SHARED);
  assert.deepEqual(await reader.all(".share"), ["Share"]);
});

test("on a touch screen every entry has the button", async () => {
  site.feed("/feed.json", feedOf(ITEMS));
  const head = `<script>
    var real = matchMedia;
    matchMedia = (query) => query.includes("hover") ? { matches: query.includes("none") } : real(query);
    delete Navigator.prototype.share;
  </script>`;
  await open("touch", FEED, { head });
  await reader.sees(".share", ["Copy link", "Copy link", "Copy link"]);
});

test("it is loaded by nobody who does not need it", async () => {
  site.feed("/feed.json", feedOf(ITEMS));
  await open("unused", FEED, { head: MOUSE });
  const loaded = () =>
    browser.run(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("around")).length);
  assert.equal(await loaded(), 0);
  await point();
  await browser.until("the module", () =>
    performance.getEntriesByType("resource").some(({ name }) => name.includes("around")),
  );
});
