//! A feed through a reader's day, as scripts of messages in virtual time.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, reason = "in a test a panic is the report")]

#[path = "../support/by_chance.rs"]
mod by_chance;
mod day;
#[path = "../support/spans.rs"]
mod spans;
mod stream;
#[path = "../support/mod.rs"]
mod support;
mod versions;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::error::Error;
use livefeed::feed::{Content, Document, Feed, Status};
use livefeed::session::{Effect, Message, Now, Session, Wish};
use livefeed::timeline::Changes;

use support::times::{MINUTE, SECOND, ZERO, millis};
use support::{at, document, edited, entry, ids, list};

/// Noon, and so long after it; chance leaves every interval as it is.
fn after(span: TimeDelta) -> Now {
    Now { time: at("12:00") + span, random: 0.5 }
}

fn moment(span: TimeDelta) -> Option<DateTime<Utc>> {
    Some(after(span).time)
}

fn added(ids: &[&str]) -> Effect {
    Effect::List(Changes { added: ids.iter().map(|id| (*id).into()).collect(), ..Changes::default() })
}

fn titled(title: &str, version: Option<u64>) -> Feed {
    Feed { title: Some(title.to_owned()), version, ..Feed::default() }
}

fn answer(document: Document) -> Message {
    Message::Document(document, None)
}

/// What the elements want, without a stream.
fn wanted(interval: Option<TimeDelta>, idle: bool) -> Message {
    Message::Wanted(Wish { interval, idle, ..Wish::default() })
}

/// A session whose first request was answered at noon.
fn running() -> Session {
    let mut session = Session::new(after(ZERO));
    session.update(Message::Wake, after(ZERO));
    session.update(answer(document(list("A 11:59"))), after(ZERO));
    session
}

#[test]
fn a_feed_is_asked_for_at_once_and_then_at_its_pace() {
    let mut session = Session::new(after(ZERO));
    assert_eq!(session.update(wanted(Some(SECOND * 20), false), after(ZERO)), [Effect::Fetch]);
    let first = Document { feed: titled("Launch day", None), ..document(list("B 11:59, A 11:58")) };
    assert_eq!(
        session.update(answer(first), after(SECOND)),
        [Effect::Header, added(&["B", "A"]), Effect::Freshness, Effect::Wait(moment(SECOND * 21)),]
    );
    assert_eq!(session.update(Message::Wake, after(SECOND * 21)), [Effect::Fetch]);
    assert_eq!(
        session.update(Message::Unchanged, after(SECOND * 22)),
        [Effect::Freshness, Effect::Wait(moment(SECOND * 42))]
    );
    assert_eq!(session.freshness().checked, moment(SECOND * 22));
    assert_eq!(session.feed().title.as_deref(), Some("Launch day"));
}

#[test]
fn a_timer_that_fires_early_is_set_again() {
    let mut session = running();
    assert_eq!(session.update(Message::Wake, after(millis(14_999))), [Effect::Wait(moment(millis(15_000)))]);
}

#[test]
fn a_document_that_says_nothing_new_shows_nothing_new() {
    let mut session = running();
    session.update(Message::Wake, after(SECOND * 15));
    let effects = session.update(answer(document(list("A 11:59"))), after(SECOND * 15));
    assert_eq!(effects, [Effect::Freshness, Effect::Wait(moment(SECOND * 30))]);
}

#[test]
fn the_first_document_is_told_even_when_it_is_empty() {
    let mut session = Session::new(after(ZERO));
    session.update(Message::Wake, after(ZERO));
    assert!(!session.is_loaded());
    let effects = session.update(answer(Document::default()), after(ZERO));
    assert_eq!(effects[..2], [Effect::Header, Effect::List(Changes::default())]);
    assert!(session.is_loaded());
}

#[test]
fn an_older_copy_changes_neither_header_nor_list() {
    let mut session = running();
    let publish = |version, title, entries| Document { feed: titled(title, Some(version)), ..document(list(entries)) };
    session.update(answer(publish(5, "Newer", "B 12:00, A 11:59")), after(ZERO));
    let effects = session.update(answer(publish(4, "Older", "A 11:59")), after(SECOND));
    assert_eq!(effects, [Effect::Freshness, Effect::Wait(moment(SECOND * 16))]);
    assert_eq!(session.feed().title.as_deref(), Some("Newer"));
    assert_eq!(ids(session.timeline().order()), ["B", "A"]);
}

#[test]
fn the_last_modified_header_tells_which_copy_is_older() {
    let mut session = Session::new(after(ZERO));
    let newer = Message::Document(document(list("A 11:59, C 11:57")), moment(SECOND * 10));
    let older = Message::Document(document(list("A 11:59, B 11:58, C 11:57")), moment(SECOND * 5));
    session.update(newer, after(ZERO));
    session.update(older, after(ZERO));
    assert_eq!(ids(session.timeline().order()), ["A", "C"]);
}

