/** Shows a feed as a partner sets it, and writes the line that puts it so into their page. */
import "../live-feed.js";

/** Where embed.js stands: beside this folder. */
const EMBED = new URL("../embed.js", import.meta.url).href;

/** How long somebody types before the feed is asked for. */
const TYPING_MS = 400;

/** Languages in their own words; English is one of them. */
const LANGUAGES = ["ar", "de", "en", "es", "fr", "he", "it", "ja", "nl", "pl", "pt", "ru", "tr", "uk", "zh"];

const find = (/** @type {string} */ id) => /** @type {any} */ (document.getElementById(id));
/** @type {HTMLFormElement} */
const form = find("options");
/** @type {HTMLTextAreaElement} */
const snippet = find("snippet");

const languages = /** @type {HTMLSelectElement} */ (form.elements.namedItem("lang"));
languages.append(
  ...LANGUAGES.map((tag) => new Option(new Intl.DisplayNames([tag], { type: "language" }).of(tag) ?? tag, tag)),
);

/** A colour is written only where somebody chose one: the feed's own follow the page, light or dark. @type {Set<string>} */
const chosen = new Set();

/** What was set, as attributes. @returns {[string, string][]} */
function options() {
  const all = /** @type {[string, string][]} */ ([...new FormData(form)]);
  return all.filter(([name, value]) => value !== "" && (!name.startsWith("css-") || chosen.has(name)));
}

/** @param {string} text */
const quoted = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

function write() {
  const attributes = options().map(([name, value]) => `data-${name}="${quoted(value)}"`);
  // Without an address the line shows nothing, anywhere.
  find("copy").disabled = !form.checkValidity();
  snippet.value = `<script async src="${quoted(EMBED)}"\n  ${attributes.join("\n  ")}></script>`;
}

/** Why no feed is to be seen, in the element's own words. @param {string} words */
const tell = (words) => void (find("trouble").textContent = words);

/** @param {import("../live-feed.js").LiveFeedElement} feed */
function listened(feed) {
  for (const type of ["loadstart", "load"]) feed.addEventListener(type, () => tell(""));
  feed.addEventListener("error", ({ detail }) => tell(detail.message));
  return feed;
}

function show() {
  const preview = find("preview");
  const given = options();
  const src = new FormData(form).get("src");
  if (!src || !form.checkValidity()) {
    tell("");
    return void preview.replaceChildren();
  }
  const feed = preview.querySelector("live-feed") ?? listened(document.createElement("live-feed"));
  for (const name of ["src", "format", "order", "lang"]) {
    const value = given.find(([each]) => each === name)?.[1];
    if (value === undefined) feed.removeAttribute(name);
    else if (feed.getAttribute(name) !== value) feed.setAttribute(name, value);
  }
  for (const [name, value] of given.filter(([each]) => each.startsWith("css-"))) {
    feed.style.setProperty(name.replace("css", "--live-feed"), value);
  }
  if (!feed.isConnected) preview.append(feed);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;
form.addEventListener("input", (event) => {
  const { name } = /** @type {HTMLInputElement} */ (event.target);
  if (name.startsWith("css-")) chosen.add(name);
  write();
  clearTimeout(typing);
  typing = setTimeout(show, name === "src" ? TYPING_MS : 0);
});
form.addEventListener("submit", (event) => event.preventDefault());
find("copy").addEventListener("click", async () => {
  snippet.select();
  // Where the clipboard is closed to pages, the line is selected, to be copied by hand.
  const done = await navigator.clipboard?.writeText(snippet.value).then(() => true, () => false);
  find("copied").textContent = done ? "Copied." : "Press Ctrl-C.";
});

// An address may come along: generator/?src=…
const given = new URLSearchParams(location.search).get("src");
if (given) /** @type {HTMLInputElement} */ (form.elements.namedItem("src")).value = given;
write();
show();
