//! Older pages: a session is told what arrives, and says what it asks for and where something is missing.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::expect_used, reason = "in a test a panic is the report")]

mod support;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::feed::{Document, Entry, Feed};
use livefeed::pages::Progress;
use livefeed::push::Event;
use livefeed::session::{Effect, Message, Now, Session, Wish};
use livefeed::timeline::Changes;
use proptest::prelude::*;

use support::times::{MINUTE, SECOND, millis};
use support::{at, deleted, document, entry, ids, list};

/// A session and the pages it has asked for.
struct Paged {
    session: Session,
    asked: Vec<String>,
    warnings: Vec<String>,
    /// what was told as news
    news: Vec<Changes>,
    clock: DateTime<Utc>,
}

impl Paged {
    /// The first document is there.
    fn new(entries: &str, feed: Feed) -> Self {
        let clock = at("13:00");
        let session = Session::new(Now { time: clock, random: 0.5 });
        let mut paged = Self { session, asked: Vec::new(), warnings: Vec::new(), news: Vec::new(), clock };
        paged.update(Message::Wake);
        paged.publish(entries, feed);
        paged.news.clear();
        paged
    }

    fn update(&mut self, message: Message) -> Vec<Effect> {
        let effects = self.session.update(message, Now { time: self.clock, random: 0.5 });
        for effect in &effects {
            match effect {
                Effect::Page(url) => self.asked.push(url.clone()),
                Effect::Warn(warnings) => self.warnings.extend(warnings.iter().map(ToString::to_string)),
                Effect::List(changes) => self.news.push(changes.clone()),
                _ => {}
            }
        }
        effects
    }

    fn publish(&mut self, entries: &str, feed: Feed) {
        self.update(Message::Document(Document { feed, ..document(list(entries)) }, None));
    }

    fn page(&mut self, entries: &str, next: &str) -> Vec<Effect> {
        self.update(Message::Page("page".to_owned(), Document { feed: leading(next), ..document(list(entries)) }, None))
    }

    fn near(&mut self, gap: usize) {
        self.update(Message::Near { gap, insist: false, beginning: false });
    }

    /// Somebody looks for that entry; whether the search has ended with that.
    fn seek(&mut self, id: &str) -> bool {
        self.update(Message::Seek(id.into())).contains(&Effect::Searched)
    }

    /// From the beginning, in Old first.
    fn near_beginning(&mut self, gap: usize) {
        self.update(Message::Near { gap, insist: false, beginning: true });
    }

    fn later(&mut self, span: TimeDelta) {
        self.clock += span;
        self.update(Message::Wake);
    }

    /// The ids in order, `|` where others are missing.
    fn shows(&self) -> String {
        let timeline = self.session.timeline();
        let mut shown = ids(timeline.order());
        for gap in timeline.gaps().iter().rev() {
            shown.insert(*gap, "|");
        }
        shown.join(" ")
    }

    fn asked(&mut self) -> String {
        std::mem::take(&mut self.asked).join(" ")
    }
}

fn leading(next: &str) -> Feed {
    Feed { next_url: (!next.is_empty()).then(|| next.to_owned()), ..Feed::default() }
}

fn numbered(next: &str, version: u64) -> Feed {
    Feed { version: Some(version), ..leading(next) }
}

#[test]
fn a_next_page_is_asked_for_when_a_reader_comes_near_and_not_before() {
    let mut paged = Paged::new("F 12:06, E 12:05", leading("2.json"));
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("F E |", ""));
    paged.near(0);
    assert_eq!((paged.asked().as_str(), paged.session.progress(0)), ("2.json", Progress::Loading));
    paged.near(0);
    assert_eq!(paged.asked(), "");
    paged.page("D 12:04, C 12:03", "3.json");
    assert_eq!((paged.shows().as_str(), paged.session.progress(0)), ("F E D C |", Progress::Waiting));
    assert_eq!(paged.asked(), "");
    paged.near(0);
    assert_eq!(paged.asked(), "3.json");
    paged.page("B 12:02, A 12:01", "");
    assert_eq!(paged.shows(), "F E D C B A");
    paged.near(0);
    assert_eq!(paged.asked(), "");
}

