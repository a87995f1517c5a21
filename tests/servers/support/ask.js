/** Requests as they are: nothing decompressed, nothing added, every byte counted. */
import { once } from "node:events";
import { request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, string>} headers without those that only concern the connection
 * @property {Buffer} body
 */

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @param {string} [method]
 * @returns {Promise<Answer>}
 */
export async function ask(url, headers = {}, method = "GET") {
  // A connection of its own each: a hundred readers have a hundred.
  const sent = request(url, { method, headers, agent: false });
  sent.end();
  const [answer] = await once(sent, "response");
  const pieces = [];
  for await (const piece of answer) pieces.push(piece);
  const { connection: _, ...kept } = answer.headers;
  return { status: answer.statusCode, headers: kept, body: Buffer.concat(pieces) };
}

/**
 * How browsers of today, those of ten years ago, and simple programs ask.
 * @type {{ name: string | undefined, headers: Record<string, string>, open: (body: Buffer) => Buffer }[]}
 */
export const FORMS = [
  { name: "br", headers: { "accept-encoding": "gzip, deflate, br, zstd" }, open: brotliDecompressSync },
  { name: "gzip", headers: { "accept-encoding": "gzip, deflate" }, open: gunzipSync },
  { name: undefined, headers: {}, open: (body) => body },
];

/** A document as an answer brought it. @param {Answer} answer */
export function documentOf({ headers, body }) {
  const form = FORMS.find(({ name }) => name === headers["content-encoding"]);
  return JSON.parse(String(form?.open(body)));
}
