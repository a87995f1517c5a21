//! What the browser was asked for ends with its guard.

#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what the tests share is as much a test as they are")]

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::{Function, Promise, Reflect};
use livefeed::dom::listener::{Listener, Options};
use livefeed::dom::local_time;
use livefeed::dom::observer::{Intersection, Place, Resize};
use livefeed::dom::storage::Storage;
use livefeed::dom::ticker::{Member, Ticker};
use livefeed::dom::timer::{Frame, Idle, Painted, Timeout};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Document, Element, Event};

wasm_bindgen_test_configure!(run_in_browser);

/// Something to call, and to wait for.
struct Signal {
    resolve: Function,
    promise: Promise,
}

impl Signal {
    fn new() -> Rc<Self> {
        let mut resolve = None;
        let promise = Promise::new(&mut |accept, _| resolve = Some(accept.unchecked_into()));
        Rc::new(Self { resolve: resolve.unwrap(), promise: promise.unchecked_into() })
    }

    fn give(&self) {
        self.resolve.call0(&JsValue::NULL).unwrap();
    }

    async fn given(&self) {
        JsFuture::from(self.promise.clone()).await.unwrap();
    }
}

/// Everything that was due before now has happened.
async fn timers_ran() {
    let signal = Signal::new();
    let _timeout = Timeout::new(20, {
        let signal = signal.clone();
        move || signal.give()
    });
    signal.given().await;
}

async fn frame_shown() {
    let signal = Signal::new();
    let _frame = Frame::new({
        let signal = signal.clone();
        move || signal.give()
    });
    signal.given().await;
}

fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

fn run(script: &str) -> JsValue {
    js_sys::eval(script).unwrap()
}

/// A counter, and what counts.
fn counter() -> (Rc<Cell<u32>>, impl Fn() + Clone + 'static) {
    let count = Rc::new(Cell::new(0));
    let counted = count.clone();
    (count, move || counted.set(counted.get() + 1))
}

/// An element of that height at that place of the page; gone at the end of the test.
struct Block(Element);

impl Block {
    fn new(top: i32, height: i32) -> Self {
        let element = document().create_element("div").unwrap();
        let style = format!("position: absolute; left: 0; width: 10px; top: {top}px; height: {height}px");
        element.set_attribute("style", &style).unwrap();
        document().document_element().unwrap().append_child(&element).unwrap();
        Self(element)
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        self.0.remove();
    }
}

#[wasm_bindgen_test]
fn a_listener_hears_until_it_is_dropped() {
    let target = document().create_element("div").unwrap();
    let (count, tick) = counter();
    let listener = Listener::new(&target, "ping", move |_| tick());
    let ping = || target.dispatch_event(&Event::new("ping").unwrap()).unwrap();
    ping();
    ping();
    drop(listener);
    ping();
    assert_eq!(count.get(), 2);
}

#[wasm_bindgen_test]
fn a_listener_for_one_event_hears_one() {
    let target = document().create_element("div").unwrap();
    let (count, tick) = counter();
    let options = Options { once: true, ..Options::default() };
    let _listener = Listener::with(&target, "ping", options, move |_| tick());
    for _ in 0..2 {
        target.dispatch_event(&Event::new("ping").unwrap()).unwrap();
    }
    assert_eq!(count.get(), 1);
}

#[wasm_bindgen_test]
fn a_passive_listener_cannot_prevent() {
    let target = document().create_element("div").unwrap();
    let prevented = |passive| {
        let options = Options { passive, ..Options::default() };
        let _listener = Listener::with(&target, "ping", options, |event| event.prevent_default());
        let event = run("new Event('ping', { cancelable: true })").unchecked_into();
        !target.dispatch_event(&event).unwrap()
    };
    assert_eq!((prevented(false), prevented(true)), (true, false));
}

#[wasm_bindgen_test]
fn a_capturing_listener_hears_what_does_not_bubble_and_is_removed_too() {
    let (parent, child) = (document().create_element("div").unwrap(), document().create_element("p").unwrap());
    parent.append_child(&child).unwrap();
    let (count, tick) = counter();
    let options = Options { capture: true, ..Options::default() };
    let listener = Listener::with(&parent, "load", options, move |_| tick());
    child.dispatch_event(&Event::new("load").unwrap()).unwrap();
    drop(listener);
    child.dispatch_event(&Event::new("load").unwrap()).unwrap();
    assert_eq!(count.get(), 1);
}

