// Copies of the whole text, as other sites publish it: every difference, clause by clause.
// @ts-check

import { align, runsOf } from "./align.js";
import { isClause, passageAt, startOf } from "./index.js";
import { unwrapped } from "./pasted.js";
import { QUOTES, isIgnored, plainUnit, seen } from "./text.js";

/** @typedef {import("./index.js").Index} Index */
/** @typedef {import("./align.js").Run} Run */

/**
 * How a copy has a passage: runs as for a quotation, and differences in punctuation.
 * @typedef {object} Copied
 * @property {number} passage
 * @property {Run[]} runs
 * @property {{typed: string, text: string}[]} marks
 * @property {boolean} differs in wording or punctuation, and not just in script
 */

/**
 * @typedef {object} Comparison
 * @property {Copied[]} copied the passages that the copy contains, in text order
 * @property {number[]} missing the clauses that it lacks, as passage indexes
 * @property {string[]} added what it contains beyond the text
 */

/** The minimum number of clauses in a copy. */
const FEWEST = 3;
const GRAM = 6;
const LEAST_ADDED = 4;
/** Page numbers in the middle of a sentence. */
const PAGES = /(\p{Script=Han}|[，、；：])\s+(?:[-–—]\s*)?[0-9]{1,3}(?:\s*[-–—])?\s+(?=\p{Script=Han})/gu;

/**
 * Compare a copy with the text, or return null if it is not a copy of it.
 * @param {Index} index
 * @param {string} copy
 * @returns {Comparison | null}
 */
export function compareWhole(index, copy) {
  const given = unwrapped(seen(copy).replace(PAGES, "$1"));
  const { key, at } = keyOf(index, given);
  const regions = regionsOf(index, key);
  const clauses = [...regions.keys()].filter((passage) => isClause(index, passage));
  if (clauses.length < FEWEST) return null;
  const copied = [...regions].map(([passage, [from, to]]) => copiedOf(index, passage, given, key, at, from, to));
  const missing = index.data.passages.flatMap((_, passage) => (isClause(index, passage) && !regions.has(passage) ? [passage] : []));
  return { copied, missing, added: addedTo(given, at, [...regions.values()]) };
}

/**
 * Return the significant characters of a text, in Simplified, with the offset of each code unit in the text.
 * @param {Index} index
 * @param {string} text
 * @returns {{key: string, at: number[]}}
 */
function keyOf(index, text) {
  const at = [];
  let key = "";
  for (let place = 0; place < text.length; place += 1) {
    const unit = text.charCodeAt(place);
    if (isIgnored(unit)) continue;
    const plain = String.fromCharCode(plainUnit(unit));
    key += index.table.get(plain) ?? plain;
    at.push(place);
  }
  return { key, at };
}

/**
 * Return the passages in a copy with the range of each in the copy's key, half-open and without overlaps.
 *
 * Groups of characters that occur only once in the copy serve as anchors: a passage is where most of its anchors agree.
 * @param {Index} index
 * @param {string} key
 * @returns {Map<number, [number, number]>}
 */
function regionsOf(index, key) {
  /** @type {Map<string, number>} */
  const places = new Map();
  for (let place = 0; place + GRAM <= key.length; place += 1) {
    const gram = key.slice(place, place + GRAM);
    places.set(gram, places.has(gram) ? -1 : place);
  }
  const text = index.data.simplified ? index.key : index.keyOther;
  /** @type {Map<number, {first: [number, number], last: [number, number], length: number}>} */
  const found = new Map();
  let start = 0;
  for (const [line, passage] of passagesOf(index, text)) {
    const anchors = anchorsOf(line, places);
    const [first] = anchors;
    const last = anchors[anchors.length - 1];
    if (first && last && anchors.length >= Math.min(3, line.length / GRAM) && first[1] >= start - line.length) {
      found.set(passage, { first, last, length: line.length });
      start = last[1];
    }
  }
  /** @type {Map<number, [number, number]>} */
  const regions = new Map();
  let end = 0;
  const entries = [...found];
  for (const [order, [passage, { first, last, length }]] of entries.entries()) {
    const next = entries[order + 1]?.[1].first ?? [0, key.length];
    const from = Math.max(end, first[1] - first[0]);
    const to = Math.max(from, Math.min(key.length, last[1] + length - last[0], Math.max(last[1] + GRAM, next[1] - next[0])));
    regions.set(passage, [from, to]);
    end = to;
  }
  return regions;
}

/**
 * Yield the key of each passage with its index.
 * @param {Index} index
 * @param {string} text
 * @returns {Generator<[string, number]>}
 */
function* passagesOf(index, text) {
  let place = 0;
  for (const line of text.split("\n")) {
    yield [line, passageAt(index, index.at[place] ?? 0)];
    place += line.length + 1;
  }
}

