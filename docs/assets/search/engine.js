// The search engine: exact matching, in either script, over the whole text.
// @ts-check

import { nameOf } from "../place-name.js";
import { nameKey, passageAt, startOf } from "./index.js";
import { findPinyin } from "./pinyin.js";
import { placeNamed } from "./places.js";
import { wordsOf } from "./query.js";
import { fold, isIgnored, strip, translate } from "./text.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./query.js").Word} Word */

/**
 * Matches in a text: start, end, start, end …, half-open, in order.
 * @typedef {number[]} Places
 */

/**
 * The slice of a word's matches that fall within one passage: from, to, half-open.
 * @typedef {object} Share
 * @property {Places} places all matches of the word, in the concatenated text
 * @property {number} from
 * @property {number} to
 */

/**
 * @typedef {object} Result
 * @property {number} passage
 * @property {boolean} literal whether it contains the words exactly as typed
 * @property {Share[]} shares one per word
 */

/**
 * @typedef {object} Answer
 * @property {string} query
 * @property {[number, number] | null} numbers the clauses that the query names, first and last
 * @property {string} place the fragment of the sentence or characters that the query names, or an empty string
 * @property {Result[]} results one per passage: literal ones in text order, then the others
 * @property {number} places the total number of matches in them
 * @property {string[]} via what was searched for instead of the query, because the text uses those words
 * @property {boolean} pinyin whether the query was interpreted as pinyin
 * @property {Word[]} words
 */

/** Longer queries are not searched for; they are compared with the text as quotations. */
export const LONGEST = 1000;

/** Longer queries are quotations, whose words are not replaced. */
const LONGEST_RENAMED = 11;

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
  const answer = { query, ...named(index, query), results: [], places: 0, via: [], pinyin: false, words };
  if (words.length === 0) return answer;
  for (const attempt of attempts(index, query, words)) {
    const results = together(index, attempt.places, attempt.literal ? words : []);
    if (results.length === 0) continue;
    answer.results = results;
    answer.places = results.reduce((sum, result) => sum + countOf(result), 0);
    answer.via = attempt.via;
    answer.pinyin = attempt.pinyin;
    break;
  }
  return answer;
}

/**
 * Yield ways to interpret a query, from what was typed to what may have been meant.
 * @param {Index} index
 * @param {string} query
 * @param {Word[]} words
 * @returns {Generator<{places: Places[], literal: boolean, via: string[], pinyin: boolean}>}
 */
function* attempts(index, query, words) {
  const strict = words.map((word) => find(index, word));
  yield { places: strict, literal: true, via: [], pinyin: false };
  const loose = words.map((word, place) => nonEmpty(strict[place]) ?? findLoosely(index, word));
  yield { places: loose, literal: true, via: [], pinyin: false };
  const whole = index.names.get(nameKey(query, index.table));
  if (whole) yield { places: [find(index, { text: whole, phrase: false })], literal: false, via: [whole], pinyin: false };
  const names = words.map((word, place) =>
    nonEmpty(loose[place]) ? "" : (index.names.get(nameKey(word.text, index.table)) ?? ""),
  );
  if (names.some(Boolean)) {
    const places = names.map((name, place) =>
      name ? find(index, { text: name, phrase: false }) : (loose[place] ?? []),
    );
    yield { places, literal: false, via: names.filter(Boolean), pinyin: false };
  }
  const other = renamed(index, query);
  if (other) {
    const places = find(index, { text: other, phrase: false });
    yield { places: [places], literal: false, via: [index.own.slice(places[0], places[1])], pinyin: false };
  }
  yield { places: [findPinyin(index, query)], literal: false, via: [], pinyin: true };
}

/**
 * Return a query with known names replaced by the text's own terms, in Simplified, or an empty string if there are
 * none: 数位经济 becomes 数字经济.
 * @param {Index} index
 * @param {string} query
 * @returns {string}
 */
