//! What a time reads as, and when that next changes.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "what the tests share is as much a test as they are")]

#[path = "support/spans.rs"]
mod spans;
#[path = "support/times.rs"]
mod times;

use std::cell::Cell;
use std::ops::Range;

use chrono::{DateTime, DurationRound, FixedOffset, TimeDelta, Utc};
use livefeed::stamp::{
    DEFAULT_PATTERN, Names, Pattern, Relative, Unit, Zone, ZoneCache, absolute, clock, coarse, datetime_attribute, day,
    next_tick, relative,
};
use livefeed::time::{from_millis, parse};
use proptest::prelude::*;

use spans::spans;
use times::{DAY, HOUR, MINUTE, SECOND, millis};

/// 2020-10-05T18:19:07Z, a Monday
const EVENING: DateTime<Utc> = from_millis(1_601_921_947_000);
/// The mean month and year of the Gregorian calendar.
const MONTH: TimeDelta = TimeDelta::seconds(31_556_952 / 12);
const YEAR: TimeDelta = TimeDelta::seconds(31_556_952);
/// Twenty years: longer than any unit.
const LONG: TimeDelta = TimeDelta::seconds(20 * 31_556_952);

fn ago(age: TimeDelta) -> (Unit, i64) {
    let stamp = relative(EVENING + age, EVENING);
    (stamp.unit, stamp.value)
}

fn of_minutes(minutes: i32) -> FixedOffset {
    FixedOffset::east_opt(minutes * 60).unwrap()
}

fn zone(minutes: i32, name: &str) -> Zone {
    Zone { offset: of_minutes(minutes), name: name.into() }
}

/// Any moment so long after 1970.
fn moments(range: Range<TimeDelta>) -> impl Strategy<Value = DateTime<Utc>> {
    spans(range).prop_map(|span| DateTime::UNIX_EPOCH + span)
}

/// The time in the evening as that pattern writes it in London's summer.
fn written(pattern: &str) -> String {
    absolute(EVENING, &Pattern::parse(pattern).unwrap(), &zone(60, "BST"), &Names::default())
}

#[test]
fn the_first_minute_is_now() {
    assert_eq!(ago(TimeDelta::zero()), (Unit::Second, 0));
    assert_eq!(ago(MINUTE - millis(1)), (Unit::Second, 0));
}

#[test]
fn each_unit_ends_where_the_next_begins() {
    assert_eq!(ago(MINUTE), (Unit::Minute, -1));
    assert_eq!(ago(HOUR - millis(1)), (Unit::Minute, -59));
    assert_eq!(ago(HOUR), (Unit::Hour, -1));
    assert_eq!(ago(DAY - millis(1)), (Unit::Hour, -23));
    assert_eq!(ago(DAY), (Unit::Day, -1));
    assert_eq!(ago(MONTH - millis(1)), (Unit::Day, -30));
    assert_eq!(ago(MONTH), (Unit::Month, -1));
    assert_eq!(ago(YEAR - millis(1)), (Unit::Month, -11));
    assert_eq!(ago(YEAR), (Unit::Year, -1));
    assert_eq!(ago(YEAR * 20), (Unit::Year, -20));
}

#[test]
fn english_needs_no_platform() {
    let ages = [TimeDelta::zero(), MINUTE, MINUTE * 5, HOUR, DAY, DAY * 40, YEAR * 2];
    let said = ages.map(|age| relative(EVENING + age, EVENING).in_english());
    let expected = ["now", "1 minute ago", "5 minutes ago", "1 hour ago", "1 day ago", "1 month ago", "2 years ago"];
    assert_eq!(said, expected);
    assert_eq!(coarse(EVENING, EVENING + SECOND * 18).in_english(), "in 20 seconds");
}

#[test]
fn a_pattern_tells_what_it_needs_a_language_for() {
    let needs = |pattern: &str| {
        let pattern = Pattern::parse(pattern).unwrap();
        (pattern.has_words(), pattern.has_zone_name())
    };
    assert_eq!(needs(DEFAULT_PATTERN), (false, true));
    assert_eq!(needs("HH:mm XXX 'ZZZ'"), (false, false));
    assert_eq!(needs("d MMMM"), (true, false));
}

