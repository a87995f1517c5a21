import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, heard, told } = usePages({ shared: true });

const demo = (/** @type {string} */ name) => readFile(new URL(`../../www/demo/${name}`, import.meta.url), "utf8");
const PICTURES = [
  "lunar-horizon.svg",
  "first-picture.svg",
  "descent-profile.svg",
  "poster-antenna.svg",
  "poster-control.svg",
  "poster-descent.svg",
  "poster-rover.svg",
];

const feed = JSON.parse(await demo("feed.json"));

/** @param {string} iso "2020-10-05T18:19:00Z" */
const stamp = (iso) => `${iso.slice(11, 16)} GMT ${iso.slice(8, 10)}.${iso.slice(5, 7)}.${iso.slice(0, 4)}`;

test("it shows all 39 entries, newest first, each stamped to the minute with its zone", async () => {
  site.feed("/demo/feed.json", feed);
  for (const name of PICTURES) site.add(`/demo/${name}`, await demo(name), { "content-type": "image/svg+xml" });
  await open("reference", `<live-feed src="/demo/feed.json"></live-feed>`);

  const stamps = await reader.all(".item .absolute");
  assert.equal(stamps.length, 39);
  assert.equal(stamps[0], "18:19 GMT 05.10.2020");
  assert.equal(stamps[38], "04:30 GMT 05.10.2020");
  assert.deepEqual(
    stamps,
    feed.items.map((/** @type {any} */ item) => stamp(item.date_published)),
  );
});

test("machines read the same times", async () => {
  const times = await reader.attributes(".item time", "datetime");
  assert.deepEqual(
    times,
    feed.items.map((/** @type {any} */ item) => item.date_published),
  );
});

