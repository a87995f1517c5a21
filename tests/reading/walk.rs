//! Readers who do anything at any time.

use std::collections::{BTreeSet, HashSet};

use livefeed::config::Order;
use livefeed::feed::{Entry, Id};
use livefeed::reading::{Effect, End, Message, Reading};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::by_chance::documents;
use crate::support::Reader;
use crate::support::publisher::Published;

#[derive(Debug, Clone)]
enum Act {
    Publish(Index),
    Turn(Index),
    Edge(bool),
    ShowPending,
    More(End),
    Idle,
    Seen(Index),
    Pause(bool),
    GoTo(Index),
    PageSize(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        6 => any::<Index>().prop_map(Act::Publish),
        1 => any::<Index>().prop_map(Act::Turn),
        3 => any::<bool>().prop_map(Act::Edge),
        1 => Just(Act::ShowPending),
        1 => prop_oneof![Just(End::Above), Just(End::Below)].prop_map(Act::More),
        1 => Just(Act::Idle),
        1 => any::<Index>().prop_map(Act::Seen),
        2 => any::<bool>().prop_map(Act::Pause),
        1 => any::<Index>().prop_map(Act::GoTo),
        1 => (1..6_usize).prop_map(Act::PageSize),
    ];
    prop::collection::vec(act, 1..60)
}

/// One who reads, and what they were told.
struct Walk {
    reader: Reader,
    reading: Reading,
    pending: usize,
}

impl Walk {
    fn act(&mut self, act: &Act, published: &Published) -> Vec<Effect> {
        let going_to;
        let changes;
        let message = match act {
            Act::Publish(which) => {
                let number = which.index(published.len());
                changes = self.reader.take(number as u64 + 1, published[number].clone());
                Message::Changed(&changes)
            }
            Act::Turn(which) => {
                let order = match self.reading.order() {
                    Order::Newest => Order::Oldest,
                    Order::Oldest => Order::Newest,
                };
                going_to = self.any_row(which);
                Message::Order(order, Some(&going_to))
            }
            Act::Edge(at_edge) => Message::Edge(*at_edge),
            Act::ShowPending => Message::ShowPending,
            Act::More(end) => Message::More(*end),
            Act::Idle => Message::Idle,
            Act::Seen(which) => {
                going_to = self.any_row(which);
                Message::Seen(&going_to)
            }
            Act::Pause(paused) => Message::Pause(*paused),
            Act::GoTo(which) => {
                let order = self.reader.timeline.order();
                going_to = if order.is_empty() { "nobody".into() } else { which.get(order).clone() };
                Message::GoTo(&going_to)
            }
            Act::PageSize(rows) => Message::PageSize(*rows),
        };
        let effects = self.reading.update(message, &self.reader.timeline);
        for effect in &effects {
            match effect {
                Effect::Pending(pending) => self.pending = *pending,
                Effect::ScrollTo(id) => assert!(self.ids().contains(id), "{id} is not shown"),
                _ => {}
            }
        }
        effects
    }

    fn any_row(&self, which: &Index) -> Id {
        let ids = self.ids();
        if ids.is_empty() { "nobody".into() } else { which.get(&ids).clone() }
    }

    fn ids(&self) -> Vec<Id> {
        self.reading.rows().entries.iter().map(|entry| entry.id.clone()).collect()
    }

    /// What a reader may expect at any time.
    fn check(&self) {
        let ids = self.ids();
        let once: BTreeSet<&Id> = ids.iter().collect();
        assert_eq!(once.len(), ids.len(), "an id stands there twice");
        assert_eq!(self.pending, self.reading.pending(), "the pill says something else");
        let timeline = &self.reader.timeline;
        assert!(ids.iter().all(|id| timeline.entry(id).is_some()), "a removed entry is shown");
        let hidden = timeline.len() - ids.len();
        let rows = self.reading.rows();
        assert_eq!(rows.above || rows.more, hidden > self.reading.pending(), "whether there is more");
        if !self.reading.is_paused() {
            let shown: HashSet<&Id> = ids.iter().collect();
            let model = self.model();
            let in_order: Vec<&Id> = model.iter().filter(|id| shown.contains(id)).collect();
            assert_eq!(ids.iter().collect::<Vec<_>>(), in_order, "the rows are not those of the model");
            let is_pinned = |id: &&Id| timeline.entry(id).is_some_and(|entry| entry.pinned);
            let listed: Vec<&Id> = model.iter().filter(|id| !is_pinned(id)).collect();
            let rows: Vec<usize> = (0..listed.len()).filter(|at| shown.contains(listed[*at])).collect();
            if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                assert!(last + 1 - first - rows.len() <= self.reading.pending(), "the window has a gap");
            }
            let shown = self.reading.rows().entries.iter();
            assert!(shown.clone().all(|row| timeline.entry(&row.id).is_some_and(|entry| entry == row)), "an old text");
        }
    }

    /// All there is, from top to bottom: pinned entries first.
    fn model(&self) -> Vec<Id> {
        let timeline = &self.reader.timeline;
        let mut order: Vec<(&Id, &Entry)> =
            timeline.order().iter().filter_map(|id| timeline.entry(id).map(|entry| (id, &**entry))).collect();
        if self.reading.order() == Order::Oldest {
            order.reverse();
        }
        let (pinned, unpinned): (Vec<_>, Vec<_>) = order.into_iter().partition(|(_, entry)| entry.pinned);
        pinned.into_iter().chain(unpinned).map(|(id, _)| id.clone()).collect()
    }
}

proptest! {
    #[test]
    fn whatever_happens_the_rows_are_those_of_the_model(
        published in documents(),
        acts in acts(),
        first in any::<Index>().prop_map(Act::Publish),
        page_size in 1..6_usize,
    ) {
        let mut walk =
            Walk { reader: Reader::default(), reading: Reading::new(Order::Newest, page_size, None), pending: 0 };
        walk.act(&first, &published);
        for act in &acts {
            let effects = walk.act(act, &published);
            walk.check();
            if matches!(act, Act::Pause(false)) && effects.contains(&Effect::Paused(false)) {
                prop_assert!(effects.iter().any(|effect| matches!(effect, Effect::Show(_))));
            }
        }
        walk.act(&Act::Edge(true), &published);
        walk.act(&Act::Pause(false), &published);
        walk.act(&Act::ShowPending, &published);
        prop_assert_eq!(walk.reading.pending(), 0);
        walk.check();
    }

    #[test]
    fn old_first_is_the_exact_reverse_of_new_first_at_every_step(
        published in documents(),
        deliveries in prop::collection::vec(any::<Index>(), 1..30),
    ) {
        let mut reader = Reader::default();
        let mut readings = [Order::Newest, Order::Oldest].map(|order| Reading::new(order, usize::MAX, None));
        for delivery in deliveries {
            let number = delivery.index(published.len());
            let unpinned = published[number].iter().map(|entry| Entry { pinned: false, ..entry.clone() }).collect();
            let changes = reader.take(number as u64 + 1, unpinned);
            let [newest, oldest] = readings.each_mut().map(|reading| {
                reading.update(Message::Changed(&changes), &reader.timeline);
                reading.rows().entries.clone()
            });
            prop_assert_eq!(newest, oldest.into_iter().rev().collect::<Vec<_>>());
        }
    }
}
