//! Which rows stay where they are when a list takes another order: as many as can, so that as few nodes as possible
//! are moved. A moved node may lose a playing frame, the focus, or the reader's place.

/// Tells, for each row of the new order, whether it may stay. `before` holds the row's place in the old order, or
/// nothing where it is new. The rows that stay are a longest increasing run of `before` (O(n log n)); of those with the
/// row `fixed`, if there is one.
///
/// ```
/// // c came to the top: only c moves.
/// assert_eq!(livefeed::moves::staying(&[Some(2), Some(0), Some(1)], None), [false, true, true]);
/// // The others move around c.
/// assert_eq!(livefeed::moves::staying(&[Some(2), Some(0), Some(1)], Some(0)), [true, false, false]);
/// ```
#[must_use]
pub fn staying(before: &[Option<usize>], fixed: Option<usize>) -> Vec<bool> {
    let pivot = fixed.and_then(|row| Some((row, before.get(row).copied()??)));
    // The last place of the best run of each length, and behind each row the one before it in its run.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(before.len());
    for (row, place) in before.iter().enumerate() {
        // What was on the other side of the fixed row has to move.
        let crosses = |place: &usize| pivot.is_some_and(|(fixed, pivot)| row.cmp(&fixed) != place.cmp(&pivot));
        let Some(place) = place.filter(|place| !crosses(place)) else {
            previous.push(None);
            continue;
        };
        let length = ends.partition_point(|(_, end)| *end < place);
        previous.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).map(|(row, _)| *row));
        match ends.get_mut(length) {
            Some(end) => *end = (row, place),
            None => ends.push((row, place)),
        }
    }
    let mut stays = vec![false; before.len()];
    let mut at = ends.last().map(|(row, _)| *row);
    while let Some(row) = at {
        if let Some(stay) = stays.get_mut(row) {
            *stay = true;
        }
        at = previous.get(row).copied().flatten();
    }
    stays
}
