// All that there is to say to a query: results, the origin of a quotation, or what the text has instead.
// @ts-check

import { search } from "./engine.js";
import { nearest } from "./near.js";
import { LONGEST, SHORTEST, compare } from "./quote.js";
import { strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {{text: string, found: boolean}} Apart a word as it may be asked for, and whether that finds anything */

/** As many words as are told apart; more are no list of words any more. */
const MOST_APART = 6;

/**
 * @typedef {object} Reply
 * @property {import("./engine.js").Answer} answer
 * @property {import("./quote.js").Quotation | null} quotation
 * @property {import("./near.js").Nearest | null} near what the text has in place of what it does not have
 * @property {Apart[]} apart of several words that are nowhere together each by itself, where one is somewhere
 * @property {boolean} tooLong whether the query is too long to be found or compared
 */

/**
 * Return the reply to a query; one long enough is compared with the text, as a quotation of it.
 * @param {Index} index
 * @param {string} typed
 * @returns {Reply}
 */
export function consult(index, typed) {
  const answer = search(index, typed);
  const length = strip(answer.query).length;
  const asTyped = answer.via.length === 0 && !answer.pinyin && answer.words.length <= 1;
  const mayQuote = length >= SHORTEST && (asTyped || answer.results.length === 0);
  const quotation = mayQuote ? compare(index, answer.query) : null;
  const isEmpty = answer.results.length === 0 && !quotation && !answer.numbers;
  const apart = isEmpty ? apartOf(index, answer.words) : [];
  const near = isEmpty && length > 0 && apart.length === 0 ? nearest(index, answer.query) : null;
  return { answer, quotation, near, apart, tooLong: isEmpty && length > LONGEST };
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