#[test]
fn after_a_failure_what_is_shown_stands_and_the_next_request_waits_longer() {
    let mut session = running();
    session.update(Message::Wake, after(SECOND * 15));
    let effects = session.update(Message::Failed(None), after(SECOND * 15));
    assert_eq!(effects, [Effect::Freshness, Effect::Wait(moment(SECOND * 15 + millis(22_500)))]);
    assert_eq!((session.freshness().checked, session.freshness().failed), (moment(ZERO), true));
    assert_eq!(session.freshness().again, moment(SECOND * 15 + millis(22_500)));
    assert_eq!(ids(session.timeline().order()), ["A"]);
    session.update(Message::Wake, after(MINUTE));
    session.update(Message::Unchanged, after(MINUTE));
    assert_eq!((session.freshness().failed, session.freshness().again), (false, None));
}

#[test]
fn a_server_that_sends_everyone_away_is_left_alone_that_long() {
    let mut session = running();
    session.update(Message::Wake, after(SECOND * 15));
    session.update(Message::Failed(Some(MINUTE * 10)), after(SECOND * 15));
    for (hidden, millis) in [(true, MINUTE), (false, MINUTE * 2)] {
        let effects = session.update(Message::Hidden(hidden), after(millis));
        assert!(!effects.contains(&Effect::Fetch));
    }
    for (offline, millis) in [(true, MINUTE * 3), (false, MINUTE * 4)] {
        let effects = session.update(Message::Offline(offline), after(millis));
        assert!(!effects.contains(&Effect::Fetch));
    }
}

#[test]
fn a_feed_that_is_gone_is_not_asked_for_again() {
    let mut session = running();
    session.update(Message::Wake, after(SECOND * 15));
    assert_eq!(session.update(Message::Gone, after(SECOND * 15)), [Effect::Freshness]);
    assert_eq!(session.update(Message::Wake, after(MINUTE * 60)), []);
    assert_eq!(ids(session.timeline().order()), ["A"]);
}

#[test]
fn a_hidden_page_asks_for_nothing_and_on_return_once_if_it_is_due() {
    let mut session = running();
    assert_eq!(session.update(Message::Hidden(true), after(SECOND)), [Effect::Wait(None)]);
    assert_eq!(session.update(Message::Wake, after(SECOND * 20)), []);
    assert_eq!(session.update(Message::Hidden(false), after(SECOND * 21)), [Effect::Fetch]);
    assert_eq!(session.update(Message::Hidden(true), after(SECOND * 22)), []);
    assert_eq!(session.update(Message::Hidden(false), after(SECOND * 23)), []);
}

#[test]
fn a_page_hidden_for_a_moment_keeps_its_time() {
    let mut session = running();
    session.update(Message::Hidden(true), after(SECOND));
    assert_eq!(session.update(Message::Hidden(false), after(SECOND * 2)), [Effect::Wait(moment(SECOND * 15))]);
}

#[test]
fn without_a_network_nothing_is_asked_and_the_reader_is_told() {
    let mut session = running();
    let effects = session.update(Message::Offline(true), after(SECOND));
    assert_eq!(effects, [Effect::Freshness, Effect::Wait(None)]);
    assert!(session.freshness().offline);
    assert_eq!(session.update(Message::Offline(true), after(SECOND * 2)), []);
    let effects = session.update(Message::Offline(false), after(SECOND * 3));
    assert_eq!(effects, [Effect::Freshness, Effect::Wait(moment(SECOND * 15))]);
}

#[test]
fn when_the_network_is_back_after_a_failure_the_feed_is_asked_for_at_once() {
    let mut session = running();
    session.update(Message::Wake, after(SECOND * 15));
    session.update(Message::Failed(None), after(SECOND * 15));
    session.update(Message::Offline(true), after(SECOND * 16));
    assert_eq!(session.update(Message::Offline(false), after(SECOND * 17)), [Effect::Fetch, Effect::Freshness]);
}

#[test]
fn while_every_element_rests_nothing_is_asked_unless_somebody_wants_to_know() {
    let mut session = running();
    let rest = |idle| wanted(None, idle);
    assert_eq!(session.update(rest(true), after(SECOND)), [Effect::Wait(None)]);
    assert_eq!(session.update(Message::Refresh, after(SECOND * 40)), [Effect::Fetch]);
    assert_eq!(session.update(Message::Unchanged, after(SECOND * 40)), [Effect::Freshness]);
    assert_eq!(session.update(rest(false), after(MINUTE)), [Effect::Fetch]);
}

