//! The window, and the line that parts what is new from what is not.

use livefeed::config::Order;
use livefeed::reading::{Effect, End, Message};

use crate::screen::Screen;
use crate::support::{at, entry, list, pinned};
use crate::told;

#[test]
fn the_window_shows_a_page_and_more_on_demand_as_long_as_the_feed_has_any() {
    let mut screen = Screen::new(Order::Newest, 2, list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "E D …");
    screen.act(Message::More(End::Below));
    assert_eq!(screen.rows(), "E D C B …");
    screen.act(Message::More(End::Below));
    assert_eq!(screen.rows(), "E D C B A");
}

#[test]
fn pinned_entries_do_not_use_up_the_window() {
    let mut entries = list("C 12:17, B 12:16, A 12:15");
    entries.insert(0, pinned(entry("P", "12:18")));
    assert_eq!(Screen::new(Order::Newest, 2, entries).rows(), "P C B …");
}

#[test]
fn going_to_an_entry_opens_the_window_around_it() {
    let feed = || list("F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15");
    for (order, id, rows) in [(Order::Newest, "C", "… D C B …"), (Order::Oldest, "D", "… C D E …")] {
        let mut screen = Screen::new(order, 3, feed());
        assert_eq!(told(screen.act(Message::GoTo(id))), [Effect::ScrollTo(id.into())]);
        assert_eq!(screen.rows(), rows);
    }
}

#[test]
fn a_window_in_the_middle_grows_at_both_ends() {
    let mut screen =
        Screen::new(Order::Newest, 2, list("G 12:21, F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::GoTo("D"));
    assert_eq!(screen.rows(), "… E D …");
    screen.act(Message::More(End::Above));
    assert_eq!(screen.rows(), "G F E D …");
    screen.act(Message::More(End::Below));
    assert_eq!(screen.rows(), "G F E D C B …");
}

#[test]
fn a_window_whose_first_entry_is_removed_begins_at_the_next() {
    let mut screen = Screen::new(Order::Newest, 2, list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::GoTo("B"));
    assert_eq!(screen.rows(), "… C B …");
    screen.publish(list("E 12:19, D 12:18, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "… B A");
}

#[test]
fn the_end_of_a_window_that_has_more_is_not_the_live_edge() {
    let mut screen = Screen::new(Order::Newest, 2, list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::GoTo("B"));
    screen.publish(list("F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!((screen.rows().as_str(), screen.reading.pending()), ("… C B …", 1));
    screen.act(Message::ShowPending);
    assert_eq!(screen.rows(), "F — E …");
}

#[test]
fn in_idle_time_the_rest_is_built_piece_by_piece_up_to_500_rows() {
    let entries = |count: usize| (0..count).map(|at| entry(&format!("{at}"), "12:15")).collect::<Vec<_>>();
    let mut screen = Screen::new(Order::Newest, 50, entries(700));
    let mut pieces = 0;
    while screen.reading.wants_idle_time() {
        let before = screen.reading.rows().entries.len();
        screen.act(Message::Idle);
        assert_eq!(screen.reading.rows().entries.len(), before + 5);
        pieces += 1;
    }
    assert_eq!((pieces, screen.reading.rows().entries.len(), screen.reading.rows().more), (90, 500, true));
    assert_eq!(screen.act(Message::Idle), []);
}

#[test]
fn with_everything_shown_another_order_shows_everything() {
    let mut screen = Screen::new(Order::Newest, 2, list("C 12:17, B 12:16, A 12:15"));
    screen.act(Message::More(End::Below));
    screen.act(Message::Order(Order::Oldest, None));
    assert_eq!(screen.rows(), "A B C");
}

#[test]
fn the_entry_being_read_stays_in_the_window_when_the_order_turns() {
    let mut screen =
        Screen::new(Order::Newest, 3, list("G 12:21, F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    screen.act(Message::More(End::Below));
    assert_eq!(screen.rows(), "G F E D C B …");
    screen.act(Message::Order(Order::Oldest, Some("E")));
    assert_eq!(screen.rows(), "… D E F …");
}

#[test]
fn a_burst_opens_no_more_than_a_page() {
    let mut screen = Screen::new(Order::Newest, 2, list("B 12:16, A 12:15"));
    screen.publish(list("G 12:21, F 12:20, E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!((screen.rows().as_str(), screen.reading.pending()), ("G F E D …", 0));
}

#[test]
fn older_entries_are_neither_news_nor_held_back() {
    let mut screen = Screen::new(Order::Newest, 50, list("C 12:17, B 12:16"));
    screen.act(Message::Edge(false));
    screen.reader.take_page(1, list("A 12:15"));
    assert_eq!(told(screen.act(Message::Older(None))), []);
    assert_eq!((screen.rows().as_str(), screen.reading.pending()), ("C B A", 0));
}

#[test]
fn of_many_pinned_entries_ten_stand_on_top_and_the_others_in_their_place() {
    let mut entries: Vec<_> = (0..12).map(|at| pinned(entry(&format!("P{at}"), "12:15"))).collect();
    entries.insert(0, entry("A", "12:16"));
    let screen = Screen::new(Order::Newest, 50, entries);
    assert_eq!(screen.rows(), "P0 P1 P2 P3 P4 P5 P6 P7 P8 P9 A P10 P11");
}

#[test]
fn a_line_parts_what_is_new_since_the_reader_left_from_what_is_not() {
    for (order, rows) in [(Order::Newest, "D C — B A"), (Order::Oldest, "A B — C D")] {
        let mut screen = Screen::returning(order, 50, "12:16");
        screen.publish(list("D 12:18, C 12:17, B 12:16, A 12:15"));
        assert_eq!(screen.rows(), rows);
    }
}

#[test]
fn with_nothing_new_there_is_no_line() {
    let mut screen = Screen::returning(Order::Newest, 50, "12:16");
    screen.publish(list("B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "B A");
}

#[test]
fn the_line_goes_with_the_next_change_when_it_and_all_new_entries_were_seen() {
    let mut screen = Screen::returning(Order::Newest, 50, "12:15");
    screen.publish(list("C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "C B — A");
    screen.act(Message::Seen("A"));
    screen.publish(list("D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "D C B — A");
    screen.act(Message::Seen("D"));
    screen.publish(list("E 12:19, D 12:18, C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.rows(), "E D C B A");
}

#[test]
fn the_newest_entry_seen_is_remembered_once() {
    let mut screen = Screen::new(Order::Newest, 50, list("C 12:17, B 12:16, A 12:15"));
    assert_eq!(screen.act(Message::Seen("B")), [Effect::Remember(at("12:16"))]);
    assert_eq!(screen.act(Message::Seen("A")), []);
    assert_eq!(screen.act(Message::Seen("C")), [Effect::Remember(at("12:17"))]);
}
