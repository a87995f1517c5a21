/**
 * A walk: a reader and a newsroom do one thing after the other, drawn from a seed, so that each walk can be taken again.
 */
import { at, entry, feedOf } from "./feeds.js";

const SENTENCE = "One sentence after the other, until the line is full and the next one has begun. ";
/** So many entries a walk begins with: more than a view, fewer than a window. */
const FIRST = 14;
/** A title of up to so many sentences. */
const LONGEST = 4;

/**
 * Numbers from 0 to 1 that are the same for the same seed (xorshift32).
 * @param {number} seed a whole number
 */
export function chance(seed) {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** What the newsroom has published: the truth that a page is held against. */
export class Newsroom {
  /** By number; each has its own moment. @type {Map<number, { minute: number, title: string }>} */
  #entries = new Map();
  #random;
  #last = 0;
  #version = 0;
  #summary = SENTENCE.repeat(9);

  /** @param {() => number} random */
  constructor(random) {
    this.#random = random;
    for (let count = 0; count < FIRST; count += 1) this.add();
  }

  /** A whole number below that one. @param {number} below */
  draw(below) {
    return Math.floor(this.#random() * below);
  }

  #title() {
    return SENTENCE.repeat(this.draw(LONGEST));
  }

  add() {
    this.#last += 1;
    this.#entries.set(this.#last, { minute: this.#last, title: this.#title() });
    return `new ${this.#last}`;
  }

  /** A new one with an earlier date than others. */
  addLate() {
    const before = this.draw(this.#last);
    this.#last += 1;
    // No two have the same moment: none of the others has such a part of a minute.
    this.#entries.set(this.#last, { minute: before + this.#last / 1000, title: this.#title() });
    return `late ${this.#last}, in the minute ${before}`;
  }

  edit() {
    const number = this.#any();
    const known = this.#entries.get(number);
    if (known) known.title = `${this.#title()}Edited ${this.#version}.`;
    return `edit ${number}`;
  }

  /** But for the oldest: one that leaves the end of a document is taken to have left the feed's page, not the feed. */
  remove() {
    const [oldest] = this.texts(false);
    const number = this.#any();
    if (`Text ${number}.` === oldest) return "nothing";
    this.#entries.delete(number);
    return `remove ${number}`;
  }

  #any() {
    return [...this.#entries.keys()][this.draw(this.#entries.size)];
  }

  /** Their texts as they are to be shown. @param {boolean} newestFirst */
  texts(newestFirst) {
    const sorted = [...this.#entries].sort(([, one], [, other]) => other.minute - one.minute);
    const texts = sorted.map(([number]) => `Text ${number}.`);
    return newestFirst ? texts : texts.reverse();
  }

  /** The next version of the feed. */
  document() {
    this.#version += 1;
    const items = [...this.#entries].map(([number, { minute, title }]) =>
      entry(number, {
        title: title || undefined,
        content_html: `<p>Text <a href="/${number}">${number}</a>.</p>`,
        date_published: at(minute),
      }),
    );
    return feedOf(items, { version: this.#version, summary_html: `<p>${this.#summary}</p>` });
  }
}