#[test]
fn older_entries_are_no_news() {
    let mut paged = Paged::new("F 12:06", leading("2.json"));
    paged.near(0);
    let effects = paged.page("E 12:05", "");
    assert_eq!(effects, [Effect::Gaps]);
}

#[test]
fn hidden_or_offline_no_page_is_asked_for_until_the_reader_is_back() {
    type Rest = fn(bool) -> Message;
    let rests: [Rest; 2] = [Message::Hidden, Message::Offline];
    for rest in rests {
        let mut paged = Paged::new("F 12:06", leading("2.json"));
        paged.update(rest(true));
        paged.near(0);
        assert_eq!(paged.asked(), "");
        paged.update(rest(false));
        assert_eq!(paged.asked(), "2.json");
    }
}

#[test]
fn readers_of_a_feed_that_is_not_followed_still_get_its_older_pages() {
    let mut paged = Paged::new("F 12:06", leading("2.json"));
    paged.update(Message::Wanted(Wish { idle: true, ..Wish::default() }));
    paged.near(0);
    assert_eq!(paged.asked(), "2.json");
}

#[test]
fn a_page_retracts_only_within_itself() {
    let mut paged = Paged::new("F 12:06, E 12:05, D 12:04, C 12:03, A 12:01", numbered("2.json", 1));
    // Three entries have left the tail, and the page that has them lacks one.
    paged.publish("F 12:06, E 12:05", numbered("2.json", 2));
    assert_eq!(paged.shows(), "F E D C A |");
    paged.near(0);
    let page = Document { feed: numbered("", 3), ..document(list("D 12:04, B 12:02")) };
    paged.update(Message::Page("page".to_owned(), page, None));
    assert_eq!(paged.shows(), "F E D B A");
}

#[test]
fn what_the_feed_itself_has_retracted_does_not_return_by_a_page() {
    let mut paged = Paged::new("F 12:06, E 12:05, D 12:04", numbered("2.json", 1));
    paged.publish("F 12:06, D 12:04", numbered("2.json", 2));
    paged.near(0);
    let page = Document { feed: numbered("", 1), ..document(list("E 12:05, D 12:04, C 12:03")) };
    paged.update(Message::Page("page".to_owned(), page, None));
    assert_eq!(paged.shows(), "F D C");
}

#[test]
fn pages_that_lead_back_end_the_chain_with_a_warning() {
    let mut paged = Paged::new("F 12:06", leading("2"));
    for (page, next) in [("E 12:05", "3"), ("D 12:04", "2")].repeat(4) {
        paged.near(0);
        paged.page(page, next);
    }
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("F E D", "2 3 2 3 2 3 2"));
    assert_eq!(paged.warnings, ["feed: `next_url` is not a page of older entries: 3"]);
}

#[test]
fn pages_without_end_that_lead_to_nothing_older_end_the_chain() {
    let mut paged = Paged::new("F 12:06", leading("2"));
    paged.near(0);
    paged.page("E 12:05", "3");
    for (number, next) in [("3", "4"), ("4", "5"), ("5", "6")] {
        assert_eq!(paged.shows(), "F E |");
        paged.asked();
        paged.near(0);
        assert_eq!(paged.asked(), number);
        paged.page("E 12:05", next);
    }
    assert_eq!(paged.shows(), "F E");
    assert_eq!(paged.warnings, ["feed: `next_url` is not a page of older entries: 6"]);
}

#[test]
fn pages_that_have_moved_on_are_followed_through_what_is_known() {
    let known = "H 12:08, G 12:07, F 12:06, E 12:05, D 12:04, C 12:03";
    let mut paged = Paged::new(known, leading("2"));
    for (page, next) in [("H 12:08", "3"), ("G 12:07", "4"), ("F 12:06", "5"), ("E 12:05", "6"), ("D 12:04", "7")] {
        paged.near(0);
        paged.page(page, next);
    }
    paged.near(0);
    paged.page("B 12:02", "");
    assert_eq!(paged.shows(), "H G F E D C B");
    assert_eq!(paged.warnings, [""; 0]);
}

