//! What is seen to move goes to its new place gently, where the reader has nothing against motion.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use super::boxes::{displace, pixels, property};
use super::object;
use super::timer::Frame;

#[wasm_bindgen]
extern "C" {
    type Moving;
    #[wasm_bindgen(method)]
    fn animate(this: &Moving, frames: &JsValue, millis: u32) -> Animation;
    type Animation;
    #[wasm_bindgen(method)]
    fn cancel(this: &Animation);
}

/// How long a row takes to its new place, in milliseconds: seen, and over before the next line is read.
const GLIDE: u32 = 280;
/// Set by the style where the reader has nothing against motion.
const GENTLY: &str = "--lf-gently";

/// Elements on their way.
#[derive(Default)]
pub struct Glide {
    /// those that stand where they were, and how far that is from where they belong
    displaced: Cell<Vec<(Element, String)>>,
    gliding: Cell<Vec<Animation>>,
    frame: Cell<Option<Frame>>,
}

impl Glide {
    /// Each of them glides to its place from where it was, so many CSS pixels below that.
    pub fn begin<'a>(self: &Rc<Self>, moved: impl Iterator<Item = (&'a Element, f64)>) {
        let displace = |(element, by): (&Element, f64)| {
            #[allow(clippy::cast_possible_truncation, reason = "a length on the screen")]
            let by = "0 ".to_owned() + &pixels(by.round() as i32);
            displace(element, &by);
            (element.clone(), by)
        };
        self.displaced.set(moved.map(displace).collect());
        // Only what stays where it was for a frame has not shifted: in Chromium a row that glides from the first one
        // has, if it is contained.
        let me = Rc::downgrade(self);
        self.frame.set(Some(Frame::new(move || {
            if let Some(glide) = me.upgrade() {
                let me = me.clone();
                glide.frame.set(Some(Frame::new(move || {
                    if let Some(glide) = me.upgrade() {
                        glide.go();
                    }
                })));
            }
        })));
    }

    /// What was displaced glides to its place, or is there at once where the reader wants no motion.
    fn go(&self) {
        let displaced = self.displaced.take();
        let gently = displaced.first().is_some_and(|(element, _)| !property(element, GENTLY).is_empty());
        let glide = |(element, by): &(Element, String)| {
            displace(element, "");
            let frames = [("translate", Array::of2(&by.into(), &"none".into()).into()), ("easing", "ease-out".into())];
            gently.then(|| element.unchecked_ref::<Moving>().animate(&object(&frames), GLIDE))
        };
        self.gliding.set(displaced.iter().filter_map(glide).collect());
    }

    /// Whatever is on its way is there.
    pub fn arrive(&self) {
        self.frame.take();
        self.displaced.take().iter().for_each(|(element, _)| displace(element, ""));
        self.gliding.take().iter().for_each(Animation::cancel);
    }
}

impl Drop for Glide {
    fn drop(&mut self) {
        self.arrive();
    }
}
