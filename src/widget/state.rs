//! What an element has while it is in the page: its place at the source, its reading, its view, and all guards.

use std::rc::Rc;

use chrono::{DateTime, Utc};

use super::guards::{Guards, PATIENCE};
use super::host::{Host, Outgoing};
use super::memory::remembered;
use super::message::Message;
use super::queue::Sender;
use super::watch::Watch;
use crate::config::{Config, Live};
use crate::dom::timer::Timeout;
use crate::error::Error;
use crate::feed::Feed;
use crate::reading::{self, Reading};
use crate::source::{Member, News};
use crate::view::{Failure, View};

/// Where a document stands that came with the page, for messages.
const INLINE: &str = "the feed inside the element";

/// The state of one element. Only [`State::handle`] changes it.
pub struct State {
    pub(super) host: Host,
    pub(super) settings: Config,
    pub(super) url: String,
    pub(super) sender: Sender,
    pub(super) member: Rc<Member>,
    pub(super) reading: Reading,
    pub(super) view: Option<View>,
    pub(super) failure: Option<Failure>,
    /// the observers of what the view shows
    pub(super) watch: Option<Watch>,
    pub(super) guards: Guards,
    /// what a view needs is being loaded
    pub(super) preparing: bool,
    /// the last request has failed, which was told
    pub(super) failing: bool,
    /// times are shown in the reader's own zone
    pub(super) readers_zone: bool,
    /// an entry to go to as soon as there is a list
    pub(super) target: Option<String>,
    /// what is handled when the reader's gesture is over
    waiting: Vec<Message>,
    /// what the host is told when the message is handled
    outgoing: Vec<Outgoing>,
}

impl State {
    /// Takes the place at the source; nothing is begun before [`Message::Start`].
    pub fn new(
        host: Host,
        settings: Config,
        warnings: Vec<Error>,
        url: String,
        member: Rc<Member>,
        sender: Sender,
    ) -> Self {
        let (order, left) = remembered(&url, &settings);
        Self {
            guards: Guards::new(&host, &sender),
            reading: Reading::new(order, settings.page_size, left),
            outgoing: warnings.into_iter().map(|warning| Outgoing::Warnings(vec![warning])).collect(),
            host,
            settings,
            url,
            sender,
            member,
            view: None,
            failure: None,
            watch: None,
            preparing: false,
            failing: false,
            readers_zone: false,
            target: None,
            waiting: Vec::new(),
        }
    }

    /// The URL of its feed.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Handles a message. What could stop the reader's scrolling waits until their gesture is over.
    pub fn handle(&mut self, message: Message) {
        if message.moves_rows() && self.is_in_gesture() {
            return self.waiting.push(message);
        }
        match message {
            Message::Start(inline) => self.start(inline),
            // The queue's own.
            Message::Stop => {}
            Message::Attribute(name) => self.attribute_changed(&name),
            Message::SetFeed(text, done) => self.give(text, "the feed", move |error| super::resolve(&done, error)),
            Message::Pause(paused) => self.read(reading::Message::Pause(paused)),
            Message::ShowPending => self.read(reading::Message::ShowPending),
            Message::GoTo(id) if self.is_shown() => self.read(reading::Message::GoTo(&id)),
            Message::GoTo(id) => self.target = Some(id),
            Message::News(news) => self.news(&news),
            Message::Inline(error) => {
                if let Some(error) = error {
                    self.failed(&error);
                }
                self.want();
            }
            Message::NoFeed if !self.is_loaded() => self.tell(Outgoing::Warnings(vec![Error::NoSource])),
            Message::NoFeed => {}
            Message::Prepared(lang, prepared) => self.build(&lang, &prepared),
            Message::FailureWords(words) => self.show_failure(&words),
            Message::Act(act) => self.act(act),
            Message::GestureOver => {
                for message in std::mem::take(&mut self.waiting) {
                    self.handle(message);
                }
            }
            Message::RowsSeen(rows) => self.rows_seen(&rows),
            Message::EndsSeen(ends) => self.ends_seen(&ends),
            Message::EndsNear(ends) => self.ends_near(&ends),
            Message::Idle => self.build_ahead(),
            Message::Tick => self.tick(),
            Message::Frame => {
                if let Some(view) = &self.view {
                    view.measure();
                }
            }
            Message::Painted => self.write_rest(),
            Message::Times => self.write_times(),
        }
    }

