// What names a place in the statement in addresses: p7, p7s2, p7:12-18, p6-8.
// @ts-check

/**
 * A place: clauses from the first to the last, or of one clause a sentence (from 1) or characters (from 0, half-open).
 * @typedef {object} Place
 * @property {number} first
 * @property {number} last
 * @property {number} [sentence]
 * @property {[number, number]} [characters]
 * @property {string} [check] of the characters, by which they can be known again
 * @property {string} [id] of what is no numbered clause, or of one whose number is not all: preamble, p2.7; first is 0 then
 */

/** The places that addresses name, before anything that is no part of an address any more. */
export const EXACT =
  /^(?:p(\d{1,5})|((?:p\d+\.|preamble|closing|intro-|note-|annex)(?:[\d.p-]*\d)?))(?:\.?s(\d{1,3})|:(\d{1,6})-(\d{1,6})(?:~([0-9a-z]{7}))?|-p?(\d{1,5}))?(?![0-9a-z:~-]|\.[0-9a-z])/u;
/**
 * Return the place that a fragment of an address names, or nothing; what names it in other forms is for `numbers.js`.
 * @param {string} fragment with its sign or without
 * @returns {Place | null}
 */
export function placeOf(fragment) {
  const exact = EXACT.exec(plainly(fragment).replace(/^#/u, ""));
  if (!exact) return null;
  const [, , id, , , , check] = exact;
  const [number = 0, , sentence, start = 0, end, , last] = exact.slice(1).map((part) => (part === undefined ? part : Number(part)));
  const numbers = { first: Math.min(number, last ?? number), last: Math.max(number, last ?? number) };
  const place = id === undefined ? numbers : { first: 0, last: 0, id };
  if (sentence !== undefined) return { ...place, sentence };
  if (end === undefined) return place;
  return { ...place, characters: [start, end], ...(check === undefined ? {} : { check }) };
}

/**
 * Return the fragment that names a place, without its sign.
 * @param {Place} place
 * @returns {string}
 */
export function nameOf({ first, last, sentence, characters, check, id }) {
  const name = id ?? `p${first}`;
  if (characters) return `${name}:${characters.join("-")}${check === undefined ? "" : `~${check}`}`;
  if (last !== first) return `p${first}-${last}`;
  return `${name}${sentence === undefined ? "" : `${/^p\d/u.test(name) ? "" : "."}s${sentence}`}`;
}

/**
 * Return what clauses are called together, by what the first and the last are: 第6至8段, 第一条至第五条.
 * @param {string} first
 * @param {string} last
 * @param {string} several a sentence with the numbers of both, which is said of clauses that have nothing but numbers; the
 *   character behind the first stands between any two
 * @returns {string}
 */
export function rangeOfLabels(first, last, several) {
  if (first === last) return first;
  const [from, to] = [first, last].map((label) => /^第(\d+)段$/u.exec(label)?.[1]);
  return from && to ? several.replace("{first}", from).replace("{last}", to) : `${first}${several.split("}")[1]?.charAt(0)}${last}`;
}

/**
 * Return by what words can be known again: the script they are in, and a sum of their characters (FNV-1a, 32 bits).
 * @param {string} words
 * @param {string} language of what they stand in
 * @returns {string} seven letters and digits
 */
export function checkOf(words, language) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) sum = Math.imul(sum ^ words.charCodeAt(at), 0x01000193) >>> 0;
  const script = /hant|tw|hk|mo/iu.test(language) ? "t" : "s";
  return script + (sum % 36 ** 6).toString(36).padStart(6, "0");
}

/**
 * Return a part of an address as people mean it: decoded, even if that takes twice, half-width and in small letters.
 * @param {string} part
 * @returns {string}
 */
export function plainly(part) {
  let plain = part;
  for (let times = 0; times < 2 && /%[0-9a-f]{2}/iu.test(plain); times += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      break;
    }
  }
  return plain.normalize("NFKC").toLowerCase().trim();
}
