/**
 * `npx livefeed`: checks a feed, writes the page that a server would, turns other formats into ours.
 *
 * It ends with 0 where nothing is wrong, with 1 where something is, and with 2 where it was called wrongly.
 */
import { cp, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { escape } from "../../formats/parts/markup.js";
import { asFeed } from "../entries.js";
import { render } from "../index.js";
import { examineAnswer } from "./answer.js";
import { NAMES, OF_TEXT, convertText } from "./convert.js";
import { emptied, examine } from "./document.js";
import { error } from "./finding.js";
import { examinePage, needsOf } from "./policy.js";
import { outcome } from "./print.js";
import { read } from "./source.js";

const USAGE = `livefeed ${VERSION}

  livefeed check FEED      reads a feed as the element does, and says what is wrong with it
  livefeed render FEED     writes the page that a server would
  livefeed convert FEED    writes another format as JSON Feed
  livefeed copy FOLDER     copies there what bundlers leave behind: the WebAssembly and the languages

FEED is a URL, a file, or - for the standard input.

  --format NAME    what FEED is: ${NAMES.join(", ")}
  --json           check: writes the findings as JSON
  --page URL       check: whether that page's Content-Security-Policy lets the feed through
                   render: the address of the page, for its structured data
  --url URL        render: the feed's address, where FEED is a file
  --src URL        render: where readers get updates; FEED itself where that is a URL
  --script URL     render: where live-feed.js is (./live-feed.js)
  --order ORDER    render: newest or oldest
  --limit NUMBER   render: how many entries are written
  --fragment       render: the element alone
  --out FILE       render, convert: where to write to (standard output)

check ends with 0 where it found neither errors nor warnings, else with 1; with 2 where it was called wrongly.`;

const FOUND = 1;
const MISUSED = 2;

const OPTIONS = /** @type {const} */ ({
  format: { type: "string" },
  json: { type: "boolean" },
  page: { type: "string" },
  url: { type: "string" },
  src: { type: "string" },
  script: { type: "string" },
  order: { type: "string" },
  limit: { type: "string" },
  fragment: { type: "boolean" },
  out: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
});

/** What the element loads by itself, from beside the module it is in. */
const LOADED = ["live-feed.wasm", "words"];

/** @typedef {ReturnType<typeof parsed>["values"]} Values */

const COMMANDS = { check: checkFeed, render: renderPage, convert: convertFeed, copy: copyFiles };

/** Somebody called it wrongly: told together with where it says how. */
class Misuse extends Error {}

process.exitCode = await main(process.argv.slice(2));

/** @param {string[]} args */
async function main(args) {
  try {
    const { values, positionals } = parsed(args);
    if (values.help || values.version) {
      console.log(values.version ? VERSION : USAGE);
      return 0;
    }
    const [command, name, ...more] = positionals;
    if (!command || !Object.hasOwn(COMMANDS, command)) throw new Misuse(command ? `there is no command "${command}"` : "say what to do");
    if (!name || more.length > 0) throw new Misuse(`${command} takes one ${command === "copy" ? "folder" : "feed"}, not ${positionals.length - 1}`);
    if (values.format !== undefined && !NAMES.includes(values.format)) throw new Misuse(`--format ${values.format} is not known`);
    return await COMMANDS[/** @type {keyof typeof COMMANDS} */ (command)](name, values);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error instanceof Misuse ? `livefeed: ${message}\nsee livefeed --help` : `livefeed: ${message}`);
    return error instanceof Misuse ? MISUSED : FOUND;
  }
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Its first sentence; the others are on how to write what nobody means.
    throw new Misuse(/** @type {Error} */ (error).message.split(/\.\s/, 1)[0]);
  }
}

