// References to a place in the statement within typed queries, as in addresses or in words.
// @ts-check

import { PREFIX, UNIT, VALUE, clausesNumbered, numbersOf, valueOf } from "../numbers.js";
import { EXACT, placeOf, plainly } from "../place-name.js";

/** @typedef {import("../place-name.js").Place} Place */

const LIST = new RegExp(`^第?\\s*${VALUE}(?:${UNIT})?(?:\\s*[、,，和及]\\s*第?\\s*${VALUE}(?:${UNIT})?)+$`, "u");
const SENTENCE = new RegExp(`^${PREFIX}${VALUE}\\s*${UNIT}\\s*第?\\s*${VALUE}\\s*句$`, "u");
/** Matches words that refer to a clause by number, as opposed to a bare number. */
const NAMED = new RegExp(`^(?:§|para|art|clause|cl\\.|#?p[0-9])|${UNIT}`, "u");

/**
 * Return the place that a reader's words refer to, or null: as in addresses, full URLs of the site, 第7段第2句,
 * 第7、8段 (consecutive clauses), para. 7, (7).
 * @param {string} words
 * @returns {Place | null}
 */
export function placeNamed(words) {
  const plain = plainly(words);
  const address = /^https?:\/\/\S+$/u.test(plain) ? inAddress(plain) : null;
  if (address) return address;
  const exact = EXACT.exec(plain.replace(/^#/u, ""));
  if (exact && exact[0].length === plain.replace(/^#/u, "").length) return placeOf(plain);
  const sentence = SENTENCE.exec(plain);
  if (sentence) {
    const number = valueOf(sentence[1] ?? "");
    return { first: number, last: number, sentence: valueOf(sentence[2] ?? "") };
  }
  const listed = LIST.test(plain) ? (plain.match(new RegExp(VALUE, "gu")) ?? []).map(valueOf) : [];
  if (listed.length > 1 && listed.every((number, at) => at === 0 || number === (listed[at - 1] ?? 0) + 1)) {
    return { first: listed[0] ?? 0, last: listed[listed.length - 1] ?? 0 };
  }
  const numbers = numbersOf(plain);
  return numbers && { first: numbers[0], last: numbers[1] };
}

/**
 * Whether words refer to a clause explicitly, rather than being a bare number.
 * @param {string} words
 * @returns {boolean}
 */
export function isNamed(words) {
  return NAMED.test(plainly(words));
}

/**
 * Return the place that a full URL refers to: in its fragment, or as the last segment of its path.
 * @param {string} address
 * @returns {Place | null}
 */
function inAddress(address) {
  const [path = "", fragment = ""] = address.split("#");
  const last = path.split("/").filter(Boolean).slice(-1)[0] ?? "";
  return placeOf(fragment) ?? clausesNumbered(fragment) ?? (/^[0-9]{1,5}$/u.test(last) ? { first: Number(last), last: Number(last) } : null);
}
