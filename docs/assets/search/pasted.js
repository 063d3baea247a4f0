// Pasted text contains more than the statement's words: its source, clause and note numbers, and dates in other
// formats. This module reduces it to what the text might say.
// @ts-check

import { seen } from "./text.js";

/** A dash, a title in title marks, and everything after it: how this site and most writers give a source. */
const SOURCE = /\s*[—–―]{1,2}\s*《[^》]*》[\s\S]*$/u;
/** A clause reference in brackets at the end: （第7段）. */
const PLACE = /\s*[（(]\s*(?:第\s*)?[0-9零〇一二三四五六七八九十]{1,4}(?:\s*[至到~～-]\s*[0-9零〇一二三四五六七八九十]{1,4})?\s*[段条條款项項]\s*[）)]\s*$/u;
/** Footnote marks: [7], and superscript digits. */
const NOTES = /[[［〔【][0-9０-９]{1,3}[\]］〕】]|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+/gu;
/** Clause numbers at the beginning or after a sentence: with a punctuation mark, circled, or set off by a space. */
const NUMBERS = /(^|[。！？”」\s])(?:(?:第?[0-9０-９]{1,5}段?[、.．)）]|[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf])\s*)+/gu;
const APART = /(^|[\n。！？”」])\s*[0-9０-９]{1,3}(?:[ \u3000]+(?=\p{Script=Han}|[“「『])|(?=我們|我们))/gu;

/** A text that is entirely in quotation marks. */
const WRAPPED = /^[“"「『]([^“”「」『』"]*)[”"」』]$/u;

const DIGITS = "〇一二三四五六七八九";

/**
 * Return the words of a quotation without its source, clause numbers and footnote marks.
 * @param {string} text
 * @returns {string}
 */
export function unwrapped(text) {
  return seen(text)
    .replace(SOURCE, "")
    .replace(PLACE, "")
    .replace(NOTES, "")
    .replace(NUMBERS, "$1")
    .replace(APART, "$1")
    .trim();
}

/**
 * Return a text without the quotation marks that enclose all of it.
 * @param {string} text
 * @returns {string}
 */
export function unquoted(text) {
  return text.replace(WRAPPED, "$1");
}

/**
 * Return a text with its dates and years in the statement's format: 2020年6月18日.
 * @param {string} text
 * @returns {string}
 */
export function withDates(text) {
  return text
    .replace(/([0-9]{4})\s*[-/.]\s*0?([0-9]{1,2})\s*[-/.]\s*0?([0-9]{1,2})(?![0-9])/gu, "$1年$2月$3日")
    .replace(/[〇○零一二三四五六七八九]{4}(?=年)/gu, digitsOf)
    .replace(/[一二三四五六七八九十]{1,3}(?=[月日])/gu, (number) => `${valueOf(number)}`);
}

/**
 * @param {string} number
 * @returns {string}
 */
function digitsOf(number) {
  return [...number.replace(/[○零]/gu, "〇")].map((digit) => DIGITS.indexOf(digit)).join("");
}

/**
 * Return the value of a Chinese numeral up to 99: 十八, 三十一.
 * @param {string} number
 * @returns {number}
 */
function valueOf(number) {
  const [tens = "", ones = ""] = number.includes("十") ? number.split("十") : ["〇", number];
  return (tens === "" ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === "" ? 0 : DIGITS.indexOf(ones));
}
