//! Feed HTML in a browser: the same result from the browser's own sanitizer and from DOMPurify. Needs `npm install`.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a panic is the report; clippy.toml's exception sees only #[test]"
)]

use js_sys::{Array, Function, Promise, Reflect};
use livefeed::content::Sanitizer;
use livefeed::content::links::Addresses;
use livefeed::content::sanitize::has_sanitizer;
use livefeed::markup::scan::{MAX_DEPTH, Scanned, scan};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, DocumentFragment};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen(inline_js = r#"
const address = (source) => URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
export const purifyOf = (purifier) => purifier().then((module) => module.purify);
export const purifier = (source, dompurify) => () =>
  import(address(source.replace('"dompurify"', JSON.stringify(address(dompurify)))));
export const withoutSetHTML = (load) => {
  const own = Object.getOwnPropertyDescriptor(Element.prototype, "setHTML");
  delete Element.prototype.setHTML;
  return load().finally(() => own && Object.defineProperty(Element.prototype, "setHTML", own));
};
export const page = () => document;
export const html = (nodes) => {
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.append(nodes);
  return holder.innerHTML;
};
export const requested = (control) => new Promise((resolve) => {
  const names = [];
  new PerformanceObserver((list, observer) => {
    names.push(...list.getEntries().map((entry) => entry.name));
    if (names.some((name) => name.endsWith(control))) {
      observer.disconnect();
      resolve(names);
    }
  }).observe({ type: "resource", buffered: true });
  new Image().src = control;
});
export const now = () => performance.now();
export const measure = (source) => {
  const holder = document.implementation.createHTMLDocument("").createElement("div");
  holder.innerHTML = source;
  const quirks = new DOMParser().parseFromString(source, "text/html").body;
  return [holder, quirks].map((root) => {
    let deepest = 0;
    let count = 0;
    const visit = (element, depth) => {
      count += 1;
      deepest = Math.max(deepest, depth);
      for (const child of element.children) visit(child, depth + 1);
    };
    visit(root, 0);
    return [deepest, count];
  });
};
"#)]
extern "C" {
    fn purifier(source: &str, dompurify: &str) -> Function;
    #[wasm_bindgen(js_name = purifyOf, catch)]
    fn purify_of(purifier: &Function) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = withoutSetHTML)]
    fn without_set_html(load: &Function) -> Promise;
    fn page() -> Document;
    fn html(nodes: &DocumentFragment) -> String;
    fn requested(control: &str) -> Promise;
    fn now() -> f64;
    fn measure(source: &str) -> Array;
}

/// The browser's own sanitizer, or the purifier; none where that can't be loaded.
async fn load(purifier: &Function) -> Sanitizer {
    if has_sanitizer() {
        return Sanitizer::new(None);
    }
    let purify = match purify_of(purifier) {
        Ok(promise) => wasm_bindgen_futures::JsFuture::from(promise).await.ok(),
        Err(_) => None,
    };
    Sanitizer::new(purify.map(JsCast::unchecked_into))
}

const BASE: Addresses<'_> = Addresses { base: "https://news.example/live/feed.json", image_proxy: None };

fn dompurify() -> Function {
    purifier(include_str!("../www/purifier.js"), include_str!("../node_modules/dompurify/dist/purify.es.mjs"))
}

fn never() -> Function {
    Function::new_no_args("throw new Error('not to be loaded')")
}

/// Both sanitizers; the first is the second's equal where the browser has no `setHTML`.
async fn both() -> [Sanitizer; 2] {
    let usual = load(&dompurify()).await;
    [usual, fallback(dompurify()).await]
}

/// What is loaded where there is no `setHTML`.
async fn fallback(purifier: Function) -> Sanitizer {
    let loaded = std::rc::Rc::new(std::cell::RefCell::new(None));
    let slot = loaded.clone();
    let task = wasm_bindgen::closure::Closure::once(move || {
        wasm_bindgen_futures::future_to_promise(async move {
            *slot.borrow_mut() = Some(load(&purifier).await);
            Ok(JsValue::UNDEFINED)
        })
    });
    wasm_bindgen_futures::JsFuture::from(without_set_html(task.as_ref().unchecked_ref())).await.unwrap();
    loaded.take().unwrap()
}