#[test]
fn what_lies_ahead_reads_as_now_until_it_is_a_minute_old() {
    let stamp = relative(EVENING, EVENING + HOUR * 23);
    let expected = Relative { unit: Unit::Second, value: 0, next_change: Some(EVENING + (HOUR * 23 + MINUTE)) };
    assert_eq!(stamp, expected);
}

#[test]
fn the_thirtieth_day_gives_way_to_a_month_not_to_a_thirty_first() {
    assert_eq!(relative(EVENING + DAY * 30, EVENING).next_change, Some(EVENING + MONTH));
}

#[test]
fn nothing_changes_after_the_end_of_time() {
    assert_eq!(relative(EVENING, DateTime::<Utc>::MAX_UTC).next_change, None);
    assert_eq!(relative(DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC).unit, Unit::Year);
    assert_eq!(relative(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).unit, Unit::Second);
    assert_eq!(coarse(DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC).unit, Unit::Minute);
    assert_eq!(coarse(DateTime::<Utc>::MAX_UTC, DateTime::<Utc>::MIN_UTC).unit, Unit::Year);
}

#[test]
fn units_have_the_names_that_intl_knows() {
    let units = [Unit::Second, Unit::Minute, Unit::Hour, Unit::Day, Unit::Month, Unit::Year];
    assert_eq!(units.map(Unit::name), ["second", "minute", "hour", "day", "month", "year"]);
}

proptest! {
    #[test]
    fn the_text_stays_the_same_until_the_moment_of_change_and_differs_then(
        then in moments(-LONG..LONG), age in spans(-DAY..LONG), share in 0.0..1.0,
    ) {
        let now = then + age;
        let text = |now| {
            let stamp = relative(now, then);
            (stamp.unit, stamp.value)
        };
        let next = relative(now, then).next_change.unwrap();
        prop_assert!(next > now);
        prop_assert_eq!(text(next - millis(1)), text(now));
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        let between = now + millis(((next - now).num_milliseconds() as f64 * share) as i64);
        prop_assert_eq!(text(between), text(now));
        prop_assert_ne!(text(next), text(now));
    }

    #[test]
    fn ages_near_a_change_are_as_exact(step in 0..400, unit in 0_usize..5, beside in -1_i64..=1) {
        let age = [MINUTE, HOUR, DAY, MONTH, YEAR][unit] * step + millis(beside);
        let stamp = relative(EVENING + age, EVENING);
        let next = stamp.next_change.unwrap();
        let (before, after) = (relative(next - millis(1), EVENING), relative(next, EVENING));
        prop_assert_eq!((before.unit, before.value), (stamp.unit, stamp.value));
        prop_assert_ne!((after.unit, after.value), (stamp.unit, stamp.value));
    }

    #[test]
    fn the_older_never_reads_as_the_newer(then in moments(-LONG..LONG), age in spans(TimeDelta::zero()..LONG), more in spans(TimeDelta::zero()..YEAR)) {
        let length = |stamp: Relative| {
            let unit = [TimeDelta::zero(), MINUTE, HOUR, DAY, MONTH, YEAR][stamp.unit as usize];
            unit * i32::try_from(-stamp.value).unwrap()
        };
        let (newer, older) = (relative(then + age, then), relative(then + age + more, then));
        prop_assert!(length(newer) <= length(older));
        prop_assert!(length(newer) <= age);
    }

    #[test]
    fn any_pattern_is_read_or_refused_and_any_time_written(text in ".{0,20}", millis: i64, minutes in -1_000..1_000) {
        let pattern = Pattern::parse(&text).unwrap_or_default();
        let _ = absolute(from_millis(millis), &pattern, &zone(minutes, "X"), &Names::default());
        let _ = datetime_attribute(from_millis(millis));
    }

    #[test]
    fn the_attribute_reads_back_to_the_second(seconds in -62_167_219_200_i64..=253_402_300_799) {
        let time = from_millis(seconds * 1_000);
        prop_assert_eq!(parse(&datetime_attribute(time)), Some(time));
    }

    #[test]
    fn days_begin_at_local_midnight(number in -40_000..40_000, minutes in -14 * 60..14 * 60) {
        let midnight = DateTime::UNIX_EPOCH + DAY * number - MINUTE * minutes;
        let day = |time| day(time, of_minutes(minutes)).to_epoch_days();
        prop_assert_eq!(day(midnight), number);
        prop_assert_eq!(day(midnight - millis(1)), number - 1);
        prop_assert_eq!(day(midnight + (DAY - millis(1))), number);
    }
}

