// What counts as the same character when people search: width, case and the doubles that Unicode has of a character (as
// they come out of a PDF) do not matter, punctuation and blanks do not count.
// @ts-check

const UNITS = 0x10000;
const IGNORED = /[\p{P}\p{Z}\p{C}]/u;

/** The folded unit of each unit; 0 where it is not known yet, and for U+0000 itself. */
const plain = new Uint16Array(UNITS);
/** Whether each unit is ignored: 2 yes, 1 no, 0 not known yet. */
const ignored = new Uint8Array(UNITS);

/** Every system that browsers run on has the low byte first. */
const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });

/**
 * Return the UTF-16 units of a text: the way to go through a whole statement, where short queries are built up as text.
 * @param {string} text
 * @returns {Uint16Array}
 */
export function unitsOf(text) {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < units.length; index += 1) units[index] = text.charCodeAt(index);
  return units;
}

/**
 * Return the text of UTF-16 units; of half a surrogate pair, which no text of ours has, a replacement character.
 * @param {Uint16Array} units
 * @returns {string}
 */
export function textOf(units) {
  return decoder.decode(units);
}

/**
 * Return a text folded unit by unit, every UTF-16 unit in its place.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  let folded = "";
  for (let index = 0; index < text.length; index += 1) folded += String.fromCharCode(plainUnit(text.charCodeAt(index)));
  return folded;
}

/**
 * Whether a UTF-16 unit is punctuation, a blank or a control character, which searches leave out of account.
 * @param {number} unit
 * @returns {boolean}
 */
export function isIgnored(unit) {
  let known = ignored[unit];
  if (!known) {
    known = !isSurrogate(unit) && IGNORED.test(String.fromCharCode(unit)) ? 2 : 1;
    ignored[unit] = known;
  }
  return known === 2;
}

/**
 * Return a text without what searches leave out of account.
 * @param {string} text
 * @returns {string}
 */
export function strip(text) {
  let stripped = "";
  for (let index = 0; index < text.length; index += 1) {
    if (!isIgnored(text.charCodeAt(index))) stripped += text.charAt(index);
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
 * Return a UTF-16 unit folded: a full-width form half-width, a large letter small, a double the character itself.
 * @param {number} unit
 * @returns {number}
 */
export function plainUnit(unit) {
  let known = plain[unit];
  if (!known) {
    const small = String.fromCharCode(unit).normalize("NFKC").toLowerCase();
    known = small.length === 1 ? small.charCodeAt(0) : unit;
    plain[unit] = known;
  }
  return known;
}

/**
 * @param {number} unit
 * @returns {boolean}
 */
function isSurrogate(unit) {
  return unit >= 0xd800 && unit <= 0xdfff;
}