#[test]
fn a_dead_page_is_tried_again_later_and_later_and_nothing_is_lost() {
    let mut paged = Paged::new("F 12:06", leading("2.json"));
    paged.near(0);
    paged.asked();
    let effects = paged.update(Message::NoPage(None));
    assert_eq!(effects, [Effect::Gaps, Effect::Wait(Some(paged.clock + SECOND * 15 / 2))]);
    assert_eq!((paged.shows().as_str(), paged.session.progress(0)), ("F |", Progress::Failed));
    // Coming near again does not press it.
    paged.near(0);
    assert_eq!(paged.asked(), "");
    // Ten seconds, spread over their upper half.
    paged.later(SECOND * 7);
    assert_eq!(paged.asked(), "");
    paged.later(SECOND);
    assert_eq!(paged.asked(), "2.json");
    paged.update(Message::NoPage(Some(MINUTE * 2)));
    paged.later(MINUTE * 2 - millis(1));
    assert_eq!(paged.asked(), "");
    paged.later(millis(1));
    assert_eq!(paged.asked(), "2.json");
}

#[test]
fn a_reader_who_insists_or_whose_network_is_back_does_not_wait() {
    let mut paged = Paged::new("F 12:06", leading("2.json"));
    paged.near(0);
    paged.update(Message::NoPage(None));
    paged.asked();
    paged.update(Message::Near { gap: 0, insist: true, beginning: false });
    assert_eq!(paged.asked(), "2.json");
    paged.update(Message::NoPage(None));
    paged.update(Message::Offline(true));
    paged.update(Message::Offline(false));
    assert_eq!(paged.asked(), "2.json");
}

#[test]
fn what_was_missed_while_nobody_asked_is_filled_in_at_once_and_is_news() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading(""));
    paged.publish("H 12:08, G 12:07", leading("2"));
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G | B A", "2"));
    paged.page("F 12:06, E 12:05", "3");
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G F E | B A", "3"));
    paged.page("D 12:04, C 12:03, B 12:02", "4");
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G F E D C B A", ""));
    let added: Vec<Vec<&str>> = paged.news.iter().map(|changes| ids(&changes.added)).collect();
    assert_eq!(added, [["H", "G"], ["F", "E"], ["D", "C"]]);
}

#[test]
fn of_what_was_missed_ten_pages_are_asked_for_at_once_and_the_rest_as_the_reader_comes_near() {
    let mut paged = Paged::new("A 12:01", leading(""));
    paged.publish("Z 12:59", leading("p0"));
    for page in 0..10 {
        assert_eq!(paged.asked(), format!("p{page}"));
        paged.page(&format!("Y{page} 12:{}", 50 - page), &format!("p{}", page + 1));
    }
    assert_eq!(paged.asked(), "");
    assert_eq!(paged.session.timeline().gaps(), [11]);
    paged.near(0);
    assert_eq!(paged.asked(), "p10");
}

#[test]
fn what_was_missed_is_not_fetched_while_nobody_wants_updates() {
    let mut paged = Paged::new("A 12:01", leading(""));
    paged.update(Message::Wanted(Wish { idle: true, ..Wish::default() }));
    paged.publish("C 12:03", leading("2"));
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("C | A", ""));
    paged.update(Message::Wanted(Wish::default()));
    assert_eq!(paged.asked(), "2");
}

#[test]
fn an_end_between_two_of_one_minute_is_no_proof_that_nothing_is_missing() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading(""));
    paged.publish("E 12:03", leading("2"));
    paged.asked();
    // D is of B's own minute, and so may be another one that this page has no room for.
    paged.page("D 12:02", "3");
    assert_eq!(paged.asked(), "3");
    paged.page("C 12:02, B 12:02", "4");
    assert_eq!(paged.asked(), "");
    assert_eq!(paged.session.timeline().gaps(), [0; 0]);
}

#[test]
fn a_document_that_meets_what_is_known_leaves_no_gap() {
    for next in ["E 12:05, D 12:04, C 12:03", "D 12:04, B 12:02"] {
        let mut paged = Paged::new("C 12:03, B 12:02", leading(""));
        paged.publish(next, leading("2"));
        assert_eq!(paged.session.timeline().gaps(), [0; 0], "{next}");
    }
}

