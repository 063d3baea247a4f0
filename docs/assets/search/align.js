// Two texts aligned character by character, and the runs in which they are the same or differ.
// @ts-check

import { fold, strip } from "./text.js";

/**
 * A run of characters: identical, differing in script only, or differing in wording.
 * @typedef {{kind: "same" | "script" | "wording", typed: string, text: string}} Run
 */

/** The costs of differences: a character replaced; a run of text omitted, to open and per character; a run added. */
const OTHER = 3;
const OMITTED = { begun: 2, each: 1 };
const ADDED = { begun: 4, each: 2 };
/** A long omission costs the same however long it is, so that what follows it is found. */
const LONG_OMITTED = 10;
/**
 * The last step of an alignment: a character of both, of the passage only, of the quotation only, or of the passage
 * only within a long omission.
 */
const BOTH = 0;
const PASSAGE = 1;
const KEY = 2;
const LONG = 3;
const NEVER = 1e9;

/**
 * Align a quotation with a passage, which may extend beyond it on both sides; -1 stands for a gap.
 *
 * Gap costs are affine, so that a run omitted or added counts as one difference (Gotoh, 1982). Omissions cost less than
 * additions: a character that also occurs later in the passage is aligned there, with the text before it taken as
 * omitted, rather than being taken as added.
 * @param {string} key
 * @param {string} passage
 * @returns {[number, number][]}
 */
export function align(key, passage) {
  const width = passage.length + 1;
  // The previous step for each cell and each of the four steps: two bits each.
  const came = new Uint8Array((key.length + 1) * width);
  let both = new Int32Array(width);
  let alone = new Int32Array(width).fill(NEVER);
  let added = new Int32Array(width).fill(NEVER);
  let long = new Int32Array(width).fill(NEVER);
  for (let row = 1; row <= key.length; row += 1) {
    const nextBoth = new Int32Array(width);
    const nextAlone = new Int32Array(width);
    const nextAdded = new Int32Array(width);
    const nextLong = new Int32Array(width);
    nextBoth[0] = NEVER;
    nextAlone[0] = NEVER;
    nextLong[0] = NEVER;
    const unit = key.charCodeAt(row - 1);
    for (let column = 0; column < width; column += 1) {
      let ways = 0;
      if (column > 0) {
        const [b, p] = [both[column - 1] ?? 0, alone[column - 1] ?? 0];
        const [k, l] = [added[column - 1] ?? 0, long[column - 1] ?? 0];
        const least = Math.min(b, p, k, l);
        ways |= b === least ? BOTH : p === least ? PASSAGE : k === least ? KEY : LONG;
        nextBoth[column] = least + (unit === passage.charCodeAt(column - 1) ? 0 : OTHER);
        const [here, extra] = [nextBoth[column - 1] ?? 0, nextAdded[column - 1] ?? 0];
        const from = here <= extra ? BOTH : KEY;
        const begun = Math.min(here, extra);
        const on = nextAlone[column - 1] ?? 0;
        ways |= (begun + OMITTED.begun < on ? from : PASSAGE) << 2;
        nextAlone[column] = Math.min(begun + OMITTED.begun, on) + OMITTED.each;
        const longer = nextLong[column - 1] ?? 0;
        ways |= (begun + LONG_OMITTED < longer ? from : LONG) << 6;
        nextLong[column] = Math.min(begun + LONG_OMITTED, longer);
      }
      const [b, p, l] = [both[column] ?? 0, alone[column] ?? 0, long[column] ?? 0];
      const begun = Math.min(b, p, l);
      const from = b === begun ? BOTH : p === begun ? PASSAGE : LONG;
      const on = added[column] ?? 0;
      ways |= (begun + ADDED.begun < on ? from : KEY) << 4;
      nextAdded[column] = Math.min(begun + ADDED.begun, on) + ADDED.each;
      came[row * width + column] = ways;
    }
    [both, alone, added, long] = [nextBoth, nextAlone, nextAdded, nextLong];
  }
  let column = 0;
  for (let each = 1; each < width; each += 1) {
    if (Math.min(both[each] ?? 0, added[each] ?? 0) < Math.min(both[column] ?? 0, added[column] ?? 0)) column = each;
  }
  return wayBack(came, width, key.length, column, (both[column] ?? 0) <= (added[column] ?? 0) ? BOTH : KEY);
}

/**
 * Return the pairs of an alignment, traced back from its end, in order.
 * @param {Uint8Array} came
 * @param {number} width
 * @param {number} lastRow
 * @param {number} lastColumn
 * @param {number} lastWay
 * @returns {[number, number][]}
 */
function wayBack(came, width, lastRow, lastColumn, lastWay) {
  /** @type {[number, number][]} */
  const pairs = [];
  let [row, column, way] = [lastRow, lastColumn, lastWay];
  while (row > 0) {
    const ways = came[row * width + column] ?? 0;
    if (way === BOTH) {
      row -= 1;
      column -= 1;
      pairs.push([row, column]);
      way = ways & 3;
    } else if (way === PASSAGE || way === LONG) {
      column -= 1;
      pairs.push([-1, column]);
      way = (ways >> (way === LONG ? 6 : 2)) & 3;
    } else {
      row -= 1;
      pairs.push([row, -1]);
      way = (ways >> 4) & 3;
    }
  }
  return pairs.reverse();
}

/**
 * Return the runs of an alignment, including the punctuation between the passage's characters.
 * @param {[number, number][]} pairs
 * @param {string} key the quotation, in Simplified
 * @param {string} passage the key that it was aligned with, in Simplified
 * @param {string} typed the quotation as typed
 * @param {string} own the edition's text
 * @param {number[]} at the offset in the text of each character of the passage's key
 * @returns {Run[]}
 */
export function runsOf(pairs, key, passage, typed, own, at) {
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
  return withMarks(runs);
}

/**
 * Return runs in which omissions include their punctuation: the marks within them, and the preceding mark if another
 * one follows, so that 普遍、开放、透明、以 lacks “、开放、透明”.
 * @param {Run[]} runs
 * @returns {Run[]}
 */
function withMarks(runs) {
  /** @type {Run[]} */
  const joined = [];
  for (const [at, run] of runs.entries()) {
    const [before, last] = joined.slice(-2);
    if (isOmission(run) && isOmission(before) && last?.kind === "same" && !strip(last.text)) {
      joined.pop();
      before.text += last.text + run.text;
    } else if (isOmission(run) && last?.kind === "same" && /^[\p{P}\s]/u.test(runs[at + 1]?.text ?? "")) {
      const [marks = ""] = /[\p{P}\s]*$/u.exec(last.text) ?? [];
      last.text = last.text.slice(0, last.text.length - marks.length);
      joined.push({ ...run, text: marks + run.text });
    } else {
      joined.push({ ...run });
    }
  }
  return joined;
}

/**
 * @param {Run | undefined} run
 * @returns {run is Run}
 */
function isOmission(run) {
  return run?.kind === "wording" && run.typed === "";
}

/**
 * Add a run, merged with the last one if both are of the same kind.
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
