import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entries, entry, feedOf } from "./support/feeds.js";
import { clockAt, usePages } from "./support/pages.js";

const { browser, site, cdn, reader, open, advance, told } = usePages();

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A feed of one entry, whose server's clock shows six minutes past twelve. */
const publish = (livefeed = {}, more = {}) =>
  site.feed("/feed.json", feedOf([entry(1, { _livefeed: { kind: "key" } })], livefeed, more), {
    date: "Sun, 01 Mar 2026 12:06:00 GMT",
  });

/**
 * Opens a feed that is asked for once, for a reader whose clock shows six minutes past twelve.
 * @param {string} name
 * @param {string} [attributes]
 * @param {string} [time]
 */
const show = (name, attributes = "", time = at(6)) =>
  open(name, `<live-feed src="/feed.json" live="off" ${attributes}></live-feed>`, { head: clockAt(time) });

test("how long ago stands beside when, and moves on", async () => {
  publish({ updated: at(2) });
  await show("moves");
  assert.deepEqual(await reader.all(".stamp"), ["5 minutes ago 12:01 GMT 01.03.2026"]);
  assert.equal(await reader.text(".updated"), "Updated 4 minutes ago");
  await advance(MINUTE_MS - 1);
  assert.deepEqual(await reader.all(".relative"), ["5 minutes ago"]);
  await advance(1);
  assert.deepEqual(await reader.all(".relative"), ["6 minutes ago"]);
  assert.equal(await reader.text(".updated"), "Updated 5 minutes ago");
  await advance(HOUR_MS);
  assert.deepEqual(await reader.all(".relative"), ["1 hour ago"]);
  await advance(24 * HOUR_MS);
  assert.deepEqual(await reader.all(".relative"), ["1 day ago"]);
  assert.deepEqual(await reader.all(".absolute"), ["12:01 GMT 01.03.2026"]);
});

test("a reader's wrong clock makes nothing younger or older: the server's counts", async () => {
  publish();
  await show("fast", "", at(6 + 180));
  assert.deepEqual(await reader.all(".relative"), ["5 minutes ago"]);
  await show("slow", "", at(6 - 180));
  assert.deepEqual(await reader.all(".relative"), ["5 minutes ago"]);
});

test("what comes from a cache tells its age, which counts, too", async () => {
  const date = "Sat, 28 Feb 2026 12:06:00 GMT";
  site.feed("/feed.json", feedOf(entries(1)), { date, age: String((24 * HOUR_MS) / 1000) });
  await show("cached");
  assert.deepEqual(await reader.all(".relative"), ["5 minutes ago"]);
});

test("without the server's clock nothing is ever told to lie ahead", async () => {
  const feed = cdn.feed("/feed.json", feedOf(entries(3)));
  await open("ahead", `<live-feed src="${feed.url}"></live-feed>`, { head: clockAt(at(-600)) });
  assert.deepEqual(await reader.all(".relative"), ["now", "1 minute ago", "2 minutes ago"]);
});

test("the reader switches between the event's time and their own", async () => {
  await browser.inZone("Asia/Tokyo");
  publish({ time_zone: "America/New_York" });
  await show("zones");
  assert.deepEqual(await reader.all(".absolute"), ["07:01 EST 01.03.2026"]);
  assert.deepEqual(await reader.all(".moment-time"), ["07:01"]);
  assert.equal(await reader.text(".zone"), "Your time");
  assert.deepEqual(await reader.attributes(".zone", "aria-pressed"), ["false"]);
  const requests = site.seen.length;

  await reader.press(".zone");
  assert.deepEqual(await reader.all(".absolute"), ["21:01 GMT+9 01.03.2026"]);
  assert.deepEqual(await reader.all(".moment-time"), ["21:01"]);
  assert.deepEqual(await reader.attributes(".zone", "aria-pressed"), ["true"]);
  assert.deepEqual(await reader.attributes(".item time", "datetime"), ["2026-03-01T12:01:00Z"]);

  await reader.press(".zone");
  assert.deepEqual(await reader.all(".absolute"), ["07:01 EST 01.03.2026"]);
  assert.equal(site.seen.length, requests);
});

test("where both clocks show the same there is nothing to switch", async () => {
  await browser.inZone("UTC");
  publish({ time_zone: "Africa/Abidjan" });
  await show("same-zone");
  assert.deepEqual(await reader.all(".absolute"), ["12:01 GMT 01.03.2026"]);
  assert.deepEqual(await reader.all(".zone"), []);
});

test("time-zone names the zone: the reader's, or any", async () => {
  await browser.inZone("Asia/Tokyo");
  publish({ time_zone: "America/New_York" });
  await show("readers", `time-zone="reader"`);
  assert.deepEqual(await reader.all(".absolute"), ["21:01 GMT+9 01.03.2026"]);
  assert.deepEqual(await reader.all(".zone"), []);
  await show("named", `time-zone="Asia/Kolkata"`);
  assert.deepEqual(await reader.all(".absolute"), ["17:31 IST 01.03.2026"]);
  await show("unknown", `time-zone="Mars/Gale"`);
  assert.deepEqual(await reader.all(".absolute"), ["21:01 GMT+9 01.03.2026"]);
  assert.equal(
    (await told())[0],
    '<live-feed> 1 problem:\n' +
      '- time-zone="Mars/Gale" is not known: expected an IANA time zone, such as Europe/London',
  );
  await browser.inZone("UTC");
});

