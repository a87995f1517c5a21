//! What clocks show in a zone. The platform knows the zones; asking it is slow, so its answers are kept.

use chrono::{DateTime, FixedOffset, NaiveTime, Offset, TimeDelta, Utc};

use crate::time::saturating_add;

/// The offset of a time zone at some moment, and its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone {
    /// how far its clocks are ahead of UTC
    pub offset: FixedOffset,
    /// its short name, in the reader's language: `GMT`, `BST`
    pub name: String,
}

impl Default for Zone {
    fn default() -> Self {
        Self { offset: Utc.fix(), name: "GMT".into() }
    }
}

/// The answers of the platform about one zone, by UTC day.
///
/// A day is asked about at its beginning and at its end. Where the answers differ, clocks were changed in between, and
/// the very second of that is looked for. So 10,000 entries of one day cost two questions, and each is still right
/// on either side of a change. (No zone ever changed its clocks forth and back within one day.)
#[derive(Debug, Default)]
pub struct ZoneCache {
    /// in order of time, none overlapping
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    zone: Zone,
}

impl ZoneCache {
    /// What clocks show at that time; `ask` is the platform.
    pub fn zone(&mut self, time: DateTime<Utc>, ask: &dyn Fn(DateTime<Utc>) -> Zone) -> Zone {
        let after = self.spans.partition_point(|span| span.until <= time);
        if let Some(span) = self.spans.get(after).filter(|span| span.from <= time) {
            return span.zone.clone();
        }
        let from = time.date_naive().and_time(NaiveTime::MIN).and_utc();
        let until = saturating_add(from, TimeDelta::days(1));
        let (first, last) = (ask(from), ask(until));
        if first == last {
            self.spans.insert(after, Span { from, until, zone: first.clone() });
            return first;
        }
        let change = first_unlike(&first, from, until, ask);
        let zone = if time < change { first.clone() } else { last.clone() };
        self.spans.insert(after, Span { from: change, until, zone: last });
        self.spans.insert(after, Span { from, until: change, zone: first });
        zone
    }
}

/// The second from which on clocks no longer show what they did at `from`, but have by `until`.
fn first_unlike(
    zone: &Zone,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    ask: &dyn Fn(DateTime<Utc>) -> Zone,
) -> DateTime<Utc> {
    let second = |number| saturating_add(from, TimeDelta::seconds(number));
    let (mut same, mut unlike) = (0, (until - from).num_seconds());
    while unlike - same > 1 {
        let middle = i64::midpoint(same, unlike);
        if ask(second(middle)) == *zone {
            same = middle;
        } else {
            unlike = middle;
        }
    }
    second(unlike)
}
