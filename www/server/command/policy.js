/**
 * What a page's Content-Security-Policy has to let through for a feed, and whether one does.
 *
 * @import { Finding } from "./finding.js"
 */
import { entriesOf, readPicture, text } from "../entries.js";
import { safeHtml } from "../sanitize.js";
import { hint, warning } from "./finding.js";
import { ask } from "./source.js";

/**
 * The origins that a feed needs, by directive.
 *
 * @param {Record<string, any>} feed
 * @param {string} url
 * @returns {Record<"connect-src" | "img-src" | "media-src", string[]>}
 */
export function needsOf(feed, url) {
  const entries = entriesOf(feed, url);
  const own = feed._livefeed ?? {};
  const html = [safeHtml(text(own.summary_html) ?? "", url), ...entries.map((entry) => entry.html)].join("");
  const shown = [...html.matchAll(/<img [^>]*?src="([^"]+)"/g)].map(([, address]) => address);
  const pictures = [readPicture(own.image, url)?.url, ...entries.flatMap(({ image, embed }) => [image?.url, embed?.image])];
  const played = entries.flatMap(({ attachments }) => attachments.filter(({ type }) => /^(audio|video)\//.test(type)));
  return {
    "connect-src": origins([url, text(feed.next_url), text(own.oldest_url)], url),
    "img-src": origins([...pictures, ...shown], url),
    "media-src": origins(played.map((file) => file.url), url),
  };
}

/** @param {(string | undefined)[]} addresses @param {string} base */
function origins(addresses, base) {
  const all = addresses.filter((each) => each !== undefined && URL.canParse(each, base)).map((each) => new URL(String(each), base));
  return [...new Set(all.filter(({ protocol }) => /^https?:$/.test(protocol)).map(({ origin }) => origin))].sort();
}

/**
 * Whether a page lets all that through, and our own files.
 *
 * @param {string} page
 * @param {Record<string, string[]>} needs
 * @returns {Promise<Finding[]>}
 */
export async function examinePage(page, needs) {
  const response = await ask(page);
  const html = await response.text();
  const url = response.url || page;
  const ours = [...html.matchAll(/<script\b[^>]*?\bsrc=["']?([^"'\s>]+(?:live-feed|embed)\.js)/gi)].map(([, src]) => src);
  const files = origins(ours, url);
  const wanted = { ...needs, "script-src": files, "connect-src": [...new Set([...files, ...(needs["connect-src"] ?? [])])] };
  const metas = [...html.matchAll(/<meta\b[^>]*?http-equiv=["']?content-security-policy["']?[^>]*?\bcontent="([^"]*)"/gi)];
  // Several policies hold at once, each by itself.
  const written = [...(response.headers.get("content-security-policy") ?? "").split(","), ...metas.map(([, policy]) => policy)];
  return written.filter((policy) => policy.trim()).flatMap((policy) => lacks(directives(policy), wanted, url));
}

/** @param {string} policy @returns {Map<string, string[]>} */
function directives(policy) {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/));
  // Of two with one name, the first counts.
  return new Map(parts.filter(([name]) => name).map(([name, ...sources]) => /** @type {const} */ ([name.toLowerCase(), sources])).reverse());
}

/**
 * @param {Map<string, string[]>} policy
 * @param {Record<string, string[]>} wanted
 * @param {string} page
 * @returns {Finding[]}
 */
function lacks(policy, wanted, page) {
  const findings = Object.entries(wanted).flatMap(([name, all]) => {
    const sources = policy.get(name) ?? policy.get("default-src");
    const missing = sources ? all.filter((origin) => !sources.some((source) => matches(source, origin, page))) : [];
    if (missing.length === 0) return [];
    return [warning("csp", `the page's Content-Security-Policy blocks ${missing.join(" ")}`, `add to its ${name}: ${missing.join(" ")}`)];
  });
  const scripts = policy.get("script-src") ?? policy.get("default-src");
  if (scripts && !scripts.some((source) => /^'(wasm-unsafe-eval|unsafe-eval)'$/i.test(source))) {
    findings.push(warning("csp-wasm", "the page's Content-Security-Policy blocks WebAssembly", "add to its script-src: 'wasm-unsafe-eval'"));
  }
  const trusted = policy.get("trusted-types");
  if (policy.has("require-trusted-types-for") && trusted && !trusted.some((name) => ["dompurify", "*"].includes(name))) {
    findings.push(hint("csp-trusted-types", "the page requires Trusted Types, and does not know the policy dompurify", "add it to trusted-types: without it Safari's readers see entries as plain text"));
  }
  return findings;
}

/**
 * Whether a source expression lets an origin through. Paths are not looked at: they are the page's own affair.
 *
 * @param {string} source
 * @param {string} origin
 * @param {string} page
 */
export function matches(source, origin, page) {
  const { protocol, hostname, port } = new URL(origin);
  const own = new URL(page);
  const word = source.toLowerCase();
  if (word === "'self'") return origin === own.origin;
  if (word === "*") return true;
  if (word === "http:" || word === "https:") return protocol === word || (protocol === "https:" && word === "http:");
  const [, scheme, host = "", wantedPort] = /^(?:(https?):\/\/)?([^/:'*]+|\*\.[^/:']+)(?::(\d+|\*))?(?:\/.*)?$/.exec(word) ?? [];
  const fitsScheme = protocol === "https:" || protocol === `${scheme ?? own.protocol.slice(0, -1)}:`;
  const fitsHost = host.startsWith("*.") ? hostname.endsWith(host.slice(1)) : hostname === host;
  const fitsPort = wantedPort === "*" || (wantedPort ?? "") === port || (wantedPort === "443" && port === "");
  return host !== "" && fitsScheme && fitsHost && fitsPort;
}
