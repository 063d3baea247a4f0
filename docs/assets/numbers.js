// The numbers of clauses as people write them: 7, 第七段, §7, para. 7, 6-8.
// @ts-check

const NUMERALS = "零一二三四五六七八九";
/** @type {Record<string, number>} */
const UNITS = { 十: 10, 百: 100, 千: 1000 };
/** What may stand before the number of a clause. */
export const PREFIX = "(?:第|§+|para(?:graph)?s?\\.?|art(?:icle)?s?\\.?|clauses?|cl\\.|#?p|#|[(（[［])?\\s*";
/** What a clause is called after its number. */
export const UNIT = "(?:段|条|條|款|项|項)";
const SUFFIX = `\\s*(?:${UNIT}|、|\\.|[)）\\]］])?`;
/** A number in digits or in Chinese numerals. */
export const VALUE = "([0-9]{1,5}|[零〇一二三四五六七八九十百千]{1,9})";
const SINGLE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}$`, "u");
const RANGE = new RegExp(`^${PREFIX}${VALUE}${SUFFIX}\\s*(?:\\p{Pd}|−|~|至|到)\\s*${PREFIX}${VALUE}${SUFFIX}$`, "u");
/** What follows a link in a sentence and is taken along with it: no address of this site ends in these. */
const AFTER = /[^\p{L}\p{N}]+$/u;

/**
 * Return the clauses that words or a fragment name by their numbers, or nothing.
 * @param {string} words
 * @returns {import("./place-name.js").Place | null}
 */
export function clausesNumbered(words) {
  const numbers = numbersOf(words.replace(/^#/u, "").replace(AFTER, ""));
  return numbers && { first: numbers[0], last: numbers[1] };
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
 * Return the value of a number in digits or in Chinese numerals up to 9,999, with or without units: 一百零五, 一〇五.
 * @param {string} number
 * @returns {number}
 */
export function valueOf(number) {
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
