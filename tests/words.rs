//! The words of a language, and how values come into them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, reason = "in a test a panic is the report")]

use livefeed::words::{Plural, Words, fill};

fn read(json: &str) -> Words {
    serde_json::from_str(json).unwrap_or_default()
}

fn plural(forms: &[(&str, &str)]) -> Plural {
    Plural(forms.iter().map(|(category, form)| ((*category).to_owned(), (*form).to_owned())).collect())
}

#[test]
fn a_value_comes_in_the_place_of_its_name_wherever_that_stands() {
    assert_eq!(fill("{n} of {n}, {m}", "n", "3"), "3 of 3, {m}");
    assert_eq!(fill("Updated", "time", "now"), "Updated");
    assert_eq!(fill("Open on {provider}", "provider", "{provider}"), "Open on {provider}");
}

#[test]
fn a_number_has_the_form_of_its_category() {
    let words = Words::default();
    assert_eq!(words.new_updates.text("one", "1"), "1 new update");
    assert_eq!(words.new_updates.text("other", "1,200"), "1,200 new updates");
}

#[test]
fn a_category_without_a_form_has_that_of_other() {
    let plural = plural(&[("other", "{n} updates"), ("one", "{n} update")]);
    assert_eq!(plural.text("few", "3"), "3 updates");
}

#[test]
fn without_a_form_of_other_the_last_one_serves() {
    assert_eq!(plural(&[("one", "{n} update"), ("many", "{n} updates")]).text("few", "3"), "3 updates");
}

#[test]
fn without_any_form_the_number_stands_alone() {
    assert_eq!(Plural::default().text("one", "1"), "1");
}

#[test]
fn what_a_language_lacks_stays_english() {
    let words = read(r#"{"new_first": "Neueste zuerst", "pause": 3, "unknown": "x"}"#);
    assert_eq!(words, Words { new_first: "Neueste zuerst".to_owned(), ..Words::default() });
}

#[test]
fn a_language_has_its_own_plural_forms() {
    let words =
        read(r#"{"new_updates": {"one": "{n} novinka", "few": "{n} novinky", "other": "{n} novinek", "many": 2}}"#);
    assert_eq!(words.new_updates, plural(&[("one", "{n} novinka"), ("few", "{n} novinky"), ("other", "{n} novinek")]));
}

#[test]
fn plural_forms_that_say_nothing_stay_english() {
    assert_eq!(read(r#"{"new_updates": {}}"#), Words::default());
    assert_eq!(read(r#"{"new_updates": {"one": 1}}"#), Words::default());
    assert_eq!(read(r#"{"new_updates": "updates"}"#), Words::default());
}

#[test]
fn what_is_no_object_is_english() {
    assert_eq!(read("[]"), Words::default());
    assert_eq!(read("null"), Words::default());
}

#[test]
fn every_word_can_be_read_and_has_an_english_text() {
    for name in Words::NAMES {
        let words = if *name == "new_updates" {
            read(r#"{"new_updates": {"other": "changed"}}"#)
        } else {
            read(&format!(r#"{{"{name}": "changed"}}"#))
        };
        assert_ne!(words, Words::default(), "{name} can't be read");
    }
    assert!(!format!("{:?}", Words::default()).contains("\"\""), "a word is empty");
}
