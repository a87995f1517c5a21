/** A format module: it turns what others publish into a JSON Feed with `_livefeed`. */

export interface ConvertOptions {
  /** Where the document came from. */
  url?: string;
  /** In milliseconds: what the times of the coverage are held against. */
  now?: number;
  /** A parser for the formats of XML, where there is no browser's: that of `@xmldom/xmldom`, for instance. */
  DOMParser?: new () => { parseFromString(text: string, type: "application/xml"): any };
}

/** The value of the element's `format` attribute. */
export const name: string;

/** A JSON Feed. `input` is a parsed document, or its text where it is XML. Throws a sentence where it can't be read. */
export function convert(input: unknown, options?: ConvertOptions): Record<string, any>;