    /// Has the host told that, when the message is handled.
    pub(super) fn tell(&mut self, outgoing: Outgoing) {
        self.outgoing.push(outgoing);
    }

    /// Tells the host what has followed from the last message.
    pub fn tell_host(&mut self) {
        for outgoing in std::mem::take(&mut self.outgoing) {
            self.host.tell(outgoing);
        }
    }

    /// Shows what is there already, and asks for the rest.
    fn start(&mut self, inline: Option<String>) {
        if !self.url.is_empty() {
            self.tell(Outgoing::Plain("loadstart"));
        } else if inline.is_none() {
            self.host.state("loading", false);
            let sender = self.sender.clone();
            self.guards.patience =
                Some(Timeout::new(PATIENCE.num_milliseconds(), move || sender.send(Message::NoFeed)));
        }
        if let Some(text) = inline {
            let sender = self.sender.clone();
            return self.give(text, INLINE, move |error| sender.send(Message::Inline(error)));
        }
        self.want();
        if self.is_loaded() {
            self.prepare();
        }
    }

    /// Takes the value that an attribute has now: it may have changed again since the message was sent.
    fn attribute_changed(&mut self, name: &str) {
        let value = self.host.element.get_attribute(name);
        if let Err(warning) = self.settings.set(name, value.as_deref()) {
            self.tell(Outgoing::Warnings(vec![warning]));
        }
        match name {
            "order" => self.turn(self.settings.order),
            "page-size" => self.read(reading::Message::PageSize(self.settings.page_size)),
            "summary" => {
                if let Some(view) = &mut self.view {
                    view.set_summary(self.settings.summary);
                }
            }
            "interval" | "live" => {
                self.want();
                self.show_freshness();
            }
            "time-zone" | "time-format" | "time-pattern" => self.handle(Message::Times),
            // Read anew at each use, or at the next start.
            "src" | "format" | "loading" | "storage" | "frames" | "json-ld" => {}
            _ if self.is_shown() => self.prepare(),
            _ => {}
        }
    }

    fn news(&mut self, news: &News) {
        match news {
            News::Header if self.is_shown() => self.header_changed(),
            News::List(changes) if self.is_shown() => self.read(reading::Message::Changed(changes)),
            News::Gaps => {
                if let Some(view) = &self.view {
                    let read = view.being_read();
                    self.read(reading::Message::Older(read.as_deref()));
                }
            }
            News::Header | News::List(_) => self.prepare(),
            News::Freshness => self.show_freshness(),
            News::Failed(error) => self.failed(error),
            News::Warnings(warnings) => self.tell(Outgoing::Warnings(warnings.clone())),
        }
    }

    /// Tells the source how often this element wants to know.
    pub(super) fn want(&self) {
        let settings = &self.settings;
        let idle = self.is_loaded() && (self.reading.is_paused() || settings.live == Live::Off);
        self.member.want(settings.interval, idle, matches!(settings.live, Live::Auto | Live::Stream));
    }

    /// What the feed says of itself.
    pub(super) fn feed(&self) -> Rc<Feed> {
        self.member.session().map(|session| session.feed().clone()).unwrap_or_default()
    }

    /// What time it really is.
    pub(super) fn now(&self) -> DateTime<Utc> {
        self.member.now()
    }

    /// Whether there is a view.
    pub(super) fn is_shown(&self) -> bool {
        self.view.is_some()
    }

    fn is_loaded(&self) -> bool {
        self.member.session().is_some_and(|session| session.is_loaded())
    }

    fn is_in_gesture(&self) -> bool {
        self.is_shown() && (self.guards.is_in_gesture() || !self.waiting.is_empty())
    }
}

/// What the element's attributes say, and what is wrong with them.
pub fn settings_of(host: &Host) -> (Config, Vec<Error>) {
    let mut settings = Config::default();
    let set = |name: &&str| settings.set(name, Some(&host.element.get_attribute(name)?)).err();
    let warnings = Config::ATTRIBUTES.iter().filter_map(set).collect();
    (settings, warnings)
}
