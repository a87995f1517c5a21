//! Maps and sets of ids whose hashes a feed cannot foresee.
//!
//! A feed chooses its ids. If it knew how they are hashed, it could choose thousands with the same hash, and each lookup
//! would take as long as a walk through all of them. So the hash depends on a random seed. The standard library's
//! `RandomState` has one natively, but not on `wasm32-unknown-unknown`, where its seed is a constant.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::sync::OnceLock;

use foldhash::SharedSeed;
use foldhash::fast::{FoldHasher, SeedableRandomState};

use super::Id;

/// A map whose keys are ids.
pub type IdMap<V> = HashMap<Id, V, SeededState>;
/// A set of ids.
pub type IdSet = HashSet<Id, SeededState>;

/// Both numbers on which a hash depends. Each has to be secret: with either of them known, ids can be written that have
/// the same hash whatever the other one is.
struct Seed {
    own: u64,
    shared: SharedSeed,
}

impl Seed {
    const fn new(number: u64) -> Self {
        Self { own: number, shared: SharedSeed::from_u64(number) }
    }
}

/// What the caller seeded the maps with.
static SEED: OnceLock<Seed> = OnceLock::new();
/// What maps use before that: enough for tests and tools.
static FIXED: Seed = Seed::new(1);

/// Seeds all maps and sets that are created from now on with a random number from 0 up to 1. Only the first call counts.
pub fn seed(random: f64) {
    SEED.get_or_init(|| Seed::new(random.to_bits()));
}

/// Hashes with the seed of [`seed`].
#[derive(Debug, Clone)]
pub struct SeededState(SeedableRandomState);

impl Default for SeededState {
    fn default() -> Self {
        let Seed { own, shared } = SEED.get().unwrap_or(&FIXED);
        Self(SeedableRandomState::with_seed(*own, shared))
    }
}

impl BuildHasher for SeededState {
    type Hasher = FoldHasher<'static>;

    fn build_hasher(&self) -> Self::Hasher {
        self.0.build_hasher()
    }
}
