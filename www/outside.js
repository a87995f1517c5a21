/**
 * The page around our frame, as the feed in it sees that page. The frame is as high as the feed, so nothing scrolls in it:
 * the page does, of which no browser tells a frame of another origin. embed.js tells. So the feed is put into a box that
 * shows what the page shows of the frame, and that scrolls by moving all there is in the frame. Whatever keeps the
 * reader's place in a box that scrolls (src/dom/anchor.rs) keeps it here.
 */

/** What the page shows, from the frame's upper edge. */
const view = { top: 0, bottom: innerHeight };
let told = false;

/** How far the box was scrolled, in all; and for how much of that the page has made room above. */
let [moved, room] = [0, 0];

/** It takes up no room of its own: embed.css. */
const box = Object.assign(document.createElement("div"), { id: "outside" });
// More than it can ever show: so it scrolls, and never ends too early.
Object.defineProperty(box, "scrollHeight", { value: 1e9 });
box.getBoundingClientRect = () => /** @type {DOMRect} */ (view);

/**
 * Puts a feed into the box.
 * @param {HTMLElement} element
 * @param {(what: Record<string, unknown>) => void} tell tells the page
 */
export function surround(element, tell) {
  /** Puts all to its place; gives the feed's height. */
  const show = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    // What has come above what is read is cut off at the frame's upper edge until there is room for it. In the same
    // process the frame has that room as soon as it has the height that goes with it.
    const cut = moved - room;
    const isCut = `clamp(0px, max(${height}px - 100vh, 100vh - ${height}px) - 1px, 1px)`;
    document.body.style.setProperty("translate", cut ? `0 calc(${-cut} * ${isCut})` : "none");
    const pill = /** @type {HTMLElement | null | undefined} */ (element.shadowRoot?.querySelector(".pill"));
    pill?.style.setProperty("inset-block-start", `calc(${view.top + cut}px + var(--lf-top) + 1em)`);
    return height;
  };
  /** Tells how high the feed is, and more. */
  const report = (what = {}) => tell({ height: show(), moved, ...what });

  box.scrollBy = (/** @type {any} */ { top }) => {
    if (!told) return;
    moved += top;
    report();
  };

  // WebKit would leave the page where it is.
  Element.prototype.scrollIntoView = function () {
    settle();
    const [top, begin] = [this, document.body].map((element) => element.getBoundingClientRect().top);
    report({ to: top - begin - Number.parseFloat(getComputedStyle(this).scrollMarginTop) });
  };

  /** Takes what the page says. @param {{ top: number, bottom: number, room: number }} said */
  const hear = (said) => {
    const { top, bottom } = said;
    if (told && top === view.top && bottom === view.bottom && room === said.room) return;
    told = true;
    room = said.room;
    Object.assign(view, { top, bottom });
    show();
    settle();
    drawAhead(element);
    for (const end of [...ends]) end.look();
    // The reader has gone on: nothing is held for them any more (around.js).
    box.dispatchEvent(new Event("wheel"));
    settle();
  };

  // No browser heeds an observer's margins in a frame of another origin.
  globalThis.IntersectionObserver = new Proxy(IntersectionObserver, {
    construct: (browsers, [call, options]) =>
      /[1-9]/.test(options?.rootMargin) ? new End(call, options.rootMargin) : new browsers(call, options),
  });

  document.body.append(box);
  box.append(element);
  new ResizeObserver(() => report()).observe(document.body);
  return { hear, report };
}

/** The feed takes note of what is read now. */
function settle() {
  box.dispatchEvent(new Event("scrollend"));
}

/** Where the view began when rows were last drawn ahead of it. */
let drawn = Number.NaN;

/**
 * Gives rows their true height before they come into view. Chromium would do so as they come, in a frame of another
 * origin, and what is in view already would move.
 * @param {Element} element
 */
function drawAhead({ shadowRoot }) {
  const ahead = view.bottom - view.top;
  if (Math.abs(view.top - drawn) < ahead / 2) return;
  drawn = view.top;
  const rows = /** @type {HTMLElement[]} */ ([...(shadowRoot?.querySelectorAll(".item") ?? [])]);
  const near = rows.map((row) => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > view.top - ahead && top < view.bottom + ahead;
  });
  rows.forEach((row, at) => row.style.setProperty("content-visibility", near[at] ? "visible" : ""));
}

/** Those that look where an end of the list is. @type {Set<End>} */
const ends = new Set();

/** Tells like an IntersectionObserver whether an element comes into view, with margins around that. */
class End {
  #call;
  #margins;
  /** @type {Element | undefined} */
  #target;
  /** @type {boolean | undefined} */
  #wasIn;

  /** @param {IntersectionObserverCallback} call @param {string} margins */
  constructor(call, margins) {
    this.#call = call;
    this.#margins = margins.split(" ");
  }

  /** @param {Element} target */
  observe(target) {
    this.#target = target;
    this.#wasIn = undefined;
    ends.add(this);
    requestAnimationFrame(() => this.look());
  }

  look() {
    const target = this.#target;
    if (!told || !ends.has(this) || !target?.isConnected) return;
    const { top, bottom } = view;
    const [above, , below = above] = this.#margins.map(
      (margin) => (Number.parseFloat(margin) * (margin.endsWith("%") ? bottom - top : 100)) / 100,
    );
    const boundingClientRect = target.getBoundingClientRect();
    const isIntersecting = boundingClientRect.bottom >= top - above && boundingClientRect.top <= bottom + below;
    if (isIntersecting === this.#wasIn) return;
    this.#wasIn = isIntersecting;
    const entry = { target, isIntersecting, boundingClientRect, rootBounds: view };
    this.#call([/** @type {any} */ (entry)], /** @type {any} */ (this));
  }

  disconnect() {
    ends.delete(this);
  }

  unobserve = this.disconnect;

  takeRecords() {
    return [];
  }
}
