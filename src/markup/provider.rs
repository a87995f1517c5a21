//! Whose player an address belongs to. Nothing of the address gets into a player's but identifiers that were checked.

use super::address::{Address, number, plain};

/// What a provider's player shows, for the words on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noun {
    /// a moving picture
    Video,
    /// what somebody wrote
    Post,
    /// something to listen to
    Audio,
    /// figures, drawn
    Chart,
    /// a map
    Map,
}

/// How much room a player takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// as wide as the entry, in this ratio of width to height
    Ratio(u16, u16),
    /// as wide as the entry, this high, in CSS pixels; longer content scrolls in it
    Height(u16),
}

/// Something of a known provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// the provider's own name
    pub provider: &'static str,
    /// what it is
    pub noun: Noun,
    /// the address of the provider's player, in its most private form; `None` where it has none for this address
    pub frame_url: Option<String>,
    /// how much room it takes
    pub size: Size,
}

const WIDE: Size = Size::Ratio(16, 9);
const UPRIGHT: Size = Size::Ratio(9, 16);
const MAP: Size = Size::Ratio(4, 3);
/// A post with its picture shows whole in this in most cases; so does a story in charts.
const POST: Size = Size::Height(600);
const TALL_POST: Size = Size::Height(720);
const CHART: Size = Size::Height(480);
/// Spotify's and SoundCloud's own heights.
const TRACK: Size = Size::Height(152);
const LIST: Size = Size::Height(352);
const SOUND: Size = Size::Height(166);

