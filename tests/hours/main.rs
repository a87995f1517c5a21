//! Ten hours of a reader's day in virtual time: a publisher at work, caches that disagree, an origin that fails, a page
//! that is hidden, offline and paused. Whatever happens, what is shown is true, and nobody is asked too often.
//!
//! The same days every time; by hand as many others as one likes:
//! `PROPTEST_RNG_SEED=7 PROPTEST_CASES=2000 cargo test --test hours`
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::indexing_slicing, clippy::expect_used, clippy::panic, reason = "in a test a panic is the report")]

mod bounds;
#[path = "../support/by_chance.rs"]
mod by_chance;
mod chance;
mod hub;
mod network;
mod page;
#[path = "../support/spans.rs"]
mod spans;
mod stream;
#[path = "../support/mod.rs"]
mod support;
mod truth;

use std::fmt;

use chrono::TimeDelta;
use livefeed::session::Wish;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use network::networks;
use page::{Page, Turn};

use spans::spans;
use support::times::{HOUR, MINUTE, SECOND, ZERO, millis};

const TEN_HOURS: TimeDelta = TimeDelta::hours(10);
/// Longer than any wait: an interval, a back-off or a Retry-After, spread upward; and than any copy is kept.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(2);
const SEED: u64 = 2020;
/// A few seconds of them.
const DAYS: u32 = 100;

fn config() -> Config {
    let given = Config::default();
    let by_hand = given.rng_seed != RngSeed::Random;
    Config {
        cases: if by_hand { given.cases } else { DAYS },
        rng_seed: if by_hand { given.rng_seed } else { RngSeed::Fixed(SEED) },
        failure_persistence: None,
        ..given
    }
}

/// After so much time; shown in a failure as one line.
#[derive(Clone)]
struct Timed(TimeDelta, Turn);

impl fmt::Debug for Timed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(pause, turn) = self;
        write!(f, "{} ms later {turn:?}", pause.num_milliseconds())
    }
}

fn wishes() -> impl Strategy<Value = Wish> {
    let (idle, stream, saving) = (prop::bool::weighted(0.3), any::<bool>(), prop::bool::weighted(0.2));
    (prop::option::of(spans(millis(1)..HOUR / 2)), idle, stream, saving)
        .prop_map(|(interval, idle, stream, saving)| Wish { interval, idle, stream, saving })
}

fn turns() -> impl Strategy<Value = Vec<Timed>> {
    let turn = prop_oneof![
        2 => prop::bool::weighted(0.3).prop_map(Turn::Hidden),
        2 => prop::bool::weighted(0.2).prop_map(Turn::Offline),
        1 => wishes().prop_map(Turn::Wanted),
        1 => Just(Turn::Refresh),
    ];
    let pause = prop_oneof![spans(ZERO..SECOND * 30), spans(ZERO..MINUTE * 5), spans(ZERO..MINUTE * 30)];
    prop::collection::vec((pause, turn).prop_map(|(pause, turn)| Timed(pause, turn)), 1..100)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn through_ten_hours_of_faults_the_page_shows_the_truth_and_asks_within_bounds(
        network in networks(TEN_HOURS),
        turns in turns(),
        seed in any::<u64>(),
    ) {
        let mut page = Page::open(network, seed);
        for Timed(pause, turn) in turns.iter().cycle() {
            page.pass((*pause).min(TEN_HOURS - page.age()));
            if page.age() == TEN_HOURS {
                break;
            }
            page.turn(turn);
        }
        // Whatever came before: seen, online and asked, it comes to the truth.
        page.network.recover();
        for turn in [Turn::Hidden(false), Turn::Offline(false), Turn::Wanted(Wish::default())] {
            page.turn(&turn);
        }
        page.pass(LONGEST_WAIT);
        page.turn(&Turn::Refresh);
        page.pass(MINUTE);
        prop_assert!(page.truth.document >= Some(page.network.known_everywhere(page.now)), "an old state is shown");
    }
}