fn shown(sanitizer: &Sanitizer, source: &str) -> String {
    html(&sanitizer.nodes(&page(), source, BASE).unwrap())
}

async fn assert_shown(corpus: &[(&str, &str)]) {
    for (sanitizer, name) in both().await.iter().zip(["the usual sanitizer", "the purifier"]) {
        for (source, expected) in corpus {
            assert_eq!(shown(sanitizer, source), *expected, "{source} by {name}");
        }
    }
}

#[wasm_bindgen_test]
async fn what_a_newsroom_writes_stays() {
    assert_shown(&[
        ("<p>One <b>two</b><br>three &amp; four</p>", "<p>One <b>two</b><br>three &amp; four</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        (
            "<table><caption>c</caption><tr><th scope=col>a<td colspan=2>b</table>",
            "<table><caption>c</caption><tbody><tr><th scope=\"col\">a</th><td colspan=\"2\">b</td></tr></tbody></table>",
        ),
        ("<blockquote cite=/q>a</blockquote>", "<blockquote cite=\"https://news.example/q\">a</blockquote>"),
        ("<ol start=3 reversed><li value=7>a</ol>", "<ol start=\"3\" reversed=\"\"><li value=\"7\">a</li></ol>"),
        ("<time datetime=2026-07-20>today</time>", "<time datetime=\"2026-07-20\">today</time>"),
        ("<p lang=ar dir=rtl title=t>a</p>", "<p dir=\"rtl\" lang=\"ar\" title=\"t\">a</p>"),
        ("<h2>a</h2><h4>b</h4>", "<h4>a</h4><h5>b</h5>"),
        ("<details open><summary>a</summary>b</details>", "<details open=\"\"><summary>a</summary>b</details>"),
        ("<ruby>a<rp>(<rt>b<rp>)</ruby>", "<ruby>a<rp>(</rp><rt>b</rt><rp>)</rp></ruby>"),
    ])
    .await;
}

#[wasm_bindgen_test]
async fn links_and_images_get_absolute_addresses() {
    assert_shown(&[
        ("<a href=../a?b#c target=_blank>x</a>", "<a href=\"https://news.example/a?b#c\" rel=\"noopener\">x</a>"),
        ("<a href=mailto:a@b.example>x</a>", "<a href=\"mailto:a@b.example\" rel=\"noopener\">x</a>"),
        (
            "<img src=a.jpg srcset='a.jpg, /b.jpg 2x' width=640px height=99999999 onerror=alert(1) alt=A>",
            "<img loading=\"lazy\" decoding=\"async\" referrerpolicy=\"no-referrer\" alt=\"A\" width=\"640\" \
             srcset=\"https://news.example/live/a.jpg, https://news.example/b.jpg 2x\" \
             src=\"https://news.example/live/a.jpg\">",
        ),
        (
            "<iframe src='//video.example/1' title='The landing'></iframe>",
            "<a href=\"https://video.example/1\" type=\"frame\" rel=\"noopener\">The landing</a>",
        ),
    ])
    .await;
}

#[wasm_bindgen_test]
async fn other_addresses_are_dropped() {
    assert_shown(&[
        ("<a href=javascript:alert(1)>x</a>", "x"),
        ("<a href='java\nscript:alert(1)'>x</a>", "x"),
        ("<a href=data:text/html,x>x</a>", "x"),
        ("<a href=blob:https://a/b>x</a>", "x"),
        ("<a href='https://'>x</a>", "x"),
        ("<img src=data:image/png,x>y", "y"),
        ("<img alt=a>y", "y"),
        ("<iframe src=javascript:alert(1)></iframe>", "javascript:alert(1)"),
    ])
    .await;
}

