//! A number for each of some ids; or, where the number says nothing, a set of them.
//!
//! It is the one map of the project. The standard library's does more and weighs four times as much, which every page
//! would load; each further kind of map would be as much again.
//!
//! A feed may choose its ids so that they crowd in one place, which would make each look-up as long as the list. So the
//! place depends on a number that no feed knows: [`seed`].

use std::cell::Cell;

use super::Id;

thread_local! {
    /// What the next map's places depend on.
    static SEED: Cell<u64> = const { Cell::new(0) };
}

/// Takes a number by chance, from 0 up to 1, for all maps that are made from now on.
pub fn seed(chance: f64) {
    SEED.set(chance.to_bits());
}

/// What stands in a slot that is free: a place that no id has.
const FREE: usize = usize::MAX;

/// A number for each of some ids, found by the id.
#[derive(Debug, Clone)]
pub struct Numbers {
    seed: u64,
    list: Vec<One>,
    /// Where an id stands in the list, in the slot that its hash names or in one soon after; at most half are taken.
    slots: Vec<usize>,
}

/// An id, its hash (which is dear, and asked for whenever the map grows), and its number.
#[derive(Debug, Clone)]
struct One {
    id: Id,
    hash: u32,
    number: usize,
}

impl Default for Numbers {
    fn default() -> Self {
        Self { seed: SEED.get(), list: Vec::new(), slots: Vec::new() }
    }
}

impl Numbers {
    /// How far from its own slot any of them is found at most: what a look-up costs.
    #[must_use]
    pub fn farthest(&self) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let off = |one: &One| self.slot(&one.id, one.hash).wrapping_sub(one.hash as usize) & last;
        self.list.iter().map(off).max().unwrap_or_default()
    }

    /// The number of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<usize> {
        // Most are asked for every row of a list while nothing is in them.
        if self.is_empty() {
            return None;
        }
        let place = self.slots.get(self.slot(id, hash(id, self.seed)))?;
        Some(self.list.get(*place)?.number)
    }

    /// Whether that id is among them.
    #[must_use]
    pub fn contains(&self, id: &str) -> bool {
        self.get(id).is_some()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Gives an id that number, unless it has one. The one that it has then.
    pub fn insert(&mut self, id: &Id, number: usize) -> usize {
        let hash = hash(id, self.seed);
        let slot = self.slot(id, hash);
        if let Some(known) = self.slots.get(slot).and_then(|place| self.list.get(*place)) {
            return known.number;
        }
        self.list.push(One { id: id.clone(), hash, number });
        if self.list.len() * 2 > self.slots.len() {
            self.arrange();
        } else if let Some(slot) = self.slots.get_mut(slot) {
            *slot = self.list.len() - 1;
        }
        number
    }

    /// Leaves out those that are not to be kept.
    pub fn retain(&mut self, keep: &dyn Fn(&Id) -> bool) {
        self.list.retain(|one| keep(&one.id));
        self.arrange();
    }

    /// Leaves out all.
    pub fn clear(&mut self) {
        self.list.clear();
        self.slots.clear();
    }

    /// Gives each of the list its slot, with room for as many again.
    fn arrange(&mut self) {
        self.slots.clear();
        self.slots.resize((self.list.len() * 4).next_power_of_two(), FREE);
        for (place, one) in self.list.iter().enumerate() {
            let slot = self.slot(&one.id, one.hash);
            if let Some(slot) = self.slots.get_mut(slot) {
                *slot = place;
            }
        }
    }

    /// The slot of the id that has this hash, or the free one that it would take.
    fn slot(&self, id: &str, hash: u32) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash as usize & last;
        while let Some(other) = self.slots.get(slot).and_then(|place| self.list.get(*place))
            && (other.hash != hash || *other.id != *id)
        {
            slot = (slot + 1) & last;
        }
        slot
    }
}

impl<'a> FromIterator<&'a Id> for Numbers {
    /// Each with its place in the list.
    fn from_iter<T: IntoIterator<Item = &'a Id>>(ids: T) -> Self {
        let mut numbers = Self::default();
        for (number, id) in ids.into_iter().enumerate() {
            numbers.insert(id, number);
        }
        numbers
    }
}

/// HalfSipHash-1-3: who doesn't know the seed finds no two ids with the same hash but by chance. (FNV and the like are
/// shorter, and no seed helps them.)
#[must_use]
pub fn hash(id: &str, seed: u64) -> u32 {
    const ROUNDS_AT_THE_END: u32 = 3;
    #[expect(clippy::cast_possible_truncation, reason = "its two halves, and the length as a word")]
    let (low, high, length) = (seed as u32, (seed >> 32) as u32, id.len() as u32);
    let mut state = [low, high, low ^ 0x6c79_6765, high ^ 0x7465_6462];
    let words = id.as_bytes().chunks(4).map(|bytes| bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)));
    for word in words.chain([length]) {
        state[3] ^= word;
        stir(&mut state);
        state[0] ^= word;
    }
    state[2] ^= 0xff;
    for _ in 0..ROUNDS_AT_THE_END {
        stir(&mut state);
    }
    state[1] ^ state[3]
}

fn stir([a, b, c, d]: &mut [u32; 4]) {
    *a = a.wrapping_add(*b);
    *b = b.rotate_left(5) ^ *a;
    *a = a.rotate_left(16);
    *c = c.wrapping_add(*d);
    *d = d.rotate_left(8) ^ *c;
    *a = a.wrapping_add(*d);
    *d = d.rotate_left(7) ^ *a;
    *c = c.wrapping_add(*b);
    *b = b.rotate_left(13) ^ *c;
    *c = c.rotate_left(16);
}
