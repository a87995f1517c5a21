//! Whose player an address belongs to. Nothing of the address gets into a player's but identifiers that were checked.

use super::address::{Address, id, name, number, plain};

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
/// A post with its picture shows whole in this in most cases; so do charts.
const POST: Size = Size::Height(600);
/// Spotify's and SoundCloud's own heights: one track, and a list.
const TRACK: Size = Size::Height(152);
const LIST: Size = Size::Height(352);
const SOUND: Size = Size::Height(166);
const CHART: Size = Size::Height(480);
const MAP: Size = Size::Ratio(4, 3);

/// The fewest digits of a post on Mastodon: its numbers hold the time, and so tell it from others' addresses.
const MASTODON_DIGITS: usize = 15;

/// Recognises what an absolute URL, as the browser writes it, leads to.
#[must_use]
pub fn recognise(url: &str) -> Option<Player> {
    let address = Address::parse(url)?;
    let player = match address.host {
        "youtube.com" | "youtu.be" | "youtube-nocookie.com" | "music.youtube.com" => youtube(&address),
        "vimeo.com" | "player.vimeo.com" => vimeo(&address),
        "twitter.com" | "x.com" | "platform.twitter.com" | "platform.x.com" => x(&address),
        "instagram.com" => instagram(&address),
        "tiktok.com" => tiktok(&address),
        "t.me" | "telegram.me" => telegram(&address),
        "facebook.com" | "fb.watch" => facebook(&address),
        "bsky.app" | "embed.bsky.app" => bluesky(&address),
        "open.spotify.com" => spotify(&address),
        "soundcloud.com" | "w.soundcloud.com" => soundcloud(&address),
        "datawrapper.dwcdn.net" | "datawrapper.de" => datawrapper(&address),
        "public.flourish.studio" | "flo.uri.sh" => flourish(&address),
        "google.com" | "maps.google.com" | "maps.app.goo.gl" => google(&address),
        "openstreetmap.org" => openstreetmap(&address),
        _ => None,
    };
    player.or_else(|| mastodon(&address))
}

#[expect(clippy::unnecessary_wraps, reason = "every provider ends in it")]
const fn found(provider: &'static str, noun: Noun, size: Size, frame_url: Option<String>) -> Option<Player> {
    Some(Player { provider, noun, frame_url, size })
}

fn youtube(address: &Address<'_>) -> Option<Player> {
    let [first, second] = address.path();
    let (video, size) = match first {
        "watch" => (address.parameter("v"), WIDE),
        "shorts" => (second, UPRIGHT),
        "live" | "embed" | "v" => (second, WIDE),
        _ if address.host == "youtu.be" => (first, WIDE),
        _ => return None,
    };
    let mut url = format!("https://www.youtube-nocookie.com/embed/{}?autoplay=1", id(video)?);
    let start = ["t", "start"].iter().find_map(|key| number(address.parameter(key).trim_end_matches('s')));
    if let Some(seconds) = start {
        url.push_str("&start=");
        url.push_str(seconds);
    }
    found("YouTube", Noun::Video, size, Some(url))
}

fn vimeo(address: &Address<'_>) -> Option<Player> {
    let [first, second, third] = address.path();
    let (video, key) = match first {
        "video" => (second, address.parameter("h")),
        "channels" => (third, ""),
        _ => (first, second),
    };
    let mut url = format!("https://player.vimeo.com/video/{}?dnt=1&autoplay=1", number(video)?);
    // An unlisted video plays only with its key.
    if let Some(key) = id(key) {
        url.push_str("&h=");
        url.push_str(key);
    }
    found("Vimeo", Noun::Video, WIDE, Some(url))
}

fn x(address: &Address<'_>) -> Option<Player> {
    let [first, second, third, fourth] = address.path();
    let post = match (first, second, third) {
        ("embed", ..) => address.parameter("id"),
        ("i", "web", "status") => fourth,
        (_, "status" | "statuses", post) => post,
        _ => return None,
    };
    let url = format!("https://platform.twitter.com/embed/Tweet.html?dnt=true&id={}", number(post)?);
    found("X", Noun::Post, POST, Some(url))
}

fn instagram(address: &Address<'_>) -> Option<Player> {
    let [first, second, third] = address.path();
    // An account's name may stand before.
    let (kind, post) = if matches!(first, "p" | "reel" | "tv") { (first, second) } else { (second, third) };
    if !matches!(kind, "p" | "reel" | "tv") {
        return None;
    }
    let noun = if kind == "p" { Noun::Post } else { Noun::Video };
    let url = format!("https://www.instagram.com/{kind}/{}/embed/captioned/", id(post)?);
    found("Instagram", noun, Size::Height(720), Some(url))
}

fn tiktok(address: &Address<'_>) -> Option<Player> {
    let [first, second, third] = address.path();
    let video = match (first, second) {
        ("embed", "v2") | (_, "video") => third,
        ("embed", video) => video,
        ("player", "v1") => third,
        _ => return None,
    };
    let url = format!("https://www.tiktok.com/player/v1/{}", number(video)?);
    found("TikTok", Noun::Video, UPRIGHT, Some(url))
}

fn telegram(address: &Address<'_>) -> Option<Player> {
    let [first, second, third] = address.path();
    // "/s/" is the same channel's preview in a browser.
    let (channel, post) = if first == "s" { (second, third) } else { (first, second) };
    // "/c/" is a private channel, whose posts nobody else can be shown.
    if channel == "c" {
        return None;
    }
    let url = format!("https://t.me/{}/{}?embed=1&mode=tme", id(channel)?, number(post)?);
    found("Telegram", Noun::Post, POST, Some(url))
}

