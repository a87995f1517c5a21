/**
 * The JSON at an address. What a bundler has written into the address itself is not asked for: a policy that lets the page
 * ask its own server only would forbid that.
 * @param {URL} url
 * @returns {Promise<unknown>}
 */
export async function jsonOf(url) {
  if (url.protocol !== "data:") return (await fetch(url)).json();
  const [type, data] = url.href.split(/,(.*)/s);
  if (!type.endsWith(";base64")) return JSON.parse(decodeURIComponent(data));
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(data), (character) => character.charCodeAt(0))));
}
