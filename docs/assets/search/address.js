// The query in an address, `?q=`, which makes searches shareable.
// @ts-check

/** The replacement character, which browsers insert for bytes that cannot be decoded. */
const BROKEN = "\ufffd";

/** Longer queries are left out of addresses: servers reject URLs of more than about 8,000 bytes (RFC 9110, 4.1). */
const LONGEST = 500;

/**
 * Return the query in an address, or an empty string.
 * @param {string} address
 * @returns {string}
 */
export function queryIn(address) {
  const query = new URL(address).searchParams.get("q") ?? "";
  if (query.includes(BROKEN)) return inGbk(address) ?? query;
  return /%[0-9a-f]{2}/iu.test(query) ? decodedAgain(query) : query;
}

/**
 * Return a doubly encoded query decoded, or unchanged if it cannot be decoded.
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
 * Return the query of an address encoded in GBK, as older Chinese programs do, or null.
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
 * Return an address with its query and fragment replaced.
 * @param {string} address
 * @param {string} query
 * @param {string} fragment without the `#`; may be empty
 * @returns {string}
 */
export function withQuery(address, query, fragment = "") {
  const url = new URL(address);
  url.searchParams.delete("q");
  if (query.trim() && query.length <= LONGEST) url.searchParams.set("q", query.trim());
  url.hash = fragment;
  return url.href;
}
