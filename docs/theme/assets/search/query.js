// What a reader typed, taken apart: words, phrases in quotation marks, and numbers of clauses.
// @ts-check

import { fold } from "./text.js";

/**
 * @typedef {object} Word
 * @property {string} text as it was typed, without the quotation marks of a phrase
 * @property {boolean} phrase whether it is to be found as it stands, punctuation and blanks included
 */

/** Quotation marks that go together; input methods put them either way round. */
const QUOTES = ['"＂', "“”„‟", "〝〞〟", "'＇", "‘’‚‛", "「」｢｣﹁﹂", "『』﹃﹄", "«»", "‹›"];
const PHRASES = QUOTES.map((marks) => `[${marks}]([^${marks}]+)[${marks}](?=\\s|$)`);
const WORDS = new RegExp(`${PHRASES.join("|")}|\\S+`, "gu");
const NUMERALS = "零一二三四五六七八九";
/** @type {Record<string, number>} */
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const PREFIX = "(?:第|§|#?p|#)?\\s*";
const SUFFIX = "\\s*(?:段|条|條|款|、|\\.)?";
const VALUE = "([0-9]{1,5}|[零〇一二三四五六七八九十百千]{1,9})";
const SINGLE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}$`, "u");
const RANGE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}\\s*(?:\\p{Pd}|−|~|至|到)\\s*${PREFIX}${VALUE}${SUFFIX}$`, "u");

/**
 * Return the words of a query: phrases whole, everything else parted at blanks.
 * @param {string} query
 * @returns {Word[]}
 */
export function wordsOf(query) {
  return [...query.matchAll(WORDS)].map(([whole, ...phrases]) => {
    const phrase = phrases.find(Boolean);
    return { text: phrase ?? whole, phrase: phrase !== undefined };
  });
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
 * Return the value of a number in digits or in Chinese numerals up to 9,999, with or without units: 一百零五, 一〇五.
 * @param {string} number
 * @returns {number}
 */
function valueOf(number) {
  const digits = [...number.replaceAll("〇", "零")].map((character) => {
    const digit = NUMERALS.indexOf(character);
    return digit < 0 ? character : `${digit}`;
  });
  if (!digits.some((digit) => digit in UNITS)) return Number(digits.join(""));
  let value = 0;
  let digit = 0;
  for (const character of digits) {
    const unit = UNITS[character];
    if (unit) value += (digit || 1) * unit;
    digit = unit ? 0 : Number(character);
  }
  return value + digit;
}
