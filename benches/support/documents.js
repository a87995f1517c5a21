/** Documents as newsrooms publish them: entries of about 1.1 KB, with links and emphasis, seldom with a title. */

/** Enough words that a compressor finds as much in them as in other prose. */
const WORDS = `the river rose again by noon and crews moved sandbags from the old market to the bridge where water had reached
the second step of the stair officials said that no one was missing although three streets stayed closed until the level
falls below four metres residents were asked to keep their cellars shut buses run every twenty minutes from the station
through the upper town schools open tomorrow at nine a pump from the harbour arrived after lunch with forty volunteers who
work in shifts the mayor thanked neighbours for soup blankets and patience meteorologists expect light rain toward evening
then two dry days engineers measured pressure along the dam found nothing unusual and will look once more before dark boats
remain moored ferries cancelled insurance advice is given in the library hall from ten`.split(/\s+/);

const PARAGRAPHS = 3;
const WORDS_PER_PARAGRAPH = 56;
const MINUTE_MS = 60_000;
/** One entry in seven has a title of its own. */
const TITLED = 7;

/** A pseudo-random sequence (mulberry32), the same in each run. @param {number} seed */
function random(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * The HTML of an entry; its text begins with the name.
 * @param {string} name "Entry 3"
 * @param {number} seed
 */
function html(name, seed) {
  const next = random(seed);
  const words = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(" ");
  const paragraph = () =>
    `<p>${words(WORDS_PER_PARAGRAPH / 2)} <a href="https://example.org/${Math.floor(next() * 1e6)}">${words(3)}</a> <em>${words(2)}</em> ${words(WORDS_PER_PARAGRAPH / 2)}.</p>`;
  return `<p>${name}.</p>${Array.from({ length: PARAGRAPHS }, paragraph).join("")}`;
}

/** A document that changes from poll to poll. */
export class Document {
  #published;
  #last;
  #polls = 0;

  /** @param {number} count how many entries it begins with, one a minute until an hour ago */
  constructor(count) {
    this.#last = count;
    this.#published = Date.now() - 60 * MINUTE_MS;
    this.items = Array.from({ length: count }, (_, index) => this.#entry(count - index, this.#published - index * MINUTE_MS));
  }

  /** @param {number} number @param {number} time */
  #entry(number, time) {
    const title = number % TITLED === 0 ? { title: `Headline ${number}` } : {};
    const date_published = new Date(time).toISOString();
    return { id: `e${number}`, ...title, content_html: html(`Entry ${number}`, number), date_published };
  }

  /** The text of the document as it was published last. */
  get text() {
    const updated = new Date(this.#time()).toISOString();
    return JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Water in the old town",
      _livefeed: { time_zone: "Etc/UTC", updated },
      items: this.items,
    });
  }

  /** Publishes the same entries again, at a later time. */
  republish() {
    this.#polls += 1;
    return this;
  }

  /** Publishes one more. */
  add() {
    this.republish();
    this.#last += 1;
    this.items.unshift(this.#entry(this.#last, this.#time()));
    return this;
  }

  /** Publishes another text for the third entry. */
  edit() {
    this.republish();
    const date_modified = new Date(this.#time()).toISOString();
    const content_html = html(`Edited ${this.#polls}`, this.#polls);
    this.items[2] = { ...this.items[2], content_html, ...{ date_modified } };
    return this;
  }

  /** Publishes all but the fourth. */
  remove() {
    this.republish();
    this.items.splice(3, 1);
    return this;
  }

  /** How the texts of the first entries begin, as a reader should see them. @param {number} count */
  beginnings(count) {
    return this.items.slice(0, count).map(({ content_html }) => /^<p>([^.]+)/.exec(content_html)?.[1] ?? "");
  }

  /** Each poll is a second later than the one before. */
  #time() {
    return this.#published + this.#polls * 1000;
  }
}
