//! One reader of a feed, per element: which rows they see, in which order, and what is held back until they want it.

use std::rc::Rc;

use crate::config::Order;
use crate::feed::{Entry, Id, Numbers};
use crate::timeline::{Changes, Timeline};

/// What can happen to a reading.
#[derive(Debug, Clone)]
pub enum Message<'a> {
    /// The timeline changed.
    Changed(&'a Changes),
    /// The reader or the host wants the other order.
    Order(Order),
    /// The reader came to the live edge (the top in New first, the bottom in Old first), or left it.
    Edge(bool),
    /// The reader or the host wants to see what is held back.
    ShowPending,
    /// The reader wants more rows.
    More,
    /// The reader or the host holds updates back, or lets them come again.
    Pause(bool),
    /// Somebody wants to see that entry.
    GoTo(&'a str),
    /// How many rows are shown at first.
    PageSize(usize),
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
}

/// The list as it is shown, from top to bottom.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// the entries: pinned ones, then the others in order
    pub entries: Vec<Rc<Entry>>,
    /// ids of those that have just come
    pub fresh: Vec<Id>,
    /// whether there are more below
    pub more: bool,
}

/// One reader of a feed.
#[derive(Debug)]
pub struct Reading {
    order: Order,
    page_size: usize,
    /// how many unpinned rows are shown at most
    limit: usize,
    /// a set: what is held back
    held: Numbers,
    paused: bool,
    at_edge: bool,
    started: bool,
    rows: Rows,
}