#[test]
fn where_nothing_is_wanted_not_even_the_first_request_is_sent() {
    let mut session = Session::new(after(ZERO));
    assert_eq!(session.update(wanted(None, true), after(ZERO)), []);
    let effects = session.update(Message::Given(document(list("A 11:59"))), after(ZERO));
    assert_eq!(effects, [Effect::Header, added(&["A"])]);
}

#[test]
fn a_request_under_way_is_not_doubled_by_a_refresh() {
    let mut session = Session::new(after(ZERO));
    assert_eq!(session.update(Message::Wake, after(ZERO)), [Effect::Fetch]);
    assert_eq!(session.update(Message::Refresh, after(SECOND)), []);
}

#[test]
fn a_faster_element_makes_the_pace_faster_at_once() {
    let mut session = running();
    let effects = session.update(wanted(Some(SECOND * 5), false), after(SECOND));
    assert_eq!(effects, [Effect::Wait(moment(SECOND * 5))]);
}

#[test]
fn a_reader_who_saves_data_is_heard_at_once() {
    let mut session = running();
    let saving = Wish { saving: true, ..Wish::default() };
    assert_eq!(session.update(Message::Wanted(saving), after(SECOND)), [Effect::Wait(moment(SECOND * 30))]);
}

#[test]
fn the_feed_changes_the_pace_of_open_pages() {
    let mut session = running();
    let feed = Feed { poll_seconds: Some(60.0), ..Feed::default() };
    let effects = session.update(answer(Document { feed, ..document(list("A 11:59")) }), after(SECOND));
    assert_eq!(effects, [Effect::Header, Effect::Freshness, Effect::Wait(moment(SECOND * 61))]);
    let feed = Feed { poll_seconds: Some(0.0), ..Feed::default() };
    let effects = session.update(answer(Document { feed, ..document(list("A 11:59")) }), after(SECOND * 2));
    assert_eq!(effects, [Effect::Header, Effect::Freshness, Effect::Wait(None)]);
}

#[test]
fn coverage_that_ended_is_asked_for_every_five_minutes() {
    let mut session = running();
    let feed = Feed { status: Status::Ended, ..Feed::default() };
    let effects = session.update(answer(Document { feed, ..document(list("A 11:59")) }), after(ZERO));
    assert_eq!(effects.last(), Some(&Effect::Wait(moment(MINUTE * 5))));
}

#[test]
fn a_host_that_lets_readers_ask_again_is_heard() {
    let mut session = running();
    let stopped = Feed { poll_seconds: Some(0.0), ..Feed::default() };
    session.update(answer(Document { feed: stopped, ..Document::default() }), after(ZERO));
    let effects = session.update(Message::Given(Document::default()), after(SECOND));
    assert_eq!(effects, [Effect::Header, Effect::Wait(moment(SECOND * 15))]);
}

#[test]
fn the_document_inside_the_element_is_shown_before_any_answer() {
    let mut session = Session::new(after(ZERO));
    let effects = session.update(Message::Given(document(list("A 11:59"))), after(ZERO));
    assert_eq!(effects, [Effect::Header, added(&["A"]), Effect::Fetch]);
    assert_eq!(session.freshness().checked, None);
}

#[test]
fn the_host_puts_edits_and_removes_entries_of_its_own() {
    let mut session = running();
    let upsert = |entry| Message::Upsert(Box::new(entry));
    assert_eq!(session.update(upsert(entry("H", "12:00")), after(ZERO)), [added(&["H"])]);
    let edit = Changes { changed: vec!["H".into()], ..Changes::default() };
    let effects = session.update(upsert(edited(entry("H", "12:00"), "Corrected")), after(ZERO));
    assert_eq!(effects, [Effect::List(edit)]);
    let content = session.timeline().entry("H").map(|entry| entry.content.clone());
    assert_eq!(content, Some(Content::Text("Corrected".to_owned())));
    let removal = Changes { removed: vec!["H".into()], ..Changes::default() };
    assert_eq!(session.update(Message::Remove("H".into()), after(ZERO)), [Effect::List(removal)]);
    assert_eq!(session.update(Message::Remove("H".into()), after(ZERO)), []);
}

#[test]
fn what_was_skipped_is_told_to_the_developer() {
    let mut session = running();
    let skipped = Error::Skipped { place: "entry 3".to_owned(), why: "it has no id".to_owned() };
    let document = Document { warnings: vec![skipped.clone()], ..document(list("A 11:59")) };
    let effects = session.update(answer(document), after(ZERO));
    assert_eq!(effects[0], Effect::Warn(vec![skipped]));
}
