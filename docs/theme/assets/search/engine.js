// The search itself: exact, in either script, over the whole text.
// @ts-check

import { nameKey, passageAt, startOf } from "./index.js";
import { findPinyin } from "./pinyin.js";
import { numbersOf, wordsOf } from "./query.js";
import { fold, strip, translate } from "./text.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./query.js").Word} Word */

/**
 * Places in the joined text: start, end, start, end …, half-open, in order.
 * @typedef {number[]} Places
 */

/**
 * @typedef {object} Result
 * @property {number} passage
 * @property {boolean} literal whether it has the words exactly as they were typed
 * @property {Places} places within the passage's own text
 */

/**
 * @typedef {object} Answer
 * @property {string} query
 * @property {[number, number] | null} numbers the clauses that the query names, first and last
 * @property {Result[]} results one a passage: literal ones in the order of the text, then the others
 * @property {number} places how many places there are in them
 * @property {string} via what was looked for in place of the query, because that is what the text says for it
 * @property {boolean} pinyin whether the query was taken for pinyin
 * @property {Word[]} words
 */

/** Longer queries are no words any more; they are compared with the text as quotations. */
export const LONGEST = 1000;

/**
 * Answer a query.
 * @param {Index} index
 * @param {string} typed
 * @returns {Answer}
 */
export function search(index, typed) {
  const query = typed.trim();
  const words = query.length > LONGEST ? [] : wordsOf(query);
  /** @type {Answer} */
  const answer = { query, numbers: clauseNumbers(index, query), results: [], places: 0, via: "", pinyin: false, words };
  if (words.length === 0) return answer;
  for (const attempt of attempts(index, query, words)) {
    const results = together(index, attempt.places, attempt.literal ? words : []);
    if (results.length === 0) continue;
    answer.results = results;
    answer.places = results.reduce((sum, result) => sum + result.places.length / 2, 0);
    answer.via = attempt.via;
    answer.pinyin = attempt.pinyin;
    break;
  }
  return answer;
}

/**
 * Yield the ways to look for a query, from what was typed to what may have been meant.
 * @param {Index} index
 * @param {string} query
 * @param {Word[]} words
 * @returns {Generator<{places: Places[], literal: boolean, via: string, pinyin: boolean}>}
 */
function* attempts(index, query, words) {
  const strict = words.map((word) => find(index, word));
  yield { places: strict, literal: true, via: "", pinyin: false };
  const loose = words.map((word, place) => nonEmpty(strict[place]) ?? findLoosely(index, word));
  yield { places: loose, literal: true, via: "", pinyin: false };
  const whole = index.names.get(nameKey(query, index.table));
  if (whole) yield { places: [find(index, { text: whole, phrase: false })], literal: false, via: whole, pinyin: false };
  const names = words.map((word, place) =>
    nonEmpty(loose[place]) ? "" : (index.names.get(nameKey(word.text, index.table)) ?? ""),
  );
  if (names.some(Boolean)) {
    const places = names.map((name, place) =>
      name ? find(index, { text: name, phrase: false }) : (loose[place] ?? []),
    );
    yield { places, literal: false, via: names.filter(Boolean).join("”“"), pinyin: false };
  }
  yield { places: [findPinyin(index, query)], literal: false, via: "", pinyin: true };
}

/**
 * Return the places of a word in either script, width, case, punctuation and blanks left out of account.
 *
 * A phrase is found with its punctuation and blanks, and so is a word that is nothing else.
 * @param {Index} index
 * @param {Word} word
 * @returns {Places}
 */
export function find(index, word) {
  const typed = fold(word.text);
  const key = strip(typed);
  if (word.phrase || !key) {
    return merged(placesOf(index.raw, typed), placesOf(index.rawOther, typed), typed.length, null);
  }
  return merged(placesOf(index.key, key), placesOf(index.keyOther, key), key.length, index.at);
}

/**
 * Return the places of a word when every variant of a character is taken for the same.
 * @param {Index} index
 * @param {Word} word
 * @returns {Places}
 */
