// All that there is to say to a query: results, the origin of a quotation, or what the text has instead.
// @ts-check

import { search } from "./engine.js";
import { nearest } from "./near.js";
import { LONGEST, SHORTEST, compare } from "./quote.js";
import { strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * @typedef {object} Reply
 * @property {import("./engine.js").Answer} answer
 * @property {import("./quote.js").Quotation | null} quotation
 * @property {import("./near.js").Nearest | null} near what the text has in place of what it does not have
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
  const near = isEmpty && length > 0 ? nearest(index, answer.query) : null;
  return { answer, quotation, near, tooLong: isEmpty && length > LONGEST };
}
