//! What an element has while it is in the page: its place at the source, its reading, its view, and all guards.

use std::cell::{Cell, OnceCell, Ref, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::Promise;

use super::host::Host;
use super::memory::remembered;
use crate::browser::gesture::Gesture;
use crate::browser::instance::{spawn, work_for};
use crate::browser::listener::Listener;
use crate::browser::observer::Intersection;
use crate::browser::ticker;
use crate::browser::timer::{Frame, Idle, Painted, Timeout};
use crate::config::{Config, Live};
use crate::error::Error;
use crate::feed::{Feed, Known};
use crate::reading::{Message as Read, Reading};
use crate::session::{Message, Session};
use crate::source::{self, Member, News};
use crate::view::announce::Announcer;
use crate::view::{Failure, View};

/// How long an element without a `src` waits for a feed before it says what is missing: a page has fetched its own by then.
const PATIENCE: TimeDelta = TimeDelta::seconds(15);
/// Where a document stands that came with the page, for messages.
const INLINE: &str = "the feed inside the element";
/// Something to be done.
pub(super) type Task = Box<dyn FnOnce(&Rc<Stage>)>;

/// One element's place in the page.
pub struct Stage {
    pub(super) host: Rc<Host>,
    pub(super) config: Rc<RefCell<Rc<Config>>>,
    pub(super) url: String,
    pub(super) me: Weak<Stage>,
    member: OnceCell<Member>,
    pub(super) reading: RefCell<Reading>,
    pub(super) view: RefCell<Option<View>>,
    pub(super) failure: RefCell<Option<Failure>>,
    queue: RefCell<VecDeque<Task>>,
    working: Cell<bool>,
    pub(super) preparing: Cell<bool>,
    pub(super) failing: Cell<bool>,
    pub(super) readers_zone: Cell<bool>,
    /// an entry to go to as soon as there is a list
    pub(super) target: RefCell<Option<String>>,
    pub(super) clicks: RefCell<Option<Listener>>,
    pub(super) gesture: OnceCell<Rc<Gesture>>,
    /// what is done when the reader's gesture is over
    pub(super) waiting: RefCell<Vec<Task>>,
    pub(super) seen: RefCell<Option<Intersection>>,
    /// at which end of the list the reader is
    pub(super) edges: RefCell<Vec<Intersection>>,
    /// to which they come near
    pub(super) near: RefCell<Vec<Intersection>>,
    pub(super) idle: RefCell<Option<Idle>>,
    pub(super) ticker: OnceCell<ticker::Member>,
    pub(super) announcer: OnceCell<Announcer>,
    pub(super) frame: RefCell<Option<Frame>>,
    /// what `Intl` says is written after the first paint
    pub(super) painted: Cell<Option<Painted>>,
    patience: OnceCell<Timeout>,
}

impl Stage {
    /// Joins the source of that URL. Nothing is told before [`Stage::begin`].
    pub fn new(host: Rc<Host>, config: Rc<RefCell<Rc<Config>>>, url: &str, first: Option<Promise>) -> Rc<Self> {
        let settings = config.try_borrow().map(|config| config.clone()).unwrap_or_default();
        let (order, left) = remembered(url, &settings);
        let stage = Rc::new_cyclic(|me| Self {
            host,
            config,
            url: url.to_owned(),
            me: me.clone(),
            member: OnceCell::new(),
            reading: RefCell::new(Reading::new(order, settings.page_size, left)),
            view: RefCell::default(),
            failure: RefCell::default(),
            queue: RefCell::default(),
            working: Cell::default(),
            preparing: Cell::default(),
            failing: Cell::default(),
            readers_zone: Cell::default(),
            target: RefCell::default(),
            clicks: RefCell::default(),
            gesture: OnceCell::new(),
            waiting: RefCell::default(),
            seen: RefCell::default(),
            edges: RefCell::default(),
            near: RefCell::default(),
            idle: RefCell::default(),
            ticker: OnceCell::new(),
            announcer: OnceCell::new(),
            frame: RefCell::default(),
            painted: Cell::default(),
            patience: OnceCell::new(),
        });
        let hooks = stage.host.hooks.clone();
        let convert = move |name: Option<&str>, text: &str, url: &str| hooks.convert(name, text, url);
        let me = stage.me.clone();
        let tell = move |news: &Rc<News>| {
            if let Some(stage) = me.upgrade() {
                let news = news.clone();
                stage.later(move |stage| stage.at_rest(move |stage| stage.news(&news)));
            }
        };
        let member = Member::join(url, settings.format.clone(), first, Rc::new(convert), Rc::new(tell));
        let _ = stage.member.set(member);
        stage
    }

    /// Shows what is there already, and asks for the rest.
    pub fn begin(self: &Rc<Self>, inline: Option<String>) {
        self.listen();
        if !self.url.is_empty() {
            self.host.plain_event("loadstart");
        } else if inline.is_none() {
            self.host.state("loading", false);
            let me = self.me.clone();
            let _ = self.patience.set(Timeout::new(PATIENCE.num_milliseconds(), move || {
                if let Some(stage) = me.upgrade().filter(|stage| !stage.is_loaded()) {
                    stage.host.warn(&[Error::NoSource]);
                }
            }));
        }
        if let Some(text) = inline {
            let stage = self.clone();
            let done = move |error: Option<Error>| {
                if let Some(error) = error {
                    stage.later(move |stage| stage.failed(&error));
                }
                stage.want();
            };
            return self.give(text, INLINE, Box::new(done));
        }
        self.want();
        if self.is_loaded() {
            self.later(Self::prepare);
        }
    }

    /// Its place at the source.
    pub fn member(&self) -> Option<&Member> {
        self.member.get()
    }

    /// The session at its source, to be looked at.
    pub(super) fn session(&self) -> Option<Ref<'_, Session>> {
        self.member()?.session()
    }

    fn is_loaded(&self) -> bool {
        self.session().is_some_and(|session| session.is_loaded())
    }

    /// Hands a message to the source.
    pub fn send(&self, message: Message) {
        if let Some(member) = self.member() {
            member.send(message);
        }
    }

    /// Does something when nothing else is being done: a host's handler may call back in the middle of anything.
    pub fn later(self: &Rc<Self>, task: impl FnOnce(&Rc<Self>) + 'static) {
        let Ok(mut queue) = self.queue.try_borrow_mut() else { return };
        queue.push_back(Box::new(task));
        drop(queue);
        if self.working.replace(true) {
            return;
        }
        work_for(&self.url);
        while let Some(task) = self.queue.try_borrow_mut().ok().and_then(|mut queue| queue.pop_front()) {
            task(self);
        }
        self.working.set(false);
    }

    /// Takes a document that the host hands over; `done` is told why not, where it can't be read. `place` is what an error
    /// calls it.
    pub fn give(self: &Rc<Self>, text: String, place: &'static str, done: Box<dyn FnOnce(Option<Error>)>) {
        let Some(convert) = self.member().map(Member::converter) else { return };
        let (stage, url, format) = (self.clone(), self.url.clone(), self.settings().format.clone());
        spawn(async move {
            let read = source::document(text, &url, place, format.as_deref(), &*convert, Known::default()).await;
            match (read, stage.member()) {
                (Ok((document, _)), Some(member)) => {
                    member.give(document);
                    done(None);
                }
                (read, _) => done(read.err()),
            }
        });
    }

    /// Brings the reader to that entry, now or as soon as there is a list; whether the entry is there already.
    pub fn go_to(self: &Rc<Self>, id: &str) -> bool {
        let is_there = self.session().is_some_and(|session| session.timeline().entry(id).is_some());
        let id = id.to_owned();
        self.later(move |stage| {
            if stage.is_shown() {
                stage.read(Read::GoTo(&id));
            } else if let Ok(mut target) = stage.target.try_borrow_mut() {
                *target = Some(id);
            }
        });
        is_there
    }

    /// What the attributes say now.
    pub fn settings(&self) -> Rc<Config> {
        self.config.try_borrow().map(|config| config.clone()).unwrap_or_default()
    }

    /// An attribute has another value.
    pub fn configured(self: &Rc<Self>, name: &str) {
        match name {
            "order" => self.later(|stage| stage.turn(stage.settings().order)),
            "page-size" => self.later(|stage| stage.read(Read::PageSize(stage.settings().page_size))),
            "summary" => self.later(|stage| {
                let summary = stage.settings().summary;
                stage.with_view(|view| view.set_summary(summary));
            }),
            "interval" | "live" => self.later(|stage| {
                stage.want();
                stage.show_freshness();
            }),
            "time-zone" | "time-format" | "time-pattern" => self.later(|stage| stage.at_rest(Self::write_times)),
            // Read anew at each use, or at the next start.
            "src" | "format" | "loading" | "storage" | "frames" | "json-ld" => {}
            _ => self.later(|stage| {
                if stage.is_shown() {
                    stage.prepare();
                }
            }),
        }
    }

    /// Tells the source how often this element wants to know.
    pub(super) fn want(&self) {
        let settings = self.settings();
        let paused = self.reading.try_borrow().is_ok_and(|reading| reading.is_paused());
        if let Some(member) = self.member() {
            let idle = self.is_loaded() && (paused || settings.live == Live::Off);
            member.want(settings.interval, idle, matches!(settings.live, Live::Auto | Live::Stream));
        }
    }

    /// What the feed says of itself.
    pub(super) fn feed(&self) -> Rc<Feed> {
        self.session().map(|session| session.feed().clone()).unwrap_or_default()
    }

    /// What time it really is.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.member().map(Member::now).unwrap_or_default()
    }

    pub(super) fn is_shown(&self) -> bool {
        self.view.try_borrow().is_ok_and(|view| view.is_some())
    }

    /// Does something now; while the reader's gesture is under way, once that is over.
    pub(super) fn at_rest(self: &Rc<Self>, task: impl FnOnce(&Rc<Self>) + 'static) {
        if self.is_shown()
            && self.gesture.get().is_some_and(|gesture| gesture.is_under_way())
            && let Ok(mut waiting) = self.waiting.try_borrow_mut()
        {
            waiting.push(Box::new(task));
        } else {
            task(self);
        }
    }

    fn news(self: &Rc<Self>, news: &Rc<News>) {
        match &**news {
            News::Header if self.is_shown() => self.header_changed(),
            News::List(changes) if self.is_shown() => self.read(Read::Changed(changes)),
            News::Gaps if self.is_shown() => {
                let read = self.with_view(|view| view.being_read()).flatten();
                self.read(Read::Older(read.as_deref()));
            }
            News::Header | News::List(_) => self.prepare(),
            News::Gaps => {}
            News::Freshness => self.show_freshness(),
            News::Failed(error) => self.failed(error),
            News::Warnings(warnings) => self.host.warn(warnings),
        }
    }
}
