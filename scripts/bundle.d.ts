/** What `scripts/build.js` puts in the place of these names. */

/** The version in package.json. */
declare const VERSION: string;

/** The hash of `live-feed.wasm`, as in an integrity attribute. */
declare const WASM_INTEGRITY: string;

/** Where embed.js finds the files that belong to it, relative to itself. */
declare const HOME: string;

/** A stylesheet is imported as its minified text. */
declare module "*.css" {
  const text: string;
  export default text;
}
