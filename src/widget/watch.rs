//! What an element watches: which rows are in view, and where the ends of the list are.

use std::cell::RefCell;
use std::rc::Rc;

use super::stage::Stage;
use crate::browser::observer::{Intersection, Place, Seen};
use crate::config::Order;
use crate::view::View;

/// How far ahead of the reader rows are built: one and a half windows.
const NEAR: &str = "150% 0px";

impl Stage {
    /// Asks anew where the ends of the list are: what was said of the other end has been passed over, and an end that
    /// stays near says nothing by itself.
    pub(super) fn look_at(&self, observers: &RefCell<Vec<Intersection>>) {
        self.with_view(|view| {
            let Ok(observers) = observers.try_borrow() else { return };
            for (observer, edge) in observers.iter().zip(view.edges()) {
                observer.unobserve(edge);
                observer.observe(edge);
            }
        });
    }

    /// Watches which rows are in view, and whether the reader is at an end of the list.
    pub(super) fn watch(self: &Rc<Self>, view: &View) {
        let me = self.me.clone();
        let seen = Intersection::new(None, "0px", move |rows| {
            if let Some(stage) = me.upgrade() {
                stage.later(move |stage| stage.rows_seen(&rows));
            }
        });
        if let Ok(seen) = &seen {
            seen.observe(view.toolbar());
            view.observe(seen);
        }
        // The view is widened without end on the far side: an edge that is jumped over is not missed then.
        let edges = self.ends(view, ["0px 0px 9999999px 0px", "9999999px 0px 0px 0px"], Self::ends_seen);
        let near = self.ends(view, [NEAR, NEAR], Self::ends_near);
        if let (Ok(mut kept_seen), Ok(mut kept_edges), Ok(mut kept_near)) =
            (self.seen.try_borrow_mut(), self.edges.try_borrow_mut(), self.near.try_borrow_mut())
        {
            *kept_seen = seen.ok();
            *kept_edges = edges;
            *kept_near = near;
        }
    }

    /// Watches both ends of the list, each within its margins.
    fn ends(self: &Rc<Self>, view: &View, margins: [&str; 2], told: fn(&Rc<Self>, &[Seen])) -> Vec<Intersection> {
        let observers = margins.into_iter().zip(view.edges()).filter_map(|(margin, edge)| {
            let me = self.me.clone();
            let observer = Intersection::new(None, margin, move |ends| {
                if let Some(stage) = me.upgrade() {
                    stage.later(move |stage| told(stage, &ends));
                }
            });
            let observer = observer.ok()?;
            observer.observe(edge);
            Some(observer)
        });
        observers.collect()
    }

    /// Whether the reader is at the live edge: the upper end in New first, the lower one in Old first.
    pub(super) fn at_edge(order: Order, is_top: bool, place: Place) -> Option<bool> {
        match (order, is_top) {
            // Until the reader has gone past the upper end they are there, even if it is still below the fold.
            (Order::Newest, true) => Some(place != Place::Above),
            (Order::Oldest, false) => Some(place != Place::Below),
            _ => None,
        }
    }
}