#[wasm_bindgen_test]
fn a_listener_may_be_dropped_from_its_own_callback() {
    let target = document().create_element("div").unwrap();
    let held = Rc::new(RefCell::new(None));
    let (count, tick) = counter();
    let listener = Listener::new(&target, "ping", {
        let held = held.clone();
        move |_| {
            drop::<Option<Listener>>(held.take());
            // what the callback holds is still there
            tick();
        }
    });
    held.replace(Some(listener));
    for _ in 0..2 {
        target.dispatch_event(&Event::new("ping").unwrap()).unwrap();
    }
    assert_eq!(count.get(), 1);
}

#[wasm_bindgen_test]
async fn a_dropped_timer_never_calls() {
    let (count, tick) = counter();
    drop(Timeout::new(0, tick.clone()));
    drop(Frame::new(tick.clone()));
    drop(Idle::new(tick.clone()));
    // too far away for the browser, which would call at once
    let _far = Timeout::new(TimeDelta::days(100).num_milliseconds(), tick);
    frame_shown().await;
    timers_ran().await;
    assert_eq!(count.get(), 0);
}

#[wasm_bindgen_test]
async fn idle_time_comes_with_and_without_the_browsers_help() {
    let once = || async {
        let signal = Signal::new();
        let _idle = Idle::new({
            let signal = signal.clone();
            move || signal.give()
        });
        signal.given().await;
    };
    once().await;
    run("window.kept = window.requestIdleCallback; delete window.requestIdleCallback");
    once().await;
    run("if (window.kept) window.requestIdleCallback = window.kept");
}

#[wasm_bindgen_test]
async fn what_waits_for_a_paint_comes_after_the_frame() {
    let (signal, calls) = (Signal::new(), Rc::new(RefCell::new(Vec::new())));
    let note = |name| {
        let calls = calls.clone();
        move || calls.borrow_mut().push(name)
    };
    let painted = note("painted");
    let _painted = Painted::new({
        let signal = signal.clone();
        move || {
            painted();
            signal.give();
        }
    });
    let _frame = Frame::new(note("frame"));
    signal.given().await;
    assert_eq!(*calls.borrow(), ["frame", "painted"]);
}

#[wasm_bindgen_test]
async fn what_waits_for_a_paint_does_not_wait_for_ever_and_never_when_it_is_dropped() {
    run("window.kept = window.requestAnimationFrame; window.requestAnimationFrame = () => 0");
    let (signal, (count, tick)) = (Signal::new(), counter());
    drop(Painted::new(tick.clone()));
    let painted = Painted::new({
        let signal = signal.clone();
        move || {
            tick();
            signal.give();
        }
    });
    run("window.requestAnimationFrame = window.kept");
    signal.given().await;
    frame_shown().await;
    timers_ran().await;
    assert_eq!(count.get(), 1);
    drop(painted);
}

#[wasm_bindgen_test]
async fn an_observer_tells_what_is_above_in_view_and_below() {
    let blocks = [Block::new(-500, 50), Block::new(10, 50), Block::new(20_000, 50)];
    let (signal, seen) = (Signal::new(), Rc::new(RefCell::new(Vec::new())));
    let observer = Intersection::new(None, "0px", {
        let (signal, seen) = (signal.clone(), seen.clone());
        move |elements| {
            seen.borrow_mut().extend(elements);
            if seen.borrow().len() == 3 {
                signal.give();
            }
        }
    })
    .unwrap();
    for block in &blocks {
        observer.observe(&block.0);
    }
    signal.given().await;
    let place = |block: &Block| {
        let seen = seen.borrow();
        let found = seen.iter().find(|seen| seen.element == block.0).unwrap();
        (found.place, found.bottom - found.top)
    };
    assert_eq!(blocks.each_ref().map(place), [(Place::Above, 50.0), (Place::InView, 50.0), (Place::Below, 50.0)]);
}

#[wasm_bindgen_test]
fn a_margin_that_is_none_is_an_error() {
    assert!(Intersection::new(None, "wide", |_| ()).is_err());
}

