/** Embeds, wherever a feed has them: cards that ask nobody for anything, and players after a click. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at, entry, feedOf } from "./support/feeds.js";
import { usePages } from "./support/pages.js";

const { browser, site, reader, open, heard, told } = usePages();

/** What each service's pages are called, whose they are, and the player's address. */
const SERVICES = [
  ["https://www.youtube.com/watch?v=abc", "YouTube", "https://www.youtube-nocookie.com/embed/abc?autoplay=1"],
  ["https://vimeo.com/12345", "Vimeo", "https://player.vimeo.com/video/12345?dnt=1&autoplay=1"],
  ["https://x.com/name/status/123", "X", "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=123"],
  ["https://www.instagram.com/p/Ab_1/", "Instagram", "https://www.instagram.com/p/Ab_1/embed/captioned/"],
  ["https://www.tiktok.com/@name/video/123", "TikTok", "https://www.tiktok.com/player/v1/123"],
  ["https://t.me/channel/123", "Telegram", "https://t.me/channel/123?embed=1&mode=tme"],
  ["https://www.facebook.com/name/posts/123", "Facebook",
    "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fname%2Fposts%2F123"],
  ["https://bsky.app/profile/did:plc:abc/post/3k", "Bluesky", "https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k"],
  ["https://social.example/@name/112233445566778899", "Mastodon", "https://social.example/@name/112233445566778899/embed"],
  ["https://open.spotify.com/track/1a", "Spotify", "https://open.spotify.com/embed/track/1a"],
  ["https://soundcloud.com/artist/track", "SoundCloud",
    "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fartist%2Ftrack"],
  ["https://datawrapper.dwcdn.net/aB1cd/3/", "Datawrapper", "https://datawrapper.dwcdn.net/aB1cd/"],
  ["https://public.flourish.studio/visualisation/123/", "Flourish", "https://flo.uri.sh/visualisation/123/embed"],
  ["https://www.google.com/maps/embed?pb=!1m18", "Google Maps", "https://www.google.com/maps/embed?pb=!1m18"],
  ["https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4", "OpenStreetMap",
    "https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4&layer=mapnik"],
  ["https://maps.example/harbour", "maps.example", "https://maps.example/harbour"],
];

/** In what a feed may have one. @type {Record<string, (url: string) => Record<string, unknown>>} */
const SOURCES = {
  "the feed's own embed": (url) => ({ _livefeed: { embed: { url } } }),
  "a frame in the text": (url) => ({ content_html: `<p>Before</p><p><iframe src="${url}"></iframe></p><p>After</p>` }),
  "a quotation that ends in a link": (url) =>
    ({ content_html: `<blockquote class="post"><p>Text</p>— Name <a href="${url}">May 1</a></blockquote><script src="x"></script>` }),
  "a quotation that names its source": (url) => ({ content_html: `<blockquote cite="${url}"><p>Text</p><a href="/n">Name</a></blockquote>` }),
  "an attachment": (url) => ({ attachments: [{ url, mime_type: "text/html" }] }),
};

const FEED = `<live-feed src="/feed.json" live="off" frames="https://maps.example"></live-feed>`;
const members = (/** @type {string} */ css) => reader.all(css);

for (const [source, membersOf] of Object.entries(SOURCES)) {
  test(`${source} becomes a card that asks nobody, and a player in a sandbox after a click`, async () => {
    // A quotation says by itself only what is said in known places.
    const services = source.startsWith("a quotation that names") ? SERVICES.slice(0, -1) : SERVICES;
    site.feed("/feed.json", feedOf(services.map(([url], index) => entry(50 - index, { content_html: undefined, ...membersOf(url) }))));
    await open("cards", FEED);
    await reader.sees(".embed-provider", services.map(([, provider]) => provider));
    assert.equal((await members(".embed-button")).length, services.length);
    assert.deepEqual(await reader.attributes("iframe", "src"), []);
    assert.deepEqual(browser.outside.asked, []);

    const frames = await browser.run(() => {
      const root = /** @type {any} */ (document.querySelector("live-feed")).shadowRoot;
      for (const button of root.querySelectorAll(".embed-button")) button.click();
      return [...root.querySelectorAll("iframe")].map((/** @type {HTMLIFrameElement} */ frame) => ({
        src: frame.getAttribute("src"),
        sandbox: frame.getAttribute("sandbox"),
        sized: /^(aspect-ratio: \d+ \/ \d+|height: \d+px);$/.test(frame.getAttribute("style") ?? ""),
      }));
    });
    const sandbox = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
    assert.deepEqual(frames, services.map(([, , src]) => ({ src, sandbox, sized: true })));
    await browser.outside.hears("https://www.youtube-nocookie.com");
  });
}

test("a card keeps what the feed says: a quotation's text, a frame's and an attachment's title", async () => {
  const url = "https://www.youtube.com/watch?v=abc";
  const quotation = `<blockquote><p>The text.</p>— Name <a href="${url}">May 1</a></blockquote>`;
  const attachments = [{ url, mime_type: "text/html", title: "An attachment" }, { url: "/plan.pdf", title: "The plan" }];
  const items = [entry(2, { content_html: `${quotation}<iframe src="${url}" title="A frame"></iframe>`, attachments })];
  site.feed("/feed.json", feedOf(items));
  await open("texts", FEED);
  await reader.sees(".embed", [
    "YouTubeThe text.— Name May 1Show the video from YouTubeOpen on YouTube",
    "YouTubeA frameShow the video from YouTubeOpen on YouTube",
    "YouTubeAn attachmentShow the video from YouTubeOpen on YouTube",
  ]);
  assert.deepEqual(await members(".attachments a:not(.embed-link)"), ["The plan"]);
});