#[test]
fn changes_within_a_second_happen_together_at_the_last_of_them() {
    let at = |moments: &[i64]| next_tick(moments.iter().map(|moment| from_millis(*moment)));
    assert_eq!(at(&[]), None);
    assert_eq!(at(&[7_000]), Some(from_millis(7_000)));
    assert_eq!(at(&[9_000, 7_000, 8_000, 8_001]), Some(from_millis(8_000)));
}

#[test]
fn the_default_pattern_is_that_of_the_reference_page() {
    let gmt = Zone::default();
    assert_eq!(absolute(EVENING, &Pattern::default(), &gmt, &Names::default()), "18:19 GMT 05.10.2020");
    assert_eq!(Pattern::default(), Pattern::parse(DEFAULT_PATTERN).unwrap());
}

// `XXX` is Unicode's name for an offset (UTS 35), here and below.
#[test]
fn every_field_is_written() {
    assert_eq!(written("yyyy yy MMMM MMM MM M dd d EEEE EEE"), "2020 20 October Oct 10 10 05 5 Monday Mon");
    assert_eq!(written("HH H hh h mm ss a ZZZ XXX"), "19 19 07 7 19 07 PM BST +01:00");
}

#[test]
fn a_pattern_knows_whether_it_needs_words() {
    assert!(!Pattern::default().has_words());
    for pattern in ["d MMMM", "d MMM", "EEEE", "EEE", "h a"] {
        assert!(Pattern::parse(pattern).unwrap().has_words(), "{pattern}");
    }
}

#[test]
fn words_stand_in_quotes() {
    assert_eq!(written("d MMMM 'at' HH:mm"), "5 October at 19:19");
    assert_eq!(written("h 'o''clock'"), "7 o'clock");
    assert_eq!(written("HH''mm — «dd»"), "19'19 — «05»");
    assert_eq!(written("dd''''"), "05''");
}

#[test]
fn noon_and_midnight_are_twelve() {
    let pattern = Pattern::parse("h:mm a").unwrap();
    let at = |hour| absolute(DateTime::UNIX_EPOCH + HOUR * hour, &pattern, &Zone::default(), &Names::default());
    assert_eq!([at(0), at(1), at(12), at(13)], ["12:00 AM", "1:00 AM", "12:00 PM", "1:00 PM"]);
}

#[test]
fn offsets_are_written_with_their_sign() {
    let pattern = Pattern::parse("HH:mm XXX").unwrap();
    let at = |minutes| absolute(EVENING, &pattern, &zone(minutes, ""), &Names::default());
    assert_eq!([at(0), at(345), at(-210)], ["18:19 Z", "00:04 +05:45", "14:49 -03:30"]);
}

#[test]
fn a_language_brings_its_own_words_and_digits() {
    let mut names = Names { zero: '٠', ..Names::default() };
    *names.words.last_mut().unwrap() = "م".into();
    let pattern = Pattern::parse("h:mm a dd.MM.yyyy").unwrap();
    assert_eq!(absolute(EVENING, &pattern, &Zone::default(), &names), "٦:١٩ م ٠٥.١٠.٢٠٢٠");
    assert_eq!(clock(EVENING, &zone(60, "BST"), &names), "١٩:١٩");
}

#[test]
fn a_clock_shows_hours_and_minutes() {
    assert_eq!(clock(EVENING, &Zone::default(), &Names::default()), "18:19");
    assert_eq!(clock(from_millis(0), &zone(-1, ""), &Names::default()), "23:59");
}

#[test]
fn an_unknown_field_is_named_with_those_that_are_known() {
    let message = "one of yyyy yy MMMM MMM MM M dd d EEEE EEE HH H hh h mm ss a ZZZ XXX in place of YYYY \
                   (words stand in quotes: 'at')";
    assert_eq!(Pattern::parse("dd.MM.YYYY"), Err(message.into()));
}

