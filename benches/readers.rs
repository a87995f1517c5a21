//! What the origin of a feed sees of a million readers through an hour with an outage in its middle: the real pace,
//! reader by reader, in virtual time.
//!
//! `cargo bench --bench readers`, or with another number of readers `cargo bench --bench readers -- 100000`.
//!
//! No reader knows of another, and the origin's answer depends on the time alone. So they need not be simulated side by
//! side: one after the other lives through the hour, and each of its requests is counted in its second.
//!
//! It fails where the load is not even after the outage. Every second counts from the one in which the origin answers
//! again to the end of the hour, those included in which readers are still coming back: just then the rush is feared.
//! The mean is that of the same seconds. As the readers who are still away lower it, that is the stricter measure.
//!
//! During the outage the mean is low, since readers stay away; what counts there is that none of its seconds brings more
//! than a usual one did before: a rush in the midst of it would bring a server down again that is just coming up.
#![allow(clippy::indexing_slicing, clippy::cast_precision_loss, reason = "a panic is the report, and counts are small")]

use std::process::ExitCode;

use chrono::TimeDelta;
use livefeed::feed::{Document, Feed, Hub};
use livefeed::pace::Pace;
use livefeed::session::{Effect, Message, Now, Session, Wish};
use livefeed::time::from_millis;

// Moments and spans are plain milliseconds here, since each second of the hour is an index.
const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

const READERS: u64 = 1_000_000;
/// The same readers every time.
const SEED: u64 = 2020;

/// When all readers are there, and those who came at once no longer ask at once: jitter needs some forty rounds for that.
const SETTLED: i64 = 15 * MINUTE;
const OUTAGE: i64 = 27 * MINUTE + 30 * SECOND;
const RECOVERY: i64 = OUTAGE + 5 * MINUTE;
const END: i64 = HOUR;
/// As long as the browser floor waits for an answer.
const TIME_OUT: i64 = 25 * SECOND;
/// How long an answer takes: from a CDN's edge nearby up to a phone in a train.
const ANSWER_TAKES: (i64, i64) = (20, 400);

/// How far the fullest second may stand above the mean.
const MOST: f64 = 1.2;
/// How exactly the load of before has to return at last: silence would be even, too.
const RETURN: f64 = 0.01;

/// How readers come.
#[derive(Clone, Copy)]
enum Arrivals {
    /// evenly in the first ten minutes
    Spread,
    /// in one second: the feed was announced to all of them
    AtOnce,
}

/// What becomes of a request during the outage.
#[derive(Clone, Copy)]
enum Fault {
    /// refused at once; with the seconds of `Retry-After`
    Refused(Option<i64>),
    /// refused at once; `Retry-After` gives the same moment to all, so many seconds from the outage's beginning
    RefusedUntil(i64),
    /// no answer until the time is out
    Silence,
    /// none of that: what fails is the hub, and with it the stream that all readers have
    HubAlone,
    /// the hub, and the origin too
    HubAndOrigin,
}

const FAULTS: [(&str, Fault); 8] = [
    ("503", Fault::Refused(None)),
    ("503, Retry-After: 20", Fault::Refused(Some(20 * SECOND))),
    ("503, Retry-After: 120", Fault::Refused(Some(2 * MINUTE))),
    ("503, back in a minute (date)", Fault::RefusedUntil(OUTAGE + MINUTE)),
    ("503, back at the end (date)", Fault::RefusedUntil(RECOVERY)),
    ("no answer", Fault::Silence),
    ("streams: no hub", Fault::HubAlone),
    ("streams: no hub, and 503", Fault::HubAndOrigin),
];
const ARRIVALS: [(&str, Arrivals); 2] = [("spread", Arrivals::Spread), ("at once", Arrivals::AtOnce)];

