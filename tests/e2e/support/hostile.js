/**
 * A page of a partner's that watches what feeds do to it, and what it saw: scripts that ran, requests, globals, focus,
 * navigation, what covers it. These functions run in the page.
 */

/** Before any script of ours: whatever must not happen is noted in `happened`, each once. */
export const WATCH = `<script>
  var happened = [];
  function say(what) {
    if (!happened.includes(what)) happened.push(what);
  }
  function ran(what) {
    say("a script ran: " + what);
  }
  window.name = "host-window";
  for (const type of ["error", "unhandledrejection"]) {
    addEventListener(type, (event) => {
      say(type + ": " + (event.message || event.reason));
    });
  }
  for (const type of ["focusin", "submit", "beforeunload", "fullscreenchange", "securitypolicyviolation"]) {
    addEventListener(type, () => say(type), true);
  }
  console.error = (...args) => say("the console: " + args[0]);
  console.warn = () => {};
  // A link to a script runs it; any other would only leave the page.
  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node.localName === "a");
    if (link && !/^javascript:/i.test(link.href)) event.preventDefault();
  });
  customElements.define("host-widget", class extends HTMLElement {
    constructor() {
      super();
      ran("a custom element of the page");
    }
  });
  // What no parser may see: longer than the cap, or deeper.
  for (const [of, name] of [[Element, "setHTML"], [DOMParser, "parseFromString"]]) {
    const own = of.prototype[name];
    if (!own) continue;
    of.prototype[name] = function (html, ...rest) {
      if (html.length > 262144 + 1024) say("a parser was handed " + html.length + " characters");
      if (/(<(?!br)\\w+>){66}/.test(html)) say("a parser was handed more than 64 open elements");
      return own.call(this, html, ...rest);
    };
  }
  // No string of a feed goes into one of these.
  const sinks = [[Element, "innerHTML"], [Element, "outerHTML"], [ShadowRoot, "innerHTML"], [HTMLIFrameElement, "srcdoc"]];
  for (const [of, name] of sinks) {
    const { get, set } = Object.getOwnPropertyDescriptor(of.prototype, name);
    Object.defineProperty(of.prototype, name, {
      get,
      set(html) {
        say("HTML was written by " + name);
        set.call(this, html);
      },
    });
  }
  const methods = [[Element, "insertAdjacentHTML"], [Element, "setHTMLUnsafe"], [Range, "createContextualFragment"], [Document, "write"]];
  for (const [of, name] of methods) {
    const own = of.prototype[name];
    if (!own) continue;
    of.prototype[name] = function (...args) {
      say("HTML was written by " + name);
      return own.apply(this, args);
    };
  }
  var globals = Object.getOwnPropertyNames(window);
</script>`;

/** Has every picture asked for, every handler called, every link of feeds followed. */
export function provoke() {
  const types = ["mouseover", "pointerover", "focus", "error", "load", "loadstart", "toggle", "beforetoggle", "begin"];
  types.push("animationstart", "wheel", "change", "input", "beforematch", "pageshow", "start");
  for (const host of document.querySelectorAll("live-feed")) {
    for (const element of host.shadowRoot?.querySelectorAll("*") ?? []) {
      if (element instanceof HTMLImageElement) element.loading = "eager";
      // What our own buttons and links do is theirs.
      if (element.closest("[data-act], button, .stamp, .key-moments, .skip-link")) continue;
      for (const type of types) element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      /** @type {HTMLElement} */ (element).click?.();
    }
  }
}