function findLoosely(index, word) {
  const typed = translate(fold(word.text), index.table);
  const simplified = index.data.simplified;
  if (word.phrase) return merged(placesOf(simplified ? index.raw : index.rawOther, typed), [], typed.length, null);
  const key = strip(typed);
  return merged(placesOf(simplified ? index.key : index.keyOther, key), [], key.length, index.at);
}

/**
 * Return where a text occurs in another, no two places overlapping.
 * @param {string} text
 * @param {string} part
 * @returns {number[]}
 */
export function placesOf(text, part) {
  /** @type {number[]} */
  const places = [];
  if (!part) return places;
  for (let place = text.indexOf(part); place >= 0; place = text.indexOf(part, place + part.length)) places.push(place);
  return places;
}

/**
 * Return the places that two searches found, as places of the joined text.
 * @param {number[]} first
 * @param {number[]} second
 * @param {number} length
 * @param {Int32Array | null} at
 * @returns {Places}
 */
function merged(first, second, length, at) {
  /** @type {Places} */
  /** @type {number[]} */
  const places = [];
  let end = -1;
  for (let one = 0, other = 0; one < first.length || other < second.length; ) {
    const start = Math.min(first[one] ?? Infinity, second[other] ?? Infinity);
    if (first[one] === start) one += 1;
    if (second[other] === start) other += 1;
    if (start < end) continue;
    end = start + length;
    if (at) places.push(at[start] ?? 0, (at[end - 1] ?? 0) + 1);
    else places.push(start, end);
  }
  return places;
}

/**
 * Return the passages that have all words, with all their places, literal ones first.
 * @param {Index} index
 * @param {Places[]} found
 * @param {Word[]} words as they were typed, or none where something else was looked for
 * @returns {Result[]}
 */
function together(index, found, words) {
  /** @type {Map<number, {places: Places, has: number, literal: number}>} */
  const passages = new Map();
  found.forEach((places, order) => {
    const typed = words[order]?.text ?? "";
    let passage = -1;
    let next = -1;
    for (let each = 0; each < places.length; each += 2) {
      const start = places[each] ?? 0;
      const end = places[each + 1] ?? 0;
      if (start >= next) {
        passage = passageAt(index, start);
        next = passage + 1 < index.starts.length ? startOf(index, passage + 1) : Infinity;
      }
      let entry = passages.get(passage);
      if (!entry) {
        if (order > 0) continue;
        entry = { places: [], has: 0, literal: 0 };
        passages.set(passage, entry);
      }
      if (entry.has < order) continue;
      const offset = startOf(index, passage);
      entry.has = order + 1;
      entry.places.push(start - offset, end - offset);
      if (entry.literal === order && typed && index.own.startsWith(typed, start)) entry.literal = order + 1;
    }
  });
  const results = [];
  for (const [passage, entry] of passages) {
    if (entry.has < found.length) continue;
    const literal = words.length > 0 && entry.literal === words.length;
    results.push({ passage, literal, places: found.length > 1 ? inOrder(entry.places) : entry.places });
  }
  return results.sort((a, b) => Number(b.literal) - Number(a.literal) || a.passage - b.passage);
}

/**
 * Return places in order, those that touch or overlap made one.
 * @param {Places} places
 * @returns {Places}
 */
function inOrder(places) {
  const pairs = [];
  for (let each = 0; each < places.length; each += 2) pairs.push([places[each] ?? 0, places[each + 1] ?? 0]);
  pairs.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
  /** @type {Places} */
  const result = [];
  for (const [start = 0, end = 0] of pairs) {
    const last = result.at(-1);
    if (last !== undefined && start < last) result[result.length - 1] = Math.max(last, end);
    else result.push(start, end);
  }
  return result;
}

/**
 * Return the clauses that a query names, if there are such.
 * @param {Index} index
 * @param {string} query
 * @returns {[number, number] | null}
 */
function clauseNumbers(index, query) {
  const numbers = numbersOf(query);
  const last = index.data.passages.reduce((highest, passage) => Math.max(highest, passage.number ?? 0), 0);
  return numbers && numbers[0] >= 1 && numbers[1] <= last ? numbers : null;
}

/**
 * @param {Places | undefined} places
 * @returns {Places | null}
 */
function nonEmpty(places) {
  return places && places.length > 0 ? places : null;
}
