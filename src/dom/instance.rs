//! This instance of the WebAssembly. An error that leaves it (a trap, the end of the stack, a function of the page that
//! throws) leaves its state half changed, so no later call may enter it. Every way in goes through `www/load.js`, which
//! notices that, and starts a fresh instance.

use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

#[wasm_bindgen]
extern "C" {
    type Bindable;
    #[wasm_bindgen(method, variadic)]
    fn bind(this: &Bindable, object: &JsValue, arguments: &[JsValue]) -> Function;

    /// The page's side of an instance: see `start` in `www/load.js`.
    pub type Page;
    /// Says for which feed the instance works from now on, by its URL: which one failed, should it fail.
    #[wasm_bindgen(method, js_name = workFor)]
    fn work_for(this: &Page, url: &str);
    /// A function that calls the callback, and does nothing once the instance has failed.
    #[wasm_bindgen(method)]
    fn guard(this: &Page, callback: &Function) -> Function;
    /// Keeps what ends something that the browser does for the instance: it is called should the instance fail.
    #[wasm_bindgen(method)]
    fn keep(this: &Page, end: &Function);
    /// Forgets it again.
    #[wasm_bindgen(method)]
    fn forget(this: &Page, end: &Function);
    /// A promise that settles as that one does, and never once the instance has failed.
    #[wasm_bindgen(method)]
    fn settle(this: &Page, promise: &JsValue) -> Promise;
    /// Calls the callback. What it throws ends the instance.
    #[wasm_bindgen(method)]
    fn enter(this: &Page, callback: &mut dyn FnMut());
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
}

/// Begins to use an instance. Called by `www/load.js`, once for each.
#[wasm_bindgen]
pub fn attach(page: Page) {
    PAGE.set(Some(page));
}

/// Says for which feed the instance works from now on.
pub fn work_for(url: &str) {
    with(|page| page.work_for(url));
}

/// The callback as the browser may have it. Without a page, as in tests of one module, that is itself.
#[must_use]
pub fn guarded(callback: &Function) -> Function {
    with(|page| page.guard(callback)).unwrap_or_else(|| callback.clone())
}

/// What ends something that the browser does: called when this is dropped, and by the page should the instance fail,
/// since nothing is dropped then.
#[derive(Debug)]
#[must_use = "what was begun ends when this is dropped"]
pub struct Ending(Option<Function>);

impl Ending {
    /// It ends by that method of an object, with those arguments.
    pub fn new(object: &JsValue, method: &str, arguments: &[JsValue]) -> Self {
        let method = Reflect::get(object, &method.into()).ok().filter(JsValue::is_function);
        let end = method.map(|method| method.unchecked_ref::<Bindable>().bind(object, arguments));
        if let Some(end) = &end {
            with(|page| page.keep(end));
        }
        Self(end)
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        if let Some(end) = &self.0 {
            with(|page| page.forget(end));
            let _ = end.call0(&JsValue::UNDEFINED);
        }
    }
}

/// Waits until a promise is settled. What is no promise, as a page's own functions may give, resolves to itself.
///
/// # Errors
/// What the promise rejects with.
pub async fn settled(promise: &JsValue) -> Result<JsValue, JsValue> {
    let promise = with(|page| page.settle(promise)).unwrap_or_else(|| Promise::resolve(promise));
    JsFuture::from(promise).await
}

/// Runs a future to its end. It should hold what may go away before that by a `Weak`.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    spawn_local(Entering(Box::pin(future)));
}

/// A future that enters the instance each time that it goes on, so that a trap in it is noticed.
struct Entering(Pin<Box<dyn Future<Output = ()>>>);

impl Future for Entering {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut polled = None;
        let entered = with(|page| page.enter(&mut || polled = Some(self.0.as_mut().poll(context))));
        match (entered, polled) {
            (_, Some(polled)) => polled,
            (Some(()), None) => Poll::Ready(()),
            (None, None) => self.0.as_mut().poll(context),
        }
    }
}

fn with<T>(act: impl FnOnce(&Page) -> T) -> Option<T> {
    PAGE.with(|page| page.try_borrow().ok()?.as_ref().map(act))
}
