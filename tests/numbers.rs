//! Numbers of ids, held against the standard library's map.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::HashMap;

use livefeed::feed::{Id, Numbers, hash, seed};
use proptest::prelude::*;

fn id(number: usize) -> Id {
    format!("entry-{number}").into()
}

#[test]
fn an_id_that_was_never_given_a_number_has_none() {
    let mut numbers = Numbers::default();
    assert_eq!(numbers.get("a"), None);
    numbers.insert(&"a".into(), 1);
    assert_eq!(numbers.get("b"), None);
    assert_eq!(numbers.get(""), None);
}

#[test]
fn a_list_of_ids_gives_each_its_place() {
    let ids = [id(5), id(3), id(4)];
    let numbers: Numbers = ids.iter().collect();
    assert_eq!(ids.iter().map(|id| numbers.get(id)).collect::<Vec<_>>(), [Some(0), Some(1), Some(2)]);
}

#[test]
fn all_can_be_left_out_at_once() {
    let ids = [id(1), id(2)];
    let mut numbers: Numbers = ids.iter().collect();
    numbers.clear();
    assert!(numbers.is_empty());
    assert!(!numbers.contains("entry-1"));
    numbers.insert(&id(1), 7);
    assert_eq!(numbers.get("entry-1"), Some(7));
}

#[test]
fn ids_that_are_chosen_to_crowd_in_one_place_don_t_where_the_seed_is_another_one() {
    const IDS: usize = 400;
    const SLOTS: u32 = 2_048;
    let (known, unknown) = (0.25_f64, 0.75_f64);
    let crowd: Vec<Id> = (0..).map(id).filter(|id| hash(id, known.to_bits()) % SLOTS == 7).take(IDS).collect();
    let made_with = |chance: f64| {
        seed(chance);
        crowd.iter().collect::<Numbers>()
    };
    assert_eq!(made_with(known).farthest(), IDS - 1);
    assert!(made_with(unknown).farthest() < 20);
}

#[test]
fn a_map_stays_whole_when_the_seed_changes() {
    seed(0.1);
    let mut numbers: Numbers = [id(1), id(2)].iter().collect();
    seed(0.2);
    numbers.insert(&id(3), 7);
    assert_eq!([1, 2, 3].map(|number| numbers.get(&id(number))), [Some(0), Some(1), Some(7)]);
}

proptest! {
    #[test]
    fn it_knows_what_a_map_knows_whatever_was_put_in_and_left_out(
        steps in prop::collection::vec((0_usize..200, 0_usize..9, any::<bool>()), 0..300)
    ) {
        let mut numbers = Numbers::default();
        let mut map = HashMap::new();
        for (key, number, leaves_out) in steps {
            if leaves_out && number == 0 {
                let gone = |other: &Id| **other != *id(key);
                numbers.retain(&gone);
                map.retain(|other, _| gone(other));
            } else {
                prop_assert_eq!(numbers.insert(&id(key), number), *map.entry(id(key)).or_insert(number));
            }
            prop_assert_eq!(numbers.len(), map.len());
        }
        for key in 0..200 {
            prop_assert_eq!(numbers.get(&id(key)), map.get(&id(key)).copied());
        }
    }
}