impl Reading {
    /// A reading that has seen nothing yet. The reader is at the live edge until the view says otherwise.
    #[must_use]
    pub fn new(order: Order, page_size: usize) -> Self {
        Self {
            order,
            page_size,
            limit: page_size,
            held: Numbers::default(),
            paused: false,
            at_edge: true,
            started: false,
            rows: Rows::default(),
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
        match message {
            Message::Changed(changes) => self.changed(changes, timeline),
            Message::Order(order) if order == self.order => Vec::new(),
            Message::Order(order) => {
                self.order = order;
                self.limit = self.page_size;
                let mut effects = vec![Effect::Ordered(order)];
                self.show(timeline, Vec::new(), &mut effects);
                effects
            }
            Message::Edge(at_edge) => {
                let arrived = at_edge && !self.at_edge;
                self.at_edge = at_edge;
                if arrived && !self.paused { self.release(timeline, false) } else { Vec::new() }
            }
            Message::ShowPending => self.release(timeline, true),
            Message::More => {
                self.limit = self.limit.saturating_add(self.page_size);
                let mut effects = Vec::new();
                self.show(timeline, Vec::new(), &mut effects);
                effects
            }
            Message::Pause(paused) if paused == self.paused => Vec::new(),
            Message::Pause(paused) => {
                self.paused = paused;
                let mut effects = vec![Effect::Paused(paused)];
                if !paused && self.at_edge && !self.held.is_empty() {
                    effects.extend(self.release(timeline, false));
                } else if !paused {
                    self.show(timeline, Vec::new(), &mut effects);
                }
                effects
            }
            Message::GoTo(id) => self.go_to(id, timeline),
            Message::PageSize(page_size) => {
                let grown = self.limit.saturating_sub(self.page_size);
                self.limit = self.limit.max(page_size).min(page_size.saturating_add(grown));
                self.page_size = page_size;
                let mut effects = Vec::new();
                self.show(timeline, Vec::new(), &mut effects);
                effects
            }
        }
    }

    fn changed(&mut self, changes: &Changes, timeline: &Timeline) -> Vec<Effect> {
        let mut effects = Vec::new();
        let first = !self.started;
        self.started = true;
        let before = self.held.len();
        self.held.retain(&|id| timeline.entry(id).is_some());
        if first {
            self.show(timeline, Vec::new(), &mut effects);
            return effects;
        }
        let hold = self.paused || !self.at_edge;
        if hold {
            changes.added.iter().for_each(|id| self.held.insert(id, 0));
        } else {
            self.make_room(changes.added.len());
        }
        let fresh = if hold { Vec::new() } else { changes.added.clone() };
        if self.paused {
            self.drop_removed(timeline, &mut effects);
        } else {
            self.show(timeline, fresh, &mut effects);
        }
        if self.held.len() != before || hold && !changes.added.is_empty() {
            effects.push(Effect::Pending(self.held.len()));
        }
        if !changes.added.is_empty() && !self.paused {
            effects.push(Effect::Announce(changes.added.len()));
        }
        effects.push(Effect::Report(changes.clone()));
        effects
    }

    /// Shows what is held back; brings the reader to the first of it, if they asked for it.
    fn release(&mut self, timeline: &Timeline, scroll: bool) -> Vec<Effect> {
        if self.held.is_empty() && !self.paused {
            return Vec::new();
        }
        let fresh: Vec<Id> = timeline.order().iter().filter(|id| self.held.contains(id)).cloned().collect();
        self.held.clear();
        self.make_room(fresh.len());
        // The oldest of the new ones is the first unread, at whichever end it stands.
        let first_unread = fresh.last().cloned();
        let mut effects = Vec::new();
        let paused = std::mem::take(&mut self.paused);
        self.show(timeline, fresh, &mut effects);
        self.paused = paused;
        effects.push(Effect::Pending(0));
        if let Some(id) = first_unread.filter(|_| scroll) {
            self.reach(&id, timeline, &mut effects);
            effects.push(Effect::ScrollTo(id));
        }
        effects
    }

    fn go_to(&mut self, id: &str, timeline: &Timeline) -> Vec<Effect> {
        let Some(entry) = timeline.entry(id) else { return Vec::new() };
        let id = entry.id.clone();
        let mut effects = Vec::new();
        if self.held.contains(&id) {
            effects = self.release(timeline, false);
        }
        self.reach(&id, timeline, &mut effects);
        effects.push(Effect::ScrollTo(id));
        effects
    }

    /// Opens the window down to that entry.
    fn reach(&mut self, id: &Id, timeline: &Timeline, effects: &mut Vec<Effect>) {
        if self.rows.entries.iter().any(|entry| entry.id == *id) {
            return;
        }
        let Some(index) = timeline.order().iter().position(|other| other == id) else { return };
        let depth = match self.order {
            Order::Newest => index + 1,
            Order::Oldest => timeline.len() - index,
        };
        self.limit = self.limit.max(depth);
        self.show(timeline, Vec::new(), effects);
    }

    /// New rows at the upper end push none off at the lower; at the lower end they are seen if all before them are.
    fn make_room(&mut self, added: usize) {
        if self.order == Order::Newest || !self.rows.more {
            self.limit = self.limit.saturating_add(added);
        }
    }

    /// Works out the rows. While paused, what is shown already stays as it is.
    fn show(&mut self, timeline: &Timeline, fresh: Vec<Id>, effects: &mut Vec<Effect>) {
        if !self.started {
            return;
        }
        let mut rows = self.rows_of(timeline, fresh);
        if self.paused {
            let shown = self.rows.entries.iter().map(|entry| &entry.id).collect::<Numbers>();
            for entry in &mut rows.entries {
                if let Some(shown) = shown.get(&entry.id).and_then(|at| self.rows.entries.get(at)) {
                    *entry = Rc::clone(shown);
                }
            }
        }
        self.rows = rows;
        effects.push(Effect::Show(self.rows.clone()));
    }

    /// While paused nothing else happens by itself.
    fn drop_removed(&mut self, timeline: &Timeline, effects: &mut Vec<Effect>) {
        self.rows.entries.retain(|entry| timeline.entry(&entry.id).is_some());
        self.rows.fresh.clear();
        self.rows.more = self.rows.entries.len() + self.held.len() < timeline.len();
        effects.push(Effect::Show(self.rows.clone()));
    }

    fn rows_of(&self, timeline: &Timeline, mut fresh: Vec<Id>) -> Rows {
        let shown = |id: &&Id| !self.held.contains(id);
        let entry = |id: &Id| timeline.entry(id).cloned();
        let mut entries: Vec<Rc<Entry>> = timeline.pinned().iter().filter(shown).filter_map(entry).collect();
        let unpinned = |entry: &Rc<Entry>| !entry.pinned;
        let forward = timeline.order().iter();
        let (listed, more) = match self.order {
            Order::Newest => self.window(forward.filter(shown).filter_map(entry).filter(unpinned)),
            Order::Oldest => {
                entries.reverse();
                self.window(forward.rev().filter(shown).filter_map(entry).filter(unpinned))
            }
        };
        entries.extend(listed);
        let shown = entries.iter().map(|entry| &entry.id).collect::<Numbers>();
        fresh.retain(|id| shown.contains(id));
        Rows { entries, fresh, more }
    }

    /// The first rows up to the limit, and whether there are more.
    fn window(&self, mut rows: impl Iterator<Item = Rc<Entry>>) -> (Vec<Rc<Entry>>, bool) {
        let shown = rows.by_ref().take(self.limit).collect();
        (shown, rows.next().is_some())
    }
}
