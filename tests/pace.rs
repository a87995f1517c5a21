//! When a feed is asked for.
#![cfg(not(target_arch = "wasm32"))]

#[path = "support/spans.rs"]
mod spans;
#[path = "support/times.rs"]
mod times;

use chrono::{DateTime, TimeDelta, Utc};
use livefeed::pace::{DEFAULT_INTERVAL, MAX_INTERVAL, MIN_INTERVAL, Pace};
use livefeed::time::from_millis;
use proptest::prelude::*;

use spans::spans;
use times::{HOUR, MINUTE, SECOND, millis, tenths};

const NOON: DateTime<Utc> = from_millis(43_200_000);
/// The chance that leaves an interval as it is.
const EVEN: f64 = 0.5;

fn with(mut pace: Pace, set: impl FnOnce(&mut Pace)) -> Pace {
    set(&mut pace);
    pace
}

fn interval(wanted: Option<TimeDelta>, hint: Option<f64>) -> Option<TimeDelta> {
    with(Pace::default(), |pace| {
        pace.wanted = wanted;
        pace.hint = hint;
    })
    .interval()
}

fn answered() -> Pace {
    let mut pace = Pace::default();
    pace.answered(NOON, EVEN);
    pace
}

/// How long it waits after so many failures in a row.
fn wait_after(failures: u32, wanted: TimeDelta, random: f64) -> TimeDelta {
    let mut pace = with(Pace::default(), |pace| pace.wanted = Some(wanted));
    for _ in 0..failures {
        pace.failed(NOON, None, random);
    }
    pace.next().map_or(TimeDelta::zero(), |next| next - NOON)
}

#[test]
fn without_a_wish_it_asks_every_fifteen_seconds() {
    assert_eq!(interval(None, None), Some(SECOND * 15));
}

#[test]
fn the_greater_of_the_elements_and_the_feeds_interval_holds() {
    assert_eq!(interval(Some(SECOND * 20), Some(45.0)), Some(SECOND * 45));
    assert_eq!(interval(Some(SECOND * 60), Some(45.0)), Some(SECOND * 60));
    assert_eq!(interval(None, Some(7.5)), Some(millis(7_500)));
    assert_eq!(interval(Some(SECOND * 7), None), Some(SECOND * 7));
}

#[test]
fn no_interval_is_shorter_than_five_seconds_or_longer_than_an_hour() {
    assert_eq!((MIN_INTERVAL, MAX_INTERVAL), (SECOND * 5, HOUR));
    assert_eq!(interval(Some(millis(1)), None), Some(SECOND * 5));
    assert_eq!(interval(None, Some(0.000_1)), Some(SECOND * 5));
    assert_eq!(interval(None, Some(-3.0)), Some(SECOND * 5));
    assert_eq!(interval(Some(TimeDelta::MAX), None), Some(HOUR));
    assert_eq!(interval(None, Some(f64::MAX)), Some(HOUR));
}

#[test]
fn the_feeds_zero_stops_everything() {
    let mut pace = with(Pace::default(), |pace| {
        pace.wanted = Some(SECOND * 20);
        pace.hint = Some(0.0);
    });
    pace.answered(NOON, EVEN);
    assert_eq!((pace.interval(), pace.next()), (None, None));
}

#[test]
fn when_the_feed_lets_readers_ask_again_they_do() {
    let mut pace = with(Pace::default(), |pace| pace.hint = Some(0.0));
    pace.answered(NOON, EVEN);
    pace.hint = Some(30.0);
    assert_eq!(pace.next(), Some(NOON + SECOND * 30));
}

#[test]
fn coverage_that_ended_is_asked_for_every_five_minutes() {
    assert_eq!(with(Pace::default(), |pace| pace.ended = true).interval(), Some(MINUTE * 5));
    assert_eq!(
        with(Pace::default(), |pace| {
            pace.ended = true;
            pace.wanted = Some(HOUR);
        })
        .interval(),
        Some(HOUR)
    );
}