test("two entries of the same minute stand in the feed's own order", async () => {
  const titles = await browser.run(() => {
    const items = [.../** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelectorAll(".item")];
    const same = items.filter((item) => item.querySelector(".absolute").textContent.startsWith("12:17"));
    return same.map((item) => item.querySelector("h3").lastChild.textContent);
  });
  assert.deepEqual(titles, [
    "Post: “Contact. We are in the Lake of Patience, and it deserves its name.”",
    "Touchdown in the Lake of Patience",
  ]);
});

test("every entry has a name for assistive technology, also the fifteen that are media alone", async () => {
  const named = await browser.run(() => {
    const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
    return [...root.querySelectorAll("article")].map((article) => ({
      media: article.closest("[data-media]") !== null,
      name: root.getElementById(article.getAttribute("aria-labelledby"))?.textContent.replace(/\s+/g, " "),
    }));
  });
  assert.equal(named.length, 39);
  const media = named.filter((each) => each.media).map(({ name }) => name.replace(/^.* GMT 05\.10\.2020 /, ""));
  assert.deepEqual(media, [
    "Video: Down the ramp: Pip’s first two metres, filmed by the lander’s mast",
    "Post: “The mast is up and has had a look round. Nothing is moving, as we had hoped.”",
    "Picture: A grey plain under a black sky. The long shadow of a lander’s leg falls across it; " +
      "a thin crescent of the Earth stands over the hills.",
    "Post: Photographs from the hall: the paper model, before and after its own landing",
    "Video: Fourteen seconds of dust: the last of the descent through the camera in the belly",
    "Post: “Contact. We are in the Lake of Patience, and it deserves its name.”",
    "Post: “Fifty-five minutes to the descent. All desks are quiet, which is how we like them.”",
    "Post: A short film from the harbour, where the ferry has stopped to listen",
    "Video: The moment at which the signal came back from behind the Moon",
    "Picture: A drawing of the descent: from an orbit fifteen kilometres high, along a curve that grows steeper, " +
      "past the boulders, straight down to the Lake of Patience.",
    "Video: Four hundred tonnes turn round in thirty seconds, if one films slowly enough",
    "Post: Wind at the southern station, measured every minute",
    "Post: “The kettle at flight control has been found. Morale holds.”",
    "Post: “Countdown on hold at T minus 57 minutes. The lander is well and does not mind.”",
    "Video: Flight control at Port Elme, live all day, without commentary",
  ]);
});

test("the header has badge, title, lead image with caption and credit", async () => {
  assert.equal(await reader.text(".badge"), "Coverage ended");
  assert.equal(await reader.is("ended"), true);
  assert.equal(await reader.is("live"), false);
  assert.equal(await reader.is("loading"), false);
  assert.equal(await reader.text(".title"), feed.title);
  assert.deepEqual(await reader.attributes(".lead img", "alt"), [feed._livefeed.image.alt]);
  assert.deepEqual(await reader.attributes(".lead img", "src"), [site.url("/demo/lunar-horizon.svg")]);
  assert.deepEqual(await reader.attributes(".lead img", "width"), ["1600"]);
  assert.equal(
    await reader.text(".lead .caption"),
    `${feed._livefeed.image.caption} Drawing: livefeed demo`,
  );
  assert.equal(await reader.text(".lead .credit"), "Drawing: livefeed demo");
});

test("the standfirst is collapsed to a few lines, and its button opens and closes it", async () => {
  const heights = () =>
    browser.run(() => {
      const element = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".standfirst");
      return { shown: element.clientHeight, whole: element.scrollHeight, paragraphs: element.children.length };
    });
  await reader.sees(".more", ["Show more"]);
  const collapsed = await heights();
  assert.equal(collapsed.paragraphs, 4);
  assert.ok(collapsed.shown < collapsed.whole, `${collapsed.shown} of ${collapsed.whole}`);
  assert.deepEqual(await reader.attributes(".more", "aria-expanded"), ["false"]);
  assert.deepEqual(await reader.attributes(".more", "aria-controls"), ["standfirst"]);

  await reader.press(".more");
  await reader.sees(".more", ["Show less"]);
  const open = await heights();
  assert.equal(open.shown, open.whole);
  assert.deepEqual(await reader.attributes(".more", "aria-expanded"), ["true"]);

  await reader.press(".more");
  await reader.sees(".more", ["Show more"]);
  assert.deepEqual(await heights(), collapsed);
});

test("the key moments are links, each of which leads to its entry", async () => {
  assert.equal(await reader.text(".key-moments h3"), "Key moments");
  assert.deepEqual(await reader.all(".key-moment"), [
    "17:51 The rover stands on the Moon",
    "14:03 The first picture is down",
    "12:17 Touchdown in the Lake of Patience",
    "10:54 The engine burns for 41 seconds",
    "09:17 Wren flies on its own",
  ]);
  assert.equal((await reader.attributes(".key-moment", "href"))[2], "#touchdown");

  await browser.run(() =>
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelectorAll(".key-moment")[2].click(),
  );
  const target = await browser.run(() => {
    const focused = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.activeElement;
    const { top } = focused.getBoundingClientRect();
    return { title: focused.querySelector(".entry-title").textContent, inView: top >= 0 && top < innerHeight };
  });
  assert.deepEqual(target, { title: "Touchdown in the Lake of Patience", inView: true });
});

test("entries have their bylines, labels, captions and credits", async () => {
  assert.equal((await reader.all(".byline"))[0], "Edda Larkholm, Theo Alderwick");
  assert.deepEqual(await reader.all(".heading .label"), ["Summary", ...Array(5).fill("Key moment")]);
  assert.deepEqual(await reader.all(".media .caption"), [
    "First picture from the surface: the shadow of one leg, the plain and the Earth. Drawing: livefeed demo",
    "Drawing: livefeed demo",
  ]);
  assert.equal((await reader.all(".body")).length, 24);
});

test("where coverage has ended there is nothing to pause, and the discussion is still open", async () => {
  assert.deepEqual(await reader.all(".pause"), []);
  assert.equal(await reader.text(".discussion"), "Join the discussion");
  assert.deepEqual(await reader.attributes(".discussion", "href"), ["https://example.org/amaranth/discussion"]);
});

test("the list is a list, and is not announced by itself", async () => {
  assert.deepEqual(await reader.attributes(".list", "role"), ["list"]);
  assert.deepEqual(await reader.attributes("[aria-live], [role=feed], [role=log], [role=alert]", "class"), []);
});

test("embeds are cards that ask no third party for anything", async () => {
  assert.equal((await reader.all(".embed")).length, 13);
  assert.deepEqual((await reader.all(".embed-button")).slice(0, 4), [
    "Show the video from YouTube",
    "Show the post from X",
    "Show the post from Instagram",
    "Show the video from Vimeo",
  ]);
  assert.equal((await reader.all(".embed-link"))[0], "Open on YouTube");
  assert.deepEqual(await reader.attributes("iframe", "src"), []);
  assert.deepEqual(browser.outside.asked, []);
});

test("a page may take an embed over: the event is cancelable", async () => {
  await browser.run(() => {
    addEventListener("live-feed-embed", (event) => event.preventDefault(), { once: true, capture: true });
  });
  await reader.press(".embed-button", "Show the video from Vimeo");
  assert.deepEqual(await heard("live-feed-embed"), [
    { type: "live-feed-embed", detail: { id: "film-dust", url: "https://vimeo.com/990051342" } },
  ]);
  assert.deepEqual(await reader.attributes("iframe", "src"), []);
  assert.deepEqual(browser.outside.asked, []);
});

test("a click puts the player in the card's place, in a sandbox", async () => {
  await reader.press(".embed-button", "Show the video from Vimeo");
  assert.deepEqual(await reader.attributes("iframe", "src"), [
    "https://player.vimeo.com/video/990051342?dnt=1&autoplay=1",
  ]);
  assert.deepEqual(await reader.attributes("iframe", "sandbox"), [
    "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation",
  ]);
  assert.deepEqual(await reader.attributes("iframe", "title"), [
    "Fourteen seconds of dust: the last of the descent through the camera in the belly",
  ]);
  assert.equal((await reader.all(".embed-button")).length, 12);
  await browser.outside.hears("https://player.vimeo.com");
  assert.deepEqual(browser.outside.asked, ["https://player.vimeo.com"]);
  const opened = (await heard("live-feed-entry")).filter(({ detail }) => detail.action === "opened");
  assert.deepEqual(opened, [{ type: "live-feed-entry", detail: { id: "film-dust", action: "opened" } }]);
});

test("a reader who asks for the other order sees the exact reverse", async () => {
  const before = await reader.all(".item h3");
  await reader.press(".order button", "Old first");
  assert.deepEqual(await reader.all(".item h3"), before.toReversed());
  assert.equal((await reader.all(".key-moment"))[0], "09:17 Wren flies on its own");
});

test("the console stays silent", async () => {
  assert.deepEqual(await told(), []);
  const complaints = await browser.complaints();
  // The player itself is blocked here.
  assert.deepEqual(complaints.filter((line) => !line.includes("vimeo.com")), []);
});
