/** Every string of a feed is hostile: what happens to the page that shows it. Part 2 of 3. */
import { testPages } from "./support/hostile-pages.js";

testPages(1);