#[test]
fn an_older_copy_that_arrives_late_opens_no_gap() {
    let mut paged = Paged::new("D 12:04, C 12:03", numbered("2", 5));
    paged.publish("A 12:01", numbered("9", 3));
    assert_eq!(paged.session.timeline().gaps(), [2]);
}

#[test]
fn a_document_that_reaches_deeper_than_the_one_in_the_page_says_what_comes_next() {
    let mut paged = Paged::new("F 12:06", leading(""));
    paged.publish("F 12:06, E 12:05", leading("2"));
    assert_eq!(paged.shows(), "F E |");
}

#[test]
fn old_first_goes_to_the_page_with_the_first_entries_and_then_through_all_others() {
    let feed = Feed { oldest_url: Some("oldest".to_owned()), ..leading("2") };
    let mut paged = Paged::new("H 12:08, G 12:07", feed);
    paged.near_beginning(0);
    assert_eq!(paged.asked(), "oldest");
    paged.page("B 12:02, A 12:01", "");
    assert_eq!(paged.shows(), "H G | B A");
    paged.near(0);
    assert_eq!(paged.asked(), "2");
    paged.page("F 12:06, E 12:05", "3");
    assert_eq!(paged.shows(), "H G F E | B A");
    paged.near(0);
    paged.page("D 12:04, C 12:03", "oldest");
    paged.near(0);
    paged.page("B 12:02, A 12:01", "");
    assert_eq!((paged.shows().as_str(), paged.warnings.len()), ("H G F E D C B A", 0));
    // All of it was there before, for whoever looks.
    assert_eq!(paged.news, []);
}

#[test]
fn the_page_with_the_first_entries_may_meet_what_is_known() {
    let feed = Feed { oldest_url: Some("oldest".to_owned()), ..leading("oldest") };
    let mut paged = Paged::new("D 12:04, C 12:03", feed);
    paged.near_beginning(0);
    paged.page("C 12:03, B 12:02, A 12:01", "");
    assert_eq!(paged.shows(), "D C B A");
}

#[test]
fn without_the_page_with_the_first_entries_the_way_is_through_all_pages() {
    let feed = Feed { oldest_url: Some("oldest".to_owned()), ..leading("2") };
    let mut paged = Paged::new("D 12:04", feed);
    paged.near_beginning(0);
    assert_eq!(paged.asked(), "oldest");
    paged.update(Message::NoPage(None));
    assert_eq!(paged.asked(), "2");
}

#[test]
fn of_one_minute_the_entries_of_an_older_page_stand_below_those_of_a_newer_one_whichever_came_first() {
    // By the chain.
    let mut paged = Paged::new("A 12:01, B 12:01", leading("2"));
    paged.near(0);
    paged.page("C 12:01, D 12:01", "3");
    paged.near(0);
    paged.page("E 12:01, F 12:01", "");
    assert_eq!(paged.shows(), "A B C D E F");

    // From the beginning.
    let feed = Feed { oldest_url: Some("3".to_owned()), ..leading("2") };
    let mut paged = Paged::new("A 12:01, B 12:01", feed);
    paged.near_beginning(0);
    paged.page("E 12:01, F 12:01", "");
    assert_eq!(paged.shows(), "A B | E F");
    paged.near(0);
    paged.page("C 12:01, D 12:01", "3");
    assert_eq!(paged.shows(), "A B C D | E F");
    paged.near(0);
    paged.page("E 12:01, F 12:01", "");
    assert_eq!(paged.shows(), "A B C D E F");

    // What was missed.
    let mut paged = Paged::new("E 12:01, F 12:01", leading(""));
    paged.publish("A 12:01, B 12:01", leading("2"));
    assert_eq!(paged.shows(), "A B | E F");
    paged.page("C 12:01, D 12:01", "3");
    assert_eq!(paged.shows(), "A B C D | E F");
    paged.page("E 12:01, F 12:01", "");
    assert_eq!(paged.shows(), "A B C D E F");
}

#[test]
fn a_page_that_goes_on_below_what_it_met_within_one_minute_follows_upon_that() {
    let mut paged = Paged::new("B 12:02, A 12:02", leading("end"));
    paged.publish("D 12:02", leading("2"));
    // B and A were known; whether that is all of their minute, nobody knows yet.
    paged.page("C 12:02, B 12:02, A 12:02", "3");
    paged.page("Z 12:02, Y 12:01", "");
    assert_eq!(paged.shows(), "D C B A Z Y |");
}

