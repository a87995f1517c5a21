//! Older pages: where entries are missing that the feed has, and the addresses that lead through each such gap.
//!
//! - Below the oldest entry there is a gap as long as the feed names a next page. A page reached by `oldest_url` leaves
//!   one between itself and what is known, and so does a document that does not meet what was known before it.
//! - A gap is followed from its upper end, `next_url` by `next_url`, until what stands below it is met, or the feed has
//!   no more.
//! - One page at a time, as somebody comes near. What was missed is fetched at once, up to ten pages of it; and up to
//!   twenty in search of an entry.
//! - A page that can't be had is tried again, later and later, or when the reader asks for it. Pages that lead back
//!   again and again, and bring nothing, end the chain.

use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::feed::{Entry, Id};
use crate::pace::{MAX_RETRY_AFTER, MIN_INTERVAL, doubled};
use crate::time::saturating_add;
use crate::timeline::{Changes, Timeline};

/// So often the pages may turn back and bring nothing: once is what they do when they have moved on since the last one.
const PATIENCE: u8 = 3;
/// So many pages of what was missed are fetched without being asked for.
const AT_ONCE: u8 = 10;
/// So many pages are fetched in search of one entry: a thousand entries where a page has fifty, which is more than nearly
/// every feed holds, in the few seconds for which somebody waits.
const SEARCHED: u8 = 20;

/// How far it is with a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Progress {
    /// nobody has come near
    #[default]
    Waiting,
    /// a page is under way
    Loading,
    /// the last page could not be had
    Failed,
}

/// The gaps of one feed, newest first.
#[derive(Debug, Default)]
pub struct Pages {
    gaps: Vec<Gap>,
    /// the newest entry above which nothing was missing
    top: Option<Mark>,
    /// the page with the first entries was asked for
    sought: bool,
    /// an entry that somebody looks for, and how many pages may still be asked for
    search: Option<(Id, u8)>,
    failures: u32,
    /// a page that could not be had is tried again then
    again: Option<DateTime<Utc>>,
    /// a page is under way, be it for a gap that was closed meanwhile
    busy: bool,
    changed: bool,
}

/// An entry, and where it stands.
#[derive(Debug, Clone)]
struct Mark {
    id: Id,
    date: Option<DateTime<Utc>>,
}

#[derive(Debug, Default)]
struct Gap {
    /// the entry below which others are missing
    above: Option<Mark>,
    /// the one above which they are; none where the gap reaches to the feed's beginning
    below: Option<Mark>,
    /// the page at its upper end
    next: String,
    /// the page with the first entries comes before that
    oldest_first: bool,
    /// how far down its last page went
    reached: Option<DateTime<Utc>>,
    /// how often they have turned back since they brought something
    turns: u8,
    /// it was left by what came while nobody asked
    is_missed: bool,
    /// so many pages are fetched without being asked for
    at_once: u8,
    /// somebody has come near
    wanted: bool,
    progress: Progress,
    is_filled: bool,
}

impl Mark {
    fn of(id: &Id, timeline: &Timeline) -> Self {
        Self { id: id.clone(), date: timeline.entry(id).and_then(|entry| entry.published) }
    }

    /// Whether what goes down to that entry leaves nothing out above this one.
    fn is_met_by(&self, floor: &Self, timeline: &Timeline) -> bool {
        let is_gone = timeline.entry(&self.id).is_none();
        place(Some(floor), timeline) >= place(Some(self), timeline) + usize::from(is_gone)
    }
}

/// How many entries stand above that one, itself among them. Where it is gone: above the place where it would stand.
fn place(mark: Option<&Mark>, timeline: &Timeline) -> usize {
    let Some(mark) = mark else { return 0 };
    let is_gone = timeline.entry(&mark.id).is_none();
    let mut place = 0;
    for (id, at) in timeline.order().iter().zip(1..) {
        if *id == mark.id {
            return at;
        }
        if is_gone && timeline.entry(id).is_some_and(|entry| entry.published >= mark.date) {
            place = at;
        }
    }
    place
}

/// Goes down to that entry, if it is lower.
fn sink(mark: &mut Option<Mark>, floor: &Mark, timeline: &Timeline) {
    if place(Some(floor), timeline) > place(mark.as_ref(), timeline) {
        *mark = Some(floor.clone());
    }
}

impl Gap {
    fn is_loading(&self) -> bool {
        self.progress == Progress::Loading
    }

    /// Whether what goes down to that entry meets what stands below. Of those of one minute nobody knows.
    fn ends_at(&self, floor: &Mark, timeline: &Timeline) -> bool {
        let Some(below) = &self.below else { return false };
        (below.date != floor.date || below.id == floor.id) && below.is_met_by(floor, timeline)
    }
}