/// A provider, what the address leads to, its size, the address, and the player.
///
/// An address is a host, then segments of its path, of which more may follow, then one parameter. In it stand for what
/// differs: `:` an identifier, `#` a number, `~` an account, `%` anything that is encoded for a URL, `*` anything that
/// does not matter, `.` nothing more. In the player's address `$` stands for these, in their order, but for the last
/// two. Where there is no player, only a link is shown; where there is no provider, not even that is known.
type Row = (&'static str, Noun, Size, &'static str, &'static str);

const YOUTUBE: &str = "https://www.youtube-nocookie.com/embed/$?autoplay=1";
const VIMEO: &str = "https://player.vimeo.com/video/$?dnt=1&autoplay=1";
const X: &str = "https://platform.twitter.com/embed/Tweet.html?dnt=true&id=$";
const INSTAGRAM_POST: &str = "https://www.instagram.com/p/$/embed/captioned/";
const INSTAGRAM_REEL: &str = "https://www.instagram.com/reel/$/embed/captioned/";
const TIKTOK: &str = "https://www.tiktok.com/player/v1/$";
const TELEGRAM: &str = "https://t.me/$/$?embed=1&mode=tme";
const FACEBOOK_POST: &str = "https://www.facebook.com/plugins/post.php?href=$";
const FACEBOOK_VIDEO: &str = "https://www.facebook.com/plugins/video.php?href=$";
const BLUESKY: &str = "https://embed.bsky.app/embed/did:plc:$/app.bsky.feed.post/$";
const SOUNDCLOUD: &str = "https://w.soundcloud.com/player/?url=$";
const DATAWRAPPER: &str = "https://datawrapper.dwcdn.net/$/";
const FLOURISH: &str = "https://flo.uri.sh/visualisation/$/embed";
const FLOURISH_STORY: &str = "https://flo.uri.sh/story/$/embed";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("YouTube", Noun::Video, WIDE, "youtube.com/watch?v=:", YOUTUBE),
    ("YouTube", Noun::Video, UPRIGHT, "youtube.com/shorts/:", YOUTUBE),
    ("YouTube", Noun::Video, WIDE, "youtube.com/live/:", YOUTUBE),
    ("YouTube", Noun::Video, WIDE, "youtube.com/embed/:", YOUTUBE),
    ("YouTube", Noun::Video, WIDE, "youtube-nocookie.com/embed/:", YOUTUBE),
    ("YouTube", Noun::Video, WIDE, "youtu.be/:", YOUTUBE),
    // The second is the key of an unlisted video.
    ("Vimeo", Noun::Video, WIDE, "vimeo.com/#/:", "https://player.vimeo.com/video/$?dnt=1&autoplay=1&h=$"),
    ("Vimeo", Noun::Video, WIDE, "vimeo.com/#", VIMEO),
    ("Vimeo", Noun::Video, WIDE, "vimeo.com/channels/*/#", VIMEO),
    ("Vimeo", Noun::Video, WIDE, "player.vimeo.com/video/#", VIMEO),
    ("X", Noun::Post, POST, "x.com/i/web/status/#", X),
    ("X", Noun::Post, POST, "x.com/*/status/#", X),
    ("X", Noun::Post, POST, "twitter.com/i/web/status/#", X),
    ("X", Noun::Post, POST, "twitter.com/*/status/#", X),
    ("X", Noun::Post, POST, "platform.twitter.com/embed/Tweet.html?id=#", X),
    ("Instagram", Noun::Post, TALL_POST, "instagram.com/p/:", INSTAGRAM_POST),
    ("Instagram", Noun::Post, TALL_POST, "instagram.com/*/p/:", INSTAGRAM_POST),
    ("Instagram", Noun::Video, TALL_POST, "instagram.com/reel/:", INSTAGRAM_REEL),
    ("Instagram", Noun::Video, TALL_POST, "instagram.com/*/reel/:", INSTAGRAM_REEL),
    ("Instagram", Noun::Video, TALL_POST, "instagram.com/tv/:", "https://www.instagram.com/tv/$/embed/captioned/"),
    ("TikTok", Noun::Video, UPRIGHT, "tiktok.com/*/video/#", TIKTOK),
    ("TikTok", Noun::Video, UPRIGHT, "tiktok.com/embed/v2/#", TIKTOK),
    ("TikTok", Noun::Video, UPRIGHT, "tiktok.com/embed/#", TIKTOK),
    ("TikTok", Noun::Video, UPRIGHT, "tiktok.com/player/v1/#", TIKTOK),
    // A private channel, whose posts nobody else can be shown.
    ("", Noun::Post, POST, "t.me/c", ""),
    ("Telegram", Noun::Post, POST, "t.me/s/:/#", TELEGRAM),
    ("Telegram", Noun::Post, POST, "t.me/:/#", TELEGRAM),
    ("Facebook", Noun::Post, POST, "facebook.com/plugins/post.php?href=%", FACEBOOK_POST),
    ("Facebook", Noun::Video, WIDE, "facebook.com/plugins/video.php?href=%", FACEBOOK_VIDEO),
    ("Facebook", Noun::Video, WIDE, "facebook.com/watch?v=#", "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fwatch%2F%3Fv%3D$"),
    ("Facebook", Noun::Video, WIDE, "facebook.com/reel/#", "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Freel%2F$"),
    ("Facebook", Noun::Video, WIDE, "facebook.com/~/videos/:", "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2F$%2Fvideos%2F$"),
    ("Facebook", Noun::Post, POST, "facebook.com/~/posts/:", "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2F$%2Fposts%2F$"),
    ("Facebook", Noun::Video, WIDE, "fb.watch/:", ""),
    ("Bluesky", Noun::Post, POST, "bsky.app/profile/did:plc::/post/:", BLUESKY),
    ("Bluesky", Noun::Post, POST, "embed.bsky.app/embed/did:plc::/app.bsky.feed.post/:", BLUESKY),
    // Its player refuses handles: https://github.com/bluesky-social/social-app/issues/9073
    ("Bluesky", Noun::Post, POST, "bsky.app/profile/*/post/:", ""),
    ("Spotify", Noun::Audio, TRACK, "open.spotify.com/track/:", "https://open.spotify.com/embed/track/$"),
    ("Spotify", Noun::Audio, TRACK, "open.spotify.com/episode/:", "https://open.spotify.com/embed/episode/$"),
    ("Spotify", Noun::Audio, LIST, "open.spotify.com/album/:", "https://open.spotify.com/embed/album/$"),
    ("Spotify", Noun::Audio, LIST, "open.spotify.com/artist/:", "https://open.spotify.com/embed/artist/$"),
    ("Spotify", Noun::Audio, LIST, "open.spotify.com/playlist/:", "https://open.spotify.com/embed/playlist/$"),
    ("Spotify", Noun::Audio, LIST, "open.spotify.com/show/:", "https://open.spotify.com/embed/show/$"),
    ("SoundCloud", Noun::Audio, SOUND, "w.soundcloud.com/player?url=%", SOUNDCLOUD),
    ("SoundCloud", Noun::Audio, SOUND, "soundcloud.com/:/sets/:", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F$%2Fsets%2F$"),
    ("SoundCloud", Noun::Audio, SOUND, "soundcloud.com/:/:", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2F$%2F$"),
    ("Datawrapper", Noun::Chart, CHART, "datawrapper.dwcdn.net/:", DATAWRAPPER),
    ("Datawrapper", Noun::Chart, CHART, "datawrapper.de/_/:", DATAWRAPPER),
    ("Flourish", Noun::Chart, POST, "public.flourish.studio/visualisation/#", FLOURISH),
    ("Flourish", Noun::Chart, POST, "flo.uri.sh/visualisation/#", FLOURISH),
    ("Flourish", Noun::Chart, POST, "public.flourish.studio/story/#", FLOURISH_STORY),
    ("Flourish", Noun::Chart, POST, "flo.uri.sh/story/#", FLOURISH_STORY),
    // Only an address made for it may be framed; others need a key.
    ("Google Maps", Noun::Map, MAP, "google.com/maps/embed?pb=%", "https://www.google.com/maps/embed?pb=$"),
    ("Google Maps", Noun::Map, MAP, "google.com/maps", ""),
    ("Google Maps", Noun::Map, MAP, "maps.app.goo.gl/:", ""),
    ("OpenStreetMap", Noun::Map, MAP, "openstreetmap.org/export/embed.html?bbox=%", "https://www.openstreetmap.org/export/embed.html?bbox=$&layer=mapnik"),
    ("OpenStreetMap", Noun::Map, MAP, "openstreetmap.org/.", ""),
    ("OpenStreetMap", Noun::Map, MAP, "openstreetmap.org/node", ""),
    ("OpenStreetMap", Noun::Map, MAP, "openstreetmap.org/way", ""),
    ("OpenStreetMap", Noun::Map, MAP, "openstreetmap.org/relation", ""),
];

/// Parameters that go along: a provider, its parameter, and what that is called in the player's address.
const EXTRAS: &[(&str, &str, &str)] = &[
    ("YouTube", "t", "&start="),
    ("YouTube", "start", "&start="),
    ("Vimeo", "h", "&h="),
    ("OpenStreetMap", "marker", "&marker="),
];

/// The fewest digits of a post on Mastodon: its numbers hold the time, and so tell it from others' addresses.
const MASTODON_DIGITS: usize = 15;

/// Recognises what an absolute URL, as the browser writes it, leads to.
#[must_use]
pub fn recognise(url: &str) -> Option<Player> {
    let address = Address::parse(url)?;
    for &(provider, noun, size, pattern, player) in ROWS {
        let Some(captures) = address.matches(pattern) else { continue };
        if provider.is_empty() {
            return None;
        }
        let frame_url = (!player.is_empty()).then(|| {
            let mut frame_url = fill(player, &captures);
            for (of, parameter, name) in EXTRAS {
                // Seconds may be written with their unit.
                let value = address.parameter(parameter).trim_end_matches('s');
                if let (true, Some(value)) = (*of == provider, plain(value, b"-_.%,")) {
                    frame_url.push_str(name);
                    frame_url.push_str(value);
                }
            }
            frame_url
        });
        return Some(Player { provider, noun, frame_url, size });
    }
    mastodon(&address)
}

/// A player's address with what was captured.
fn fill(player: &str, captures: &[&str]) -> String {
    let mut parts = player.split('$');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (part, capture) in parts.zip(captures) {
        filled.push_str(capture);
        filled.push_str(part);
    }
    filled
}

/// Any host may run it: only the form of the address tells.
fn mastodon(address: &Address<'_>) -> Option<Player> {
    let mut path = address.path();
    let user = plain(path.next()?.strip_prefix('@')?, b"_-.@")?;
    let post = number(path.next()?).filter(|post| post.len() >= MASTODON_DIGITS)?;
    let frame_url = Some(fill("https://$/@$/$/embed", &[address.host, user, post]));
    Some(Player { provider: "Mastodon", noun: Noun::Post, frame_url, size: POST })
}
