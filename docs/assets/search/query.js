// Parsing of queries into words, and phrases in quotation marks.
// @ts-check

/**
 * @typedef {object} Word
 * @property {string} text as typed, without the quotation marks of a phrase
 * @property {boolean} phrase whether it has to match exactly, punctuation and spaces included
 */

/** Matching quotation marks; input methods may produce them in either order. */
const QUOTES = ['"＂', "“”„‟", "〝〞〟", "'＇", "‘’‚‛", "「」｢｣﹁﹂", "『』﹃﹄", "«»", "‹›"];
const PHRASES = QUOTES.map((marks) => `[${marks}]([^${marks}]+)[${marks}](?=\\s|$)`);
/** Separators between words that never occur in a statement; OR and AND are search engine operators. */
const BETWEEN = "\\s+＋|｜";
const WORDS = new RegExp(`${PHRASES.join("|")}|[^${BETWEEN}]+|[${BETWEEN.slice(2)}]+`, "gu");
const OPERATORS = /^(?:OR|AND|NOT|[+＋|｜]+)$/u;
/**
 * Return the words of a query: phrases whole, everything else split at spaces and separators.
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
