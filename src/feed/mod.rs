//! What a publisher says: a feed's header and its entries, as typed values.
//!
//! The format is [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/) with one extension object, `_livefeed`.

mod fields;
mod ids;
mod json_feed;
mod raw;
mod reader;

use std::rc::Rc;

use chrono::{DateTime, Utc};

pub use ids::{IdMap, IdSet, SeededState, seed};
pub use json_feed::read_id;
pub use raw::{Kind as Json, Members, Raw, Top, quoted};
pub use reader::{Known, MAX_ITEMS, Reader, open, read_entry, read_feed, read_header};

use crate::error::Error;

/// An entry's id, unique within its feed. Shared, since lists of ids are copied often.
pub type Id = Rc<str>;

/// One published state of a feed: its header, its entries in the feed's own order, and what was wrong with it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The top level.
    pub feed: Feed,
    /// The entries that could be read, in the feed's own order.
    pub entries: Vec<Rc<Entry>>,
    /// The ids of entries that are there but can't be read: what is shown of them stands.
    pub unreadable: Vec<Id>,
    /// What was skipped or replaced by a default, each with its place.
    pub warnings: Vec<Error>,
}

/// The top level of a document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Feed {
    /// `title`
    pub title: Option<String>,
    /// `description`, plain text
    pub description: Option<String>,
    /// `home_page_url`
    pub home_page_url: Option<String>,
    /// `language`, a BCP 47 tag
    pub language: Option<String>,
    /// `icon`
    pub icon: Option<String>,
    /// `authors`, or JSON Feed 1.0's `author`
    pub authors: Vec<Author>,
    /// `expired`: the coverage is over
    pub expired: bool,
    /// `next_url`: the page with older entries
    pub next_url: Option<String>,
    /// `hubs`
    pub hubs: Vec<Hub>,
    /// `_livefeed.status`
    pub status: Status,
    /// `_livefeed.summary_html`: the standfirst, not yet sanitised
    pub summary_html: Option<String>,
    /// `_livefeed.image`
    pub image: Option<Image>,
    /// `_livefeed.time_zone`, an IANA name
    pub time_zone: Option<String>,
    /// `_livefeed.updated`
    pub updated: Option<DateTime<Utc>>,
    /// `_livefeed.total`: how many entries there are on all pages
    pub total: Option<u64>,
    /// `_livefeed.oldest_url`: the page with the first entries
    pub oldest_url: Option<String>,
    /// `_livefeed.poll_seconds`: the least interval between requests; 0 stops them
    pub poll_seconds: Option<f64>,
    /// `_livefeed.version`: grows with every publication
    pub version: Option<u64>,
    /// `_livefeed.discussion_url`
    pub discussion_url: Option<String>,
}

impl Feed {
    /// Whether the coverage is over, said in either way.
    #[must_use]
    pub fn ended(&self) -> bool {
        self.expired || self.status == Status::Ended
    }

    /// How many entries are there, of how many; nothing where the feed does not say that there are more.
    ///
    /// ```
    /// let feed = livefeed::feed::Feed { total: Some(3), ..Default::default() };
    /// assert_eq!(feed.counts(2), Some((2, 3)));
    /// assert_eq!(feed.counts(3), None);
    /// ```
    #[must_use]
    pub fn counts(&self, there: usize) -> Option<(usize, usize)> {
        let total = self.total.and_then(|total| usize::try_from(total).ok());
        total.filter(|total| *total > there).map(|total| (there, total))
    }
}

/// `_livefeed.status`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Coverage has been announced.
    Upcoming,
    /// Entries are being published.
    #[default]
    Live,
    /// Coverage is over.
    Ended,
}

