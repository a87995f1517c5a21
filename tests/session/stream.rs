//! A feed with a hub: when it is connected, what its events change, and how asking takes over.

use livefeed::error::Error;
use livefeed::feed::{Document, Feed, Hub};
use livefeed::push::Event;
use livefeed::session::{Effect, Message, Session, Wish};
use livefeed::timeline::Changes;

use crate::support::times::{MINUTE, SECOND, ZERO, millis};
use crate::support::{document, edited, entry, ids, list};
use crate::{added, after, answer, moment};

/// The header of a feed with a hub.
fn header(version: u64) -> Feed {
    let hub = Hub { kind: "EventSource".to_owned(), url: "hub".to_owned() };
    Feed { hubs: vec![hub], version: Some(version), ..Feed::default() }
}

fn published(version: u64, entries: &str) -> Message {
    answer(Document { feed: header(version), ..document(list(entries)) })
}

fn wish(idle: bool) -> Message {
    Message::Wanted(Wish { idle, stream: true, ..Wish::default() })
}

fn connect() -> Effect {
    Effect::Connect("hub".to_owned())
}

fn pushed(events: Vec<Event>) -> Message {
    Message::Pushed(events, String::new())
}

/// An `entry` event.
fn news(id: &str, published: &str, version: u64) -> Event {
    Event::Entry(Box::new(entry(id, published)), Some(version))
}

/// A session whose stream is open at noon, and whose document was asked for after that.
fn streaming() -> Session {
    let mut session = Session::new(after(ZERO));
    session.update(wish(false), after(ZERO));
    let effects = session.update(published(1, "A 11:59"), after(ZERO));
    assert_eq!(effects[..3], [Effect::Header, added(&["A"]), connect()]);
    assert_eq!(session.update(Message::Opened, after(ZERO))[0], Effect::Fetch);
    session.update(Message::Unchanged, after(ZERO));
    session
}

#[test]
fn while_the_stream_is_open_the_document_is_asked_for_every_five_minutes() {
    let mut session = streaming();
    assert!(session.freshness().streaming);
    assert_eq!(session.update(Message::Wake, after(MINUTE * 5 - millis(1))), [Effect::Wait(moment(MINUTE * 5))]);
    assert_eq!(session.update(Message::Wake, after(MINUTE * 5)), [Effect::Fetch]);
}

#[test]
fn a_batch_of_events_is_one_change_in_their_order() {
    let mut session = streaming();
    let correction = Event::Entry(Box::new(edited(entry("B", "12:00"), "Corrected")), Some(4));
    let events = vec![
        news("B", "12:00", 2),
        news("C", "12:01", 3),
        correction,
        Event::Remove("C".into(), Some(5)),
        Event::Remove("A".into(), Some(6)),
        news("D", "12:02", 7),
    ];
    let changes = Changes { added: vec!["D".into(), "B".into()], removed: vec!["A".into()], ..Changes::default() };
    assert_eq!(session.update(pushed(events), after(ZERO)), [Effect::List(changes)]);
    assert_eq!(ids(session.timeline().order()), ["D", "B"]);
}

#[test]
fn an_entry_that_goes_and_returns_within_a_batch_is_another_one() {
    let mut session = streaming();
    let returned = Event::Entry(Box::new(edited(entry("A", "11:59"), "Again")), Some(3));
    let effects = session.update(pushed(vec![Event::Remove("A".into(), Some(2)), returned]), after(ZERO));
    assert_eq!(effects, [Effect::List(Changes { changed: vec!["A".into()], ..Changes::default() })]);
}

#[test]
fn an_entry_that_comes_and_goes_within_a_batch_was_never_there() {
    let mut session = streaming();
    let events = vec![news("B", "12:00", 2), Event::Remove("B".into(), Some(3))];
    assert_eq!(session.update(pushed(events), after(ZERO)), []);
}

#[test]
fn an_older_copy_fetched_after_an_event_adds_and_takes_nothing_away() {
    let mut session = streaming();
    session.update(pushed(vec![news("C", "12:01", 3), Event::Remove("A".into(), Some(3))]), after(ZERO));
    session.update(published(2, "B 12:00, A 11:59"), after(ZERO));
    assert_eq!(ids(session.timeline().order()), ["C", "B"]);
    session.update(published(4, "B 12:00"), after(ZERO));
    assert_eq!(ids(session.timeline().order()), ["B"]);
}

#[test]
fn a_header_is_taken_unless_it_is_older_than_the_one_that_is_shown() {
    let mut session = streaming();
    let titled = |title: &str, version| Feed { title: Some(title.to_owned()), ..header(version) };
    let event = |title: &str, version| pushed(vec![Event::Feed(Box::new(titled(title, version)))]);
    assert_eq!(session.update(event("Third", 3), after(ZERO)), [Effect::Header]);
    assert_eq!(session.update(event("Second", 2), after(ZERO)), []);
    let older = Document { feed: titled("Second", 2), ..document(list("A 11:59")) };
    session.update(answer(older), after(ZERO));
    assert_eq!(session.feed().title.as_deref(), Some("Third"));
    let newer = Document { feed: titled("Fourth", 4), ..document(list("A 11:59")) };
    session.update(answer(newer), after(ZERO));
    assert_eq!(session.feed().title.as_deref(), Some("Fourth"));
}

