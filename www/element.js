/**
 * The face of `<live-feed>`: attributes, properties, methods. All thinking is done by the core (WebAssembly), which is
 * loaded once a page, in parallel with the feed.
 */
import css from "../src/view/live-feed.css";
import { accessors } from "./accessors.js";
import { asJson } from "./as-json.js";
import { attend } from "./attend.js";
import { deferred } from "./deferred.js";
import { around, askFor, core, enter, hooks, loadCore, missing } from "./load.js";

/** @typedef {import("../pkg/livefeed.js").Widget} Widget */

/** The attributes that the core understands; each has a property of the same name in camel case. */
const ATTRIBUTES = [
  "src",
  "format",
  "order",
  "live",
  "interval",
  "page-size",
  "lang",
  "dir",
  "time-zone",
  "time-format",
  "time-pattern",
  "summary",
  "loading",
  "image-proxy",
  "frames",
  "storage",
  "json-ld",
];

/** Attributes that say which feed it is: another value begins anew. */
const IDENTITY = ["src", "format"];

/** How far outside the view a lazy feed begins to load. */
const LAZY_MARGIN = "800px";

// Importing on a server, without a DOM, does nothing.
const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? class {});

/** One sheet for every feed: no style-src is needed for it. @type {CSSStyleSheet | undefined} */
let sheet;

/** A live feed of entries that keeps itself up to date. */
export class LiveFeedElement extends Base {
  static observedAttributes = ATTRIBUTES;

