// What the text has instead of what it does not have: never a result, only an offer.
// @ts-check

import { placesOf } from "./engine.js";
import { passageAt } from "./index.js";
import { fold, strip, translate } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {{kind: "marks" | "close" | "part", text: string, passage: number}} Nearest */

const SHORTEST_CLOSE = 3;
const SHORTEST_PART = 2;
const LONGEST = 60;
const MOST_TRIED = 2000;

/**
 * Return the nearest thing to a query that the text has: the same but for punctuation and blanks, which count in a
 * phrase, or one character off, or else the longest part of it.
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
  if (close) return { kind: "close", ...shown(index, close.start, close.end) };
  const part = longestPart(text, key);
  if (!part) return null;
  const start = text.indexOf(part);
  return { kind: "part", ...shown(index, start, start + part.length) };
}

/**
 * Return a text as the Simplified text would have it, without punctuation and blanks.
 * @param {Index} index
 * @param {string} text
 * @returns {string}
 */
export function simplifiedKey(index, text) {
  return translate(strip(fold(text)), index.table);
}

/**
 * Return where the text is one character other, more or fewer than a key.
 *
 * With one difference, one half of the key stands as it is: only where a half occurs can the whole be close. What
 * begins and ends as the key does is taken first: 数字经济 for 数经济, and not 国经济.
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
 * Whether two texts differ in one character exactly, put in, left out or replaced.
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
 * Return the longest part of a key that a text has, at least two characters long.
 *
 * A part that goes on longer cannot occur before the shorter one does: each scan goes on where the last one ended.
 * @param {string} text
 * @param {string} key
 * @returns {string}
 */
function longestPart(text, key) {
  let best = "";
  for (let start = 0; start + best.length < key.length; start += 1) {
    let place = 0;
    for (let end = start + Math.max(best.length + 1, SHORTEST_PART); end <= key.length; end += 1) {
      const part = key.slice(start, end);
      place = text.indexOf(part, place);
      if (place < 0) break;
      best = part;
    }
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