fn main() -> ExitCode {
    // Cargo adds arguments of its own.
    let readers = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(READERS);
    println!("Requests per second at the origin: {readers} readers for an hour, one request every 15 s.");
    println!("The origin fails from 27:30 to 32:30. Seed {SEED}.\n");
    println!(
        "{:<30} {:<8} {:>8} {:>8} {:>6} {:>9} {:>8} {:>6} {:>8} {:>8} {:>6}",
        "outage", "arrivals", "before", "peak", "ratio", "during", "peak", "ratio", "after", "peak", "ratio"
    );
    let mut even = true;
    for (fault_name, fault) in FAULTS {
        for (arrivals_name, arrivals) in ARRIVALS {
            let origin = hour(readers, arrivals, fault);
            let [before, during, after] =
                [(SETTLED, OUTAGE), (OUTAGE, RECOVERY), (RECOVERY, END)].map(|(from, to)| origin.load(from, to));
            let last = origin.load(END - 10 * MINUTE, END);
            let is_even = after.ratio() <= MOST && f64::from(during.peak) <= MOST * before.mean;
            let is_back = (last.mean / before.mean - 1.0).abs() <= RETURN;
            let verdict = match (fault, is_even, is_back) {
                (Fault::HubAlone | Fault::HubAndOrigin, _, _) | (_, true, true) => "",
                (_, false, _) => "  a rush",
                (_, _, false) => "  not back",
            };
            println!("{fault_name:<30} {arrivals_name:<8} {before}    {during} {after}{verdict}");
            even &= verdict.is_empty();
        }
    }
    println!(
        "\nNo second may bring more than {MOST} times the mean: after the outage that of the time after it, during it"
    );
    println!(
        "that of before. Those with a stream ask once in five minutes, so that their mean says nothing: what counts is"
    );
    println!("that they never ask much more often than those without.");
    if even { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// All readers, one after the other.
fn hour(readers: u64, arrivals: Arrivals, fault: Fault) -> Origin {
    let mut chance = Chance(SEED);
    let mut origin = Origin { seconds: vec![0; (END / SECOND) as usize] };
    for _ in 0..readers {
        let arrives = match arrivals {
            Arrivals::Spread => chance.between(0, 10 * MINUTE),
            Arrivals::AtOnce => chance.between(0, SECOND),
        };
        match fault {
            Fault::HubAlone => stream(arrives, false, &mut chance, &mut origin),
            Fault::HubAndOrigin => stream(arrives, true, &mut chance, &mut origin),
            _ => read(arrives, fault, &mut chance, &mut origin),
        }
    }
    origin
}

/// One reader's hour.
fn read(arrives: i64, fault: Fault, chance: &mut Chance, origin: &mut Origin) {
    let mut pace = Pace::default();
    pace.hurry(from_millis(arrives));
    while let Some(sent) = pace.next().map(|next| next.timestamp_millis()).filter(|next| *next < END) {
        origin.seconds[(sent / SECOND) as usize] += 1;
        pace.asked();
        let answered = sent + chance.between(ANSWER_TAKES.0, ANSWER_TAKES.1);
        if !(OUTAGE..RECOVERY).contains(&sent) {
            pace.answered(from_millis(answered), chance.next());
            continue;
        }
        let (failed, retry_after) = match fault {
            Fault::Refused(retry_after) => (answered, retry_after),
            Fault::HubAlone | Fault::HubAndOrigin => (answered, None),
            Fault::RefusedUntil(moment) => (answered, Some((moment - answered).max(0))),
            Fault::Silence => (sent + TIME_OUT, None),
        };
        pace.failed(from_millis(failed), retry_after.map(TimeDelta::milliseconds), chance.next());
    }
}

/// The hour of one who has a stream: the whole session, with the hub gone during the outage.
fn stream(arrives: i64, origin_fails: bool, chance: &mut Chance, origin: &mut Origin) {
    let outage = OUTAGE..RECOVERY;
    let mut session = Session::new(Now { time: from_millis(arrives), random: chance.next() });
    let mut now = arrives;
    let mut message = Message::Wanted(Wish { stream: true, ..Wish::default() });
    let (mut timer, mut answer, mut line) = (None, None, None);
    loop {
        for effect in session.update(message, Now { time: from_millis(now), random: chance.next() }) {
            let soon = now + chance.between(ANSWER_TAKES.0, ANSWER_TAKES.1);
            match effect {
                Effect::Fetch => {
                    origin.seconds[(now / SECOND) as usize] += 1;
                    answer = Some((soon, origin_fails && outage.contains(&now)));
                }
                Effect::Wait(time) => timer = time.map(|time| time.timestamp_millis()),
                Effect::Connect(_) => line = Some((soon, !outage.contains(&now))),
                Effect::Disconnect => line = None,
                _ => {}
            }
        }
        let next = [timer, answer.map(|(at, _)| at), line.map(|(at, _)| at)].into_iter().flatten().min();
        let Some(next) = next.filter(|next| *next < END) else { return };
        now = next;
        message = if let Some((_, fails)) = answer.take_if(|(at, _)| *at == now) {
            match (fails, session.is_loaded()) {
                (true, _) => Message::Failed(None),
                (false, true) => Message::Unchanged,
                (false, false) => Message::Document(with_hub(), None),
            }
        } else if let Some((_, opens)) = line.take_if(|(at, _)| *at == now) {
            // One that stands breaks when the outage begins: for all in the same moment.
            let breaks = if now < OUTAGE { OUTAGE } else { END };
            line = opens.then_some((breaks, false));
            if opens { Message::Opened } else { Message::Closed }
        } else {
            timer = None;
            Message::Wake
        };
    }
}

fn with_hub() -> Document {
    let hub = Hub { kind: "EventSource".to_owned(), url: "hub".to_owned() };
    Document { feed: Feed { hubs: vec![hub], ..Feed::default() }, ..Document::default() }
}

/// The requests of each second.
struct Origin {
    seconds: Vec<u32>,
}

impl Origin {
    fn load(&self, from: i64, to: i64) -> Load {
        let seconds = &self.seconds[(from / SECOND) as usize..(to / SECOND) as usize];
        let sum: u64 = seconds.iter().copied().map(u64::from).sum();
        Load { mean: sum as f64 / seconds.len() as f64, peak: seconds.iter().copied().max().unwrap_or_default() }
    }
}

/// Requests per second over some time.
struct Load {
    mean: f64,
    peak: u32,
}

impl Load {
    fn ratio(&self) -> f64 {
        f64::from(self.peak) / self.mean
    }
}

impl std::fmt::Display for Load {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:>8.0} {:>8} {:>6.2}", self.mean, self.peak, self.ratio())
    }
}

/// Chance that is the same every time (SplitMix64, Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    /// From 0 up to 1.
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        // The upper 53 bits, as many as a number between 0 and 1 can hold.
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }

    #[expect(clippy::cast_possible_truncation, reason = "spans are below an hour")]
    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + (self.next() * (to - from) as f64) as i64
    }
}