impl Pages {
    /// After how many entries of the timeline others are missing, for each gap.
    #[must_use]
    pub fn places(&self, timeline: &Timeline) -> Vec<usize> {
        let mut places = Vec::new();
        for gap in &self.gaps {
            places.push(place(gap.above.as_ref(), timeline));
        }
        places
    }

    /// How far it is with that gap.
    #[must_use]
    pub fn progress(&self, gap: usize) -> Progress {
        self.gaps.get(gap).map(|gap| gap.progress).unwrap_or_default()
    }

    /// Whether anything has changed since this was last asked.
    pub fn changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// A document of the feed itself was merged. Where it does not meet what was known, what is between was missed.
    pub fn latest(&mut self, next: Option<String>, changes: &Changes, timeline: &Timeline) {
        if let Some(floor) = timeline.floor() {
            let is_new = changes.added.contains(floor);
            let floor = Mark::of(floor, timeline);
            for gap in &mut self.gaps {
                gap.is_filled = gap.ends_at(&floor, timeline);
            }
            self.close();
            let top = self.top.take();
            let is_first = top.is_none() || self.gaps.is_empty() && is_new;
            let missed = top.filter(|top| !top.is_met_by(&floor, timeline));
            let is_missed = missed.is_some();
            if let Some(next) = next.filter(|_| is_first || is_missed) {
                let at_once = if is_missed { AT_ONCE } else { 0 };
                self.gaps.insert(0, Gap { next, below: missed, is_missed, at_once, ..Gap::default() });
                self.changed = true;
            }
            if let Some(gap) = self.gaps.first_mut() {
                sink(&mut gap.above, &floor, timeline);
            }
        }
        self.caught_up(timeline);
    }

    /// Nothing is missing above what is there now.
    pub fn caught_up(&mut self, timeline: &Timeline) {
        let mut order = timeline.order().iter();
        let newest = order.find(|id| timeline.entry(id).is_some_and(|entry| !entry.pinned));
        self.top = newest.map(|id| Mark::of(id, timeline));
    }

    /// Somebody comes near that gap; they `insist` where they ask for it themselves, and want the page with the first
    /// entries `oldest_first` where they look for the beginning.
    pub fn want(&mut self, gap: usize, insist: bool, oldest_first: bool) {
        let Some(gap) = self.gaps.get_mut(gap) else { return };
        gap.wanted = true;
        if insist {
            self.again = None;
        }
        // While another page is under way, that one is not the one to come: the reader is still near after it.
        if oldest_first && gap.below.is_none() && !(self.sought || gap.is_loading()) {
            gap.oldest_first = true;
            self.sought = true;
        }
    }

    /// Somebody looks for that entry, and for no other one any more; for none, where it is empty.
    pub fn seek(&mut self, id: Id) {
        self.search = Some((id, SEARCHED));
    }

    /// Whether a search has just come to its end: the entry is there, or is not found. The latter can be said only of a feed
    /// that `has_begun`.
    pub fn is_searched(&mut self, has_begun: bool, timeline: &Timeline) -> bool {
        let is_over = |(id, left): &mut (Id, u8)| {
            let is_there = id.is_empty() || timeline.entry(id).is_some();
            is_there || has_begun && !self.busy && (*left == 0 || self.gaps.is_empty())
        };
        self.search.take_if(is_over).is_some()
    }

    /// The page to be asked for now, if one is; `updates` where what was missed is wanted too.
    pub fn ask(&mut self, updates: bool, oldest: Option<&String>, now: DateTime<Utc>) -> Option<String> {
        if self.busy || self.again > Some(now) {
            return None;
        }
        self.again = None;
        let searches = self.search.is_some();
        let gap = self.gaps.iter_mut().find(|gap| searches || gap.wanted || updates && gap.at_once > 0)?;
        if let Some((_, left)) = &mut self.search {
            *left = left.saturating_sub(1);
        }
        gap.progress = Progress::Loading;
        gap.oldest_first &= oldest.is_some();
        self.busy = true;
        self.changed = true;
        Some(oldest.filter(|_| gap.oldest_first).unwrap_or(&gap.next).clone())
    }

    /// When one that could not be had is tried again.
    #[must_use]
    pub fn again(&self) -> Option<DateTime<Utc>> {
        self.again
    }

