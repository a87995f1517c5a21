//! What tells which of two documents is the newer one: its number, else its time, else the header, else the arrival.

use chrono::{DateTime, Utc};
use livefeed::feed::{Document, Feed};
use livefeed::session::{Effect, Message, Session};
use livefeed::timeline::Changes;

use crate::support::times::ZERO;
use crate::support::{at, document, ids, list};
use crate::{after, running};

/// A document with any of the three.
fn dated(version: Option<u64>, updated: Option<&str>, modified: Option<&str>, entries: &str) -> Message {
    let feed = Feed { version, updated: updated.map(at), ..Feed::default() };
    Message::Document(Document { feed, ..document(list(entries)) }, modified.map(at))
}

fn shown_after(messages: [Message; 2]) -> String {
    let mut session = Session::new(after(ZERO));
    for message in messages {
        session.update(message, after(ZERO));
    }
    ids(session.timeline().order()).join(" ")
}

#[test]
fn a_number_is_stronger_than_any_time() {
    let newer = dated(Some(2), Some("11:00"), Some("11:00"), "A 10:00");
    let older = dated(Some(1), Some("12:00"), Some("12:00"), "B 10:01, A 10:00");
    assert_eq!(shown_after([newer, older]), "A");
}

#[test]
fn the_time_in_the_document_is_stronger_than_that_of_the_file() {
    let newer = dated(None, Some("12:00"), Some("11:00"), "A 10:00");
    let older = dated(None, Some("11:00"), Some("12:00"), "B 10:01, A 10:00");
    assert_eq!(shown_after([newer, older]), "A");
}

#[test]
fn where_nothing_tells_the_later_one_is_the_newer_one() {
    let first = dated(None, None, None, "A 10:00");
    let second = dated(None, None, None, "B 10:01, A 10:00");
    assert_eq!(shown_after([first, second]), "B A");
}

#[test]
fn an_older_copy_leaves_the_header_alone_and_a_newer_one_does_not() {
    let titled = |title: &str, modified: DateTime<Utc>| {
        let feed = Feed { title: Some(title.to_owned()), ..Feed::default() };
        Message::Document(Document { feed, ..document(list("A 11:59")) }, Some(modified))
    };
    let mut session = running();
    for (title, clock, shown) in [("One", "11:59", "One"), ("None", "11:58", "One"), ("Two", "12:00", "Two")] {
        session.update(titled(title, at(clock)), after(ZERO));
        assert_eq!(session.feed().title.as_deref(), Some(shown));
    }
}

/// A session that has answers of these entries, with nothing to tell which is newer, and what the last one changed.
fn after_answers(answers: &[&str]) -> (Session, Vec<Effect>) {
    let mut session = Session::new(after(ZERO));
    let mut effects = Vec::new();
    for entries in answers {
        effects = session.update(dated(None, None, None, entries), after(ZERO));
    }
    (session, effects)
}

fn removed(id: &str) -> Effect {
    Effect::List(Changes { removed: vec![id.into()], ..Changes::default() })
}

#[test]
fn an_unchanged_answer_is_the_second_that_lacks_an_entry() {
    let (mut session, effects) = after_answers(&["A 10:02, B 10:01, C 10:00", "A 10:02, C 10:00"]);
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::List(_))));
    assert!(session.update(Message::Unchanged, after(ZERO)).contains(&removed("B")));
    assert_eq!(session.update(Message::Unchanged, after(ZERO)), []);
    assert_eq!(ids(session.timeline().order()), ["A", "C"]);
}

#[test]
fn an_unchanged_answer_says_nothing_of_what_the_host_has_given_since() {
    let (mut session, _) = after_answers(&["A 10:02, B 10:01, C 10:00"]);
    session.update(Message::Given(document(list("A 10:02, C 10:00"))), after(ZERO));
    assert_eq!(session.update(Message::Unchanged, after(ZERO)), []);
    assert_eq!(ids(session.timeline().order()), ["A", "B", "C"]);
}
