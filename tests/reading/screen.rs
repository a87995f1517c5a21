//! One feed on one screen.

use livefeed::config::Order;
use livefeed::feed::{Content, Entry};
use livefeed::reading::{Effect, Message, Reading};

use crate::support::{Reader, at};

/// A feed and somebody who reads it.
pub struct Screen {
    pub reader: Reader,
    pub reading: Reading,
    number: u64,
}

impl Screen {
    /// The feed's first document is there, and the reader at the live edge.
    pub fn new(order: Order, page_size: usize, entries: Vec<Entry>) -> Self {
        let mut screen = Self::blank(order, page_size);
        screen.publish(entries);
        screen
    }

    /// Nothing has come yet.
    pub fn blank(order: Order, page_size: usize) -> Self {
        Self { reader: Reader::default(), reading: Reading::new(order, page_size, None), number: 0 }
    }

    /// Somebody who was here before, and saw everything up to that time. Nothing has come yet.
    pub fn returning(order: Order, page_size: usize, left: &str) -> Self {
        Self { reader: Reader::default(), reading: Reading::new(order, page_size, Some(at(left))), number: 0 }
    }

    pub fn publish(&mut self, entries: Vec<Entry>) -> Vec<Effect> {
        self.number += 1;
        let changes = self.reader.take(self.number, entries);
        self.reading.update(Message::Changed(&changes), &self.reader.timeline)
    }

    pub fn act(&mut self, message: Message<'_>) -> Vec<Effect> {
        self.reading.update(message, &self.reader.timeline)
    }

    /// The ids from top to bottom; `…` where there are more, `—` for the line above what was read.
    pub fn rows(&self) -> String {
        let rows = self.reading.rows();
        let ids = rows.entries.iter().flat_map(|entry| {
            let line = (rows.line.as_ref() == Some(&entry.id)).then_some("—");
            line.into_iter().chain([entry.id.as_ref()])
        });
        rows.above
            .then_some("…")
            .into_iter()
            .chain(ids)
            .chain(rows.more.then_some("…"))
            .collect::<Vec<&str>>()
            .join(" ")
    }

    pub fn fresh(&self) -> String {
        self.reading.rows().fresh.join(" ")
    }

    pub fn text(&self, id: &str) -> Option<Content> {
        let row = self.reading.rows().entries.iter().find(|entry| entry.id.as_ref() == id);
        row.map(|entry| entry.content.clone())
    }
}