/** @param {string} name @param {Values} values */
async function checkFeed(name, { format, json, page }) {
  if (page !== undefined && !/^https?:/i.test(page)) throw new Misuse(`--page ${page} is no address: write https://…`);
  const now = Date.now();
  const source = await read(name);
  const { response } = source;
  const findings = response ? await examineAnswer(response, source.text, { isText: OF_TEXT.includes(format ?? ""), page }) : [];
  /** @type {import("./document.js").Report} */
  let report = {};
  /** @type {Record<string, string[]>} */
  let needs = {};
  if (!response || response.ok) {
    const examined = examineIn(format, source, now);
    report = examined.report;
    findings.push(...examined.findings);
    if (examined.feed && response) needs = needsOf(examined.feed, source.url);
  }
  if (page) findings.push(...(await examinePage(page, needs)));
  console.log(json ? JSON.stringify({ name, ...report, needs, findings }, null, 2) : outcome(name, report, findings, needs));
  return findings.some(({ level }) => level !== "hint") ? FOUND : 0;
}

/**
 * @param {string | undefined} format
 * @param {import("./source.js").Source} source
 * @param {number} now
 * @returns {{ report: import("./document.js").Report, findings: import("./finding.js").Finding[], feed?: Record<string, any> }}
 */
function examineIn(format, { name, url, text }, now) {
  let feed = text;
  if (format) {
    try {
      feed = JSON.stringify(convertText(format, text, { url, now }));
    } catch (failure) {
      const { message } = /** @type {Error} */ (failure);
      return { report: {}, findings: [error("format", `${name} could not be read as ${format}: ${message}`, "check --format")] };
    }
  }
  const { report, findings } = examine(feed, name, now);
  if (!report.feed) return { report, findings };
  const read = JSON.parse(feed.replace(/^\ufeff/, ""));
  return { report, findings: [...findings, ...emptied(read, url)], feed: read };
}

/** The feed that a command works on. @param {string} name @param {string | undefined} format */
async function feedOf(name, format) {
  const source = await read(name);
  if (source.response && !source.response.ok) throw new Error(`${source.url} answered with HTTP status ${source.response.status}`);
  if (format) return { source, feed: convertText(format, source.text, { url: source.url, now: Date.now() }) };
  const { report } = examine(source.text, name, Date.now());
  if (report.error) throw new Error(report.error.message);
  return { source, feed: asFeed(JSON.parse(source.text.replace(/^\ufeff/, ""))) };
}

/** @param {string} name @param {Values} values */
async function renderPage(name, { format, page, url, src, script = "./live-feed.js", order, limit, fragment, out }) {
  const most = limit === undefined ? undefined : Number(limit);
  if (most !== undefined && !(Number.isInteger(most) && most > 0)) throw new Misuse(`--limit ${limit} is no number of entries`);
  const { source, feed } = await feedOf(name, format);
  const address = url ?? (source.response ? source.url : undefined);
  const element = render(feed, {
    url: address,
    page,
    limit: most,
    attributes: { src: src ?? (source.response ? source.url : undefined), format: src && format, order },
  });
  if (!(src ?? source.response)) console.error("livefeed: without --src the page never asks for updates");
  const title = escape(String(feed.title ?? ""));
  const lang = /^[a-z0-9-]+$/i.test(String(feed.language)) ? ` lang="${feed.language}"` : "";
  await write(
    fragment
      ? `${element}\n`
      : `<!doctype html>\n<html${lang}>\n<head>\n<meta charset="utf-8">\n` +
          `<meta name="viewport" content="width=device-width">\n<title>${title}</title>\n` +
          `<script type="module" src="${escape(script)}"></script>\n</head>\n<body>\n${element}\n</body>\n</html>\n`,
    out,
  );
  return 0;
}

/** @param {string} name @param {Values} values */
async function convertFeed(name, { format, out }) {
  if (!format) throw new Misuse("convert needs --format");
  const { feed } = await feedOf(name, format);
  await write(`${JSON.stringify(feed, null, 2)}\n`, out);
  return 0;
}

/** @param {string} folder */
async function copyFiles(folder) {
  await mkdir(folder, { recursive: true });
  for (const name of LOADED) {
    await cp(fileURLToPath(new URL(`../${name}`, import.meta.url)), join(folder, name), { recursive: true });
  }
  return 0;
}

/** @param {string} text @param {string | undefined} file */
async function write(text, file) {
  if (file) await writeFile(file, text);
  else process.stdout.write(text);
}
