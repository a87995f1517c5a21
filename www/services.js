/**
 * Known services: whose an address is, and that of its player. Loaded with www/players.js.
 *
 * Nothing of an address gets into a player's but identifiers that were checked.
 */

/**
 * Something of a known provider: its name, what it is, how much room its player takes, and the address of that, in its
 * most private form; none where it has none for this address.
 * @typedef {{provider: string, noun: Noun, size: Size, frame?: string}} Player
 */

/** @typedef {"video" | "post" | "audio" | "chart" | "map"} Noun */

/** As wide as the entry: a property of its style and the value. @typedef {[property: string, value: string]} Size */

const WIDE = ratio("16 / 9");
const UPRIGHT = ratio("9 / 16");
const MAP = ratio("4 / 3");
/** A post with its picture shows whole in this in most cases; so does a story in charts. Longer content scrolls. */
const POST = height("600px");
const TALL_POST = height("720px");
const CHART = height("480px");
/** Spotify's and SoundCloud's own heights. */
const TRACK = height("152px");
const LIST = height("352px");
const SOUND = height("166px");

const YOUTUBE = "https://www.youtube-nocookie.com/embed/$?autoplay=1";
const VIMEO = "https://player.vimeo.com/video/$?dnt=1&autoplay=1";
const X = "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=$";
const INSTAGRAM_POST = "https://www.instagram.com/p/$/embed/captioned/";
const INSTAGRAM_REEL = "https://www.instagram.com/reel/$/embed/captioned/";
const TIKTOK = "https://www.tiktok.com/player/v1/$";
const TELEGRAM = "https://t.me/$/$?embed=1&mode=tme";
const FACEBOOK_POST = "https://www.facebook.com/plugins/post.php?href=$";
const FACEBOOK_VIDEO = "https://www.facebook.com/plugins/video.php?href=$";
const FACEBOOK_WATCH = `${FACEBOOK_VIDEO.slice(0, -1)}https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D$`;
const FACEBOOK_REEL = `${FACEBOOK_VIDEO.slice(0, -1)}https%3A%2F%2Fwww.facebook.com%2Freel%2F$`;
const FACEBOOK_VIDEO_OF = `${FACEBOOK_VIDEO.slice(0, -1)}https%3A%2F%2Fwww.facebook.com%2F$%2Fvideos%2F$`;
const FACEBOOK_POST_OF = `${FACEBOOK_POST.slice(0, -1)}https%3A%2F%2Fwww.facebook.com%2F$%2Fposts%2F$`;
const BLUESKY = "https://embed.bsky.app/embed/did:plc:$/app.bsky.feed.post/$";
const SOUNDCLOUD = "https://w.soundcloud.com/player/?url=$";
const SOUNDCLOUD_SET = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F$%2Fsets%2F$";
const SOUNDCLOUD_TRACK = "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F$%2F$";
const OPENSTREETMAP = "https://www.openstreetmap.org/export/embed.html?bbox=$&layer=mapnik";
const DATAWRAPPER = "https://datawrapper.dwcdn.net/$/";
const FLOURISH = "https://flo.uri.sh/visualisation/$/embed";
const FLOURISH_STORY = "https://flo.uri.sh/story/$/embed";

/**
 * A provider, what the address leads to, its size, the address, and the player.
 *
 * An address is a host, then segments of its path, of which more may follow, then one parameter. In it stand for what
 * differs: `:` an identifier, `#` a number, `~` an account, `%` anything that is encoded for a URL, `*` anything that
 * does not matter, `.` nothing more. In the player's address `$` stands for these, in their order, but for the last
 * two. Where there is no player, only a link is shown; where there is no provider, not even that is known.
 * @type {[string, Noun, Size, string, string][]}
 */