function renamed(index, query) {
  const key = nameKey(query, index.table);
  if (key.length > LONGEST_RENAMED) return "";
  let other = key;
  const names = [...index.names].filter(([name]) => name.length > 1 && key.includes(name));
  for (const [name, form] of names.sort(([one], [another]) => another.length - one.length)) {
    other = other.replaceAll(name, nameKey(form, index.table));
  }
  return other === key ? "" : other;
}

/**
 * Return the matches of a word in either script, ignoring width, case, punctuation and spaces.
 *
 * Punctuation and spaces count in a phrase, and in a word that consists of nothing else.
 * @param {Index} index
 * @param {Word} word
 * @returns {Places}
 */
export function find(index, word) {
  const typed = fold(word.text);
  const key = strip(typed);
  if (index.spaced) return index.spaced.findWord(index, word.phrase || !key ? typed : key, word.phrase || !key);
  if (word.phrase || !key) return inBoth(index, index.raw, index.rawOther, typed, null);
  const own = () => index.key;
  const other = () => index.keyOther;
  return inBoth(index, own, other, key, index.at);
}

/**
 * Return the matches of a word with all variants of a character treated as equal.
 * @param {Index} index
 * @param {Word} word
 * @returns {Places}
 */
function findLoosely(index, word) {
  if (index.spaced) return [];
  const typed = translate(fold(word.text), index.table);
  const simplified = index.data.simplified;
  if (word.phrase) {
    const text = simplified ? index.raw() : index.rawOther();
    return merged(placesOf(text, typed), [], typed.length, null);
  }
  const key = strip(typed);
  return merged(placesOf(simplified ? index.key : index.keyOther, key), [], key.length, index.at);
}

/**
 * Return the matches of a text in either script; a single scan suffices if it is the same in both.
 * @param {Index} index
 * @param {() => string} own
 * @param {() => string} other
 * @param {string} part
 * @param {Int32Array | null} at
 * @returns {Places}
 */
function inBoth(index, own, other, part, at) {
  const places = placesOf(own(), part);
  for (let unit = 0; unit < part.length; unit += 1) {
    if (index.changing[part.charCodeAt(unit)]) return merged(places, placesOf(other(), part), part.length, at);
  }
  return merged(places, [], part.length, at);
}

/**
 * Return the start offsets of a text in another, without overlaps.
 * @param {string} text
 * @param {string} part
 * @param {number} most maximum number of matches
 * @returns {number[]}
 */
export function placesOf(text, part, most = Infinity) {
  /** @type {number[]} */
  const places = [];
  if (!part) return places;
  let place = text.indexOf(part);
  while (place >= 0 && places.length < most) {
    places.push(place);
    place = text.indexOf(part, place + part.length);
  }
  return places;
}

/**
 * Return the matches of two searches merged, as offsets in the concatenated text.
 * @param {number[]} first
 * @param {number[]} second
 * @param {number} length
 * @param {Int32Array | null} at
 * @returns {Places}
 */
