// A quotation that is almost in the text: where it comes from, and what differs.
// @ts-check

import { placesOf } from "./engine.js";
import { passageAt, startOf } from "./index.js";
import { simplifiedKey } from "./near.js";
import { fold, strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * A run of characters: the same in both, the same but for the script, or other words.
 * @typedef {{kind: "same" | "script" | "wording", typed: string, text: string}} Run
 */

export const SHORTEST = 12;
const LONGEST = 2000;
const GRAM = 4;
const MOST_PLACES = 50;
const ENOUGH = 0.7;

/**
 * Return the passage that a quotation comes from and the differences, or nothing where it comes from none.
 * @param {Index} index
 * @param {string} quotation
 * @returns {{passage: number, runs: Run[], differs: boolean} | null}
 */
export function compare(index, quotation) {
  const typed = strip(fold(quotation));
  if (typed.length < SHORTEST || typed.length > LONGEST) return null;
  const key = simplifiedKey(index, quotation);
  const text = index.data.simplified ? index.key : index.keyOther;
  const passage = likeliest(index, text, key);
  if (passage === null) return null;
  const [start, end] = keyRange(index, passage);
  const pairs = align(key, text.slice(start, end));
  const same = pairs.filter(([a, b]) => a >= 0 && b >= 0 && key[a] === text[start + b]).length;
  if (same < ENOUGH * key.length) return null;
  const runs = runsOf(pairs, key, text.slice(start, end), typed, index.key.slice(start, end));
  return { passage, runs, differs: runs.some((run) => run.kind === "wording") };
}

/**
 * Return the passage that has most of a key's groups of four characters.
 * @param {Index} index
 * @param {string} text
 * @param {string} key
 * @returns {number | null}
 */
function likeliest(index, text, key) {
  /** @type {Map<number, number>} */
  const votes = new Map();
  const step = Math.max(1, Math.floor(key.length / 200));
  for (let offset = 0; offset + GRAM <= key.length; offset += step) {
    const seen = new Set();
    for (const place of placesOf(text, key.slice(offset, offset + GRAM)).slice(0, MOST_PLACES)) {
      seen.add(passageAt(index, index.at[place] ?? 0));
    }
    for (const passage of seen) votes.set(passage, (votes.get(passage) ?? 0) + 1);
  }
  let best = null;
  for (const [passage, count] of votes) {
    const most = best === null ? 0 : (votes.get(best) ?? 0);
    if (count > most || (count === most && best !== null && passage < best)) best = passage;
  }
  return best;
}

/**
 * Return where a passage stands in the keys, half-open.
 * @param {Index} index
 * @param {number} passage
 * @returns {[number, number]}
 */
function keyRange(index, passage) {
  const first = startOf(index, passage);
  const last = passage + 1 < index.starts.length ? startOf(index, passage + 1) - 1 : index.own.length;
  return [firstAt(index.at, first), firstAt(index.at, last)];
}

/**
 * Return the first index of a sorted array whose value is not below a limit.
 * @param {Int32Array} values
 * @param {number} limit
 * @returns {number}
 */
function firstAt(values, limit) {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Align a quotation with a passage, which may go on before and after it; -1 stands for nothing on one side.
 * @param {string} key
 * @param {string} passage
 * @returns {[number, number][]}
 */
function align(key, passage) {
  const width = passage.length + 1;
  const cost = new Int32Array((key.length + 1) * width);
  for (let row = 1; row <= key.length; row += 1) {
    cost[row * width] = row;
    for (let column = 1; column < width; column += 1) {
      const differs = key[row - 1] === passage[column - 1] ? 0 : 1;
      const replaced = (cost[(row - 1) * width + column - 1] ?? 0) + differs;
      const left = (cost[(row - 1) * width + column] ?? 0) + 1;
      const put = (cost[row * width + column - 1] ?? 0) + 1;
      cost[row * width + column] = Math.min(replaced, left, put);
    }
  }
  const lastRow = key.length * width;
  let column = 0;
  for (let each = 0; each < width; each += 1) {
    if ((cost[lastRow + each] ?? 0) < (cost[lastRow + column] ?? 0)) column = each;
  }
  /** @type {[number, number][]} */
  const pairs = [];
  let row = key.length;
  while (row > 0) {
    const here = cost[row * width + column] ?? 0;
    const differs = key[row - 1] === passage[column - 1] ? 0 : 1;
    if (column > 0 && here === (cost[(row - 1) * width + column - 1] ?? 0) + differs) {
      row -= 1;
      column -= 1;
      pairs.push([row, column]);
    } else if (here === (cost[(row - 1) * width + column] ?? 0) + 1) {
      row -= 1;
      pairs.push([row, -1]);
    } else {
      column -= 1;
      pairs.push([-1, column]);
    }
  }
  return pairs.reverse();
}

/**
 * @param {[number, number][]} pairs
 * @param {string} key the quotation, in Simplified
 * @param {string} passage the passage, in Simplified
 * @param {string} typed the quotation as it was typed
 * @param {string} own the passage as the edition has it
 * @returns {Run[]}
 */
function runsOf(pairs, key, passage, typed, own) {
  /** @type {Run[]} */
  const runs = [];
  for (const [a, b] of pairs) {
    const given = a < 0 ? "" : typed.charAt(a);
    const has = b < 0 ? "" : own.charAt(b);
    const alike = a >= 0 && b >= 0 && key[a] === passage[b];
    const kind = alike ? (given === has ? "same" : "script") : "wording";
    const last = runs.at(-1);
    if (last && last.kind === kind) {
      last.typed += given;
      last.text += has;
    } else {
      runs.push({ kind, typed: given, text: has });
    }
  }
  return runs;
}
