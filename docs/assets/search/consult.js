// All that there is to say to a query: results, the origin of a quotation, or what the text has instead.
// @ts-check

import { lastOf, search } from "./engine.js";
import { nearest } from "./near.js";
import { unwrapped, withDates } from "./pasted.js";
import { isNamed, placeNamed } from "./places.js";
import { LONGEST, SHORTEST, compare } from "./quote.js";
import { seen, strip } from "./text.js";
import { compareWhole } from "./whole.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {{text: string, found: boolean}} Apart a word as it may be asked for, and whether that finds anything */

/** As many words as are told apart; more are no list of words any more. */
const MOST_APART = 6;

/** Longer queries are answered as such, and are not looked at. */
const MOST_TYPED = 20_000;
/** Words this long are no words that are looked for together, but pieces of a quotation that blanks have broken. */
const LONG_WORD = 8;
const SHORT_WORD = 2;
const MANY_WORDS = 6;

/**
 * @typedef {object} Reply
 * @property {import("./engine.js").Answer} answer
 * @property {import("./quote.js").Quotation | null} quotation
 * @property {import("./near.js").Nearest | null} near what the text has in place of what it does not have
 * @property {Apart[]} apart of several words that are nowhere together each by itself, where one is somewhere
 * @property {number} beyond the clause that was asked for by its number and is not in the text at hand, or 0
 * @property {import("./whole.js").Comparison | null} whole of a whole copy of the text, how it differs
 * @property {boolean} tooLong whether the query is too long to be found or compared
 */

/**
 * Return the reply to a query; one long enough is compared with the text, as a quotation of it.
 * @param {Index} index
 * @param {string} typed
 * @returns {Reply}
 */
export function consult(index, typed) {
  const isTooLong = typed.length > MOST_TYPED;
  const query = isTooLong ? "" : typed.trim();
  const whole = compareWhole(index, query);
  if (whole) return { answer: search(index, ""), quotation: null, near: null, apart: [], beyond: 0, whole, tooLong: false };
  const answer = answerTo(index, query);
  const length = strip(query).length;
  const asTyped = answer.via.length === 0 && !answer.pinyin && answer.words.length <= 1;
  const isBroken = isQuotation(query, answer.words);
  const mayQuote = length >= SHORTEST && (asTyped || isBroken || answer.results.length === 0);
  const quotation = mayQuote ? compare(index, query) : null;
  if (quotation && isBroken) Object.assign(answer, { results: [], places: 0, via: [] });
  const isEmpty = answer.results.length === 0 && !quotation && !answer.numbers;
  const beyond = isEmpty ? beyondText(index, query) : 0;
  const apart = isEmpty && !beyond ? apartOf(index, answer.words) : [];
  const near = isEmpty && !beyond && length > 0 && apart.length === 0 ? nearest(index, query) : null;
  return { answer, quotation, near, apart, beyond, whole, tooLong: isTooLong || (isEmpty && length > LONGEST) };
}

/**
 * Return the answer to a query as it was typed, or else to what it says with dates as the text has them and without what
 * is pasted along with a quotation.
 * @param {Index} index
 * @param {string} query
 * @returns {import("./engine.js").Answer}
 */
function answerTo(index, query) {
  const answer = search(index, query);
  if (answer.results.length > 0 || answer.numbers) return answer;
  for (const other of new Set([seen(query), withDates(query), unwrapped(query), withDates(unwrapped(query))])) {
    if (other === query || !other) continue;
    const again = search(index, other);
    if (again.results.length > 0) return again;
  }
  return answer;
}

/**
 * Whether a query with blanks or line breaks is a quotation that these have broken, and not a list of words.
 * @param {string} query
 * @param {import("./query.js").Word[]} words
 * @returns {boolean}
 */
function isQuotation(query, words) {
  if (words.length < 2 || words.some(({ phrase }) => phrase)) return false;
  const lengths = words.map(({ text }) => strip(text).length);
  return (
    (/\n/u.test(query) && !words.every(({ text }) => strip(text).length < LONG_WORD / 2)) ||
    lengths.some((length) => length >= LONG_WORD) ||
    (words.length >= MANY_WORDS && lengths.every((length) => length <= SHORT_WORD))
  );
}

/**
 * Return the first of the clauses that a query names by number, if the text at hand ends before it.
 * @param {Index} index
 * @param {string} query
 * @returns {number}
 */
function beyondText(index, query) {
  const place = placeNamed(query);
  return place && isNamed(query) && place.last > lastOf(index) ? Math.max(place.first, lastOf(index) + 1) : 0;
}

/**
 * Return several words each with whether it is found by itself, or nothing where none is.
 * @param {Index} index
 * @param {import("./query.js").Word[]} words
 * @returns {Apart[]}
 */
function apartOf(index, words) {
  if (words.length < 2 || words.length > MOST_APART) return [];
  const apart = words.map(({ text: word, phrase }) => {
    const text = phrase ? `"${word}"` : word;
    const { results, numbers } = search(index, text);
    return { text, found: results.length > 0 || numbers !== null };
  });
  return apart.some(({ found }) => found) ? apart : [];
}
