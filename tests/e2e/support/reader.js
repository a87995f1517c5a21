/** What a reader sees of a feed, and what they do. Selectors are those of its shadow tree. */

export class Reader {
  #browser;
  #host;

  /**
   * @param {import("./browser.js").Browser} browser
   * @param {string} [host] which feed of the page
   */
  constructor(browser, host = "live-feed") {
    this.#browser = browser;
    this.#host = host;
  }

  /**
   * The same for another feed of the page.
   * @param {string} host
   */
  of(host) {
    return new Reader(this.#browser, host);
  }

  /** Waits until every such feed of the page shows its list. */
  async shown() {
    await this.#browser.until(
      "every feed to be shown",
      (host) => {
        const feeds = [...document.querySelectorAll(host)];
        // With all its times, some of which are written after the first paint.
        const shown = ".feed:not([data-untimed]) .toolbar:not([hidden])";
        return feeds.length > 0 && feeds.every((feed) => feed.shadowRoot?.querySelector(shown));
      },
      this.#host,
    );
  }

  /**
   * The texts of all elements that are rendered, with spaces as a reader sees them.
   * @param {string} css
   * @returns {Promise<string[]>}
   */
  all(css) {
    return this.#browser.run(
      (host, css) => {
        const found = document.querySelector(host)?.shadowRoot?.querySelectorAll(css) ?? [];
        const text = (/** @type {Element} */ element) => (element.textContent ?? "").replace(/\s+/g, " ").trim();
        return [...found].filter((element) => element.checkVisibility()).map(text);
      },
      this.#host,
      css,
    );
  }

  /**
   * The text of the only such element that is rendered; nothing where there is none.
   * @param {string} css
   */
  async text(css) {
    const [text, ...others] = await this.all(css);
    if (others.length > 0) throw new Error(`${css}: ${others.length + 1} elements, not one`);
    return text;
  }

  /**
   * An attribute of every such element, rendered or not.
   * @param {string} css
   * @param {string} name
   * @returns {Promise<(string | null)[]>}
   */
  attributes(css, name) {
    return this.#browser.run(
      (host, css, name) => {
        const found = document.querySelector(host)?.shadowRoot?.querySelectorAll(css) ?? [];
        return [...found].map((element) => element.getAttribute(name));
      },
      this.#host,
      css,
      name,
    );
  }

  /**
   * Presses the only such element; with a text, the one that says so.
   * @param {string} css
   * @param {string} [text]
   */
  async press(css, text) {
    const pressed = await this.#browser.run(
      (host, css, text) => {
        const found = [...(document.querySelector(host)?.shadowRoot?.querySelectorAll(css) ?? [])];
        const wanted = found.filter((element) => element.checkVisibility() && (!text || element.textContent === text));
        if (wanted.length === 1) /** @type {HTMLElement} */ (wanted[0]).click();
        return wanted.length;
      },
      this.#host,
      css,
      text ?? "",
    );
    if (pressed !== 1) throw new Error(`${css} ${text ?? ""}: ${pressed} elements to press, not one`);
  }

  /**
   * Waits until the rendered elements have just these texts.
   * @param {string} css
   * @param {string[]} texts
   */
  async sees(css, texts) {
    await this.#browser.until(
      `${css} to read ${JSON.stringify(texts)}`,
      (host, css, texts) => {
        const found = document.querySelector(host)?.shadowRoot?.querySelectorAll(css) ?? [];
        const shown = [...found].filter((element) => element.checkVisibility());
        const seen = shown.map((element) => (element.textContent ?? "").replace(/\s+/g, " ").trim());
        return JSON.stringify(seen) === JSON.stringify(texts) || Promise.reject(new Error(JSON.stringify(seen)));
      },
      this.#host,
      css,
      texts,
    );
  }

  /**
   * Whether the element is in that state: `:state(live)`.
   * @param {string} name
   */
  is(name) {
    return this.#browser.run(
      (host, name) => document.querySelector(host)?.matches(`:state(${name})`) ?? false,
      this.#host,
      name,
    );
  }

  /**
   * Calls one of the element's methods.
   * @param {string} method
   * @param {unknown[]} args
   * @returns {Promise<unknown>} what it gives, or "Error: …" where it breaks its promise
   */
  call(method, ...args) {
    return this.#browser.run(
      (host, method, args) => {
        const element = /** @type {any} */ (document.querySelector(host));
        return element[method](...args).catch(String);
      },
      this.#host,
      method,
      args,
    );
  }
}