#[wasm_bindgen_test]
async fn nothing_that_acts_or_names_comes_through() {
    assert_shown(&[
        ("a<script>alert(1)</script>b", "ab"),
        ("<p onclick=alert(1) style=color:red class=c id=i name=n data-x=1 slot=s part=p role=alert>a</p>", "<p>a</p>"),
        ("<style>*{display:none}</style>a", "a"),
        ("<svg onload=alert(1)><a href=javascript:1><text>t</text></a></svg>a", "a"),
        (
            "a<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
            "a<table><tbody><tr><td></td></tr></tbody></table>",
        ),
        ("<form action=/x><p>a</p><input name=b><button>c</button></form>", "<p>a</p>"),
        ("<object data=x>a</object><embed src=x>b", "b"),
        ("<base href=//evil.example><link rel=stylesheet href=x><meta http-equiv=refresh content=0>a", "a"),
        ("<template><img src=x onerror=alert(1)></template>a", "a"),
        ("<noscript><img src=data:, onerror=alert(1)><p>a</p></noscript>b", "<p>a</p>b"),
        ("<<script></script>script>alert(1)", "&lt;script&gt;alert(1)"),
        ("<!-- a -->b", "b"),
    ])
    .await;
}

#[wasm_bindgen_test]
async fn unknown_elements_leave_their_text() {
    assert_shown(&[
        ("<live-score home=3>3 : <b>2</b></live-score>", "3 : <b>2</b>"),
        ("<font color=red>a</font><desc>b</desc><video src=x>c<source src=y></video>", "abc"),
        ("<article><header>a</header>b</article>", "<div><div>a</div>b</div>"),
    ])
    .await;
}

#[wasm_bindgen_test]
async fn a_deep_entry_is_text_at_once() {
    const SHOWN: &str = "<p>One</p><p>two &amp; three</p>";
    // Both are text, one for its depth and one for its length: no parser sees either, and a deep one would take it long.
    let [deep, long] = [("<div>", 50_000), ("<div></div>", 25_000)]
        .map(|(tags, times)| format!("<p>One</p>{}<p>two &amp; three", tags.repeat(times)));
    for sanitizer in both().await {
        // The quickest of three: a busy machine slows some of them down.
        let cost = |source: &str| {
            let once = || {
                let start = now();
                assert_eq!(shown(&sanitizer, source), SHOWN);
                now() - start
            };
            once().min(once()).min(once())
        };
        let [deep, long] = [cost(&deep), cost(&long)];
        assert!(deep < 10.0 * long, "took {deep} ms, and a long one {long} ms");
    }
}

#[wasm_bindgen_test]
async fn no_image_is_requested_before_it_is_in_the_page() {
    for (index, sanitizer) in both().await.iter().enumerate() {
        let _kept = sanitizer.nodes(
            &page(),
            "<img src=/inert.png><p><img src=/inert.png srcset=/inert.png>",
            Addresses { base: "http://127.0.0.1/", image_proxy: None },
        );
        let control = format!("/control-{index}");
        let names = wasm_bindgen_futures::JsFuture::from(requested(&control)).await.unwrap();
        let names: Vec<String> = Array::from(&names).iter().filter_map(|name| name.as_string()).collect();
        assert!(names.iter().any(|name| name.ends_with(&control)), "{names:?}");
        assert!(!names.iter().any(|name| name.contains("inert.png")), "{names:?}");
    }
}

#[wasm_bindgen_test]
async fn without_any_sanitizer_an_entry_is_text() {
    let refused = fallback(Function::new_no_args("return Promise.reject(new Error('blocked'))")).await;
    let thrown = fallback(never()).await;
    for sanitizer in [refused, thrown] {
        assert_eq!(shown(&sanitizer, "<p>One <b>two</b><p>three<br>four"), "<p>One two</p><p>three<br>four</p>");
    }
}

