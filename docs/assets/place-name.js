// What names a place in the statement, in addresses and in what people type: p7, p7s2, p7:12-18, p6-8, 第七段.
// @ts-check

/**
 * A place: clauses from the first to the last, or of one clause a sentence (from 1) or characters (from 0, half-open).
 * @typedef {object} Place
 * @property {number} first
 * @property {number} last
 * @property {number} [sentence]
 * @property {[number, number]} [characters]
 */

const NUMERALS = "零一二三四五六七八九";
/** @type {Record<string, number>} */
const UNITS = { 十: 10, 百: 100, 千: 1000 };
const PREFIX = "(?:第|§+|para(?:graph)?s?\\.?|clauses?|cl\\.|#?p|#|[(（[［])?\\s*";
const UNIT = "(?:段|条|條|款|项|項)";
const SUFFIX = `\\s*(?:${UNIT}|、|\\.|[)）\\]］])?`;
const VALUE = "([0-9]{1,5}|[零〇一二三四五六七八九十百千]{1,9})";
const SINGLE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}$`, "u");
const RANGE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}\\s*(?:\\p{Pd}|−|~|至|到)\\s*${PREFIX}${VALUE}${SUFFIX}$`, "u");
const LIST = new RegExp(`^第?\\s*${VALUE}(?:${UNIT})?(?:\\s*[、,，和及]\\s*第?\\s*${VALUE}(?:${UNIT})?)+$`, "u");
const SENTENCE = new RegExp(`^${PREFIX}${VALUE}\\s*${UNIT}\\s*第?\\s*${VALUE}\\s*句$`, "u");
/** Whether words say that their number is one of a clause, and are not a number by itself. */
const NAMED = new RegExp(`^(?:§|para|clause|cl\\.|#?p[0-9])|${UNIT}`, "u");
/** The places that addresses name, before anything that is no part of an address any more. */
const EXACT = /^p(\d{1,5})(?:s(\d{1,3})|:(\d{1,6})-(\d{1,6})|-p?(\d{1,5}))?(?![0-9a-z:-])/u;
/** What follows a link in a sentence and is taken along with it: no address of this site ends in these. */
const AFTER = /[^\p{L}\p{N}]+$/u;

/**
 * Return the place that a fragment of an address names, or nothing.
 * @param {string} fragment with its sign or without
 * @returns {Place | null}
 */
export function placeOf(fragment) {
  const plain = plainly(fragment).replace(/^#/u, "");
  const exact = EXACT.exec(plain);
  if (!exact) {
    const numbers = numbersOf(plain.replace(AFTER, ""));
    return numbers && { first: numbers[0], last: numbers[1] };
  }
  const [number = 0, sentence, start = 0, end, last] = exact.slice(1).map((part) => (part === undefined ? part : Number(part)));
  const place = { first: Math.min(number, last ?? number), last: Math.max(number, last ?? number) };
  if (sentence !== undefined) return { ...place, sentence };
  return end === undefined ? place : { ...place, characters: [start, end] };
}

/**
 * Return the place that a reader's words name, or nothing: as in addresses, whole addresses of the site, 第7段第2句,
 * 第7、8段 (clauses that follow one another), para. 7, (7).
 * @param {string} words
 * @returns {Place | null}
 */
export function placeNamed(words) {
  const plain = plainly(words);
  const address = /^https?:\/\/\S+$/u.test(plain) ? inAddress(plain) : null;
  if (address) return address;
  const exact = EXACT.exec(plain.replace(/^#/u, ""));
  if (exact && exact[0].length === plain.replace(/^#/u, "").length) return placeOf(plain);
  const sentence = SENTENCE.exec(plain);
  if (sentence) {
    const number = valueOf(sentence[1] ?? "");
    return { first: number, last: number, sentence: valueOf(sentence[2] ?? "") };
  }
  const listed = LIST.test(plain) ? (plain.match(new RegExp(VALUE, "gu")) ?? []).map(valueOf) : [];
  if (listed.length > 1 && listed.every((number, at) => at === 0 || number === (listed[at - 1] ?? 0) + 1)) {
    return { first: listed[0] ?? 0, last: listed[listed.length - 1] ?? 0 };
  }
  const numbers = numbersOf(plain);
  return numbers && { first: numbers[0], last: numbers[1] };
}

/**
 * Whether words name a clause as such, and are not a number by itself.
 * @param {string} words
 * @returns {boolean}
 */
export function isNamed(words) {
  return NAMED.test(plainly(words));
}

/**
 * Return the place that a whole address names: by its fragment, or as the last part of its path.
 * @param {string} address
 * @returns {Place | null}
 */
function inAddress(address) {
  const [path = "", fragment = ""] = address.split("#");
  const last = path.split("/").filter(Boolean).slice(-1)[0] ?? "";
  return placeOf(fragment) ?? (/^[0-9]{1,5}$/u.test(last) ? { first: Number(last), last: Number(last) } : null);
}

/**
 * Return the fragment that names a place, without its sign.
 * @param {Place} place
 * @returns {string}
 */
export function nameOf({ first, last, sentence, characters }) {
  if (characters) return `p${first}:${characters.join("-")}`;
  if (last !== first) return `p${first}-${last}`;
  return `p${first}${sentence === undefined ? "" : `s${sentence}`}`;
}

/**
 * Return the first and the last number of the clauses that words name, or nothing: 9, 第九段, §9, p9, 6-8.
 * @param {string} words
 * @returns {[number, number] | null}
 */
export function numbersOf(words) {
  const plain = words.normalize("NFKC").toLowerCase().trim();
  const single = SINGLE.exec(plain);
  if (single) return [valueOf(single[1] ?? ""), valueOf(single[1] ?? "")];
  const range = RANGE.exec(plain);
  if (!range) return null;
  const [first, last] = [valueOf(range[1] ?? ""), valueOf(range[2] ?? "")];
  return first <= last ? [first, last] : [last, first];
}

/**
 * Return a part of an address as people mean it: decoded, even if that takes twice, half-width and in small letters.
 * @param {string} part
 * @returns {string}
 */
export function plainly(part) {
  let plain = part;
  for (let times = 0; times < 2 && /%[0-9a-f]{2}/iu.test(plain); times += 1) {
    try {
      plain = decodeURIComponent(plain);
    } catch {
      break;
    }
  }
  return plain.normalize("NFKC").toLowerCase().trim();
}

/**
 * Return the value of a number in digits or in Chinese numerals up to 9,999, with or without units: 一百零五, 一〇五.
 * @param {string} number
 * @returns {number}
 */
function valueOf(number) {
  const digits = [...number.replaceAll("〇", "零")].map((character) => {
    const digit = NUMERALS.indexOf(character);
    return digit < 0 ? character : `${digit}`;
  });
  if (!digits.some((digit) => digit in UNITS)) return Number(digits.join(""));
  let value = 0;
  let digit = 0;
  for (const character of digits) {
    const unit = UNITS[character];
    if (unit) value += (digit || 1) * unit;
    digit = unit ? 0 : Number(character);
  }
  return value + digit;
}
