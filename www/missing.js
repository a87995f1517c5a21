/**
 * What could not be loaded: a picture, a film or a sound that the page's policy, its server or the network keeps away
 * becomes a link to it. Loaded when that happens.
 */

/** @param {EventTarget | null} target what an `error` event came from */
export function link(target) {
  if (!(target instanceof HTMLImageElement || target instanceof HTMLMediaElement)) return;
  const address = target.getAttribute("src");
  const name = target.getAttribute("alt") || target.getAttribute("aria-label");
  // A card has its link already; a picture of it says nothing.
  if (!address || target.closest(".embed")) {
    target.remove();
    return;
  }
  const made = document.createElement(target.closest("a") ? "span" : "a");
  made.textContent = name || fileName(target.src);
  made.setAttribute("part", "attachment");
  made.setAttribute("class", `attachment ${roomOf(target)}`);
  if (made instanceof HTMLAnchorElement) Object.assign(made, { href: address, rel: "noopener" });
  const hadFocus = target.matches(":focus");
  target.replaceWith(made);
  if (hadFocus) made.focus();
}

/**
 * A class that keeps the room which was kept for it, so that nothing moves.
 * @param {HTMLElement} target
 */
function roomOf(target) {
  const { offsetHeight } = target;
  const name = `room-${offsetHeight}`;
  const root = target.getRootNode();
  const [sheet] = root instanceof ShadowRoot ? root.adoptedStyleSheets : [];
  const rule = `.${name} { display: inline-block; min-block-size: ${offsetHeight}px; }`;
  if (sheet && ![...sheet.cssRules].some(({ cssText }) => cssText === rule)) sheet.insertRule(rule, sheet.cssRules.length);
  return name;
}

/** The end of its path, else its host. @param {string} address */
function fileName(address) {
  const { pathname, host } = new URL(address);
  const name = pathname.slice(pathname.lastIndexOf("/") + 1);
  try {
    return decodeURIComponent(name) || host;
  } catch {
    return name;
  }
}