#[wasm_bindgen_test]
async fn the_purifier_is_loaded_only_where_it_is_needed() {
    if Reflect::has(&page().create_element("p").unwrap(), &"setHTML".into()).unwrap() {
        let sanitizer = load(&never()).await;
        assert_eq!(shown(&sanitizer, "<b>a</b>"), "<b>a</b>");
    }
}

#[wasm_bindgen_test]
fn text_becomes_paragraphs() {
    let text = Sanitizer::text(&page(), "One <b>\ntwo\n\n \nthree https://a.example\r\n");
    assert_eq!(html(&text), "<p>One &lt;b&gt;<br>two</p><p>three https://a.example</p>");
    assert_eq!(html(&Sanitizer::text(&page(), "")), "");
}

fn assert_flat(scanned: &str, origin: &str) {
    let tags = scanned.matches('<').count();
    for found in measure(scanned).iter() {
        let found = Array::from(&found);
        let [depth, count] = [0, 1].map(|index| found.get(index).as_f64().unwrap() as usize);
        assert!(depth <= 3 * MAX_DEPTH, "{depth} deep: {origin}");
        assert!(count <= 3 * tags + 10, "{count} elements of {tags} tags: {origin}");
    }
}

/// Parsers repair; what the scan hands to them must leave them nothing to nest deeper or to multiply.
#[wasm_bindgen_test]
fn no_parser_nests_deeper_than_the_scan_has_counted() {
    const PIECES: &[&str] = &[
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<li>",
        "<ul>",
        "</ul>",
        "<b>",
        "<b x>",
        "</b>",
        "<i>",
        "</i>",
        "<a>",
        "</a>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "<caption>",
        "<tbody>",
        "<col>",
        "<h1>",
        "<h2>",
        "</h1>",
        "<svg>",
        "</svg>",
        "<math>",
        "<style>",
        "</style>",
        "<select>",
        "</select>",
        "<option>",
        "<button>",
        "</button>",
        "<form>",
        "</form>",
        "<template>",
        "</template>",
        "<x-y>",
        "</x-y>",
        "<nobr>",
        "<font>",
        "</font>",
        "<!--",
        "-->",
        "<",
        "x",
        "<dd>",
        "<dt>",
        "<ruby>",
        "<rt>",
        "</ruby>",
        "<frameset>",
        "<body>",
        "<head>",
        "<title>",
        "<marquee>",
        "</marquee>",
        "<object>",
        "<p a='",
        "'",
        "<br/>",
        "</br>",
        "<pre>",
        "<iframe src=1>",
        "</iframe>",
        "<span>",
        "</span>",
    ];
    // A fixed seed: the same soups every time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % bound
    };
    // What nests or multiplies in a parser although its tags look closed.
    for known in [
        "<svg><style><div></svg></style>",
        "<div><svg><p><style></svg></div></style>",
        "<svg><title><div></title></svg>",
        "<math><mtext><style><div></math></style>",
        "<form><div></form>",
        "<div><select></div></select>",
        "<template><div></template>",
        "<div><table><td></div>",
        "<table><table></table><div></table>",
        "<p><b x></p>",
        "<p><b x></p><p><b y></p><p>",
        "<b><div></b>",
        "<tr><div></tr>",
        "<div><!--></div>-->",
        "<div><button></div>",
    ] {
        let source = known.repeat(300);
        if let Scanned::Html(scanned) = scan(&source) {
            assert_flat(&scanned, known);
        }
    }
    let mut parsed = 0;
    for round in 0..600 {
        // Few kinds of pieces in one soup, so that their effects add up.
        let kinds: Vec<&str> = (0..=random(7) + 1).map(|_| PIECES[random(PIECES.len())]).collect();
        let source: String =
            (0..if round % 10 == 0 { 4_000 } else { 300 }).map(|_| kinds[random(kinds.len())]).collect();
        if let Scanned::Html(scanned) = scan(&source) {
            parsed += 1;
            assert_flat(&scanned, &format!("{kinds:?}"));
        }
    }
    assert!(parsed > 200, "only {parsed} soups were parsed");
}
