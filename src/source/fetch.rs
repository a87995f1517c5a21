//! The requests of a source: for the feed itself, and for pages of older entries.

use std::hash::BuildHasher;
use std::rc::{Rc, Weak};

use chrono::{DateTime, Utc};

use super::read::{decode, document};
use super::request::{Answer, Refusal, send};
use super::shared::{News, Source};
use crate::content::links::absolute;
use crate::dom::instance::spawn;
use crate::dom::local_time;
use crate::error::Error;
use crate::feed::{Document, Known};
use crate::http::Headers;
use crate::markup::url::Use;
use crate::session::Message;

impl Source {
    /// Asks for the feed, or for that page of older entries.
    pub(super) fn fetch(self: &Rc<Self>, page: Option<String>) {
        let first = if page.is_none() { self.first.take() } else { None };
        let (request, answer) = send(page.as_ref().unwrap_or(&self.url), first);
        if let Ok(mut under_way) = self.under_way.try_borrow_mut() {
            let [feed, older] = &mut *under_way;
            *(if page.is_some() { older } else { feed }) = Some(request);
        }
        spawn(receive(Rc::downgrade(self), page, answer));
    }

    /// Learns from a response what time it is.
    fn hear(&self, headers: &Headers) {
        if let Some(date) = headers.now() {
            self.observe(|skew| skew.observe_server(date, local_time()));
        }
    }

    /// Learns from a document what time it is at least; its addresses count from where it stands.
    pub(super) fn learn(&self, document: &mut Document, page: Option<&String>) {
        self.observe(|skew| skew.observe_document(document, local_time()));
        let base = page.unwrap_or(&self.url);
        for address in [&mut document.feed.next_url, &mut document.feed.oldest_url] {
            *address = address.take().and_then(|address| absolute(&address, base, Use::Image));
        }
    }

    fn settle(self: &Rc<Self>, is_page: bool, answer: Result<Message, Refusal>) {
        match answer {
            Ok(message) => self.send(message),
            Err(Refusal { error, headers, gone }) => {
                let wait = headers.wait(self.skew.get().now(local_time()));
                if is_page {
                    self.send(Message::NoPage(wait));
                    self.tell(News::Warnings(vec![error]));
                } else {
                    self.send(if gone { Message::Gone } else { Message::Failed(wait) });
                    self.tell(News::Failed(error));
                }
            }
        }
        if !is_page {
            self.resolve();
        }
    }

    /// Takes a document, or a page of older entries from that address.
    fn take(&self, mut document: Document, page: Option<String>, modified: Option<DateTime<Utc>>) -> Message {
        self.learn(&mut document, page.as_ref());
        match page {
            Some(url) => Message::Page(url, document, modified),
            None => Message::Document(document, modified),
        }
    }
}

/// Waits for the answer, reads it, and hands it on. Ends where the source is gone.
async fn receive(source: Weak<Source>, page: Option<String>, answer: impl Future<Output = Result<Answer, Refusal>>) {
    let answer = answer.await;
    let Some(asked) = source.upgrade() else { return };
    let Answer { body, headers } = match answer {
        Ok(answer) => answer,
        Err(refusal) => {
            asked.hear(&refusal.headers);
            return asked.settle(page.is_some(), Err(refusal));
        }
    };
    asked.hear(&headers);
    let hash = asked.hasher.hash_one(&body);
    if page.is_none() && asked.last_body.get() == Some(hash) {
        return asked.settle(false, Ok(Message::Unchanged));
    }
    let url = page.clone().unwrap_or_else(|| asked.url.clone());
    let known = if page.is_none() { asked.known.take() } else { Known::default() };
    let (format, convert) = (asked.format.clone(), asked.convert.clone());
    drop(asked);
    let encoding = headers.encoding(&body);
    let text = decode(body, encoding.as_deref());
    let read = document(text, &url, &url, format.as_deref(), &*convert, known).await;
    let Some(asked) = source.upgrade() else { return };
    let is_page = page.is_some();
    let message = read.map(|(document, known)| {
        // Only what could be read counts as the last body: a broken one is an error each time.
        if !is_page {
            asked.last_body.set(Some(hash));
            asked.known.replace(known);
        }
        asked.take(document, page, headers.modified())
    });
    asked.settle(is_page, message.map_err(|error: Error| Refusal { headers, ..error.into() }));
}