#[wasm_bindgen_test]
async fn a_change_of_height_is_told_until_the_observer_is_dropped() {
    let block = Block::new(0, 40);
    let (signal, told) = (Signal::new(), Rc::new(Cell::new(0)));
    let observer = Resize::new(&block.0, {
        let (signal, told) = (signal.clone(), told.clone());
        move || {
            told.set(told.get() + 1);
            signal.give();
        }
    });
    signal.given().await;
    frame_shown().await;
    frame_shown().await;
    assert_eq!(told.get(), 1);
    block.0.set_attribute("style", "height: 90px").unwrap();
    frame_shown().await;
    frame_shown().await;
    assert_eq!(told.get(), 2);
    drop(observer);
    block.0.set_attribute("style", "height: 60px").unwrap();
    frame_shown().await;
    frame_shown().await;
    assert_eq!(told.get(), 2);
}

/// The page's own handlers hear of loops, and so do those who watch over pages.
#[wasm_bindgen_test]
async fn a_height_that_its_observer_changes_once_more_is_no_error_of_the_page() {
    let block = Block::new(0, 40);
    let errors = Rc::new(RefCell::new(Vec::new()));
    let heard = {
        let errors = errors.clone();
        Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            errors.borrow_mut().push(Reflect::get(&event, &"message".into()).unwrap().as_string().unwrap());
        })
    };
    let window = web_sys::window().unwrap();
    window.add_event_listener_with_callback("error", heard.as_ref().unchecked_ref()).unwrap();
    let height = Rc::new(Cell::new(40));
    let _observer = Resize::new(&block.0, {
        let (block, height) = (block.0.clone(), height.clone());
        move || {
            height.set(height.get() + 10);
            block.set_attribute("style", &format!("height: {}px", height.get())).unwrap();
        }
    });
    frame_shown().await;
    frame_shown().await;
    assert_eq!(height.get(), 50);
    window.remove_event_listener_with_callback("error", heard.as_ref().unchecked_ref()).unwrap();
    assert_eq!(*errors.borrow(), Vec::<String>::new());
}

#[wasm_bindgen_test]
fn storage_remembers_under_a_name_of_its_own() {
    Storage::Local.set("order", "oldest");
    assert_eq!(run("localStorage.getItem('live-feed:order')").as_string().unwrap(), "oldest");
    assert_eq!(Storage::Local.get("order").unwrap(), "oldest");
    assert_eq!(Storage::None.get("order"), None);
    Storage::None.remove("order");
    assert_eq!(Storage::Local.get("order").unwrap(), "oldest");
    Storage::Local.remove("order");
    assert_eq!(Storage::Local.get("order"), None);
}