  #shadow;
  #internals;
  #states;
  /**
   * Built at each start and freed at its end: it holds the element from within WebAssembly, where no garbage collector looks.
   * @type {Widget | undefined}
   */
  #widget;
  /** The address of the feed that is shown; empty where it has none. */
  #url = "";
  /** Kept when the core has begun; calls wait for it, and those of the next start for another. @type {ReturnType<typeof deferred<Widget>>} */
  #ready = deferred();
  #started = false;
  /** Counts the starts: a core that comes late may not be wanted by this one any more. */
  #starts = 0;
  #restarting = false;
  /** Ends what is waited for. @type {Set<(error?: unknown) => void>} */
  #waiting = new Set();
  /** The ways to an entry: to one that is there, and the search for one that is not. */
  #ways = {
    goTo: (/** @type {string} */ id) => this.#call((widget) => widget.goTo(id)),
    seek: (/** @type {string} */ id) => this.#call((widget) => this.#until((end) => widget.seek(id, end))),
  };
  /** Ends with what was started. */
  #leaving = new AbortController();
  /** @type {IntersectionObserver | undefined} */
  #nearby;

  constructor() {
    super();
    const internals = this.attachInternals();
    this.#internals = internals;
    this.#states = internals.states;
    // Before there is a shadow root: where this fails, the children are still seen.
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
    }
    this.#shadow = internals.shadowRoot ?? this.attachShadow({ mode: "open" });
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#shadow.addEventListener("error", missing, true);
    // The children stay visible until there is something better.
    if (!this.#shadow.firstChild) this.#shadow.append(document.createElement("slot"));
  }

  connectedCallback() {
    if (this.#started) return;
    if (this.getAttribute("loading") !== "lazy") {
      this.#start();
      return;
    }
    this.#nearby ??= new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) this.#start();
      },
      { rootMargin: LAZY_MARGIN },
    );
    this.#nearby.observe(this);
  }

  disconnectedCallback() {
    // A host that moves the element takes it out for a moment.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#nearby?.disconnect();
      this.#stop();
    });
  }

  /**
   * @param {string} name
   * @param {string | null} before
   * @param {string | null} value
   */
  attributeChangedCallback(name, before, value) {
    if (before === value) return;
    enter(() => this.#widget?.attributeChanged(name));
    if (!IDENTITY.includes(name) || !this.#started || this.#restarting) return;
    this.#restarting = true;
    // What is called from now on means the feed that was named just now.
    this.#renew();
    queueMicrotask(() => {
      this.#restarting = false;
      if (!this.#started) return;
      this.#stop();
      // The other feed is gone, and what was true of it; the children are seen until this one is there.
      this.#shadow.replaceChildren(document.createElement("slot"));
      this.#states.clear();
      if (this.isConnected) this.#start();
    });
  }

  /** @param {boolean} [again] what is shown stays, and needs no room to be kept for it */
  #start(again) {
    this.#nearby?.disconnect();
    this.#started = true;
    this.#renew();
    if (!again) this.#states.add("loading");
    const source = this.getAttribute("src");
    // What is no address goes on as it is: the request for it fails, and that is told like any failure.
    this.#url = source && URL.canParse(source, this.baseURI) ? new URL(source, this.baseURI).href : (source ?? "");
    const inline = this.querySelector(':scope > script[type="application/feed+json"]')?.textContent ?? undefined;
    this.#attend();
    const { signal } = this.#leaving;
    // Before the core is there, the request is already on its way.
    const first = this.#url && inline === undefined ? askFor(this.#url, this.getAttribute("format"), signal) : undefined;
    if (this.hasAttribute("json-ld")) {
      import("./json-ld.js").then(({ describe }) => describe(this, this.#shadow, signal)).catch(() => {});
    }
    this.#starts += 1;
    const start = this.#starts;
    loadCore().then(
      (Widget) => {
        if (start !== this.#starts || !this.#started) return;
        core.addEventListener("lost", (event) => this.#lose(event), { signal });
        enter(() => {
          const widget = new Widget(this, this.#shadow, this.#internals, hooks, this.#url, first);
          this.#widget = widget;
          widget.start(inline);
          this.#ready.resolve(widget);
        });
      },
      (error) => {
        if (start === this.#starts && this.#started) this.#fail(error);
      },
    );
  }

  #stop() {
    if (!this.#started) return;
    this.#started = false;
    this.#renew();
    this.#leaving.abort();
    const widget = this.#widget;
    this.#widget = undefined;
    enter(() => widget?.free());
  }

  /**
   * The core has failed. What is shown stays, and a fresh instance goes on with it; but where that has failed again with
   * this feed, the feed itself is the reason.
   * @param {Event} event
   */
  #lose(event) {
    const { error, url } = /** @type {CustomEvent} */ (event).detail;
    for (const end of this.#waiting) end(error);
    // It belongs to the instance that has failed.
    this.#widget = undefined;
    this.#stop();
    const isReason = url === this.#url;
    if (isReason) this.#fail(error);
    const again = () => !this.#started && this.isConnected && this.#start(true);
    import("./lost.js")
      .then(({ keep, say }) => void (isReason ? say(this, this.#shadow, hooks.words, again) : keep(this, this.#shadow)))
      .catch(() => {})
      .finally(() => isReason || again());
  }

  /** What helps the reader around is loaded as soon as it may be wanted. */
  #attend() {
    this.#leaving = new AbortController();
    attend({ element: this, shadow: this.#shadow, signal: this.#leaving.signal, words: hooks.words, ...this.#ways });
  }

  /** Has calls wait for the next start; those that wait already go on waiting. */
  #renew() {
    if (this.#ready.settled) this.#ready = deferred();
  }

  /** The core can't run here: what the page itself shows stays. @param {unknown} error */
  #fail(error) {
    this.#states.delete("loading");
    this.#states.add("error");
    // Calls that wait are told; who made none need not hear of it a second time.
    this.#ready.promise.catch(() => {});
    this.#ready.reject(error);
    this.#tell(error);
    this.dispatchEvent(new CustomEvent("loadend"));
  }

  /** @param {unknown} error */
  #tell(error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(`<live-feed> ${message}`, this);
    this.dispatchEvent(new CustomEvent("error", { detail: { code: "core", message } }));
  }

  /** @template T @param {(widget: Widget) => T | Promise<T>} call @returns {Promise<T>} */
  async #call(call) {
    let widget;
    // While the call waited for its turn, the element may have been removed, and its core freed.
    do widget = await this.#ready.promise;
    while (widget !== this.#widget);
    return await enter(() => call(widget));
  }

  /**
   * Waits until the core calls back, or is lost.
   * @param {(end: (error?: unknown) => void) => void} begin
   * @returns {Promise<void>}
   */
  #until(begin) {
    return new Promise((resolve, reject) => {
      const end = (/** @type {unknown} */ error) => {
        this.#waiting.delete(end);
        return error ? reject(error) : resolve();
      };
      this.#waiting.add(end);
      // What a promise is made by may throw without anyone else hearing of it.
      enter(() => begin(end));
    });
  }

  /** Asks for the feed now. */
  refresh() {
    return this.#call((widget) => this.#until((end) => widget.refresh(end)));
  }

  /** Holds updates back. */
  pause() {
    return this.#call((widget) => widget.pause());
  }

  /** Lets updates come again, those held back first. */
  resume() {
    return this.#call((widget) => widget.resume());
  }

  /** Shows what is held back. */
  showPending() {
    return this.#call((widget) => widget.showPending());
  }

  /** Brings the reader to an entry, on an older page too; whether there is one. @param {string} id */
  async goTo(id) {
    const name = String(id);
    const { signal } = this.#leaving;
    return (await this.#ways.goTo(name)) || !!(await around(({ search }) => search({ ...this.#ways, signal }, name)));
  }

  /** Adds an entry, or takes another version of one. @param {object} entry */
  async upsert(entry) {
    const json = asJson(entry);
    const error = await this.#call((widget) => widget.upsert(json));
    if (error) throw error;
  }

  /**
   * Removes an entry for good; without an id, the element itself, as any element.
   * @override
   * @param {string} [id]
   */
  remove(id) {
    if (id === undefined) return super.remove();
    return this.#call((widget) => widget.remove(String(id)));
  }

  /** Shows a whole feed. @param {object} feed */
  async setFeed(feed) {
    const json = asJson(feed);
    return this.#call((widget) => this.#until((end) => widget.setFeed(json, end)));
  }
}

for (const attribute of ATTRIBUTES) {
  const property = attribute.replace(/-./g, (pair) => pair.slice(1).toUpperCase());
  if (property in Base.prototype) continue;
  Object.defineProperty(LiveFeedElement.prototype, property, { ...accessors(attribute), configurable: true, enumerable: true });
}
