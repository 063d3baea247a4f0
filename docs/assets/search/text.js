// Which characters count as equal in a search: width, case, the accents of Latin letters and Unicode's duplicates of a
// character (as they come out of PDFs) do not matter; punctuation, symbols and spaces are ignored.
// @ts-check

const UNITS = 0x10000;
const IGNORED = /[\p{P}\p{S}\p{Z}\p{C}\p{Mn}\p{Default_Ignorable_Code_Point}]/u;
/**
 * Invisible characters that do not change which character is meant: fillers, joiners, variation selectors (UAX #44).
 */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/**
 * Pairs of a radical or stroke and the ideograph it looks like, for those without a compatibility mapping: Unicode
 * 17.0.0, EquivalentUnifiedIdeograph.txt. PDF generators sometimes use them in place of the ideographs.
 */
const RADICALS =
  "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺖忄⺗心⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺫目⺬示⺭礻" +
  "⺯糹⺰纟⺱罓⺲罒⺳㓁⺴冗⺶羊⺹耂⺺肀⺻聿⺼肉⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻈讠⻉贝⻋车⻌辶⻍辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食" +
  "⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟㇏乀㇐一㇑丨㇒丿㇓丿㇔丶㇖乛㇚亅㇝乀㇟乚㇠乙";
const RADICAL = new Map(Array.from({ length: RADICALS.length / 2 }, (_, at) => [RADICALS.charAt(2 * at), RADICALS.charAt(2 * at + 1)]));

/** The folded form of each code unit; 0 if not computed yet, and for U+0000 itself. */
const plain = new Uint16Array(UNITS);
/** Whether each code unit is ignored: 2 yes, 1 no, 0 not computed yet. */
const ignored = new Uint8Array(UNITS);

/** All platforms that browsers run on are little-endian. */
const decoder = new TextDecoder("utf-16le", { ignoreBOM: true });

/** Quotation marks of whatever style. */
export const QUOTES = /["“”„‟「」『』﹁﹂‘’']/gu;

/**
 * Return the UTF-16 code units of a text: used for a whole statement, whereas short queries are processed as strings.
 * @param {string} text
 * @returns {Uint16Array}
 */
export function unitsOf(text) {
  const units = new Uint16Array(text.length);
  for (let index = 0; index < units.length; index += 1) units[index] = text.charCodeAt(index);
  return units;
}

/**
 * Return the text of UTF-16 code units; a lone surrogate, which no text of ours has, becomes a replacement character.
 * @param {Uint16Array} units
 * @returns {string}
 */
export function textOf(units) {
  return decoder.decode(units);
}

/**
 * Return a text without invisible characters.
 * @param {string} text
 * @returns {string}
 */
export function seen(text) {
  return text.replace(UNSEEN, "");
}

/**
 * Return a text folded code unit by code unit, so that offsets stay the same.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  let folded = "";
  for (let index = 0; index < text.length; index += 1) folded += String.fromCharCode(plainUnit(text.charCodeAt(index)));
  return folded;
}

/**
 * Whether a UTF-16 code unit is punctuation, a symbol, a space or a control character, which searches ignore.
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
 * Return a text without the characters that searches ignore.
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
 * Return a text with each code unit in the table replaced.
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
 * Return the table for a string of pairs, each a code unit and its replacement.
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
 * Return a UTF-16 code unit folded: full-width to half-width, upper to lower case, duplicates to the character itself.
 * @param {number} unit
 * @returns {number}
 */
export function plainUnit(unit) {
  let known = plain[unit];
  if (!known) {
    const double = String.fromCharCode(unit);
    const small = (RADICAL.get(double) ?? double).normalize("NFKC").toLowerCase();
    const bare = small.normalize("NFD");
    known = small.length === 1 ? (/^[a-z]\p{Mn}/u.test(bare) ? bare : small).charCodeAt(0) : unit;
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
