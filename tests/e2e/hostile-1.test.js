/** Every string of a feed is hostile: what happens to the page that shows it. Part 1 of 3. */
import { testPages } from "./support/hostile-pages.js";

testPages(0);
