// What a reader typed, taken apart: words, phrases in quotation marks, and numbers of clauses.
// @ts-check

import { fold } from "./text.js";

/**
 * @typedef {object} Word
 * @property {string} text as it was typed, without the quotation marks of a phrase
 * @property {boolean} phrase whether it is to be found as it stands, punctuation and blanks included
 */

const QUOTES = new Map([
  ['"', '"'],
  ["“", "”"],
  ["‘", "’"],
  ["「", "」"],
  ["『", "』"],
  ["＂", "＂"],
]);
const NUMERALS = "零一二三四五六七八九";
const PREFIX = "(?:第|§|p)?\\s*";
const SUFFIX = "\\s*(?:段|条|條|款)?";
const VALUE = "([0-9]{1,5}|[一二三四五六七八九十百]{1,5})";
const SINGLE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}$`, "u");
const RANGE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}\\s*(?:-|–|—|~|至|到)\\s*${PREFIX}${VALUE}${SUFFIX}$`, "u");

/**
 * Return the words of a query: phrases whole, everything else parted at blanks.
 * @param {string} query
 * @returns {Word[]}
 */
export function wordsOf(query) {
  return query
    .split(/[\s\u3000]+/u)
    .reduce(joinPhrases, /** @type {string[]} */ ([]))
    .filter(Boolean)
    .map(wordOf);
}

/**
 * Return the first and the last number of the clauses that a query names, or nothing: 9, 第九段, §9, p9, 6-8.
 * @param {string} query
 * @returns {[number, number] | null}
 */
export function numbersOf(query) {
  const plain = fold(query).trim();
  const single = SINGLE.exec(plain);
  if (single) return [valueOf(single[1] ?? ""), valueOf(single[1] ?? "")];
  const range = RANGE.exec(plain);
  if (!range) return null;
  const [first, last] = [valueOf(range[1] ?? ""), valueOf(range[2] ?? "")];
  return first <= last ? [first, last] : [last, first];
}

/**
 * Put pieces of a phrase that blanks have parted together again.
 * @param {string[]} words
 * @param {string} piece
 * @returns {string[]}
 */
function joinPhrases(words, piece) {
  const last = words.at(-1);
  const closing = last && QUOTES.get(last.charAt(0));
  if (last && closing && !last.slice(1).includes(closing)) {
    return [...words.slice(0, -1), `${last} ${piece}`];
  }
  return [...words, piece];
}

/**
 * @param {string} text
 * @returns {Word}
 */
function wordOf(text) {
  const closing = QUOTES.get(text.charAt(0));
  const inner = text.slice(1, -1);
  if (closing && inner && text.endsWith(closing) && !inner.includes(closing)) return { text: inner, phrase: true };
  return { text, phrase: false };
}

/**
 * Return the value of a number in digits or in Chinese numerals up to 999.
 * @param {string} number
 * @returns {number}
 */
function valueOf(number) {
  if (/^[0-9]/u.test(number)) return Number(number);
  let value = 0;
  let digit = 0;
  for (const character of number) {
    const unit = character === "百" ? 100 : character === "十" ? 10 : 0;
    if (unit) {
      value += (digit || 1) * unit;
      digit = 0;
    } else {
      digit = NUMERALS.indexOf(character);
    }
  }
  return value + digit;
}
