/**
 * What a good engineer writes in an hour in the place of `<live-feed>`, to be measured beside it: no framework, DOMPurify for the
 * entries' HTML, and a keyed update that touches only the rows that changed.
 *
 *     <bare-feed src="/feed.json"></bare-feed>          shows the first 50 entries
 *     <bare-feed src="/feed.json" all></bare-feed>      shows all of them
 */
import DOMPurify from "dompurify";

const SHOWN = 50;
const POLL_MS = 15_000;

/** @typedef {{ id: string, title?: string, content_html: string, date_published: string, time: number }} Item */

class BareFeed extends HTMLElement {
  #list = document.createElement("ol");
  #heading = document.createElement("h2");
  #button = document.createElement("button");
  /** The rows that are shown, with the item of each. @type {Map<string, { item: Item, row: HTMLLIElement }>} */
  #rows = new Map();
  /** @type {Item[]} */
  #items = [];
  #newestFirst = true;
  #timer = 0;
  /** @type {Intl.DateTimeFormat | undefined} */
  #times;

  connectedCallback() {
    this.#button.textContent = "Old first";
    this.#button.onclick = () => this.#switchOrder();
    this.append(this.#heading, this.#button, this.#list);
    this.refresh();
    const seconds = Number(this.getAttribute("interval"));
    this.#timer = window.setInterval(() => this.refresh(), seconds * 1000 || POLL_MS);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  async refresh() {
    const response = await fetch(this.getAttribute("src") ?? "", { cache: "no-cache" });
    if (!response.ok) return;
    const feed = JSON.parse(await response.text());
    this.#heading.textContent = feed.title;
    this.#times ??= new Intl.DateTimeFormat(undefined, {
      dateStyle: "short",
      timeStyle: "short",
      timeZone: feed._livefeed?.time_zone,
    });
    for (const item of feed.items) item.time = Date.parse(item.date_published);
    this.#items = feed.items;
    this.#update();
  }

  #switchOrder() {
    this.#newestFirst = !this.#newestFirst;
    this.#button.textContent = this.#newestFirst ? "Old first" : "New first";
    this.#update();
  }

  #update() {
    this.#items.sort((a, b) => (this.#newestFirst ? b.time - a.time : a.time - b.time));
    const items = this.hasAttribute("all") ? this.#items : this.#items.slice(0, SHOWN);
    const ids = new Set(items.map(({ id }) => id));
    for (const [id, { row }] of this.#rows) {
      if (ids.has(id)) continue;
      row.remove();
      this.#rows.delete(id);
    }
    let place = this.#list.firstElementChild;
    for (const item of items) {
      const row = this.#row(item);
      if (row === place) place = place.nextElementSibling;
      else this.#list.insertBefore(row, place);
    }
  }

  /** The row of an item: as it is, filled anew where it has changed, or a new one. @param {Item} item */
  #row(item) {
    const known = this.#rows.get(item.id);
    if (known && known.item.content_html === item.content_html && known.item.title === item.title) return known.row;
    const row = known?.row ?? document.createElement("li");
    const time = document.createElement("time");
    time.dateTime = item.date_published;
    time.textContent = this.#times?.format(item.time) ?? "";
    const content = DOMPurify.sanitize(item.content_html, { RETURN_DOM_FRAGMENT: true });
    if (item.title) {
      const title = document.createElement("h3");
      title.textContent = item.title;
      row.replaceChildren(time, title, content);
    } else {
      row.replaceChildren(time, content);
    }
    this.#rows.set(item.id, { item, row });
    return row;
  }
}

customElements.define("bare-feed", BareFeed);
