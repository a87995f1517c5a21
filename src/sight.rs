//! What of a list is before the reader's eyes: edges in CSS pixels, counted downward.

/// The first of `count` rows that shows below a line; `count` if none does. `bottom` tells a row's lower edge, and is
/// asked for a few rows only.
///
/// ```
/// let bottoms = [100.0, 250.0, 300.0];
/// assert_eq!(livefeed::sight::first_below(120.0, 3, |row| bottoms[row as usize]), 1);
/// ```
#[must_use]
pub fn first_below(line: f64, count: u32, bottom: impl Fn(u32) -> f64) -> u32 {
    let (mut from, mut to) = (0, count);
    while from < to {
        let middle = from.midpoint(to);
        if bottom(middle) > line + A_HAIR {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// How far a box is from the middle of what the reader sees.
#[must_use]
pub fn distance((top, bottom): (f64, f64), (view_top, view_bottom): (f64, f64)) -> f64 {
    (f64::midpoint(top, bottom) - f64::midpoint(view_top, view_bottom)).abs()
}

/// How much is left to scroll where so much has `grown` above, of which the browser has `done` so much; none where that
/// can't be its doing.
///
/// ```
/// assert_eq!(livefeed::sight::left_over(240.0, 0.0), 240.0);
/// assert_eq!(livefeed::sight::left_over(240.0, 240.0), 0.0);
/// assert_eq!(livefeed::sight::left_over(240.0, -400.0), 0.0);
/// ```
#[must_use]
pub fn left_over(grown: f64, done: f64) -> f64 {
    let left = grown - done;
    // It rounds what it does to whole pixels.
    let is_its_doing = left.abs() > 1.0 && left.abs() <= grown.abs() && grown * left > 0.0;
    if is_its_doing { left } else { 0.0 }
}

/// What nobody sees: browsers round places to fractions of a pixel, each in its own way.
pub const A_HAIR: f64 = 0.5;