#[test]
fn an_open_quote_and_an_empty_pattern_are_refused() {
    assert_eq!(Pattern::parse("HH 'at"), Err("a second ' after the words in quotes".into()));
    assert_eq!(Pattern::parse(""), Err("a pattern such as HH:mm ZZZ dd.MM.yyyy".into()));
}

#[test]
fn machines_read_whole_seconds_in_utc() {
    assert_eq!(datetime_attribute(EVENING + millis(999)), "2020-10-05T18:19:07Z");
    assert_eq!(datetime_attribute(DateTime::<Utc>::MAX_UTC), "9999-12-31T23:59:59Z");
    assert_eq!(datetime_attribute(DateTime::<Utc>::MIN_UTC), "0000-01-01T00:00:00Z");
}

/// London's zone in 2020, as the platform tells it: summer from 29 March to 25 October, both at 01:00 UTC.
fn london(time: DateTime<Utc>) -> Zone {
    let summer = parse("2020-03-29T01:00:00Z").unwrap()..parse("2020-10-25T01:00:00Z").unwrap();
    if summer.contains(&time) { zone(60, "BST") } else { zone(0, "GMT") }
}

#[test]
fn ten_thousand_times_of_a_day_cost_two_questions() {
    let asked = Cell::new(0);
    let mut cache = ZoneCache::default();
    for step in 0..10_000 {
        let time = EVENING.duration_trunc(DAY).unwrap() + SECOND * 8 * step;
        let found = cache.zone(time, &|time| {
            asked.set(asked.get() + 1);
            london(time)
        });
        assert_eq!(found, zone(60, "BST"));
    }
    assert_eq!(asked.get(), 2);
}

#[test]
fn the_change_of_clocks_is_found_to_the_second() {
    let change = parse("2020-10-25T01:00:00Z").unwrap();
    let mut cache = ZoneCache::default();
    let mut name = |time| cache.zone(time, &london).name;
    assert_eq!([name(change - millis(1)), name(change), name(change + -HOUR)], ["BST", "GMT", "BST"]);
}

proptest! {
    #[test]
    fn the_cache_answers_as_the_platform_does(
        days in prop::collection::vec(0..366, 1..60), times in prop::collection::vec(spans(TimeDelta::zero()..DAY), 60),
    ) {
        let year = parse("2020-01-01T00:00:00Z").unwrap();
        let mut cache = ZoneCache::default();
        // many around the changes, which random days would miss
        for (index, (number, within)) in days.iter().zip(times).enumerate() {
            let number = [*number, 88, 298][index % 3];
            let time = year + DAY * number + within;
            prop_assert_eq!(cache.zone(time, &london), london(time));
        }
    }
}

/// Any moment.
const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

#[test]
fn what_is_told_while_it_is_read_goes_in_steps_of_five_seconds_both_ways() {
    let told = |ahead: TimeDelta| {
        let stamp = coarse(NOW, NOW + ahead);
        (stamp.unit, stamp.value)
    };
    assert_eq!([0, -4_999, -5_000, -9_999].map(millis).map(told), [0, 0, -5, -5].map(|value| (Unit::Second, value)));
    assert_eq!(
        [1, 5_000, 5_001, 20_000, 59_999].map(millis).map(told),
        [5, 5, 10, 20, 60].map(|value| (Unit::Second, value))
    );
    assert_eq!([-59_999].map(millis).map(told), [(Unit::Second, -55)]);
    assert_eq!(
        [-60_000, -119_999, 60_000, 60_001].map(millis).map(told),
        [-1, -1, 1, 2].map(|value| (Unit::Minute, value))
    );
    assert_eq!([-HOUR, -HOUR * 2].map(told), [(Unit::Hour, -1), (Unit::Hour, -2)]);
}

proptest! {
    #[test]
    fn what_is_told_while_it_is_read_stays_until_its_next_change_and_is_another_then(
        then in moments(-HOUR * 2..HOUR * 2),
    ) {
        let stamp = coarse(NOW, then);
        let next = stamp.next_change.unwrap();
        prop_assert!(next > NOW);
        let told = |now| { let stamp = coarse(now, then); (stamp.unit, stamp.value) };
        prop_assert_eq!(told(next - millis(1)), (stamp.unit, stamp.value));
        prop_assert_ne!(told(next), (stamp.unit, stamp.value));
    }
}