    /// The page that was under way came with these entries. Whether all of it stands above what the gap follows upon: the
    /// feed's pages have moved on since, and nobody knows how that hangs together with what is there.
    pub fn is_astray(&mut self, entries: &[Rc<Entry>], timeline: &Timeline) -> bool {
        let lowest = entries.iter().filter(|entry| !entry.pinned).filter_map(|entry| entry.published).min();
        let Some(at) = self.gaps.iter().position(Gap::is_loading) else { return false };
        let upper = at.checked_sub(1).and_then(|upper| self.gaps.get(upper));
        let begins = match upper {
            Some(upper) => {
                let id = timeline.order().get(place(upper.above.as_ref(), timeline));
                id.and_then(|id| timeline.entry(id)?.published)
            }
            None => self.top.as_ref().and_then(|top| top.date),
        };
        let Some(gap) = self.gaps.get_mut(at) else { return false };
        gap.turns += u8::from(lowest.is_none() || gap.reached.is_some() && lowest >= gap.reached);
        gap.reached = lowest.or(gap.reached);
        // Of that very minute it may be, if all that the gap follows upon is.
        let goes_on = gap.above.as_ref().and_then(|above| above.date).is_some_and(|date| Some(date) < begins);
        begins.is_some() && (lowest > begins || goes_on && lowest == begins) && !gap.oldest_first
    }

    /// Upon how many entries the page under way follows: upon all, but for those that its gap leads to.
    #[must_use]
    pub fn follows(&self, timeline: &Timeline) -> usize {
        let order = timeline.order();
        let gap = self.gaps.iter().find(|gap| gap.is_loading());
        let Some((gap, below)) = gap.and_then(|gap| Some((gap, gap.below.as_ref()?))) else { return order.len() };
        // Pages go on below it until all of one minute is there.
        let met = order.iter().position(|id| *id == below.id).unwrap_or_default();
        met.max(place(gap.above.as_ref(), timeline))
    }

    /// The page that was under way was merged; it names the `next` one. Whether it fills in what was missed; and the next
    /// one, if that is not followed.
    pub fn arrived(&mut self, next: Option<String>, changes: &Changes, timeline: &Timeline) -> (bool, Option<String>) {
        self.busy = false;
        let Some(at) = self.gaps.iter().position(Gap::is_loading) else { return (false, None) };
        let Some(gap) = self.gaps.get_mut(at) else { return (false, None) };
        gap.progress = Progress::Waiting;
        gap.wanted = false;
        gap.at_once = gap.at_once.saturating_sub(1);
        let is_missed = gap.is_missed;
        let mut nowhere = None;
        let mut floor = None;
        if gap.oldest_first {
            gap.oldest_first = false;
            gap.below = timeline.ceiling().map(|id| Mark::of(id, timeline));
            let upper_end = place(gap.above.as_ref(), timeline);
            gap.is_filled = gap.below.is_some() && place(gap.below.as_ref(), timeline) <= upper_end;
        } else {
            floor = timeline.floor().map(|id| Mark::of(id, timeline));
            gap.is_filled = floor.as_ref().is_some_and(|floor| gap.ends_at(floor, timeline));
            if !changes.added.is_empty() {
                gap.turns = 0;
            }
            match next {
                Some(next) if gap.turns < PATIENCE => gap.next = next,
                next => {
                    nowhere = next.filter(|_| !gap.is_filled);
                    gap.is_filled = true;
                }
            }
        }
        self.failures = 0;
        self.changed = true;
        self.close();
        // The same one, or the one below it.
        if let (Some(gap), Some(floor)) = (self.gaps.get_mut(at), floor) {
            sink(&mut gap.above, &floor, timeline);
        }
        (is_missed, nowhere)
    }

    /// The page that was under way can't be had; with what the server asked for. `random` is from 0 up to 1.
    pub fn failed(&mut self, now: DateTime<Utc>, retry_after: Option<TimeDelta>, random: f64) {
        self.busy = false;
        let Some(gap) = self.gaps.iter_mut().find(|gap| gap.is_loading()) else { return };
        self.changed = true;
        gap.progress = Progress::Failed;
        // Without the page with the first entries there is still the way through all the others.
        if !std::mem::take(&mut gap.oldest_first) {
            if let Some((_, left)) = &mut self.search {
                *left = 0;
            }
            self.failures = self.failures.saturating_add(1);
            let wait = retry_after.unwrap_or_default().min(MAX_RETRY_AFTER);
            self.again = Some(saturating_add(now, doubled(MIN_INTERVAL, self.failures, random).max(wait)));
        }
    }

    /// The network is back: there is nothing more to wait for.
    pub fn network_is_back(&mut self) {
        self.again = None;
    }

    fn close(&mut self) {
        let before = self.gaps.len();
        self.gaps.retain(|gap| !gap.is_filled);
        self.changed |= self.gaps.len() < before;
    }
}
