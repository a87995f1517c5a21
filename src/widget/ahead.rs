//! More as the reader comes near an end of the list: rows of what is there, pages of what is not.

use chrono::TimeDelta;

use super::message::Message;
use super::state::State;
use crate::config::Order;
use crate::dom::local_time;
use crate::dom::timer::Idle;
use crate::reading::{self, End, Rows};
use crate::session;
use crate::time::saturating_add;
use crate::view::Missing;

/// How long one piece of idle work may take; what it began last may take as long again.
const SLICE: TimeDelta = TimeDelta::milliseconds(4);

impl State {
    /// More as the reader comes near an end of the rows, and rows in idle time before that.
    pub(super) fn look_ahead(&mut self, rows: &Rows) {
        if (rows.above || rows.more || rows.gaps != [None; 2])
            && let (Some(watch), Some(view)) = (&self.watch, &self.view)
        {
            watch.ask_near(view);
        }
        self.guards.idle = self.reading.wants_idle_time().then(|| {
            let sender = self.sender.clone();
            Idle::new(move || sender.send(Message::Idle))
        });
    }

    /// Builds rows for as long as one piece of idle work may take.
    pub(super) fn build_ahead(&mut self) {
        let ends = saturating_add(local_time(), SLICE);
        // Once at least: it is what was built that asks for more time, and on a busy machine the slice may be over.
        while self.reading.wants_idle_time() {
            self.read(reading::Message::Idle);
            if local_time() >= ends {
                break;
            }
        }
    }

    /// More at that end. While paused, the reader has to `insist` on what must be asked for.
    pub(super) fn reach(&mut self, end: End, insist: bool) {
        let rows = self.reading.rows();
        let beginning = self.reading.order() == Order::Oldest && end == End::Above;
        let (has_more, gap) = match end {
            End::Above => (rows.above, rows.gaps[0]),
            End::Below => (rows.more, rows.gaps[1]),
        };
        if has_more {
            self.read(reading::Message::More(end));
        } else if let Some(gap) = gap.filter(|_| insist || !self.reading.is_paused()) {
            self.member.send(session::Message::Near { gap, insist, beginning });
        }
    }

    /// What is missing at the ends of those rows.
    pub(super) fn missing(&self, rows: &Rows) -> [Option<Missing>; 2] {
        let Some(session) = self.member.session() else { return [None; 2] };
        let counts = session.feed().counts(session.timeline().len());
        let missing = |gap: Option<usize>| Some(Missing { progress: session.progress(gap?), counts });
        [missing(rows.gaps[0]), missing(rows.gaps[1])]
    }
}
