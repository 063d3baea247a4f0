// What a reader typed, taken apart: words, and phrases in quotation marks.
// @ts-check

/**
 * @typedef {object} Word
 * @property {string} text as it was typed, without the quotation marks of a phrase
 * @property {boolean} phrase whether it is to be found as it stands, punctuation and blanks included
 */

/** Quotation marks that go together; input methods put them either way round. */
const QUOTES = ['"＂', "“”„‟", "〝〞〟", "'＇", "‘’‚‛", "「」｢｣﹁﹂", "『』﹃﹄", "«»", "‹›"];
const PHRASES = QUOTES.map((marks) => `[${marks}]([^${marks}]+)[${marks}](?=\\s|$)`);
/** Signs that stand between words and are in no text of a statement; OR and AND are words of search engines. */
const BETWEEN = "\\s+＋|｜";
const WORDS = new RegExp(`${PHRASES.join("|")}|[^${BETWEEN}]+|[${BETWEEN.slice(2)}]+`, "gu");
const OPERATORS = /^(?:OR|AND|NOT|[+＋|｜]+)$/u;
/**
 * Return the words of a query: phrases whole, everything else parted at blanks and at signs between words.
 * @param {string} query
 * @returns {Word[]}
 */
export function wordsOf(query) {
  const words = [...query.matchAll(WORDS)].map(([whole, ...phrases]) => {
    const phrase = phrases.find(Boolean);
    return { text: phrase ?? whole, phrase: phrase !== undefined };
  });
  const others = words.filter(({ text, phrase }) => phrase || !OPERATORS.test(text));
  return others.length > 0 ? others : words;
}
