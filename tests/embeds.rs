//! Cards of other services' things in a browser, and the frames that take their place.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a panic is the report; clippy.toml's exception sees only #[test]")]

use js_sys::Promise;
use livefeed::content::embed::{address, card, provider};
use livefeed::content::links::Addresses;
use livefeed::feed::Embed;
use livefeed::nodes::Nodes;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
export const page = () => document;
export const players = (services, players) => {
  const source = services + players.replace(/^import .*$/m, "");
  return import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
};
export const dress = (players, row) => players.dress(row, () => undefined);
export const play = (players, card, url, title) => players.play(card, url, title);
export const place = (card) => {
  const row = document.createElement("li");
  row.innerHTML = '<header class="heading"><span class="visually-hidden">Media</span></header>';
  row.append(card);
  document.body.append(row);
  return row;
};
export const focused = () => document.activeElement.className;
"#)]
extern "C" {
    fn page() -> Document;
    fn players(services: &str, players: &str) -> Promise;
    fn dress(players: &JsValue, row: &Element) -> Promise;
    fn play(players: &JsValue, card: &Element, url: &str, title: &str);
    fn place(card: &Element) -> Element;
    fn focused() -> String;
}

const BASE: &str = "https://news.example/live/feed.json";

async fn loaded() -> JsValue {
    let source = players(include_str!("../www/services.js"), include_str!("../www/players.js"));
    JsFuture::from(source).await.unwrap()
}

async fn dressed(players: &JsValue, row: &Element) {
    JsFuture::from(dress(players, row)).await.unwrap();
}

fn embed(url: &str) -> Embed {
    Embed { url: url.to_owned(), ..Embed::default() }
}

fn made(embed: &Embed) -> Element {
    let url = address(embed, BASE).unwrap();
    card(&Nodes::new(page()), embed, &url, &provider(embed, &url), Addresses { base: BASE, image_proxy: None }, "Open")
}

#[wasm_bindgen_test]
async fn a_known_provider_has_a_card_with_a_button() {
    let embed = Embed {
        title: Some("A <b>landing</b>".to_owned()),
        image: Some("/landing.jpg".to_owned()),
        ..embed("https://youtu.be/abc")
    };
    let card = made(&embed);
    let row = place(&card);
    let players = loaded().await;
    // An edit of the entry has it dressed again.
    dressed(&players, &row).await;
    dressed(&players, &row).await;
    assert_eq!(
        card.outer_html(),
        "<div class=\"embed\" part=\"embed\">\
         <img class=\"embed-image\" part=\"embed-image\" loading=\"lazy\" decoding=\"async\" referrerpolicy=\"no-referrer\" \
         alt=\"\" src=\"https://news.example/landing.jpg\">\
         <p class=\"embed-provider\" part=\"embed-provider\">YouTube</p>\
         <p class=\"embed-title\" part=\"embed-title\">A &lt;b&gt;landing&lt;/b&gt;</p>\
         <div class=\"embed-actions\">\
         <button class=\"embed-button\" part=\"embed-button\" type=\"button\">Show the video from YouTube\
         </button>\
         <a class=\"embed-link\" part=\"embed-link\" href=\"https://youtu.be/abc\" rel=\"noopener\">Open on YouTube</a>\
         </div></div>"
    );
    assert_eq!(row.first_element_child().unwrap().text_content().unwrap(), "Video: A <b>landing</b>");
    row.remove();
}

#[wasm_bindgen_test]
async fn an_unknown_provider_has_a_card_with_a_link_alone() {
    let card = made(&embed("/graphics/1"));
    let row = place(&card);
    dressed(&loaded().await, &row).await;
    assert_eq!(
        card.outer_html(),
        "<div class=\"embed\" part=\"embed\"><p class=\"embed-provider\" part=\"embed-provider\">news.example</p>\
         <div class=\"embed-actions\">\
         <a class=\"embed-link\" part=\"embed-link\" href=\"https://news.example/graphics/1\" rel=\"noopener\">Open</a>\
         </div></div>"
    );
    assert_eq!(row.first_element_child().unwrap().text_content().unwrap(), "Media");
    assert_eq!(address(&embed("javascript:alert(1)"), BASE), None);
    row.remove();
}

#[wasm_bindgen_test]
async fn a_player_is_a_sandboxed_frame_of_known_size() {
    let card = made(&embed("https://youtu.be/abc"));
    let row = place(&card);
    play(&loaded().await, &card, "https://youtu.be/abc", "A landing");
    assert_eq!(
        card.outer_html(),
        "<div class=\"embed is-playing\" part=\"embed\">\
         <iframe class=\"embed-player\" part=\"embed-player\" title=\"A landing\" \
         sandbox=\"allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation\" \
         allow=\"autoplay; fullscreen; picture-in-picture; encrypted-media\" \
         referrerpolicy=\"strict-origin-when-cross-origin\" \
         src=\"https://www.youtube-nocookie.com/embed/abc?autoplay=1\" style=\"aspect-ratio: 16 / 9;\"></iframe></div>"
    );
    assert_eq!(focused(), "embed-player");
    row.remove();
}

#[wasm_bindgen_test]
async fn nothing_of_the_pages_own_origin_is_framed() {
    let own = format!("{}/@user/112233445566778899", page().location().unwrap().origin().unwrap());
    let card = made(&embed(&own));
    let row = place(&card);
    let players = loaded().await;
    dressed(&players, &row).await;
    play(&players, &card, &own, "");
    assert!(row.query_selector("button, iframe").unwrap().is_none());
    row.remove();
}
