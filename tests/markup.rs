//! What feed HTML may be: the scan before the parser, the allow-list and addresses.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::panic, reason = "a panic is the report; clippy.toml's exception sees only #[test]")]

use std::time::{Duration, Instant};

use livefeed::markup::allow::{self, Rule, Verdict};
use livefeed::markup::scan::{MAX_BYTES, MAX_DEPTH, Scanned, scan};
use livefeed::markup::text::text;
use livefeed::markup::url::{Use, allowed, candidates};
use proptest::prelude::*;

fn html(source: &str) -> String {
    match scan(source) {
        Scanned::Html(html) => html,
        Scanned::Text(text) => panic!("shown as text: {text}"),
    }
}

fn is_text(source: &str) -> bool {
    matches!(scan(source), Scanned::Text(_))
}

mod the_scan {
    use super::*;

    #[test]
    fn hands_well_nested_html_on_as_it_is() {
        for source in [
            "",
            "just text & an &amp;",
            "<p>One<br>two <b>three <i>four</i></b></p><ul><li>a</li><li>b</li></ul>",
            "<figure><img src='a.jpg' alt=\"a > b\"><figcaption>c</figcaption></figure>",
            "<table><tr><td>1</td><td><table><tr><td>2</td></tr></table></td></tr></table>",
            "<live-score home=3>3 : 2</live-score>",
        ] {
            assert_eq!(html(source), source);
        }
    }

