/** What the rest of the core asks of the page. */
export { asked } from "../pkg/rest.js";