#[test]
fn a_reader_who_saves_data_asks_half_as_often() {
    let saving = |wanted, hint| {
        with(Pace::default(), |pace| (pace.wanted, pace.hint, pace.saving) = (wanted, hint, true)).interval()
    };
    assert_eq!(saving(None, None), Some(SECOND * 30));
    assert_eq!(saving(Some(millis(1)), None), Some(SECOND * 10));
    assert_eq!(saving(None, Some(45.0)), Some(SECOND * 90));
    assert_eq!(saving(Some(HOUR), None), Some(HOUR));
}

#[test]
fn while_a_stream_is_open_a_request_in_five_minutes_is_enough() {
    let streaming = |wanted| with(Pace::default(), |pace| (pace.wanted, pace.streaming) = (wanted, true)).interval();
    assert_eq!(streaming(None), Some(MINUTE * 5));
    assert_eq!(streaming(Some(HOUR)), Some(HOUR));
}

#[test]
fn a_stream_rests_when_requests_do_and_when_the_coverage_is_over() {
    assert!(Pace::default().lets_stream());
    let rests: [fn(&mut Pace); 5] = [
        |pace| pace.hidden = true,
        |pace| pace.offline = true,
        |pace| pace.idle = true,
        |pace| pace.ended = true,
        |pace| pace.hint = Some(0.0),
    ];
    for rest in rests {
        assert!(!with(Pace::default(), rest).lets_stream());
    }
    let mut gone = answered();
    gone.end();
    assert!(!gone.lets_stream());
}

#[test]
fn news_are_asked_for_at_their_time_and_not_later_than_usual() {
    let mut pace = answered();
    pace.news(NOON + SECOND);
    assert_eq!(pace.next(), Some(NOON + SECOND));
    pace.news(NOON + HOUR);
    assert_eq!(pace.next(), Some(NOON + DEFAULT_INTERVAL));
}

#[test]
fn news_that_come_while_a_request_is_under_way_are_asked_for_after_it() {
    let mut pace = answered();
    pace.asked();
    pace.news(NOON);
    assert_eq!(pace.next(), None);
    pace.answered(NOON, EVEN);
    assert_eq!(pace.next(), Some(NOON));
    pace.asked();
    pace.answered(NOON, EVEN);
    assert_eq!(pace.next(), Some(NOON + DEFAULT_INTERVAL));
}

#[test]
fn news_press_no_server_that_fails() {
    let mut pace = answered();
    pace.failed(NOON, Some(MINUTE * 10), 0.0);
    pace.news(NOON);
    assert_eq!(pace.next(), Some(NOON + MINUTE * 10));
}

#[test]
fn when_a_stream_breaks_the_first_requests_are_spread_over_an_interval() {
    let wait = |random| {
        let mut pace = answered();
        pace.take_over(NOON, random);
        pace.next().map(|next| next - NOON)
    };
    assert_eq!([0.0, 0.5, 1.0].map(wait), [0, 7_500, 15_000].map(|wait| Some(millis(wait))));
    let mut failing = Pace::default();
    failing.failed(NOON, Some(MINUTE * 10), 0.0);
    failing.take_over(NOON, 0.0);
    assert_eq!(failing.next(), Some(NOON + MINUTE * 10));
}

#[test]
fn each_wait_is_spread_by_a_tenth_to_either_side() {
    let wait = |random| {
        let mut pace = Pace::default();
        pace.answered(NOON, random);
        pace.next().map(|next| next - NOON)
    };
    assert_eq!([0.0, 0.5, 1.0].map(wait), [13_500, 15_000, 16_500].map(|wait| Some(millis(wait))));
}

#[test]
fn a_shorter_interval_holds_at_once() {
    let mut pace = with(Pace::default(), |pace| pace.wanted = Some(HOUR));
    pace.answered(NOON, EVEN);
    pace.wanted = Some(SECOND * 10);
    assert_eq!(pace.next(), Some(NOON + SECOND * 10));
}

