//! Everything that can happen to an element.

use std::rc::Rc;

use js_sys::Function;
use wasm_bindgen::JsValue;

use super::hooks::Prepared;
use crate::dom::observer::Seen;
use crate::error::Error;
use crate::source::News;
use crate::view::Act;

/// What happens to an element, from the page, the reader, the source or the browser.
pub enum Message {
    /// It is to show its feed; with the document that stands inside it.
    Start(Option<String>),
    /// It is to end everything that was begun.
    Stop,
    /// That attribute has another value.
    Attribute(String),
    /// The host hands a whole document over; the function is called when that was read.
    SetFeed(String, Function),
    /// The host holds updates back, or lets them come again.
    Pause(bool),
    /// The host wants to see what is held back.
    ShowPending,
    /// Somebody wants to see that entry.
    GoTo(String),
    /// The source tells what changed.
    News(Rc<News>),
    /// The document that stands inside the element was read, or could not be.
    Inline(Option<Error>),
    /// There was no feed for long.
    NoFeed,
    /// What a view in that language needs was loaded.
    Prepared(String, Prepared),
    /// The words were loaded that tell a reader of a failure.
    FailureWords(JsValue),
    /// The reader has clicked on what asks for that.
    Act(Act),
    /// The reader's gesture is over.
    GestureOver,
    /// Rows, or the toolbar, came into view or left it.
    RowsSeen(Vec<Seen>),
    /// An end of the list came into view or left it.
    EndsSeen(Vec<Seen>),
    /// An end of the list came near, or is no longer near.
    EndsNear(Vec<Seen>),
    /// The browser has nothing better to do.
    Idle,
    /// A relative time in view changes.
    Tick,
    /// The next frame is about to be painted.
    Frame,
    /// The new view has been painted.
    Painted,
    /// Times are to be shown in another zone or another form.
    Times,
}

impl Message {
    /// Whether it may move what is shown: during a gesture that would stop the scrolling, or be lost.
    pub fn moves_rows(&self) -> bool {
        matches!(self, Self::News(_) | Self::Prepared(..) | Self::Times)
    }
}