fn facebook(address: &Address<'_>) -> Option<Player> {
    const SITE: &str = "https%3A%2F%2Fwww.facebook.com%2F";
    let [first, second, third] = address.path();
    let (plugin, href) = match (first, second) {
        ("plugins", "post.php" | "video.php") => {
            let href = plain(address.parameter("href"), b"-_.%")?;
            href.strip_prefix(SITE)?;
            (second.trim_end_matches(".php"), href.to_owned())
        }
        ("watch", _) => ("video", format!("{SITE}watch%2F%3Fv%3D{}", number(address.parameter("v"))?)),
        ("reel", video) => ("video", format!("{SITE}reel%2F{}", number(video)?)),
        (user, "videos") => ("video", format!("{SITE}{}%2Fvideos%2F{}", name(user)?, id(third)?)),
        (user, "posts") => ("post", format!("{SITE}{}%2Fposts%2F{}", name(user)?, id(third)?)),
        // A short address says nothing that a player could be asked for.
        (short, "") if address.host == "fb.watch" && id(short).is_some() => {
            return found("Facebook", Noun::Video, WIDE, None);
        }
        _ => return None,
    };
    let (noun, size) = if plugin == "video" { (Noun::Video, WIDE) } else { (Noun::Post, POST) };
    found("Facebook", noun, size, Some(format!("https://www.facebook.com/plugins/{plugin}.php?href={href}")))
}

fn bluesky(address: &Address<'_>) -> Option<Player> {
    let [first, second, third, fourth] = address.path();
    let (account, post) = match (first, third) {
        ("profile", "post") => (second, fourth),
        ("embed", "app.bsky.feed.post") => (second, fourth),
        _ => return None,
    };
    let post = id(post)?;
    let account = plain(account, b".:_-")?;
    // Its player refuses handles: https://github.com/bluesky-social/social-app/issues/9073
    let url = account
        .starts_with("did:")
        .then(|| format!("https://embed.bsky.app/embed/{account}/app.bsky.feed.post/{post}"));
    found("Bluesky", Noun::Post, POST, url)
}

fn mastodon(address: &Address<'_>) -> Option<Player> {
    let [user, post] = address.path();
    let user = plain(user.strip_prefix('@')?, b"_-.@")?;
    let post = number(post).filter(|post| post.len() >= MASTODON_DIGITS)?;
    let url = format!("https://{}/@{user}/{post}/embed", address.host);
    found("Mastodon", Noun::Post, POST, Some(url))
}

fn spotify(address: &Address<'_>) -> Option<Player> {
    let path: [&str; 3] = address.path();
    let [kind, item] = match path {
        // "/intl-de/" is the reader's language, "/embed/" the player.
        [first, kind, item] if first == "embed" || first.starts_with("intl-") => [kind, item],
        [kind, item, _] => [kind, item],
    };
    let size = match kind {
        "track" | "episode" => TRACK,
        "album" | "playlist" | "artist" | "show" => LIST,
        _ => return None,
    };
    found("Spotify", Noun::Audio, size, Some(format!("https://open.spotify.com/embed/{kind}/{}", id(item)?)))
}

fn soundcloud(address: &Address<'_>) -> Option<Player> {
    let [first, second, third] = address.path();
    let url = if address.host == "w.soundcloud.com" {
        let url = plain(address.parameter("url"), b"-_.%:/")?;
        url.strip_prefix("https").filter(|_| first == "player")?;
        url.to_owned()
    } else if second == "sets" {
        format!("https%3A%2F%2Fsoundcloud.com%2F{}%2Fsets%2F{}", id(first)?, id(third)?)
    } else {
        format!("https%3A%2F%2Fsoundcloud.com%2F{}%2F{}", id(first)?, id(second)?)
    };
    found("SoundCloud", Noun::Audio, SOUND, Some(format!("https://w.soundcloud.com/player/?url={url}")))
}

fn datawrapper(address: &Address<'_>) -> Option<Player> {
    let [first, second] = address.path();
    let chart = if first == "_" { second } else { first };
    let url = format!("https://datawrapper.dwcdn.net/{}/", id(chart)?);
    found("Datawrapper", Noun::Chart, CHART, Some(url))
}

fn flourish(address: &Address<'_>) -> Option<Player> {
    let [kind, chart] = address.path();
    if !matches!(kind, "visualisation" | "story") {
        return None;
    }
    let url = format!("https://flo.uri.sh/{kind}/{}/embed", number(chart)?);
    found("Flourish", Noun::Chart, POST, Some(url))
}

fn google(address: &Address<'_>) -> Option<Player> {
    let [first, second] = address.path();
    if address.host == "google.com" && first != "maps" {
        return None;
    }
    // Only an address made for it may be framed; others need a key.
    let embed = if (first, second) == ("maps", "embed") { plain(address.parameter("pb"), b"!.%_-") } else { None };
    let url = embed.map(|place| format!("https://www.google.com/maps/embed?pb={place}"));
    found("Google Maps", Noun::Map, MAP, url)
}

fn openstreetmap(address: &Address<'_>) -> Option<Player> {
    let [first, second] = address.path();
    if !matches!(first, "" | "export" | "node" | "way" | "relation") {
        return None;
    }
    let embed = if second == "embed.html" { address.query() } else { None };
    let url = embed.map(|query| format!("https://www.openstreetmap.org/export/embed.html?{query}"));
    found("OpenStreetMap", Noun::Map, MAP, url)
}
