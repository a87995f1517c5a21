//! A number for each of some ids; or, where the number says nothing, a set of them.
//!
//! It is the one map of the project. The standard library's does more and weighs four times as much, which every page
//! would load; each further kind of map would be as much again.

use super::Id;

/// What stands in a slot that is free: a place that no id has.
const FREE: usize = usize::MAX;

/// A number for each of some ids, found by the id.
#[derive(Debug, Clone, Default)]
pub struct Numbers {
    list: Vec<(Id, usize)>,
    /// Where an id stands in the list, in the slot that its hash names or in one soon after; at most half are taken.
    slots: Vec<usize>,
}

impl Numbers {
    /// The number of that id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<usize> {
        Some(self.list.get(self.place(id)?)?.1)
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

    /// Gives an id a number, or another one.
    pub fn insert(&mut self, id: &Id, number: usize) {
        if let Some(known) = self.place(id).and_then(|place| self.list.get_mut(place)) {
            known.1 = number;
            return;
        }
        self.list.push((id.clone(), number));
        if self.list.len() * 2 > self.slots.len() {
            self.arrange();
        } else {
            self.occupy(self.list.len() - 1);
        }
    }

    /// Leaves out those that are not to be kept.
    pub fn retain(&mut self, keep: &dyn Fn(&Id) -> bool) {
        self.list.retain(|(id, _)| keep(id));
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
        for place in 0..self.list.len() {
            self.occupy(place);
        }
    }

    fn occupy(&mut self, place: usize) {
        let Some((id, _)) = self.list.get(place) else { return };
        let slot = self.slot(id);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = place;
        }
    }

    fn place(&self, id: &str) -> Option<usize> {
        self.slots.get(self.slot(id)).copied().filter(|place| *place != FREE)
    }

    /// The slot of that id, or the free one that it would take.
    fn slot(&self, id: &str) -> usize {
        let last = self.slots.len().wrapping_sub(1);
        let mut slot = hash(id) & last;
        while let Some((other, _)) = self.slots.get(slot).and_then(|place| self.list.get(*place))
            && **other != *id
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

/// FNV-1a, and its upper half mixed into the lower one, of which only a part counts.
fn hash(id: &str) -> usize {
    const OFFSET: u32 = 0x811c_9dc5;
    const PRIME: u32 = 0x0100_0193;
    let hash = id.bytes().fold(OFFSET, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(PRIME));
    (hash ^ (hash >> 16)) as usize
}