#[test]
fn pages_that_have_moved_on_by_entries_of_one_minute_bring_nothing_to_the_wrong_place() {
    let mut paged = Paged::new("C 12:02, B 12:01", leading("older"));
    paged.near(0);
    // While it is under way five more come, two of them in C's own minute.
    paged.publish("H 12:03, G 12:03", leading("missed"));
    paged.page("E 12:02, D 12:02", "oldest");
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G | C B |", "older missed"));
    paged.page("F 12:03, E 12:02, D 12:02, C 12:02", "");
    assert_eq!(paged.shows(), "H G F E D C B |");
}

#[test]
fn a_gap_stays_where_it_is_when_the_entry_above_it_is_removed() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading(""));
    paged.publish("H 12:08, G 12:07, F 12:06", leading("2"));
    assert_eq!(paged.shows(), "H G F | B A");
    paged.update(Message::Remove("F".into()));
    assert_eq!(paged.shows(), "H G | B A");
}

#[test]
fn pinned_entries_and_tombstones_say_nothing_of_what_is_covered() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading(""));
    let mut pin = entry("A", "12:01");
    pin.pinned = true;
    let entries = vec![entry("H", "12:08"), pin, deleted(entry("B", "12:02"))];
    paged.update(Message::Document(Document { feed: leading("2"), ..document(entries) }, None));
    assert_eq!(paged.asked(), "2");
}

#[test]
fn one_page_is_asked_for_at_a_time_even_where_its_gap_was_closed_meanwhile() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading("end"));
    paged.publish("H 12:08", leading("missed"));
    paged.near(1);
    assert_eq!(paged.asked(), "missed");
    // The feed has grown down to what was known.
    paged.publish("H 12:08, G 12:07, B 12:02, A 12:01", leading("end"));
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G B A |", ""));
    paged.page("G 12:07", "further");
    assert_eq!(paged.asked(), "end");
}

#[test]
fn what_the_stream_has_brought_is_known_but_for_the_time_in_which_an_answer_is_owed() {
    let push = |paged: &mut Paged, id: &str, clock: &str| {
        let event = Event::Entry(Box::new(entry(id, clock)), None);
        paged.update(Message::Pushed(vec![event], String::new()));
    };
    let mut paged = Paged::new("B 12:02, A 12:01", leading(""));
    push(&mut paged, "C", "12:03");
    paged.publish("D 12:04, C 12:03", leading("2"));
    assert_eq!(paged.shows(), "D C B A");
    // A request is under way: the first event after a pause says nothing of those before it.
    paged.later(SECOND * 20);
    push(&mut paged, "H", "12:08");
    paged.publish("H 12:08, G 12:07", leading("2"));
    assert_eq!(paged.shows(), "H G | D C B A");
}

#[test]
fn an_entry_that_somebody_looks_for_is_looked_for_page_by_page_until_it_is_there() {
    let mut paged = Paged::new("F 12:06, E 12:05", leading("2"));
    assert!(!paged.seek("B"));
    assert_eq!(paged.asked(), "2");
    let effects = paged.page("D 12:04, C 12:03", "3");
    assert_eq!(effects, [Effect::Page("3".to_owned()), Effect::Gaps]);
    paged.asked();
    let effects = paged.page("B 12:02, A 12:01", "4");
    assert_eq!(effects, [Effect::Searched, Effect::Gaps]);
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("F E D C B A |", ""));
}

#[test]
fn the_search_passes_through_what_was_missed_too() {
    let mut paged = Paged::new("B 12:02, A 12:01", leading("end"));
    paged.update(Message::Wanted(Wish { idle: true, ..Wish::default() }));
    paged.publish("H 12:08", leading("missed"));
    assert!(!paged.seek("Z"));
    assert_eq!(paged.asked(), "missed");
    paged.page("G 12:07, B 12:02", "end");
    assert_eq!((paged.shows().as_str(), paged.asked().as_str()), ("H G B A |", "end"));
}

