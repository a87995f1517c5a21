//! What a publisher does, drawn by proptest.
#![allow(dead_code, reason = "each test file uses a part of it")]

use proptest::prelude::*;

use crate::support::publisher::{Act, Published};

/// An act that meets others in the same few minutes, since that is where order goes wrong.
pub fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        6 => prop_oneof![3 => Just(Some(0)), 4 => (-2..4_i64).prop_map(Some), 1 => Just(None)].prop_map(Act::Write),
        2 => any::<usize>().prop_map(Act::Edit),
        1 => (any::<usize>(), -2..4_i64).prop_map(|(which, minutes)| Act::Move(which, minutes)),
        3 => any::<usize>().prop_map(Act::Remove),
        1 => any::<usize>().prop_map(Act::Return),
        1 => any::<usize>().prop_map(Act::Pin),
    ]
}

/// The documents that such a publisher writes.
pub fn documents() -> impl Strategy<Value = Published> {
    (prop::collection::vec(act(), 1..24), 1..6_usize).prop_map(|(acts, window)| Published::by(&acts, window))
}
