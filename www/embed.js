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
  if (!script?.dataset.src) return console.warn('<live-feed> embed.js shows nothing: its tag names no feed, add data-src="feed.json"');
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
    addEventListener("message", ({ source, origin, data }) => {
      // Anybody may send a message: only what this frame says counts, and only while our own page is in it.
      if (source !== frame.contentWindow || origin !== home.origin || !data?.liveFeed) return;
      if (data.title) frame.title = data.title;
      if (data.height && !height) frame.style.setProperty("height", `${data.height}px`);
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
      tell(
        `live-feed.js could not be loaded from ${home}: check the address, that its server sends ` +
          "Access-Control-Allow-Origin, and the page's script-src",
        error,
      );
    });
  };

  // A target may stand further down; a script of the page's own body knows its place at once.
  if (selector && document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