#[test]
fn an_entry_that_is_nowhere_costs_twenty_pages_and_then_none() {
    let mut paged = Paged::new("Z 12:59", leading("p0"));
    paged.seek("nowhere");
    for page in 0..20 {
        assert_eq!(paged.asked(), format!("p{page}"));
        let effects = paged.page(&format!("Y{page} 12:{}", 50 - page), &format!("p{}", page + 1));
        assert_eq!(effects.contains(&Effect::Searched), page == 19);
    }
    assert_eq!(paged.asked(), "");
    // Who reads on gets the next one as ever.
    paged.near(0);
    assert_eq!(paged.asked(), "p20");
}

#[test]
fn a_search_ends_where_the_feed_does_and_at_once_where_there_is_nothing_to_look_at() {
    let mut paged = Paged::new("C 12:03", leading("2"));
    assert!(paged.seek("C"));
    assert!(!paged.seek("nowhere"));
    let effects = paged.page("B 12:02", "");
    assert_eq!(effects, [Effect::Searched, Effect::Gaps]);
    assert!(paged.seek("nowhere"));
    assert_eq!(paged.asked(), "2");
}

#[test]
fn a_search_ends_with_a_page_that_cannot_be_had() {
    let mut paged = Paged::new("C 12:03", leading("2"));
    paged.seek("A");
    assert_eq!(paged.asked(), "2");
    assert!(paged.update(Message::NoPage(None)).contains(&Effect::Searched));
    paged.later(MINUTE * 5);
    assert_eq!(paged.asked(), "");
}

#[test]
fn a_search_ends_when_the_reader_goes_on_and_when_the_entry_comes_by_another_way() {
    let mut paged = Paged::new("C 12:03", leading("2"));
    paged.seek("A");
    assert!(paged.seek(""));
    paged.page("B 12:02", "3");
    assert_eq!(paged.asked(), "2");

    assert!(!paged.seek("N"));
    assert_eq!(paged.asked(), "3");
    let pushed = paged.update(Message::Upsert(Box::new(entry("N", "12:10"))));
    assert!(pushed.contains(&Effect::Searched));
    paged.page("A 12:01", "4");
    assert_eq!(paged.asked(), "");
}

#[test]
fn who_looks_for_another_entry_looks_for_the_first_one_no_more() {
    let mut paged = Paged::new("D 12:04", leading("2"));
    paged.seek("C");
    assert!(!paged.seek("B"));
    assert!(!paged.page("C 12:03", "3").contains(&Effect::Searched));
    assert!(paged.page("B 12:02", "4").contains(&Effect::Searched));
    assert_eq!(paged.asked(), "2 3");
}

#[test]
fn a_search_waits_for_the_feed_itself_and_for_the_reader_to_be_back() {
    let now = Now { time: at("13:00"), random: 0.5 };
    let mut session = Session::new(now);
    let searched = |effects: &[Effect]| effects.contains(&Effect::Searched);
    assert!(!searched(&session.update(Message::Seek("A".into()), now)));
    session.update(Message::Hidden(true), now);
    let first = Document { feed: leading("2"), ..document(list("B 12:02")) };
    let page = [Effect::Page("2".to_owned()), Effect::Gaps];
    assert!(!session.update(Message::Document(first, None), now).contains(&page[0]));
    assert!(session.update(Message::Hidden(false), now).starts_with(&page));

    // Who goes on before it is there is waited for no longer.
    let mut session = Session::new(now);
    session.update(Message::Seek("A".into()), now);
    assert!(searched(&session.update(Message::Seek("".into()), now)));

    // A feed that can't be had has nothing to look at.
    let mut session = Session::new(now);
    session.update(Message::Seek("A".into()), now);
    assert!(searched(&session.update(Message::Failed(None), now)));
}

/// How a server cuts a feed into pages.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// `?page=2`: what stands there moves on with every new entry
    Offset,
    /// `?before=17`: another address with every publication
    Cursor,
}

#[derive(Debug, Clone)]
enum Act {
    /// so many new entries
    Publish(u64),
    Poll,
    /// the server answers the page that was asked for, or fails
    Answer(bool),
    Near(usize, bool),
    Push,
}

