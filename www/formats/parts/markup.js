/** HTML that is put together from what a format says; the element makes it safe, like all HTML of a feed. */

/**
 * Plain text as HTML.
 *
 * @param {string} text
 */
export function escape(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

/**
 * A quotation, and who said it.
 *
 * @param {string} html
 * @param {string | undefined} by
 */
export function quotation(html, by) {
  return `<blockquote>${html}${by ? `<p>— ${escape(by)}</p>` : ""}</blockquote>`;
}

/**
 * A picture with its caption.
 *
 * @param {{ url: string, alt?: string, caption?: string, credit?: string, width?: number, height?: number }} image
 */
export function figure({ url, alt = "", caption, credit, width, height }) {
  const size = width && height ? ` width="${width}" height="${height}"` : "";
  const below = [caption, credit].filter((each) => each !== undefined).map(escape).join(" ");
  const words = below ? `<figcaption>${below}</figcaption>` : "";
  return `<figure><img src="${escape(url)}" alt="${escape(alt)}"${size}>${words}</figure>`;
}

/**
 * A link in a paragraph of its own.
 *
 * @param {string} url
 * @param {string} [text]
 */
export function link(url, text = url) {
  return `<p><a href="${escape(url)}">${escape(text)}</a></p>`;
}