    #[test]
    fn makes_a_link_of_a_frame() {
        assert_eq!(
            html(r#"<p>See<iframe src="https://video.example/1?a=1&amp;b=2" title="The landing">old</iframe></p>"#),
            r#"<p>See<a type=frame href="https://video.example/1?a=1&amp;b=2">The landing</a></p>"#
        );
        assert_eq!(
            html("<IFRAME width=1 SRC=//v.example/1></IFRAME>"),
            r#"<a type=frame href="//v.example/1">//v.example/1</a>"#
        );
        assert_eq!(
            html(r#"<iframe src='x" onclick="y' title='<b>'></iframe>"#),
            r#"<a type=frame href="x&quot; onclick=&quot;y">&lt;b></a>"#
        );
        assert_eq!(html("<a href=1>a<iframe src=2></iframe>b</a>"), r#"<a href=1>a</a><a type=frame href="2">2</a>b"#);
        assert_eq!(html("a<iframe></iframe>b"), "ab");
    }

    #[test]
    fn leaves_out_what_parsers_read_by_rules_of_their_own() {
        assert_eq!(html("a<script>if (1 < 2) '<p>'</script>b<style>p{}</style >c"), "abc");
        assert_eq!(html("a<svg><title>t</title><svg><path/></svg></svg>b<math><mi>x</mi></math>c"), "abc");
        assert_eq!(html("a<form><p>b</p></form><textarea><p></textarea><select><option>1</select>c"), "a<p>b</p>c");
        assert_eq!(html("a<!-- <script> -->b<!-->c<!--->d<!-- --!>e<?php ?>f<!doctype html>g</>h"), "abcdefgh");
        assert_eq!(html("a<noscript><img src=1></noscript>b"), "a<img src=1>b");
        assert_eq!(html("a<script>never closed <p>b"), "a");
        assert_eq!(html("a<svg>never closed <p>b</p>"), "anever closed <p>b</p>");
    }

    #[test]
    fn lets_nothing_grow_together_over_a_cut() {
        assert_eq!(html("<<script></script>script>1"), "&lt;script>1");
        assert_eq!(html("<<!-- -->img src=x>"), "&lt;img src=x>");
        assert_eq!(html("1 < 2"), "1 &lt; 2");
        assert_eq!(html("a<b"), "a");
    }

    #[test]
    fn closes_what_is_closed_by_something_else() {
        assert_eq!(html("<ul><li>a<li>b</ul>"), "<ul><li>a</li><li>b</li></ul>");
        assert_eq!(html("<p>a<p>b<div>c</div>"), "<p>a</p><p>b</p><div>c</div>");
        assert_eq!(html("<p>a <b>b</p><p>c</b></p>"), "<p>a <b>b</b></p><p>c</p>");
        assert_eq!(html("<b><i>a</b>b</i>"), "<b><i>a</i></b>b");
        assert_eq!(
            html("<table><tr><td>1<td>2<tr><th>3</table>"),
            "<table><tr><td>1</td><td>2</td></tr><tr><th>3</th></tr></table>"
        );
        assert_eq!(html("<dl><dt>a<dd>b<dt>c</dl>"), "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
        assert_eq!(html("<table><td>a</div></b></table>b</td>"), "<table><td>a</td></table>b");
        assert_eq!(
            html("<table> <a href=1>a<tr>b <td>c</td>d<col>e</table>"),
            "<table> <td><a href=1>a</a></td><tr><td>b </td><td>c</td><td>d</td></tr><col><td>e</td></table>"
        );
        assert_eq!(html("<a href=1>a<a href=2>b"), "<a href=1>a</a><a href=2>b");
    }

    #[test]
    fn knows_deep_from_long() {
        let nested = |depth: usize| format!("{}x{}", "<div>".repeat(depth), "</div>".repeat(depth));
        assert!(!is_text(&nested(MAX_DEPTH)));
        assert!(is_text(&nested(MAX_DEPTH + 1)));
        for flat in ["<li>", "<br>", "<p>", "<img src=a>", "<a href=b>", "<dt>", "<option>", "<p><b>a</p>"] {
            assert!(!is_text(&flat.repeat(1_000)), "{flat}");
            assert!(!is_text(&format!("<table><tr><td>{}", flat.repeat(1_000))), "{flat}");
        }
        assert!(!is_text(&format!("<table>{}", "<tr><td>a<td>b".repeat(1_000))));
        assert!(!is_text(&format!("<!--{}-->", "<div>".repeat(1_000))));
        assert!(!is_text(&format!("<p title=\"{}\">", "<div>".repeat(1_000))));
        assert!(is_text(&"<div><table><td></div>".repeat(100)));
        assert!(is_text(&"<ul><li>".repeat(100)));
        assert!(is_text(&"<x-a>".repeat(100)));
    }

    #[test]
    fn shows_the_text_of_what_is_too_long_or_too_deep() {
        let long = format!("<p>One &amp; two</p>{}", "x".repeat(MAX_BYTES));
        assert_eq!(scan(&long), Scanned::Text(format!("One & two\n\n{}", "x".repeat(MAX_BYTES))));
        assert_eq!(scan(&"<div>".repeat(100)), Scanned::Text(String::new()));
    }

    #[test]
    fn takes_time_in_proportion_to_the_length() {
        // Against well-kept HTML of the same length, in the same run: what is not linear takes thousands of times longer.
        const SLOWER: u32 = 40;
        let took = |piece: &str| {
            let source = piece.repeat(MAX_BYTES / piece.len());
            let start = Instant::now();
            let _ = (scan(&source), text(&source));
            start.elapsed()
        };
        let plain = took("<p>Some <b>text</b>.</p>").max(Duration::from_millis(1));
        for piece in [
            "<div>",
            "<",
            "</",
            "<!--",
            "<!-- -",
            "<svg>",
            "<svg></svg",
            "<iframe src=1>",
            "<p a=\"",
            "<p a=",
            "<p a ",
            "</p>",
            "<b>",
            "&",
            "&#",
            "<a><b><p></a>",
            "<![CDATA[",
            "<select><",
            "<p><b>",
            "<table><td>",
        ] {
            // The best of three: another program may have had the core meanwhile.
            let best = (0..3).map(|_| took(piece)).min().unwrap_or_default();
            assert!(best < plain * SLOWER, "{piece} took {best:?}, plain HTML {plain:?}");
        }
    }
}

mod its_text {
    use super::*;

    #[test]
    fn keeps_blocks_and_lines_apart() {
        assert_eq!(
            text("<h2>Title</h2>\n<p>One\n two<br>three</p><ul><li>a<li>b</ul><table><tr><td>1<td>2<tr><td>3</table>"),
            "Title\n\nOne two\nthree\n\na\nb\n\n1 2\n3"
        );
        assert_eq!(text("a <b>b</b>c<script>d</script>"), "a bc");
    }

    #[test]
    fn decodes_what_text_needs() {
        assert_eq!(
            text("R&amp;D &lt;b&gt; &quot;x&quot; &#39;y&#x27; &nbsp;&unknown; & &#0; &#xd800; &#x110000;"),
            "R&D <b> \"x\" 'y' \u{a0}&unknown; & &#0; &#xd800; &#x110000;"
        );
    }
}

mod the_allow_list {
    use super::*;

    #[test]
    fn sorts_elements_into_three() {
        for name in ["p", "a", "img", "table", "blockquote", "time", "details", "ruby", "figure", "picture", "source"] {
            assert_eq!(allow::element(name), Verdict::Keep(name));
        }
        for name in ["form", "font", "live-score", "video", "audio", "noscript"] {
            assert_eq!(allow::element(name), Verdict::Unwrap, "{name}");
        }
        for name in ["script", "style", "iframe", "svg", "math", "input", "template", "link", "track", "title"] {
            assert_eq!(allow::element(name), Verdict::Drop, "{name}");
        }
    }

    #[test]
    fn makes_plain_blocks_of_the_parts_of_a_page() {
        for name in ["article", "section", "nav", "main", "center", "header"] {
            assert_eq!(allow::element(name), Verdict::Keep("div"));
        }
    }

    #[test]
    fn puts_headings_below_the_one_of_the_entry() {
        let headings = ["h1", "h2", "h3", "h4", "h5", "h6"].map(allow::element);
        assert_eq!(headings, ["h4", "h4", "h4", "h5", "h6", "h6"].map(Verdict::Keep));
    }

    #[test]
    fn knows_no_attribute_that_acts_or_names() {
        for element in ["a", "img", "p", "td", "ol", "time"] {
            for name in ["style", "class", "id", "name", "onclick", "target", "data-x", "slot", "part", "is", "role"] {
                assert_eq!(allow::attribute(element, name), None, "{element} {name}");
            }
        }
        assert_eq!(allow::attribute("a", "href"), Some(Rule::Address(Use::Link)));
        assert_eq!(allow::attribute("p", "href"), None);
        assert_eq!(allow::attribute("p", "lang"), Some(Rule::Text));
    }
}

mod addresses {
    use super::*;

    #[test]
    fn are_of_the_web_or_for_links_mail_and_telephone() {
        for url in ["https://a.example/", "http://a.example/"] {
            assert!(allowed(url, Use::Link) && allowed(url, Use::Image) && allowed(url, Use::Media));
        }
        for url in ["mailto:a@b.example", "tel:+123"] {
            assert!(allowed(url, Use::Link) && !allowed(url, Use::Image));
        }
        for url in ["javascript:alert(1)", "data:text/html,x", "blob:https://a/", "file:///etc", "ftp://a/", "", "a"] {
            assert!(!allowed(url, Use::Link) && !allowed(url, Use::Image), "{url}");
        }
    }

    fn all(srcset: &str) -> Option<Vec<(&str, &str)>> {
        let mut found = Vec::new();
        candidates(srcset, &mut |address, descriptor| {
            found.push((address, descriptor));
            Some(())
        })?;
        Some(found)
    }

    #[test]
    fn of_several_images_stand_with_their_descriptors() {
        assert_eq!(
            all("a.jpg, b.jpg 2x,c,d.jpg 640w"),
            Some(vec![("a.jpg", ""), ("b.jpg", "2x"), ("c,d.jpg", "640w")])
        );
        assert_eq!(all(" a.jpg 1.5x , "), Some(vec![("a.jpg", "1.5x")]));
        assert_eq!(all("a.jpg huge"), None);
        assert_eq!(all("a.jpg é"), None);
        assert_eq!(all(" , "), None);
    }

    #[test]
    fn of_several_images_one_that_is_not_taken_makes_the_whole_worthless() {
        let mut told = 0;
        let taken = candidates("a.jpg, b.jpg, c.jpg", &mut |address, _| {
            told += 1;
            (address != "b.jpg").then_some(())
        });
        assert_eq!((taken, told), (None, 2));
    }
}

/// HTML of all that a scan has to tell apart, in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<",
        ">",
        "/",
        "\"",
        "'",
        "=",
        "&",
        "&lt;",
        " ",
        "é",
        "<!--",
        "-->",
        "--!>",
        "<p>",
        "</p>",
        "<li>",
        "<b x=1>",
        "</b>",
        "<table>",
        "<td>",
        "</table>",
        "<a href='",
        "<iframe src=",
        "</iframe>",
        "<svg>",
        "</svg>",
        "<script>",
        "</script",
        "<div",
        "</",
        "<!",
        "<?",
        "title",
        "<br/>",
        "<x-y>",
        "\0",
        "<select>",
        "<ul>",
        "</ul>",
        "<td a>",
        "text",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat())
}

/// HTML that is nested as it is written.
fn well_nested() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec!["text", "é &amp; ü", "<br>", "<img src='a' alt=\"<b>\">", ""]);
    leaf.prop_map(str::to_owned).prop_recursive(8, 64, 4, |inner| {
        let name = prop::sample::select(vec!["div", "b", "section", "x-y", "blockquote", "em", "span"]);
        (name, prop::collection::vec(inner, 0..4))
            .prop_map(|(name, inner)| format!("<{name} title='a > b'>{}</{name}>", inner.concat()))
    })
}

proptest! {
    #[test]
    fn a_scan_never_panics_and_its_result_needs_no_second_one(source in soup()) {
        if let Scanned::Html(once) = scan(&source) {
            prop_assert_eq!(scan(&once), Scanned::Html(once));
        }
        let _ = text(&source);
    }

    #[test]
    fn a_scan_takes_any_text(source in ".*") {
        let _ = (scan(&source), text(&source), candidates(&source, &mut |_, _| Some(())));
    }

    #[test]
    fn well_nested_html_stays_as_it_is(source in well_nested()) {
        prop_assert_eq!(scan(&source), Scanned::Html(source));
    }
}
