//! Times: read as RFC 3339 says, written by any pattern, told as long ago as they are.
#![no_main]

use arbitrary::Arbitrary;
use chrono::{DateTime, FixedOffset};
use libfuzzer_sys::fuzz_target;
use livefeed::stamp::{
    Names, Pattern, Relative, Zone, ZoneCache, absolute, clock, coarse, datetime_attribute, day, next_tick, relative,
};
use livefeed::time::{DAY, MINUTE, SECOND, Time};

/// 0000-01-01 and the end of 9999, the years that RFC 3339 has, in seconds.
const YEARS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

/// The furthest moments that JavaScript's `Date` knows, to either side of 1970.
const FURTHEST: u64 = 8_640_000_000_000_000;

#[derive(Arbitrary, Debug)]
struct Input<'a> {
    text: &'a str,
    pattern: &'a str,
    now: i64,
    then: i64,
    /// minutes ahead of UTC
    offset: i16,
    zero: char,
    /// a zone whose clocks were changed at that second, and when it is asked about
    change: i32,
    moments: Vec<(i8, i16)>,
}

fuzz_target!(|input: Input| {
    reads(input.text);
    writes(&input);
    tells(Time(input.now), Time(input.then));
    caches(input.change, &input.moments);
});

/// What we read, chrono reads as the same moment; and what it reads of RFC 3339, we do.
fn reads(text: &str) {
    let ours = Time::parse(text);
    let trimmed = text.trim_ascii();
    // It takes any white space between date and time, and signs that are no ASCII; the standard does not.
    let theirs: Option<DateTime<FixedOffset>> = DateTime::parse_from_rfc3339(trimmed).ok();
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => assert_eq!(ours.0, theirs.timestamp_millis(), "{text:?}"),
        (Some(ours), None) => panic!("{text:?} was read as {ours:?}, and is no time"),
        (None, Some(theirs)) => assert!(!trimmed.is_ascii(), "{text:?} is {theirs}, and was not read"),
        (None, None) => {}
    }
}

fn writes(input: &Input) {
    let zone = Zone { offset_minutes: input.offset.into(), name: "X".to_owned() };
    let names = Names { zero: input.zero, ..Names::default() };
    let time = Time(input.then);
    match Pattern::parse(input.pattern) {
        Ok(pattern) => {
            let _ = absolute(time, &pattern, &zone, &names);
        }
        Err(expected) => assert!(!expected.is_empty()),
    }
    assert_eq!(clock(time, &zone, &Names::default()).len(), "18:19".len());
    assert_eq!(day(time, 0), time.0.div_euclid(DAY));
    let attribute = datetime_attribute(time);
    let seconds = time.0.div_euclid(SECOND).clamp(YEARS.start, YEARS.end - 1);
    assert_eq!(Time::parse(&attribute), Some(Time(seconds * SECOND)), "{attribute}");
}

/// A text stands until it changes, and is another one then.
fn tells(now: Time, then: Time) {
    for tell in [relative, coarse] {
        let told = |now| {
            let Relative { unit, value, next_change } = tell(now, then);
            ((unit, value), next_change)
        };
        let (text, Some(next)) = told(now) else { continue };
        // Beyond what a clock can show, nothing has to be told but something.
        if [now, then].iter().any(|time| time.0.unsigned_abs() > FURTHEST) {
            continue;
        }
        assert!(next > now, "{now:?} {then:?}");
        assert_eq!(told(next + -1).0, text);
        assert_ne!(told(next).0, text);
        assert_eq!(next_tick([next].into_iter()), Some(next));
    }
}

/// What is kept of a zone is what the platform would answer.
fn caches(change: i32, moments: &[(i8, i16)]) {
    let change = Time(i64::from(change) * SECOND);
    let ask = |time: Time| Zone { offset_minutes: if time < change { 60 } else { 0 }, name: String::new() };
    let mut cache = ZoneCache::default();
    for (days, minutes) in moments {
        let time = change + (i64::from(*days) * DAY + i64::from(*minutes) * MINUTE);
        assert_eq!(cache.zone(time, &ask), ask(time));
    }
}
