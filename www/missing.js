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
  for (const [attribute, value] of [["class", "attachment"], ["part", "attachment"]]) made.setAttribute(attribute, value);
  if (made instanceof HTMLAnchorElement) Object.assign(made, { href: address, rel: "noopener" });
  // The room that was kept for it stays, so that nothing moves.
  Object.assign(made.style, { display: "inline-block", minBlockSize: `${target.offsetHeight}px` });
  const hadFocus = target.matches(":focus");
  target.replaceWith(made);
  if (hadFocus) made.focus();
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
