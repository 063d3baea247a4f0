// Suggestions for queries that are not in the text: offered, but never shown as results.
// @ts-check

import { placesOf } from "./engine.js";
import { passageAt } from "./index.js";
import { fold, strip, translate } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {{kind: "marks" | "close" | "part", text: string, passage: number}} Nearest */

const SHORTEST_CLOSE = 3;
/** A phrase this long that differs in a single character is taken to be the one that was meant. */
const SHORTEST_PHRASE = 6;
const LONGEST = 60;
const MOST_TRIED = 2000;

/**
 * Return the closest match of a query: the same but for the punctuation and spaces that count in a phrase, or one that
 * differs by one character, or else a term that the query contains. Nothing is suggested that is not meaningful by
 * itself.
 * @param {Index} index
 * @param {string} query
 * @returns {Nearest | null}
 */
export function nearest(index, query) {
  const key = simplifiedKey(index, query);
  if (key.length > LONGEST) return null;
  const text = index.data.simplified ? index.key : index.keyOther;
  const same = key ? text.indexOf(key) : -1;
  if (same >= 0) return { kind: "marks", ...shown(index, same, same + key.length) };
  const close = key.length >= SHORTEST_CLOSE ? closeTo(text, key) : null;
  if (close && (key.length >= SHORTEST_PHRASE || isWhole(index, text.slice(close.start, close.end)))) {
    return { kind: "close", ...shown(index, close.start, close.end) };
  }
  const part = longestPart(index, text, key);
  if (!part) return null;
  const start = text.indexOf(part);
  return { kind: "part", ...shown(index, start, start + part.length) };
}

/**
 * Whether a piece of the text is a term, and so meaningful by itself.
 * @param {Index} index
 * @param {string} part as in the Simplified text
 * @returns {boolean}
 */
function isWhole(index, part) {
  return wholes(index).has(part);
}

/** @type {WeakMap<Index, Set<string>>} */
const known = new WeakMap();

/**
 * @param {Index} index
 * @returns {Set<string>}
 */
function wholes(index) {
  const found = known.get(index) ?? new Set(index.data.names.map(([form]) => simplifiedKey(index, form)));
  known.set(index, found);
  return found;
}

/**
 * Return a text converted to the characters of the Simplified text, without punctuation and spaces.
 * @param {Index} index
 * @param {string} text
 * @returns {string}
 */
export function simplifiedKey(index, text) {
  return translate(strip(fold(text)), index.table);
}

/**
 * Return where the text differs from a key by one character replaced, missing or added.
 *
 * With a single difference, one half of the key must occur unchanged, so only the surroundings of such halves are
 * checked. Matches that begin and end like the key are preferred: 数字经济 for 数经济, and not 国经济.
 * @param {string} text
 * @param {string} key
 * @returns {{start: number, end: number} | null}
 */
function closeTo(text, key) {
  const middle = key.length >> 1;
  const halves = [
    { part: key.slice(0, middle), offset: 0 },
    { part: key.slice(middle), offset: middle },
  ];
  const found = halves.map(({ part }) => placesOf(text, part, MOST_TRIED));
  let other = null;
  for (const change of [0, -1, 1]) {
    for (const [half, { offset }] of halves.entries()) {
      for (const place of found[half] ?? []) {
        for (const start of offset === 0 ? [place] : [place - offset, place - offset - change]) {
          const end = start + key.length + change;
          if (start < 0 || end > text.length) continue;
          const candidate = text.slice(start, end);
          if (candidate.includes("\n") || !isOneOff(candidate, key)) continue;
          if (candidate.at(0) === key.at(0) && candidate.at(-1) === key.at(-1)) return { start, end };
          other ??= { start, end };
        }
      }
    }
  }
  return other;
}

/**
 * Whether two texts differ by exactly one character inserted, deleted or replaced.
 * @param {string} a
 * @param {string} b
 * @returns {boolean}
 */
function isOneOff(a, b) {
  let same = 0;
  while (same < Math.min(a.length, b.length) && a[same] === b[same]) same += 1;
  if (a.length === b.length) return a.slice(same + 1) === b.slice(same + 1) && same < a.length;
  return a.length > b.length ? a.slice(same + 1) === b.slice(same) : a.slice(same) === b.slice(same + 1);
}

/**
 * Return the longest term contained in a key, or an empty string.
 * @param {Index} index
 * @param {string} text
 * @param {string} key
 * @returns {string}
 */
function longestPart(index, text, key) {
  let best = "";
  for (const whole of wholes(index)) {
    if (whole.length > best.length && key.includes(whole) && text.includes(whole)) best = whole;
  }
  return best;
}

/**
 * @param {Index} index
 * @param {number} start
 * @param {number} end
 * @returns {{text: string, passage: number}}
 */
function shown(index, start, end) {
  const first = index.at[start] ?? 0;
  return { text: index.own.slice(first, (index.at[end - 1] ?? 0) + 1), passage: passageAt(index, first) };
}
