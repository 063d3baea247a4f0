// The text made ready for searching: in both scripts, as it stands and without punctuation, with the way back.
// @ts-check

import { fold, isIgnored, plainUnit, strip, tableOf, textOf, unitsOf } from "./text.js";

const UNITS = 0x10000;
const LINE_END = 0x0a;
/** Stands for units that are left out of account; it is no character (Unicode 16, 23.7). */
const IGNORED = 0xffff;

/**
 * What the build exports for an edition: `search.json`.
 * @typedef {object} Data
 * @property {boolean} simplified whether the edition's own script is Simplified
 * @property {{slug: string, title: string}[]} themes
 * @property {{text: string, theme: number, number?: number, id?: string, name?: string, breaks?: number[]}[]} passages the title, headings and clauses in order
 * @property {string} other pairs of a character of this edition and the same in the other
 * @property {[number, number, string][]} exceptions passage, offset, and the other edition's character there
 * @property {string} fold pairs of a variant of any region and the Simplified character of the text
 * @property {Record<string, string>} pinyin characters of the Simplified text by how they are read
 * @property {[number, number, string][]} readings passage, offset and reading, where it is not the character's usual one
 * @property {[string, string[]][]} names what the text says, and what else it is called
 * @property {[number, string, string, string][]} variants clause, what it says, what other copies say, and which do
 * @property {boolean} [words] whether blanks stand between the words of the text
 * @property {string[]} [parts] the files that hold the passages of each theme, where one would be too big
 */

/**
 * @typedef {object} Index
 * @property {Data} data
 * @property {string} own the passages as the edition has them, a line each
 * @property {() => string} raw `own`, folded, made when it is first needed
 * @property {() => string} rawOther the other edition's passages, folded, every unit in the same place
 * @property {number[]} starts where each passage begins in these
 * @property {string} key `raw` without punctuation and blanks
 * @property {string} keyOther `rawOther` without them
 * @property {Int32Array} at where each unit of the keys stands in `raw`
 * @property {Uint8Array} changing for each unit whether it stands somewhere where the other edition has another
 * @property {Map<string, string>} table any variant to the Simplified character
 * @property {Map<string, string>} names a name's key to what the text says for it
 * @property {typeof import("./spaced.js") | null} spaced what else it takes where blanks stand between words
 */

/**
 * Return the index of an edition's passages.
 * @param {Data} data
 * @param {typeof import("./spaced.js") | null} [spaced] for data with `words`
 * @returns {Index}
 */
export function indexOf(data, spaced = null) {
  const own = data.passages.map((passage) => passage.text).join("\n");
  /** @type {number[]} */
  const starts = [];
  let start = 0;
  for (const passage of data.passages) {
    starts.push(start);
    start += passage.text.length + 1;
  }
  const table = tableOf(data.fold);
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [form, others] of data.names) {
    for (const name of others) names.set(nameKey(name, table), form);
  }
  return {
    data,
    own,
    raw: once(() => textOf(unitsOf(own).map(plainUnit))),
    rawOther: once(() => textOf(otherOf(data, own, starts))),
    starts,
    ...keysOf(data, own, starts),
    table,
    names,
    spaced,
  };
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
 * Return the id of the element that shows a passage.
 * @param {Index} index
 * @param {number} passage
 * @returns {string}
 */
export function idOf(index, passage) {
  const { number, theme, id } = index.data.passages[passage] ?? {};
  return id ?? (number ? `p${number}` : (index.data.themes[theme ?? -1]?.slug ?? "statement"));
}

/**
 * Whether a passage is a clause, and neither the title nor a heading.
 * @param {Index} index
 * @param {number} passage
 * @returns {boolean}
 */
export function isClause(index, passage) {
  return index.data.passages[passage]?.number !== undefined;
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
 * Return the first index of a sorted array whose value is not below a limit.
 * @param {Int32Array} values
 * @param {number} limit
 * @returns {number}
 */
export function firstAt(values, limit) {
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
 * Return the folded units of the passages as the other edition has them.
 * @param {Data} data
 * @param {string} own
 * @param {number[]} starts
 * @returns {Uint16Array}
 */
function otherOf(data, own, starts) {
  const table = counterparts(data);
  const units = unitsOf(own).map((unit) => plainUnit(table[unit] || unit));
  for (const [passage, offset, other] of data.exceptions) {
    units[(starts[passage] ?? 0) + offset] = plainUnit(other.charCodeAt(0));
  }
  return units;
}

/**
 * Return what each unit usually is in the other edition, 0 where it is the same.
 * @param {Data} data
 * @returns {Uint16Array}
 */
function counterparts(data) {
  const table = new Uint16Array(UNITS);
  for (const [unit, other] of tableOf(data.other)) table[unit.charCodeAt(0)] = other.charCodeAt(0);
  return table;
}

/**
 * Return both texts without what is left out of account, the way back, and which units are not the same in both.
 *
 * This is the one pass over a whole statement that a first answer waits for, hence a single loop over numbers.
 * @param {Data} data
 * @param {string} own
 * @param {number[]} starts
 * @returns {{key: string, keyOther: string, at: Int32Array, changing: Uint8Array}}
 */
function keysOf(data, own, starts) {
  const others = counterparts(data);
  const folded = new Uint16Array(UNITS);
  const foldedOther = new Uint16Array(UNITS);
  const changing = new Uint8Array(UNITS);
  const at = new Int32Array(own.length + 1);
  const key = new Uint16Array(own.length);
  const keyOther = new Uint16Array(own.length);
  let length = 0;
  for (let place = 0; place < own.length; place += 1) {
    const unit = own.charCodeAt(place);
    if (!folded[unit]) {
      const one = plainUnit(unit);
      const other = plainUnit(others[unit] || unit);
      folded[unit] = unit !== LINE_END && isIgnored(unit) ? IGNORED : one;
      foldedOther[unit] = other;
      if (one !== other) mark(changing, one, other);
    }
    if (folded[unit] === IGNORED) continue;
    at[length] = place;
    key[length] = folded[unit] ?? 0;
    keyOther[length] = foldedOther[unit] ?? 0;
    length += 1;
  }
  at[length] = own.length;
  const ends = at.subarray(0, length + 1);
  for (const [passage, offset, other] of data.exceptions) {
    const stands = (starts[passage] ?? 0) + offset;
    const place = firstAt(ends, stands);
    mark(changing, plainUnit(own.charCodeAt(stands)), plainUnit(other.charCodeAt(0)));
    if (ends[place] === stands) keyOther[place] = plainUnit(other.charCodeAt(0));
  }
  return {
    key: textOf(key.subarray(0, length)),
    keyOther: textOf(keyOther.subarray(0, length)),
    at: ends,
    changing,
  };
}

/**
 * @param {Uint8Array} changing
 * @param {number} unit
 * @param {number} other
 */
function mark(changing, unit, other) {
  changing[unit] = 1;
  changing[other] = 1;
}

/**
 * @template Made
 * @param {() => Made} make
 * @returns {() => Made}
 */
function once(make) {
  /** @type {Made | undefined} */
  let made;
  return () => {
    made ??= make();
    return made;
  };
}
