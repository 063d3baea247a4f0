// A quotation that is almost in the text: where it comes from, and what differs.
// @ts-check

import { placesOf } from "./engine.js";
import { firstAt, passageAt, startOf } from "./index.js";
import { simplifiedKey } from "./near.js";
import { fold, strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/**
 * A run of characters: the same in both, the same but for the script, or other words.
 * @typedef {{kind: "same" | "script" | "wording", typed: string, text: string}} Run
 */

/**
 * @typedef {object} Quotation
 * @property {number} passage
 * @property {[number, number]} place what the quotation was compared with, within the passage's own text
 * @property {Run[]} runs
 * @property {boolean} differs whether there are other words, and not only another script or punctuation
 * @property {boolean} literal whether it stands there exactly as it was typed
 */

export const SHORTEST = 12;
export const LONGEST = 2000;
const GRAM = 4;
const MOST_PLACES = 50;
/** So many groups of a quotation are looked for; the longer the text, the fewer, for an answer within a frame. */
const FEWEST_SCANS = 16;
const MOST_SCANS = 200;
const MOST_SCANNED = 20_000_000;
const ENOUGH = 0.7;

/**
 * Return the passage that a quotation comes from and the differences, or nothing where it comes from none.
 * @param {Index} index
 * @param {string} quotation
 * @returns {Quotation | null}
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
  const own = index.data.passages[passage]?.text ?? "";
  const offset = startOf(index, passage);
  const at = Array.from(index.at.slice(start, end), (place) => place - offset);
  const runs = runsOf(pairs, key, text.slice(start, end), typed, own, at);
  const place = placeOf(pairs, at);
  return {
    passage,
    place,
    runs,
    differs: runs.some((run) => run.kind === "wording"),
    literal: own.includes(quotation.trim()),
  };
}

/**
 * Return what a quotation was aligned with, as offsets in the passage's own text.
 * @param {[number, number][]} pairs
 * @param {number[]} at where each character of the passage's key stands in its text
 * @returns {[number, number]}
 */
function placeOf(pairs, at) {
  const aligned = pairs.map(([, b]) => b).filter((b) => b >= 0);
  return [at[aligned[0] ?? 0] ?? 0, (at[aligned.at(-1) ?? 0] ?? 0) + 1];
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
  const scans = Math.max(FEWEST_SCANS, Math.min(MOST_SCANS, Math.floor(MOST_SCANNED / text.length)));
  const step = Math.max(1, Math.ceil((key.length - GRAM + 1) / scans));
  for (let offset = 0; offset + GRAM <= key.length; offset += step) {
    const seen = new Set();
    for (const place of placesOf(text, key.slice(offset, offset + GRAM), MOST_PLACES)) {
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
 * Return the runs of an alignment, with the punctuation that the passage has between its characters.
 * @param {[number, number][]} pairs
 * @param {string} key the quotation, in Simplified
 * @param {string} passage the passage's key, in Simplified
 * @param {string} typed the quotation as it was typed
 * @param {string} own the passage as the edition has it
 * @param {number[]} at where each character of the passage's key stands in its text
 * @returns {Run[]}
 */
function runsOf(pairs, key, passage, typed, own, at) {
  /** @type {Run[]} */
  const runs = [];
  let shown = -1;
  for (const [a, b] of pairs) {
    const place = at[b] ?? 0;
    if (b >= 0 && shown >= 0) add(runs, { kind: "same", typed: "", text: own.slice(shown + 1, place) });
    if (b >= 0) shown = place;
    const given = a < 0 ? "" : typed.charAt(a);
    const has = b < 0 ? "" : own.charAt(place);
    const alike = a >= 0 && b >= 0 && key[a] === passage[b];
    const kind = alike ? (given === fold(has) ? "same" : "script") : "wording";
    add(runs, { kind, typed: given, text: has });
  }
  return runs;
}

/**
 * Add a run, joined to the last one if both are of a kind.
 * @param {Run[]} runs
 * @param {Run} run
 */
function add(runs, run) {
  if (!run.typed && !run.text) return;
  const last = runs.at(-1);
  if (last?.kind === run.kind) {
    last.typed += run.typed;
    last.text += run.text;
  } else {
    runs.push(run);
  }
}