test("time-format chooses between both forms, and may change", async () => {
  publish();
  await show("absolute", `time-format="absolute"`);
  assert.deepEqual(await reader.all(".permalink > *"), ["12:01 GMT 01.03.2026"]);
  await show("relative", `time-format="relative"`);
  assert.deepEqual(await reader.all(".permalink > *"), ["5 minutes ago"]);
  await browser.run(() => document.querySelector("live-feed")?.setAttribute("time-format", "both"));
  await reader.sees(".permalink > *", ["5 minutes ago", "12:01 GMT 01.03.2026"]);
});

test("time-pattern writes the moment as the page wants it, in the feed's language", async () => {
  publish();
  await show("pattern", `time-pattern="EEEE, d MMMM yyyy, HH:mm:ss"`);
  assert.deepEqual(await reader.all(".absolute"), ["Sunday, 1 March 2026, 12:01:00"]);
  await show("german", `time-pattern="EEEE, d. MMMM yyyy, HH:mm" lang="de"`);
  assert.deepEqual(await reader.all(".absolute"), ["Sonntag, 1. März 2026, 12:01"]);
  assert.deepEqual(await reader.all(".relative"), ["vor 5 Minuten"]);
});

test("the language is the element's, else the feed's, else the page's; its direction follows", async () => {
  publish({}, { language: "fr" });
  const root = async () => [
    ...(await reader.attributes(".feed", "lang")),
    ...(await reader.attributes(".feed", "dir")),
    ...(await reader.all(".relative")),
  ];
  await show("feeds");
  assert.deepEqual(await root(), ["fr", "ltr", "il y a 5 minutes"]);
  await show("own", `lang="ar-EG"`);
  assert.deepEqual(await root(), ["ar-EG", "rtl", "قبل ٥ دقائق"]);
  await show("direction", `lang="ar" dir="ltr"`);
  assert.deepEqual((await root()).slice(0, 2), ["ar", "ltr"]);
  publish();
  await open("page", `<live-feed src="/feed.json" live="off"></live-feed>`, {
    head: clockAt(at(6)),
    attributes: `lang="he"`,
  });
  assert.deepEqual((await root()).slice(0, 2), ["he", "rtl"]);
});

test("a feed that names its zone later is shown in that zone from then on", async () => {
  const resource = site.feed("/feed.json", feedOf(entries(1)));
  await open("zone-later", `<live-feed src="/feed.json"></live-feed>`);
  resource.publish(feedOf(entries(1), { time_zone: "Asia/Tokyo" }));
  await browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).refresh());
  await browser.until("times in the feed's zone", () => {
    const root = document.querySelector("live-feed")?.shadowRoot;
    return root?.querySelector(".absolute")?.textContent?.includes("GMT+9");
  });
});

/** Which objects of `Intl` the page has made before the frame in which the first entry is painted. */
const BEFORE_PAINT = `<script>
  var made = [], before = new Promise((done) => {
    const look = () => (document.querySelector("live-feed")?.shadowRoot?.querySelector(".item") ? done([...made]) : requestAnimationFrame(look));
    look();
  });
  for (const name of Object.getOwnPropertyNames(Intl).filter((name) => /^[A-Z]/.test(name))) {
    const construct = (type, given) => (made.push(name), Reflect.construct(type, given));
    Intl[name] = new Proxy(Intl[name], { construct });
  }
</script>`;

for (const [what, attributes] of [
  ["English in UTC", 'lang="en" time-zone="UTC"'],
  ["English in the reader's zone", 'lang="en" time-zone="reader"'],
  ["German in the reader's zone", 'lang="de" time-zone="reader"'],
]) {
  test(`no object of Intl is made before the first paint: ${what}`, async () => {
    site.feed("/feed.json", feedOf([entry(1), entry(3000)], { updated: at(2) }));
    await open("sooner", `<live-feed src="/feed.json" ${attributes}></live-feed>`, { head: BEFORE_PAINT });
    assert.deepEqual(await browser.run(() => /** @type {any} */ (globalThis).before), []);
    assert.notDeepEqual(await browser.run(() => /** @type {any} */ (globalThis).made), []);
  });
}

test("what Intl says is there after the first paint", async () => {
  publish({ time_zone: "Europe/Berlin", updated: at(2) }, { language: "de" });
  await show("later");
  assert.deepEqual(await reader.all(".stamp"), ["vor 5 Minuten 13:01 MEZ 01.03.2026"]);
  assert.equal(await reader.text(".updated"), "Aktualisiert vor 4 Minuten");
  const visible = (/** @type {string} */ css) =>
    browser.run((css) => {
      const found = document.querySelector("live-feed")?.shadowRoot?.querySelector(css);
      return found?.checkVisibility({ visibilityProperty: true });
    }, css);
  for (const css of [".stamp", ".updated", ".moment-time", ".status"]) assert.equal(await visible(css), true, css);
});