#[test]
fn there_are_never_two_requests_in_flight() {
    let mut pace = answered();
    pace.asked();
    pace.hurry(NOON);
    assert_eq!((pace.in_flight(), pace.next()), (true, None));
    pace.answered(NOON, EVEN);
    assert_eq!((pace.in_flight(), pace.next()), (false, Some(NOON + DEFAULT_INTERVAL)));
}

#[test]
fn nothing_is_asked_while_hidden_offline_or_idle_and_the_time_stands_on_return() {
    let due = answered().next();
    let rests = [
        with(answered(), |pace| pace.hidden = true),
        with(answered(), |pace| pace.offline = true),
        with(answered(), |pace| pace.idle = true),
    ];
    for mut pace in rests {
        assert_eq!(pace.next(), None);
        (pace.hidden, pace.offline, pace.idle) = (false, false, false);
        assert_eq!(pace.next(), due);
    }
}

#[test]
fn what_somebody_asks_for_is_sent_all_the_same_but_once() {
    let rests = [
        with(answered(), |pace| pace.hidden = true),
        with(answered(), |pace| pace.offline = true),
        with(answered(), |pace| pace.idle = true),
        with(answered(), |pace| pace.hint = Some(0.0)),
    ];
    for mut pace in rests {
        pace.ask(NOON);
        assert_eq!(pace.next(), Some(NOON));
        pace.asked();
        pace.failed(NOON, None, EVEN);
        assert_eq!(pace.next(), None);
    }
}

#[test]
fn what_somebody_asks_for_while_a_request_is_under_way_is_answered_by_that() {
    let mut pace = with(answered(), |pace| pace.hidden = true);
    pace.asked();
    pace.ask(NOON);
    pace.answered(NOON, EVEN);
    assert_eq!(pace.next(), None);
}

#[test]
fn a_request_in_a_hurry_waits_until_the_page_is_seen() {
    let mut pace = with(answered(), |pace| pace.hidden = true);
    pace.hurry(NOON);
    assert_eq!(pace.next(), None);
    pace.hidden = false;
    assert_eq!(pace.next(), Some(NOON));
}

#[test]
fn after_failures_the_wait_doubles_up_to_five_minutes() {
    let longest = |failures| wait_after(failures, SECOND * 15, 1.0).num_seconds();
    assert_eq!([1, 2, 3, 4, 5, 6, 50].map(longest), [30, 60, 120, 240, 300, 300, 300]);
    let shortest = |failures| wait_after(failures, SECOND * 15, 0.0).num_seconds();
    assert_eq!([1, 2, 3, 4, 5, 6, 50].map(shortest), [15, 30, 60, 120, 150, 150, 150]);
}

#[test]
fn an_answer_ends_the_back_off() {
    let mut pace = Pace::default();
    pace.failed(NOON, None, 1.0);
    pace.failed(NOON, None, 1.0);
    assert_eq!(pace.failures(), 2);
    pace.answered(NOON, EVEN);
    assert_eq!((pace.failures(), pace.next()), (0, Some(NOON + DEFAULT_INTERVAL)));
}

#[test]
fn a_failing_feed_is_never_asked_more_often_than_a_healthy_one() {
    assert_eq!(wait_after(1, HOUR, EVEN), HOUR);
    assert_eq!(wait_after(9, MINUTE * 5, EVEN), MINUTE * 5);
}

#[test]
fn retry_after_is_obeyed_up_to_thirty_minutes() {
    let wait = |retry_after, random| {
        let mut pace = Pace::default();
        pace.failed(NOON, Some(retry_after), random);
        pace.next().map(|next| next - NOON)
    };
    assert_eq!(wait(MINUTE * 2, 0.0), Some(MINUTE * 2));
    assert_eq!(wait(HOUR * 2, 0.0), Some(MINUTE * 30));
    assert_eq!(wait(SECOND, 1.0), Some(SECOND * 30));
    assert_eq!(wait(-SECOND, 1.0), Some(SECOND * 30));
}

