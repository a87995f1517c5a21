//! One source per URL: every element that shows it shares one session, one timer and one request at a time.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use chrono::TimeDelta;
use js_sys::{Function, Promise};
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::read::Convert;
use super::request::Request;
use super::stream::Stream;
use crate::clock::Skew;
use crate::dom::instance::work_for;
use crate::dom::listener::Listener;
use crate::dom::timer::Timeout;
use crate::dom::{is_hidden, local_time, saves_data, window};
use crate::error::Error;
use crate::feed::{Known, SeededState};
use crate::session::{Effect, Message, Now, Session, Wish};
use crate::timeline::Changes;

thread_local! {
    static SOURCES: RefCell<Vec<Weak<Source>>> = const { RefCell::new(Vec::new()) };
}

/// What an element is told of its feed.
#[derive(Debug)]
pub enum News {
    /// the header is another one
    Header,
    /// the list changed
    List(Changes),
    /// what is missing changed, or how far it is with that
    Gaps,
    /// how fresh it is changed
    Freshness,
    /// a request came to nothing
    Failed(Error),
    /// what was skipped in a new document
    Warnings(Vec<Error>),
}

/// One feed's source.
pub struct Source {
    pub(super) url: String,
    pub(super) format: Option<String>,
    pub(super) convert: Rc<Convert>,
    pub(super) session: RefCell<Session>,
    queue: RefCell<VecDeque<Message>>,
    working: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
    stream: RefCell<Option<Stream>>,
    /// the request for the feed, and the one for a page of older entries
    pub(super) under_way: RefCell<[Option<Request>; 2]>,
    /// the first request, which the page has sent already
    pub(super) first: Cell<Option<Promise>>,
    pub(super) hasher: SeededState,
    /// the hash of the feed's last body
    pub(super) last_body: Cell<Option<u64>>,
    /// the entries of the last document
    pub(super) known: RefCell<Known>,
    pub(super) skew: Cell<Skew>,
    pub(super) members: RefCell<Vec<Subscriber>>,
    pub(super) next_number: Cell<u32>,
    pub(super) asking: RefCell<Vec<Function>>,
    pub(super) seeking: RefCell<Vec<Function>>,
    listeners: RefCell<Vec<Listener>>,
}

/// How a member is told.
pub type Tell = dyn Fn(&Rc<News>);

/// A member as its source knows it.
pub(super) struct Subscriber {
    pub(super) number: u32,
    pub(super) tell: Rc<Tell>,
    pub(super) interval: Option<TimeDelta>,
    pub(super) idle: bool,
    pub(super) stream: bool,
}

impl Source {
    /// The one source of that URL. `first` is its first request, where that was sent already. An element without a URL has a
    /// source of its own, which asks nobody.
    pub(super) fn of(url: &str, format: Option<String>, first: Option<Promise>, convert: Rc<Convert>) -> Rc<Self> {
        Self::known(url, format.as_deref()).unwrap_or_else(|| {
            let source = Rc::new(Self::new(url.to_owned(), format, convert, first));
            source.listen();
            SOURCES.with(|sources| {
                if let Ok(mut sources) = sources.try_borrow_mut() {
                    sources.retain(|source| source.strong_count() > 0);
                    sources.push(Rc::downgrade(&source));
                }
            });
            source
        })
    }

    fn known(url: &str, format: Option<&str>) -> Option<Rc<Self>> {
        let is_it = |source: &Rc<Self>| !url.is_empty() && source.url == url && source.format.as_deref() == format;
        SOURCES.with(|sources| sources.try_borrow().ok()?.iter().filter_map(Weak::upgrade).find(is_it))
    }

    fn new(url: String, format: Option<String>, convert: Rc<Convert>, first: Option<Promise>) -> Self {
        Self {
            // Without a URL there is nobody to ask.
            session: RefCell::new(if url.is_empty() { Session::default() } else { Session::new(chance()) }),
            url,
            format,
            convert,
            queue: RefCell::default(),
            working: Cell::default(),
            timer: RefCell::default(),
            stream: RefCell::default(),
            under_way: RefCell::default(),
            first: Cell::new(first),
            hasher: SeededState::default(),
            last_body: Cell::default(),
            known: RefCell::default(),
            skew: Cell::default(),
            members: RefCell::default(),
            next_number: Cell::default(),
            asking: RefCell::default(),
            seeking: RefCell::default(),
            listeners: RefCell::default(),
        }
    }