const ROWS = [
  ["YouTube", "video", WIDE, "youtube.com/watch?v=:", YOUTUBE],
  ["YouTube", "video", UPRIGHT, "youtube.com/shorts/:", YOUTUBE],
  ["YouTube", "video", WIDE, "youtube.com/live/:", YOUTUBE],
  ["YouTube", "video", WIDE, "youtube.com/embed/:", YOUTUBE],
  ["YouTube", "video", WIDE, "youtube-nocookie.com/embed/:", YOUTUBE],
  ["YouTube", "video", WIDE, "youtu.be/:", YOUTUBE],
  // The second is the key of an unlisted video.
  ["Vimeo", "video", WIDE, "vimeo.com/#/:", "https://player.vimeo.com/video/$?dnt=1&autoplay=1&h=$"],
  ["Vimeo", "video", WIDE, "vimeo.com/#", VIMEO],
  ["Vimeo", "video", WIDE, "vimeo.com/channels/*/#", VIMEO],
  ["Vimeo", "video", WIDE, "player.vimeo.com/video/#", VIMEO],
  ["X", "post", POST, "x.com/i/web/status/#", X],
  ["X", "post", POST, "x.com/*/status/#", X],
  ["X", "post", POST, "twitter.com/i/web/status/#", X],
  ["X", "post", POST, "twitter.com/*/status/#", X],
  ["X", "post", POST, "platform.twitter.com/embed/Tweet.html?id=#", X],
  ["Instagram", "post", TALL_POST, "instagram.com/p/:", INSTAGRAM_POST],
  ["Instagram", "post", TALL_POST, "instagram.com/*/p/:", INSTAGRAM_POST],
  ["Instagram", "video", TALL_POST, "instagram.com/reel/:", INSTAGRAM_REEL],
  ["Instagram", "video", TALL_POST, "instagram.com/*/reel/:", INSTAGRAM_REEL],
  ["Instagram", "video", TALL_POST, "instagram.com/tv/:", "https://www.instagram.com/tv/$/embed/captioned/"],
  ["TikTok", "video", UPRIGHT, "tiktok.com/*/video/#", TIKTOK],
  ["TikTok", "video", UPRIGHT, "tiktok.com/embed/v2/#", TIKTOK],
  ["TikTok", "video", UPRIGHT, "tiktok.com/embed/#", TIKTOK],
  ["TikTok", "video", UPRIGHT, "tiktok.com/player/v1/#", TIKTOK],
  // A private channel, whose posts nobody else can be shown.
  ["", "post", POST, "t.me/c", ""],
  ["Telegram", "post", POST, "t.me/s/:/#", TELEGRAM],
  ["Telegram", "post", POST, "t.me/:/#", TELEGRAM],
  ["Facebook", "post", POST, "facebook.com/plugins/post.php?href=%", FACEBOOK_POST],
  ["Facebook", "video", WIDE, "facebook.com/plugins/video.php?href=%", FACEBOOK_VIDEO],
  ["Facebook", "video", WIDE, "facebook.com/watch?v=#", FACEBOOK_WATCH],
  ["Facebook", "video", WIDE, "facebook.com/reel/#", FACEBOOK_REEL],
  ["Facebook", "video", WIDE, "facebook.com/~/videos/:", FACEBOOK_VIDEO_OF],
  ["Facebook", "post", POST, "facebook.com/~/posts/:", FACEBOOK_POST_OF],
  ["Facebook", "video", WIDE, "fb.watch/:", ""],
  ["Bluesky", "post", POST, "bsky.app/profile/did:plc::/post/:", BLUESKY],
  ["Bluesky", "post", POST, "embed.bsky.app/embed/did:plc::/app.bsky.feed.post/:", BLUESKY],
  // Its player refuses handles: https://github.com/bluesky-social/social-app/issues/9073
  ["Bluesky", "post", POST, "bsky.app/profile/*/post/:", ""],
  ["Spotify", "audio", TRACK, "open.spotify.com/track/:", "https://open.spotify.com/embed/track/$"],
  ["Spotify", "audio", TRACK, "open.spotify.com/episode/:", "https://open.spotify.com/embed/episode/$"],
  ["Spotify", "audio", LIST, "open.spotify.com/album/:", "https://open.spotify.com/embed/album/$"],
  ["Spotify", "audio", LIST, "open.spotify.com/artist/:", "https://open.spotify.com/embed/artist/$"],
  ["Spotify", "audio", LIST, "open.spotify.com/playlist/:", "https://open.spotify.com/embed/playlist/$"],
  ["Spotify", "audio", LIST, "open.spotify.com/show/:", "https://open.spotify.com/embed/show/$"],
  ["SoundCloud", "audio", SOUND, "w.soundcloud.com/player?url=%", SOUNDCLOUD],
  ["SoundCloud", "audio", SOUND, "soundcloud.com/:/sets/:", SOUNDCLOUD_SET],
  ["SoundCloud", "audio", SOUND, "soundcloud.com/:/:", SOUNDCLOUD_TRACK],
  ["Datawrapper", "chart", CHART, "datawrapper.dwcdn.net/:", DATAWRAPPER],
  ["Datawrapper", "chart", CHART, "datawrapper.de/_/:", DATAWRAPPER],
  ["Flourish", "chart", POST, "public.flourish.studio/visualisation/#", FLOURISH],
  ["Flourish", "chart", POST, "flo.uri.sh/visualisation/#", FLOURISH],
  ["Flourish", "chart", POST, "public.flourish.studio/story/#", FLOURISH_STORY],
  ["Flourish", "chart", POST, "flo.uri.sh/story/#", FLOURISH_STORY],
  // Only an address made for it may be framed; others need a key.
  ["Google Maps", "map", MAP, "google.com/maps/embed?pb=%", "https://www.google.com/maps/embed?pb=$"],
  ["Google Maps", "map", MAP, "google.com/maps", ""],
  ["Google Maps", "map", MAP, "maps.app.goo.gl/:", ""],
  ["OpenStreetMap", "map", MAP, "openstreetmap.org/export/embed.html?bbox=%", OPENSTREETMAP],
  ["OpenStreetMap", "map", MAP, "openstreetmap.org/.", ""],
  ["OpenStreetMap", "map", MAP, "openstreetmap.org/node", ""],
  ["OpenStreetMap", "map", MAP, "openstreetmap.org/way", ""],
  ["OpenStreetMap", "map", MAP, "openstreetmap.org/relation", ""],
];

