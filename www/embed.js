/**
 * The one-line script tag: `<script async src="…/embed.js" data-src="feed.json"></script>` puts a feed where it stands.
 * Every `data-NAME` becomes the attribute NAME, and `data-css-NAME` the property `--live-feed-NAME`. Besides them there
 * are `data-target` (a selector: another place), `data-mode` (`iframe`: behind a wall; `auto`: so where WebAssembly is
 * blocked) and `data-height` (of the frame, which else grows with the feed).
 */
(() => {
  /** Marks a tag whose feed stands already. */
  const DONE = "data-done";
  /** What is ours alone. */
  const OWN = ["target", "mode", "height", "done"];
  // A module and some tag managers run without a current script: then it is the first tag that has no feed yet.
  const script = /** @type {HTMLScriptElement | undefined} */ (
    document.currentScript ?? document.querySelector(`script[src*="embed.js"][data-src]:not([${DONE}])`)
  );
  if (!script) return;
  script.setAttribute(DONE, "");
  const home = new URL(HOME, script.src);
  const { target: selector, mode, height } = script.dataset;
  const given = [...script.attributes]
    .filter(({ name }) => name.startsWith("data-") && !OWN.includes(name.slice("data-".length)))
    .map(({ name, value }) => [name.slice("data-".length), value]);

  const tell = (/** @type {string} */ words, /** @type {unknown[]} */ ...more) => console.error(`<live-feed> ${words}`, ...more);

  const place = (/** @type {Element} */ element) => {
    const target = selector && document.querySelector(selector);
    if (target) target.append(element);
    else if (!selector && script.isConnected && !document.head.contains(script)) script.after(element);
    else {
      tell(
        selector
          ? `data-target="${selector}" names no element of this page`
          : 'embed.js stands in <head>: move it to where the feed shall be, or add data-target="selector"',
      );
    }
  };

  const asElement = () => {
    const element = document.createElement("live-feed");
    for (const [name, value] of given) {
      if (name.startsWith("css-")) element.style.setProperty(`--live-feed-${name.slice("css-".length)}`, value);
      else element.setAttribute(name, value);
    }
    return element;
  };

  /** What scrolls an element, from the inside; without the page itself. @param {any} element */
  const boxesAround = (element) => {
    const root = document.documentElement;
    const overflow = (/** @type {Element} */ box) => getComputedStyle(box).overflowY;
    // What a page says of its body's overflow, it says of the window.
    const pages = /** @type {unknown[]} */ ([root, overflow(root) === "visible" && document.body]);
    const found = /** @type {Element[]} */ ([]);
    for (let at = element; at; at = at.assignedSlot ?? at.parentNode ?? at.host) {
      if (at instanceof Element && !pages.includes(at) && /auto|scroll/.test(overflow(at))) found.push(at);
    }
    return found;
  };

  /** The feed in a page of ours: nothing is asked of the host's policy but that it may be framed. */
  const asFrame = () => {
    const frame = document.createElement("iframe");
    const options = new URLSearchParams(given);
    // Addresses are relative to the page that the tag stands in.
    if (options.has("src")) options.set("src", new URL(options.get("src") ?? "", document.baseURI).href);
    options.set("host", location.origin);
    options.set("page-lang", document.documentElement.lang);
    if (height) options.set("height", height);
    frame.src = `${new URL("embed.html", home)}#${options}`;
    frame.allow = "fullscreen; encrypted-media; picture-in-picture";
    const style = { width: "100%", border: "0", display: "block", height: height ? `${Number.parseFloat(height)}px` : "100svh" };
    for (const [name, value] of Object.entries(style)) frame.style.setProperty(name, value);
    /** Where what shows of the page, or of the boxes that scroll in it, begins and ends. */
    const shown = () => {
      const boxes = boxesAround(frame).map((box) => box.getBoundingClientRect());
      return {
        top: Math.max(0, ...boxes.map(({ top }) => top)),
        bottom: Math.min(innerHeight, ...boxes.map(({ bottom }) => bottom)),
      };
    };
    /**
     * How high the feed is; how far it has moved in the frame, so that what is read stood still; and for how much of that
     * it has got room. The rest is cut off above: room for it would move frame and page at once, which may be painted by
     * two processes at two times.
     */
    let [high, moved, room] = [0, 0, 0];
    /**
     * Gives the frame its height, and puts an edge of it to a place.
     * @param {"top" | "bottom"} edge
     * @param {number} place
     */
    const put = (edge, place) => {
      frame.style.setProperty("height", `${high - moved + room}px`);
      // What the browser has scrolled by now, where it does, is not scrolled again.
      const off = () => frame.getBoundingClientRect()[edge] - place;
      for (const box of [...boxesAround(frame), document.scrollingElement]) {
        if (Math.abs(off()) >= 1) box?.scrollBy({ top: off(), behavior: "instant" });
        box?.addEventListener("scroll", come, { passive: true });
      }
    };
    /**
     * Tells the frame what is shown of it, which no browser does. What is cut off gets its room when that is about to be
     * shown, `ahead` so many views; or when nothing of the frame is.
     */
    const tellFrame = (ahead = 0) => {
      const { top, bottom } = shown();
      const at = frame.getBoundingClientRect();
      const begins = at.top + Math.max(0, room - moved);
      if (moved !== room && (begins > top - ahead * (bottom - top) || at.bottom <= top)) {
        room = moved;
        // Who has come to its beginning at one bound wants to see that.
        const edge = ahead && at.top > top ? "top" : "bottom";
        put(edge, at[edge]);
      }
      const begin = frame.getBoundingClientRect().top;
      frame.contentWindow?.postMessage({ liveFeed: true, top: top - begin, bottom: bottom - begin, room }, home.origin);
    };
    const come = () => tellFrame(1);
    /** @param {{ height: number, moved: number, to?: number }} said `to`: the place in the feed to which the reader is led */
    const fit = (said) => {
      const { top } = shown();
      const before = frame.getBoundingClientRect();
      [high, moved] = [said.height, said.moved];
      if (said.to !== undefined) put("top", top - said.to + moved - room);
      // Who has gone past the frame reads what stands below it.
      else if (before.bottom <= top) put("bottom", before.bottom);
      else put("top", before.top);
      for (const type of ["scroll", "resize"]) addEventListener(type, come, { passive: true });
      tellFrame();
    };
    addEventListener("message", ({ source, origin, data }) => {
      // Anybody may send a message: only what this frame says counts, and only while our own page is in it.
      if (source !== frame.contentWindow || origin !== home.origin || !data?.liveFeed) return;
      if (data.title) frame.title = data.title;
      if (data.height && !height) fit(data);
      if (data.event) frame.dispatchEvent(new CustomEvent(data.event, { detail: data.detail, bubbles: true }));
    });
    return frame;
  };

  const runsHere = () => {
    try {
      // The shortest module that there is. A policy without 'wasm-unsafe-eval' refuses it, WebKit only its instance.
      return Boolean(new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))));
    } catch {
      return false;
    }
  };

  const begin = () => {
    if (mode === "iframe" || (mode === "auto" && !runsHere())) return place(asFrame());
    const element = asElement();
    place(element);
    import(new URL("live-feed.js", home).href).catch((error) => {
      if (mode === "auto") return element.replaceWith(asFrame());
      tell(`live-feed.js could not be loaded from ${home}`, error);
    });
  };

  // A target may stand further down; a script of the page's own body knows its place at once.
  if (selector && document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
