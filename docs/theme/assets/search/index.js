// The text made ready for searching: in both scripts, as it stands and without punctuation, with the way back.
// @ts-check

import { fold, isIgnored, strip, tableOf } from "./text.js";

/**
 * What the build exports for an edition: `search.json`.
 * @typedef {object} Data
 * @property {boolean} simplified whether the edition's own script is Simplified
 * @property {{slug: string, title: string}[]} themes
 * @property {{text: string, theme: number, number?: number}[]} passages the title, headings and clauses in order
 * @property {string} other pairs of a character of this edition and the same in the other
 * @property {[number, number, string][]} exceptions passage, offset, and the other edition's character there
 * @property {string} fold pairs of a variant of any region and the Simplified character of the text
 * @property {Record<string, string>} pinyin characters of the Simplified text by how they are read
 * @property {[number, number, string][]} readings passage, offset and reading, where it is not the character's usual one
 * @property {[string, string[]][]} names what the text says, and what else it is called
 */

/**
 * @typedef {object} Index
 * @property {Data} data
 * @property {string} own the passages as the edition has them, a line each
 * @property {string} raw `own`, folded
 * @property {string} rawOther the other edition's passages, folded, every unit in the same place
 * @property {number[]} starts where each passage begins in these
 * @property {string} key `raw` without punctuation and blanks
 * @property {string} keyOther `rawOther` without them
 * @property {Int32Array} at where each unit of the keys stands in `raw`
 * @property {Map<string, string>} table any variant to the Simplified character
 * @property {Map<string, string>} names a name's key to what the text says for it
 */

/**
 * Return the index of an edition's passages.
 * @param {Data} data
 * @returns {Index}
 */
export function indexOf(data) {
  const own = data.passages.map((passage) => passage.text).join("\n");
  const starts = [];
  let start = 0;
  for (const passage of data.passages) {
    starts.push(start);
    start += passage.text.length + 1;
  }
  const raw = fold(own);
  const rawOther = fold(otherOf(data, own, starts));
  const { key, keyOther, at } = keysOf(raw, rawOther);
  const table = tableOf(data.fold);
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [form, others] of data.names) {
    for (const name of others) names.set(nameKey(name, table), form);
  }
  return { data, own, raw, rawOther, starts, key, keyOther, at, table, names };
}

/**
 * Return the key under which a name is looked up.
 * @param {string} name
 * @param {Map<string, string>} table
 * @returns {string}
 */
export function nameKey(name, table) {
  let key = "";
  for (const unit of strip(fold(name))) key += table.get(unit) ?? unit;
  return key;
}

/**
 * Return which passage a place in the joined text belongs to.
 * @param {Index} index
 * @param {number} place
 * @returns {number}
 */
export function passageAt(index, place) {
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Return where a passage begins in the joined text.
 * @param {Index} index
 * @param {number} passage
 * @returns {number}
 */
export function startOf(index, passage) {
  return index.starts[passage] ?? index.own.length;
}

/**
 * Return the passages as the other edition has them.
 * @param {Data} data
 * @param {string} own
 * @param {number[]} starts
 * @returns {string}
 */
function otherOf(data, own, starts) {
  const table = tableOf(data.other);
  const pieces = [];
  for (let index = 0; index < own.length; index += 1) {
    const unit = own.charAt(index);
    pieces.push(table.get(unit) ?? unit);
  }
  for (const [passage, offset, character] of data.exceptions) pieces[(starts[passage] ?? 0) + offset] = character;
  return pieces.join("");
}

/**
 * @param {string} raw
 * @param {string} rawOther
 * @returns {{key: string, keyOther: string, at: Int32Array}}
 */
function keysOf(raw, rawOther) {
  const at = new Int32Array(raw.length + 1);
  const key = [];
  const keyOther = [];
  for (let index = 0; index < raw.length; index += 1) {
    const unit = raw.charAt(index);
    if (unit !== "\n" && isIgnored(unit)) continue;
    at[key.length] = index;
    key.push(unit);
    keyOther.push(rawOther.charAt(index));
  }
  at[key.length] = raw.length;
  return { key: key.join(""), keyOther: keyOther.join(""), at: at.slice(0, key.length + 1) };
}