function merged(first, second, length, at) {
  /** @type {Places} */
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
 * Return the passages that contain all words, literal ones first.
 * @param {Index} index
 * @param {Places[]} found
 * @param {Word[]} words as typed, or empty if something else was searched for
 * @returns {Result[]}
 */
function together(index, found, words) {
  const [first = [], ...others] = found.map((places, order) => shared(index, places, words[order]));
  const results = others.reduce(both, first);
  if (!results.some((result) => result.literal)) return results;
  return [...results.filter((result) => result.literal), ...results.filter((result) => !result.literal)];
}

/**
 * Return the passages that contain a word, in text order.
 * @param {Index} index
 * @param {Places} places
 * @param {Word | undefined} word as typed, or undefined if something else was searched for
 * @returns {Result[]}
 */
function shared(index, places, word) {
  const typed = word?.text ?? "";
  const lead = word && !word.phrase && strip(typed) ? leading(typed) : 0;
  /** @type {Result[]} */
  const results = [];
  let next = -1;
  for (let each = 0; each < places.length; each += 2) {
    const start = places[each] ?? 0;
    if (start >= next) {
      const passage = passageAt(index, start);
      next = passage + 1 < index.starts.length ? startOf(index, passage + 1) : Infinity;
      results.push({ passage, literal: false, shares: [{ places, from: each, to: each }] });
    }
    const result = results.at(-1);
    const share = result?.shares[0];
    if (!result || !share) continue;
    share.to = each + 2;
    result.literal ||= typed !== "" && index.own.startsWith(typed, start - lead);
  }
  return results;
}

/**
 * Return the passages that are in both of two sorted lists.
 * @param {Result[]} some
 * @param {Result[]} others
 * @returns {Result[]}
 */
function both(some, others) {
  const results = [];
  let next = 0;
  for (const one of some) {
    while ((others[next]?.passage ?? Infinity) < one.passage) next += 1;
    const other = others[next];
    if (other?.passage !== one.passage) continue;
    const { passage } = one;
    results.push({ passage, literal: one.literal && other.literal, shares: [...one.shares, ...other.shares] });
  }
  return results;
}

/**
 * Return the matches of a result as offsets in its passage.
 * @param {Index} index
 * @param {Result} result
 * @returns {Places}
 */
export function placesIn(index, result) {
  const offset = startOf(index, result.passage);
  return joined(result.shares).map((place) => place - offset);
}

/**
 * Return the number of matches in a result.
 * @param {Result} result
 * @returns {number}
 */
function countOf({ shares: [share, ...others], shares }) {
  if (share && others.length === 0) return (share.to - share.from) / 2;
  return joined(shares).length / 2;
}

/**
 * Return the matches of several words in order, with overlapping ones merged.
 * @param {Share[]} shares
 * @returns {Places}
 */
function joined(shares) {
  const next = shares.map((share) => share.from);
  /** @type {Places} */
  const result = [];
  for (;;) {
    const word = firstOf(shares, next);
    if (word < 0) return result;
    const places = shares[word]?.places ?? [];
    const place = next[word] ?? 0;
    const start = places[place] ?? 0;
    const end = places[place + 1] ?? 0;
    next[word] = place + 2;
    const last = result.at(-1);
    if (last !== undefined && start < last) result[result.length - 1] = Math.max(last, end);
    else result.push(start, end);
  }
}

/**
 * Return the index of the word whose next remaining match comes first, or -1.
 * @param {Share[]} shares
 * @param {number[]} next
 * @returns {number}
 */
function firstOf(shares, next) {
  let first = -1;
  let lowest = Infinity;
  for (let word = 0; word < shares.length; word += 1) {
    const share = shares[word];
    const place = next[word] ?? 0;
    if (!share || place >= share.to) continue;
    const start = share.places[place] ?? 0;
    if (start >= lowest) continue;
    first = word;
    lowest = start;
  }
  return first;
}

/**
 * Return the number of leading code units of a word that searches ignore.
 * @param {string} typed
 * @returns {number}
 */
function leading(typed) {
  let units = 0;
  while (isIgnored(typed.charCodeAt(units))) units += 1;
  return units;
}

/**
 * Return the clauses that a query names, if they exist, and the place within them.
 * @param {Index} index
 * @param {string} query
 * @returns {{numbers: [number, number] | null, place: string}}
 */
function named(index, query) {
  const place = placeNamed(query);
  if (!place || place.first < 1 || place.last > lastOf(index)) return { numbers: null, place: "" };
  return {
    numbers: [place.first, place.last],
    place: place.sentence === undefined && !place.characters ? "" : nameOf(place),
  };
}

/**
 * Return the number of the last clause.
 * @param {Index} index
 * @returns {number}
 */
export function lastOf(index) {
  return index.data.passages.reduce((highest, passage) => Math.max(highest, passage.number ?? 0), 0);
}

/**
 * @param {Places | undefined} places
 * @returns {Places | null}
 */
function nonEmpty(places) {
  return places && places.length > 0 ? places : null;
}
