// Quotations that are almost in the text: where they come from, and how they differ.
// @ts-check

import { align, runsOf } from "./align.js";
import { placesOf } from "./engine.js";
import { firstAt, passageAt, startOf } from "./index.js";
import { simplifiedKey } from "./near.js";
import { unquoted, unwrapped, withDates } from "./pasted.js";
import { QUOTES, fold, strip } from "./text.js";

/** @typedef {import("./index.js").Index} Index */

/** @typedef {import("./align.js").Run} Run */

/**
 * @typedef {object} Quotation
 * @property {number} passage the first passage that it comes from
 * @property {number} last the last passage that it comes from, usually the same
 * @property {[number, number]} place what the quotation was aligned with, as offsets from the start of the first
 *   passage
 * @property {Run[]} runs
 * @property {boolean} differs whether the wording differs, and not just script or punctuation
 * @property {boolean} literal whether the text contains it exactly as typed
 * @property {boolean} marked whether punctuation and blanks within it are the same
 */

export const SHORTEST = 12;
export const LONGEST = 2000;
const GRAM = 4;
const MOST_PLACES = 50;
/**
 * How many groups of a quotation are looked up; the longer the text, the fewer, so that the answer takes less than a
 * frame.
 */
const FEWEST_SCANS = 16;
const MOST_SCANS = 200;
const MOST_SCANNED = 20_000_000;
const ENOUGH = 0.7;

/**
 * Return the passages that a quotation comes from and the differences, or null if it comes from none.
 *
 * Its source, clause numbers and footnote marks are ignored.
 * @param {Index} index
 * @param {string} quotation
 * @returns {Quotation | null}
 */
export function compare(index, quotation) {
  const given = withDates(unquoted(unwrapped(quotation)));
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
    marked: marksOf(given) === marksOf(index.own.slice(start, end)),
  };
}

/**
 * Return a text with a letter for each of its letters, so that its punctuation alone counts; what stands outside of them
 * does not.
 * @param {string} text
 * @returns {string}
 */
function marksOf(text) {
  return fold(text).replace(QUOTES, '"').replace(/[\p{L}\p{N}]/gu, "x").replace(/^[^x]+|[^x]+$/gu, "").replaceAll("\n", "");
}

/**
 * Return what a quotation was aligned with, as offsets in the concatenated text.
 * @param {[number, number][]} pairs
 * @param {number[]} at the offset of each character there
 * @returns {[number, number]}
 */
function placeOf(pairs, at) {
  const aligned = pairs.map(([, b]) => b).filter((b) => b >= 0);
  return [at[aligned[0] ?? 0] ?? 0, (at[aligned.at(-1) ?? 0] ?? 0) + 1];
}

/**
 * Return, for each passage, how many of a key's groups of four characters it contains.
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
 * Return the passage with the most votes, the earliest on a tie.
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
 * Return the code units of the key that a quotation may come from: those of the likeliest passage, and of neighbouring
 * passages that have votes or are headings, as far as the quotation can reach.
 * @param {Index} index
 * @param {string} text
 * @param {string} key
 * @param {Map<number, number>} votes
 * @param {number} likeliest
 * @returns {number[]}
 */
function unitsAround(index, text, key, votes, likeliest) {
  const { passages } = index.data;
  const may = (/** @type {number} */ passage) => votes.has(passage) || (passages[passage] && passages[passage].number === undefined);
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
 * Return where a passage ends in the concatenated text.
 * @param {Index} index
 * @param {number} passage
 * @returns {number}
 */
function endOf(index, passage) {
  return passage + 1 < index.starts.length ? startOf(index, passage + 1) - 1 : index.own.length;
}
