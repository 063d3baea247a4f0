// What counts as the same character when people search: width, case and the doubles that Unicode has of a character (as
// they come out of a PDF) do not matter; punctuation, symbols and blanks do not count.
// @ts-check

const UNITS = 0x10000;
const IGNORED = /[\p{P}\p{S}\p{Z}\p{C}\p{Default_Ignorable_Code_Point}]/u;
/** What is not to be seen and changes no character: fillers, joiners, variation selectors (UAX #44). */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/**
 * Pairs of a radical or stroke and the ideograph it looks like, for those that have no compatibility mapping: Unicode
 * 17.0.0, EquivalentUnifiedIdeograph.txt. Programs that make PDF files write some of them for the ideographs.
 */
const RADICALS =
  "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻" +
  "⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食" +
  "⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟㇏乀㇐一㇑丨㇒丿㇓丿㇔丶㇖乛㇚亅㇝乀㇟乚㇠乙";
const RADICAL = new Map(Array.from({ length: RADICALS.length / 2 }, (_, at) => [RADICALS.charAt(2 * at), RADICALS.charAt(2 * at + 1)]));

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
 * Return a text without what nobody sees.
 * @param {string} text
 * @returns {string}
 */
export function seen(text) {
  return text.replace(UNSEEN, "");
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
 * Whether a UTF-16 unit is punctuation, a symbol, a blank or a control character, which searches leave out of account.
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
    const double = String.fromCharCode(unit);
    const small = (RADICAL.get(double) ?? double).normalize("NFKC").toLowerCase();
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
