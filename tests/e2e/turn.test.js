import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";
import { PLACES, Places, STILL_PX } from "./support/place.js";

const { browser, site, reader, open } = usePages();
const places = new Places(browser);

const FEED = `<live-feed src="/feed.json"></live-feed>`;
const COUNT = 30;
const SENTENCE = "One sentence after the other, until the line is full and the next one has begun. ";

/** Entries of different heights. @param {(number: number) => Record<string, unknown>} [more] */
const feed = (more = () => ({}), count = COUNT) =>
  feedOf(
    Array.from({ length: count }, (_, index) => count - index).map((number) =>
      entry(number, { title: SENTENCE.repeat(number % 4) || undefined, ...more(number) }),
    ),
  );

/** @param {string} button @param {string} text */
async function turns(button, text) {
  await places.watch(text);
  await reader.press(".order button", button);
  const { moved, deeper } = await places.watched();
  assert.ok(deeper !== 0, `${text} has the same place in the list`);
  assert.ok(moved <= STILL_PX, `${text} moved by ${moved} px`);
}

for (const [place, page] of Object.entries(PLACES)) {
  test(`in ${place}, the list turns around the entry that is read`, async () => {
    site.feed("/feed.json", feed());
    await open("around", page(FEED));
    for (const number of [12, 27, 4]) {
      await places.read(`Text ${number}.`);
      await turns("Old first", `Text ${number}.`);
      await turns("New first", `Text ${number}.`);
    }
  });

  test(`in ${place}, pressed at the top it shows the list's new beginning`, async () => {
    site.feed("/feed.json", feed());
    await open("top", page(FEED));
    for (const scrolled of [0, 30]) {
      await places.scroll(scrolled);
      const before = await places.scrolled();
      for (const [button, first] of [["Old first", "Text 1."], ["New first", `Text ${COUNT}.`]]) {
        await reader.press(".order button", button);
        await browser.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
        assert.equal((await reader.all(".body"))[0], first);
        assert.equal(await places.scrolled(), before);
      }
    }
  });
}

test("the first entry stays where it is read when it becomes the last, and the last when it becomes the first", async () => {
  site.feed("/feed.json", feed());
  // Nothing stands below the feed, so that the page would end too early.
  await open("ends", FEED);
  await places.read(`Text ${COUNT}.`);
  await turns("Old first", `Text ${COUNT}.`);
  await turns("New first", `Text ${COUNT}.`);
  await turns("Old first", `Text ${COUNT}.`);
  // The room below it is given back when the reader has gone up.
  const room = () =>
    browser.run(() => {
      const feed = document.querySelector("live-feed")?.shadowRoot?.querySelector(".feed");
      return feed && Number.parseInt(getComputedStyle(feed).paddingBlockEnd);
    });
  assert.ok(Number(await room()) > 100, `room: ${await room()} px`);
  await places.scroll(0);
  await browser.until("the room to be given back", () => {
    const feed = document.querySelector("live-feed")?.shadowRoot?.querySelector(".feed");
    return feed && getComputedStyle(feed).paddingBlockEnd === "0px";
  });
});

test("in a feed longer than what is built, the entry that is read stays too", async () => {
  site.feed("/feed.json", feed(undefined, 700));
  await open("long", `<live-feed src="/feed.json" page-size="20"></live-feed>`);
  await places.read("Text 690.");
  await turns("Old first", "Text 690.");
  await turns("New first", "Text 690.");
});

const PLAYER = "<!doctype html><title>Player</title>";

/** Puts a frame into an entry, as a player does, and waits until it is loaded. @param {string[]} texts */
const play = (texts) =>
  browser.run(async (texts) => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    const page = /** @type {any} */ (globalThis);
    page.loads = {};
    for (const row of root.querySelectorAll(".entry")) {
      const text = row.querySelector(".body")?.textContent ?? "";
      if (!texts.includes(text)) continue;
      const frame = document.createElement("iframe");
      frame.src = "/player.html";
      page.loads[text] = 0;
      await new Promise((loaded) => {
        frame.addEventListener("load", () => loaded((page.loads[text] += 1)));
        row.append(frame);
      });
    }
  }, texts);