#[wasm_bindgen_test]
fn storage_that_is_full_or_forbidden_is_silent() {
    Storage::Local.set("huge", &"x".repeat(20_000_000));
    assert_eq!(Storage::Local.get("huge"), None);
    run("window.kept = Object.getOwnPropertyDescriptor(window, 'localStorage');
         Object.defineProperty(window, 'localStorage', {
           configurable: true, get() { throw new DOMException('', 'SecurityError'); } });");
    Storage::Local.set("order", "oldest");
    let found = Storage::Local.get("order");
    Storage::Local.remove("order");
    run("Object.defineProperty(window, 'localStorage', window.kept)");
    assert_eq!(found, None);
}

/// When a member was called.
type Calls = Rc<RefCell<Vec<DateTime<Utc>>>>;

/// A member that notes when it was called, and how to wait for that.
fn member() -> (Member, Calls, Rc<Signal>) {
    let (signal, calls) = (Signal::new(), Rc::new(RefCell::new(Vec::new())));
    let member = Ticker::join({
        let (signal, calls) = (signal.clone(), calls.clone());
        move |now| {
            calls.borrow_mut().push(now);
            signal.give();
        }
    });
    (member, calls, signal)
}

/// How many of the page's own timers are set, while watched.
struct Timers;

impl Timers {
    fn watch() -> Self {
        run("window.timers = new Set();
             window.originals = [window.setTimeout, window.clearTimeout];
             window.setTimeout = (call, millis) => {
               const id = window.originals[0].call(window, () => { window.timers.delete(id); call(); }, millis);
               window.timers.add(id);
               return id;
             };
             window.clearTimeout = (id) => { window.timers.delete(id); window.originals[1].call(window, id); };");
        Self
    }

    fn set(&self) -> f64 {
        run("window.timers.size").as_f64().unwrap()
    }
}

impl Drop for Timers {
    fn drop(&mut self) {
        run("[window.setTimeout, window.clearTimeout] = window.originals");
    }
}

fn hide(hidden: bool) {
    run(&format!("Object.defineProperty(document, 'hidden', {{ configurable: true, get: () => {hidden} }})"));
    document().dispatch_event(&Event::new("visibilitychange").unwrap()).unwrap();
}

#[wasm_bindgen_test]
async fn a_member_is_called_once_at_its_time() {
    let (member, calls, signal) = member();
    let at = local_time() + TimeDelta::milliseconds(50);
    member.wake_at(Some(at));
    signal.given().await;
    timers_ran().await;
    assert_eq!(calls.borrow().len(), 1);
    assert!(calls.borrow()[0] >= at);
}

#[wasm_bindgen_test]
async fn members_close_to_each_other_are_called_together_at_the_last() {
    let ((first, first_calls, _), (second, second_calls, signal)) = (member(), member());
    let start = local_time();
    first.wake_at(Some(start + TimeDelta::milliseconds(20)));
    second.wake_at(Some(start + TimeDelta::milliseconds(120)));
    signal.given().await;
    assert_eq!(*first_calls.borrow(), *second_calls.borrow());
    assert!(first_calls.borrow()[0] >= start + TimeDelta::milliseconds(120));
}

#[wasm_bindgen_test]
async fn a_member_that_left_is_not_called() {
    let (member, calls, _) = member();
    member.wake_at(Some(local_time()));
    drop(member);
    timers_ran().await;
    assert_eq!(calls.borrow().len(), 0);
}

#[wasm_bindgen_test]
async fn a_member_may_leave_and_ask_again_from_its_own_call() {
    let (signal, held) = (Signal::new(), Rc::new(RefCell::new(None)));
    let (count, tick) = counter();
    let member = Ticker::join({
        let (signal, held, count) = (signal.clone(), held.clone(), count.clone());
        move |now| {
            tick();
            if count.get() == 1 {
                held.borrow()
                    .as_ref()
                    .map(|member: &Member| member.wake_at(Some(now + TimeDelta::milliseconds(10))))
                    .unwrap();
            } else {
                let member: Option<Member> = held.take();
                drop(member);
                signal.give();
            }
        }
    });
    held.replace(Some(member));
    held.borrow().as_ref().unwrap().wake_at(Some(local_time()));
    signal.given().await;
    assert_eq!(count.get(), 2);
}

#[wasm_bindgen_test]
fn there_is_one_timer_for_all_and_none_for_nobody() {
    let timers = Timers::watch();
    let members = [TimeDelta::hours(1), TimeDelta::days(1), TimeDelta::seconds(2)].map(|ahead| {
        let member = Ticker::join(|_| ());
        member.wake_at(Some(local_time() + ahead));
        member
    });
    assert_eq!(timers.set(), 1.0);
    members[0].wake_at(None);
    members[2].wake_at(None);
    assert_eq!(timers.set(), 1.0);
    drop(members);
    assert_eq!(timers.set(), 0.0);
}

#[wasm_bindgen_test]
async fn the_ticker_sleeps_while_the_page_is_hidden_and_catches_up_at_once() {
    let (member, calls, _) = member();
    member.wake_at(Some(local_time() + TimeDelta::milliseconds(10)));
    hide(true);
    {
        let timers = Timers::watch();
        member.wake_at(Some(local_time() + TimeDelta::milliseconds(10)));
        assert_eq!(timers.set(), 0.0);
    }
    timers_ran().await;
    assert_eq!(calls.borrow().len(), 0);
    hide(false);
    assert_eq!(calls.borrow().len(), 1);
    run("delete document.hidden");
}

#[wasm_bindgen_test]
async fn one_member_that_throws_does_not_stop_the_clock_for_another() {
    let ((later, _, signal), throws) = (member(), Ticker::join(|_| wasm_bindgen::throw_str("a host's own mistake")));
    later.wake_at(Some(local_time() + TimeDelta::milliseconds(1_100)));
    throws.wake_at(Some(local_time()));
    run("window.addEventListener('error', (event) => event.preventDefault(), { once: true })");
    signal.given().await;
}
