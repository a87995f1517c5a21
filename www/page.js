/**
 * What src/browser/ and src/nodes.rs ask of the page, in one call where the DOM takes several. Whatever begins something
 * gives back how it is ended.
 */

/**
 * @param {EventTarget} target
 * @param {string} type
 * @param {(event: Event) => void} call
 * @param {boolean} once
 * @param {boolean} passive
 * @param {boolean} capture
 */
export function listen(target, type, call, once, passive, capture) {
  target.addEventListener(type, call, { once, passive, capture });
  return () => target.removeEventListener(type, call, capture);
}

/** @param {() => void} call @param {number} millis */
export function timeout(call, millis) {
  const id = setTimeout(call, millis);
  return () => clearTimeout(id);
}

/** @param {() => void} call */
export function frame(call) {
  const id = requestAnimationFrame(call);
  return () => cancelAnimationFrame(id);
}

/** In WebKit, which has no idle time to give, the next task. @param {() => void} call @param {number} latest */
export function idle(call, latest) {
  if (!globalThis.requestIdleCallback) return timeout(call, 0);
  const id = requestIdleCallback(call, { timeout: latest });
  return () => cancelIdleCallback(id);
}

/**
 * Calls back in the very frame in which an element's height has changed. Until the next one it looks away: what changes
 * by the call itself would be told to the page as an error, "ResizeObserver loop".
 * @param {Element} element
 * @param {() => void} call
 */
export function resized(element, call) {
  let height = -1;
  let again = 0;
  const observer = new ResizeObserver(() => {
    if (element.clientHeight === height) return;
    call();
    height = element.clientHeight;
    observer.disconnect();
    again = requestAnimationFrame(() => observer.observe(element));
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(again);
    observer.disconnect();
  };
}

/** @param {EventSource} source */
export function closing(source) {
  return () => source.close();
}

export function theWindow() {
  return window;
}

export function isHidden() {
  return document.hidden;
}

/**
 * Tells the host; whether it has nothing against it. What bubbles does so out of shadow trees, too.
 * @param {EventTarget} target
 * @param {string} type
 * @param {unknown} detail
 * @param {boolean} bubbles
 * @param {boolean} cancelable
 */
export function dispatch(target, type, detail, bubbles, cancelable) {
  return target.dispatchEvent(new CustomEvent(type, { detail, bubbles, composed: bubbles, cancelable }));
}

/** Shows or hides an element; one that already is as it should be is not touched. @param {Element} element @param {boolean} shown */
export function show(element, shown) {
  element.toggleAttribute("hidden", !shown);
}

/**
 * Writes a text where it is another one: a write that changes nothing still costs a layout.
 * @param {Element} element
 * @param {string} text
 */
export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** What has the focus in an element of a shadow tree. @param {Element} element */
export function focused(element) {
  const root = element.getRootNode();
  const active = root instanceof ShadowRoot ? root.activeElement : null;
  return active && element.contains(active) ? active : undefined;
}

/** Gives it the focus; the page moves with it if it may. @param {Element} element @param {boolean} scroll */
export function refocus(element, scroll) {
  /** @type {Partial<HTMLElement>} */ (element).focus?.({ preventScroll: !scroll });
}

/** Whether the reader has asked for less data; known in Chromium alone. */
export function savesData() {
  return /** @type {any} */ (navigator).connection?.saveData === true;
}

export function readersLanguage() {
  return navigator.language;
}

/**
 * What is remembered under that key. Merely to look for the storage throws where it is blocked.
 * @param {string} key
 */
export function recall(key) {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/**
 * Remembers a text, or forgets it. Refused where the storage is blocked or full.
 * @param {string} key
 * @param {string | undefined} text
 */
export function remember(key, text) {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    // The feed works all the same.
  }
}
