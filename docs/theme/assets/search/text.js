// What counts as the same character when people search: width and case do not matter, punctuation and blanks do not count.
// @ts-check

const WIDE_FIRST = 0xff01;
const WIDE_LAST = 0xff5e;
const WIDE_SHIFT = 0xfee0;
const IGNORED = /[\p{P}\p{Z}\p{C}]/u;

/** @type {Map<string, string>} */
const plain = new Map();
/** @type {Map<string, boolean>} */
const ignored = new Map();

/**
 * Return a text with full-width forms made half-width and letters small, every UTF-16 unit in its place.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  let folded = "";
  for (let index = 0; index < text.length; index += 1) folded += plainUnit(text.charAt(index));
  return folded;
}

/**
 * Whether a UTF-16 unit is punctuation, a blank or a control character, which searches leave out of account.
 * @param {string} unit
 * @returns {boolean}
 */
export function isIgnored(unit) {
  let known = ignored.get(unit);
  if (known === undefined) {
    known = !isSurrogate(unit) && IGNORED.test(unit);
    ignored.set(unit, known);
  }
  return known;
}

/**
 * Return a text without what searches leave out of account.
 * @param {string} text
 * @returns {string}
 */
export function strip(text) {
  let stripped = "";
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    if (!isIgnored(unit)) stripped += unit;
  }
  return stripped;
}

/**
 * Return a text in which each unit that a table has stands as the table says.
 * @param {string} text
 * @param {Map<string, string>} table
 * @returns {string}
 */
export function translate(text, table) {
  let result = "";
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charAt(index);
    result += table.get(unit) ?? unit;
  }
  return result;
}

/**
 * Return a table written as a string of pairs, each a unit and what it becomes.
 * @param {string} pairs
 * @returns {Map<string, string>}
 */
export function tableOf(pairs) {
  /** @type {Map<string, string>} */
  const table = new Map();
  for (let index = 0; index + 1 < pairs.length; index += 2) table.set(pairs.charAt(index), pairs.charAt(index + 1));
  return table;
}

/**
 * @param {string} unit
 * @returns {string}
 */
function plainUnit(unit) {
  let known = plain.get(unit);
  if (known === undefined) {
    const code = unit.charCodeAt(0);
    const narrow = code >= WIDE_FIRST && code <= WIDE_LAST ? String.fromCharCode(code - WIDE_SHIFT) : unit;
    const small = narrow.toLowerCase();
    known = small.length === 1 ? small : narrow;
    plain.set(unit, known);
  }
  return known;
}

/**
 * @param {string} unit
 * @returns {boolean}
 */
function isSurrogate(unit) {
  const code = unit.charCodeAt(0);
  return code >= 0xd800 && code <= 0xdfff;
}
