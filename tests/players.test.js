/** Whose player an address belongs to, and what is never taken for one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { recognise } from "../www/services.js";

const WIDE = ["aspect-ratio", "16 / 9"];
const UPRIGHT = ["aspect-ratio", "9 / 16"];

/** An address, its provider, what it is, the room for it, and the player. */
const KNOWN = [
  [
    "https://www.youtube.com/watch?v=dQw4-_9WgXc&t=42s",
    "YouTube",
    "video",
    WIDE,
    "https://www.youtube-nocookie.com/embed/dQw4-_9WgXc?autoplay=1&start=42",
  ],
  [
    "https://m.youtube.com/watch?app=m&v=abc",
    "YouTube",
    "video",
    WIDE,
    "https://www.youtube-nocookie.com/embed/abc?autoplay=1",
  ],
  ["https://youtu.be/abc?si=x", "YouTube", "video", WIDE, "https://www.youtube-nocookie.com/embed/abc?autoplay=1"],
  [
    "https://youtube.com/shorts/abc",
    "YouTube",
    "video",
    UPRIGHT,
    "https://www.youtube-nocookie.com/embed/abc?autoplay=1",
  ],
  [
    "https://www.youtube.com/live/abc",
    "YouTube",
    "video",
    WIDE,
    "https://www.youtube-nocookie.com/embed/abc?autoplay=1",
  ],
  [
    "https://www.youtube-nocookie.com/embed/abc",
    "YouTube",
    "video",
    WIDE,
    "https://www.youtube-nocookie.com/embed/abc?autoplay=1",
  ],
  ["https://vimeo.com/12345", "Vimeo", "video", WIDE, "https://player.vimeo.com/video/12345?dnt=1&autoplay=1"],
  [
    "https://vimeo.com/12345/ab12",
    "Vimeo",
    "video",
    WIDE,
    "https://player.vimeo.com/video/12345?dnt=1&autoplay=1&h=ab12",
  ],
  [
    "https://player.vimeo.com/video/12345?h=ab12",
    "Vimeo",
    "video",
    WIDE,
    "https://player.vimeo.com/video/12345?dnt=1&autoplay=1&h=ab12",
  ],
  [
    "https://twitter.com/user/status/123",
    "X",
    "post",
    ["height", "600px"],
    "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=123",
  ],
  [
    "https://x.com/i/web/status/123?s=20",
    "X",
    "post",
    ["height", "600px"],
    "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=123",
  ],
  [
    "https://www.instagram.com/p/Ab_1/",
    "Instagram",
    "post",
    ["height", "720px"],
    "https://www.instagram.com/p/Ab_1/embed/captioned/",
  ],
  [
    "https://www.instagram.com/user/reel/Ab_1/",
    "Instagram",
    "video",
    ["height", "720px"],
    "https://www.instagram.com/reel/Ab_1/embed/captioned/",
  ],
  ["https://www.tiktok.com/@user/video/123", "TikTok", "video", UPRIGHT, "https://www.tiktok.com/player/v1/123"],
  ["https://www.tiktok.com/embed/v2/123", "TikTok", "video", UPRIGHT, "https://www.tiktok.com/player/v1/123"],
  ["https://t.me/channel/123", "Telegram", "post", ["height", "600px"], "https://t.me/channel/123?embed=1&mode=tme"],
  ["https://t.me/s/channel/123", "Telegram", "post", ["height", "600px"], "https://t.me/channel/123?embed=1&mode=tme"],
  [
    "https://www.facebook.com/some.page/posts/pfbid0A",
    "Facebook",
    "post",
    ["height", "600px"],
    "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fsome.page%2Fposts%2Fpfbid0A",
  ],
  [
    "https://www.facebook.com/watch/?v=12",
    "Facebook",
    "video",
    WIDE,
    "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D12",
  ],
  [
    "https://bsky.app/profile/did:plc:abc/post/3k",
    "Bluesky",
    "post",
    ["height", "600px"],
    "https://embed.bsky.app/embed/did:plc:abc/app.bsky.feed.post/3k",
  ],
  [
    "https://social.example/@user@other.example/112233445566778899",
    "Mastodon",
    "post",
    ["height", "600px"],
    "https://social.example/@user@other.example/112233445566778899/embed",
  ],
  [
    "https://open.spotify.com/intl-de/track/1a?si=2",
    "Spotify",
    "audio",
    ["height", "152px"],
    "https://open.spotify.com/embed/track/1a",
  ],
  [
    "https://open.spotify.com/playlist/1a",
    "Spotify",
    "audio",
    ["height", "352px"],
    "https://open.spotify.com/embed/playlist/1a",
  ],
  [
    "https://soundcloud.com/artist/track",
    "SoundCloud",
    "audio",
    ["height", "166px"],
    "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fartist%2Ftrack",
  ],
  [
    "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1&color=x",
    "SoundCloud",
    "audio",
    ["height", "166px"],
    "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
  ],
  [
    "https://datawrapper.dwcdn.net/aB1cd/3/",
    "Datawrapper",
    "chart",
    ["height", "480px"],
    "https://datawrapper.dwcdn.net/aB1cd/",
  ],
  [
    "https://www.datawrapper.de/_/aB1cd/",
    "Datawrapper",
    "chart",
    ["height", "480px"],
    "https://datawrapper.dwcdn.net/aB1cd/",
  ],
  [
    "https://public.flourish.studio/visualisation/123/",
    "Flourish",
    "chart",
    ["height", "600px"],
    "https://flo.uri.sh/visualisation/123/embed",
  ],
  [
    "https://www.google.com/maps/embed?pb=!1m18!2d1.5",
    "Google Maps",
    "map",
    ["aspect-ratio", "4 / 3"],
    "https://www.google.com/maps/embed?pb=!1m18!2d1.5",
  ],
  [
    "https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4&layer=mapnik",
    "OpenStreetMap",
    "map",
    ["aspect-ratio", "4 / 3"],
    "https://www.openstreetmap.org/export/embed.html?bbox=1%2C2%2C3%2C4&layer=mapnik",
  ],
];

