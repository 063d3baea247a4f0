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
 * @property {number} passage the first that it comes from
 * @property {number} last the last that it comes from, mostly the same
 * @property {[number, number]} place what the quotation was compared with, from the beginning of the first on
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
/** Numbers of clauses: at the beginning, or after the end of a sentence. */
const NUMBERS = /(^|[。！？”」\s])(?:[0-9０-９]{1,5}[、.．]\s*)+/gu;

/**
 * Return the passages that a quotation comes from and the differences, or nothing where it comes from none.
 *
 * Numbers of clauses, which an edition may print before them, are no part of the quotation.
 * @param {Index} index
 * @param {string} quotation
 * @returns {Quotation | null}
 */
export function compare(index, quotation) {
  const given = quotation.trim().replace(NUMBERS, "$1");
  const typed = strip(fold(given));
  if (typed.length < SHORTEST || typed.length > LONGEST) return null;
  const key = simplifiedKey(index, given);
  const text = index.data.simplified ? index.key : index.keyOther;
  const votes = votesFor(index, text, key);
  const likeliest = mostOf(votes);
  if (likeliest === null) return null;
  const units = unitsAround(index, text, key, votes, likeliest);
  const near = units.map((unit) => text.charAt(unit)).join("");
  const pairs = align(key, near);
  const same = pairs.filter(([a, b]) => a >= 0 && b >= 0 && key[a] === near[b]).length;
  if (same < ENOUGH * key.length) return null;
  const at = units.map((unit) => index.at[unit] ?? 0);
  const runs = runsOf(pairs, key, near, typed, index.own, at);
  const [start, end] = placeOf(pairs, at);
  const [passage, last] = [passageAt(index, start), passageAt(index, end - 1)];
  const offset = startOf(index, passage);
  return {
    passage,
    last,
    place: [start - offset, end - offset],
    runs,
    differs: runs.some((run) => run.kind === "wording"),
    literal: index.own.slice(offset, endOf(index, last)).replaceAll("\n", "").includes(given),
  };
}

/**
 * Return what a quotation was aligned with, as places in the joined text.
 * @param {[number, number][]} pairs
 * @param {number[]} at where each character stands there
 * @returns {[number, number]}
 */
function placeOf(pairs, at) {
  const aligned = pairs.map(([, b]) => b).filter((b) => b >= 0);
  return [at[aligned[0] ?? 0] ?? 0, (at[aligned.at(-1) ?? 0] ?? 0) + 1];
}

/**
 * Return how many of a key's groups of four characters each passage has.
 * @param {Index} index
 * @param {string} text
 * @param {string} key
 * @returns {Map<number, number>}
 */
function votesFor(index, text, key) {
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
  return votes;
}

/**
 * Return the passage with most votes, the first of several.
 * @param {Map<number, number>} votes
 * @returns {number | null}
 */
function mostOf(votes) {
  let best = null;
  for (const [passage, count] of votes) {
    const most = best === null ? 0 : (votes.get(best) ?? 0);
    if (count > most || (count === most && best !== null && passage < best)) best = passage;
  }
  return best;
}

/**
 * Return the units of the key that a quotation may come from: those of a passage, and of the ones before and after it
 * for as long as these have votes, or are headings, and a quotation can reach them.
 * @param {Index} index
 * @param {string} text
 * @param {string} key
 * @param {Map<number, number>} votes
 * @param {number} likeliest
 * @returns {number[]}
 */
function unitsAround(index, text, key, votes, likeliest) {
  const { passages } = index.data;
  const may = (/** @type {number} */ passage) => votes.has(passage) || (passages[passage] && !passages[passage].number);
  let first = likeliest;
  while (may(first - 1) && startOf(index, likeliest) - startOf(index, first) < key.length) first -= 1;
  let last = likeliest;
  while (may(last + 1) && endOf(index, last) - endOf(index, likeliest) < key.length) last += 1;
  const units = [];
  const end = firstAt(index.at, endOf(index, last));
  for (let unit = firstAt(index.at, startOf(index, first)); unit < end; unit += 1) {
    if (text.charAt(unit) !== "\n") units.push(unit);
  }
  return units;
}

/**
 * Return where a passage ends in the joined text.
 * @param {Index} index
 * @param {number} passage
 * @returns {number}
 */
function endOf(index, passage) {
  return passage + 1 < index.starts.length ? startOf(index, passage + 1) - 1 : index.own.length;
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
 * @param {string} passage the key that it was aligned with, in Simplified
 * @param {string} typed the quotation as it was typed
 * @param {string} own the text as the edition has it
 * @param {number[]} at where each character of the passage's key stands in the text
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
