/** A core that fails in the midst of its work. */

/**
 * Makes one feed's core fail in its midst: what it asks of its element runs into a trap of WebAssembly's own, which
 * unwinds the core's calls as any trap does.
 * @param {import("./browser.js").Browser} browser
 */
export const trapIn =
  (browser) =>
  /** @param {string} id @param {number} times */
  (id, times) =>
  browser.run(
    (id, times) => {
      // A module whose one function, "t", is the instruction `unreachable`.
      const header = [0, 97, 115, 109, 1, 0, 0, 0];
      const sections = [1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 116, 0, 0, 10, 5, 1, 3, 0, 0, 11];
      const bytes = new Uint8Array([...header, ...sections]);
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
      const element = /** @type {HTMLElement} */ (document.getElementById(id));
      let left = times;
      Object.defineProperty(element, "ownerDocument", {
        configurable: true,
        get() {
          left -= 1;
          if (left >= 0) /** @type {() => void} */ (exports.t)();
          return document;
        },
      });
      // Another language is another view, for which the document is asked.
      element.lang = "en-GB";
    },
    id,
    times,
  );