/**
 * Return the positions of groups that a passage and a copy share, in the order of the passage. Outliers are dropped:
 * groups far from where most others are, because the copy has moved or repeated something.
 * @param {string} line
 * @param {Map<string, number>} places
 * @returns {[number, number][]}
 */
function anchorsOf(line, places) {
  /** @type {[number, number][]} */
  const anchors = [];
  for (let offset = 0; offset + GRAM <= line.length; offset += 1) {
    const place = places.get(line.slice(offset, offset + GRAM));
    if (place !== undefined && place >= 0) anchors.push([offset, place]);
  }
  const middle = anchors.map(([offset, place]) => place - offset).sort((one, other) => one - other)[anchors.length >> 1] ?? 0;
  return anchors.filter(([offset, place]) => Math.abs(place - offset - middle) <= Math.max(40, line.length / 2));
}

/**
 * @param {Index} index
 * @param {number} passage
 * @param {string} given
 * @param {string} key
 * @param {number[]} at
 * @param {number} from
 * @param {number} to
 * @returns {Copied}
 */
function copiedOf(index, passage, given, key, at, from, to) {
  const { line, places } = lineOf(index, passage);
  const part = key.slice(from, to);
  const pairs = whole(align(part, line), line.length);
  const typed = at.slice(from, to).map((place) => String.fromCharCode(plainUnit(given.charCodeAt(place)))).join("");
  const runs = runsOf(pairs, part, line, typed, index.own, places);
  const marks = marksOf(index, given, at.slice(from, to), places, pairs);
  return { passage, runs, marks, differs: marks.length > 0 || runs.some((run) => run.kind === "wording") };
}

/**
 * Return the key of a passage in Simplified, with the offset of each code unit in the concatenated text.
 * @param {Index} index
 * @param {number} passage
 * @returns {{line: string, places: number[]}}
 */
function lineOf(index, passage) {
  const text = index.data.simplified ? index.key : index.keyOther;
  const [start, end] = [startOf(index, passage), startOf(index, passage + 1)];
  const places = [];
  let line = "";
  for (let unit = 0; unit < text.length; unit += 1) {
    const place = index.at[unit] ?? 0;
    if (place < start || place >= end || text.charAt(unit) === "\n") continue;
    line += text.charAt(unit);
    places.push(place);
  }
  return { line, places };
}

/**
 * Return an alignment extended to the beginning and end of the passage.
 * @param {[number, number][]} pairs
 * @param {number} length
 * @returns {[number, number][]}
 */
function whole(pairs, length) {
  const aligned = pairs.map(([, b]) => b).filter((b) => b >= 0);
  const first = aligned[0] ?? 0;
  const last = aligned[aligned.length - 1] ?? -1;
  /** @type {(count: number, from: number) => [number, number][]} */
  const only = (count, from) => Array.from({ length: count }, (_, each) => [-1, from + each]);
  return [...only(first, 0), ...pairs, ...only(length - last - 1, last + 1)];
}

/**
 * Return the differences in punctuation between adjacent characters that both texts have; width and the style of
 * quotation marks are ignored.
 * @param {Index} index
 * @param {string} given
 * @param {number[]} at
 * @param {number[]} places
 * @param {[number, number][]} pairs
 * @returns {{typed: string, text: string}[]}
 */
function marksOf(index, given, at, places, pairs) {
  const found = [];
  for (const [order, [a, b]] of pairs.entries()) {
    const [nextA, nextB] = pairs[order + 1] ?? [-1, -1];
    if (a < 0 || b < 0 || nextA < 0 || nextB < 0) continue;
    const typed = given.slice((at[a] ?? 0) + 1, at[nextA]).replace(/\s+/gu, "");
    const text = index.own.slice((places[b] ?? 0) + 1, places[nextB]).replace(/\s+/gu, "");
    if (plainMarks(typed) !== plainMarks(text)) found.push({ typed, text });
  }
  return found;
}

/**
 * @param {string} marks
 * @returns {string}
 */
function plainMarks(marks) {
  return marks.normalize("NFKC").replace(QUOTES, '"').replace(/…+|\.{3,}/gu, "…").replace(/[—–―-]+/gu, "—");
}

/**
 * Return the text of a copy outside all regions, as typed.
 * @param {string} given
 * @param {number[]} at
 * @param {[number, number][]} regions
 * @returns {string[]}
 */
function addedTo(given, at, regions) {
  const added = [];
  let end = 0;
  for (const [from, to] of [...regions, /** @type {[number, number]} */ ([at.length, at.length])]) {
    if (from - end >= LEAST_ADDED) added.push(given.slice(at[end], (at[from - 1] ?? 0) + 1).trim());
    end = Math.max(end, to);
  }
  return added;
}
