//! Maps of ids, and what a feed that chooses its ids can do to them.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;
use std::hash::BuildHasher;

use livefeed::feed::{Id, IdMap, IdSet, SeededState, seed};

/// The slots of a map that holds the hostile ids.
const SLOTS: u64 = 2_048;
/// How many hostile ids there are.
const IDS: usize = 400;

/// How many ids share the slot that the most of them share.
fn most_in_one_slot(ids: &[Id], state: &SeededState) -> usize {
    let mut slots = HashMap::new();
    for id in ids {
        *slots.entry(state.hash_one(id) % SLOTS).or_default() += 1;
    }
    slots.into_values().max().unwrap_or_default()
}

#[test]
fn ids_that_were_chosen_to_collide_do_not_once_the_maps_are_seeded() {
    let mut early = IdMap::<usize>::default();
    let known = early.hasher().clone();
    let ids = (0..).map(|number| Id::from(format!("entry-{number}")));
    let hostile: Vec<Id> = ids.filter(|id| known.hash_one(id) % SLOTS == 7).take(IDS).collect();
    assert_eq!(most_in_one_slot(&hostile, &known), IDS);
    early.extend(hostile.iter().cloned().zip(0..));

    seed(0.75);
    assert!(most_in_one_slot(&hostile, IdMap::<usize>::default().hasher()) < 10);
    assert!(most_in_one_slot(&hostile, IdSet::default().hasher()) < 10);

    // A map that was there before keeps its own seed, and all that it holds.
    assert!(hostile.iter().zip(0..).all(|(id, number)| early.get(id) == Some(&number)));

    // Another seed later on would separate maps that are compared.
    let seeded = IdSet::default().hasher().hash_one("entry-1");
    seed(0.25);
    assert_eq!(IdSet::default().hasher().hash_one("entry-1"), seeded);
}