/// One entry of a feed: JSON Feed's item with its `_livefeed` object.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// `id`; a number is read as its digits
    pub id: Id,
    /// `url`
    pub url: Option<String>,
    /// `external_url`: where the headline leads to
    pub external_url: Option<String>,
    /// `title`, plain text
    pub title: Option<String>,
    /// `content_html` or `content_text`
    pub content: Content,
    /// `date_published`
    pub published: Option<DateTime<Utc>>,
    /// `date_modified`
    pub modified: Option<DateTime<Utc>>,
    /// `authors`, or JSON Feed 1.0's `author`
    pub authors: Vec<Author>,
    /// `tags`
    pub tags: Vec<String>,
    /// `language`, a BCP 47 tag
    pub language: Option<String>,
    /// `attachments`
    pub attachments: Vec<Attachment>,
    /// `_livefeed.image`, else `image`, else `banner_image`
    pub image: Option<Image>,
    /// `_livefeed.kind`
    pub kind: Option<Kind>,
    /// `_livefeed.pinned`: stays on top
    pub pinned: bool,
    /// `_livefeed.deleted`: a tombstone
    pub deleted: bool,
    /// `_livefeed.embed`
    pub embed: Option<Embed>,
}

impl Entry {
    /// An entry of that id that says nothing yet.
    #[must_use]
    pub fn new(id: impl Into<Id>) -> Self {
        Self {
            id: id.into(),
            url: None,
            external_url: None,
            title: None,
            content: Content::Nothing,
            published: None,
            modified: None,
            authors: Vec::new(),
            tags: Vec::new(),
            language: None,
            attachments: Vec::new(),
            image: None,
            kind: None,
            pinned: false,
            deleted: false,
            embed: None,
        }
    }

    /// When it was last changed: `date_modified`, else `date_published`.
    #[must_use]
    pub fn version(&self) -> Option<DateTime<Utc>> {
        self.modified.or(self.published)
    }

    /// Whether there is anything in it for a reader.
    #[must_use]
    pub fn has_something_to_show(&self) -> bool {
        self.title.is_some() || self.content != Content::Nothing || self.has_media()
    }

    /// Whether it holds an image, an embed or an attachment.
    #[must_use]
    pub fn has_media(&self) -> bool {
        self.image.is_some() || self.embed.is_some() || !self.attachments.is_empty()
    }
}

/// What an entry says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Content {
    /// `content_html`, not yet sanitised
    Html(String),
    /// `content_text`, or `summary` where there is no content
    Text(String),
    /// none of them
    #[default]
    Nothing,
}

/// `_livefeed.kind`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A key moment, listed in the header.
    Key,
    /// A summary of what happened so far.
    Summary,
    /// Breaking news.
    Breaking,
}

/// `authors[]`
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Author {
    /// `name`
    pub name: Option<String>,
    /// `url`
    pub url: Option<String>,
    /// `avatar`
    pub avatar: Option<String>,
}

/// `hubs[]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hub {
    /// `type`: `EventSource` is the one that is used
    pub kind: String,
    /// `url`
    pub url: String,
}

/// A picture with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Image {
    /// `url`
    pub url: String,
    /// `alt`
    pub alt: Option<String>,
    /// `caption`, plain text
    pub caption: Option<String>,
    /// `credit`, plain text
    pub credit: Option<String>,
    /// `width`, in CSS pixels
    pub width: Option<u32>,
    /// `height`, in CSS pixels
    pub height: Option<u32>,
}

/// Something of a third party, shown as a card until the reader asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Embed {
    /// `url`
    pub url: String,
    /// `title`, plain text
    pub title: Option<String>,
    /// `image`: a picture's URL
    pub image: Option<String>,
    /// `provider`: its name, where it is not known by its URL
    pub provider: Option<String>,
}

/// `attachments[]`
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attachment {
    /// `url`
    pub url: String,
    /// `mime_type`
    pub mime_type: Option<String>,
    /// `title`
    pub title: Option<String>,
    /// `size_in_bytes`
    pub size_in_bytes: Option<u64>,
    /// `duration_in_seconds`
    pub duration_in_seconds: Option<f64>,
}