const loads = () => browser.run(() => /** @type {any} */ (globalThis).loads);
/** A frame that is loaded anew tells so some frames later. */
const settled = () =>
  browser.run(async () => {
    const frames = [...(document.querySelector("live-feed")?.shadowRoot?.querySelectorAll("iframe") ?? [])];
    for (const frame of frames) {
      while (frame.contentDocument?.readyState !== "complete" || frame.contentDocument.URL === "about:blank") {
        await new Promise((done) => requestAnimationFrame(done));
      }
    }
    await new Promise((done) => setTimeout(done));
  });
const keepsFrames = () => browser.run(() => "moveBefore" in Element.prototype);

for (const [where, text] of [["that is read", "Text 20."], ["far from what is read", "Text 4."]]) {
  test(`a player goes on playing through a switch in an entry ${where}`, async () => {
    site.add("/player.html", PLAYER, { "content-type": "text/html" });
    site.feed("/feed.json", feed());
    await open("plays", FEED);
    await play([text]);
    for (const button of ["Old first", "New first"]) {
      await places.read("Text 20.");
      await turns(button, "Text 20.");
      await settled();
      assert.deepEqual(await loads(), { [text]: 1 }, button);
    }
  });
}

test("of several players, all go on where nodes can be moved as they are, else the one nearest to the reader", async () => {
  site.add("/player.html", PLAYER, { "content-type": "text/html" });
  site.feed("/feed.json", feed());
  await open("players", FEED);
  await play(["Text 28.", "Text 20.", "Text 6."]);
  await places.read("Text 20.");
  await turns("Old first", "Text 20.");
  await settled();
  const others = (await keepsFrames()) ? 1 : 2;
  assert.deepEqual(await loads(), { "Text 28.": others, "Text 20.": 1, "Text 6.": others });
});

/** A sound without a sound: a second of silence, which is played over and over. */
const SILENCE = (() => {
  const [rate, header] = [8000, 44];
  const wave = Buffer.alloc(header + rate, 0x80);
  wave.write("RIFF");
  wave.writeUInt32LE(header - 8 + rate, 4);
  wave.write("WAVEfmt ", 8);
  for (const [value, at] of [[16, 16], [rate, 24], [rate, 28], [rate, 40]]) wave.writeUInt32LE(value, at);
  for (const [value, at] of [[1, 20], [1, 22], [1, 32], [8, 34]]) wave.writeUInt16LE(value, at);
  wave.write("data", 36);
  return wave;
})();

test("a sound goes on through a switch", async () => {
  site.add("/sound.wav", SILENCE, { "content-type": "audio/wav" });
  const attachments = [{ url: "/sound.wav", mime_type: "audio/wav", title: "A sound" }];
  site.feed("/feed.json", feed((number) => (number === 18 ? { attachments } : {})));
  await open("sound", FEED);
  await places.read("Text 20.");
  // A page may play only for a reader who has pressed something.
  await browser.driver.actions().move({ x: 5, y: 5 }).click().perform();
  await browser.run(async () => {
    const page = /** @type {any} */ (globalThis);
    const audio = /** @type {HTMLAudioElement} */ (document.querySelector("live-feed")?.shadowRoot?.querySelector("audio"));
    audio.muted = true;
    audio.loop = true;
    page.pauses = 0;
    audio.addEventListener("pause", () => (page.pauses += 1));
    await audio.play();
  });
  await turns("Old first", "Text 20.");
  await turns("New first", "Text 20.");
  const { paused, pauses } = await browser.run(async () => {
    await new Promise((done) => setTimeout(done));
    const audio = document.querySelector("live-feed")?.shadowRoot?.querySelector("audio");
    return { paused: audio?.paused, pauses: /** @type {any} */ (globalThis).pauses };
  });
  assert.deepEqual({ paused, pauses }, { paused: false, pauses: 0 });
});

test("a control keeps the focus, and the entry that is read its selection, through a switch", async () => {
  const content_html = `<p><a href="/more">A link</a> to more.</p>`;
  site.feed("/feed.json", feed((number) => (number === 17 ? { content_html } : {})));
  await open("focus", FEED);
  await places.read("Text 20.");
  await browser.run(() => {
    const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
    /** @type {HTMLElement} */ (root.querySelector(".body a")).focus({ preventScroll: true });
  });
  const focused = () =>
    browser.run(() => document.querySelector("live-feed")?.shadowRoot?.activeElement?.textContent);
  assert.equal(await focused(), "A link");
  for (const button of ["Old first", "New first"]) {
    await turns(button, "Text 20.");
    assert.equal(await focused(), "A link", button);
  }
});
