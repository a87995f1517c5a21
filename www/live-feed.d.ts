/** `<live-feed src="feed.json">`: a live feed for any page. */

/** Ids of entries that an update added, changed and removed, and how many new ones are held back. */
export interface LiveFeedUpdate {
  added: string[];
  changed: string[];
  removed: string[];
  pending: number;
}

/** What happened to one entry. */
export interface LiveFeedEntryAction {
  id: string;
  action: "seen" | "opened" | "shared";
}

/** What every feed and every item may have besides: JSON Feed's extensions begin with `_`, and are ignored. */
interface Extended {
  [extension: `_${string}`]: unknown;
}

export interface FeedAuthor extends Extended {
  name?: string;
  url?: string;
  avatar?: string;
}

/** A picture; with `width` and `height`, nothing jumps when it comes. */
export interface FeedImage {
  url: string;
  alt?: string;
  caption?: string;
  credit?: string;
  width?: number;
  height?: number;
}

/** An entry, for `upsert()`: an item of JSON Feed 1.1. It needs an id, and something to show. */
export interface FeedItem extends Extended {
  id: string | number;
  url?: string;
  external_url?: string;
  title?: string;
  /** Made safe before it is shown. */
  content_html?: string;
  content_text?: string;
  summary?: string;
  image?: string;
  banner_image?: string;
  /** RFC 3339. */
  date_published?: string;
  /** RFC 3339; of two versions of an entry, the later one is shown. */
  date_modified?: string;
  authors?: FeedAuthor[];
  author?: FeedAuthor;
  tags?: string[];
  language?: string;
  attachments?: { url: string; mime_type: string; title?: string; size_in_bytes?: number; duration_in_seconds?: number }[];
  _livefeed?: {
    kind?: "key" | "summary" | "breaking";
    pinned?: boolean;
    deleted?: boolean;
    image?: FeedImage;
    embed?: { url: string; title?: string; image?: string; provider?: string };
  };
}

/** A feed, for `setFeed()`: JSON Feed 1.1. */
export interface Feed extends Extended {
  version: "https://jsonfeed.org/version/1.1" | (string & {});
  title: string;
  description?: string;
  home_page_url?: string;
  feed_url?: string;
  next_url?: string;
  user_comment?: string;
  icon?: string;
  favicon?: string;
  language?: string;
  expired?: boolean;
  authors?: FeedAuthor[];
  author?: FeedAuthor;
  hubs?: { type: string; url: string }[];
  items: FeedItem[];
  _livefeed?: {
    status?: "upcoming" | "live" | "ended";
    summary_html?: string;
    image?: FeedImage;
    time_zone?: string;
    updated?: string;
    total?: number;
    oldest_url?: string;
    poll_seconds?: number;
    version?: number;
    discussion_url?: string;
  };
}

export interface LiveFeedElementEventMap extends HTMLElementEventMap {
  /** A request failed (the first time in a row), or the core can't run here. The README lists the codes. */
  error: ErrorEvent & CustomEvent<{ code: string; message: string }>;
  /** The order is another one now. */
  "live-feed-order": CustomEvent<{ order: "newest" | "oldest" }>;
  /** Entries came, changed or went. */
  "live-feed-update": CustomEvent<LiveFeedUpdate>;
  /** The reader asks for an embed; `preventDefault()` leaves it to the page. */
  "live-feed-embed": CustomEvent<{ id: string; url: string }>;
  /** An entry was seen for the first time, opened, or shared. */
  "live-feed-entry": CustomEvent<LiveFeedEntryAction>;
}

export class LiveFeedElement extends HTMLElement {
  static readonly observedAttributes: readonly string[];

  /** The feed's address. */
  src: string | null;
  /** `auto`, `json-feed`, or the name of a format module. */
  format: string | null;
  order: "newest" | "oldest" | null;
  live: "auto" | "poll" | "stream" | "off" | null;
  /** Seconds between requests, at least; from 5 to 3,600. */
  interval: number | null;
  /** Rows that are shown at first; 50 where it is not set. */
  pageSize: number | null;
  /** `feed`, `reader`, or an IANA name. */
  timeZone: string | null;
  timeFormat: "both" | "relative" | "absolute" | null;
  /** A Unicode date pattern; `HH:mm ZZZ dd.MM.yyyy` where it is not set. */
  timePattern: string | null;
  summary: "collapsed" | "open" | "none" | null;
  loading: "eager" | "lazy" | null;
  /** A URL template that holds `{url}`. */
  imageProxy: string | null;
  /** Further origins that may be framed after a click, separated by spaces. */
  frames: string | null;
  storage: "local" | "none" | null;
  jsonLd: boolean;

  /** Asks for the feed now; done when the answer was shown, or the request has failed. */
  refresh(): Promise<void>;
  /** Holds updates back. */
  pause(): Promise<void>;
  /** Lets updates come again, those held back first. */
  resume(): Promise<void>;
  /** Shows what is held back. */
  showPending(): Promise<void>;
  /** Brings the reader to an entry; whether there is one. */
  goTo(id: string): Promise<boolean>;
  /** Adds an entry (a JSON Feed item), or takes another version of one. */
  upsert(entry: FeedItem): Promise<void>;
  /** Removes the element, as any element. */
  remove(): void;
  /** Removes an entry for good. */
  remove(id: string): Promise<void>;
  /** Shows a whole feed (JSON Feed, or the format that `format` names). */
  setFeed(feed: Feed | object): Promise<void>;

  addEventListener<K extends keyof LiveFeedElementEventMap>(
    type: K,
    listener: (this: LiveFeedElement, event: LiveFeedElementEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof LiveFeedElementEventMap>(
    type: K,
    listener: (this: LiveFeedElement, event: LiveFeedElementEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "live-feed": LiveFeedElement;
  }
}
