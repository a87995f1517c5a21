//! One timer for all that changes with time on the page.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use chrono::{DateTime, TimeDelta, Utc};

use super::listener::Listener;
use super::timer::Timeout;
use super::{is_hidden, local_time, window};
use crate::stamp::next_tick;

/// The longest sleep. A computer's own sleep stops its timers but not its clock, so that a timer set for hours would
/// leave last night's text standing in the morning.
const LONGEST_SLEEP: TimeDelta = TimeDelta::minutes(1);

thread_local! {
    static TICKER: Ticker = const {
        Ticker { wishes: RefCell::new(Vec::new()), timer: RefCell::new(None), visibility: RefCell::new(None) }
    };
}

/// The page's one ticker. It runs no timer while nobody wants to be woken, nor while the page is hidden; on the
/// reader's return, what came due meanwhile is called at once.
#[derive(Debug)]
pub struct Ticker {
    wishes: RefCell<Vec<Weak<Wish>>>,
    /// what it waits for, while it waits
    timer: RefCell<Option<(DateTime<Utc>, Timeout)>>,
    visibility: RefCell<Option<Listener>>,
}

/// When to wake somebody, and how.
struct Wish {
    at: Cell<Option<DateTime<Utc>>>,
    call: Box<dyn Fn(DateTime<Utc>)>,
}

impl fmt::Debug for Wish {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wish").field("at", &self.at).finish_non_exhaustive()
    }
}

/// One who may ask to be woken, until dropped.
#[derive(Debug)]
#[must_use = "a member leaves the ticker when it is dropped"]
pub struct Member(Rc<Wish>);

impl Member {
    /// Asks to be called when the reader's clock shows that time, or within a second of it; or no longer, if `None`.
    /// Takes the place of what was asked before. A time that is past is called at once, but not from in here.
    pub fn wake_at(&self, at: Option<DateTime<Utc>>) {
        self.0.at.set(at);
        TICKER.with(Ticker::wait);
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.wake_at(None);
    }
}

impl Ticker {
    /// Joins the page's ticker. The callback is given what the reader's clock shows; it may ask for the next time,
    /// join, and leave.
    pub fn join(callback: impl Fn(DateTime<Utc>) + 'static) -> Member {
        let wish = Rc::new(Wish { at: Cell::new(None), call: Box::new(callback) });
        TICKER.with(|ticker| {
            let mut wishes = ticker.wishes.borrow_mut();
            wishes.retain(|wish| wish.strong_count() > 0);
            wishes.push(Rc::downgrade(&wish));
        });
        Member(wish)
    }

    /// Sets the timer for the next tick, or none. No callback runs in here.
    fn wait(&self) {
        let moments: Vec<DateTime<Utc>> =
            self.wishes.borrow().iter().filter_map(|wish| wish.upgrade()?.at.get()).collect();
        let Some(next) = next_tick(moments.into_iter()) else {
            self.timer.take();
            self.visibility.take();
            return;
        };
        if self.visibility.borrow().is_none()
            && let Some(document) = window().document()
        {
            let listener = Listener::new(&document, "visibilitychange", |_| TICKER.with(Self::tick));
            self.visibility.replace(Some(listener));
        }
        if is_hidden() {
            self.timer.take();
        } else if self.timer.borrow().as_ref().is_none_or(|(until, _)| *until != next) {
            let sleep = (next - local_time()).min(LONGEST_SLEEP);
            let timeout = Timeout::new(sleep.num_milliseconds(), || {
                TICKER.with(|ticker| {
                    ticker.timer.take();
                    ticker.tick();
                });
            });
            self.timer.replace(Some((next, timeout)));
        }
    }

    /// Calls everyone whose time has come.
    fn tick(&self) {
        let now = local_time();
        let mut due = Vec::new();
        if !is_hidden() {
            due.extend(self.wishes.borrow().iter().filter(|wish| is_due(wish, now)).cloned());
        }
        for wish in &due {
            if let Some(wish) = wish.upgrade() {
                wish.at.take();
            }
        }
        // Before the calls, so that one that throws does not stop the clock for the others.
        self.wait();
        for wish in due {
            // Whoever left meanwhile is no longer there.
            if let Some(wish) = wish.upgrade() {
                (wish.call)(now);
            }
        }
    }
}

fn is_due(wish: &Weak<Wish>, now: DateTime<Utc>) -> bool {
    wish.upgrade().and_then(|wish| wish.at.get()).is_some_and(|at| at <= now)
}
