//! What an element listens to: clicks, fingers, the clock.

use std::rc::Rc;

use super::stage::Stage;
use crate::browser::gesture::Gesture;
use crate::browser::listener::Listener;
use crate::browser::ticker::Ticker;

impl Stage {
    /// One listener for every click in the tree.
    pub(super) fn listen(self: &Rc<Self>) {
        let me = self.me.clone();
        let clicks = Listener::new(&self.host.shadow, "click", move |event| {
            if let Some(stage) = me.upgrade() {
                stage.clicked(&event);
            }
        });
        if let Ok(mut kept) = self.clicks.try_borrow_mut() {
            *kept = Some(clicks);
        }
        let me = self.me.clone();
        let gesture = Gesture::new(&self.host.element, move || {
            if let Some(stage) = me.upgrade() {
                stage.later(|stage| stage.waiting.take().into_iter().for_each(|task| task(stage)));
            }
        });
        if let Some(gesture) = gesture {
            let _ = self.gesture.set(gesture);
        }
        let me = self.me.clone();
        let _ = self.ticker.set(Ticker::join(move |_| {
            if let Some(stage) = me.upgrade() {
                stage.later(|stage| stage.tick());
            }
        }));
    }
}
