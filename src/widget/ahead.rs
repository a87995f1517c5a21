//! More as the reader comes near an end of the list: rows of what is there, pages of what is not.

use std::rc::Rc;

use super::stage::Stage;
use chrono::TimeDelta;

use crate::browser::local_time;
use crate::browser::observer::{Place, Seen};
use crate::browser::timer::Idle;
use crate::config::Order;
use crate::reading::{End, Message as Read, Rows};
use crate::session::Message;
use crate::time::saturating_add;
use crate::view::Missing;

/// How long one piece of idle work may take; what it began last may take as long again.
const SLICE: TimeDelta = TimeDelta::milliseconds(4);

impl Stage {
    /// More as the reader comes near an end of the rows, and rows in idle time before that.
    pub(super) fn look_ahead(self: &Rc<Self>, rows: &Rows) {
        if rows.above || rows.more || rows.gaps != [None; 2] {
            self.look_at(&self.near);
        }
        let wants = self.reading.try_borrow().is_ok_and(|reading| reading.wants_idle_time());
        let me = self.me.clone();
        let idle = wants.then(|| {
            Idle::new(move || {
                if let Some(stage) = me.upgrade() {
                    stage.later(Self::build_ahead);
                }
            })
        });
        if let Ok(mut kept) = self.idle.try_borrow_mut() {
            *kept = idle;
        }
    }

    fn build_ahead(self: &Rc<Self>) {
        let ends = saturating_add(local_time(), SLICE);
        // Once at least: it is what was built that asks for more time, and on a busy machine the slice may be over.
        while self.reading.try_borrow().is_ok_and(|reading| reading.wants_idle_time()) {
            self.read(Read::Idle);
            if local_time() >= ends {
                break;
            }
        }
    }

    /// An end of the rows comes near.
    pub(super) fn ends_near(self: &Rc<Self>, ends: &[Seen]) {
        for end in ends.iter().filter(|end| end.place == Place::InView) {
            let is_top = self.with_view(|view| view.edges().first() == Some(&&end.element)).unwrap_or_default();
            self.reach(if is_top { End::Above } else { End::Below }, false);
        }
    }

    /// More at that end. While paused, the reader has to `insist` on what must be asked for.
    pub(super) fn reach(self: &Rc<Self>, end: End, insist: bool) {
        let beginning = self.order() == Order::Oldest && end == End::Above;
        let Ok(reading) = self.reading.try_borrow() else { return };
        let (rows, paused) = (reading.rows(), reading.is_paused());
        let (has_more, gap) = match end {
            End::Above => (rows.above, rows.gaps[0]),
            End::Below => (rows.more, rows.gaps[1]),
        };
        drop(reading);
        if has_more {
            self.read(Read::More(end));
        } else if let Some(gap) = gap.filter(|_| insist || !paused) {
            self.send(Message::Near { gap, insist, beginning });
        }
    }

    /// What is missing at the ends of those rows.
    pub(super) fn missing(&self, rows: &Rows) -> [Option<Missing>; 2] {
        let Some(session) = self.session() else { return [None; 2] };
        let counts = session.feed().counts(session.timeline().len());
        let missing = |gap: Option<usize>| Some(Missing { progress: session.progress(gap?), counts });
        [missing(rows.gaps[0]), missing(rows.gaps[1])]
    }
}
