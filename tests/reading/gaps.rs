//! Where entries are missing: the window ends there, and what comes to stand there is no news.

use livefeed::config::Order;
use livefeed::reading::{Effect, End, Message};

use crate::screen::Screen;
use crate::support::list;
use crate::told;

impl Screen {
    /// Others are missing after so many entries of the feed.
    fn part(&mut self, gaps: &[usize]) {
        self.reader.timeline.set_gaps(gaps.to_vec());
    }

    /// A page of older entries comes; `read` is the entry that is being read.
    fn page(&mut self, entries: &str, gaps: &[usize], read: Option<&str>) -> Vec<Effect> {
        self.reader.take_page(1, list(entries));
        self.part(gaps);
        self.act(Message::Older(read))
    }

    fn gaps(&self) -> [Option<usize>; 2] {
        self.reading.rows().gaps
    }
}

#[test]
fn older_pages_stand_at_the_lower_end_in_new_first() {
    let mut screen = Screen::new(Order::Newest, 3, list("F 12:06, E 12:05"));
    screen.part(&[2]);
    screen.act(Message::Older(None));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("F E", [None, Some(0)]));
    assert_eq!(told(screen.page("D 12:04, C 12:03", &[4], Some("F"))), []);
    // More of what is there comes first.
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("F E D …", [None, None]));
    screen.act(Message::More(End::Below));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("F E D C", [None, Some(0)]));
}

#[test]
fn old_first_shows_the_beginning_as_far_as_it_is_there_until_an_entry_is_read() {
    let mut screen = Screen::new(Order::Oldest, 2, list("F 12:06, E 12:05, D 12:04"));
    screen.part(&[3]);
    screen.act(Message::Older(None));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("D E …", [Some(0), None]));
    screen.page("C 12:03", &[4], None);
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("C D …", [Some(0), None]));
    screen.page("B 12:02, A 12:01", &[], Some("C"));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("… C D …", [None, None]));
    screen.act(Message::More(End::Above));
    assert_eq!(screen.rows(), "A B C D …");
}

#[test]
fn the_window_does_not_reach_across_what_is_missing() {
    let mut screen = Screen::new(Order::Oldest, 50, list("H 12:08, G 12:07"));
    screen.page("B 12:02, A 12:01", &[2], None);
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("A B", [None, Some(0)]));
    screen.act(Message::GoTo("H"));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("G H", [Some(0), None]));
    screen.act(Message::More(End::Above));
    assert_eq!(screen.rows(), "G H");
    screen.act(Message::Order(Order::Newest, Some("H")));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("H G", [None, Some(0)]));
    screen.page("F 12:06, E 12:05, D 12:04, C 12:03", &[], None);
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("H G F E D C B A", [None, None]));
}

#[test]
fn at_the_live_edge_what_comes_after_a_gap_is_shown_and_the_rest_when_it_is_filled() {
    let mut screen = Screen::new(Order::Newest, 50, list("B 12:02, A 12:01"));
    screen.reader.take(2, list("H 12:08, G 12:07"));
    screen.part(&[2]);
    let changes = livefeed::timeline::Changes { added: vec!["H".into(), "G".into()], ..Default::default() };
    screen.reading.update(Message::Changed(&changes), &screen.reader.timeline);
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("H G", [None, Some(0)]));
    screen.part(&[]);
    screen.act(Message::Older(None));
    assert_eq!(screen.rows(), "H G B A");
}

#[test]
fn away_from_the_live_edge_what_is_read_stays_while_a_gap_above_it_is_held_and_filled() {
    let mut screen = Screen::new(Order::Newest, 50, list("B 12:02, A 12:01"));
    screen.act(Message::Edge(false));
    screen.reader.take(2, list("H 12:08, G 12:07"));
    screen.part(&[2]);
    let changes = livefeed::timeline::Changes { added: vec!["H".into(), "G".into()], ..Default::default() };
    let effects = screen.reading.update(Message::Changed(&changes), &screen.reader.timeline);
    assert!(effects.contains(&Effect::Pending(2)));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("B A", [Some(0), None]));
    // The upper end of what is shown is not where new entries appear.
    assert_eq!(screen.act(Message::Edge(true)), []);
    screen.act(Message::Edge(false));
    let changes = screen.reader.take_page(3, list("C 12:03, B 12:02"));
    screen.part(&[]);
    let effects = screen.reading.update(Message::Changed(&changes), &screen.reader.timeline);
    assert!(effects.contains(&Effect::Pending(3)));
    assert_eq!((screen.rows().as_str(), screen.gaps()), ("B A", [None, None]));
    // The first unread one is the oldest of all that was missed.
    let effects = screen.act(Message::ShowPending);
    assert!(effects.contains(&Effect::ScrollTo("C".into())));
    assert_eq!(screen.rows(), "H G C — B A");
}

#[test]
fn in_old_first_the_end_before_a_gap_is_not_the_live_edge() {
    let mut screen = Screen::new(Order::Oldest, 50, list("H 12:08"));
    screen.page("A 12:01", &[1], None);
    let changes = screen.reader.take(2, list("I 12:09, H 12:08"));
    screen.part(&[2]);
    let effects = screen.reading.update(Message::Changed(&changes), &screen.reader.timeline);
    assert!(effects.contains(&Effect::Pending(1)));
    assert_eq!(screen.rows(), "A");
}
