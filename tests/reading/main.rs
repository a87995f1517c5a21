//! What one reader sees: the order, what is held back, the window.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, reason = "in a test a panic is the report")]

#[path = "../support/by_chance.rs"]
mod by_chance;
mod gaps;
mod screen;
#[path = "../support/mod.rs"]
mod support;
mod walk;
mod window;

use livefeed::config::Order;
use livefeed::feed::Content;
use livefeed::reading::{Effect, End, Message, Reading};
use livefeed::timeline::Changes;

use screen::Screen;
use support::{Reader, edited, entry, list, pinned};

/// The effects without the rows, which are looked at on the screen.
fn told(effects: Vec<Effect>) -> Vec<Effect> {
    effects.into_iter().filter(|effect| !matches!(effect, Effect::Show(_))).collect()
}

fn report(added: &[&str]) -> Effect {
    Effect::Report(Changes { added: added.iter().map(|id| (*id).into()).collect(), ..Changes::default() })
}

fn text(text: &str) -> Option<Content> {
    Some(Content::Text(text.to_owned()))
}

#[test]
fn the_first_document_is_shown_and_nothing_is_announced() {
    let mut screen = Screen::blank(Order::Newest, 50);
    assert_eq!(screen.rows(), "");
    assert_eq!(told(screen.publish(list("B 12:17, A 12:16"))), []);
    assert_eq!((screen.rows().as_str(), screen.fresh().as_str()), ("B A", ""));
}

#[test]
fn nothing_is_shown_before_the_first_document() {
    let mut reading = Reading::new(Order::Newest, 50, None);
    let timeline = Reader::default().timeline;
    assert_eq!(reading.update(Message::PageSize(20), &timeline), []);
    assert_eq!(reading.update(Message::More(End::Below), &timeline), []);
    assert_eq!(reading.update(Message::Order(Order::Oldest, None), &timeline), [Effect::Ordered(Order::Oldest)]);
}

#[test]
fn the_other_order_is_the_exact_reverse_at_once() {
    let mut screen = Screen::new(Order::Newest, 50, list("C 12:17, B 12:17, A 12:16"));
    assert_eq!(told(screen.act(Message::Order(Order::Oldest, None))), [Effect::Ordered(Order::Oldest)]);
    assert_eq!((screen.rows().as_str(), screen.reading.order()), ("A B C", Order::Oldest));
    assert_eq!(screen.act(Message::Order(Order::Oldest, None)), []);
}

#[test]
fn pinned_entries_stand_on_top_in_both_orders() {
    let entries =
        vec![entry("C", "12:17"), pinned(entry("Q", "12:16")), entry("B", "12:15"), pinned(entry("P", "04:30"))];
    let mut screen = Screen::new(Order::Newest, 50, entries);
    assert_eq!(screen.rows(), "Q P C B");
    screen.act(Message::Order(Order::Oldest, None));
    assert_eq!(screen.rows(), "P Q B C");
}

#[test]
fn at_the_live_edge_new_entries_appear_by_themselves_at_the_right_end() {
    for (order, rows) in [(Order::Newest, "C B A"), (Order::Oldest, "A B C")] {
        let mut screen = Screen::new(order, 50, list("A 12:16"));
        let effects = told(screen.publish(list("C 12:18, B 12:17, A 12:16")));
        assert_eq!(effects, [Effect::Announce(2), report(&["C", "B"])]);
        assert_eq!((screen.rows().as_str(), screen.fresh().as_str()), (rows, "C B"));
    }
}

#[test]
fn away_from_the_live_edge_new_entries_are_held_back_and_counted() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:16"));
    assert_eq!(screen.act(Message::Edge(false)), []);
    let effects = told(screen.publish(list("B 12:17, A 12:16")));
    assert_eq!(effects, [Effect::Pending(1), Effect::Announce(1), report(&["B"])]);
    let effects = told(screen.publish(list("C 12:18, B 12:17, A 12:16")));
    assert_eq!(effects, [Effect::Pending(2), Effect::Announce(1), report(&["C"])]);
    assert_eq!((screen.rows().as_str(), screen.reading.pending()), ("A", 2));
}

#[test]
fn a_repeated_document_counts_nothing_twice() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:16"));
    screen.act(Message::Edge(false));
    screen.publish(list("B 12:17, A 12:16"));
    screen.publish(list("B 12:17, A 12:16"));
    assert_eq!(screen.reading.pending(), 1);
}

