//! The shadow tree: it shows what it is told, and tells the widget what the reader does.

pub mod announce;
mod attachments;
mod attend;
mod context;
mod ends;
mod entry;
mod failure;
mod header;
mod keep;
mod list;
pub mod locale;
mod picture;
mod time;
mod toolbar;

use std::rc::Rc;

use chrono::{DateTime, Utc};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, ShadowRoot};

pub use context::Context;
pub use ends::Missing;
pub use failure::Failure;
pub use locale::Locale;

pub use crate::nodes::Nodes;

use crate::config::{Order, Summary};
use crate::dom::anchor::Anchor;
use crate::dom::observer::Intersection;
use crate::feed::{Entry, Feed, Id};
use crate::freshness::Line;
use crate::nodes::{append, focus, has_focus, set, set_or_remove, show, write};
use crate::reading::{BUILT, Rows};
use ends::End;
use header::Header;
use list::List;
use toolbar::Toolbar;

/// What a reader can ask for with a click or a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// the other order
    Order(Order),
    /// times in the other zone
    Zone,
    /// hold updates back, or let them come again
    Pause,
    /// open or close the standfirst
    Summary,
    /// ask again now
    Retry,
    /// show what is held back
    Pending,
    /// more at the lower end
    More,
    /// more at the upper end
    Above,
    /// that key moment
    Moment(String),
    /// past the feed
    Skip,
}

/// One element's tree.
pub struct View {
    context: Rc<Context>,
    root: Element,
    header: Header,
    toolbar: Toolbar,
    pill: Element,
    top: Element,
    list: List,
    bottom: Element,
    ends: [End; 2],
    empty: Element,
    discussion: Element,
    end: Element,
    anchor: Option<Rc<Anchor>>,
    order: Order,
    missing: [Option<Missing>; 2],
    /// the list's beginning is not there yet, or has just come
    unfinished: bool,
    /// times are in another zone than when rows were last shown
    days_moved: bool,
}

impl View {
    /// Builds the tree and puts it in the place of whatever the shadow root holds.
    #[must_use]
    pub fn new(context: Rc<Context>, shadow: &ShadowRoot, summary: Summary) -> Self {
        let nodes = &context.nodes;
        let words = &context.locale.words;
        let root = nodes.part("div", "feed");
        set(&root, "lang", &context.locale.lang);
        set_or_remove(&root, "dir", context.locale.dir.as_deref());
        show_times(&root, &context.locale);
        let skip = nodes.text("a", "skip", &words.skip);
        set(&skip, "part", "skip-link");
        set(&skip, "href", "#end");
        set(&skip, "data-act", "skip");
        let header = Header::new(&context, summary);
        let toolbar = Toolbar::new(&context);
        let pill = nodes.button("pill", "pill", "pending", "");
        show(&pill, false);
        let top = nodes.plain("div", "edge");
        let list = List::new(&context);
        let bottom = nodes.plain("div", "edge");
        let ends = [End::new(&context, "above"), End::new(&context, "more")];
        let ([above, above_text], [more, count]) = (ends[0].elements(), ends[1].elements());
        let empty = nodes.slot("empty");
        append(&empty, [&nodes.text("p", "empty", &words.empty)]);
        let foot = nodes.plain("footer", "foot");
        set(&foot, "part", "footer");
        let discussion = nodes.text("a", "discussion", &words.discussion);
        set(&discussion, "part", "discussion-link");
        set(&discussion, "rel", "noopener");
        append(&foot, [&discussion, &nodes.slot("footer")]);
        append(
            &root,
            [
                &skip,
                &nodes.slot("header"),
                header.element(),
                &top,
                toolbar.element(),
                &pill,
                above_text,
                above,
                list.element(),
                &bottom,
                more,
                count,
                &empty,
                &foot,
            ],
        );
        for element in [header.element(), toolbar.element(), &empty, &discussion] {
            show(element, false);
        }
        shadow.set_text_content(None);
        append(shadow, [&root]);
        let end = foot;
        let anchor = None;
        let order = Order::default();
        let (missing, unfinished, days_moved) = ([None; 2], false, false);
        #[rustfmt::skip]
        let view = Self { context, root, header, toolbar, pill, top, list, bottom, ends, empty, discussion, end, anchor, order, missing, unfinished, days_moved };
        view
    }

    /// What it is made with.
    #[must_use]
    pub fn context(&self) -> &Rc<Context> {
        &self.context
    }

    /// The upper and the lower end of the list: the live edge is one of them.
    #[must_use]
    pub fn edges(&self) -> [&Element; 2] {
        [&self.top, &self.bottom]
    }

    /// Shows the header, the discussion link and the toolbar. Whether any of them has changed: a feed that is published every
    /// minute has another time each minute, for which nothing needs to be measured.
    pub fn show_feed(&mut self, feed: &Rc<Feed>, summary: Summary) -> bool {
        let differs = !self.header.shows(feed);
        if differs {
            self.keep(false, true, |view| view.fill_header(feed, summary));
        } else {
            self.header.set_updated(feed);
        }
        differs
    }

    fn fill_header(&mut self, feed: &Rc<Feed>, summary: Summary) {
        self.header.show(&self.context, feed);
        show(self.header.element(), summary != Summary::None);
        show(self.toolbar.element(), true);
        let discussion = feed.discussion_url.as_deref().and_then(|url| self.context.link(url, &self.context.base));
        set_or_remove(&self.discussion, "href", discussion.as_deref());
        show(&self.discussion, discussion.is_some());
    }

    /// Offers to open the standfirst where it is cut off. Asks for the layout.
    pub fn measure(&self) {
        self.header.measure();
    }

