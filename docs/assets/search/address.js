// What an address says of a search: `?q=`, to pass on.
// @ts-check

/** Longer queries are not put into addresses: servers refuse addresses of more than about 8,000 bytes (RFC 9110, 4.1). */
const LONGEST = 500;

/**
 * Return the query that an address carries, or nothing.
 * @param {string} address
 * @returns {string}
 */
export function queryIn(address) {
  return new URL(address).searchParams.get("q") ?? "";
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