#[test]
fn a_held_entry_that_is_removed_is_no_longer_counted() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:16"));
    screen.act(Message::Edge(false));
    screen.publish(list("C 12:18, B 12:17, A 12:16"));
    let removed = Effect::Report(Changes { removed: vec!["C".into()], ..Changes::default() });
    assert_eq!(told(screen.publish(list("B 12:17, A 12:16"))), [Effect::Pending(1), removed]);
    screen.act(Message::ShowPending);
    assert_eq!(screen.rows(), "B — A");
}

#[test]
fn back_at_the_live_edge_what_was_held_appears() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:16"));
    screen.act(Message::Edge(false));
    screen.publish(list("C 12:18, B 12:17, A 12:16"));
    assert_eq!(told(screen.act(Message::Edge(true))), [Effect::Pending(0)]);
    assert_eq!((screen.rows().as_str(), screen.fresh().as_str()), ("C B A", "C B"));
    assert_eq!(screen.act(Message::Edge(true)), []);
}

#[test]
fn the_pill_leads_to_the_first_unread_in_either_order() {
    for order in [Order::Newest, Order::Oldest] {
        let mut screen = Screen::new(order, 50, list("A 12:16"));
        screen.act(Message::Edge(false));
        screen.publish(list("C 12:18, B 12:17, A 12:16"));
        assert_eq!(told(screen.act(Message::ShowPending)), [Effect::Pending(0), Effect::ScrollTo("B".into())]);
        assert_eq!(screen.act(Message::ShowPending), []);
    }
}