#[test]
fn those_who_were_sent_away_until_the_same_moment_come_back_over_a_whole_interval_and_a_tenth_of_their_wait() {
    let last = |wanted, retry_after| {
        let mut pace = with(Pace::default(), |pace| pace.wanted = Some(wanted));
        pace.failed(NOON, Some(retry_after), 1.0);
        pace.next().map(|next| next - NOON - retry_after)
    };
    assert_eq!(last(SECOND * 15, MINUTE * 2), Some(SECOND * 15));
    assert_eq!(last(MINUTE, MINUTE * 3), Some(MINUTE));
    assert_eq!(last(SECOND * 15, MINUTE * 20), Some(MINUTE * 2));
}

#[test]
fn when_the_network_is_back_nothing_more_is_waited_for() {
    let mut pace = Pace::default();
    pace.failed(NOON, None, EVEN);
    pace.network_is_back(NOON + SECOND);
    assert_eq!(pace.next(), Some(NOON + SECOND));
}

#[test]
fn the_networks_return_shortens_neither_an_interval_nor_a_retry_after() {
    let mut pace = answered();
    pace.network_is_back(NOON + SECOND);
    assert_eq!(pace.next(), Some(NOON + DEFAULT_INTERVAL));
    pace.failed(NOON, Some(MINUTE * 20), 0.0);
    pace.network_is_back(NOON + SECOND);
    assert_eq!(pace.next(), Some(NOON + MINUTE * 20));
}

#[test]
fn a_feed_that_is_gone_is_asked_for_only_by_somebody_and_lives_when_it_answers() {
    let mut pace = answered();
    pace.asked();
    pace.end();
    assert_eq!((pace.in_flight(), pace.interval(), pace.next()), (false, None, None));
    pace.ask(NOON);
    assert_eq!(pace.next(), Some(NOON));
    pace.asked();
    pace.answered(NOON, EVEN);
    assert_eq!(pace.next(), Some(NOON + DEFAULT_INTERVAL));
}

proptest! {
    #[test]
    fn each_wait_is_within_ten_percent_of_the_interval(
        wanted in prop::option::of(spans(millis(1)..HOUR * 2)),
        hint in prop::option::of(0.1..8_000.0),
        random in 0.0..1.0,
    ) {
        let mut pace = with(Pace::default(), |pace| { pace.wanted = wanted; pace.hint = hint; });
        pace.answered(NOON, random);
        let interval = pace.interval().unwrap_or_default();
        let wait = pace.next().map_or(TimeDelta::zero(), |next| next - NOON);
        prop_assert!((tenths(interval, 9)..=tenths(interval, 11)).contains(&wait), "{wait} of {interval}");
    }

    #[test]
    fn a_back_off_is_spread_over_its_upper_half(failures in 1..20_u32, random in 0.0..1.0) {
        let doubled = (DEFAULT_INTERVAL * (1 << failures)).min(MINUTE * 5);
        let wait = wait_after(failures, DEFAULT_INTERVAL, random);
        prop_assert!((doubled / 2..=doubled).contains(&wait), "{wait} of {doubled}");
    }

    #[test]
    fn a_retry_after_is_never_undercut(
        failures in 0..20_u32,
        wanted in spans(millis(1)..HOUR * 2),
        asked in spans(millis(1)..MINUTE * 30),
        random in 0.0..1.0,
    ) {
        let mut pace = with(Pace::default(), |pace| pace.wanted = Some(wanted));
        for _ in 0..failures {
            pace.failed(NOON, None, random);
        }
        pace.failed(NOON, Some(asked), random);
        prop_assert!(pace.next().is_some_and(|next| next - NOON >= asked));
    }
}