    /// Shows just these rows.
    pub fn show_rows(
        &mut self,
        rows: &Rows,
        order: Order,
        host_blocks: &[usize],
        moments: Vec<Rc<Entry>>,
        seen: &Intersection,
        now: DateTime<Utc>,
    ) {
        let turned = std::mem::replace(&mut self.order, order) != order;
        // Rows that are built ahead, below all others, move nothing: nothing needs to be measured.
        let days_moved = std::mem::take(&mut self.days_moved);
        if !turned && !days_moved && self.list.is_start_of(&rows.entries, host_blocks) {
            return self.fill_list(rows, order, host_blocks, moments, seen, now);
        }
        let beginning = match turned {
            true => self.being_read().is_none(),
            false => self.unfinished || order == Order::Newest && !rows.fresh.is_empty(),
        };
        self.keep(beginning, !turned, |view| {
            view.fill_list(rows, order, host_blocks, moments, seen, now);
        });
    }

    fn fill_list(
        &mut self,
        rows: &Rows,
        order: Order,
        host_blocks: &[usize],
        moments: Vec<Rc<Entry>>,
        seen: &Intersection,
        now: DateTime<Utc>,
    ) {
        let context = self.context.clone();
        self.list.show(&context, rows, host_blocks, self.anchor.as_deref(), seen, now);
        self.show_around(rows, order, moments);
    }

    /// Shows what goes with those rows.
    fn show_around(&mut self, rows: &Rows, order: Order, moments: Vec<Rc<Entry>>) {
        let context = self.context.clone();
        self.header.show_moments(&context, moments);
        let words = &context.locale.words;
        let [above, below] = self.missing;
        let counts = |missing: Option<Missing>| missing?.counts;
        // Find-in-page and links within the page reach only what is built.
        let partial = rows.total > BUILT && rows.entries.len() < rows.total;
        let built = partial.then_some((rows.entries.len(), rows.total));
        let name = if order == Order::Newest { &*words.earlier } else { &*words.later };
        let name = (rows.more || below.is_some()).then_some(name);
        let list = self.list.element();
        self.ends[0].show(&context, list, None, above, counts(above));
        self.ends[1].show(&context, list, name, below, counts(below).or(built));
        show(&self.empty, rows.entries.is_empty());
        self.toolbar.show_order(order);
    }

    /// What is missing at the upper and the lower end: shown with the next rows.
    pub fn set_missing(&mut self, missing: [Option<Missing>; 2]) {
        self.unfinished = self.missing[0].is_some() || missing[0].is_some();
        self.missing = missing;
    }

    /// Shows how many new entries are held back.
    pub fn show_pending(&self, count: usize) {
        if count > 0 {
            write(&self.pill, &self.context.locale.new_updates(count));
        } else if has_focus(&self.pill) {
            // With the button the focus would fall to the page's beginning.
            focus(self.list.element(), false);
        }
        show(&self.pill, count > 0);
    }

    /// Shows whether updates are held back.
    pub fn show_pause(&self, paused: bool, updates: bool) {
        self.toolbar.show_pause(&self.context, paused, updates);
    }

    /// Shows whose zone times are in.
    pub fn show_zone(&self, is_readers: bool, differs: bool) {
        self.toolbar.show_zone(is_readers, differs);
    }

    /// Says how fresh the list is, from the next tick on; offers to try again.
    pub fn show_status(&mut self, line: Line, retry: bool) {
        self.toolbar.show_status(line, retry);
    }

    /// Marks whether that row, or the toolbar, is in view; a row's id, if it is for the first time.
    pub fn seen(&mut self, element: &Element, in_view: bool) -> Option<Id> {
        self.toolbar.seen(element, in_view);
        self.list.seen(element, in_view)
    }

    /// The toolbar: what it says is kept up to date while it is in view.
    #[must_use]
    pub fn toolbar(&self) -> &Element {
        self.toolbar.element()
    }

    /// Brings the relative times in view up to date; the moment at which the first of them changes next.
    pub fn tick(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let header = self.header.tick(&self.context, now);
        let list = self.list.tick(&self.context, now);
        let status = self.toolbar.tick(&self.context, now);
        [header, list, status].into_iter().flatten().min()
    }

    /// Brings the reader to that row; with the focus, if they asked for it. The row.
    pub fn scroll_to(&self, id: &str) -> Option<Element> {
        let row = self.list.row(id)?.element();
        row.scroll_into_view();
        if let Some(article) = row.first_element_child() {
            focus(&article, false);
        }
        Some(row.clone())
    }

    /// Takes the focus that stood on what was here before, a button that tries again.
    pub fn take_focus(&self) {
        focus(self.list.element(), false);
    }

    /// Moves the focus behind the feed.
    pub fn skip(&self) {
        focus(&self.end, true);
    }

    /// What a click asks for, if anything of ours.
    #[must_use]
    pub fn act(event: &Event) -> Option<Act> {
        let target: Element = event.composed_path().get(0).dyn_into().ok()?;
        let acting = context::acting(&target)?;
        let act = match acting.get_attribute("data-act")?.as_str() {
            "zone" => Act::Zone,
            "pause" => Act::Pause,
            "summary" => Act::Summary,
            "retry" => Act::Retry,
            "pending" => Act::Pending,
            "more" => Act::More,
            "above" => Act::Above,
            "skip" => Act::Skip,
            "moment" => Act::Moment(acting.get_attribute("data-id")?),
            order => Act::Order(Order::parse(order)?),
        };
        Some(act)
    }
}

/// Has the style hide what does not read as it should yet.
fn show_times(root: &Element, locale: &Locale) {
    let hidden = match (locale.is_final(), locale.times_are_final()) {
        (true, _) => None,
        (false, true) => Some(""),
        (false, false) => Some("times"),
    };
    set_or_remove(root, "data-untimed", hidden);
}
