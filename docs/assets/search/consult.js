// The full reply to a query: results, the source of a quotation, or suggestions.
// @ts-check

import { lastOf, search } from "./engine.js";
import { nearest } from "./near.js";
import { unwrapped, withDates } from "./pasted.js";
import { isNamed, placeNamed } from "./places.js";
import { LONGEST, SHORTEST, compare } from "./quote.js";
import { seen, strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {{text: string, found: boolean}} Apart a word as it may be asked for, and whether that finds anything */

/** Maximum number of words that are looked up separately; a longer query is not a list of words. */
const MOST_APART = 6;

/** The minimum number of characters in a copy of the whole text. */
const SHORTEST_COPY = 600;
/** Longer queries are reported as too long, without searching. */
const MOST_TYPED = 20_000;
/** A word this long is not one of several keywords but a fragment of a quotation broken up by spaces. */
const LONG_WORD = 8;
const SHORT_WORD = 2;
const MANY_WORDS = 6;
/** Where blanks stand between words, fewer than these are no quotation, however long they are. */
const FEWEST_QUOTED = 4;

/**
 * @typedef {object} Reply
 * @property {import("./engine.js").Answer} answer
 * @property {import("./quote.js").Quotation | null} quotation
 * @property {import("./near.js").Nearest | null} near what the text has instead, if the query is not found
 * @property {Apart[]} apart if several words never occur together but some occur alone: each word by itself
 * @property {number} beyond the number of a clause that was asked for and lies beyond the end of the text, or 0
 * @property {import("./whole.js").Comparison | null} whole for a copy of the whole text: how it differs
 * @property {boolean} tooLong whether the query is too long to be searched or compared
 */

/**
 * What to answer with: `deeply`, unless it is false, is to look for what the text has instead where the query is not
 * found, `earlier` the reply to the same query for which that was not looked for, and `compareWhole` for a query that may
 * be a copy of the whole text.
 * @typedef {object} Means
 * @property {boolean} [deeply]
 * @property {Reply | undefined} [earlier]
 * @property {typeof import("./whole.js").compareWhole | undefined} [compareWhole]
 */

/**
 * Whether a query is long enough to be a copy of the whole text, so that its reply needs what compares them.
 * @param {string} typed
 * @returns {boolean}
 */
export function mayBeCopy(typed) {
  return typed.length >= SHORTEST_COPY && typed.length <= MOST_TYPED;
}

/**
 * Return the reply to a query. A long enough query is also compared with the text as a quotation.
 * @param {Index} index
 * @param {string} typed
 * @param {Means} [means]
 * @returns {Reply}
 */
export function consult(index, typed, { deeply = true, earlier, compareWhole } = {}) {
  const isTooLong = typed.length > MOST_TYPED;
  const query = isTooLong ? "" : typed.trim();
  const whole = mayBeCopy(query) && compareWhole ? compareWhole(index, query) : null;
  if (whole) return { answer: search(index, ""), quotation: null, near: null, apart: [], beyond: 0, whole, tooLong: false };
  const answer = earlier?.answer ?? answerTo(index, query);
  const length = strip(query).length;
  const asTyped = answer.via.length === 0 && !answer.pinyin && answer.words.length <= 1;
  const isBroken = isQuotation(query, answer.words);
  const isFound = answer.results.length > 0;
  const isLong = length >= SHORTEST && (!index.data.words || query.split(/\s+/u).length >= FEWEST_QUOTED);
  const mayQuote = isLong && (deeply || isFound) && (asTyped || isBroken || !isFound);
  const quotation = mayQuote ? compare(index, query) : null;
  if (quotation && isBroken) Object.assign(answer, { results: [], places: 0, via: [] });
  const isEmpty = answer.results.length === 0 && !quotation && !answer.numbers;
  const isLost = isEmpty && deeply;
  const beyond = isLost ? beyondText(index, query) : 0;
  const apart = isLost && !beyond ? apartOf(index, answer.words) : [];
  const near = isLost && !beyond && length > 0 && apart.length === 0 ? nearest(index, query) : null;
  return { answer, quotation, near, apart, beyond, whole, tooLong: isTooLong || (isEmpty && length > LONGEST) };
}

/**
 * Return the answer to a query as typed or, if there is none, with dates in the text's format and without what is often
 * pasted along with a quotation.
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
 * Whether a query with spaces or line breaks is a quotation broken up by them rather than a list of words.
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
 * Return the first clause number in a query that lies beyond the end of the available text, or 0.
 * @param {Index} index
 * @param {string} query
 * @returns {number}
 */
function beyondText(index, query) {
  const place = placeNamed(query);
  return place && isNamed(query) && place.last > lastOf(index) ? Math.max(place.first, lastOf(index) + 1) : 0;
}

/**
 * Return each of several words with whether it is found by itself, or an empty list if none is.
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
