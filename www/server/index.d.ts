/** `livefeed/server`: a feed as `<live-feed>`, rendered on a server. */

export interface JsonLdOptions {
  /** The feed's address, to which its own are relative; `feed_url` or `home_page_url` where it is not set. */
  url?: string;
  /** The address of the page that shows it; `home_page_url` where it is not set. */
  page?: string;
  publisher?: { name: string; url?: string; logo?: string };
  /** When the coverage begins and ends, where that is known (RFC 3339). */
  coverage?: { start?: string; end?: string };
  /** What it is about: a schema.org Event. */
  about?: object;
  /** How many entries, pinned ones and the newest; all where it is not set. */
  limit?: number;
}

export interface RenderOptions extends JsonLdOptions {
  /** The element's attributes: `{ src: "/feed.json", order: "oldest" }`. */
  attributes?: Record<string, string | number | boolean | null | undefined>;
  /** The level of the feed's own heading, from 1 to 5; 2 where it is not set. */
  headingLevel?: number;
  /** Whether the feed itself is written into the element, so that it is shown without a request; it is, if not set. */
  inline?: boolean;
  /** Whether structured data is written; it is, if not set. */
  jsonLd?: boolean;
}

/** `<live-feed>` with all that it holds. Throws a sentence where the value is no JSON Feed. */
export function render(feed: unknown, options?: RenderOptions): string;

/** What `<live-feed>` holds, for frameworks that write the element themselves. */
export function renderInside(feed: unknown, options?: RenderOptions): string;

/** The feed as schema.org LiveBlogPosting. */
export function jsonLd(feed: unknown, options?: JsonLdOptions): Record<string, unknown>;

/** JSON for the inside of a `<script>`: no text in it can end the script or begin a comment. */
export function scriptText(value: unknown): string;
