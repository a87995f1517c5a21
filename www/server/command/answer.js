/**
 * What is wrong with a server's answer, for pages that ask for the feed every few seconds.
 *
 * @import { Finding } from "./finding.js"
 */
import { error, hint, warning } from "./finding.js";
import { STRANGER, ask } from "./source.js";

/** What a feed may be served as. */
const TYPES = ["application/feed+json", "application/json", "application/ld+json"];
const TEXT_TYPES = [...TYPES, "text/xml", "application/xml", "application/rss+xml", "application/atom+xml"];

/** A reader should not see an update later than this, in seconds. */
const MOST_AGE = 30;

/** What fits into one packet need not be compressed, in bytes. */
const PACKET = 1_400;

/**
 * @param {Response} response
 * @param {string} text its body
 * @param {{ isText: boolean, page?: string }} options whether a format of XML was named; the page that is to show it
 * @returns {Promise<Finding[]>}
 */
export async function examineAnswer(response, text, { isText, page }) {
  if (!response.ok) {
    const remedy = response.status === 410 ? "410 tells readers to stop asking for good" : "check the address";
    return [error("http-status", `${response.url} answered with HTTP status ${response.status}`, remedy)];
  }
  return [
    ...address(response),
    // A page of the feed's own origin asks for no permission.
    ...(page && new URL(page).origin === new URL(response.url).origin ? [] : sharing(response.headers)),
    ...mediaType(response.headers, isText ? TEXT_TYPES : TYPES),
    ...compression(response.headers, text),
    ...(await caching(response)),
  ];
}

/** @param {Response} response @returns {Finding[]} */
function address({ url, redirected }) {
  const { protocol, hostname } = new URL(url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  return [
    ...(protocol === "http:" && !isLocal
      ? [warning("insecure", `${url} is not HTTPS`, "pages that are HTTPS may not read it: serve it by HTTPS")]
      : []),
    ...(redirected ? [hint("redirected", `the address leads on to ${url}`, "write that one into `src`: each request is two now")] : []),
  ];
}

/** CORS. @param {Headers} headers @returns {Finding[]} */
function sharing(headers) {
  const allowed = headers.get("access-control-allow-origin");
  if (allowed === null) {
    return [warning("no-cors", "Access-Control-Allow-Origin is missing: only pages of the same origin can read it", "send Access-Control-Allow-Origin: *")];
  }
  const findings = [];
  if (allowed !== "*" && allowed !== STRANGER) {
    findings.push(warning("narrow-cors", `Access-Control-Allow-Origin is ${allowed}: only its pages, and those of the same origin, can read it`, "send Access-Control-Allow-Origin: * where others may show the feed"));
  } else if (allowed === STRANGER && !/\b(origin|\*)/i.test(headers.get("vary") ?? "")) {
    findings.push(warning("cors-without-vary", "Access-Control-Allow-Origin repeats the page's origin, and Vary does not say so: a cache hands it to other pages", "send Access-Control-Allow-Origin: *, or Vary: Origin"));
  }
  if (!/\b(date|\*)/i.test(headers.get("access-control-expose-headers") ?? "")) {
    findings.push(hint("no-date", "Date is not exposed to other origins", "send Access-Control-Expose-Headers: Date, ETag: then “5 minutes ago” is right on a wrong clock, too"));
  }
  return findings;
}

/** @param {Headers} headers @param {string[]} types @returns {Finding[]} */
function mediaType(headers, types) {
  const [type] = (headers.get("content-type") ?? "").toLowerCase().split(";", 1);
  if (types.includes(type.trim())) return [];
  const found = type ? `Content-Type is ${type}` : "Content-Type is missing";
  return [warning("mime-type", found, `send Content-Type: ${types[0]}; charset=utf-8`)];
}

/** @param {Headers} headers @param {string} text @returns {Finding[]} */
function compression(headers, text) {
  const bytes = Buffer.byteLength(text);
  const encoding = headers.get("content-encoding");
  if (bytes <= PACKET || (encoding && encoding !== "identity")) return [];
  return [warning("uncompressed", `${bytes} bytes are sent uncompressed`, "let the server compress JSON (Brotli or gzip): a feed shrinks to about a fifth")];
}

/** @param {Response} response @returns {Promise<Finding[]>} */
async function caching({ url, headers }) {
  const findings = [];
  const control = (headers.get("cache-control") ?? "").toLowerCase();
  const age = Number(/\b(?:s-maxage|max-age)=(\d+)/.exec(control)?.[1] ?? Number.NaN);
  const stale = Number(/\bstale-while-revalidate=(\d+)/.exec(control)?.[1] ?? 0);
  if (control === "") {
    findings.push(hint("no-cache-control", "Cache-Control is missing: caches decide themselves how old a copy may be", "send Cache-Control: no-cache, or a max-age of a few seconds"));
  } else if (control.includes("no-store")) {
    findings.push(warning("no-store", "Cache-Control is no-store: every request costs the whole feed", "send Cache-Control: no-cache: then an unchanged feed costs a 304"));
  } else if (age + stale > MOST_AGE) {
    findings.push(warning("old-copies", `caches may hand out copies that are ${age + stale} seconds old`, "send a max-age of a few seconds"));
  }
  if (/\*|cookie/i.test(headers.get("vary") ?? "")) {
    findings.push(warning("vary", `Vary is ${headers.get("vary")}: no cache can share a copy between readers`, "leave Vary to Accept-Encoding"));
  }
  const etag = headers.get("etag");
  const modified = headers.get("last-modified");
  if (!etag && !modified) {
    findings.push(warning("no-validator", "ETag and Last-Modified are missing: an unchanged feed is sent again each time", "send an ETag"));
  } else if (!control.includes("no-store")) {
    const again = await ask(url, etag ? { "if-none-match": etag } : { "if-modified-since": modified ?? "" });
    await again.body?.cancel();
    const isNew = (again.headers.get("etag") ?? etag) !== etag;
    if (again.status !== 304 && !isNew) {
      findings.push(warning("no-304", `an unchanged feed is answered with ${again.status}, and not with 304`, "let the server compare If-None-Match with its ETag"));
    }
  }
  return findings;
}