    /// Watches what decides whether to ask: the page's visibility, the network.
    fn listen(self: &Rc<Self>) {
        let window = window();
        let Some(document) = window.document() else { return };
        let tell = |message: fn() -> Message| {
            let source = Rc::downgrade(self);
            move |_| {
                if let Some(source) = source.upgrade() {
                    source.send(message());
                }
            }
        };
        let listeners = vec![
            Listener::new(&document, "visibilitychange", tell(|| Message::Hidden(is_hidden()))),
            Listener::new(&window, "online", tell(|| Message::Offline(false))),
            Listener::new(&window, "offline", tell(|| Message::Offline(true))),
        ];
        if let Ok(mut kept) = self.listeners.try_borrow_mut() {
            *kept = listeners;
        }
    }

    /// Takes a message, and does what follows from it. Called from within, it waits its turn.
    pub fn send(self: &Rc<Self>, message: Message) {
        let Ok(mut queue) = self.queue.try_borrow_mut() else { return };
        queue.push_back(message);
        drop(queue);
        if self.working.replace(true) {
            return;
        }
        work_for(&self.url);
        while let Some(message) = self.queue.try_borrow_mut().ok().and_then(|mut queue| queue.pop_front()) {
            let effects = self.session.try_borrow_mut().map(|mut session| session.update(message, chance()));
            for effect in effects.unwrap_or_default() {
                self.perform(effect);
            }
        }
        self.working.set(false);
    }

    fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Fetch => self.fetch(None),
            Effect::Page(url) => self.fetch(Some(url)),
            Effect::Searched => keep(&self.seeking),
            Effect::Gaps => self.tell(News::Gaps),
            Effect::Wait(at) => {
                let source = Rc::downgrade(self);
                let timer = at.map(|at| {
                    Timeout::new((at - local_time()).num_milliseconds(), move || {
                        if let Some(source) = source.upgrade() {
                            source.send(Message::Wake);
                        }
                    })
                });
                if let Ok(mut kept) = self.timer.try_borrow_mut() {
                    *kept = timer;
                }
            }
            Effect::Connect(address) => self.connect(&address),
            Effect::Disconnect => {
                // What it still holds is sent when it is dropped, and waits its turn.
                let stream = self.stream.take();
                drop(stream);
            }
            Effect::Header => self.tell(News::Header),
            Effect::List(changes) => self.tell(News::List(changes)),
            Effect::Freshness => self.tell(News::Freshness),
            Effect::Warn(warnings) => self.tell(News::Warnings(warnings)),
        }
    }

    /// Tells every member. The list is copied first, since a host's handler may add or remove elements.
    pub(super) fn tell(&self, news: News) {
        let news = Rc::new(news);
        let tells: Vec<Rc<Tell>> = self
            .members
            .try_borrow()
            .map(|members| members.iter().map(|subscriber| subscriber.tell.clone()).collect())
            .unwrap_or_default();
        for tell in tells {
            tell(&news);
        }
    }

    fn connect(self: &Rc<Self>, address: &str) {
        let source = Rc::downgrade(self);
        let send = move |message| {
            if let Some(source) = source.upgrade() {
                source.send(message);
            }
        };
        let url = Url::new_with_base(address, &self.url).map(|url| url.href());
        let stream = url.ok().and_then(|url| Stream::new(&url, Box::new(send)));
        if stream.is_none() {
            self.send(Message::Closed);
        }
        if let Ok(mut kept) = self.stream.try_borrow_mut() {
            *kept = stream;
        }
    }

    pub(super) fn observe(&self, observe: impl FnOnce(&mut Skew)) {
        let mut skew = self.skew.get();
        observe(&mut skew);
        self.skew.set(skew);
    }

    /// Resolves the promises of `refresh()`.
    pub(super) fn resolve(&self) {
        keep(&self.asking);
    }

    /// Sums up what the elements want.
    pub(super) fn wanted(&self) -> Option<Message> {
        let members = self.members.try_borrow().ok()?;
        let idle = self.url.is_empty() || members.iter().all(|subscriber| subscriber.idle);
        let active = || members.iter().filter(|subscriber| !subscriber.idle);
        let interval = active().filter_map(|subscriber| subscriber.interval).min();
        let stream = active().any(|subscriber| subscriber.stream);
        Some(Message::Wanted(Wish { interval, idle, stream, saving: saves_data() }))
    }
}

/// The last element has left: nobody waits for an answer any more.
impl Drop for Source {
    fn drop(&mut self) {
        self.resolve();
        keep(&self.seeking);
    }
}

fn keep(promises: &RefCell<Vec<Function>>) {
    for resolve in promises.try_borrow_mut().map(|mut promises| std::mem::take(&mut *promises)).unwrap_or_default() {
        let _ = resolve.call0(&JsValue::NULL);
    }
}

fn chance() -> Now {
    Now { time: local_time(), random: js_sys::Math::random() }
}