test("providers are known by their addresses", () => {
  for (const [url, provider, noun, size, frame] of KNOWN) {
    assert.deepEqual(recognise(String(url)), { provider, noun, size, frame }, String(url));
  }
});

test("providers are known even where they have no player for it", () => {
  for (const [url, provider] of [
    ["https://bsky.app/profile/user.example/post/3k", "Bluesky"],
    ["https://fb.watch/abc/", "Facebook"],
    ["https://maps.app.goo.gl/abc", "Google Maps"],
    ["https://www.google.com/maps/place/Somewhere", "Google Maps"],
    ["https://www.openstreetmap.org/#map=5/1/2", "OpenStreetMap"],
  ]) {
    const player = recognise(url);
    assert.deepEqual([player?.provider, player?.frame], [provider, undefined], url);
  }
});

test("providers are not seen in other addresses", () => {
  for (const url of [
    "https://example.org/watch?v=abc",
    "https://youtube.com.example.org/watch?v=abc",
    "https://www.youtube.com/@channel",
    "https://www.youtube.com/watch?v=a%22onload=",
    "https://www.youtube.com/watch?v=../x",
    "https://youtube.com@example.org/watch?v=abc",
    "https://www.youtube.com:8080/watch?v=abc",
    "javascript:https://youtu.be/abc",
    "https://t.me/channel",
    "https://t.me/c/123/456",
    "https://x.com/user",
    "https://news.example/@author/a-story",
    "https://news.example/@author/2026",
    "https://www.google.com/search?q=maps",
    "https://www.openstreetmap.org/user/somebody",
    "https://vimeo.com/features",
    "",
  ]) {
    assert.equal(recognise(url), undefined, url);
  }
});

test("a player's address holds nothing that could leave an attribute", () => {
  const starts = [
    "https://youtu.be/",
    "https://www.youtube.com/watch?v=",
    "https://t.me/",
    "https://x.com/a/status/",
    "https://www.google.com/maps/embed?pb=",
    "https://www.openstreetmap.org/export/embed.html?",
    "https://www.openstreetmap.org/export/embed.html?bbox=1&marker=",
    "https://w.soundcloud.com/player/?url=https",
    "https://bsky.app/profile/did:plc:",
    "https://social.example/@",
  ];
  // A fixed seed: the same addresses every time.
  let state = 1;
  const random = (/** @type {number} */ bound) => (state = (state * 48271) % 0x7fffffff) % bound;
  const character = () => String.fromCharCode(32 + random(95));
  for (let round = 0; round < 5_000; round++) {
    const rest = Array.from({ length: random(round % 2 ? 4 : 50) }, character).join("");
    for (const start of starts) {
      const frame = recognise(start + rest)?.frame ?? "https://";
      assert.match(frame, /^https:[^"<> \\`]*$/);
    }
  }
});