test("links in a text, quotations of people and frames of strangers stay what they are", async () => {
  const content_html =
    `<p><a href="https://youtu.be/abc">A film</a></p>` +
    `<blockquote>She said <a href="https://youtu.be/abc">this</a>, see <a href="https://example.org/">there</a></blockquote>` +
    `<iframe src="https://stranger.example/f"></iframe><iframe src="/own"></iframe>`;
  site.feed("/feed.json", feedOf([entry(1, { content_html })]));
  await open("others", FEED.replace("https://maps.example", `https://maps.example ${site.origin} nonsense`));
  await browser.until("the players", () => performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/players.js")));
  await browser.frames();
  assert.deepEqual(await members(".embed"), []);
  assert.deepEqual(await members(".body a"), ["A film", "this", "there", "https://stranger.example/f", "/own"]);
});

test("whatever a card was made of, the page may take it over", async () => {
  const content_html = `<iframe src="https://youtu.be/abc"></iframe>`;
  site.feed("/feed.json", feedOf([entry(1, { content_html })]));
  await open("taken", FEED);
  await browser.run(() => addEventListener("live-feed-embed", (event) => event.preventDefault(), { once: true }));
  await reader.press(".embed-button");
  assert.deepEqual(await heard("live-feed-embed"), [
    { type: "live-feed-embed", detail: { id: "e1", url: "https://youtu.be/abc" } },
  ]);
  assert.deepEqual(await reader.attributes("iframe", "src"), []);
  await reader.press(".embed-button");
  assert.equal((await reader.attributes("iframe", "src")).length, 1);
  const opened = (await heard("live-feed-entry")).filter(({ detail }) => detail.action !== "seen");
  assert.deepEqual(opened.map(({ detail }) => detail), [{ id: "e1", action: "opened" }]);
});

/** Films of one service, and one of another. */
function films() {
  const film = (/** @type {number} */ number, /** @type {string} */ url) => entry(number, { _livefeed: { embed: { url } } });
  site.feed("/feed.json", feedOf([film(3, "https://youtu.be/abc"), film(2, "https://vimeo.com/1"), film(1, "https://youtu.be/def")]));
}

const tick = () =>
  browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".embed-always input").click());

test("a reader may have all of a service shown from now on: not playing, when near, and until they say otherwise", async () => {
  films();
  await open("always", FEED);
  await browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".embed-button").click());
  assert.deepEqual(await members(".embed-always"), ["Always show content from YouTube"]);
  await tick();
  await open("again", FEED);
  await browser.until("the players", () =>
    /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelectorAll("iframe").length === 2);
  const nocookie = "https://www.youtube-nocookie.com/embed";
  assert.deepEqual(await reader.attributes("iframe", "src"), [`${nocookie}/abc?`, `${nocookie}/def?`]);
  assert.deepEqual(await reader.attributes("iframe", "loading"), ["lazy", "lazy"]);
  assert.deepEqual(await members(".embed-provider"), ["Vimeo"]);
  assert.equal(await browser.run(() => document.activeElement === document.body), true);
  await tick();
  await open("no-more", FEED);
  await reader.sees(".embed-provider", ["YouTube", "Vimeo", "YouTube"]);
  assert.deepEqual(await told(), []);
});

test("the page may take over what is always shown, too", async () => {
  films();
  await open("always", FEED);
  await browser.run(() => localStorage.setItem("live-feed:always:YouTube", "1"));
  const consent = `<script>addEventListener("live-feed-embed", (event) => event.preventDefault());</script>`;
  await open("consent", FEED, { head: consent });
  await reader.sees(".embed-provider", ["YouTube", "Vimeo", "YouTube"]);
  assert.deepEqual(browser.outside.asked, []);
});

test("without storage nothing is always shown, nor is it offered", async () => {
  films();
  await open("always", FEED);
  await browser.run(() => localStorage.setItem("live-feed:always:YouTube", "1"));
  await open("none", FEED.replace("<live-feed", `<live-feed storage="none"`));
  await reader.sees(".embed-provider", ["YouTube", "Vimeo", "YouTube"]);
  await browser.run(() => /** @type {any} */ (document.querySelector("live-feed")).shadowRoot.querySelector(".embed-button").click());
  assert.equal((await reader.attributes("iframe", "src")).length, 1);
  assert.deepEqual(await members(".embed-always"), []);
});

test("an entry that comes later has its card as well, and an edit keeps one", async () => {
  const feed = site.feed("/feed.json", feedOf([entry(1)]));
  await open("later", FEED);
  const film = { content_html: `<iframe src="https://youtu.be/abc"></iframe>`, title: "Before", date_published: at(2) };
  feed.publish(feedOf([entry(2, film), entry(1)]));
  await reader.call("refresh");
  await reader.call("refresh");
  await reader.sees(".embed-provider", ["YouTube"]);
  feed.publish(feedOf([entry(2, { ...film, title: "After" }), entry(1)]));
  await reader.call("refresh");
  await reader.call("refresh");
  await reader.sees(".entry-title", ["After"]);
  assert.deepEqual(await members(".embed-button"), ["Show the video from YouTube"]);
});