/** What has become of the page. @returns {string[]} what should not have */
export function aftermath() {
  const page = /** @type {any} */ (globalThis);
  const found = [...page.happened];
  const say = (/** @type {string} */ what) => found.push(what);
  // The last is the driver's own.
  const known = new Set([...page.globals, "globals", "ret_nodes"]);
  for (const name of Object.getOwnPropertyNames(window)) if (!known.has(name)) say(`a global: ${name}`);
  if (window.length > 0) say(`${window.length} frames`);
  if (!location.pathname.startsWith("/page/") || location.hash) say(`the address: ${location.href}`);
  if (!document.title.startsWith("hostile")) say(`the title: ${document.title}`);
  if (document.cookie) say(`a cookie: ${document.cookie}`);
  if (window.name !== "host-window") say(`the window's name: ${window.name}`);
  if (document.activeElement !== document.body) say(`the focus: ${document.activeElement?.outerHTML.slice(0, 80)}`);
  const children = [...document.body.children].map((child) => child.role ?? child.localName);
  if (children.filter((name) => name !== "status").join() !== "header,main,footer") say(`the body: ${children}`);
  if (document.head.querySelector("base, style, link:not([rel=icon])")) say("something in the head");
  for (const place of document.querySelectorAll("header, footer")) {
    place.scrollIntoView({ block: "center" });
    const { left, top, width, height } = place.getBoundingClientRect();
    for (const x of [0.1, 0.5, 0.9]) {
      const seen = document.elementFromPoint(left + width * x, top + height / 2);
      if (seen !== place) say(`the page's own ${place.localName} is covered by ${seen?.outerHTML.slice(0, 80)}`);
    }
  }
  const actingNames = /^(script|style|link|meta|base|iframe|frame|object|embed|applet|form|input|select|textarea|template|svg|math|dialog)$/;
  const actingAttributes = /^(on.*|style|srcdoc|ping|target|action|formaction|autofocus|autoplay|download|is|poster|background|popover|contenteditable|accesskey)$/;
  for (const host of document.querySelectorAll("live-feed")) {
    const of = host.getAttribute("src");
    for (const element of host.shadowRoot?.querySelectorAll("*") ?? []) {
      const name = element.localName;
      if (actingNames.test(name) || name.includes("-")) say(`${of}: <${name}>`);
      if (element.namespaceURI !== "http://www.w3.org/1999/xhtml") say(`${of}: <${name}> of ${element.namespaceURI}`);
      for (const { name: attribute, value } of element.attributes) {
        if (actingAttributes.test(attribute) && !(attribute === "style" && element.closest(".list") === null)) {
          say(`${of}: <${name} ${attribute}="${value.slice(0, 80)}">`);
        }
        if (/^(href|src|cite)$/.test(attribute) && !/^(https?:|mailto:|tel:|#|\/proxy\?of=http)/.test(value)) {
          say(`${of}: <${name} ${attribute}="${value.slice(0, 80)}">`);
        }
      }
      if (name === "a" && !/^#/.test(element.getAttribute("href") ?? "#") && element.getAttribute("rel") !== "noopener") {
        say(`${of}: a link without rel`);
      }
    }
  }
  return found;
}

/**
 * What is shown of a feed's HTML, as markup that is the same whatever the engine, the port and the length.
 * @param {string} css
 * @returns {string[]} one for each such element of all feeds
 */
export function shownIn(css) {
  const short = (/** @type {string} */ text) => (text.length > 400 ? `${text.slice(0, 20)}… (${text.length})` : text);
  const plain = (/** @type {string} */ text) =>
    short(text.replace(/\/proxy\?of=([^\s,]*)/g, (_, of) => `proxied:${decodeURIComponent(of)}`))
      .replaceAll(location.origin, "https://site.example")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;");
  const write = (/** @type {Node} */ node) => {
    let out = "";
    let text = "";
    for (const child of node.childNodes) {
      // WebKit's parser cuts long ones.
      if (child instanceof Text) text += child.data;
      if (!(child instanceof Element)) continue;
      out += plain(text);
      text = "";
      const attributes = [...child.attributes].map(({ name, value }) => ` ${name}="${plain(value).replaceAll('"', "&quot;")}"`);
      const tag = `<${child.localName}${attributes.join("")}>`;
      out += tag + (/^(br|hr|img|wbr|col|source)$/.test(child.localName) ? "" : `${write(child)}</${child.localName}>`);
    }
    return out + plain(text);
  };
  // What every picture has is no news; what is repeated is told once.
  const dull = / loading="lazy" decoding="async" referrerpolicy="no-referrer"/g;
  const repeated = /(<.{2,80}?)\1{4,}/g;
  const count = (/** @type {string} */ all, /** @type {string} */ one) => `${all.length / one.length} times ${one}`;
  return [...document.querySelectorAll("live-feed")].flatMap((host) =>
    [...(host.shadowRoot?.querySelectorAll(css) ?? [])].map((element) => write(element).replace(dull, "").replace(repeated, count)),
  );
}

/**
 * The texts without letters that turn the line round: those whose letters stand from left to right, and the others.
 * @returns {{ read: string[], turned: string[] }}
 */
export function straight() {
  const root = /** @type {ShadowRoot} */ (document.querySelector("live-feed")?.shadowRoot);
  // What is out of view is laid out, too.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  root.adoptedStyleSheets.push(sheet);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  /** @type {{ read: string[], turned: string[] }} */
  const found = { read: [], turned: [] };
  for (let text = /** @type {Text | null} */ (texts.nextNode()); text; text = /** @type {Text | null} */ (texts.nextNode())) {
    if (/[\u202A-\u202E\u2066-\u2069]/.test(text.data) || !text.parentElement?.checkVisibility()) continue;
    const places = Array.from(text.data, (_, index) => {
      range.setStart(/** @type {Text} */ (text), index);
      range.setEnd(/** @type {Text} */ (text), index + 1);
      return range.getBoundingClientRect();
    }).filter(({ width }) => width > 0);
    const turned = places.some(({ left, top }, index) => index > 0 && places[index - 1].top === top && left < places[index - 1].left);
    if (places.length > 0) found[turned ? "turned" : "read"].push(text.data);
  }
  return found;
}
