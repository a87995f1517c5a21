//! Which rows stay where they are when a list takes another order.

#![cfg(not(target_arch = "wasm32"))]

use livefeed::moves::staying;
use proptest::prelude::*;

#[test]
fn nothing_moves_where_nothing_changed() {
    assert_eq!(staying(&[Some(0), Some(1), Some(2)], None), [true, true, true]);
}

#[test]
fn a_new_row_is_placed_and_all_others_stay() {
    assert_eq!(staying(&[None, Some(0), Some(1)], None), [false, true, true]);
}

#[test]
fn a_removal_moves_nothing() {
    assert_eq!(staying(&[Some(0), Some(2), Some(3)], None), [true, true, true]);
}

#[test]
fn one_row_that_went_down_is_the_only_one_to_move() {
    assert_eq!(staying(&[Some(1), Some(2), Some(3), Some(0)], None), [true, true, true, false]);
}

#[test]
fn in_a_reversal_one_row_stays() {
    assert_eq!(staying(&[Some(3), Some(2), Some(1), Some(0)], None).iter().filter(|stays| **stays).count(), 1);
}

#[test]
fn in_a_reversal_the_row_that_plays_stays() {
    let reversed = [Some(3), Some(2), Some(1), Some(0)];
    assert_eq!(staying(&reversed, Some(0)), [true, false, false, false]);
    assert_eq!(staying(&reversed, Some(2)), [false, false, true, false]);
}

#[test]
fn a_row_that_went_up_stays_if_it_plays_and_the_others_go_down() {
    assert_eq!(staying(&[Some(3), Some(0), Some(1), Some(2)], Some(0)), [true, false, false, false]);
}

#[test]
fn around_a_row_that_plays_as_many_stay_as_can() {
    assert_eq!(staying(&[Some(0), None, Some(3), Some(1), Some(2)], Some(3)), [true, false, false, true, true]);
}

#[test]
fn a_new_row_holds_nothing_in_its_place() {
    assert_eq!(staying(&[None, Some(0)], Some(0)), [false, true]);
}

#[test]
fn an_empty_list_is_no_trouble() {
    assert_eq!(staying(&[], None), Vec::<bool>::new());
}

/// The longest run that may stay, by trying every subset: slow, and plainly right.
fn longest(before: &[Option<usize>]) -> usize {
    let places: Vec<usize> = before.iter().copied().flatten().collect();
    (0_u32..1 << places.len())
        .filter_map(|chosen| {
            let run: Vec<usize> =
                places.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, place)| *place).collect();
            run.is_sorted().then_some(run.len())
        })
        .max()
        .unwrap_or_default()
}

proptest! {
    #[test]
    fn the_fixed_row_stays_and_so_do_as_many_others_as_can(before in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(), fixed in 0_usize..9) {
        let before: Vec<Option<usize>> = before.into_iter().map(Some).collect();
        let stays = staying(&before, Some(fixed));
        prop_assert!(stays[fixed]);
        let kept: Vec<usize> = before.iter().zip(&stays).filter(|(_, stays)| **stays).filter_map(|(place, _)| *place).collect();
        prop_assert!(kept.is_sorted(), "rows that stay keep their order");
        // The best run with the fixed row: the best one before it, and the best one after it.
        let (above, below) = (&before[..fixed], &before[fixed + 1..]);
        let pivot = before[fixed];
        let of = |rows: &[Option<usize>], fits: &dyn Fn(&Option<usize>) -> bool| longest(&rows.iter().copied().filter(fits).collect::<Vec<_>>());
        prop_assert_eq!(kept.len(), of(above, &|place| *place < pivot) + 1 + of(below, &|place| *place > pivot));
    }

    #[test]
    fn as_many_rows_stay_as_can(before in Just((0..9).collect::<Vec<usize>>()).prop_shuffle(), new in prop::collection::vec(any::<bool>(), 9)) {
        let before: Vec<Option<usize>> =
            before.into_iter().zip(new).map(|(place, is_new)| (!is_new).then_some(place)).collect();
        let stays = staying(&before, None);
        let kept: Vec<usize> = before.iter().zip(&stays).filter(|(_, stays)| **stays).filter_map(|(place, _)| *place).collect();
        prop_assert!(kept.is_sorted(), "rows that stay keep their order");
        prop_assert!(before.iter().zip(&stays).all(|(place, stays)| place.is_some() || !stays), "a new row can't stay");
        prop_assert_eq!(kept.len(), longest(&before));
    }
}
