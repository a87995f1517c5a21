//! The requests of a source: for the feed itself, and for pages of older entries. Asked, answered, read, told.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use super::poll::{self, Answer, Begun, Refusal, Reply};
use super::read;
use super::shared::{News, Source};
use crate::browser::local_time;
use crate::browser::waiting::when_settled;
use crate::content::links::absolute;
use crate::error::Error;
use crate::feed::Document;
use crate::markup::url::Use;
use crate::session::Message;

impl Source {
    /// Asks for the feed, or for that page of older entries.
    pub(super) fn fetch(self: &Rc<Self>, page: Option<String>) {
        let begun = if page.is_none() { self.begun.take() } else { Begun::default() };
        let (asking, reply) = begun.asked.unwrap_or_else(|| poll::ask(page.as_ref().unwrap_or(&self.url), None));
        if let Ok(mut under_way) = self.under_way.try_borrow_mut() {
            let [feed, older] = &mut *under_way;
            *(if page.is_some() { older } else { feed }) = Some(asking);
        }
        let source = Rc::downgrade(self);
        when_settled(
            &reply,
            Box::new(move |reply| {
                if let (Some(source), Ok(reply)) = (source.upgrade(), reply) {
                    source.answered(page, reply.unchecked_ref());
                }
            }),
        );
    }

    fn answered(self: Rc<Self>, page: Option<String>, reply: &Reply) {
        let url = page.as_ref().unwrap_or(&self.url);
        match poll::answer(url, reply).and_then(|answer| self.parse(page.as_ref(), answer)) {
            Ok(Some((json, answer))) => {
                let source = self.clone();
                let base = url.clone();
                let done = move |document: Result<Document, Error>| {
                    let is_page = page.is_some();
                    let message = document.map(|document| source.document(document, page, answer));
                    source.settle(is_page, message.map_err(Refusal::from));
                };
                read::document(&json, self.format.as_deref(), &*self.convert, &base, Box::new(done));
            }
            Ok(None) => self.settle(false, Ok(Message::Unchanged)),
            Err(refusal) => self.settle(page.is_some(), Err(refusal)),
        }
    }

    /// The answer parsed; nothing where it is the same text as the last one.
    fn parse(&self, page: Option<&String>, answer: Answer) -> Result<Option<(JsValue, Answer)>, Refusal> {
        self.heard(&answer);
        let is_last = self.last_text.try_borrow().is_ok_and(|last| last.as_ref() == Some(&answer.text));
        if is_last && page.is_none() {
            return Ok(None);
        }
        let json = read::parse(page.unwrap_or(&self.url), self.format.as_deref(), &answer.text)?;
        Ok(Some((json, answer)))
    }

    /// Learns from an answer what time it is.
    fn heard(&self, answer: &Answer) {
        if let Some(date) = answer.date {
            self.observe(|skew| skew.observe_server(date, local_time()));
        }
    }

    fn document(&self, mut document: Document, page: Option<String>, answer: Answer) -> Message {
        self.learn(&mut document, page.as_ref());
        if let Some(url) = page {
            return Message::Page(url, document, answer.modified);
        }
        // Only what could be read counts as the last text: a broken one is an error each time.
        if let Ok(mut last) = self.last_text.try_borrow_mut() {
            *last = Some(answer.text);
        }
        Message::Document(document, answer.modified)
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
            Err(Refusal { error, retry_after, .. }) if is_page => {
                self.send(Message::NoPage(retry_after));
                self.tell(News::Warnings(vec![error]));
            }
            Err(Refusal { error, retry_after, gone }) => {
                self.send(if gone { Message::Gone } else { Message::Failed(retry_after) });
                self.tell(News::Failed(error));
            }
        }
        if !is_page {
            self.resolve();
        }
    }
}
