/**
 * The one-line script tag: `<script async src="…/embed.js" data-src="feed.json"></script>` puts a feed where it stands.
 * Every `data-NAME` becomes the attribute NAME; `data-target="selector"` names another place.
 */
(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const element = document.createElement("live-feed");
  for (const { name, value } of script.attributes) {
    if (name.startsWith("data-") && name !== "data-target") element.setAttribute(name.slice("data-".length), value);
  }
  const place = () => {
    const selector = script.dataset.target;
    const target = selector && document.querySelector(selector);
    if (target) target.append(element);
    else if (!selector && script.isConnected && !document.head.contains(script)) script.after(element);
    else {
      console.error(
        selector
          ? `<live-feed> data-target="${selector}" names no element of this page`
          : '<live-feed> embed.js stands in <head>: move it to where the feed shall be, or add data-target="selector"',
      );
    }
  };
  // A target may stand further down; a script of the page's own body knows its place at once.
  if (script.dataset.target && document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", place, { once: true });
  } else place();
  import(new URL("live-feed.js", script.src).href).catch((error) => {
    console.error(`<live-feed> live-feed.js could not be loaded from ${new URL(".", script.src).href}`, error);
  });
})();
