// What an address says of a search: `?q=`, to pass on.
// @ts-check

/** What a browser puts for bytes that are no text. */
const BROKEN = "\ufffd";

/** Longer queries are not put into addresses: servers refuse addresses of more than about 8,000 bytes (RFC 9110, 4.1). */
const LONGEST = 500;

/**
 * Return the query that an address carries, or nothing.
 * @param {string} address
 * @returns {string}
 */
export function queryIn(address) {
  const query = new URL(address).searchParams.get("q") ?? "";
  if (query.includes(BROKEN)) return inGbk(address) ?? query;
  return /%[0-9a-f]{2}/iu.test(query) ? decodedAgain(query) : query;
}

/**
 * Return a query that was encoded twice, or as it is where that gives no text.
 * @param {string} query
 * @returns {string}
 */
function decodedAgain(query) {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

/**
 * Return the query of an address whose bytes are GBK, as older programs in Chinese write them, or null.
 * @param {string} address
 * @returns {string | null}
 */
function inGbk(address) {
  const [, raw = ""] = /[?&]q=([^&#]*)/u.exec(address) ?? [];
  const bytes = [...raw.replace(/\+/gu, "%20").matchAll(/%([0-9a-f]{2})|([^%])/giu)].map(([, code, character]) =>
    code ? parseInt(code, 16) : (character ?? "").charCodeAt(0),
  );
  try {
    return new TextDecoder("gbk", { fatal: true }).decode(new Uint8Array(bytes));
  } catch {
    return null;
  }
}

/**
 * Return an address with a query in place of the one it had, and with another fragment.
 * @param {string} address
 * @param {string} query
 * @param {string} fragment without its sign, or nothing
 * @returns {string}
 */
export function withQuery(address, query, fragment = "") {
  const url = new URL(address);
  url.searchParams.delete("q");
  if (query.trim() && query.length <= LONGEST) url.searchParams.set("q", query.trim());
  url.hash = fragment;
  return url.href;
}