#[test]
fn in_old_first_the_pill_opens_the_window_around_the_first_unread() {
    let mut screen = Screen::new(Order::Oldest, 2, list("D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Edge(false));
    screen.publish(list("F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "A B …");
    assert_eq!(told(screen.act(Message::ShowPending)), [Effect::Pending(0), Effect::ScrollTo("E".into())]);
    assert_eq!(screen.rows(), "… D — E …");
}

#[test]
fn edits_and_removals_are_not_held_back_away_from_the_edge() {
    let mut screen = Screen::new(Order::Newest, 50, list("C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Edge(false));
    screen.publish(vec![entry("C", "12:17"), edited(entry("A", "12:15"), "Corrected")]);
    assert_eq!((screen.rows().as_str(), screen.text("A")), ("C A", text("Corrected")));
}

#[test]
fn while_paused_new_entries_and_edits_wait_and_removals_go_through() {
    let mut screen = Screen::new(Order::Newest, 50, list("C 12:17, B 12:16, A 12:15"));
    assert_eq!(told(screen.act(Message::Pause(true))), [Effect::Paused(true)]);
    assert_eq!(screen.act(Message::Pause(true)), []);
    let changes =
        Changes { added: vec!["D".into()], changed: vec!["A".into()], removed: vec!["B".into()], reordered: false };
    let effects =
        told(screen.publish(vec![entry("D", "12:18"), entry("C", "12:17"), edited(entry("A", "12:15"), "Corrected")]));
    assert_eq!(effects, [Effect::Pending(1), Effect::Report(changes)]);
    assert_eq!((screen.rows().as_str(), screen.text("A")), ("C A", text("Text of A")));
    assert_eq!(screen.act(Message::Edge(true)), []);
    assert_eq!(told(screen.act(Message::Pause(false))), [Effect::Paused(false), Effect::Pending(0)]);
    assert_eq!((screen.rows().as_str(), screen.text("A")), ("D C A", text("Corrected")));
}

#[test]
fn while_paused_no_row_moves_and_none_comes_up_from_below() {
    let mut screen = Screen::new(Order::Newest, 3, list("D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Pause(true));
    screen.publish(list("B 12:19, C 12:17, A 12:15"));
    assert_eq!(screen.rows(), "C B …");
    screen.act(Message::Pause(false));
    assert_eq!(screen.rows(), "B C A");
}

#[test]
fn resuming_shows_an_edit_that_came_alone() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:15"));
    screen.act(Message::Pause(true));
    screen.publish(vec![edited(entry("A", "12:15"), "Corrected")]);
    assert_eq!(screen.text("A"), text("Text of A"));
    screen.act(Message::Pause(false));
    assert_eq!(screen.text("A"), text("Corrected"));
}

#[test]
fn resuming_away_from_the_edge_leaves_new_entries_behind_the_pill() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:15"));
    screen.act(Message::Pause(true));
    screen.act(Message::Edge(false));
    screen.publish(vec![entry("B", "12:16"), edited(entry("A", "12:15"), "Corrected")]);
    screen.act(Message::Pause(false));
    assert_eq!((screen.rows().as_str(), screen.text("A"), screen.reading.pending()), ("A", text("Corrected"), 1));
}

#[test]
fn a_feed_paused_before_it_came_is_shown_once() {
    let mut screen = Screen::blank(Order::Newest, 50);
    screen.act(Message::Pause(true));
    screen.publish(list("A 12:15"));
    assert_eq!(screen.rows(), "A");
    screen.publish(list("B 12:16, A 12:15"));
    assert_eq!((screen.rows().as_str(), screen.reading.pending()), ("A", 1));
}

#[test]
fn while_paused_the_readers_own_acts_go_through_and_edits_still_wait() {
    let mut screen = Screen::new(Order::Newest, 2, list("D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Pause(true));
    screen.publish(vec![
        edited(entry("D", "12:18"), "Corrected"),
        entry("C", "12:17"),
        entry("B", "12:16"),
        entry("A", "12:15"),
    ]);
    screen.act(Message::More(End::Below));
    assert_eq!((screen.rows().as_str(), screen.text("D")), ("D C B A", text("Text of D")));
    screen.act(Message::Order(Order::Oldest, None));
    assert_eq!((screen.rows().as_str(), screen.text("D")), ("A B C D", text("Text of D")));
}

#[test]
fn while_paused_going_to_a_row_that_has_not_come_up_yet_shows_it() {
    let mut screen = Screen::new(Order::Newest, 2, list("C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Pause(true));
    screen.publish(list("C 12:17, A 12:15"));
    assert_eq!(screen.rows(), "C …");
    assert_eq!(told(screen.act(Message::GoTo("A"))), [Effect::ScrollTo("A".into())]);
    assert_eq!(screen.rows(), "C A");
}

#[test]
fn while_paused_a_removal_may_leave_nothing_more_to_show() {
    let mut screen = Screen::new(Order::Newest, 2, list("C 12:17, B 12:16, A 12:15"));
    screen.act(Message::Pause(true));
    assert_eq!(screen.rows(), "C B …");
    screen.reader.remove(9, "A");
    let changes = Changes { removed: vec!["A".into()], ..Changes::default() };
    screen.act(Message::Changed(&changes));
    assert_eq!(screen.rows(), "C B");
}

#[test]
fn while_paused_the_pill_shows_everything_and_the_pause_goes_on() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:15"));
    screen.act(Message::Pause(true));
    screen.publish(vec![entry("B", "12:16"), edited(entry("A", "12:15"), "Corrected")]);
    screen.act(Message::ShowPending);
    assert_eq!((screen.rows().as_str(), screen.text("A")), ("B — A", text("Corrected")));
    assert!(screen.reading.is_paused());
}

#[test]
fn more_survives_an_update_and_another_order() {
    let mut screen = Screen::new(Order::Newest, 2, list("C 12:17, B 12:16, A 12:15"));
    screen.publish(list("D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "D C B …");
    screen.act(Message::Order(Order::Oldest, None));
    assert_eq!(screen.rows(), "A B …");
    screen.publish(list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "A B …");
}

#[test]
fn in_old_first_new_entries_appear_when_all_before_them_are_shown() {
    let mut screen = Screen::new(Order::Oldest, 2, list("B 12:16, A 12:15"));
    screen.publish(list("C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "A B C");
}

#[test]
fn another_page_size_takes_nothing_away_that_is_shown() {
    let entries = || list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15");
    let mut screen = Screen::new(Order::Newest, 2, entries());
    screen.act(Message::PageSize(3));
    assert_eq!(screen.rows(), "E D C …");
    screen.act(Message::PageSize(1));
    assert_eq!(screen.rows(), "E D C …");
    screen.act(Message::PageSize(usize::MAX));
    assert_eq!(screen.rows(), "E D C B A");
}

#[test]
fn going_to_an_entry_that_is_shown_only_leads_there() {
    let mut screen = Screen::new(Order::Newest, 50, list("B 12:16, A 12:15"));
    assert_eq!(screen.act(Message::GoTo("A")), [Effect::ScrollTo("A".into())]);
}

#[test]
fn going_to_an_entry_that_is_not_there_does_nothing() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:15"));
    assert_eq!(screen.act(Message::GoTo("Z")), []);
}

#[test]
fn going_to_a_held_entry_shows_what_is_held() {
    let mut screen = Screen::new(Order::Newest, 50, list("A 12:15"));
    screen.act(Message::Edge(false));
    screen.publish(list("C 12:17, B 12:16, A 12:15"));
    assert_eq!(told(screen.act(Message::GoTo("C"))), [Effect::Pending(0), Effect::ScrollTo("C".into())]);
    assert_eq!(screen.rows(), "C B A");
}