/** Parameters that go along: a provider, its parameter, and what that is called in the player's address. */
const EXTRAS = [
  ["YouTube", "t", "&start="],
  ["YouTube", "start", "&start="],
  ["Vimeo", "h", "&h="],
  ["OpenStreetMap", "marker", "&marker="],
];

/** What may stand where; the longest identifier that any provider uses has fewer characters. */
const NUMBER = /^\d{1,512}$/;
const IDENTIFIER = /^[\w-]{1,512}$/;
const ACCOUNT = /^[\w.-]{1,512}$/;
const ENCODED = /^[\w\-.~!%:/,+]{1,512}$/;
const EXTRA = /^[\w\-.%,]{1,512}$/;

/** On Mastodon, which any host may run, only the form of the address tells: its numbers hold the time, and are long. */
const MASTODON_USER = /^@([\w\-.@]{1,512})$/;
const MASTODON_POST = /^\d{15,512}$/;

/**
 * Recognises what an absolute URL, as the browser writes it, leads to.
 * @param {string} url
 * @param {string} [frames] origins that may be framed besides, separated by spaces: the host's own list
 * @returns {Player | undefined}
 */
export function recognise(url, frames = "") {
  const address = parse(url);
  if (!address) return undefined;
  if (frames.split(/\s+/).some((origin) => URL.canParse(origin) && new URL(origin).origin === new URL(url).origin)) {
    return { provider: address.host, noun: "chart", size: CHART, frame: url };
  }
  for (const [provider, noun, size, pattern, player] of ROWS) {
    const captures = match(address, pattern);
    if (!captures) continue;
    if (!provider) return undefined;
    if (!player) return { provider, noun, size };
    let frame = fill(player, captures);
    for (const [of, parameter, name] of EXTRAS) {
      // Seconds may be written with their unit.
      const value = address.parameter(parameter).replace(/s+$/, "");
      if (of === provider && EXTRA.test(value)) frame += name + value;
    }
    return { provider, noun, size, frame };
  }
  const [user, post] = address.path;
  const name = MASTODON_USER.exec(user ?? "")?.[1];
  if (!name || !MASTODON_POST.test(post ?? "")) return undefined;
  return { provider: "Mastodon", noun: "post", size: POST, frame: `https://${address.host}/@${name}/${post}/embed` };
}

