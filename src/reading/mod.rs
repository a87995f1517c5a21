//! One reader of a feed, per element: which rows they see, in which order, and what is held back until they want it.

mod window;

use std::rc::Rc;

use chrono::{DateTime, Utc};

pub use window::BUILT;

use crate::config::Order;
use crate::feed::{Entry, Id, IdMap, IdSet};
use crate::timeline::{Changes, Timeline};

/// How many key moments the jump list names: more of them are no summary any more.
pub const MOMENTS: usize = 30;

/// What can happen to a reading.
#[derive(Debug, Clone)]
pub enum Message<'a> {
    /// The timeline changed.
    Changed(&'a Changes),
    /// A page of older entries came, or is awaited: they are no news. With the entry that is being read.
    Older(Option<&'a str>),
    /// The reader or the host wants the other order; with the entry that is being read, if it is to stay in the window.
    Order(Order, Option<&'a str>),
    /// The reader came to the live edge (the top in New first, the bottom in Old first), or left it.
    Edge(bool),
    /// The reader or the host wants to see what is held back.
    ShowPending,
    /// The reader wants more rows at that end, or comes near it.
    More(End),
    /// The browser has nothing better to do: a few more rows may be built.
    Idle,
    /// That entry came into view for the first time.
    Seen(&'a str),
    /// The reader or the host holds updates back, or lets them come again.
    Pause(bool),
    /// Somebody wants to see that entry.
    GoTo(&'a str),
    /// How many rows are shown at first.
    PageSize(usize),
}

/// The two ends of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// the upper end
    Above,
    /// the lower end
    Below,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Show just these rows.
    Show(Rows),
    /// So many new entries are held back.
    Pending(usize),
    /// Tell the reader that so many entries are new.
    Announce(usize),
    /// The order is another one now.
    Ordered(Order),
    /// Updates are held back now, or come again.
    Paused(bool),
    /// Tell the host what changed.
    Report(Changes),
    /// Bring the reader to that row.
    ScrollTo(Id),
    /// Everything up to that time was seen: to be handed to [`Reading::new`] when the reader comes back.
    Remember(DateTime<Utc>),
}

/// The list as it is shown, from top to bottom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// the entries: pinned ones, then the others in order
    pub entries: Vec<Rc<Entry>>,
    /// ids of those that have just come
    pub fresh: Vec<Id>,
    /// whether there are more above, below the pinned ones
    pub above: bool,
    /// whether there are more below
    pub more: bool,
    /// the gap at the upper and at the lower end, by its number: entries that the feed has, and we don't
    pub gaps: [Option<usize>; 2],
    /// how many there are, shown or not, without what is held back
    pub total: usize,
    /// the row above which a line parts what is new since the reader left from what is not
    pub line: Option<Id>,
}

/// One reader of a feed.
#[derive(Debug)]
pub struct Reading {
    order: Order,
    page_size: usize,
    /// the entry with which the window begins; none = with the list
    start: Option<Id>,
    /// how many unpinned rows are shown at most
    limit: usize,
    /// a set: what is held back
    held: IdSet,
    paused: bool,
    at_edge: bool,
    started: bool,
    rows: Rows,
    /// the date of the newest entry that was seen
    seen: Option<DateTime<Utc>>,
    /// what came later is new since the reader left
    left: Option<DateTime<Utc>>,
    /// the line was in view
    line_seen: bool,
}

impl Reading {
    /// A reading that has seen nothing yet. The reader is at the live edge until the view says otherwise. `left` is what
    /// was to be remembered when they were here before.
    #[must_use]
    pub fn new(order: Order, page_size: usize, left: Option<DateTime<Utc>>) -> Self {
        Self {
            order,
            page_size,
            start: None,
            limit: page_size,
            held: IdSet::default(),
            paused: false,
            at_edge: true,
            started: false,
            rows: Rows::default(),
            seen: left,
            left,
            line_seen: false,
        }
    }

    /// The order of the rows.
    #[must_use]
    pub fn order(&self) -> Order {
        self.order
    }

    /// Whether updates are held back by the reader or the host.
    #[must_use]
    pub fn is_paused(&self) -> bool {
        self.paused
    }

    /// How many new entries are held back.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.held.len()
    }

    /// The rows as they are shown now.
    #[must_use]
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Takes a message; what follows from it is for the caller to do, in that order.
    pub fn update(&mut self, message: Message<'_>, timeline: &Timeline) -> Vec<Effect> {
        let mut effects = Vec::new();
        match message {
            Message::Changed(changes) => self.changed(changes, timeline, &mut effects),
            Message::Older(read) => {
                self.held.retain(|id| timeline.entry(id).is_some());
                self.begin_at_what_is_left(timeline);
                if read.is_some() {
                    self.stay(self.order == Order::Oldest, timeline);
                }
                self.show(timeline, Vec::new(), &mut effects);
            }
            Message::Order(order, read) if order != self.order => {
                self.order = order;
                effects.push(Effect::Ordered(order));
                // What is all there only turns round.
                if self.rows.above || self.rows.more || self.rows.gaps != [None; 2] {
                    self.open_around(read, timeline);
                }
                self.show(timeline, Vec::new(), &mut effects);
            }
            Message::Edge(at_edge) => {
                let was = self.is_at_live_edge();
                self.at_edge = at_edge;
                if !was && self.is_at_live_edge() && !self.paused {
                    self.release(timeline, false, &mut effects);
                }
            }
            Message::ShowPending => self.release(timeline, true, &mut effects),
            Message::More(end) => {
                self.grow(end, self.page_size, timeline);
                self.show(timeline, Vec::new(), &mut effects);
            }
            Message::Idle if self.wants_idle_time() => {
                self.grow_in_idle_time(timeline);
                self.show(timeline, Vec::new(), &mut effects);
            }
            Message::Seen(id) => self.saw(id, timeline, &mut effects),
            Message::Pause(paused) if paused != self.paused => {
                self.paused = paused;
                effects.push(Effect::Paused(paused));
                if !paused && self.is_at_live_edge() && !self.held.is_empty() {
                    self.release(timeline, false, &mut effects);
                } else if !paused {
                    self.show(timeline, Vec::new(), &mut effects);
                }
            }
            Message::GoTo(id) => self.go_to(id, timeline, &mut effects),
            Message::PageSize(page_size) => {
                // What is shown already may be what is read.
                self.limit = self.limit.max(page_size);
                self.page_size = page_size;
                self.show(timeline, Vec::new(), &mut effects);
            }
            Message::Order(..) | Message::Idle | Message::Pause(_) => {}
        }
        effects
    }

    /// Whether the reader is where new entries appear. With more rows to come at that end, the end is not the edge.
    fn is_at_live_edge(&self) -> bool {
        let is_end = match self.order {
            Order::Newest => !self.rows.above && self.rows.gaps[0].is_none(),
            Order::Oldest => !self.rows.more && self.rows.gaps[1].is_none(),
        };
        self.at_edge && is_end
    }

    fn changed(&mut self, changes: &Changes, timeline: &Timeline, effects: &mut Vec<Effect>) {
        let first = !self.started;
        self.started = true;
        let before = self.held.len();
        self.held.retain(|id| timeline.entry(id).is_some());
        if first {
            self.show(timeline, Vec::new(), effects);
            return;
        }
        self.begin_at_what_is_left(timeline);
        if self.line_seen && self.has_seen_all_shown() {
            self.left = None;
        }
        let hold = self.paused || !self.is_at_live_edge();
        if hold {
            self.stay(false, timeline);
            self.held.extend(changes.added.iter().cloned());
        } else {
            self.make_room(changes.added.len());
        }
        let fresh = if hold { Vec::new() } else { changes.added.clone() };
        if self.paused {
            self.drop_removed(timeline, effects);
        } else {
            self.show(timeline, fresh, effects);
        }
        if self.held.len() != before || hold && !changes.added.is_empty() {
            effects.push(Effect::Pending(self.held.len()));
        }
        if !changes.added.is_empty() && !self.paused {
            effects.push(Effect::Announce(changes.added.len()));
        }
        effects.push(Effect::Report(changes.clone()));
    }

    /// Shows what is held back; brings the reader to the first of it, if they asked for it.
    fn release(&mut self, timeline: &Timeline, scroll: bool, effects: &mut Vec<Effect>) {
        if self.held.is_empty() && !self.paused {
            return;
        }
        let (fresh, known): (Vec<Id>, Vec<Id>) =
            timeline.order().iter().cloned().partition(|id| self.held.contains(id));
        self.held.clear();
        self.make_room(fresh.len());
        // The oldest of the new ones is the first unread, at whichever end it stands.
        let first_unread = fresh.last().cloned().filter(|_| scroll);
        if let Some(id) = &first_unread {
            self.left = known.first().and_then(|id| timeline.entry(id)?.published);
            self.line_seen = false;
            self.reach(id, timeline);
        }
        let paused = std::mem::take(&mut self.paused);
        self.show(timeline, fresh, effects);
        self.paused = paused;
        effects.push(Effect::Pending(0));
        effects.extend(first_unread.map(Effect::ScrollTo));
    }

    fn go_to(&mut self, id: &str, timeline: &Timeline, effects: &mut Vec<Effect>) {
        let Some(entry) = timeline.entry(id) else { return };
        let id = entry.id.clone();
        if self.held.contains(&id) {
            self.release(timeline, false, effects);
        }
        // While paused, what would be a row need not be shown yet.
        let is_shown = self.rows.entries.iter().any(|entry| entry.id == id);
        if self.reach(&id, timeline) || !is_shown {
            self.show(timeline, Vec::new(), effects);
        }
        effects.push(Effect::ScrollTo(id));
    }

    /// What was seen need not be told again to a reader who comes back.
    fn saw(&mut self, id: &str, timeline: &Timeline, effects: &mut Vec<Effect>) {
        self.line_seen |= self.rows.line.as_deref() == Some(id);
        let date = timeline.entry(id).and_then(|entry| entry.published);
        if let Some(date) = date.filter(|date| Some(*date) > self.seen) {
            self.seen = Some(date);
            effects.push(Effect::Remember(date));
        }
    }

    fn has_seen_all_shown(&self) -> bool {
        self.rows.entries.iter().all(|entry| entry.published <= self.seen)
    }

    /// Works out the rows. While paused, what is shown already stays as it is.
    fn show(&mut self, timeline: &Timeline, fresh: Vec<Id>, effects: &mut Vec<Effect>) {
        if !self.started {
            return;
        }
        let mut rows = self.rows_of(timeline, fresh);
        if self.paused {
            let shown: IdMap<_> = self.rows.entries.iter().map(|entry| (entry.id.clone(), entry)).collect();
            for entry in &mut rows.entries {
                if let Some(shown) = shown.get(&entry.id) {
                    *entry = Rc::clone(shown);
                }
            }
        }
        self.rows = rows;
        effects.push(Effect::Show(self.rows.clone()));
    }

    /// While paused nothing else happens by itself.
    fn drop_removed(&mut self, timeline: &Timeline, effects: &mut Vec<Effect>) {
        let next = self.rows_of(timeline, Vec::new());
        self.rows.entries.retain(|entry| timeline.entry(&entry.id).is_some());
        self.rows.fresh.clear();
        (self.rows.above, self.rows.line, self.rows.gaps) = (next.above, next.line, next.gaps);
        self.rows.more = self.rows.entries.len() + self.held.len() < timeline.len();
        effects.push(Effect::Show(self.rows.clone()));
    }
}