/// A feed of entries 1 to `newest`, so many `in_a_minute`, in pages of `size`.
#[derive(Debug)]
struct Server {
    newest: u64,
    in_a_minute: u64,
    size: u64,
    cut: Cut,
}

impl Server {
    /// The page that begins below so many entries.
    fn page(&self, newest: u64, offset: u64) -> Document {
        let oldest = newest.saturating_sub(self.size) + 1;
        let next = (oldest > 1).then(|| match self.cut {
            Cut::Offset => format!("offset {}", offset + self.size),
            Cut::Cursor => format!("before {oldest}"),
        });
        let oldest_url = Some("oldest".to_owned());
        let entries = (oldest..=newest).rev().map(|number| self.entry(number)).collect();
        Document { feed: Feed { next_url: next, oldest_url, ..Feed::default() }, ..document(entries) }
    }

    fn answer(&self, url: &str) -> Document {
        let number = url.rsplit(' ').next().and_then(|number| number.parse::<u64>().ok());
        match number {
            Some(offset) if url.starts_with("offset") => self.page(self.newest.saturating_sub(offset), offset),
            Some(before) => self.page(before - 1, 0),
            None => Document { feed: Feed::default(), ..self.page(self.size.min(self.newest), 0) },
        }
    }

    fn entry(&self, number: u64) -> Entry {
        let minutes = i64::try_from(number / self.in_a_minute).expect("a small number");
        Entry { published: Some(at("00:00") + TimeDelta::minutes(minutes)), ..Entry::new(number.to_string()) }
    }
}

/// Every two neighbours are neighbours in the feed, in its order; but where a gap is known.
fn has_no_silent_hole(session: &Session) -> Result<(), TestCaseError> {
    let timeline = session.timeline();
    let numbers: Vec<u64> = timeline.order().iter().map(|id| id.parse().expect("a number")).collect();
    for (at, number) in numbers.iter().enumerate() {
        let next = numbers.get(at + 1).copied().unwrap_or_default();
        let is_known = timeline.gaps().contains(&(at + 1));
        prop_assert!(next + 1 == *number || is_known && next < *number, "{numbers:?} {:?}", timeline.gaps());
    }
    Ok(())
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        (1..12_u64).prop_map(Act::Publish),
        Just(Act::Poll),
        any::<bool>().prop_map(Act::Answer),
        (0..3_usize, any::<bool>()).prop_map(|(gap, beginning)| Act::Near(gap, beginning)),
        Just(Act::Push),
    ]
}

proptest! {
    #[test]
    fn there_is_never_a_silent_hole_and_in_the_end_all_is_there(
        acts in proptest::collection::vec(act(), 1..40),
        size in 1..6_u64,
        newest in 1..30_u64,
        in_a_minute in 1..5_u64,
        is_cursor in any::<bool>(),
    ) {
        // Pages that have moved on, and go down by no minute, are taken for such as lead nowhere.
        let size = if is_cursor { size } else { size.max(in_a_minute) };
        let mut server = Server { newest, in_a_minute, size, cut: if is_cursor { Cut::Cursor } else { Cut::Offset } };
        let mut paged = Paged::new("", Feed::default());
        paged.update(Message::Document(server.page(newest, 0), None));
        let mut moved = 0;
        let answer = |paged: &mut Paged, server: &Server, well: bool| {
            if let Some(url) = paged.asked.pop() {
                let page = server.answer(&url);
                paged.update(if well { Message::Page(url, page, None) } else { Message::NoPage(None) });
            }
        };
        for act in acts {
            match act {
                // Pages that have moved on are followed as long as they do so no more often than they are read.
                Act::Publish(count) if is_cursor || (moved < 2 && paged.asked.is_empty()) => {
                    server.newest += count;
                    moved += 1;
                }
                Act::Publish(_) => {}
                Act::Poll => {
                    paged.later(SECOND * 20);
                    paged.update(Message::Document(server.page(server.newest, 0), None));
                }
                Act::Answer(well) => answer(&mut paged, &server, well),
                Act::Near(gap, beginning) => {
                    paged.update(Message::Near { gap, insist: true, beginning });
                }
                // The stream brings the very next one, if nothing was left out.
                Act::Push if is_cursor && ids(paged.session.timeline().order()).first() == Some(&&*server.newest.to_string()) => {
                    server.newest += 1;
                    let event = Event::Entry(Box::new(server.entry(server.newest)), None);
                    paged.update(Message::Pushed(vec![event], String::new()));
                }
                Act::Push => {}
            }
            prop_assert!(paged.asked.len() <= 1);
            has_no_silent_hole(&paged.session)?;
        }
        paged.update(Message::Document(server.page(server.newest, 0), None));
        for _ in 0..1000 {
            let gaps = paged.session.timeline().gaps().len();
            if gaps == 0 {
                break;
            }
            for gap in 0..gaps {
                paged.update(Message::Near { gap, insist: true, beginning: false });
            }
            answer(&mut paged, &server, true);
            has_no_silent_hole(&paged.session)?;
        }
        prop_assert_eq!(paged.session.timeline().len() as u64, server.newest);
    }
}