/** A web address, taken apart; nothing where it isn't one, or names a port or a user. @param {string} url */
function parse(url) {
  const parts = /^https?:\/\/(?:www\.|m\.|mobile\.)?([a-zA-Z\d.-]*)(?:\/([^?#]*))?(?:\?([^#]*))?(?:#|$)/.exec(url);
  if (!parts) return undefined;
  const [, host, path = "", query = ""] = parts;
  const pairs = Array.from(query.matchAll(/([^&=]*)=([^&]*)/g), ([, key, value]) => [key, value]);
  return {
    host,
    path: path.split("/").filter(Boolean),
    /** As it is written; empty where there is none. @param {string} name */
    parameter: (name) => pairs.find(([key]) => key === name)?.[1] ?? "",
  };
}

/**
 * Whether the address is one of a provider's: the pattern's language is described there. What was captured, if so.
 * @param {NonNullable<ReturnType<typeof parse>>} address
 * @param {string} pattern
 */
function match(address, pattern) {
  const [place, parameter] = pattern.split("?");
  const [host, ...wanted] = place.split("/");
  if (host !== address.host) return undefined;
  let path = address.path;
  // Of Spotify's, "/intl-de/" is the reader's language, "/embed/" its own player: both lead to the same.
  if (host === "open.spotify.com" && /^embed$|^intl-/.test(path[0] ?? "")) path = path.slice(1);
  const pairs = wanted.map((part, index) => [part, path[index] ?? ""]);
  if (parameter) {
    const [name, value] = parameter.split("=");
    pairs.push([value, address.parameter(name)]);
  }
  const captures = pairs.map(([part, found]) => capture(part, found));
  return captures.includes(undefined) ? undefined : captures.flatMap((captured) => captured ?? []);
}

/**
 * Whether one part of an address is as wanted, and what of it is captured.
 * @param {string} wanted
 * @param {string} found
 * @returns {string[] | undefined}
 */
function capture(wanted, found) {
  const whole = (/** @type {boolean} */ fits) => (fits ? [found] : undefined);
  switch (wanted) {
    case "*":
      return found ? [] : undefined;
    case ".":
      return found ? undefined : [];
    case "#":
      return whole(NUMBER.test(found));
    case "~":
      return whole(ACCOUNT.test(found));
    case "%":
      return whole(ENCODED.test(found));
  }
  // An identifier, or a word and an identifier.
  if (!wanted.endsWith(":")) return wanted === found ? [] : undefined;
  const word = wanted.slice(0, -1);
  const identifier = found.slice(word.length);
  return found.startsWith(word) && IDENTIFIER.test(identifier) ? [identifier] : undefined;
}

/** A player's address with what was captured. @param {string} player @param {string[]} captures */
function fill(player, captures) {
  let next = 0;
  return player.replace(/\$/g, () => captures[next++] ?? "");
}

/** @param {string} value @returns {Size} */
function ratio(value) {
  return ["aspect-ratio", value];
}

/** @param {string} value @returns {Size} */
function height(value) {
  return ["height", value];
}
