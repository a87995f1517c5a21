//! Times: read as RFC 3339 says, written by any pattern, told as long ago as they are.
#![no_main]

use arbitrary::Arbitrary;
use chrono::{DateTime, FixedOffset, Offset, TimeDelta, Utc};
use libfuzzer_sys::fuzz_target;
use livefeed::stamp::{
    Names, Pattern, Relative, Zone, ZoneCache, absolute, clock, coarse, datetime_attribute, day, next_tick, relative,
};
use livefeed::time::{from_millis, parse};

/// 0000-01-01 and the end of 9999, the years that RFC 3339 has, in seconds.
const YEARS: std::ops::Range<i64> = -62_167_219_200..253_402_300_800;

/// A little less than the furthest moments that chrono holds, to either side of 1970, in milliseconds.
const FURTHEST: u64 = 8_000_000_000_000_000;

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
    tells(from_millis(input.now), from_millis(input.then));
    caches(input.change, &input.moments);
});

/// What we read, chrono reads as the same moment; and what it reads of RFC 3339, we do. No text makes it panic.
fn reads(text: &str) {
    let ours = parse(text);
    let trimmed = text.trim_ascii();
    // It takes signs that are no ASCII; the standard does not.
    let theirs: Option<DateTime<FixedOffset>> = DateTime::parse_from_rfc3339(trimmed).ok();
    match (ours, theirs) {
        (Some(ours), Some(theirs)) => assert_eq!(ours.timestamp_millis(), theirs.timestamp_millis(), "{text:?}"),
        (Some(ours), None) => panic!("{text:?} was read as {ours:?}, and is no time"),
        (None, Some(theirs)) => assert!(!trimmed.is_ascii(), "{text:?} is {theirs}, and was not read"),
        (None, None) => {}
    }
}

fn writes(input: &Input) {
    let offset = FixedOffset::east_opt(i32::from(input.offset) * 60).unwrap_or(Utc.fix());
    let zone = Zone { offset, name: "X".to_owned() };
    let names = Names { zero: input.zero, ..Names::default() };
    let time = from_millis(input.then);
    match Pattern::parse(input.pattern) {
        Ok(pattern) => {
            let _ = absolute(time, &pattern, &zone, &names);
        }
        Err(expected) => assert!(!expected.is_empty()),
    }
    assert_eq!(clock(time, &zone, &Names::default()).len(), "18:19".len());
    assert_eq!(day(time, Utc.fix()), time.date_naive());
    let attribute = datetime_attribute(time);
    let seconds = time.timestamp().clamp(YEARS.start, YEARS.end - 1);
    assert_eq!(parse(&attribute), DateTime::from_timestamp_secs(seconds), "{attribute}");
}

/// A text stands until it changes, and is another one then.
fn tells(now: DateTime<Utc>, then: DateTime<Utc>) {
    for tell in [relative, coarse] {
        let told = |now| {
            let Relative { unit, value, next_change } = tell(now, then);
            ((unit, value), next_change)
        };
        let (text, Some(next)) = told(now) else { continue };
        // Beyond what a clock can show, nothing has to be told but something.
        if [now, then].iter().any(|time| time.timestamp_millis().unsigned_abs() > FURTHEST) {
            continue;
        }
        assert!(next > now, "{now:?} {then:?}");
        assert_eq!(told(next - TimeDelta::milliseconds(1)).0, text);
        assert_ne!(told(next).0, text);
        assert_eq!(next_tick([next].into_iter()), Some(next));
    }
}

/// What is kept of a zone is what the platform would answer.
fn caches(change: i32, moments: &[(i8, i16)]) {
    let change = DateTime::UNIX_EPOCH + TimeDelta::seconds(change.into());
    let summer = FixedOffset::east_opt(60 * 60);
    let ask = |time: DateTime<Utc>| Zone {
        offset: summer.filter(|_| time < change).unwrap_or(Utc.fix()),
        name: String::new(),
    };
    let mut cache = ZoneCache::default();
    for (days, minutes) in moments {
        let time = change + TimeDelta::days((*days).into()) + TimeDelta::minutes((*minutes).into());
        assert_eq!(cache.zone(time, &ask), ask(time));
    }
}