#[test]
fn a_hint_is_followed_within_a_second() {
    let mut session = streaming();
    assert_eq!(session.update(pushed(vec![Event::Hint]), after(ZERO)), [Effect::Wait(moment(millis(500)))]);
    assert_eq!(session.update(Message::Wake, after(millis(500)))[0], Effect::Fetch);
}

#[test]
fn a_stream_that_breaks_is_connected_again_and_asking_takes_over_at_once() {
    let mut session = streaming();
    let effects = session.update(Message::Closed, after(MINUTE));
    assert_eq!(effects, [Effect::Disconnect, Effect::Freshness, Effect::Wait(moment(MINUTE + millis(7_500)))]);
    assert!(!session.freshness().streaming);
    let effects = session.update(Message::Wake, after(MINUTE + millis(7_500)));
    assert_eq!(effects[..2], [connect(), Effect::Fetch]);
    session.update(Message::Unchanged, after(MINUTE + millis(7_500)));
    // What was published between that answer and the connection is asked for.
    assert_eq!(session.update(Message::Opened, after(MINUTE + millis(8_000)))[0], Effect::Fetch);
    assert_eq!(session.update(Message::Closed, after(MINUTE + millis(8_000)))[0], Effect::Disconnect);
    assert_eq!(session.update(Message::Closed, after(MINUTE + millis(8_000))), []);
}

#[test]
fn while_no_stream_can_be_had_the_feed_is_asked_for_at_its_usual_pace() {
    let mut session = Session::new(after(ZERO));
    session.update(wish(false), after(ZERO));
    session.update(published(1, "A 11:59"), after(ZERO));
    session.update(Message::Closed, after(ZERO));
    assert_eq!(session.update(Message::Wake, after(SECOND * 15))[..2], [connect(), Effect::Fetch]);
    session.update(Message::Unchanged, after(SECOND * 15));
    assert_eq!(session.update(Message::Wake, after(SECOND * 30))[0], Effect::Fetch);
}

#[test]
fn a_silent_hub_is_given_up_and_what_it_said_still_counts() {
    let mut session = streaming();
    assert_eq!(session.update(pushed(vec![Event::Ping]), after(SECOND))[1..], [Effect::Wait(moment(SECOND * 61))]);
    let effects = session.update(Message::Wake, after(SECOND * 61));
    assert_eq!(effects[0], Effect::Disconnect);
    assert_eq!(session.update(pushed(vec![news("B", "12:00", 2)]), after(SECOND * 61))[0], added(&["B"]));
}

#[test]
fn a_stream_is_closed_while_nobody_may_ask_and_opened_again_after_that() {
    let mut session = streaming();
    let rests: [fn(bool) -> Message; 3] = [Message::Hidden, Message::Offline, wish];
    for rest in rests {
        assert_eq!(session.update(rest(true), after(ZERO))[0], Effect::Disconnect);
        assert_eq!(session.update(rest(false), after(ZERO))[0], connect());
        session.update(Message::Opened, after(ZERO));
        session.update(Message::Unchanged, after(ZERO));
    }
}

#[test]
fn when_the_network_is_back_the_hub_is_connected_at_once_whatever_had_failed_before() {
    let mut session = streaming();
    session.update(Message::Closed, after(MINUTE));
    session.update(Message::Offline(true), after(MINUTE + SECOND));
    assert_eq!(session.update(Message::Offline(false), after(MINUTE + SECOND * 2))[0], connect());
}

#[test]
fn an_answer_of_a_hub_that_was_given_up_comes_too_late() {
    let mut session = streaming();
    session.update(Message::Closed, after(MINUTE));
    assert_eq!(session.update(Message::Opened, after(MINUTE)), []);
    assert!(!session.freshness().streaming);
}

#[test]
fn what_a_hub_says_makes_up_for_no_answer_that_is_owed() {
    let mut session = streaming();
    session.update(pushed(vec![Event::Ping]), after(SECOND));
    assert_eq!(session.freshness().checked, moment(SECOND));
    session.update(Message::Wake, after(MINUTE * 5));
    session.update(Message::Failed(None), after(MINUTE * 5));
    session.update(pushed(vec![Event::Ping]), after(MINUTE * 6));
    assert_eq!((session.freshness().checked, session.freshness().failed), (moment(SECOND), true));
}

#[test]
fn a_feed_that_ends_or_stops_everything_closes_its_stream() {
    for feed in [Feed { expired: true, ..header(2) }, Feed { poll_seconds: Some(0.0), ..header(2) }] {
        let mut session = streaming();
        let effects = session.update(answer(Document { feed, ..document(list("A 11:59")) }), after(ZERO));
        assert_eq!(effects[..2], [Effect::Header, Effect::Disconnect]);
    }
    let mut session = streaming();
    assert_eq!(session.update(Message::Gone, after(ZERO))[0], Effect::Disconnect);
}

#[test]
fn an_event_that_can_not_be_read_is_told_to_the_developer_and_nothing_else() {
    let mut session = streaming();
    let error = Error::Skipped { place: "the event \"entry\"".to_owned(), why: "it has no id".to_owned() };
    assert_eq!(session.update(Message::Malformed(vec![error.clone()]), after(ZERO)), [Effect::Warn(vec![error])]);
    assert_eq!(session.update(Message::Malformed(Vec::new()), after(ZERO)), []);
}