/// From one entry to the next older one.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Stays,
    Falls,
    Undated,
}

/// One document of the whole feed, and the same cut into pages: the feed itself first, the page with the first entries
/// last. Each entry stands a minute below the one before it, in the same, or has no date; but the first of a page has one.
fn cut(steps: &[Step], cuts: &[bool]) -> (Vec<Entry>, Vec<Vec<Entry>>) {
    let (mut whole, mut pages, mut minute) = (Vec::new(), vec![Vec::new()], 0);
    for (number, (step, is_cut)) in steps.iter().zip(cuts).enumerate() {
        let begins_page = number == 0 || *is_cut;
        if begins_page && number > 0 {
            pages.push(Vec::new());
        }
        minute -= i64::from(*step == Step::Falls);
        let is_dated = begins_page || *step != Step::Undated;
        let published = is_dated.then(|| at("12:00") + TimeDelta::minutes(minute));
        let entry = Entry { published, ..Entry::new(format!("e{number}")) };
        pages.last_mut().expect("a page").push(entry.clone());
        whole.push(entry);
    }
    (whole, pages)
}

proptest! {
    #[test]
    fn a_feed_in_pages_has_the_order_of_the_whole_wherever_it_is_cut(
        steps in proptest::collection::vec(prop::sample::select([Step::Stays, Step::Falls, Step::Undated].as_slice()), 1..40),
        cuts in proptest::collection::vec(prop::bool::weighted(0.3), 40),
        nears in proptest::collection::vec((0..3_usize, any::<bool>()), 0..20),
        version in proptest::option::of(1..9_u64),
    ) {
        let (whole, pages) = cut(&steps, &cuts);
        let mut order: Vec<String> = whole.iter().map(|entry| entry.id.to_string()).collect();
        let page = |number: usize| {
            let next_url = (number + 1 < pages.len()).then(|| (number + 1).to_string());
            let oldest_url = Some((pages.len() - 1).to_string());
            Document { feed: Feed { next_url, oldest_url, version, ..Feed::default() }, ..document(pages[number].clone()) }
        };
        let mut paged = Paged::new("", Feed::default());
        paged.update(Message::Document(page(0), None));
        // In the end from above, page by page.
        for (gap, beginning) in nears.into_iter().chain(std::iter::repeat_n((0, false), pages.len())) {
            paged.update(Message::Near { gap, insist: true, beginning });
            if let Some(url) = paged.asked.pop() {
                let number = url.parse().expect("a number");
                paged.update(Message::Page(url, page(number), None));
            }
            let timeline = paged.session.timeline();
            let there = order.iter().map(String::as_str).filter(|id| timeline.entry(id).is_some());
            prop_assert_eq!(ids(timeline.order()), there.collect::<Vec<_>>());
        }
        prop_assert_eq!(ids(paged.session.timeline().order()), order.iter().map(String::as_str).collect::<Vec<_>>());
        // And the same when the feed itself comes once more, with one more on top.
        order.insert(0, "new".to_owned());
        let mut next = page(0);
        next.entries.insert(0, Entry { published: whole[0].published, ..Entry::new("new") }.into());
        next.feed.version = version.map(|version| version + 1);
        paged.update(Message::Document(next, None));
        prop_assert_eq!(ids(paged.session.timeline().order()), order.iter().map(String::as_str).collect::<Vec<_>>());
    }
}
